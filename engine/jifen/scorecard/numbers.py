"""Numbers, dates and months as a scorecard writes them."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import gcd

KEPT = 8192
"""How many numbers are remembered as texts: the same few points come up in most scorecards."""


@lru_cache(KEPT)
def exact(value: int, den: int) -> str:
    """value / den in lowest terms: `117`, `1315/12`."""
    whole, rest = divmod(value, den)
    if not rest:
        return str(whole)
    common = gcd(rest, den)
    return f"{value // common}/{den // common}"


def shown(points: Fraction) -> str:
    """A number to two decimals, halves away from zero, for people to read."""
    return two_decimals(points.numerator, points.denominator)


@lru_cache(KEPT)
def two_decimals(value: int, den: int) -> str:
    """value / den to two decimals, halves away from zero."""
    if den == 1:
        return f"{value}.00"
    hundredths = (abs(value) * 200 + den) // (2 * den)
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"


@lru_cache(KEPT)
def date_text(day: int) -> str:
    """YYYYMMDD as YYYY-MM-DD."""
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


def month_text(month: int) -> str:
    """A month index as YYYY-MM."""
    return f"{month // 12}-{month % 12 + 1:02}"


@lru_cache(KEPT)
def _run(first: int, last: int) -> str:
    return month_text(first) if first == last else f"{month_text(first)}..{month_text(last)}"


def intervals(base: int, months: int) -> list[str]:
    """The runs of a month set: `2019-01..2021-12`, or `2019-01` for a single month."""
    found = []
    base -= 1
    while months:
        lowest = months & -months
        after = months + lowest  # the carry clears the lowest run and stops in the gap behind it
        run = months & ~after
        found.append(_run(base + lowest.bit_length(), base + run.bit_length()))
        months &= after
    return found


def intervals_json(base: int, months: int) -> str:
    """The same as a JSON list."""
    return '["' + '","'.join(intervals(base, months)) + '"]' if months else "[]"
