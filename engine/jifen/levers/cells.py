"""Cuts a plan into cells, each of which few levers touch.

A total is mostly a sum of parts, and of twelve levers one part feels two or three. What a part is worth need be
computed once for each set of those, not once for each of the 4096 sets of all; the rest of the plan, a few sums and
comparisons over the cells, is a small plan of its own. Nothing is assumed of the rules: where a cut goes follows from
what each operation reads, and the cells with what is left of the plan compute the very numbers of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import Program
from jifen.plan.plan import Operation, Plan
from jifen.plan.types import Kind
from jifen.policy.rows import timeline_of

FEW: Final = 3
"""A part that not more levers than this touch is not cut further."""


class Group(NamedTuple):
    """The cells that the same levers touch (`mask`, a bit for each), as one program.

    `steady` computes what in them no lever touches, the date of the application and all that follows from it
    among that; `program` takes its values as further facts. So `program` gives the same again wherever `steady` does.
    """

    mask: int
    steady: Program
    program: Program


class Cells(NamedTuple):
    """A plan in cells: `rest` takes the values of all groups, one after the other, as its facts."""

    groups: tuple[Group, ...]
    rest: Program

    def of(self, values: Sequence[Sequence[object]]) -> tuple[object, ...]:
        """The outputs, from what each group gave."""
        facts = tuple([value for group in values for value in group])
        return self.rest(Data(0, facts, (), ()))  # type: ignore[arg-type]


def cells_of(plan: Plan, outputs: Sequence[int], layout: Layout, touched: Mapping[str, int]) -> Cells:
    """The cells of some outputs, numbers or truths of the applicant.

    `touched` has, for facts (`facts.name`), timelines and record lists (`name`), the levers that change them.
    """
    masks = masks_of(plan, outputs, touched)
    cut = _Cut(plan, masks)
    for slot in outputs:
        cut.open(slot)
    by_mask: dict[int, list[int]] = {}
    for slot in cut.cells:
        by_mask.setdefault(masks[slot], []).append(slot)
    groups = tuple(_group(plan, layout, masks, mask, slots) for mask, slots in by_mask.items())
    order = [slot for slots in by_mask.values() for slot in slots]
    return Cells(groups, _rest(plan, outputs, cut.opened, order))


def _group(plan: Plan, layout: Layout, masks: Mapping[int, int], mask: int, slots: Sequence[int]) -> Group:
    steady: dict[int, str] = {}
    todo, seen = list(slots), set(slots)
    while todo:
        slot = todo.pop()
        operation = plan.operations[slot]
        # Months are bits counted from the first month of one person's data, and rows are that person's.
        alike = not masks[slot] and not operation.rows and operation.type.kind is not Kind.MONTHS
        if alike and operation.kind != "const":
            steady[slot] = f"steady_{len(steady)}"
            continue
        new = [arg for arg in operation.args if arg not in seen]
        seen.update(new)
        todo += new
    operations = list(plan.operations)
    for slot, name in steady.items():
        operations[slot] = Operation("fact", (), (name,), operations[slot].type, "")
    wide = Layout((*layout.facts, *steady.values()), layout.given, layout.columns)
    return Group(
        mask, generate(plan, list(steady), layout), generate(Plan(tuple(operations)), list(slots), wide)
    )


def masks_of(plan: Plan, outputs: Sequence[int], touched: Mapping[str, int]) -> dict[int, int]:
    """The levers that each operation depends on."""
    masks: dict[int, int] = {}
    for slot in plan.needed(outputs):
        operation = plan.operations[slot]
        mask = 0
        if operation.kind in ("fact", "given"):
            mask = touched.get(f"facts.{operation.params[0]}", 0)
        elif operation.ranges_over:
            mask = touched.get(timeline_of(operation.ranges_over), 0)
        for arg in operation.args:
            mask |= masks[arg]
        masks[slot] = mask
    return masks


class _Cut:
    """Where a plan is cut: operations that are opened, and cells."""

    def __init__(self, plan: Plan, masks: Mapping[int, int]) -> None:
        self.plan = plan
        self.masks = masks
        self.opened: set[int] = set()
        self.cells: dict[int, None] = {}

    def open(self, slot: int) -> None:
        """Open an operation as far as it is worth it; what is not opened becomes a cell."""
        todo = [slot]
        while todo:
            slot = todo.pop()
            if slot in self.opened or slot in self.cells:
                continue
            operation = self.plan.operations[slot]
            if operation.kind == "const":
                self.opened.add(slot)
            elif self._worth_opening(slot, operation):
                self.opened.add(slot)
                todo += operation.args
            else:
                self.cells[slot] = None

    def _worth_opening(self, slot: int, operation: Operation) -> bool:
        # A set of months is bits counted from the first month of one person's data, so it stays inside a cell.
        args = [self.plan.operations[arg] for arg in operation.args]
        whole = operation.ranges_over or any(arg.rows or arg.type.kind is Kind.MONTHS for arg in args)
        return bool(args) and not whole and self.masks[slot].bit_count() > FEW


def _rest(plan: Plan, outputs: Sequence[int], opened: set[int], cells: Sequence[int]) -> Program:
    names = {slot: f"cell_{position}" for position, slot in enumerate(cells)}
    operations: list[Operation] = []
    at: dict[int, int] = {}
    for slot in sorted([*opened, *cells]):
        operation = plan.operations[slot]
        at[slot] = len(operations)
        if slot in names:
            operations.append(Operation("fact", (), (names[slot],), operation.type, ""))
        else:
            args = tuple([at[arg] for arg in operation.args])
            operations.append(Operation(operation.kind, args, operation.params, operation.type, ""))
    layout = Layout(tuple(names.values()), (), {})
    return generate(Plan(tuple(operations)), [at[slot] for slot in outputs], layout)
