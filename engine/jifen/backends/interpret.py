"""The reference: a plan evaluated operation by operation. Slow, and easy to believe."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jifen.backends.inputs import Data, Layout
from jifen.backends.semantics import BASED, FOLDS, FUNCTIONS, ORDERS
from jifen.plan.plan import Operation, Plan

Cell = int | list[int]
Program = Callable[[Data], tuple[Cell, ...]]


def interpreter(plan: Plan, outputs: Sequence[int], layout: Layout) -> Program:
    """A function from an applicant's data to the outputs; an output of rows is a list."""
    needed = plan.needed(outputs)

    def run(data: Data) -> tuple[Cell, ...]:
        cells: dict[int, Cell] = {}
        fill(cells, plan.operations, needed, layout, data)
        return tuple(cells[output] for output in outputs)

    return run


def fill(
    cells: dict[int, Cell], operations: Sequence[Operation], slots: Sequence[int], layout: Layout, data: Data
) -> None:
    """Add the cells of some slots, in their order, to the cells of every slot that they read."""
    tables = {rows: position for position, rows in enumerate(layout.columns)}
    for slot in slots:
        operation = operations[slot]
        kind, params = operation.kind, operation.params
        if kind == "const":
            cells[slot] = params[0]  # type: ignore[assignment]
        elif kind == "fact":
            cells[slot] = data.facts[layout.facts.index(str(params[0]))]
        elif kind == "given":
            cells[slot] = data.given[layout.given.index(str(params[0]))]
        elif kind in ("column", "column_given"):
            name = str(params[0]) + ("?" if kind == "column_given" else "")
            position = layout.columns[operation.rows].index(name)
            cells[slot] = [row[position] for row in data.rows[tables[operation.rows]]]
        else:
            over = operation.ranges_over
            count = len(data.rows[tables[over]]) if over else 0
            cells[slot] = _apply(operation, [cells[arg] for arg in operation.args], count, data.base)


def _apply(operation: Operation, args: list[Cell], count: int, base: int) -> Cell:
    kind, params = operation.kind, operation.params
    if kind in FOLDS:
        return FOLDS[kind](*(_column(arg, count) for arg in args), *params[1:])
    if kind in ORDERS:
        return ORDERS[kind](*(_column(arg, count) for arg in args), *params[1:])
    function = FUNCTIONS[kind]
    first = (base,) if kind in BASED else ()
    if not operation.rows:
        return function(*first, *args, *params)
    columns = [_column(arg, count) for arg in args]
    return [function(*first, *(column[row] for column in columns), *params) for row in range(count)]


def _column(arg: Cell, count: int) -> list[int]:
    return arg if isinstance(arg, list) else [arg] * count
