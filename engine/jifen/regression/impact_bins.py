"""The bars of a distribution of differences."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

_MOST_BARS = 16


class Bar(NamedTuple):
    """Differences above `low`, at most `high` (below zero: from `low`, less than `high`); both 0 for none."""

    low: Fraction
    high: Fraction
    number: int


def bars(differences: Mapping[Fraction, int]) -> list[Bar]:
    """Bars of one round width on both sides of zero, which has a bar of its own."""
    if not differences:
        return []
    low, high = min(min(differences), Fraction(0)), max(max(differences), Fraction(0))
    width = _width(low, high)
    counts: dict[int, int] = {}
    for difference, number in differences.items():
        at = 0
        if difference > 0:
            at = -int(-difference // width)
        elif difference < 0:
            at = int(difference // width)
        counts[at] = counts.get(at, 0) + number
    found = []
    for at in range(min(counts), max(counts) + 1):
        ends = (at * width, (at + 1) * width) if at < 0 else ((at - 1) * width, at * width)
        found.append(Bar(*(ends if at else (Fraction(0), Fraction(0))), counts.get(at, 0)))
    return found


def _width(low: Fraction, high: Fraction) -> Fraction:
    """1, 2 or 5 times a power of ten: the least that needs few enough bars."""
    unit = Fraction(1)
    while high - low < unit * 2 and unit > Fraction(1, 1000):
        unit /= 10
    while True:
        for times in (1, 2, 5):
            if -(low // (unit * times)) - (-high // (unit * times)) <= _MOST_BARS:
                return unit * times
        unit *= 10
