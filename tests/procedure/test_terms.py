"""Terms and windows: every clock example that was worked out by hand, and the corners around them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import jifen
from jifen.errors import JifenError, PolicyError
from jifen.procedure.calendars import Calendar, Span, calendar
from jifen.procedure.clock import months_from
from jifen.procedure.validity import validity
from jifen.procedure.windows import Answer, window

from .town import rules


def asked(policy: str, name: str, now: str, start: str | None = None, round: str | None = None) -> Answer:
    return window(jifen.load(policy).rules, name, now, start, round)


@pytest.mark.parametrize(
    ("policy", "term", "start", "last"),
    [
        # 04-28, 04-29, 05-05, 05-06, Saturday 05-07, which makes up for the holiday from 04-30 to 05-04
        ("tianjin/2022", "acceptance", "2022-04-27", "2022-05-07"),
        # 05-06 to 05-09, 05-12; the holiday is 05-01 to 05-05
        ("tianjin/2025", "acceptance", "2025-04-30", "2025-05-12"),
        # Dragon Boat is 05-31 to 06-02, so the first day is 06-03: 03, 04, 05, 06, 09
        ("tianjin/2025", "publicity", "2025-06-03", "2025-06-09"),
        ("tianjin/2025", "publicity", "2025-05-31", "2025-06-09"),
        # 28, 29, 30 April; 6, 7, 8, Saturday 9 May; 11-15, 18-22, 25-29 May: 3 + 4 + 15
        ("shanghai/2023", "review", "2026-04-27", "2026-05-29"),
        # 15 working days from 2023-09-18: 19-22, 25-28 (8), the holiday 09-29 to 10-06, 7, 8 worked, 9-13 (15)
        ("chengdu/2020", "scoring", "2023-09-18", "2023-10-13"),
        ("chengdu/2020", "entry_list", "2023-09-27", "2023-10-07"),
        ("chengdu/2020", "publicity", "2023-09-28", "2023-10-01"),  # natural days look at no holiday
        ("suzhou/2021", "answer_to_objection", "2023-06-12", "2023-06-27"),  # 22-23 off, Sunday 25 worked
        ("shanghai/2023", "late_endorsement", "2026-05-20", "2026-07-19"),
        ("shanghai/2023", "new_permit", "2026-05-20", "2026-08-18"),
    ],
)
def test_a_term_ends_on(policy: str, term: str, start: str, last: str) -> None:
    found = asked(policy, term, start, start)
    assert (found.closes.to_date_string(), found.closes.hour, found.closes.minute) == (last, 23, 59)
    assert found.last_inside and not found.provisional


def test_a_term_that_is_counted_without_its_calendar() -> None:
    """What 22 working days would be without make-up workdays, and with weekends alone."""
    weekends, china = Calendar("weekdays"), calendar("china")
    assert weekends.after(date(2026, 4, 27), 22) == date(2026, 5, 27)
    assert Calendar("", None, china.off).after(date(2026, 4, 27), 22) == date(2026, 6, 1)
    assert china.after(date(2026, 4, 27), 22) == date(2026, 5, 29)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2025-05-26T08:59", False),
        ("2025-05-26T09:00", True),
        ("2025-05-30T17:00", True),
        ("2025-05-30T17:00:59", True),
        ("2025-05-30T17:01", False),
        ("2025-05-30T17:05", False),
        ("2025-05-30T09:00:00Z", True),  # the same minute as 17:00 there
        ("2025-05-30T09:01:00Z", False),
    ],
)
def test_the_review_of_2025(now: str, is_open: bool) -> None:
    for name, round_ in (("review", "first_2025"), ("review_2025_first", None), ("review", None)):
        found = asked("tianjin/2025", name, now, round=round_)
        assert found.is_open is is_open
        assert (found.opens.format("MM-DD HH:mm"), found.closes.format("MM-DD HH:mm")) == (
            "05-26 09:00",
            "05-30 17:00",
        )


def test_a_round_without_a_printed_window_counts_from_the_publication() -> None:
    found = asked("tianjin/2025", "review", "2025-11-20T10:00", "2025-11-17", "second_2025")
    assert found.is_open and found.opens.to_date_string() == "2025-11-17"
    assert found.closes.format("YYYY-MM-DD HH:mm") == "2025-11-21 23:59"


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        ("2025-10-10T08:59", False),
        ("2025-10-10T09:00", True),
        ("2025-11-10T17:00", True),
        ("2025-11-10T17:01", False),
    ],
)
def test_a_window_to_the_hour(now: str, is_open: bool) -> None:
    assert asked("guangzhou/2025", "apply", now).is_open is is_open


@pytest.mark.parametrize(
    ("now", "is_open"),
    [("2025-06-05T23:59", False), ("2025-06-06", True), ("2025-06-13T23:59", True), ("2025-06-14", False)],
)
def test_a_window_of_whole_days(now: str, is_open: bool) -> None:
    assert asked("beijing/2020", "objection", now).is_open is is_open


def test_the_rounds_are_a_window() -> None:
    found = asked("tianjin/2025", "rounds", "2025-06-01")
    assert (found.opens.to_date_string(), found.closes.to_date_string()) == ("2025-07-01", "2025-10-31")
    assert not found.is_open


def test_the_year_of_a_permit() -> None:
    """Endorsed to 2026-05-20: renewed from 04-20, late without loss to 07-19, a new permit after 08-18."""
    found = validity(jifen.load("shanghai/2023").rules, date(2026, 5, 20))
    assert found is not None
    assert (found.renew_from, found.grace_to, found.renew_to) == (
        date(2026, 4, 20),
        date(2026, 7, 19),
        date(2026, 8, 18),
    )
    days = [
        "2026-04-19",
        "2026-04-20",
        "2026-05-20",
        "2026-05-21",
        "2026-07-19",
        "2026-07-20",
        "2026-08-18",
        "2026-08-19",
    ]
    phases = [found.phase(date.fromisoformat(day)) for day in days]
    assert phases == ["valid", "renewable", "renewable", "grace", "grace", "late", "late", "over"]


@pytest.mark.parametrize(
    ("term", "start", "closes"),
    [
        ("months: 1", "2024-01-31", "2024-02-29 23:59"),
        ("months: 1, from: same_day", "2024-05-01", "2024-05-31 23:59"),
        ("months: 12", "2024-02-29", "2025-02-28 23:59"),
        ("months: 0, until: end_of_month", "2024-02-03", "2024-02-29 23:59"),
        ("months: 2, until: end_of_month", "2023-12-31", "2024-02-29 23:59"),
        ("natural_days: 7", "2024-02-25", "2024-03-03 23:59"),
        ("natural_days: 7, from: same_day", "2024-02-25", "2024-03-02 23:59"),
        ("natural_days: 0", "2024-02-25", "2024-02-25 23:59"),
        ("working_days: 0", "2024-02-25", "2024-02-25 23:59"),
        ('working_days: 1, at: "17:00"', "2024-03-01", "2024-03-04 17:00"),
        ("working_days: 1, from: same_day", "2024-03-02", "2024-03-04 23:59"),  # a Saturday is no day 1
        ("working_days: 2, from: same_day", "2024-03-01", "2024-03-04 23:59"),
        ("since: filed", "2024-03-01T09:30", "2024-03-01 09:30"),
        ("since: filed", "2024-03-01", "2024-03-01 23:59"),
    ],
)
def test_a_term_in_each_unit(term: str, start: str, closes: str) -> None:
    found = window(rules(terms=f"{{it: {{{term}}}}}"), "it", start, start)
    assert found.closes.format("YYYY-MM-DD HH:mm") == closes


@pytest.mark.parametrize(("side", "is_open"), [("inside", True), ("outside", False)])
def test_the_closing_minute(side: str, is_open: bool) -> None:
    windows = f'{{it: {{from: "2024-03-01T09:00", to: "2024-03-05T17:00", last_minute: {side}}}}}'
    found = window(rules(windows=windows), "it", "2024-03-05T17:00")
    assert found.is_open is is_open and found.last_inside is is_open
    assert window(rules(windows=windows), "it", "2024-03-05T16:59").is_open
    term = rules(terms='{it: {working_days: 1, at: "17:00"}}', last_minute=side)
    assert window(term, "it", "2024-03-04T17:00", "2024-03-01").is_open is is_open


def test_a_term_where_the_clocks_change() -> None:
    """In Lisbon the night to 2024-03-31 is an hour shorter; a day there still ends at 23:59."""
    found = window(rules(terms="{it: {natural_days: 1}}"), "it", "2024-03-31T23:59", "2024-03-30T12:00")
    assert found.closes.format("YYYY-MM-DD HH:mm ZZ") == "2024-03-31 23:59 +0100" and found.is_open


def test_a_year_that_the_calendar_does_not_know() -> None:
    found = asked("tianjin/2025", "acceptance", "2189-12-30", "2189-12-30")
    [doubt] = found.provisional
    assert doubt.year == 2189 and doubt.known == calendar("china").known
    assert doubt.known.said_by.startswith("chinesecalendar ")
    assert not asked("tianjin/2025", "acceptance", "2025-12-21", "2025-12-21").provisional


def test_days_moved_after_the_fact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "china.yaml").write_text(
        "days_off: [{from: 2025-05-07, to: 2025-05-08, why: a storm}]\n"
        "days_worked: [{date: 2025-05-10, why: in place of the 7th}]\nyears: {from: 2004, to: 2030}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("JIFEN_CALENDARS", str(tmp_path))
    # 05-06, 05-09, Saturday 05-10, 05-12, 05-13
    assert (
        asked("tianjin/2025", "acceptance", "2025-04-30", "2025-04-30").closes.to_date_string()
        == "2025-05-13"
    )
    assert not asked("tianjin/2025", "acceptance", "2029-12-30", "2029-12-30").provisional
    assert calendar("china").notes[date(2025, 5, 7)] == "a storm"


def test_a_calendar_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "harbour.yaml").write_text(
        "days_off: [{date: 2024-03-04}]\nyears: {from: 2024, to: 2024}\n", encoding="utf-8"
    )
    monkeypatch.setenv("JIFEN_CALENDARS", str(tmp_path))
    found = window(
        rules(terms="{it: {working_days: 1}}", calendar="harbour"), "it", "2024-03-01", "2024-03-01"
    )
    assert found.closes.to_date_string() == "2024-03-05" and not found.provisional
    assert calendar("harbour").known == Span(2024, 2024, "harbour.yaml")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("days_off: [{date: 2024-03-04}]\ndays_worked: [{date: 2024-03-04}]\n", "JF952"),
        ("days_off: [{date: 2024-02-30}]\n", "JF953"),
        ("days_off: [{from: 2024-03-04, to: 2024-03-01}]\n", "JF954"),
        ("days_of: []\n", "JF201"),
        ("years: {from: 2024}\n", "JF202"),
        ("days_off: [{why: nothing}]\n", "JF210"),
    ],
)
def test_a_calendar_that_is_wrong(
    text: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harbour.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JIFEN_CALENDARS", str(tmp_path))
    with pytest.raises(PolicyError) as caught:
        calendar("harbour")
    assert code in {one.code for one in caught.value.diagnostics}


def test_without_the_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    monkeypatch.setenv("JIFEN_CALENDARS", str(tmp_path))
    with pytest.raises(JifenError, match="pip install chinesecalendar"):
        asked("tianjin/2025", "acceptance", "2025-04-30", "2025-04-30")
    # What counts no working days needs no library.
    assert asked("tianjin/2025", "review_2025_first", "2025-05-28T10:00").is_open


@pytest.mark.parametrize(
    ("name", "start", "said"),
    [("reviw", None, "Did you mean review?"), ("acceptance", None, "nothing says when that was")],
)
def test_what_cannot_be_answered(name: str, start: str | None, said: str) -> None:
    with pytest.raises(JifenError, match=r"window or term|runs from") as caught:
        asked("tianjin/2022", name, "2025-05-28", start)
    assert said in str(caught.value) and caught.value.text("zh") != str(caught.value)


def test_months() -> None:
    assert months_from(date(2024, 3, 31), -1) == date(2024, 2, 29)
    assert months_from(date(2024, 1, 15), -13) == date(2022, 12, 15)
