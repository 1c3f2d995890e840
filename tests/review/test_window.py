"""When a review can be asked for, to the minute, and what to attach."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

import jifen
from jifen.review.window import Window, materials, review_window

from .town import TOWN, reviewed, town

TIANJIN = "tianjin/2025"


def window(policy: str, round_name: str, published: int) -> Window:
    found = review_window(jifen.load(policy), round_name, published)
    assert found is not None
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


@pytest.mark.parametrize(
    ("minute", "state"),
    [
        ("2025-05-26T08:59", "not_open"),
        ("2025-05-26T09:00", "open"),
        ("2025-05-28T23:00", "open"),
        ("2025-05-30T17:00", "open"),  # the closing minute is inside
        ("2025-05-30T17:00:59", "open"),
        ("2025-05-30T17:01", "closed"),
        ("2025-05-30T17:05", "closed"),
    ],
)
def test_the_first_round_of_2025(minute: str, state: str) -> None:
    found = window(TIANJIN, "first_2025", 20250526)
    assert (
        not found.end.whole_day and found.inside and not found.provisional and found.zone == "Asia/Shanghai"
    )
    assert [str(cite) for cite in found.cite] == ["review-2025#1.1"]
    assert found.state(at(minute)) == state


def test_a_window_of_another_round_is_not_taken() -> None:
    # The second round of 2025 has no window of its own: five working days, the day of publication the first.
    found = window(TIANJIN, "second_2025", 20251117)  # a Monday
    assert found.end.whole_day and not found.provisional
    assert (found.opens, found.end.closes) == (at("2025-11-17T00:00"), at("2025-11-21T23:59"))


@pytest.mark.parametrize(
    ("published", "last", "provisional"),
    [
        (20220425, "2022-04-29", False),
        # 2022-04-30 to 05-04 are holidays, Sunday 04-24 and Saturday 05-07 are made up for
        (20220428, "2022-05-07", False),
        (20220423, "2022-04-28", False),  # published on a Saturday; 04-24, a Sunday, is the first working day
        (20270104, "2027-01-08", True),  # the calendar does not know the year yet
        (20261228, "2027-01-01", True),  # nor its holidays
    ],
)
def test_working_days(published: int, last: str, provisional: bool) -> None:
    found = window("tianjin/2022", "first", published)
    assert found.end.closes == at(f"{last}T23:59")
    assert found.provisional is provisional


def test_the_closing_minute_may_be_outside() -> None:
    found = review_window(town(), "", 20240304)
    assert found is not None and found.label == {"zh": "三月复核", "en": "review of March"}
    assert found.state(at("2024-03-08T16:29")) == "open"
    assert found.state(at("2024-03-08T16:30")) == "closed"


def test_a_term_from_the_next_day() -> None:
    found = review_window(town(), "", 20240329)  # a Friday: Monday to Wednesday, before the holiday of 04-04
    assert found is not None and found.end.closes == at("2024-04-03T23:59")


def test_natural_days_and_terms_that_run_from_something_else(tmp_path: Path) -> None:
    text = TOWN.read_text(encoding="utf-8")
    path = tmp_path / "town.yaml"
    path.write_text(re.sub("(?m)^ +review_of_march.*\n", "", text), encoding="utf-8")
    found = review_window(jifen.load(path), "", 20240304)  # Tuesday to Thursday
    assert found is not None and found.end.whole_day and found.end.closes == at("2024-03-07T23:59")
    path.write_text(
        path.read_text(encoding="utf-8").replace("working_days: 3", "natural_days: 3"), encoding="utf-8"
    )
    found = review_window(jifen.load(path), "", 20240308)
    assert found is not None and found.end.closes == at("2024-03-11T23:59")
    # the term of that name in Shanghai is that of the processing, from the filing on
    assert review_window(jifen.load("shanghai/2018"), "", 20200601) is None


def test_no_window() -> None:
    assert review_window(jifen.load("chengdu/2020"), "", 20210101) is None


def test_nothing_is_judged_without_a_moment() -> None:
    assert reviewed().now is None
    found = reviewed(now="2024-03-08T16:29")
    assert found.window is not None and found.now is not None and found.window.state(found.now) == "open"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("basic/work", ["a stamped letter of the employer"]),
        ("basic/home", ["identity card"]),  # of the group that holds it
        ("basic", ["identity card", "a stamped letter of the employer"]),
        ("more/prizes", ["the diploma"]),  # the procedure has nothing special for a review
        ("more/boat", []),
    ],
)
def test_what_to_attach(path: str, expected: list[str]) -> None:
    listed = [text["en"] for text in materials(town(), path) if not isinstance(text, str)]
    assert listed == expected
