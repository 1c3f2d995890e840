"""Where two occurrences of one unknown meet, the bounds are those of one unknown and not of two."""

from __future__ import annotations

import copy
from itertools import product
from random import Random
from typing import Any

import pytest

import jifen
from jifen.policy.model import Input
from jifen.policy.registry import registry

from .applicants import harbour, without
from .blurring import applicant

SPELL = {"from": "2016-01", "to": "2018-12", "ship": "cutter"}


def total(**changes: Any) -> tuple[int, int]:
    bounds = harbour().bounds(without(**changes))
    return int(bounds.total.low), int(bounds.total.high)


def test_tiers_of_one_count() -> None:
    """36 months are known and 12 are open: 18 points, or with a fourth year 30. Aged 33: 20. A mate: 15."""
    unknown = [{"from": "2020-01", "to": "2020-12"}]
    assert total(timelines__service={"spells": [SPELL], "unknown": unknown}) == (53, 65)


def test_tiers_below_the_first_bound() -> None:
    """At most 24 months, all in the first tier: 12 points and not more, though the second tier pays double."""
    unknown = [{"from": "2020-01", "to": "2021-12"}]
    assert total(timelines__service={"unknown": unknown}) == (35, 47)


def test_bands_of_one_age() -> None:
    """Born 1968 to 1990: 20, 10 or 0 points, never two bands at once."""
    assert total(facts__birth_date={"from": "1968-01-01", "to": "1990-12-31"}) == (93, 113)


def test_an_end_that_is_a_range() -> None:
    """A spell that ended in one of three months: 12, 13 or 14 months at 6 a year."""
    spell = {"from": "2016-01", "to": {"from": "2016-12", "to": "2017-02"}, "ship": "cutter"}
    assert total(timelines__service=[spell]) == (35 + 6, 35 + 7)


@pytest.mark.parametrize(
    ("fact", "value", "wanted"),
    [("rank", {"unknown": True}, (98, 128)), ("children", {"from": 1, "to": 12}, (116, 122))],
)
def test_one_fact(fact: str, value: Any, wanted: tuple[int, int]) -> None:
    assert total(**{f"facts__{fact}": value}) == wanted


def test_at_most_so_many_records() -> None:
    """Three fines at most, each 50 points at most: without `at_most` there would be no low end."""
    assert total(records__fines={"unknown": True}) == (113 - 150, 113)


def test_one_kind_for_veto_and_points() -> None:
    """A grave fine bars, a light one costs 5: nobody who qualifies has the total of a grave one."""
    document = without(records__fines=[{"date": "2022-01-01", "kind": {"unknown": True}}])
    answers = {one.value: one for one in harbour().questions(document)[0].answers}
    assert answers["light"].total == (108, 108) and answers["light"].qualifies is True
    assert answers["grave"].total == (63, 63) and answers["grave"].qualifies is False


@pytest.mark.parametrize("name", sorted(entry.id for entry in registry()))
def test_unknown_choices_of_policies(name: str) -> None:
    """Two unknown choices or truths: the range is that of all completions, and a verdict that all share is certain."""
    policy = jifen.load(name)
    facts = [
        item for item in policy.rules.facts.values() if item.type in ("boolean", "choice") and not item.many
    ]
    for seed in range(2):
        rng, whole = Random(seed), applicant(policy.rules, seed)
        unknown = rng.sample(facts, min(2, len(facts)))
        cards = []
        for values in product(*(answers(item) for item in unknown)):
            completion = copy.deepcopy(whole)
            for item, value in zip(unknown, values, strict=True):
                completion["facts"].pop(item.name, None)
                if value is not None:
                    completion["facts"][item.name] = value
            try:
                cards.append(policy.score(completion))
            except jifen.ApplicantError as error:
                assert [one.message.code for one in error.problems] == ["JF714"]
        if not cards:
            continue
        told = copy.deepcopy(whole)
        told["facts"] |= {item.name: {"unknown": True} for item in unknown}
        bounds = policy.bounds(told)
        totals, verdicts = [card.total for card in cards], {card.qualifies for card in cards}
        assert bounds.total == (min(totals), max(totals))
        assert bounds.qualifies is (verdicts.pop() if len(verdicts) == 1 else None)


def answers(item: Input) -> list[Any]:
    found: list[Any] = [True, False] if item.type == "boolean" else list(item.options)
    return [*found, None] if item.optional else found
