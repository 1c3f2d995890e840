"""The meaning of the plan's operations on dates, which are the integers YYYYMMDD, in machine code."""

from __future__ import annotations

from jifen.backends.fused.kernels import kernel
from jifen.backends.fused.machine import choose, floor, least, most, part, rest


@kernel
def leap(year: int) -> bool:
    return (year & 3 == 0) & ((rest(year, 100) != 0) | (year & 15 == 0))


@kernel
def days_in(month: int) -> int:
    """The days of a month."""
    year = part(month, 12)
    number = month - 12 * year + 1
    february = choose(leap(year), 29, 28)
    return choose(number == 2, february, 30 + ((number + (number >> 3)) & 1))


@kernel
def month_number(day: int) -> int:
    return rest(part(day, 100), 100)


@kernel
def month_of(day: int) -> int:
    year = part(day, 10000)
    return year * 12 + part(day - 10000 * year, 100) - 1


@kernel
def date_of(month: int, day: int) -> int:
    """A day of a month as YYYYMMDD; one past its end is its last day."""
    year = part(month, 12)
    return year * 10000 + (month - 12 * year + 1) * 100 + least(day, days_in(month))


@kernel
def month_end(month: int) -> int:
    return date_of(month, 31)


@kernel
def _number(day: int) -> int:
    """The days since the first of March of the year 0; leap days are then the last of their years."""
    month = month_of(day) - 2
    year = floor(month, 12)
    before = part(153 * (month - 12 * year) + 2, 5)
    return 365 * year + floor(year, 4) - floor(year, 100) + floor(year, 400) + before + rest(day, 100)


@kernel
def _day(number: int) -> int:
    """The opposite of `_number`."""
    cycle = floor(number - 1, 146097)
    left = number - 1 - 146097 * cycle
    year = part(left - part(left, 1460) + part(left, 36524) - part(left, 146096), 365)
    of_year = left - (365 * year + part(year, 4) - part(year, 100))
    month = part(5 * of_year + 2, 153)
    return date_of(12 * (400 * cycle + year) + month + 2, of_year - part(153 * month + 2, 5) + 1)


@kernel
def age(born: int, on: int, day_after: bool) -> int:
    if day_after:
        return floor(on - born - choose(on != born, 1, 0), 10000)
    early = (rest(born, 10000) == 229) & (not leap(part(on, 10000)))
    return floor(on - born + choose(early, 1, 0), 10000)


@kernel
def shift_years(day: int, years: int) -> int:
    moved = day + 10000 * years
    return moved - choose((rest(day, 10000) == 229) & (not leap(part(moved, 10000))), 1, 0)


@kernel
def started_years(since: int, on: int) -> int:
    return floor(on - since - 1, 10000) + 1


@kernel
def months_between(a: int, b: int) -> int:
    first, last = least(a, b), most(a, b)
    months = month_of(last) - month_of(first) - choose(rest(last, 100) < rest(first, 100), 1, 0)
    return choose(b < a, -months, months)


@kernel
def days_between(a: int, b: int) -> int:
    return _number(b) - _number(a)


@kernel
def shift(day: int, years: int, months: int, days: int) -> int:
    moved = date_of(month_of(day) + 12 * years + months, rest(day, 100))
    return moved if days == 0 else _day(_number(moved) + days)


@kernel
def place(day: int, year: int, month: int, number: int) -> int:
    """A date with its year, month or day replaced by what is not 0."""
    year = choose(year != 0, year, part(day, 10000))
    month = choose(month != 0, month, month_number(day))
    return date_of(12 * year + month - 1, choose(number != 0, number, rest(day, 100)))
