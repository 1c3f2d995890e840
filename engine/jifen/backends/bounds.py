"""The backend for applicants of whom something is missing: the same plan, over what each slot can hold.

It is the interpreter over `Value`s instead of integers. Whatever the missing inputs turn out to be, each slot of the
exact backend lies in its value here; where nothing is missing the value is exact. Two things keep values narrow:

- An unknown with few answers is a root: what follows from it is held for each of its cases, and so is what follows
  from several such unknowns together, up to MOST_CELLS combinations.
- A number (or a truth) that is used more than once and has at most MOST_CASES possible values becomes a root of its
  own, so that `count - min(count, 36)` or a chain of bands sees one number and not two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from jifen.backends.bounds_folds import CLAMPED, folded, ordered
from jifen.backends.bounds_meaning import MEANING, OPEN, equal_choice
from jifen.backends.bounds_rows import ONCE, Times
from jifen.backends.bounds_values import (
    MOST_CELLS,
    Pair,
    Root,
    Value,
    by_case,
    combined,
    exactly,
    joined,
    settled,
    whole,
)
from jifen.backends.inputs import Data, Layout
from jifen.backends.semantics import BASED, FOLDS, FUNCTIONS, ORDERS
from jifen.plan.plan import Operation, Plan
from jifen.plan.types import Kind, Type

MOST_CASES = 2048
"""The most values of a number that are held apart."""

_SPLIT = (Kind.NUMBER, Kind.MONTH, Kind.TRUTH)


class Table(NamedTuple):
    """The rows of one timeline or record list: for how many each stands, and its values column by column."""

    times: tuple[Times, ...]
    columns: tuple[tuple[Value, ...], ...]


class Uncertain(NamedTuple):
    """What is known of one applicant, in the order of a layout; as `Data`, with values for integers.

    `base` is a month before which no spell can begin.
    """

    base: int
    facts: tuple[Value, ...]
    given: tuple[Value, ...]
    tables: tuple[Table, ...]

    @staticmethod
    def of(data: Data, layout: Layout) -> Uncertain:
        """An applicant of whom everything is known."""
        tables = []
        for position, names in enumerate(layout.columns.values()):
            rows = data.rows[position]
            columns = tuple(tuple([exactly(row[at]) for row in rows]) for at in range(len(names)))
            tables.append(Table((ONCE,) * len(rows), columns))
        facts = tuple([exactly(value) for value in data.facts])
        return Uncertain(data.base, facts, tuple([exactly(flag) for flag in data.given]), tuple(tables))

    def changed(self, change: Callable[[Value], Value]) -> Uncertain:
        """The same with a change made to every value; what does not change stays the same object."""
        tables = []
        for table in self.tables:
            columns = tuple(_changed(column, change) for column in table.columns)
            same = all(a is b for a, b in zip(columns, table.columns, strict=True))
            tables.append(table if same else Table(table.times, columns))
        return self._replace(
            facts=_changed(self.facts, change),
            given=_changed(self.given, change),
            tables=tuple(tables),
        )


def _changed(values: tuple[Value, ...], change: Callable[[Value], Value]) -> tuple[Value, ...]:
    found = tuple([change(value) for value in values])
    return values if all(a is b for a, b in zip(found, values, strict=True)) else found


Cell = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What the slots hold for one applicant, and the applicant's data."""

    data: Uncertain
    cells: dict[int, Cell]

    def value(self, slot: int) -> Value:
        """What a slot of the applicant holds."""
        found = self.cells[slot]
        assert isinstance(found, Value)
        return found


class Bounder:
    """Evaluates some outputs of a plan, and what they read, over uncertain data. Safe to share between threads."""

    def __init__(self, plan: Plan, outputs: Sequence[int], layout: Layout) -> None:
        self.operations = plan.operations
        self.needed = plan.needed(outputs)
        self.layout = layout
        self.uses = Counter(arg for slot in self.needed for arg in self.operations[slot].args)
        self.tables = {rows: position for position, rows in enumerate(layout.columns)}
        self._facts = {name: position for position, name in enumerate(layout.facts)}
        self._given = {name: position for position, name in enumerate(layout.given)}

    def run(self, data: Uncertain, before: Run | None = None, first_root: int = 1 << 20) -> Run:
        """What every needed slot holds. `before` is a run on data that differs little: what is the same is kept.

        Roots of the data have ids below `first_root`.
        """
        cells: dict[int, Cell] = {}
        ids = count(first_root if before is None else _next_id(before, first_root))
        fresh = _Fresh(self, data, cells, ids.__next__)
        if before is None:
            for slot in self.needed:
                cells[slot] = fresh.cell(slot)
            return Run(data, cells)
        changed: set[int] = set()
        for slot in self.needed:
            operation = self.operations[slot]
            leaf = not operation.args and operation.kind != "const"
            if leaf or not changed.isdisjoint(operation.args) or self._moved(operation, data, before.data):
                cells[slot] = fresh.cell(slot)
                if not leaf or cells[slot] is not before.cells[slot]:
                    changed.add(slot)
                    continue
            cells[slot] = before.cells[slot]
        return Run(data, cells)

    def _moved(self, operation: Operation, data: Uncertain, before: Uncertain) -> bool:
        """Whether the rows that an operation walks are others than before."""
        over = operation.ranges_over
        if not over:
            return False
        at = self.tables[over]
        return data.tables[at].times is not before.tables[at].times

    def leaf(self, operation: Operation, data: Uncertain) -> Cell:
        """A constant, a fact or a column."""
        if operation.kind == "const":
            return exactly(operation.whole(0))
        name = str(operation.params[0])
        if operation.kind == "fact":
            return data.facts[self._facts[name]]
        if operation.kind == "given":
            return data.given[self._given[name]]
        name += "?" if operation.kind == "column_given" else ""
        column = self.layout.columns[operation.rows].index(name)
        return data.tables[self.tables[operation.rows]].columns[column]


def _next_id(before: Run, first: int) -> int:
    """An id above those of all roots of a run."""
    found = first
    for cell in before.cells.values():
        for value in (cell,) if isinstance(cell, Value) else cell:
            if value.roots and value.roots[-1].id >= found:
                found = value.roots[-1].id + 1
    return found


class _Fresh:
    """One run: computes cells out of those computed before."""

    def __init__(
        self, bounder: Bounder, data: Uncertain, cells: dict[int, Cell], new_id: Callable[[], int]
    ) -> None:
        self.bounder = bounder
        self.data = data
        self.cells = cells
        self.new_id = new_id

    def cell(self, slot: int) -> Cell:
        operation = self.bounder.operations[slot]
        kind = operation.kind
        if not operation.args:
            return self.bounder.leaf(operation, self.data)
        args = [self.cells[arg] for arg in operation.args]
        types = [self.bounder.operations[arg].type for arg in operation.args]
        over = operation.ranges_over
        if not over:
            plain = [arg for arg in args if isinstance(arg, Value)]
            return self._apart(slot, self._single(operation, plain, types), local=False)
        times = self.data.tables[self.bounder.tables[over]].times
        columns = [(arg,) * len(times) if isinstance(arg, Value) else arg for arg in args]
        if kind in FOLDS:
            return self._apart(slot, folded(operation, times, columns, types), local=False)
        if kind in ORDERS:
            return ordered(operation, times, columns, types)
        return tuple(
            [
                self._apart(slot, self._single(operation, list(row), types), local=one.most > 1)
                for one, row in zip(times, zip(*columns, strict=True), strict=True)
            ]
        )

    def _single(self, operation: Operation, args: list[Value], types: list[Type]) -> Value:
        """An operation on single values. What an argument decides by itself does not depend on the others."""
        kind = operation.kind
        if kind == "choose" and args[0].is_exact:
            return args[1] if args[0].cells[0][0] else args[2]
        if kind == "and":
            for one, other in ((args[0], args[1]), (args[1], args[0])):
                if one.is_exact:
                    return other if one.cells[0][0] else exactly(0)
        if kind in ("min", "max") and not all(arg.is_exact for arg in args):
            first, second = whole(args[0], types[0].kind), whole(args[1], types[1].kind)
            lower = 0 if first[1] <= second[0] else 1 if second[1] <= first[0] else -1
            if lower >= 0:
                return args[lower if kind == "min" else 1 - lower]
        if kind == "sub" and not args[0].is_exact:
            inner = self.bounder.operations[operation.args[1]]
            if inner.kind == "min" and operation.args[0] in inner.args:
                rest = self.cells[inner.args[1 - inner.args.index(operation.args[0])]]
                if isinstance(rest, Value):  # a - min(a, b) is what a has above b
                    return combined(_above, [args[0], rest], [types[0].kind] * 2)
        kinds = [type_.kind for type_ in types]
        return combined(_function(operation, types, self.data.base), args, kinds)

    def _apart(self, slot: int, value: Value, local: bool) -> Value:
        """The value with each of its possible integers held apart, where that can be of use."""
        type_ = self.bounder.operations[slot].type
        if not value.blur or self.bounder.uses[slot] < 2 or type_.kind not in _SPLIT:
            return value
        if not value.roots:
            low, high = value.cells[0]
            if high - low < MOST_CASES:
                root = Root(self.new_id(), high - low + 1, value.blur, local)
                return by_case(root, [(at, at) for at in range(low, high + 1)])
        elif type_.kind is Kind.TRUTH and len(value.cells) * 2 <= MOST_CELLS:
            root = Root(self.new_id(), 2, value.blur, local)
            cells = [(case, case) if cell == OPEN else cell for cell in value.cells for case in (0, 1)]
            return settled((*value.roots, root), tuple(cells), 0)
        return value


def _above(a: Pair, b: Pair) -> Pair:
    return max(a[0] - b[1], 0), max(a[1] - b[0], 0)


def _function(operation: Operation, types: Sequence[Type], base: int) -> Callable[..., Pair]:
    """An operation on pairs: exact where they are, else its meaning, kept within the range of its type."""
    kind, params, type_ = operation.kind, operation.params, operation.type
    first = (base,) if kind in BASED else ()
    if kind == "choose":
        return lambda condition, a, b: (
            (a if condition[0] else b) if condition != OPEN else joined(type_.kind, a, b)
        )
    exact = FUNCTIONS[kind]
    meaning = equal_choice if kind == "eq" and types[0].kind is Kind.CHOICE else MEANING[kind]
    clamped, lowest, highest = type_.kind in CLAMPED, type_.low, type_.high

    def apply(*pairs: Pair) -> Pair:
        for low, high in pairs:
            if low != high:
                break
        else:
            found = int(exact(*first, *[pair[0] for pair in pairs], *params))
            return found, found
        low, high = meaning(*first, *pairs, *params)
        if clamped:
            low = lowest if low < lowest else highest if low > highest else low
            high = lowest if high < lowest else highest if high > highest else high
        return low, high

    return apply
