"""A column is in order exactly where each of its entries is: eight at once or one by one, wherever a bitmap begins."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jifen.backends.fused.program import address, checks
from jifen.plan.types import FIRST_MONTH, LAST_MONTH

Entry = tuple[bool, int]
LOW, HIGH = -5, 20
FIRST, LAST = 3, 2
"""Entries before those that are looked at, and behind; all of them are wrong."""


def bitmap(known: Sequence[bool], start: int) -> np.ndarray:
    """Bits from `start` on, in whole words."""
    packed = np.packbits([True] * start + [*known], bitorder="little")
    return np.concatenate([packed, np.zeros(-len(packed) % 8 + 8, np.uint8)])


def answer(check: Callable[..., int], arrays: Sequence[np.ndarray], given: Sequence[object]) -> bool:
    found = check(*[address(one) for one in arrays], *given)
    assert found in (0, 1)
    return bool(found)


def entries(values: st.SearchStrategy[int]) -> st.SearchStrategy[list[Entry]]:
    return st.lists(st.tuples(st.booleans(), values), max_size=40)


near = st.one_of(st.integers(LOW, HIGH), st.sampled_from([LOW - 1, HIGH + 1, 0]))
far = st.one_of(near, st.sampled_from([2**62, -(2**62)]))


def framed(entries: Sequence[Entry]) -> tuple[list[bool], list[int]]:
    """With entries before and behind that nobody may look at."""
    wrong = (True, HIGH + 100)
    known, values = zip(*[wrong] * FIRST, *entries, *[wrong] * LAST, strict=True)
    return [*known], [*values]


@pytest.mark.parametrize("name", ["numbers_fit", "days_fit"])
@settings(max_examples=150)
@given(found=entries(near), start=st.integers(0, 9))
def test_bounds(name: str, found: list[Entry], start: int) -> None:
    known, values = framed(found)
    days = name == "days_fit"
    column, bits = np.array(values, np.int32 if days else np.int64), bitmap(known, start)
    looked_at = [value for one, value in found if one or (days and value)]
    ends = (FIRST, FIRST + len(found), LOW, HIGH, address(bits), start)
    assert answer(getattr(checks(), name), [column], ends) == all(LOW <= value <= HIGH for value in looked_at)


@settings(max_examples=150)
@given(found=entries(far), upper=st.integers(-1, 60), start=st.integers(0, 9))
def test_decimals(found: list[Entry], upper: int, start: int) -> None:
    """`upper` names an entry whose upper half is not that of a small number."""
    known, values = framed(found)
    halves = np.array([[value, value >> 63] for value in values], np.int64)
    wide = FIRST <= upper < FIRST + len(found)
    if wide:
        halves[upper, 1] ^= 1
    bits = bitmap(known, start)
    fits = all(LOW <= value <= HIGH for one, value in found if one) and not (wide and known[upper])
    ends = (FIRST, FIRST + len(found), LOW, HIGH, address(bits), start)
    assert answer(checks().decimals_fit, [halves], ends) == fits


months = st.one_of(
    st.integers(24_000, 24_010),
    st.sampled_from([FIRST_MONTH - 1, FIRST_MONTH, LAST_MONTH, LAST_MONTH + 1, 0]),
)


@settings(max_examples=200)
@given(found=st.lists(st.tuples(st.booleans(), months, months), max_size=40), start=st.integers(0, 9))
def test_spells(found: list[tuple[bool, int, int]], start: int) -> None:
    outside = [(True, 0, 0)]
    known, begun, ended = zip(*outside * FIRST, *found, *outside * LAST, strict=True)
    first, last = (np.array(one, np.int32) for one in (begun, ended))
    bits = bitmap(known, start)
    fits = all(
        FIRST_MONTH <= begun <= LAST_MONTH and (not one or begun <= ended <= LAST_MONTH)
        for one, begun, ended in found
    )
    ends = (FIRST, FIRST + len(found), address(bits), start)
    assert answer(checks().months_fit, [first, last], ends) == fits
