"""Days as the forecast counts them, and moving them by whole years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from jifen.policy.years import in_years as text_in_years

DAY = timedelta(days=1)


def integer(day: date) -> int:
    """A day as YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day


def of_integer(day: int) -> date:
    """YYYYMMDD as a day."""
    return date(day // 10000, day // 100 % 100, day % 100)


def in_years(day: date, years: int) -> date:
    """The same day some years later: see `jifen.policy.years.in_years`."""
    return date.fromisoformat(text_in_years(day.isoformat(), years))


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def yearly(year: int, day: int) -> date:
    """MMDD in a year; 0229 is the last of February."""
    month = day // 100
    return date(year, month, min(day % 100, monthrange(year, month)[1]))
