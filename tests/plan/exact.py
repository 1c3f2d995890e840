"""What the operations of a plan mean in mathematics: dates are dates, sets are sets, numbers are fractions.

Written without the backends. A month is the integer `year * 12 + month - 1`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor, trunc

Months = frozenset[int]

LAST_MONTH = 2199 * 12 + 11


# ---- numbers


def rounded(number: Fraction, ties: str) -> int:
    half = Fraction(1, 2)
    if ties == "down_to":
        return floor(number)
    if ties == "up_to":
        return ceil(number)
    if ties == "down":
        return trunc(number)
    if ties == "up":
        return ceil(number) if number > 0 else floor(number)
    if ties == "half_up":
        return floor(number + half)
    if ties == "half_even":
        return round(number)
    if ties == "away_from_zero":
        return floor(number + half) if number > 0 else ceil(number - half)
    raise ValueError(ties)


# ---- days


def last_day_of(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def clipped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, last_day_of(year, month)))


def month_of(day: date) -> int:
    return day.year * 12 + day.month - 1


def end_of(month: int) -> date:
    return clipped(month // 12, month % 12 + 1, 31)


def moved(day: date, years: int, months: int, days: int) -> date:
    month = month_of(day) + 12 * years + months
    return clipped(month // 12, month % 12 + 1, day.day) + timedelta(days=days)


def placed(day: date, year: int | None, month: int | None, number: int | None) -> date:
    return clipped(
        day.year if year is None else year,
        day.month if month is None else month,
        day.day if number is None else number,
    )


def anniversary(day: date, years: int) -> date:
    return clipped(day.year + years, day.month, day.day)


def completed_years(born: date, on: date, day_after: bool) -> int:
    """How many anniversaries have come (or, the day after, have gone by); negative before the first day."""
    years = on.year - born.year
    reached = anniversary(born, years)
    complete = reached < on or on == born or (reached == on and not day_after)
    return years if complete else years - 1


def started_years(since: date, on: date) -> int:
    """The number of the year that a day lies in; the first begins the day after `since`."""
    years = on.year - since.year
    return years + 1 if anniversary(since, years) < on else years


def months_between(a: date, b: date) -> int:
    if b < a:
        return -months_between(b, a)
    whole = month_of(b) - month_of(a)
    return whole if b.day >= a.day else whole - 1


# ---- months


def months_from(first: int, last: int) -> Months:
    return frozenset(range(first, last + 1))


def runs(months: Iterable[int]) -> list[list[int]]:
    """The months in order, cut where one is missing."""
    found: list[list[int]] = []
    for month in sorted(months):
        if found and found[-1][-1] == month - 1:
            found[-1].append(month)
        else:
            found.append([month])
    return found


def run_ending_at(months: Months, end: int) -> int:
    length = 0
    while end - length in months:
        length += 1
    return length


def nth(months: Months, n: int) -> int:
    return sorted(months)[n - 1] if n <= len(months) else LAST_MONTH


def each_year(months: Months, rate: Fraction, cap: Fraction) -> Fraction:
    years = [month // 12 for month in months]
    return sum((min(years.count(year) * rate, cap) for year in sorted(set(years))), Fraction(0))


def in_force(month: int, starts: Sequence[int], values: Sequence[Fraction]) -> Fraction:
    value = values[0]
    for start, later in zip(starts, values, strict=True):
        if start <= month:
            value = later
    return value
