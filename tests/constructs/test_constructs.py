"""Every numbered construct can be said: a policy for each, checked and run against cases with sums made by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import jifen
from jifen.document.tree import Mapping, Node, Scalar, Sequence, at
from jifen.regression.cases import Case
from jifen.regression.run import Runner, collect

from . import document
from .constructs import FOLDER, NUMBERS, Construct, constructs

RUNNER = Runner()
CASES = collect([str(FOLDER)])


def name(construct: Construct) -> str:
    return construct.name


def test_all_numbers_are_here() -> None:
    assert [construct.number for construct in constructs()] == list(NUMBERS)


@pytest.mark.parametrize("construct", constructs(), ids=name)
def test_policy(construct: Construct) -> None:
    assert [str(found) for found in jifen.check(construct.path)] == []
    assert [case for case in CASES if case.policy == f"constructs/{construct.name}"]
    assert construct.excerpts


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id.removeprefix("constructs/"))
def test_case(case: Case) -> None:
    assert [difference.text("en") for difference in RUNNER.run(case).differences] == []


@pytest.mark.parametrize("construct", constructs(), ids=name)
def test_every_reading_has_cases_for_its_options(construct: Construct) -> None:
    """Where a text is open, each answer is counted out."""
    options = jifen.load(construct.path).rules.readings
    cases = [case for case in CASES if case.policy == f"constructs/{construct.name}"]
    for reading, declared in options.items():
        taken = {case.readings.get(reading, declared.default) for case in cases}
        assert taken == set(declared.options), reading


@pytest.mark.parametrize("construct", constructs(), ids=name)
def test_what_is_shown_has_two_languages(construct: Construct) -> None:
    for text in texts(construct.tree):
        assert isinstance(text, Mapping) and set(text.keys()) == {"zh", "en"}, text.place


SHOWN = frozenset({"title", "label", "note", "question", "else", "ask", "hint", "evidence"})


def texts(node: Node) -> Iterator[Node]:
    """What is shown to people: labels, notes, reasons, and the texts of options."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item)
    if not isinstance(node, Mapping):
        return
    for key, _, value in node.entries:
        if key in SHOWN and (isinstance(value, Scalar) or {"zh", "en"} & {*keys_of(value)}):
            yield value
        elif key == "options" and isinstance(value, Mapping):
            yield from (entry.value for entry in value.entries)
        else:
            yield from texts(value)


def keys_of(node: Node) -> tuple[str, ...]:
    """The keys of a mapping: those of a text are languages, those of a section are names."""
    return tuple(node.keys()) if isinstance(node, Mapping) else ()


def test_the_document_is_current() -> None:
    assert document.DOCUMENT.read_text(encoding="utf-8") == document.text(), (
        "run python -m tests.constructs.document"
    )


def test_towns_are_invented_and_each_has_its_own_notice() -> None:
    notices = [construct.said("sources", "notice", "title") for construct in constructs()]
    assert len(set(notices)) == len(notices)
    for construct in constructs():
        policy = at(construct.tree, ["policy"])
        assert isinstance(policy, Scalar) and policy.raw == f"constructs/{construct.name}"
        assert construct.said("sources", "notice", "title").startswith(f"Notice {construct.number} of ")
        assert ": " in construct.said("title")
