"""What every way to run a plan must share: the values, and the ranges that the plan declares."""

from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import Cell, interpreter
from jifen.plan.plan import Plan
from jifen.plan.types import Kind, Type

from .direct import Direct, value_of


def check_all_slots(direct: Direct, plan: Plan, layout: Layout, data: Data) -> None:
    """Each slot of the plan lies in its range, and holds the value that `direct` has computed for it."""
    run = interpreter(plan, range(len(plan.operations)), layout)
    for slot, cell in enumerate(run(data)):
        operation = plan.operations[slot]
        values = cell if isinstance(cell, list) else [cell]
        for value in values:
            assert inside(operation.type, value, data.base), f"{operation} holds {value}"
        if slot in direct.values:
            found = meant(operation.type, cell, data.base)
            assert found == direct.values[slot], f"{operation}: {found} is not {direct.values[slot]}"


def meant(type_: Type, cell: Cell, base: int) -> object:
    """What a cell of a backend stands for; of each row, a list."""
    if isinstance(cell, list):
        return [value_of(type_, value, base) for value in cell]
    return value_of(type_, cell, base)


def inside(type_: Type, value: int, base: int) -> bool:
    """Whether an integer lies in the range that its type declares: of a month set, all of its months."""
    if type_.kind is Kind.MONTHS:
        return value == 0 or (
            type_.low <= base + (value & -value).bit_length() - 1
            and base + value.bit_length() - 1 <= type_.high
        )
    return type_.low <= value <= type_.high
