"""The five constructs of a process, each in its policy: what their clocks say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import jifen
from jifen.errors import ApplicantError
from jifen.procedure.status import Status
from jifen.procedure.validity import validity
from jifen.procedure.windows import window

from .test_renderings import ROOT
from .town import events, stands


def construct(name: str) -> Any:
    return jifen.load(ROOT / "tests" / "constructs" / f"{name}.yaml").rules


def stood(name: str, case: dict[str, Any], on: str | None = None) -> Status:
    return stands(construct(name), case, on)


def refused(name: str, case: dict[str, Any]) -> str:
    with pytest.raises(ApplicantError) as caught:
        stood(name, case)
    return caught.value.problems[0].message.code


def test_c55_validity_follows_another_document() -> None:
    case = {"dates": {"endorsed_until": "2026-05-20"}, "start": {"state": "valid", "at": "2025-05-20"}}
    assert [
        stood("c55_validity", case, day).state.name for day in ("2026-05-20", "2026-05-21", "2026-07-19")
    ] == [*("valid", "late", "late")]
    assert stood("c55_validity", case, "2026-07-20").state.result == "ended"
    late = {"event": "endorse_late", "at": "2026-07-19", "sets": {"endorsed_until": "2027-05-20"}}
    assert stood("c55_validity", {**case, "events": [late]}, "2027-05-20").state.name == "valid"
    assert refused("c55_validity", {**case, "events": [{**late, "at": "2026-07-20"}]}) == "JF922"
    assert (
        refused("c55_validity", {**case, "events": events("suspend 2026-01-05", "use 2026-01-06")}) == "JF921"
    )
    found = validity(construct("c55_validity"), date(2026, 5, 20))
    # Without a calendar the terms are natural days.
    assert found is not None and found.grace_to == date(2026, 7, 19) and found.renew_to == date(2026, 8, 18)


@pytest.mark.parametrize(
    ("term", "last"),
    [("review", "2026-05-29"), ("publicity", "2026-05-04"), ("objection", "2026-05-13")],
)
def test_c56_working_days_and_natural_days(term: str, last: str) -> None:
    """From Monday 2026-04-27: 28-30 April, 6-8, Saturday 9, 11-13 May are the first ten working days."""
    found = window(construct("c56_terms"), term, "2026-04-27", "2026-04-27")
    assert found.closes.to_date_string() == last


def test_c57_windows_to_the_hour() -> None:
    policy = construct("c57_windows_to_the_hour")
    asked = [
        window(policy, "choose", f"2025-12-{minute}").is_open
        for minute in ("01T09:59", "01T10:00", "05T15:00", "05T15:01")
    ]
    assert asked == [False, True, True, False]


def test_c58_states_that_block() -> None:
    assert (
        refused("c58_blocking_states", {"events": events("object 2024-03-01", "apply 2024-03-02")}) == "JF921"
    )
    filed = ("apply 2024-03-01", "answer 2024-03-10")
    assert refused("c58_blocking_states", {"events": events(*filed, "apply 2024-03-31")}) == "JF926"
    assert stood("c58_blocking_states", {"events": events(*filed, "apply 2024-04-01")}).state.name == "filed"


def test_c59_lost_by_silence() -> None:
    """Called on Thursday 2026-04-30: the holiday is over on 05-05, and 6-8, Saturday 9 and 11 May are the five days."""
    case = {"start": {"state": "called", "at": "2026-04-30"}}
    assert stood("c59_silence", case, "2026-05-11").state.name == "called"
    assert stood("c59_silence", case, "2026-05-12").state.name == "lapsed"
    came = {**case, "events": events("confirm 2026-05-11")}
    assert stood("c59_silence", came, "2026-05-13").state.name == "confirmed"
    assert stood("c59_silence", came, "2026-05-14").state.name == "lapsed"
    assert stood(
        "c59_silence", {**case, "events": events("confirm 2026-05-11", "register 2026-05-13")}
    ).state.final
