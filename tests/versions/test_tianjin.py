"""Tianjin's versions: which days they cover, and what a scorecard says of the readings that decide."""

from __future__ import annotations

from typing import Any

import pytest

import jifen
from jifen.document.tree import at, plain
from jifen.errors import JifenError

VERSIONS = {
    "2014": ("2014-01-01", "2015-12-31"),
    "2016": ("2016-01-01", "2017-12-31"),
    "2018": ("2018-01-01", "2020-04-01"),
    "2022": ("2022-01-01", "2022-12-31"),
    "2023": ("2023-01-01", "2024-12-31"),
    "2025": ("2025-01-01", "2026-12-31"),
}
FIVE = ["pension", "medical", "unemployment", "injury", "maternity"]


def applicant(day: str, first: str) -> dict[str, object]:
    """Insured from a month on, 33 years old or nearly, with a degree and a registered lease of two years."""
    return {
        "applicant": "somebody",
        "date": day,
        "facts": {
            "birth_date": "1991-06-01",
            "holds_permit": True,
            "below_retirement_age": True,
            "education": "bachelor",
        },
        "timelines": {
            "insurance": [{"kind": FIVE, "from": first, "payment": "employer"}],
            "rented_home": [{"from": "2023-01", "registered": True}],
        },
    }


@pytest.mark.parametrize("version", VERSIONS)
def test_first_and_last_day(version: str) -> None:
    assert [jifen.resolve("tianjin", day).id for day in VERSIONS[version]] == [f"tianjin/{version}"] * 2


@pytest.mark.parametrize("day", ["2020-04-02", "2020-12-07", "2021-12-31"])
def test_the_table_of_2020_was_not_found(day: str) -> None:
    with pytest.raises(JifenError) as caught:
        jifen.resolve_for("tianjin", applicant(day, "2016-01"))
    assert "the table of 2020 (notice 4 of 2020) was not found" in caught.value.text("en")
    assert "2020年分值表（津发改规〔2020〕4号）未找到" in caught.value.text("zh")
    assert "tianjin/2018 (2018-01-01 – 2020-04-01), tianjin/2022" in caught.value.text("en")


@pytest.mark.parametrize("day", ["2013-12-31", "2027-01-01"])
def test_days_before_and_after(day: str) -> None:
    with pytest.raises(JifenError, match=f"No policy of tianjin is in force on {day}"):
        jifen.resolve("tianjin", day)


def test_a_card_of_2025_says_that_the_figures_of_the_article_would_fail() -> None:
    """42 months of insurance 66 + 14, rent 12, age 10, degree 20; at 12 a year 42 + 12 + 10 + 20."""
    card = jifen.load("tianjin/2025").score(applicant("2025-03-10", "2021-07"))
    assert card.total == 122 and card.qualifies
    [figures] = [reading for reading in card.to_dict()["readings"] if reading["id"] == "figures"]
    assert figures["chosen"] == "table" and figures["default"]
    assert [(other["option"], other["total"], other["qualifies"]) for other in figures["others"]] == [
        ("highlights", "84", False)
    ]


def procedure(version: str) -> Any:
    return plain(at(jifen.load(f"tianjin/{version}").document, ["procedure"]))


def test_the_review_of_2025_is_in_the_file() -> None:
    window = procedure("2025")["windows"]["review_2025_first"]
    assert (window["from"], window["to"]) == ("2025-05-26T09:00", "2025-05-30T17:00")


@pytest.mark.parametrize("version", ["2022", "2023", "2025"])
def test_moves_lead_from_state_to_state(version: str) -> None:
    """Every state can be reached, and every state that is no end can be left."""
    found = procedure(version)
    states, moves = found["states"], found["moves"]
    left = {
        name for move in moves for name in ([move["from"]] if isinstance(move["from"], str) else move["from"])
    }
    assert {move["to"] for move in moves} == set(states) - {found["begins"]}
    assert left == {name for name, state in states.items() if not state.get("final")}
    assert found["events"]["request_review"]["once"] == "case"
