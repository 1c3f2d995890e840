"""Tianjin 2016 ranks: the total, then the earlier residence registration, then the points of social insurance."""

from __future__ import annotations

import jifen
from jifen.batch.ranking import rank_cards

FIVE = ["pension", "medical", "unemployment", "injury", "maternity"]


def applicant(name: str, insured_from: str, fund_from: str | None, **facts: object) -> dict[str, object]:
    """Aged under 35, with a degree and an own home: 100 points beside insurance and fund."""
    given = {
        "birth_date": "1985-06-01",
        "holds_permit": True,
        "lawful_household": True,
        "place_to_settle": True,
        "education": "bachelor",
        "home_proof": "title",
    }
    return {
        "applicant": name,
        "date": "2016-03-10",
        "facts": given | facts,
        "timelines": {
            "insurance": [{"kind": FIVE, "from": insured_from}],
            "housing_fund": [{"from": fund_from}] if fund_from else [],
        },
    }


def test_ties_are_broken_by_registration_and_then_by_insurance() -> None:
    policy = jifen.load("tianjin/2016")
    people = [
        applicant("below_the_line", "2013-01", None),
        applicant("no_registration_stated", "2012-09", None),
        applicant("registered_late", "2012-09", None, registered_on="2014-05-02"),
        applicant("registered_early", "2012-09", None, registered_on="2013-05-02"),
        applicant("early_with_less_insurance", "2013-01", "2014-01", registered_on="2013-05-02"),
        applicant("highest", "2012-01", None),
    ]
    cards = [policy.score(person) for person in people]
    assert [int(card.total) for card in cards] == [136, 140, 140, 140, 140, 148]
    assert [entry.id for entry in rank_cards(cards, quota=1000)] == [
        "highest",
        "registered_early",
        "early_with_less_insurance",
        "registered_late",
        "no_registration_stated",
    ]


def test_2014_ranks_without_a_line() -> None:
    outcome = jifen.load("tianjin/2014").rules.outcome
    assert outcome.line is None and outcome.rank is not None
