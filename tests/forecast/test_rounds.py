"""Rounds with dates of their own, days without a version, and versions that ask for more."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

import jifen
from jifen.forecasting.days import in_years
from jifen.forecasting.openings import rule_sets
from jifen.forecasting.render import render_table

from .people import IDA


def test_a_round_is_moved_on_with_the_day_it_settles_to() -> None:
    found = jifen.forecast(IDA, policy="reef/2024", until="2028-12")
    assert [(one.first, one.last, one.settled, one.total) for one in found.standings] == [
        (date(2024, 5, 20), date(2024, 6, 10), date(2024, 2, 29), 14),
        (date(2025, 5, 10), date(2025, 6, 10), date(2025, 2, 28), 26),
        (date(2026, 5, 10), date(2026, 6, 10), date(2026, 2, 28), 38),
        (date(2027, 5, 10), date(2027, 6, 10), date(2027, 2, 28), 50),
        (date(2028, 5, 10), date(2028, 6, 10), date(2028, 2, 29), 62),
    ]
    assert [one.moved for one in found.standings] == [0, 1, 2, 3, 4]
    assert [one.beyond for one in found.standings] == [False, False, True, True, True]
    assert found.first_day == date(2025, 5, 10)


def test_a_version_that_asks_for_more_leaves_its_openings_open() -> None:
    found = jifen.forecast(IDA, place="reef", until="2027-12")
    assert [(one.first, one.last) for one in found.uncovered] == [("2026-01-01", "2026-12-31")]
    last = found.standings[-1]
    assert last.first == date(2027, 5, 10) and last.steps == () and last.meets is None
    assert [problem.path for problem in last.problems] == ["facts.boat"]
    text = render_table(found, "en")
    assert "2026-01-01 to 2026-12-31 (the notice of 2026 was not found)" in text
    assert "these rules ask for more: has a boat (boat) is missing." in text


def test_what_will_be_known_can_be_assumed() -> None:
    assume = {"assume": [{"date": "2027-01-01", "facts": {"boat": True}}]}
    found = jifen.forecast(IDA, place="reef", until="2027-12", assume=assume)
    assert found.standings[-1].total == 50 and found.standings[-1].meets == date(2027, 5, 10)
    # The 24 months that were added in between are not put down to the new rules.
    (begins,) = [event for event in found.events if event.kind == "rules_begin"]
    assert begins.on == date(2027, 1, 1) and begins.changes == ()


def test_a_forecast_does_not_change() -> None:
    found = jifen.forecast(IDA, policy="reef/2024", until="2024-12")
    with pytest.raises(FrozenInstanceError):
        found.applicant = "other"  # type: ignore[misc]


def test_years_later() -> None:
    assert in_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert in_years(date(2025, 2, 28), 3) == date(2028, 2, 29)
    assert in_years(date(2025, 6, 30), -1) == date(2024, 6, 30)


def test_a_place_has_no_version_that_is_not_known() -> None:
    assert rule_sets([], date(2024, 1, 1), date(2024, 12, 31))[0] == []
    with pytest.raises(jifen.JifenError, match="tianjni"):
        jifen.forecast(IDA, place="tianjni")
