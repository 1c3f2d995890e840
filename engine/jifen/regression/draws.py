"""Draws of one value: an option by weight, a date, a month or a whole number in a range. Whole numbers only."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from random import Random
from typing import TypeAlias

Value: TypeAlias = str | int | bool | list[str]
Draw: TypeAlias = Callable[[Random], Value]
Count: TypeAlias = Callable[[Random], int]


def fixed(value: Value) -> Draw:
    """Always the same."""
    return lambda rng: value


def weighted(options: Sequence[Value], weights: Sequence[int]) -> Draw:
    """One of some options, each as often as its weight says. Weights are whole and not all zero."""
    ends = list(accumulate(weights))
    total = ends[-1]
    values = list(options)
    return lambda rng: values[bisect_right(ends, rng.randrange(total))]


def several(percents: Mapping[str, int]) -> Draw:
    """Each option by its own percentage; at least one, the likeliest where none was drawn."""
    pairs = list(percents.items())
    likeliest = max(pairs, key=lambda pair: pair[1])[0]

    def draw(rng: Random) -> Value:
        # One draw for each option, drawn or not, so that what follows does not depend on the outcome.
        found = [option for option, percent in pairs if rng.randrange(100) < percent]
        return found or [likeliest]

    return draw


def whole(low: int, high: int) -> Count:
    """A whole number from `low` to `high`, both inside."""
    span = high - low + 1
    return lambda rng: low + rng.randrange(span)


def number_text(low: int, high: int, step: int) -> Draw:
    """A multiple of `step` above `low`, at most `high`."""
    count = (high - low) // step + 1
    return lambda rng: low + step * rng.randrange(count)


def day(low: str, high: str) -> Draw:
    """A day YYYY-MM-DD from `low` to `high`, both inside."""
    first, last = date.fromisoformat(low).toordinal(), date.fromisoformat(high).toordinal()
    texts = [date.fromordinal(number).isoformat() for number in range(first, last + 1)]
    count = len(texts)
    return lambda rng: texts[rng.randrange(count)]


def month_number(text: str) -> int:
    """`2019-03` as a number of months."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def month_text(number: int) -> str:
    """The month of a number."""
    return f"{number // 12}-{number % 12 + 1:02}"


def chance(percent: int) -> Callable[[Random], bool]:
    """True as often as the percentage says."""
    return lambda rng: rng.randrange(100) < percent
