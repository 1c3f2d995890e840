"""Random plans on random applicants of whom something is forgotten: every slot holds what the exact backend finds."""

from __future__ import annotations

from itertools import count
from random import Random

from hypothesis import given, note, settings
from hypothesis import strategies as st
from tests.plan.direct import Direct
from tests.plan.random_people import FIRST, INPUTS, LAST, OPTIONS, Person, base_for, data_of, people
from tests.plan.random_plans import Call, plans, replay, text_of

from jifen.backends.bounds import Bounder, Table, Uncertain
from jifen.backends.bounds_rows import ONCE, Times
from jifen.backends.bounds_values import (
    Pair,
    Root,
    Value,
    between,
    by_case,
    exactly,
    hull,
    options_of,
    options_pair,
)
from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import interpreter
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.plan.types import TRUTH, Kind, Type


class Forgetting:
    """Makes values out of integers, some of them wider."""

    def __init__(self, rng: Random, share: int) -> None:
        self.rng = rng
        self.share = share
        self.bits = count()
        self.roots = count()

    def hit(self) -> bool:
        return self.rng.randrange(100) < self.share

    def other(self, type_: Type, value: int) -> int:
        """Another value of the same type."""
        if type_.kind is Kind.DATE:
            return self.rng.choice((2015_11_30, 2016_02_29, 2018_07_01, 2020_12_31, 2021_03_01))
        if type_.kind is Kind.MONTH:
            return self.rng.randrange(FIRST, LAST + 1)
        return self.rng.randrange(type_.low, type_.high + 1)

    def value(self, type_: Type, value: int, local: bool = False, all_of: bool = False) -> Value:
        """A value that may be the integer."""
        if not (all_of or self.hit()):
            return exactly(value)
        bit = 1 << next(self.bits)
        if self.rng.randrange(2):
            values = sorted({value, self.other(type_, value), self.other(type_, value)})
            root = Root(next(self.roots), len(values), bit, local)
            return by_case(root, [(one, one) for one in values])
        other = self.other(type_, value)
        if type_.kind is Kind.CHOICE:
            return Value((), (options_pair(1 << value | 1 << other),), bit)
        if type_.kind is Kind.CHOICES:
            return Value((), ((value & other, value | other),), bit)
        return between(min(value, other), max(value, other), bit)


def earliest(plan: Plan, data: Data) -> int:
    """A month before which no set has any, whatever was forgotten."""
    return min([data.base, *(one.type.low for one in plan.operations if one.type.kind is Kind.MONTHS)])


def uncertain(base: int, data: Data, layout: Layout, forget: Forgetting) -> Uncertain:
    facts = tuple(
        forget.value(INPUTS[name], value) for name, value in zip(layout.facts, data.facts, strict=True)
    )
    flags = tuple(forget.value(TRUTH, flag) for flag in data.given)
    tables = tuple(
        table(rows, names, data.rows[at], forget) for at, (rows, names) in enumerate(layout.columns.items())
    )
    return Uncertain(base, facts, flags, tables)


def table(rows: str, names: tuple[str, ...], stated: list[tuple[int, ...]], forget: Forgetting) -> Table:
    """The rows, of which some may be there, and some are gone into one that stands for any number of rows."""
    types = [TRUTH if name.endswith("?") else INPUTS[f"{rows}.{name}"] for name in names]
    times: list[Times] = []
    lines: list[list[Value]] = []
    gone: list[tuple[int, ...]] = []
    for row in stated:
        if forget.hit():
            gone.append(row)
            continue
        times.append(Times(0, 1, 1 << next(forget.bits)) if forget.hit() else ONCE)
        lines.append([forget.value(type_, value) for type_, value in zip(types, row, strict=True)])
    if gone or forget.hit():
        bit = 1 << next(forget.bits)
        line = []
        for at, type_ in enumerate(types):
            pairs: list[Pair] = [(row[at], row[at]) for row in gone] or [(type_.low, type_.low)]
            if forget.rng.randrange(2):
                root = Root(next(forget.roots), len(pairs) + 1, bit, True)
                line.append(by_case(root, [*pairs, pairs[0]]))
            else:
                whole = hull(type_.kind, pairs)
                line.append(Value((), (whole,), bit))
        times.append(Times(0, len(gone) + forget.rng.randrange(2), bit))
        lines.append(line)
    columns = tuple(tuple(line[at] for line in lines) for at in range(len(names)))
    return Table(tuple(times), columns)


def may_be(value: Value, integer: int, kind: Kind, shift: int) -> bool:
    for low, high in value.cells:
        if kind is Kind.MONTHS:
            found = low & ~(integer << shift) == 0 and integer << shift & ~high == 0
        elif kind is Kind.CHOICES:
            found = low & ~integer == 0 and integer & ~high == 0
        elif kind is Kind.CHOICE:
            found = bool(options_of((low, high)) >> integer & 1)
        else:
            found = low <= integer <= high
        if found:
            return True
    return False


@settings(max_examples=150, report_multiple_bugs=False)
@given(plans, people, st.integers(0, 10**6), st.sampled_from((0, 10, 40, 100)))
def test_plan(calls: tuple[Call, ...], person: Person, seed: int, share: int) -> None:
    note(text_of(calls))
    recorder = Recorder(INPUTS)
    replay(recorder, calls)
    plan = recorder.plan()
    direct = Direct(INPUTS, person.facts, person.rows)
    replay(direct, calls)
    layout = Layout.of(plan)
    data = data_of(person, layout, base_for(direct, plan, 0))
    slots = range(len(plan.operations))
    told = uncertain(earliest(plan, data), data, layout, Forgetting(Random(seed), share))
    note(str(told))
    run = Bounder(plan, slots, layout).run(told)
    for slot, exact in enumerate(interpreter(plan, slots, layout)(data)):
        operation = plan.operations[slot]
        if isinstance(exact, list):
            continue  # rows that are gone have no place of their own
        value = run.value(slot)
        assert value.is_exact or value.deps, operation
        shift = data.base - told.base
        assert may_be(value, int(exact), operation.type.kind, shift), (
            f"slot {slot} {operation} is {exact}, not in {value}"
        )


def test_options_are_masks() -> None:
    assert OPTIONS == 4 and options_of(options_pair(0b0110)) == 0b0110
    assert options_pair(0b0100) == (2, 2)
