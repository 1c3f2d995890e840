"""Dates as columns. A date is the int YYYYMMDD, a month `year * 12 + month - 1`, both int32."""

from __future__ import annotations

from calendar import monthrange

import numpy as np

from jifen.backends.columns.block import Column

_CYCLE = 400 * 12
"""Months after which the calendar repeats."""
_CYCLE_DAYS = 146_097

_LENGTHS = np.array([monthrange(2000 + month // 12, month % 12 + 1)[1] for month in range(_CYCLE)], np.int32)
_BEFORE = np.concatenate([[0], np.cumsum(_LENGTHS)]).astype(np.int64)
"""The days of a cycle before each of its months."""


def lengths(month: Column) -> Column:
    """The days of a month; int32."""
    found: Column = _LENGTHS.take((month % _CYCLE).astype(np.intp))
    return found


def month_of(day: Column) -> Column:
    """The month a date lies in."""
    found: Column = day // 10000 * 12 + day // 100 % 100 - 1
    return found


def _date(month: Column, day: Column | int) -> Column:
    found: Column = month // 12 * 10000 + (month % 12 + 1) * 100 + day
    return found


def _ordinal(day: Column) -> Column:
    """Days since the beginning of the calendar; int64."""
    month = month_of(day)
    before = _BEFORE.take((month % _CYCLE).astype(np.intp))
    found: Column = before + (month // _CYCLE * _CYCLE_DAYS + day % 100)
    return found


def _from_ordinal(days: Column) -> Column:
    """The date that is so many days after the beginning of the calendar."""
    cycle, rest = np.divmod(days - 1, _CYCLE_DAYS)
    month = np.searchsorted(_BEFORE, rest, side="right") - 1
    return _date(cycle * _CYCLE + month, rest - _BEFORE.take(month) + 1).astype(np.int32)


def age(born: Column, on: Column, day_after: bool) -> Column:
    """Completed years. Somebody born on 29 February has the birthday on the 28th in a common year."""
    if day_after:
        later: Column = (on - born - (on != born)) // 10000
        return later
    year = on // 10000
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    birthday = born - ((born % 10000 == 229) & ~leap)
    found: Column = (on - birthday) // 10000
    return found


def started_years(since: Column, on: Column) -> Column:
    """Years begun: an anniversary still belongs to the year before it."""
    found: Column = (on - since - 1) // 10000 + 1
    return found


def months_between(a: Column, b: Column) -> Column:
    """Whole months from a to b by the day of the month; negative when b is earlier."""
    first, last = np.minimum(a, b), np.maximum(a, b)
    months = month_of(last) - month_of(first) - (last % 100 < first % 100)
    return months * np.where(b < a, np.int32(-1), np.int32(1))


def days_between(a: Column, b: Column) -> Column:
    """Days from a to b; int64."""
    return _ordinal(b) - _ordinal(a)


def shift(day: Column, years: int, months: int, days: int) -> Column:
    """A date moved by years and months, its day kept or the month's last, then by days."""
    month = month_of(day) + (years * 12 + months)
    moved = _date(month, np.minimum(day % 100, lengths(month)))
    return _from_ordinal(_ordinal(moved) + days) if days else moved


def place(day: Column, year: int | None, month: int | None, day_of_month: int | None) -> Column:
    """A date with its year, month or day replaced; a day past the month's end is its last day."""
    years = day // 10000 if year is None else np.full(1, year, np.int32)
    numbers = day // 100 % 100 if month is None else np.full(1, month, np.int32)
    months = years * 12 + numbers - 1
    days = day % 100 if day_of_month is None else np.full(1, day_of_month, np.int32)
    return _date(months, np.minimum(days, lengths(months)))


def month_end(month: Column) -> Column:
    """The last day of a month."""
    return _date(month, lengths(month))
