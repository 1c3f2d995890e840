"""A plan as a list of steps over the columns of a block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns import widths
from jifen.backends.columns.block import Block, Column
from jifen.backends.columns.diagonals import Diagonals
from jifen.backends.columns.meaning import FOLDS, FUNCTIONS, ORDERS, VALUED, WIDE
from jifen.backends.columns.words import Months
from jifen.backends.inputs import Layout
from jifen.backends.semantics import BASED
from jifen.plan.plan import Operation, Plan
from jifen.plan.types import Kind

Cell = Column | Months
"""What a slot holds: a column, or for a month set its words."""


class Run:
    """The cells of one block while the steps go over it."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.cells: dict[int, Cell] = {}
        self.spread: dict[tuple[int, int], Cell] = {}
        """Cells of the applicants as the rows of a list see them, by slot and list."""
        self._lists: dict[int, Diagonals] = {}

    def rows(self, table: int) -> Diagonals:
        """The order of the rows of one list."""
        found = self._lists.get(table)
        if found is None:
            found = self._lists[table] = Diagonals(self.block.rows[table].offsets)
        return found

    def at_rows(self, slot: int, table: int) -> Cell:
        """The cell of an applicant's slot for each row of a list."""
        found = self.spread.get((slot, table))
        if found is None:
            cell, rows = self.cells[slot], self.rows(table)
            found = spread(rows, cell)
            self.spread[slot, table] = found
        return found


def spread(rows: Diagonals, cell: Cell) -> Cell:
    """A cell of the applicants for each of the rows of a list."""
    return tuple([rows.spread(word) for word in cell]) if isinstance(cell, tuple) else rows.spread(cell)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation: fills its slot, after which nothing reads those of `done` any more."""

    slot: int
    fill: Callable[[Run], Cell]
    done: tuple[int, ...]


class Program:
    """A function from blocks to the outputs of a plan. Immutable; safe to share between threads."""

    def __init__(self, plan: Plan, outputs: Sequence[int], layout: Layout) -> None:
        self.outputs = tuple(outputs)
        self._plan = plan
        self._layout = layout
        self._tables = {rows: position for position, rows in enumerate(layout.columns)}
        needed = plan.needed(outputs)
        last: dict[int, int] = {}
        for slot in needed:
            for arg in plan.operations[slot].args:
                last[arg] = slot
        kept = set(outputs)
        done: dict[int, list[int]] = {}
        for slot, reader in last.items():
            if slot not in kept:
                done.setdefault(reader, []).append(slot)
        self._steps = [Step(slot, self._step(slot), tuple(done.get(slot, ()))) for slot in needed]

    def __call__(self, block: Block) -> tuple[Cell, ...]:
        """The outputs of a block.

        A column has an entry for each applicant, or for each row in the order of the block, and has length 1 where
        all are the same. Its dtype is `widths.width_of` the slot's type. A month set is a tuple of words: see
        `words`, with the block's `base`.
        """
        run = Run(block)
        cells = run.cells
        for slot, fill, done in [(step.slot, step.fill, step.done) for step in self._steps]:
            cells[slot] = fill(run)
            for other in done:
                del cells[other]
                for table in self._tables.values():
                    run.spread.pop((other, table), None)
        return tuple([self._output(run, slot) for slot in self.outputs])

    def _output(self, run: Run, slot: int) -> Cell:
        rows = self._plan.operations[slot].rows
        cell = run.cells[slot]
        if not rows:
            return cell
        order = run.rows(self._tables[rows])
        if isinstance(cell, tuple):
            return tuple([order.restored(word) for word in cell])
        return order.restored(cell)

    def _step(self, slot: int) -> Callable[[Run], Cell]:
        operation = self._plan.operations[slot]
        kind = operation.kind
        if kind == "const":
            value = np.full(1, operation.params[0], widths.width_of(operation.type))
            return lambda run: value
        if kind in ("fact", "given"):
            return self._input(operation)
        if kind in ("column", "column_given"):
            return self._column(operation)
        if kind in FOLDS or kind in ORDERS:
            return self._walk(operation)
        return self._function(operation)

    def _input(self, operation: Operation) -> Callable[[Run], Cell]:
        of_given = operation.kind == "given"
        names = self._layout.given if of_given else self._layout.facts
        at = names.index(str(operation.params[0]))

        def fill(run: Run) -> Cell:
            column: Column = run.block.given[at] if of_given else run.block.facts[at]
            if len(column) > 1 and (column == column[0]).all():
                return column[:1]  # what all have in common is computed once: the date of a round, often
            return column

        return fill

    def _column(self, operation: Operation) -> Callable[[Run], Cell]:
        table = self._tables[operation.rows]
        name = str(operation.params[0]) + ("?" if operation.kind == "column_given" else "")
        at = self._layout.columns[operation.rows].index(name)
        return lambda run: run.rows(table).arranged(run.block.rows[table].columns[at])

    def _arguments(self, operation: Operation, rows: str) -> Callable[[Run], list[Cell]]:
        """The cells of the arguments; of the applicants' slots for each row, where the operation runs over rows."""
        if not rows:
            slots = operation.args
            return lambda run: [run.cells[slot] for slot in slots]
        table = self._tables[rows]
        wanted = [(slot, not self._plan.operations[slot].rows) for slot in operation.args]
        return lambda run: [run.at_rows(slot, table) if own else run.cells[slot] for slot, own in wanted]

    def _walk(self, operation: Operation) -> Callable[[Run], Cell]:
        kind, params = operation.kind, operation.params[1:]
        table = self._tables[operation.ranges_over]
        arguments = self._arguments(operation, operation.ranges_over)
        function = (FOLDS | ORDERS)[kind]
        extra: tuple[Any, ...] = ()
        if kind in VALUED:
            extra = (self._plan.operations[operation.args[VALUED[kind]]].type,)
        width = widths.width_of(operation.type)
        if kind == "total":
            extra += (width,)
        sets = operation.type.kind is Kind.MONTHS

        def fill(run: Run) -> Cell:
            found = function(run.rows(table), *arguments(run), *params, *extra)
            cell: Cell = found if sets else found.astype(width, copy=False)
            return cell

        return fill

    def _function(self, operation: Operation) -> Callable[[Run], Cell]:
        kind, params = operation.kind, operation.params
        function = FUNCTIONS[kind]
        arguments = self._arguments(operation, operation.rows)
        width = widths.width_of(operation.type)
        based, sets = kind in BASED, operation.type.kind is Kind.MONTHS
        working = None
        if kind in widths.ARITHMETIC and not sets:
            working = widths.working(self._plan, operation)
        extra = (width,) if kind in WIDE else ()

        def fill(run: Run) -> Cell:
            args = arguments(run)
            if working is not None:
                args = [_as(arg, working) for arg in args]
            first = (run.block.base,) if based else ()
            found = function(*first, *args, *params, *extra)
            cell: Cell = found if sets else found.astype(width, copy=False)
            return cell

        return fill


def _as(cell: Cell, width: widths.Width) -> Cell:
    """A column of numbers in another width; truths and month sets stay what they are."""
    if isinstance(cell, tuple) or cell.dtype == widths.TRUTH:
        return cell
    return cell.astype(width, copy=False)


def entries(cell: Column, count: int) -> NDArray[Any]:
    """A column with an entry for each of `count` applicants, also where all are the same."""
    return np.broadcast_to(cell, count) if len(cell) != count else cell
