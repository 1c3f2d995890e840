"""Numbers, truths and options as columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jifen.backends.columns.block import Column
from jifen.backends.columns.widths import PYTHON

_LONGEST_TABLE = 10_000


def round_to(n: Column, den: int, ties: str) -> Column:
    """n / den as a whole number; `ties` says how halves (or, for up and down, all parts) go."""
    if ties == "down_to":
        return n // den
    if ties == "up_to":
        return -(-n // den)
    if ties == "half_up":
        return (2 * n + den) // (2 * den)
    below = n < 0
    size = np.abs(n)
    if ties == "up":
        whole = -(-size // den)
    elif ties == "down":
        whole = size // den
    else:
        whole = size // den
        twice = 2 * (size - whole * den)
        up = twice > den
        up = up | (twice == den) if ties == "away_from_zero" else up | ((twice == den) & (whole % 2 == 1))
        whole = whole + up
    return choose(below, -whole, whole)


def choose(condition: Column, a: Column, b: Column) -> Column:
    """a where the condition holds, else b; both of one dtype."""
    if len(condition) == 1:
        return a if condition[0] else b
    if a.dtype == PYTHON:
        return np.where(condition, a, b)
    # Integers wrap around, so this is exact whatever a - b is, and NumPy's `where` waits for each branch.
    found: Column = b + (a - b) * condition
    return found


def lookup(code: Column, values: Sequence[int], _den: int, width: np.dtype[np.generic]) -> Column:
    """The number that the table has for each option."""
    return np.array(values, width).take(code.astype(np.intp))


def one_of(code: Column, mask: int) -> Column:
    """Whether an option is one of those whose bits are set in `mask`."""
    found: Column = np.zeros(1, np.bool_)
    position = 0
    while mask >> position:
        if mask >> position & 1:
            found = found | (code == position)
        position += 1
    return found


def contains(flags: Column, position: int) -> Column:
    """Whether several options, as bits, hold the one at a position."""
    found: Column = (flags & (1 << position)) != 0
    return found


def series(
    month: Column, starts: Sequence[int], values: Sequence[int], _den: int, width: np.dtype[np.generic]
) -> Column:
    """The value in force in a month; the first holds before its start too."""
    table = np.array(values, width)
    first, last = starts[0], starts[-1]
    if last - first > _LONGEST_TABLE:
        return table.take(np.maximum(np.searchsorted(starts, month, side="right") - 1, 0))
    by_month = table.repeat([*np.diff(starts), 1])
    return by_month.take((np.clip(month, first, last) - first).astype(np.intp))
