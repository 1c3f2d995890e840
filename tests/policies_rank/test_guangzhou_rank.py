"""Guangzhou qualifies by the total and ranks by the basic score, then by two lengths of time."""

from __future__ import annotations

from fractions import Fraction

import jifen
from jifen.batch.ranking import rank, rank_cards

BONUS = {"education": "bachelor", "in_catalogue": True, "annual_settlement": True}
"""42 points that count for the line of 150 and not for the rank."""


def applicant(
    name: str, medical: str = "2021-04", permit: tuple[str, ...] = ("2021-04",), **facts: object
) -> dict[str, object]:
    """Permit 32, own home 20, four insurances 32, medical 8, age 30: a basic score of 122."""
    spells = [{"from": first} for first in permit]
    for spell, later in zip(spells, permit[1:], strict=False):
        year, month = (int(part) for part in later.split("-"))
        months = year * 12 + month - 3
        spell["to"] = f"{months // 12}-{months % 12 + 1:02}"
    given = {
        "birth_date": "1990-05-01",
        "works_in_city": True,
        "commits_to_truth": True,
        "housing_route": "owned",
        "owns_home": True,
    }
    return {
        "applicant": name,
        "date": "2025-10-20",
        "facts": given | BONUS | facts,
        "timelines": {
            "permit": spells,
            "insurance": [
                {"kind": ["pension", "unemployment", "injury", "maternity"], "from": "2021-04"},
                {"kind": "medical", "from": medical},
            ],
        },
    }


def test_three_keys() -> None:
    policy = jifen.load("guangzhou/2025")
    card = policy.score(applicant("a", medical="2021-01", permit=("2020-10", "2022-01")))
    assert card.total == 164
    assert card.rank_keys == (Fraction(122), Fraction(57), Fraction(45))


def test_medical_months_then_the_unbroken_permit_then_a_shared_place() -> None:
    policy = jifen.load("guangzhou/2025")
    people = [
        applicant("broken_permit", permit=("2020-10", "2022-01")),
        applicant("plain"),
        applicant("same_as_plain"),
        applicant("longer_permit", permit=("2021-02",)),
        applicant("longer_medical", medical="2021-03"),
        applicant("no_bonus", education="below", in_catalogue=False, annual_settlement=False),
        applicant("older", birth_date="1985-09-29"),
        applicant("too_old", birth_date="1978-12-31"),
    ]
    ranked = rank_cards([policy.score(person) for person in people])
    assert [(entry.id, entry.place) for entry in ranked] == [
        ("longer_medical", 1),
        ("longer_permit", 2),
        ("plain", 3),
        ("same_as_plain", 3),
        ("broken_permit", 5),
        ("older", 6),
    ]


def test_a_shared_last_place_is_admitted() -> None:
    policy = jifen.load("guangzhou/2025")
    cards = [policy.score(applicant(name)) for name in ("b", "a", "c")]
    cards.append(policy.score(applicant("older", birth_date="1985-09-29")))
    ranked = rank([(card.person.id, card.rank_keys) for card in cards], 2)
    assert [(entry.id, entry.admitted) for entry in ranked] == [
        ("a", True),
        ("b", True),
        ("c", True),
        ("older", False),
    ]


def test_the_quota_of_2025() -> None:
    outcome = jifen.load("guangzhou/2025").rules.outcome.rank
    assert outcome is not None and outcome.joint and outcome.quota == 16000


def test_a_declared_penalty_lowers_the_total_and_the_card_is_provisional() -> None:
    policy = jifen.load("guangzhou/2025")
    penalty = {"misconduct": [{"date": "2024-03-01", "head": "police_penalty", "act": 1}]}
    before, after = (policy.score(applicant("a") | {"records": records}) for records in ({}, penalty))
    assert before.total == 164
    assert after.total == 154
    assert before.rank_keys == after.rank_keys
    assert [item["id"] for item in after.to_dict()["provisional"]] == ["commits_to_truth"]
