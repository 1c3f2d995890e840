"""What is asked next: answers do what is said of them, and what makes no difference makes none."""

from __future__ import annotations

import copy
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jifen
from jifen.bounds.result import Bounds, Question
from jifen.policy.registry import registry

from .applicants import NOTHING, SEVERAL, WHOLE, harbour, without
from .blurring import applicant, blurred

ALL = sorted(entry.id for entry in registry())


def answered(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The applicant with an answer to a question about a fact."""
    found = copy.deepcopy(document)
    section, _, name = path.partition(".")
    assert section == "facts"
    facts = found.setdefault("facts", {})
    facts.pop(name, None)
    if value is not None:
        facts[name] = value
    return found


def by_path(bounds: Bounds) -> dict[str, Question]:
    return {question.path: question for question in bounds.questions}


def test_the_order() -> None:
    questions = harbour().questions(SEVERAL)
    keys = [(not one.moves, not one.decides, -one.width, -one.change) for one in questions]
    assert keys == sorted(keys)
    assert [one.path for one in questions if not one.moves] == ["facts.guarantor"]


def test_nothing_missing_leaves_no_question() -> None:
    bounds = harbour().bounds(WHOLE)
    card = harbour().score(WHOLE)
    assert bounds.questions == () and bounds.certain and bounds.waits_for == ()
    assert bounds.total == (card.total, card.total) and bounds.qualifies is card.qualifies
    assert {part.path: part.points.low for part in bounds.parts} == {
        line.path: line.points for line in card.lines
    }
    assert {one.name: one.state == "met" for one in bounds.requirements} == card.requirements


@pytest.mark.parametrize("document", [SEVERAL, NOTHING], ids=["several", "nothing"])
def test_each_answer_is_what_the_bounds_become(document: dict[str, Any]) -> None:
    bounds = harbour().bounds(document)
    tried = 0
    for question in bounds.questions:
        for answer in question.answers:
            if question.path.startswith("facts."):
                found = harbour().bounds(answered(document, question.path, answer.value))
                assert (found.total, found.qualifies) == (answer.total, answer.qualifies)
                tried += 1
    assert tried > 4


def test_an_unknown_timeline_can_be_answered_with_nothing() -> None:
    question = by_path(harbour().bounds(NOTHING))["timelines.service"]
    found = harbour().bounds({**NOTHING, "timelines": {"service": []}})
    assert question.answers[0].value == [] and question.decides
    assert question.answers[0].total == found.total and question.answers[0].qualifies is found.qualifies


def test_width_and_change() -> None:
    questions = by_path(harbour().bounds(SEVERAL))
    assert questions["facts.rank"].width == questions["facts.rank"].change == 30
    assert questions["facts.skills"].width == 5
    assert questions["facts.resident"].width == 0 and questions["facts.resident"].decides
    assert questions["facts.birth_date"].width == 10
    # 18 months with 15 to 21 others: at most 10.5 points; the bound takes the tiers one by one.
    assert questions["timelines.service.unknown[0]"].width == 12
    end = questions["timelines.service.spells[0].to"]
    assert end.complete and end.width == Fraction(9, 2)
    assert [one.value for one in end.answers][::6] == ["2017-03", "2017-09"]


def test_what_only_matters_with_others_has_a_change_but_no_width() -> None:
    document = without(facts__sailed_in_winter={"unknown": True}, timelines__service={"unknown": True})
    assert by_path(harbour().bounds(document))["facts.sailed_in_winter"].change > 0


@settings(max_examples=6)
@given(name=st.sampled_from(ALL), seed=st.integers(0, 1000))
def test_what_makes_no_difference_makes_none(name: str, seed: int) -> None:
    """With an answer to a question that moves nothing, total and verdict can be what they could be before."""
    policy = jifen.load(name)
    document = blurred(policy.rules, applicant(policy.rules, seed), Random(seed), 25)
    try:
        bounds = policy.bounds(document)
    except jifen.ApplicantError as error:
        assert [one.message.code for one in error.problems] == ["JF714"]
        return
    other = applicant(policy.rules, seed + 1)
    for question in bounds.questions:
        section, _, fact = question.path.partition(".")
        if question.moves or section != "facts" or fact not in other["facts"]:
            continue
        found = policy.bounds(answered(document, question.path, other["facts"][fact]))
        assert (found.total, found.qualifies) == (bounds.total, bounds.qualifies)


@settings(max_examples=5)
@given(name=st.sampled_from(ALL), seed=st.integers(0, 1000))
def test_an_answer_never_widens(name: str, seed: int) -> None:
    """What is known of everything lies in what is known of less, and a verdict that is certain stays."""
    policy = jifen.load(name)
    whole = applicant(policy.rules, seed)
    less = blurred(policy.rules, whole, Random(seed), 20)
    try:
        wide = policy.bounds(less)
    except jifen.ApplicantError:
        return
    exact = policy.score(whole)
    assert wide.total.low <= exact.total <= wide.total.high
    assert wide.qualifies in (None, exact.qualifies) and wide.eligible in (None, exact.eligible)
    for question in wide.questions:
        assert question.width <= question.change and (question.moves or not question.change)


@settings(max_examples=12)
@given(name=st.sampled_from(ALL), seed=st.integers(0, 1000))
def test_no_answer_changes_more_than_is_said(name: str, seed: int) -> None:
    """Two complete applicants who differ in one missing input only."""
    policy = jifen.load(name)
    whole, other = applicant(policy.rules, seed), applicant(policy.rules, seed + 1)
    try:
        questions = policy.questions(blurred(policy.rules, whole, Random(seed), 40))
        total = policy.score(whole).total
    except jifen.ApplicantError:
        return
    for question in questions:
        section, _, name = question.path.partition(".")
        if name not in whole.get(section, {}) or name not in other.get(section, {}):
            continue
        changed = copy.deepcopy(whole)
        changed[section][name] = other[section][name]
        assert abs(policy.score(changed).total - total) <= question.change, question.path


def test_bounds_are_frozen_and_the_same_again() -> None:
    bounds = harbour().bounds(SEVERAL)
    with pytest.raises(AttributeError):
        bounds.total = None  # type: ignore[misc]
    assert bounds.to_json() == harbour().bounds(copy.deepcopy(SEVERAL)).to_json()
    assert bounds["rank"].points == (0, 30) and bounds["person/rank"] is bounds["rank"]


def test_a_file_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "jo.yaml"
    path.write_text("applicant: jo\ndate: 2024-03-15\n", encoding="utf-8")
    assert harbour().bounds(path).total == harbour().bounds({"applicant": "jo", "date": "2024-03-15"}).total
