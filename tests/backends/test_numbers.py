"""Rounding, quotients and tables against `decimal` and plain search."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
    localcontext,
)
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jifen.backends import semantics
from jifen.backends.semantics import round_to
from jifen.plan import types
from jifen.plan.recorder import Recorder

DECIMAL_MODES = {
    "away_from_zero": ROUND_HALF_UP,  # decimal's name for halves that go away from zero
    "half_even": ROUND_HALF_EVEN,
    "up": ROUND_UP,
    "down": ROUND_DOWN,
    "down_to": ROUND_FLOOR,
    "up_to": ROUND_CEILING,
}

# Worked by hand: n, den, then what each way makes of it.
BY_HAND = {
    (5, 2): {"away_from_zero": 3, "half_even": 2, "half_up": 3, "up": 3, "down": 2, "down_to": 2, "up_to": 3},
    (7, 2): {"away_from_zero": 4, "half_even": 4, "half_up": 4, "up": 4, "down": 3, "down_to": 3, "up_to": 4},
    (-5, 2): {
        "away_from_zero": -3,
        "half_even": -2,
        "half_up": -2,
        "up": -3,
        "down": -2,
        "down_to": -3,
        "up_to": -2,
    },
    (-1, 3): {
        "away_from_zero": 0,
        "half_even": 0,
        "half_up": 0,
        "up": -1,
        "down": 0,
        "down_to": -1,
        "up_to": 0,
    },
    (11, 10): {
        "away_from_zero": 1,
        "half_even": 1,
        "half_up": 1,
        "up": 2,
        "down": 1,
        "down_to": 1,
        "up_to": 2,
    },
    (-17, 10): {
        "away_from_zero": -2,
        "half_even": -2,
        "half_up": -2,
        "up": -2,
        "down": -1,
        "down_to": -2,
        "up_to": -1,
    },
    (4, 2): dict.fromkeys((*DECIMAL_MODES, "half_up"), 2),
    (0, 7): dict.fromkeys((*DECIMAL_MODES, "half_up"), 0),
}


@pytest.mark.parametrize("number", BY_HAND)
def test_rounding_by_hand(number: tuple[int, int]) -> None:
    assert {ties: round_to(*number, ties) for ties in BY_HAND[number]} == BY_HAND[number]


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
@example(1, 2)
@example(-1, 2)
@example(3, 2)
@example(-3, 2)
def test_rounding_against_decimal(n: int, den: int) -> None:
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(n) / Decimal(den)
        for ties, mode in DECIMAL_MODES.items():
            assert round_to(n, den, ties) == int(quotient.quantize(Decimal(1), rounding=mode)), ties


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_half_up_goes_to_the_higher_of_two_neighbours(n: int, den: int) -> None:
    found = round_to(n, den, "half_up")
    distance = Fraction(n, den) - found
    assert -Fraction(1, 2) <= distance < Fraction(1, 2)


@given(st.integers(-4000, 4000), st.integers(1, 24), st.fractions(Fraction(1, 24), 6, max_denominator=24))
def test_a_rounded_number_is_a_multiple_of_its_unit(n: int, den: int, unit: Fraction) -> None:
    """Recorded and run: the nearest multiple on the side that the way says."""
    for ties in (*DECIMAL_MODES, "half_up"):
        ops = Recorder({"n": types.number(den, -4000, 4000)})
        ref = ops.round(ops.fact("n"), unit, ties)
        number = Fraction(n, den)
        rounded = Fraction(evaluated(ops, ref.slot, n), ref.type.den)
        assert (rounded / unit).denominator == 1
        assert abs(rounded - number) < unit
        if ties in ("down_to", "up_to"):
            assert (rounded <= number) if ties == "down_to" else (rounded >= number)
        if ties in ("down", "up"):
            assert (abs(rounded) <= abs(number)) if ties == "down" else (abs(rounded) >= abs(number))
        if ties in ("half_up", "half_even", "away_from_zero"):
            assert abs(rounded - number) <= unit / 2


def evaluated(ops: Recorder, slot: int, n: int) -> int:
    from jifen.backends.inputs import Data, Layout
    from jifen.backends.interpret import interpreter

    plan = ops.plan()
    (found,) = interpreter(plan, [slot], Layout.of(plan))(Data(0, (n,), (), ()))
    assert isinstance(found, int)
    return found


@given(st.integers(24000, 24012), st.dictionaries(st.integers(24000, 24012), st.integers(0, 99), min_size=1))
def test_the_value_of_a_series(month: int, rows: dict[int, int]) -> None:
    """The row that began last; before all of them, the first."""
    starts = sorted(rows)
    begun = [start for start in starts if start <= month] or starts[:1]
    assert semantics.series(month, starts, [rows[start] for start in starts], 1) == rows[begun[-1]]


NUMBERED = st.lists(st.tuples(st.booleans(), st.integers(-9, 9), st.integers(0, 3)), max_size=7)


@given(NUMBERED)
def test_folds(rows: list[tuple[bool, int, int]]) -> None:
    conditions, values, groups = ([row[n] for row in rows] for n in range(3))
    kept = [value for condition, value, _ in rows if condition]
    assert semantics.total(conditions, values) == sum(kept)
    assert semantics.best(conditions, values) == (sorted(kept)[-1] if kept else 0)
    assert semantics.least(conditions, values) == (sorted(kept)[0] if kept else 0)
    sums = [sum(v for c, v, g in rows if c and g == group) for group in range(4)]
    present = [any(c and g == group for c, _, g in rows) for group in range(4)]
    expected = sum(min(2 * found, 5) for found, there in zip(sums, present, strict=True) if there)
    assert semantics.capped_total(conditions, values, groups, 2, 5) == expected


@given(NUMBERED)
def test_places(rows: list[tuple[bool, int, int]]) -> None:
    """The places are 1 to n, each once, among the rows that count; a later place never has a lower key."""
    conditions, keys, _ = ([row[n] for row in rows] for n in range(3))
    places = semantics.ordinal(conditions, keys)
    assert [place > 0 for place in places] == conditions
    taken = sorted((place, row) for row, place in enumerate(places) if place)
    assert [place for place, _ in taken] == list(range(1, sum(conditions) + 1))
    order = [(keys[row], row) for _, row in taken]
    assert order == sorted(order)


@given(NUMBERED, st.booleans())
def test_leaders(rows: list[tuple[bool, int, int]], highest: bool) -> None:
    """One leader for each group that has a row; nobody of the group is better, nobody before it is as good."""
    conditions, values, groups = ([row[n] for row in rows] for n in range(3))
    leads = semantics.leader(conditions, groups, values, highest)
    for group in set(groups):
        members = [row for row in range(len(rows)) if conditions[row] and groups[row] == group]
        leading = [row for row in range(len(rows)) if leads[row] and groups[row] == group]
        assert len(leading) == bool(members)
        for row in leading:
            assert row in members
            sign = 1 if highest else -1
            assert all(sign * values[other] <= sign * values[row] for other in members)
            assert all(values[other] != values[row] for other in members if other < row)


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4))
def test_floor_of_a_quotient(a: int, b: int) -> None:
    found = semantics.FUNCTIONS["floordiv"](a, b)
    assert found * b <= a < (found + 1) * b


def test_an_unknown_option_of_a_choice_is_in_no_list() -> None:
    assert [semantics.FUNCTIONS["one_of"](code, 0b0101) for code in range(4)] == [True, False, True, False]
    assert [semantics.FUNCTIONS["contains"](0b0110, code) for code in range(4)] == [False, True, True, False]
