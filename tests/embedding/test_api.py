"""What a service meets: results that do not change, input that is left alone, and errors with names in them."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.api import load
from jifen.errors import ApplicantError, JifenError, PolicyError

from .ferry import FILE, SOMEBODY, changed, policy


@pytest.fixture
def card() -> jifen.Scorecard:
    return policy().score(SOMEBODY)


@pytest.mark.parametrize("name", ["total", "qualifies", "lines", "values", "person", "policy", "anything"])
def test_a_card_cannot_be_assigned_to(card: jifen.Scorecard, name: str) -> None:
    before = card.to_json()
    with pytest.raises(AttributeError):
        setattr(card, name, 0)
    assert card.to_json() == before


@pytest.mark.parametrize("name", ["values", "person", "policy"])
def test_a_card_cannot_lose_a_part(card: jifen.Scorecard, name: str) -> None:
    with pytest.raises(AttributeError):
        delattr(card, name)
    assert card.to_json() == policy().score(SOMEBODY).to_json()


def test_lines_and_ledgers_are_tuples(card: jifen.Scorecard) -> None:
    line = card["service"]
    assert isinstance(card.lines, tuple) and isinstance(line, tuple) and isinstance(line.ledgers, tuple)
    with pytest.raises(AttributeError):
        line.__setattr__("points", 1000)
    with pytest.raises(AttributeError):
        line.ledgers[0].__setattr__("months", 1000)


CHANGES: list[Callable[[jifen.Scorecard], object]] = [
    lambda card: card.scores.clear(),
    lambda card: card.requirements.update(other=True),
    lambda card: spoil(card.to_dict()),
]


def spoil(value: Any) -> None:
    """Empty everything inside that can be emptied."""
    parts = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        spoil(part)
    if isinstance(value, (dict, list)):
        value.clear()


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_card_hands_out_is_the_caller_s_own(
    card: jifen.Scorecard, change: Callable[[jifen.Scorecard], object]
) -> None:
    before, scores, requirements = card.to_json(), card.scores, card.requirements
    change(card)
    assert (card.to_json(), card.scores, card.requirements) == (before, scores, requirements)
    assert policy().score(SOMEBODY).to_json() == before


def test_the_applicant_is_left_alone() -> None:
    document = copy.deepcopy(SOMEBODY)
    policy().score(document).to_json()
    assert document == SOMEBODY
    wrong = changed(("facts.children", 1.5), ("timelines.crew.0.to", "2020-01"))
    kept = copy.deepcopy(wrong)
    with pytest.raises(ApplicantError):
        policy().score(wrong)
    assert wrong == kept


def test_a_card_does_not_change_with_the_applicant() -> None:
    """The mapping may be reused for the next person, also before the explanation is asked for."""
    document = copy.deepcopy(SOMEBODY)
    card = policy().score(document)
    spoil(document)
    assert card.to_json() == policy().score(SOMEBODY).to_json()


def test_other_readings_are_another_policy() -> None:
    one = load("tianjin/2022")
    before = one.digest
    other = one.with_readings({"age_45": "nothing"})
    assert other is not one
    assert (one.digest, other.digest != before) == (before, True)
    assert other.with_readings({"age_45": "scores"}).digest == before
    assert load("tianjin/2022", {"age_45": "nothing"}).digest == other.digest


UNKNOWN: list[tuple[Callable[[], object], tuple[str, ...]]] = [
    (lambda: load("tianjin/2002"), ("no policy tianjin/2002", "tianjin/2022")),
    (lambda: load("atlantis/1"), ("no policy atlantis/1", "tianjin/2022")),
    (lambda: load("tianjin/2022", {"age45": "scores"}), ("no reading age45", "Did you mean age_45?")),
    (
        lambda: load("tianjin/2022", {"age_45": "score"}),
        ("reading age_45", "no option score", "scores, nothing"),
    ),
    (
        lambda: load("tianjin/2022").with_readings({"age45": "x"}),
        ("no reading age45", "Did you mean age_45?"),
    ),
    (lambda: jifen.resolve("tianjn", "2022-05-01"), ("tianjn", "Did you mean tianjin?")),
    (lambda: jifen.resolve("tianjin", "1999-05-01"), ("1999-05-01", "tianjin/20")),
    (lambda: jifen.resolve("tianjin", "May"), ("May is not a date",)),
]


@pytest.mark.parametrize(("ask", "words"), UNKNOWN)
def test_what_does_not_exist_is_named(ask: Callable[[], object], words: tuple[str, ...]) -> None:
    with pytest.raises(JifenError) as caught:
        ask()
    assert not isinstance(caught.value, (PolicyError, ApplicantError))
    text = str(caught.value)
    for word in words:
        assert word in text
    assert text == caught.value.text("en") != caught.value.text("zh")


def test_a_missing_policy_file_has_its_name_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        load(tmp_path / "none.yaml")
    assert [diagnostic.code for diagnostic in caught.value.diagnostics] == ["JF101"]
    assert str(tmp_path / "none.yaml") in str(caught.value)


@pytest.mark.parametrize("text", ["", "- 1\n", "facts: [\n", "date: 2024-04-01\ndate: 2024-04-02\n"])
def test_a_file_that_is_no_applicant(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    for given in (path, str(path), tmp_path / "none.yaml"):
        with pytest.raises(JifenError):
            policy().score(given)


def test_an_unknown_line_suggests_the_nearest(card: jifen.Scorecard) -> None:
    with pytest.raises(KeyError, match="did you mean service"):
        card["servce"]


def test_no_other_name_is_public() -> None:
    with pytest.raises(AttributeError, match="nothing_here"):
        _ = jifen.nothing_here
    assert load(FILE).id == "ferry/2024"
