"""The recorder: equal operations share a slot, what never changes is folded, every number knows its range."""

import inspect
import random
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import interpreter
from jifen.plan import types
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.plan.slots import MixedRows, Ref
from jifen.plan.types import Kind, Type

from .direct import Direct
from .random_people import INPUTS
from .random_plans import MAKERS, Call, calls_of, replay

NO_ROLE_IN_RULES = {"emit", "const", "operation", "rescale"}


def methods(of: type) -> dict[str, Callable[..., object]]:
    found = inspect.getmembers(of, inspect.isfunction)
    return {name: method for name, method in found if not name.startswith("_")}


def recorder() -> Recorder:
    return Recorder(INPUTS)


def one(ops: Recorder, ref: Ref, *facts: int) -> Fraction:
    """The number in a slot, for an applicant with these facts, in the order in which they were recorded."""
    plan = ops.plan()
    (cell,) = interpreter(plan, [ref.slot], Layout.of(plan))(Data(0, facts, (), ()))
    assert isinstance(cell, int)
    return Fraction(cell, ref.type.den)


# ---- the tests' own instruments


def test_direct_has_the_methods_of_the_recorder() -> None:
    own = methods(Direct)
    for name, method in methods(Recorder).items():
        if name not in NO_ROLE_IN_RULES:
            assert name in own, f"Direct cannot do {name}"
            assert list(inspect.signature(own[name]).parameters) == list(inspect.signature(method).parameters)


def random_plan(seed: int) -> tuple[Call, ...]:
    rng = random.Random(seed)
    return calls_of([(rng.choice(MAKERS), rng.randbytes(12)) for _ in range(60)])


def test_random_plans_call_every_method() -> None:
    called = {call.method for seed in range(60) for call in random_plan(seed)}
    assert called == set(methods(Recorder)) - NO_ROLE_IN_RULES - {"plan", "constant"}


def loops(plan: Plan) -> int:
    """How many times, one after the other, rows must be gone through before everything is known."""
    level: list[int] = []
    for operation in plan.operations:
        folds = operation.kind in ("ordinal", "leader") or operation.reduces
        level.append(max((level[arg] for arg in operation.args), default=0) + folds)
    return max(level)


def test_random_plans_fold_what_other_folds_have_decided() -> None:
    deepest = 0
    for seed in range(60):
        ops = recorder()
        replay(ops, random_plan(seed))
        deepest = max(deepest, loops(ops.plan()))
    assert deepest >= 4


# ---- slots


def test_equal_operations_share_a_slot() -> None:
    ops = recorder()
    people, balance = ops.fact("people"), ops.fact("balance")
    assert ops.add(people, balance) == ops.add(people, balance)
    assert ops.add(people, balance) != ops.add(balance, people)
    assert ops.fact("people") == people
    assert ops.number(1).slot != ops.truth(True).slot != ops.month(1).slot != ops.option(1).slot


def test_a_number_and_its_multiple_over_another_denominator_differ() -> None:
    ops = recorder()
    people = ops.fact("people")
    twelfths = ops.rescale(people, 12)
    assert (twelfths.type.den, twelfths.type.low, twelfths.type.high) == (12, 12, 72)
    assert one(ops, twelfths, 5) == one(ops, people, 5) == 5


def test_rows_of_two_lists_do_not_mix() -> None:
    ops = recorder()
    rate, points = ops.column("spells", "rate"), ops.column("events", "points")
    with pytest.raises(MixedRows) as error:
        ops.add(rate, points)
    assert {error.value.one, error.value.other} == {"spells", "events"}
    with pytest.raises(MixedRows):
        ops.total("events", ops.truth(True), rate, 3)
    assert ops.add(rate, ops.fact("people")).rows == "spells"
    assert ops.total("spells", ops.truth(True), rate, 3).rows == ""


def test_a_plan_needs_what_its_outputs_read() -> None:
    ops = recorder()
    people, balance, money = ops.fact("people"), ops.fact("balance"), ops.fact("money")
    total = ops.add(people, balance)
    assert ops.plan().needed([total.slot]) == [people.slot, balance.slot, total.slot]
    assert ops.plan().needed([money.slot, people.slot]) == [people.slot, money.slot]
    assert ops.plan().needed([]) == []


# ---- numbers


def test_ten_a_year_for_36_months_are_exactly_30() -> None:
    ops = Recorder({"months": types.number(1, 0, 600)})
    points = ops.multiply(ops.multiply(ops.fact("months"), ops.number(10)), ops.number(Fraction(1, 12)))
    assert one(ops, points, 36) == 30
    assert one(ops, points, 37) == Fraction(185, 6)
    assert points.type.bounds() == (Fraction(0), Fraction(500))


def test_shares_are_exact_whatever_the_divisor() -> None:
    ops = Recorder({"sum": types.number(100, -500, 1000), "n": types.number(1, 1, 7)})
    share = ops.share(ops.fact("sum"), ops.fact("n"))
    for n in range(1, 8):
        assert one(ops, share, 1000, n) == Fraction(10, n)
    low, high = share.type.bounds()
    assert low <= -5 and high >= 10


def test_constants_fold() -> None:
    ops = recorder()
    two, three = ops.number(2), ops.number(3)
    assert ops.constant(ops.add(two, three)) == 5
    assert ops.constant(ops.subtract(two, three)) == -1
    assert ops.constant(ops.multiply(two, ops.number(Fraction(3, 4)))) == Fraction(3, 2)
    assert ops.constant(ops.minimum(two, three)) == 2
    assert ops.constant(ops.less(two, three)) == 1
    assert ops.constant(ops.equal(two, three)) == 0
    assert ops.constant(ops.choose(ops.truth(False), two, three)) == 3
    assert ops.constant(ops.fact("people")) is None


def test_a_range_decides_what_no_value_can_change() -> None:
    ops = recorder()
    people, six = ops.fact("people"), ops.number(6)
    assert ops.constant(ops.less(people, ops.number(1))) == 0
    assert ops.constant(ops.at_most(people, six)) == 1
    assert ops.constant(ops.at_most(six, people)) is None
    assert ops.minimum(people, six) == people
    assert ops.constant(ops.maximum(people, six)) == 6
    assert ops.both(ops.truth(True), ops.fact("flag")) == ops.fact("flag")
    assert ops.invert(ops.invert(ops.fact("flag"))) == ops.fact("flag")


@pytest.mark.parametrize(
    ("n", "months"), [(Fraction(5, 2), 2), (Fraction(-1, 2), 0), (Fraction(3), 3), (Fraction(1, 12), 0)]
)
def test_the_earliest_months_of_a_fraction_are_those_of_its_whole_part(n: Fraction, months: int) -> None:
    """A limit of two and a half months takes two, not the numerator's five."""
    ops = recorder()
    five = ops.span(ops.month(24000), ops.month(24004))
    given = Recorder({"n": types.number(n.denominator, -100, 100)})
    both = [(ops, ops.number(n)), (given, given.fact("n"))]
    for recorded, limit in both:
        span = five if recorded is ops else recorded.span(recorded.month(24000), recorded.month(24004))
        found = recorded.count(recorded.earliest(span, limit))
        plan = recorded.plan()
        run = interpreter(plan, [found.slot], Layout.of(plan))
        assert run(Data(24000, (n.numerator,) if recorded is given else (), (), ())) == (months,)


# ---- the ranges of dates


def day_type(first: date, last: date) -> Type:
    return Type(Kind.DATE, 1, *(day.year * 10000 + day.month * 100 + day.day for day in (first, last)))


@pytest.mark.parametrize(
    ("change", "lowest", "highest"),
    [
        ((-5, 0, 0), 1895, 2194),
        ((0, 13, 0), 1901, 2201),
        ((0, 0, -1), 1899, 2199),
        ((0, 0, 366), 1901, 2201),
        ((20, 0, -365), 1919, 2219),
        ((0, 0, 0), 1900, 2199),
    ],
)
def test_a_moved_date_may_leave_the_years_of_inputs(
    change: tuple[int, int, int], lowest: int, highest: int
) -> None:
    """Dates of applicants lie in 1900 to 2199; what a rule makes of them need not, and its range says so."""
    ops = Recorder({"day": types.DATE})
    type_ = ops.shift(ops.fact("day"), *change).type
    assert type_.low // 10000 <= lowest and highest <= type_.high // 10000
    year = ops.year(ops.shift(ops.fact("day"), *change))
    assert one(ops, year, 1900_01_01) >= year.type.low
    assert one(ops, year, 2199_12_31) <= year.type.high


def test_a_placed_date_has_the_range_of_its_year() -> None:
    ops = Recorder({"day": types.DATE})
    placed = ops.place(ops.fact("day"), 1850, None, None)
    assert (placed.type.low, placed.type.high) == (1850_01_01, 1850_12_31)
    assert ops.place(ops.fact("day"), None, 12, 31).type == types.DATE
    end = ops.month_end(ops.month(2024 * 12 + 1))
    assert one(ops, end) == 2024_02_29
    assert (end.type.low // 10000, end.type.high // 10000) == (2024, 2024)


def test_a_comparison_is_not_decided_by_a_range_that_is_too_narrow() -> None:
    """Five years before 1900-06-01 is before 1900, and so is a day of 1896."""
    ops = Recorder({"day": types.DATE})
    edge = ops.shift(ops.fact("day"), -5, 0, 0)
    assert ops.constant(ops.less(edge, ops.date(1900_01_01))) is None
    assert one(ops, ops.less(edge, ops.date(1896_01_01)), 1900_06_01) == 1


def test_questions_about_one_choice_are_one_question() -> None:
    """Neither b nor d, or b and not c: whatever is asked of the same choice is a set of its options."""
    ops = Recorder({"choice": types.choice(5), "other": types.choice(5)})
    choice, other = ops.fact("choice"), ops.fact("other")

    a, b, c, d, e = (ops.equal(choice, ops.option(position)) for position in range(5))
    neither = ops.both(ops.invert(b), ops.invert(d))
    assert ops.operation(neither).kind == "one_of" and ops.operation(neither).params == (0b10101,)
    assert ops.both(neither, ops.invert(e)).slot == ops.one_of(choice, frozenset({0, 2})).slot
    assert ops.both(neither, ops.one_of(choice, frozenset({0, 1}))).slot == a.slot
    assert ops.either(a, c).slot == ops.one_of(choice, frozenset({0, 2})).slot
    assert ops.constant(ops.both(b, ops.invert(b))) == 0
    assert ops.constant(ops.either(ops.invert(b), ops.one_of(choice, frozenset({1, 4})))) == 1
    assert ops.either(ops.one_of(choice, frozenset({0, 1, 2})), e).slot == ops.invert(d).slot
    assert ops.operation(ops.both(a, ops.equal(other, ops.option(1)))).kind == "and"
    assert ops.operation(ops.both(ops.invert(a), ops.equal(choice, other))).kind == "and"
