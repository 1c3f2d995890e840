"""Month sets as integers against sets of months: any base, and any number of years."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from jifen.backends import semantics
from jifen.plan.types import LAST_MONTH

from ..plan import exact


class Case(NamedTuple):
    """A set of months, and the first month that any set may have."""

    base: int
    months: frozenset[int]

    @property
    def bits(self) -> int:
        return bits(self.base, self.months)


def bits(base: int, months: frozenset[int]) -> int:
    return sum(1 << month - base for month in months)


def months_of(base: int, stored: int) -> frozenset[int]:
    return frozenset(base + bit for bit in range(stored.bit_length()) if stored >> bit & 1)


BASES = st.integers(1900 * 12, 2150 * 12)
RUNS = st.tuples(st.integers(0, 600), st.integers(1, 40) | st.sampled_from((11, 12, 13, 23, 24, 25)))


def united(base: int, runs: list[tuple[int, int]], single: frozenset[int]) -> Case:
    spans = [range(base + offset, base + offset + length) for offset, length in runs]
    return Case(base, frozenset(base + month for month in single).union(*spans))


CASES = st.builds(united, BASES, st.lists(RUNS, max_size=6), st.frozensets(st.integers(0, 700), max_size=5))
OFFSETS = st.integers(-30, 750)


@given(CASES)
def test_a_set_is_its_bits(case: Case) -> None:
    assert months_of(case.base, case.bits) == case.months
    assert semantics.FUNCTIONS["count"](case.bits) == len(case.months)


@given(BASES, st.integers(0, 700), st.integers(-5, 3600))
def test_span(base: int, offset: int, length: int) -> None:
    first, last = base + offset, base + offset + length - 1
    assert months_of(base, semantics.span(base, first, last)) == frozenset(range(first, last + 1))


@given(CASES, OFFSETS, OFFSETS)
@example(Case(24000, frozenset({24000, 24001})), 0, 0)
@example(Case(24000, frozenset({24000, 24001})), -1, -1)
@example(Case(24000, frozenset({24000, 24001})), -24000, 100_000)
@example(Case(24000, frozenset({24000, 24001})), 1, 0)
def test_during(case: Case, a: int, b: int) -> None:
    first, last = case.base + a, case.base + b
    found = semantics.during(case.base, case.bits, first, last)
    assert months_of(case.base, found) == {month for month in case.months if first <= month <= last}


@given(CASES, st.integers(-3, 800))
def test_earliest(case: Case, n: int) -> None:
    found = months_of(case.base, semantics.earliest(case.bits, n))
    assert len(found) == max(min(n, len(case.months)), 0)
    assert found <= case.months
    assert all(kept < left for kept in found for left in case.months - found)


@given(CASES, st.integers(1, 300))
def test_nth(case: Case, n: int) -> None:
    found = semantics.nth(case.base, case.bits, n)
    if n > len(case.months):
        assert found == LAST_MONTH == 2199 * 12 + 11
    else:
        assert found in case.months
        assert sum(month <= found for month in case.months) == n


@given(CASES, OFFSETS)
def test_streak(case: Case, offset: int) -> None:
    end = case.base + offset
    length = semantics.streak(case.base, case.bits, end)
    assert all(end - back in case.months for back in range(length))
    assert end - length not in case.months


@given(CASES, OFFSETS)
def test_the_run_that_reaches_a_month(case: Case, offset: int) -> None:
    end = case.base + offset
    found = months_of(case.base, semantics.unbroken(case.base, case.bits, end))
    assert found <= case.months
    assert found == set(range(end - len(found) + 1, end + 1))
    assert end - len(found) not in case.months


@given(CASES, OFFSETS)
def test_has(case: Case, offset: int) -> None:
    assert semantics.has(case.base, case.bits, case.base + offset) is (case.base + offset in case.months)


@given(CASES)
def test_runs(case: Case) -> None:
    """Runs are in order, hold exactly the months of the set, and a month is missing between any two."""
    found = [(case.base + bit, length) for bit, length in semantics.runs(case.bits)]
    held = [month for first, length in found for month in range(first, first + length)]
    assert held == sorted(case.months)
    assert all(length > 0 for _, length in found)
    for (first, length), (later, _) in pairwise(found):
        assert first + length < later


@given(CASES)
def test_longest(case: Case) -> None:
    length = semantics.longest(case.bits)
    assert any(all(first + n in case.months for n in range(length)) for first in case.months or {case.base})
    assert not any(all(first + n in case.months for n in range(length + 1)) for first in case.months)


@given(CASES)
def test_full_years_of_each_run(case: Case) -> None:
    assert semantics.run_years(case.bits) == sum(len(run) // 12 for run in exact.runs(case.months))


@given(CASES, st.integers(0, 50), st.integers(0, 400))
def test_a_cap_for_each_calendar_year(case: Case, rate: int, cap: int) -> None:
    by_year: dict[int, int] = {}
    for month in case.months:
        by_year[month // 12] = by_year.get(month // 12, 0) + rate
    expected = sum(min(points, cap) for points in by_year.values())
    assert semantics.yearly(case.base, case.bits, rate, cap, 1) == expected


@given(CASES, CASES, st.booleans())
def test_two_sets(one: Case, other: Case, condition: bool) -> None:
    base = min(one.base, other.base)
    a, b = bits(base, one.months), bits(base, other.months)
    both = {"meet": one.months & other.months, "join": one.months | other.months}
    both["without"] = one.months - other.months
    for name, expected in both.items():
        assert months_of(base, semantics.FUNCTIONS[name](a, b)) == expected
    kept = one.months if condition else frozenset()
    assert months_of(base, semantics.FUNCTIONS["only_if"](condition, a)) == kept


ROWS = st.lists(st.tuples(st.booleans(), CASES, st.integers(-20, 20)), max_size=5)


@given(ROWS)
def test_gather(rows: list[tuple[bool, Case, int]]) -> None:
    base = min((case.base for _, case, _ in rows), default=24000)
    conditions = [condition for condition, _, _ in rows]
    found = semantics.gather(conditions, [bits(base, case.months) for _, case, _ in rows])
    assert months_of(base, found) == {
        month for condition, case, _ in rows if condition for month in case.months
    }


PAID = st.tuples(st.booleans(), st.integers(0, 40), st.integers(0, 40), st.integers(-9, 9))
COUNTED: dict[str, Callable[[list[int]], int]] = {
    "sum": sum,
    "highest": max,
    "lowest": min,
    "first": lambda numbers: numbers[0],
}


@given(BASES, st.lists(PAID, max_size=6))
def test_a_number_for_each_month(base: int, rows: list[tuple[bool, int, int, int]]) -> None:
    """Month by month: the numbers of all rows that hold it, or the one that counts."""
    conditions = [condition for condition, _, _, _ in rows]
    sets = [semantics.span(base, base + first, base + last) for _, first, last, _ in rows]
    values = [value for _, _, _, value in rows]
    for overlap, counted in COUNTED.items():
        expected = 0
        for month in range(41):
            numbers = [value for condition, a, b, value in rows if condition and a <= month <= b]
            expected += counted(numbers) if numbers else 0
        assert semantics.monthly_total(conditions, sets, values, overlap) == expected


def test_full_years_need_twelve_months_in_a_row() -> None:
    base = 2020 * 12 + 5
    broken = bits(base, frozenset(range(base, base + 11)) | frozenset(range(base + 12, base + 25)))
    assert semantics.run_years(broken) == 1
    assert semantics.longest(broken) == 13


def test_a_calendar_year_begins_in_january() -> None:
    """Ten a month, at most 25 a year: November 2020 to February 2021 are two and two."""
    base = 2020 * 12 + 10
    four = semantics.span(base, base, base + 3)
    assert semantics.yearly(base, four, 10, 25, 1) == 40
    assert semantics.yearly(base, four, 10, 15, 1) == 30
    assert exact.each_year(months_of(base, four), Fraction(10), Fraction(15)) == 30
