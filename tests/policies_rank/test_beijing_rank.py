"""Beijing admits by rank: the quota, and everybody who has the score of its last place."""

from __future__ import annotations

from fractions import Fraction

import pytest

import jifen
from jifen.batch.ranking import Ranked, rank, rank_cards

SCORES = ("120.50", "119.00", "118.20", "117.00", "116.40", "116.40", "116.40", "115.00")
"""Worked example B7: with a quota of 5 the line is 116.40."""


def entries(scores: tuple[str, ...]) -> list[tuple[str, tuple[Fraction, ...]]]:
    return [(f"p{position}", (Fraction(score),)) for position, score in enumerate(scores, 1)]


def admitted(ranked: list[Ranked]) -> list[str]:
    return [entry.id for entry in ranked if entry.admitted]


def applicant(name: str, first_month: str, **facts: object) -> dict[str, object]:
    """Somebody insured from a month on, without a home on record after July 2020, aged over 50."""
    given = {
        "birth_date": "1970-06-01",
        "holds_permit": True,
        "below_retirement_age": True,
        "criminal_record": False,
        "education": "none",
    }
    return {
        "applicant": name,
        "date": "2026-05-20",
        "facts": given | facts,
        "timelines": {"insurance": [{"from": first_month}]},
    }


def test_all_ties_at_the_line_are_admitted() -> None:
    ranked = rank(entries(SCORES), 5)
    assert admitted(ranked) == ["p1", "p2", "p3", "p4", "p5", "p6", "p7"]
    assert [entry.place for entry in ranked] == [1, 2, 3, 4, 5, 5, 5, 8]


@pytest.mark.parametrize(
    ("quota", "expected"), [(0, 0), (1, 1), (4, 4), (5, 7), (6, 7), (7, 7), (8, 8), (9, 8)]
)
def test_quota_around_the_ties(quota: int, expected: int) -> None:
    assert len(admitted(rank(entries(SCORES), quota))) == expected


def test_the_order_of_applications_does_not_matter() -> None:
    assert rank(reversed(entries(SCORES)), 5) == rank(entries(SCORES), 5)


@pytest.mark.parametrize(
    ("above", "tied", "count"),
    [(5978, 54, 6032), (5937, 108, 6045), (5920, 86, 6006)],
    ids=["2020", "2021", "2022"],
)
def test_published_intakes(above: int, tied: int, count: int) -> None:
    """Quota 6000: so many lay above the line, so many on it, so many were admitted."""
    quota = jifen.load("beijing/2020").rules.outcome.rank
    assert quota is not None and quota.quota == 6000
    scores = ("120.00",) * above + ("110.00",) * tied + ("109.99",) * 50
    assert len(admitted(rank(entries(scores), quota.quota))) == count


def test_cards_are_ranked_by_their_exact_totals() -> None:
    policy = jifen.load("beijing/2020")
    people = [
        applicant("later", "2018-02"),
        applicant("earlier", "2018-01"),
        applicant("same_as_earlier", "2018-01"),
        applicant("doctor", "2018-02", education="doctor"),
        applicant("without_permit", "2001-01", holds_permit=False),
        applicant("too_short", "2020-01", education="doctor"),
    ]
    ranked = rank_cards([policy.score(person) for person in people])
    assert [(entry.id, entry.place) for entry in ranked] == [
        ("doctor", 1),
        ("earlier", 2),
        ("same_as_earlier", 2),
        ("later", 4),
    ]
    assert all(entry.admitted for entry in ranked)
    assert ranked[1].keys == (Fraction("25.29"),)


def test_a_smaller_quota_over_the_same_cards() -> None:
    policy = jifen.load("beijing/2020")
    cards = [policy.score(applicant(name, "2018-01")) for name in ("a", "b", "c")]
    assert len(admitted(rank([(card.person.id, card.rank_keys) for card in cards], 1))) == 3


def test_the_trial_ranks_in_the_same_way() -> None:
    outcome = jifen.load("beijing/2017").rules.outcome
    assert outcome.line is None
    assert outcome.rank is not None and outcome.rank.quota == 6000 and not outcome.rank.joint
