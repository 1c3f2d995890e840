"""The meaning of the plan's operations in machine code, beside `backends.semantics`, which has it on Python integers.

Sets and what is counted in them depend on `base`, the month of bit 0. `table` is the address of the sets of the first
0, 1, 2, … months, from which every stretch of months is made.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from jifen.backends.fused.machine import (
    BITS,
    choose,
    floor,
    least,
    load_i64,
    most,
    ones,
    store_i64,
    zeros_below,
)
from jifen.backends.fused.sets import count, join, length, meet, read_months, width, with_word, without, word
from jifen.plan.types import FIRST_MONTH, LAST_MONTH, Type

OPTIONS: dict[str, Any] = {
    "nogil": True,
    "boundscheck": False,
    "error_model": "numpy",
    "no_cpython_wrapper": True,
}
kernel = njit(**OPTIONS)
Set = Any
"""A month set of the machine's: to Python it is nothing."""
HIGHEST, LOWEST, FIRST = 0, 1, 2


MARGIN = 600
"""Months that may be looked up before the first and behind the last that applicants may have."""
MONTHS = LAST_MONTH - FIRST_MONTH + 1 + MARGIN
"""So far before the first month of a window, or behind it, may a month lie that is looked up."""


@cache
def beginnings(words: int) -> NDArray[np.uint64]:
    """The sets of the first 0, 1, 2, … months, so many words each, the empty one at MONTHS.

    There are as many empty ones before, and as many full ones behind: any month may be looked up.
    """
    found = np.zeros((2 * MONTHS + 2, words), np.uint64)
    ones = np.arange(-MONTHS, MONTHS + 2)[:, None] - BITS * np.arange(words)
    found[:] = (1 << np.clip(ones, 0, BITS - 1).astype(np.uint64)) - 1
    found[ones >= BITS] = np.uint64(2**BITS - 1)
    return found


def in_table(type_: Type) -> bool:
    """Whether every month of a type may be looked up, whatever the window."""
    return type_.low >= FIRST_MONTH - MARGIN and type_.high <= LAST_MONTH + MARGIN


# month sets


@kernel
def upto(table: int, places: int, like: Set) -> Set:
    return read_months(table, least(most(places, 0), width(like)), like)


@kernel
def during(table: int, base: int, a: Set, first: int, last: int) -> Set:
    return without(meet(a, upto(table, last - base + 1, a)), upto(table, first - base, a))


@kernel
def streak(table: int, base: int, a: Set, end: int) -> int:
    places = end - base + 1
    run = places - length(without(upto(table, places, a), a))
    return choose((places < 1) | (places > width(a)), 0, run)


@kernel
def unbroken(table: int, base: int, a: Set, end: int) -> Set:
    run = streak(table, base, a, end)
    return without(upto(table, end - base + 1, a), upto(table, end - base + 1 - run, a))


@kernel
def has(table: int, base: int, a: Set, month: int) -> bool:
    return count(during(table, base, a, month, month)) != 0


@kernel
def earliest(a: Set, n: int) -> Set:
    found = a
    left = n
    for number in range(width(a) // BITS):
        bits = word(a, number)
        have = ones(bits)
        if have > left:
            rest = bits
            for _ in range(left):
                rest &= rest - 1
            found = with_word(found, number, bits ^ rest)
        left = most(left - have, 0)
    return found


@kernel
def nth(base: int, a: Set, n: int) -> int:
    left = n
    for number in range(width(a) // BITS):
        bits = word(a, number)
        have = ones(bits)
        if left <= have:
            for _ in range(left - 1):
                bits &= bits - 1
            return base + BITS * number + zeros_below(bits)
        left -= have
    return LAST_MONTH


@kernel
def _next(a: Set, place: int, flip: int) -> int:
    """The first place from `place` on that is in the set (with flip -1: that is not), or its width."""
    number = place >> 6
    end = width(a) >> 6
    if number >= end:
        return width(a)
    bits = (word(a, number) ^ flip) >> (place & 63)
    if (place & 63) > 0:
        bits &= (1 << (BITS - (place & 63))) - 1
    if bits != 0:
        return place + zeros_below(bits)
    for other in range(number + 1, end):
        bits = word(a, other) ^ flip
        if bits != 0:
            return BITS * other + zeros_below(bits)
    return width(a)


@kernel
def longest(a: Set) -> int:
    found = 0
    start = _next(a, 0, 0)
    while start < width(a):
        end = _next(a, start, -1)
        found = most(found, end - start)
        start = _next(a, end, 0)
    return found


@kernel
def run_years(a: Set) -> int:
    found = 0
    start = _next(a, 0, 0)
    while start < width(a):
        end = _next(a, start, -1)
        found += (end - start) // 12
        start = _next(a, end, 0)
    return found


@kernel
def yearly(table: int, base: int, a: Set, rate: int, cap: int) -> int:
    found = 0
    for year in range(floor(base, 12), floor(base + width(a) - 1, 12) + 1):
        months = count(during(table, base, a, 12 * year, 12 * year + 11))
        found += choose(months != 0, least(months * rate, cap), 0)
    return found


# numbers


@kernel
def round_half(n: int, den: int, even: bool) -> int:
    """Halves away from zero, or to the even number."""
    size = choose(n < 0, -n, n)
    whole = floor(size, den)
    rest = 2 * (size - whole * den)
    up = (rest > den) | ((rest == den) & ((not even) | (whole & 1 != 0)))
    whole = choose(up, whole + 1, whole)
    return choose(n < 0, -whole, whole)


@kernel
def round_half_up(n: int, den: int) -> int:
    return floor(2 * n + den, 2 * den)


@kernel
def round_up_to(n: int, den: int) -> int:
    return -floor(-n, den)


@kernel
def round_up(n: int, den: int) -> int:
    """Away from zero."""
    return choose(n < 0, floor(n, den), -floor(-n, den))


@kernel
def round_down(n: int, den: int) -> int:
    """Towards zero."""
    return choose(n < 0, -floor(-n, den), floor(n, den))


# folds of rows that need all of them: columns of int64 at addresses


@kernel
def capped_total(conditions: int, values: int, groups: int, size: int, factor: int, cap: int) -> int:
    found = 0
    for row in range(size):
        if load_i64(conditions, row) == 0:
            continue
        group = load_i64(groups, row)
        total = load_i64(values, row)
        for other in range(row + 1, size):
            if (load_i64(conditions, other) != 0) & (load_i64(groups, other) == group):
                total += load_i64(values, other)
                store_i64(conditions, other, 0)
        found += least(total * factor, cap)
    return found


@kernel
def monthly_total(conditions: int, sets: int, values: int, size: int, overlap: int, like: Set) -> int:
    """The rows in the order in which they take months: the highest or lowest value, of equals the first."""
    found = 0
    taken = like
    while True:
        best = -1
        for row in range(size):
            if load_i64(conditions, row) == 0:
                continue
            if best >= 0:
                one, other = load_i64(values, row), load_i64(values, best)
                if overlap == FIRST or not (one > other if overlap == HIGHEST else one < other):
                    continue
            best = row
        if best < 0:
            return found
        months = read_months(sets, best, like)
        found += load_i64(values, best) * count(without(months, taken))
        taken = join(taken, months)
        store_i64(conditions, best, 0)


@kernel
def monthly_sum(conditions: int, sets: int, values: int, size: int, like: Set) -> int:
    found = 0
    for row in range(size):
        if load_i64(conditions, row) != 0:
            found += load_i64(values, row) * count(read_months(sets, row, like))
    return found


@kernel
def ordinal(conditions: int, keys: int, found: int, size: int) -> None:
    for row in range(size):
        number = 0
        if load_i64(conditions, row) != 0:
            key = load_i64(keys, row)
            for other in range(size):
                own = load_i64(keys, other)
                before = (own < key) | ((own == key) & (other <= row))
                number += choose(before & (load_i64(conditions, other) != 0), 1, 0)
        store_i64(found, row, number)


@kernel
def leader(conditions: int, groups: int, values: int, found: int, size: int, highest: bool) -> None:
    for row in range(size):
        leads = load_i64(conditions, row)
        if leads != 0:
            group, value = load_i64(groups, row), load_i64(values, row)
            for other in range(size):
                own = load_i64(values, other)
                ahead = own > value if highest else own < value
                ahead = ahead | ((own == value) & (other < row))
                if ahead & (load_i64(groups, other) == group) & (load_i64(conditions, other) != 0):
                    leads = 0
        store_i64(found, row, leads)
