"""A stored scorecard is proved, or the first thing that differs is shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen import replay as module
from jifen.api import Policy
from jifen.applicant.files import read_applicant
from jifen.replay import ABSENT, NotACard, Replay, differences, readings_of, replay, stored

EXAMPLES = Path(__file__).parents[2] / "examples" / "tianjin"
APPLICANT = read_applicant(str(EXAMPLES / "applicant.yaml"))


@pytest.fixture(scope="module")
def policy() -> Policy:
    return jifen.load("tianjin/2022")


@pytest.fixture(scope="module")
def card(policy: Policy) -> str:
    return policy.score(APPLICANT).to_json()


def edited(card: str, change: Callable[[dict[str, Any]], object]) -> str:
    data: dict[str, Any] = json.loads(card)
    change(data)
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def again(text: str, policy: Policy) -> Replay:
    return replay(stored(text), APPLICANT, policy)


def test_the_very_bytes(card: str, policy: Policy) -> None:
    for text in (card, card + "\n", card + "\r\n"):
        found = again(text, policy)
        assert found.kind == "same" and found.proved and found.first is None and not found.other_engine


def test_the_same_data_written_otherwise(card: str, policy: Policy) -> None:
    data = json.loads(card)
    for text in (
        json.dumps(data, indent=2),
        json.dumps(data, ensure_ascii=False, separators=(", ", ": ")),
        json.dumps(dict(reversed(data.items())), ensure_ascii=False, separators=(",", ":")),
    ):
        found = again(text, policy)
        assert found.kind == "layout" and found.proved


def test_the_readings_are_those_of_the_card(policy: Policy) -> None:
    taken = {"month_credit": "full_years", "rounding": "each_item"}
    text = policy.with_readings(taken).score(APPLICANT).to_json()
    assert readings_of(stored(text), policy) == taken
    assert again(text, policy).kind == "same"
    assert again(text, policy.with_readings({"age_45": "nothing"})).kind == "same"


def test_the_first_difference(card: str, policy: Policy) -> None:
    def change(data: dict[str, Any]) -> None:
        data["outcome"]["qualifies"] = False
        data["indicators"][0]["indicators"][0]["ledgers"][0]["counted"][1] = "2019-11..2021-12"

    found = again(edited(card, change), policy)
    assert found.kind == "differs" and not found.proved and found.first is not None
    assert found.first.path == "$.indicators[0].indicators[0].ledgers[0].counted[1]"
    assert (found.first.stored, found.first.recomputed) == ("2019-11..2021-12", "2019-10..2021-12")


def test_what_is_there_only_once(card: str, policy: Policy) -> None:
    more = again(edited(card, lambda data: data.update(zeal=1)), policy).first
    less = again(edited(card, lambda data: data.pop("warnings")), policy).first
    assert more is not None and (more.path, more.stored, more.recomputed) == ("$.zeal", 1, ABSENT)
    assert less is not None and (less.path, less.stored, less.recomputed) == ("$.warnings", ABSENT, [])


def test_another_applicant(card: str, policy: Policy) -> None:
    other = read_applicant(str(EXAMPLES / "just-below.yaml"))
    found = replay(stored(card), other, policy)
    assert found.first is not None and found.first.path == "$.applicant"


def test_other_rules(card: str, policy: Policy) -> None:
    text = edited(card, lambda data: data["policy"].update(digest="sha256:" + "0" * 64))
    found = again(text, policy)
    assert found.kind == "digest" and not found.proved and found.first is None
    assert (found.stored_digest, found.digest) == ("sha256:" + "0" * 64, policy.digest)

    def change(data: dict[str, Any]) -> None:
        data["policy"]["digest"] = "sha256:" + "0" * 64
        data["scores"][0]["points"] = "110"

    found = again(edited(card, change), policy)
    assert found.kind == "digest" and found.first is not None and found.first.path == "$.scores[0].points"


def test_another_version_of_the_engine_is_told_and_not_compared(card: str, policy: Policy) -> None:
    text = edited(card, lambda data: data.update(engine="0.0.7"))
    found = again(text, policy)
    assert found.kind == "same" and found.proved and found.other_engine and found.engine == "0.0.7"
    found = again(json.dumps(json.loads(text), indent=1), policy)
    assert found.kind == "layout" and found.other_engine


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not_json"),
        ("{", "not_json"),
        ("[" * 100_000, "not_json"),
        ('{"format": "jifen-scorecard/1", "format": "jifen-scorecard/1"}', "not_json"),
        ('{"policy": {}, "total": 1.5}', "not_json"),
        ('{"policy": {}, "total": NaN}', "not_json"),
        ('{"policy": {}, "total": 9007199254740992}', "not_json"),
        ('{"policy": {}, "text": "\\ud800"}', "not_json"),
        ("[]", "not_a_card"),
        ('{"policy": "tianjin/2022"}', "not_a_card"),
        ('{"policy": {}}', "other_format"),
        ('{"format": "jifen-scorecard/1", "policy": {"id": 1}}', "not_a_card"),
        (
            '{"format": "jifen-scorecard/1", "engine": "1", "policy": {"id": "a/1", "digest": "sha256:0"}}',
            "no_readings",
        ),
    ],
)
def test_what_is_no_card(text: str, reason: str) -> None:
    with pytest.raises(NotACard) as caught:
        stored(text)
    assert caught.value.reason == reason


def test_differences_stand_in_the_order_of_the_text() -> None:
    one = {"b": [1, {"x": True}], "a": {"\ufb33": 1, "\U0001f600": 2}, "c d": None}
    other = {"b": [1, {"x": 1}, 3], "a": {"\ufb33": 2, "\U0001f600": 1}}
    found = list(differences(one, other))
    assert [difference.path for difference in found] == [
        '$.a["\U0001f600"]',
        '$.a["\ufb33"]',
        "$.b[1].x",
        "$.b[2]",
        '$["c d"]',
    ]
    assert found[2].stored is True and found[2].recomputed == 1 and found[3].stored is ABSENT


def test_a_reading_that_the_policy_no_longer_knows_is_left_to_the_digest(card: str, policy: Policy) -> None:
    text = edited(card, lambda data: data["policy"]["readings"].update(gone="x", age_45="never"))
    found = again(text, policy)
    assert found.kind == "differs" and found.first is not None
    assert found.first.path == "$.policy.readings.age_45"


def test_the_module_says_what_it_exports() -> None:
    assert module.replay is replay
