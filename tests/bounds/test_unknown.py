"""How an applicant's data says what is unknown, what is wrong with it, and what a plain score says of it."""

from __future__ import annotations

from typing import Any

import pytest

import jifen
from jifen.errors import ApplicantError

from .applicants import harbour, without

SPELL = {"from": "2020-01", "ship": "cutter"}
WRONG: list[tuple[dict[str, Any], str, str]] = [
    (without(facts__rank={"unknown": False}), "facts.rank", "JF718"),
    (without(facts__rank={"from": "hand"}), "facts.rank", "JF718"),
    (without(facts__resident={"unknown": True, "from": 1}), "facts.resident", "JF718"),
    (without(facts__rank={"value": "hand"}), "facts.rank", "JF706"),
    (without(facts__birth_date={"from": "1990-02-30"}), "facts.birth_date", "JF708"),
    (without(facts__birth_date={"from": "1990-01-01", "to": "1989-01-01"}), "facts.birth_date", "JF710"),
    (without(facts__children={"from": 0, "to": 13}), "facts.children", "JF707"),
    (without(facts__rung={"unknown": True}), "facts.rung", "JF704"),
    (without(timelines__service={"spells": [SPELL]}), "timelines.service", "JF719"),
    (without(timelines__service={"unknown": [{}]}), "timelines.service", "JF719"),
    (without(timelines__service={"unknown": "yes"}), "timelines.service", "JF719"),
    (without(timelines__service={"unknown": True, "known": []}), "timelines.service", "JF719"),
    (without(timelines__service={"unknown": [{"from": "2020-13"}]}), "timelines.service.unknown[0]", "JF709"),
    (
        without(timelines__service={"unknown": [{"from": "2020-03", "to": "2020-01"}]}),
        "timelines.service.unknown[0]",
        "JF710",
    ),
    (without(timelines__service={"spells": 1, "unknown": True}), "timelines.service.spells", "JF702"),
    (
        without(timelines__service={"spells": [{**SPELL, "ship": "raft"}], "unknown": True}),
        "timelines.service.spells[0].ship",
        "JF706",
    ),
    (without(timelines__service=[{"ship": "cutter"}]), "timelines.service[0].from", "JF703"),
    (without(timelines__service=[{**SPELL, "to": {"from": "2020-13"}}]), "timelines.service[0].to", "JF709"),
    (without(records__fines={"unknown": [{"from": "2020-01"}]}), "records.fines", "JF719"),
    (
        without(records__fines=[{"date": {"from": "2020-05-01", "to": "2020-04-01"}, "kind": "light"}]),
        "records.fines[0].date",
        "JF710",
    ),
    (without(records__fines=[{"date": "2020-05-01", "kind": "light"}] * 4), "records.fines", "JF713"),
    (without("date"), "date", "JF703"),
]


@pytest.mark.parametrize(("document", "path", "code"), WRONG)
def test_what_is_wrong(document: dict[str, Any], path: str, code: str) -> None:
    with pytest.raises(ApplicantError) as caught:
        harbour().bounds(document)
    assert [(one.path, one.message.code) for one in caught.value.problems] == [(path, code)]
    for lang in ("en", "zh"):
        assert caught.value.text(lang).startswith(path)


def test_everything_wrong_is_said_at_once() -> None:
    document = without(facts__rank={"unknown": 1}, timelines__service={"unknown": 1}, records__fines=3)
    with pytest.raises(ApplicantError) as caught:
        harbour().bounds(document)
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (without(facts__rank={"unknown": True}), "facts.rank"),
        (without(facts__birth_date={"from": "1990-01-01"}), "facts.birth_date"),
        (without(timelines__service={"unknown": True}), "timelines.service"),
        (
            without(timelines__service={"spells": [SPELL], "unknown": [{"from": "2019-01"}]}),
            "timelines.service",
        ),
        (without(timelines__service=[{**SPELL, "to": {"unknown": True}}]), "timelines.service[0].to"),
        (without(records__fines={"unknown": True}), "records.fines"),
    ],
)
def test_a_plain_score_says_what_is_unknown(document: dict[str, Any], path: str) -> None:
    with pytest.raises(ApplicantError) as caught:
        harbour().score(document)
    (problem,) = caught.value.problems
    assert (problem.path, problem.message.code) == (path, "JF717")
    assert "--bounds" in problem.text("en") and "--bounds" in problem.text("zh")


def test_absent_is_unknown_and_an_empty_list_is_none() -> None:
    absent, none = without("timelines.service"), without(timelines__service=[])
    assert harbour().bounds(absent)["service"].points.high > 0
    assert harbour().bounds(none)["service"].points == (0, 0)


def test_an_optional_input_is_known_unless_it_says_otherwise() -> None:
    assert harbour().bounds(without())["skills"].points == (0, 0)
    assert harbour().bounds(without(facts__skills={"unknown": True}))["skills"].points == (0, 5)
    assert harbour().bounds(without(records__medals={"unknown": True}))["medals"].points == (0, 8)


def test_other_people() -> None:
    policy = jifen.load("tests/embedding/ferry.yaml")
    unknown = {"people": {"spouse": {"facts": {"born": {"unknown": True}}}}}
    with pytest.raises(ApplicantError):
        policy.score({"applicant": "x", "date": "2024-04-01", **unknown})
    paths = [one.path for one in policy.questions({"applicant": "x", "date": "2024-04-01", **unknown})]
    assert "people.spouse.facts.born" in paths


def test_a_full_list_has_no_unknown_records() -> None:
    fines = [{"date": "2021-05-01", "kind": "light"}] * 3
    bounds = harbour().bounds(without(records__fines={"records": fines, "unknown": True}))
    assert bounds["fines"].points == (-15, -15)
    assert [(one.path, one.moves) for one in bounds.questions] == [("records.fines", False)]
