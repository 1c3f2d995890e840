"""Ages, lengths and moved dates against counting day by day, and against pendulum."""

from collections.abc import Iterator
from datetime import date, timedelta

import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jifen.backends import semantics

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
NEAR = st.integers(-1600, 1600)


def stored(day: date) -> int:
    return int(day.strftime("%Y%m%d"))


def a_day_near(day: date, by: int) -> date:
    return min(max(day + timedelta(days=by), date(1900, 1, 1)), date(2199, 12, 31))


def birthdays(born: date, until: date) -> Iterator[date]:
    """Day by day after the first: the days on which a year is complete. 29 February falls on the 28th if need be."""
    day = born + timedelta(days=1)
    while day <= until:
        tomorrow = day + timedelta(days=1)
        same = (day.month, day.day) == (born.month, born.day)
        stands_in = (born.month, born.day) == (2, 29) and (day.month, day.day) == (2, 28)
        if same or (stands_in and tomorrow.month == 3):
            yield day
        day = tomorrow


@given(DAYS, st.integers(0, 3000))
@example(date(2000, 2, 29), 365)
@example(date(2000, 2, 29), 366)
@example(date(2000, 2, 29), 1461)
@example(date(2000, 2, 28), 366)
@example(date(2000, 3, 1), 365)
@example(date(1999, 12, 31), 1)
def test_age_counts_birthdays(born: date, later: int) -> None:
    on = a_day_near(born, later)
    past = list(birthdays(born, on))
    assert semantics.age(stored(born), stored(on), False) == len(past)
    assert semantics.age(stored(born), stored(on), True) == len([day for day in past if day < on])


@given(DAYS, st.integers(1, 3000))
@example(date(2000, 2, 29), 365)
@example(date(2000, 2, 29), 366)
@example(date(2000, 2, 29), 367)
def test_a_year_is_begun_the_day_after_an_anniversary(since: date, later: int) -> None:
    on = a_day_near(since, later)
    if on > since:
        begun = 1 + len([day for day in birthdays(since, on) if day < on])
        assert semantics.started_years(stored(since), stored(on)) == begun


@given(DAYS)
def test_on_the_first_day_no_year_has_begun_and_none_is_complete(day: date) -> None:
    assert semantics.started_years(stored(day), stored(day)) == 0
    assert semantics.age(stored(day), stored(day), False) == 0
    assert semantics.age(stored(day), stored(day), True) == 0


LEAP_DAY = [  # born 29 February 2000: the day, the age from the birthday, the age from the day after
    ("2001-02-27", 0, 0),
    ("2001-02-28", 1, 0),
    ("2001-03-01", 1, 1),
    ("2004-02-28", 3, 3),
    ("2004-02-29", 4, 3),
    ("2004-03-01", 4, 4),
    ("2100-02-27", 99, 99),
    ("2100-02-28", 100, 99),  # 2100 is a common year
    ("2100-03-01", 100, 100),
]


@pytest.mark.parametrize(("on", "from_birthday", "from_day_after"), LEAP_DAY)
def test_born_on_29_february(on: str, from_birthday: int, from_day_after: int) -> None:
    day = stored(date.fromisoformat(on))
    assert semantics.age(2000_02_29, day, False) == from_birthday
    assert semantics.age(2000_02_29, day, True) == from_day_after


# The rule of the years-and-months duration of DMN, in cases of our own: whole months by the day of the month.
WHOLE_MONTHS = [
    ("2012-03-22", "2014-11-24", 32),
    ("2014-11-24", "2012-03-22", -32),
    ("2015-05-05", "2016-05-05", 12),
    ("2016-05-05", "2015-05-05", -12),
    ("2016-05-05", "2016-05-05", 0),
    ("2016-09-30", "2017-12-28", 14),
    ("2014-12-31", "2019-10-01", 57),
    ("2017-02-28", "2019-07-23", 28),
    ("2016-02-29", "2017-02-28", 11),
    ("2016-02-29", "2017-03-01", 12),
    ("2016-01-31", "2016-02-29", 0),
    ("2016-01-31", "2016-03-01", 1),
    ("2016-01-31", "2016-03-31", 2),
    ("1999-12-31", "2000-01-01", 0),
    ("2000-01-01", "2000-02-01", 1),
]


@pytest.mark.parametrize(("a", "b", "months"), WHOLE_MONTHS)
def test_whole_months_by_hand(a: str, b: str, months: int) -> None:
    days = (stored(date.fromisoformat(text)) for text in (a, b))
    assert semantics.months_between(*days) == months


@given(DAYS, NEAR)
def test_whole_months_counted_day_by_day(a: date, by: int) -> None:
    """A month is whole when the day of the month has come again, or a month without that day has gone by."""
    b = a_day_near(a, by)
    first, last = min(a, b), max(a, b)
    whole, due, day = 0, False, first
    while day < last:
        before, day = day, day + timedelta(days=1)
        if day.day == 1:
            whole += due and before.day < first.day
            due = True
        if day.day == first.day:
            whole += 1
            due = False
    assert semantics.months_between(stored(a), stored(b)) == (whole if a <= b else -whole)


@given(DAYS, NEAR)
def test_days_between(a: date, by: int) -> None:
    b = a_day_near(a, by)
    assert semantics.days_between(stored(a), stored(b)) == (b - a).days


@given(DAYS, st.integers(-40, 40), st.integers(-40, 40), st.integers(-400, 400))
@example(date(2024, 2, 29), 1, 0, 0)
@example(date(2024, 1, 31), 0, 1, 0)
@example(date(2024, 3, 31), 0, -1, 1)
def test_moved_dates_against_pendulum(day: date, years: int, months: int, days: int) -> None:
    """The day of the month is kept or is the month's last; the days come after that."""
    reference = pendulum.date(day.year, day.month, day.day).add(years=years, months=months).add(days=days)
    assert semantics.shift(stored(day), years, months, days) == stored(reference)


@given(
    DAYS,
    st.none() | st.integers(1900, 2199),
    st.none() | st.integers(1, 12),
    st.none() | st.integers(1, 31),
)
@example(date(2024, 2, 29), 2023, None, None)
@example(date(2024, 5, 31), None, 2, None)
@example(date(2024, 5, 1), None, 4, 31)
def test_placed_dates_against_pendulum(
    day: date, year: int | None, month: int | None, number: int | None
) -> None:
    first = pendulum.date(year or day.year, month or day.month, 1)
    reference = first.set(day=min(number or day.day, first.days_in_month))
    assert semantics.place(stored(day), year, month, number) == stored(reference)


@given(DAYS)
def test_parts_of_a_date(day: date) -> None:
    known = {name: semantics.FUNCTIONS[name](stored(day)) for name in ("year", "month_number", "day_of_year")}
    assert known == {"year": day.year, "month_number": day.month, "day_of_year": day.month * 100 + day.day}
    month = semantics.FUNCTIONS["month_of"](stored(day))
    assert (month // 12, month % 12 + 1) == (day.year, day.month)
    end = pendulum.date(day.year, day.month, day.day).end_of("month")
    assert semantics.month_end(month) == stored(end)
