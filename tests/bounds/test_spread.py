"""The readings of a policy for one applicant: the best and the worst that there are, and what the search proves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import jifen
from jifen.api import Policy
from jifen.spread import search
from jifen.spread.result import Spread, Verdict

from .applicants import HARBOUR, WHOLE, harbour, without

WINTERS = without(facts__birth_date="1984-01-01", facts__sailed_in_winter=True)


@cache
def under(readings: tuple[tuple[str, str], ...]) -> Policy:
    """The policy under a choice of readings, compiled by itself."""
    return jifen.load(HARBOUR, dict(readings))


def read_with(readings: Mapping[str, str], applicant: dict[str, Any]) -> Verdict:
    card = under(tuple(sorted(readings.items()))).score(applicant)
    return Verdict(card.qualifies, card.total)


def everything(applicant: dict[str, Any]) -> list[Verdict]:
    """The verdict under every combination of readings."""
    known = harbour().rules.readings
    choices = product(*(known[name].options for name in known))
    return [read_with(dict(zip(known, options, strict=True)), applicant) for options in choices]


def check_claims(spread: Spread, applicant: dict[str, Any]) -> None:
    """What the spread says, said again by policies compiled one at a time."""
    assert read_with({}, applicant) == spread.verdict
    for one in (spread.best, spread.worst):
        assert read_with(one.readings, applicant) == one.verdict
    assert spread.best.verdict >= spread.verdict >= spread.worst.verdict
    for reading in spread.readings:
        for other in reading.others:
            assert read_with({reading.name: other.option}, applicant) == other.verdict
    assert set(spread.searched) | set(spread.without_effect) == set(spread.policy.rules.readings)


def test_every_combination_was_tried() -> None:
    spread = harbour().spread(WINTERS)
    found = everything(WINTERS)
    assert (spread.best.verdict, spread.worst.verdict) == (max(found), min(found))
    assert spread.proof == "exhaustive" and spread.combinations == 8
    check_claims(spread, WINTERS)


def test_a_reading_that_only_matters_with_another_is_found() -> None:
    spread = harbour().spread(WINTERS)
    assert "winters" not in [one.name for one in spread.readings]
    assert "winters" in spread.searched and spread.best.readings["winters"] == "twice"
    assert spread.without_effect == ("medals",)


@settings(max_examples=6)
@given(
    born=st.sampled_from(("1983-03-15", "1984-03-15", "1968-01-01", "1990-01-01")),
    winter=st.booleans(),
    first=st.sampled_from(("2016-01", "2022-06", "2023-06")),
    medals=st.integers(0, 2),
)
def test_best_and_worst_are_those_of_all(born: str, winter: bool, first: str, medals: int) -> None:
    applicant = without(
        facts__birth_date=born,
        facts__sailed_in_winter=winter,
        timelines__service=[{"from": first, "ship": "barge"}],
        records__medals=[{"date": "2020-01-01"}] * medals,
    )
    spread = harbour().spread(applicant)
    found = everything(applicant)
    assert (spread.best.verdict, spread.worst.verdict) == (max(found), min(found))


def test_nothing_matters() -> None:
    young = without(facts__birth_date="2000-01-01")
    spread = harbour().spread(young)
    assert spread.readings == () and spread.searched == () and spread.combinations == 1
    assert spread.best == spread.worst and not spread.best.readings
    check_claims(spread, young)


def test_readings_of_the_caller_stay() -> None:
    policy = harbour().with_readings({"storms": "less"})
    spread = policy.spread(WINTERS)
    assert spread.fixed == ("storms",) and "storms" not in spread.searched
    assert spread.verdict == read_with({"storms": "less"}, WINTERS)
    assert spread.best.verdict == read_with({"storms": "less", "winters": "twice"}, WINTERS)


def test_too_many_combinations_are_climbed_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_COMBINATIONS", 1)
    spread = jifen.load(HARBOUR).spread(WINTERS)
    assert spread.proof == "coordinate"
    check_claims(spread, WINTERS)
    for end, sign in ((spread.best, 1), (spread.worst, -1)):
        for name, reading in spread.policy.rules.readings.items():
            for option in reading.options:
                verdict = read_with({**end.readings, name: option}, WINTERS)
                assert verdict == end.verdict or (verdict < end.verdict) == (sign > 0)


def test_a_spread_is_the_same_again() -> None:
    assert harbour().spread(WHOLE).to_json() == jifen.load(HARBOUR).spread(WHOLE).to_json()
