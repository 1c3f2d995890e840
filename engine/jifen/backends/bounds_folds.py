"""What folds or orders the rows of a list, over values: the fold is done in every combination of their cases."""

from __future__ import annotations

from collections.abc import Sequence

from jifen.backends import bounds_rows
from jifen.backends.bounds_rows import Times
from jifen.backends.bounds_values import (
    Pair,
    Value,
    all_roots,
    combinations,
    combined,
    fitting,
    hull,
    places,
    settled,
    without_local,
)
from jifen.backends.semantics import FOLDS, ORDERS
from jifen.plan.plan import Operation
from jifen.plan.types import Kind, Type

CLAMPED = (Kind.NUMBER, Kind.DATE, Kind.MONTH)
"""The kinds whose pairs are kept within the range of their type."""


def folded(
    operation: Operation, times: Sequence[Times], columns: Sequence[tuple[Value, ...]], types: Sequence[Type]
) -> Value:
    """A fold over the rows of a timeline or record list, in every combination of the cases of their values."""
    kinds = [type_.kind for type_ in types]
    rows = [_same_for_all(row, kinds) for row in zip(*columns, strict=True)]
    exact, meaning, params = FOLDS[operation.kind], bounds_rows.FOLDS[operation.kind], operation.params[1:]
    type_ = operation.type

    def fold(*pairs: Pair) -> Pair:
        parts = [pairs[at :: len(kinds)] for at in range(len(kinds))]
        if bounds_rows.known(times, *parts):
            found = int(exact(*[[low for low, _ in part] for part in parts], *params))
            return found, found
        low, high = meaning(times, *parts, *params)
        if type_.kind in CLAMPED:
            low, high = (min(max(end, type_.low), type_.high) for end in (low, high))
        return low, high

    found = combined(fold, [value for row in rows for value in row], kinds * len(rows)) if rows else None
    if found is None:
        cell = fold()
        return Value((), (cell,), 0)
    unsure = 0
    for one, row in zip(times, rows, strict=True):
        if row[0].cells != ((0, 0),):
            unsure |= one.deps
    return settled(found.roots, found.cells, found.blur | unsure)


def _same_for_all(row: Sequence[Value], kinds: Sequence[Kind]) -> list[Value]:
    """The values of a row without its local roots; the first is the condition, and where it fails nothing counts."""
    roots = all_roots(row)
    if not any(root.local for root in roots):
        return list(row)
    values = fitting(row, kinds)
    roots = all_roots(values)
    kept = tuple(root for root in roots if not root.local)
    tables = [[value.cells[place] for place in places(value.roots, roots)] for value in values]
    groups: dict[int, list[int]] = {}
    for at, group in enumerate(places(kept, roots)):  # for each combination of all roots, that of those kept
        groups.setdefault(group, []).append(at)
    blur = 0
    for value in values:
        blur |= value.blur
    for root in roots:
        blur |= root.deps if root.local else 0
    found = []
    for column, kind in zip(tables, kinds, strict=True):
        cells = []
        for group in range(combinations(kept)):
            counting = [at for at in groups[group] if tables[0][at][1]] or groups[group]
            among = groups[group] if column is tables[0] else counting
            cells.append(hull(kind, [column[at] for at in among]))
        found.append(settled(kept, tuple(cells), blur))
    return found


def ordered(
    operation: Operation, times: Sequence[Times], columns: Sequence[tuple[Value, ...]], types: Sequence[Type]
) -> tuple[Value, ...]:
    """`ordinal` or `leader`: for each row its own value, which depends on all rows."""
    if not times:
        return ()
    kinds = [type_.kind for type_ in types]
    rows = [
        [without_local(v, k) for v, k in zip(row, kinds, strict=True)] for row in zip(*columns, strict=True)
    ]
    flat = fitting([value for row in rows for value in row], kinds * len(rows))
    roots = all_roots(flat)
    tables = [[value.cells[place] for place in places(value.roots, roots)] for value in flat]
    blur = 0
    for value in flat:
        blur |= value.blur
    for one in times:
        blur |= one.deps
    found: list[list[Pair]] = [[] for _ in times]
    params = operation.params[1:]
    for pairs in zip(*tables, strict=True):
        parts = [pairs[at :: len(kinds)] for at in range(len(kinds))]
        if bounds_rows.known(times, *parts):
            integers = ORDERS[operation.kind](*[[low for low, _ in part] for part in parts], *params)
            cells = [(int(one), int(one)) for one in integers]
        elif operation.kind == "ordinal":
            cells = bounds_rows.ordinal(times, *parts)
        else:
            cells = bounds_rows.leader(times, parts[0], parts[1], parts[2], bool(params[0]), kinds[1])
        for row_cells, cell in zip(found, cells, strict=True):
            row_cells.append(cell)
    return tuple([settled(roots, tuple(cells), blur) for cells in found])
