"""Every range of two small inputs: what the recorder says of a result holds for each of their values, and no more
is folded away than the ranges allow."""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product

import pytest

from jifen.backends.inputs import Data, Layout
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type, number

from .agreement import check_all_slots
from .direct import Direct, Value, stored, value_of

Operation = Callable[[Direct, Ref, Ref], Ref]

NUMBERS: dict[str, Operation] = {
    "add": Direct.add,
    "subtract": Direct.subtract,
    "multiply": Direct.multiply,
    "minimum": Direct.minimum,
    "maximum": Direct.maximum,
    "less": Direct.less,
    "at_most": Direct.at_most,
    "equal": Direct.equal,
    "choose": lambda ops, a, b: ops.choose(ops.less(a, b), a, b),
    "floor": lambda ops, a, b: ops.floor(ops.add(a, b), Fraction(2, 3)),
    "up": lambda ops, a, b: ops.round(ops.multiply(a, b), Fraction(3, 2), "up"),
    "half_up": lambda ops, a, b: ops.round(ops.subtract(a, b), Fraction(1), "half_up"),
}

SETS: dict[str, Operation] = {
    "count": lambda ops, a, b: ops.count(ops.span(a, b)),
    "meet": lambda ops, a, b: ops.count(ops.meet(until(ops, a), since(ops, b))),
    "join": lambda ops, a, b: ops.longest(ops.join(until(ops, a), since(ops, b))),
    "without": lambda ops, a, b: ops.longest(ops.without(until(ops, a), since(ops, b))),
    "during": lambda ops, a, b: ops.count(ops.during(until(ops, a), b, ops.move_month(b, 1))),
    "streak": lambda ops, a, b: ops.streak(since(ops, a), b),
    "nth": lambda ops, a, b: ops.nth(ops.span(a, b), 2),
    "yearly": lambda ops, a, b: ops.yearly(ops.span(a, b), Fraction(2), Fraction(7, 2)),
    "run_years": lambda ops, a, b: ops.run_years(ops.span(ops.move_month(a, -12), ops.move_month(b, 12))),
    "apart": lambda ops, a, b: ops.months_apart(a, b),
    "earliest": lambda ops, a, b: ops.earliest(since(ops, a), ops.months_apart(a, b)),
    "has": lambda ops, a, b: ops.has(until(ops, a), b),
}

DATES: dict[str, Operation] = {
    "age": lambda ops, a, b: ops.age(a, b, False),
    "age from the day after": lambda ops, a, b: ops.age(a, b, True),
    "started years": Direct.started_years,
    "months": Direct.months_between,
    "days": Direct.days_between,
    "moved": lambda ops, a, b: ops.less(ops.shift(a, 1, -13, 45), ops.shift(b, 0, 11, -400)),
    "placed": lambda ops, a, b: ops.equal(ops.place(a, None, 2, 31), ops.place(b, 2001, None, None)),
    "month ends": lambda ops, a, b: ops.minimum(ops.month_end(ops.month_of(a)), b),
    "parts": lambda ops, a, b: ops.add(ops.add(ops.year(a), ops.month_number(b)), ops.day_of_year(b)),
}
DAYS = (2000_01_01, 2000_02_29, 2001_02_28, 2001_12_31, 2004_02_29, 2005_01_01)

MONTH = 2020 * 12 + 11  # the months of a range are counted from here: December and what is around it
BASE = MONTH - 24


def until(ops: Direct, end: Ref) -> Ref:
    return ops.span(ops.month(MONTH - 1), end)


def since(ops: Direct, first: Ref) -> Ref:
    return ops.span(first, ops.month(MONTH + 2))


def pairs(of: Callable[[int, int, int], Type]) -> Iterator[dict[str, Type]]:
    """Two inputs with every range within -1 to 2, and with unlike denominators where there are any."""
    ranges = [(low, high) for low in range(-1, 3) for high in range(low, 3)]
    for (a, b), (c, d) in product(ranges, ranges):
        yield {"a": of(1, a, b), "b": of(1, c, d)}
        if of is number:
            yield {"a": of(2, a, b), "b": of(3, c, d)}


def applicants(inputs: dict[str, Type]) -> Iterator[dict[str, Value]]:
    a, b = inputs["a"], inputs["b"]
    for first, second in product(range(a.low, a.high + 1), range(b.low, b.high + 1)):
        yield {"a": value_of(a, first, BASE), "b": value_of(b, second, BASE)}


def edges(inputs: dict[str, Type]) -> Iterator[dict[str, Value]]:
    a, b = inputs["a"], inputs["b"]
    for first, second in product((a.low, a.high), (b.low, b.high)):
        yield {"a": value_of(a, first, BASE), "b": value_of(b, second, BASE)}


def check(operation: Operation, inputs: dict[str, Type], people: Iterable[dict[str, Value]]) -> None:
    for facts in people:
        direct = Direct(inputs, facts, {})
        operation(direct, direct.fact("a"), direct.fact("b"))
        plan = direct.plan()
        layout = Layout.of(plan)
        values = tuple(stored(inputs[name], facts[name], BASE) for name in layout.facts)
        check_all_slots(direct, plan, layout, Data(BASE, values, (), ()))


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers(name: str) -> None:
    for inputs in pairs(number):
        check(NUMBERS[name], inputs, applicants(inputs))


@pytest.mark.parametrize("name", SETS)
def test_months(name: str) -> None:
    for inputs in pairs(lambda den, low, high: Type(Kind.MONTH, den, MONTH + low, MONTH + high)):
        check(SETS[name], inputs, applicants(inputs))


@pytest.mark.parametrize("name", DATES)
def test_dates(name: str) -> None:
    ranges = [Type(Kind.DATE, 1, low, high) for low in DAYS for high in DAYS if low <= high]
    for a, b in product(ranges, ranges):
        check(DATES[name], {"a": a, "b": b}, edges({"a": a, "b": b}))
