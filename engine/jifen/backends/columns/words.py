"""Month sets as columns: uint64 words, of which word k holds the months from `base + 64 * k` on.

A set has as many words as its months need: what lies behind its last word is empty. Each word is an array with an
entry for each applicant (or row), or of length 1 where all have the same months.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns.block import Column
from jifen.plan.types import LAST_MONTH

Word = NDArray[np.uint64]
Months = tuple[Word, ...]

BITS = 64
ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
NONE: Months = ()
MANY = 8
"""Windows of more words than this are looked at twice before they are made."""


def _from(first: Column, start: int) -> Word:
    """The bits of the word that starts at the month `start` which are not before `first`."""
    found: Word = np.left_shift(ALL, np.maximum(first - start, 0).astype(np.uint64))
    return found


def _until(last: Column, start: int) -> Word:
    """The bits of the word that starts at the month `start` which are not after `last`."""
    found: Word = np.right_shift(ALL, np.maximum(start + BITS - 1 - last, 0).astype(np.uint64))
    return found


def span(base: int, first: Column, last: Column) -> Months:
    """The months from first to last."""
    top = int(last.max(initial=base - 1))
    if top - base >= MANY * BITS:
        top = int(np.where(first <= last, last, base - 1).max(initial=base - 1))
    starts = range(base, top + 1, BITS)
    return tuple([_from(first, start) & _until(last, start) for start in starts])


def meet(a: Months, b: Months) -> Months:
    """The months in both sets."""
    return tuple([one & other for one, other in zip(a, b, strict=False)])


def join(a: Months, b: Months) -> Months:
    """The months in either set."""
    longer = a if len(a) > len(b) else b
    shared = min(len(a), len(b))
    return (*[one | other for one, other in zip(a, b, strict=False)], *longer[shared:])


def without(a: Months, b: Months) -> Months:
    """The months of a that are not in b."""
    shared = min(len(a), len(b))
    return (*[one & ~other for one, other in zip(a, b, strict=False)], *a[shared:])


def only_if(condition: NDArray[np.bool_], a: Months) -> Months:
    """A set where the condition holds, else no months."""
    return tuple([word * condition for word in a])


def chosen(condition: NDArray[np.bool_], a: Months, b: Months) -> Months:
    """One set where the condition holds, else the other."""
    return join(only_if(condition, a), only_if(~condition, b))


def during(base: int, a: Months, first: Column, last: Column) -> Months:
    """The months of a set from first to last."""
    return tuple(
        [word & _from(first, base + BITS * k) & _until(last, base + BITS * k) for k, word in enumerate(a)]
    )


def count(a: Months) -> Column:
    """How many months a set has; int32."""
    if not a:
        return np.zeros(1, np.int32)
    found: Column = np.bitwise_count(a[0])
    if len(a) <= 3:  # at most 192 months, which the uint8 of NumPy's counts still holds
        for word in a[1:]:
            found = found + np.bitwise_count(word)
        return found.astype(np.int32)
    found = found.astype(np.int32)
    for word in a[1:]:
        found = found + np.bitwise_count(word)
    return found


def _lengths(word: Word) -> Column:
    """The place of the highest bit of each entry, from 1; 0 for none. int32."""
    for step in (1, 2, 4, 8, 16, 32):
        word = word | (word >> np.uint64(step))
    return np.bitwise_count(word).astype(np.int32)


def streak(base: int, a: Months, end: Column) -> Column:
    """The run without a gap that ends at `end`; int32."""
    if not a:
        return np.zeros(1, np.int32)
    highest: Word = ~a[0] & _until(end, base)
    at: Column = np.zeros(1, np.int32)
    for k, word in enumerate(a[1:], 1):
        gaps = ~word & _until(end, base + BITS * k)
        here = gaps != 0
        highest = highest * ~here | gaps
        at = np.maximum(at, here * np.int32(BITS * k))
    inside = (end >= base) & (end < base + BITS * len(a))
    found: Column = (end - base + 1 - (at + _lengths(highest))) * inside
    return found


def unbroken(base: int, a: Months, end: Column) -> Months:
    """The months of the run without a gap that ends at `end`."""
    return during(base, a, end - streak(base, a, end) + 1, end)


def has(base: int, a: Months, month: Column) -> Column:
    """Whether a month is in a set; bool."""
    found: Column = np.zeros(1, np.bool_)
    for word in during(base, a, month, month):
        found = found | (word != 0)
    return found


def _selected(word: Word, number: Column) -> Column:
    """The bit, from 0, of the set bit with this number, from 1, of entries that have so many; int64."""
    at = np.zeros(len(word), np.uint64)
    left = number.astype(np.int64)
    for size in (32, 16, 8, 4, 2, 1):
        low = np.bitwise_count((word >> at) & np.uint64((1 << size) - 1)).astype(np.int64)
        beyond = left > low
        left -= low * beyond
        at += beyond * np.uint64(size)
    return at.astype(np.int64)


def earliest(a: Months, n: Column) -> Months:
    """The n earliest months of a set."""
    if not a:
        return a
    size = np.broadcast_shapes(n.shape, *(word.shape for word in a))
    left = np.broadcast_to(np.clip(n, 0, BITS * len(a)).astype(np.int64), size)
    found = []
    for word in np.broadcast_arrays(*a, left)[:-1]:
        counts = np.bitwise_count(word).astype(np.int64)
        kept: Word = word * (left >= counts)
        cut = np.flatnonzero((left > 0) & (left < counts))
        if len(cut):
            part = word[cut]
            kept[cut] = part & _until(_selected(part, left[cut]), 0)
        found.append(kept)
        left = np.maximum(left - counts, 0)
    return tuple(found)


def nth(base: int, a: Months, n: int) -> Column:
    """The nth month of a set; the month after all others when it has fewer. int32."""
    size = np.broadcast_shapes((1,), *(word.shape for word in a))
    found = np.full(size, LAST_MONTH, np.int32)
    seen = np.zeros(size, np.int64)
    for k, word in enumerate(np.broadcast_arrays(*a, found)[:-1]):
        after = seen + np.bitwise_count(word)
        here = np.flatnonzero((seen < n) & (n <= after))
        found[here] = base + BITS * k + _selected(word[here], n - seen[here])
        seen = after
    return found


def longest(a: Months) -> Column:
    """The longest run without a gap; int32."""
    run: Column = np.zeros(1, np.int32)
    found: Column = run
    for bit in _bits(a):
        run = (run + 1) * bit
        found = np.maximum(found, run)
    return found


def run_years(a: Months) -> Column:
    """Full years of each run, added up; int32."""
    run: Column = np.zeros(1, np.int32)
    found: Column = run
    for bit in _bits(a):
        run = (run + 1) * bit
        full = run == 12
        found = found + full
        run = run * ~full
    return found


def _bits(a: Months) -> Any:
    """Each month of a set's window, the earliest first, as a bool column."""
    one = np.uint64(1)
    for word in a:
        anywhere = int(np.bitwise_or.reduce(word, initial=0)) if len(word) else 0
        for bit in range(BITS):
            if anywhere >> bit & 1:
                yield (word >> np.uint64(bit)) & one != 0
            else:
                yield np.zeros(1, np.bool_)


def yearly(base: int, a: Months, rate: int, cap: int, _den: int, width: np.dtype[Any]) -> Column:
    """`rate` for each month, at most `cap` in any calendar year; of the dtype `width`."""
    found: Column = np.zeros(1, width)
    for year in range(base // 12, (base + BITS * len(a) - 1) // 12 + 1):
        first, last = np.array([12 * year], np.int32), np.array([12 * year + 11], np.int32)
        months = count(
            tuple(
                [
                    word & _from(first, start) & _until(last, start)
                    for start, word in zip(range(base, base + BITS * len(a), BITS), a, strict=True)
                    if start <= last[0] and start + BITS > first[0]
                ]
            )
        )
        found = found + np.minimum(months.astype(width) * rate, cap)
    return found
