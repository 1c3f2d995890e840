"""What a truth of a plan asks about one choice, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jifen.plan.plan import Operation
from jifen.plan.types import Kind, Type


class Asked(NamedTuple):
    """The choice at a slot has one of the options whose bits are set."""

    slot: int
    options: int


def every_option(type_: Type) -> int:
    """The bits of all options of a choice."""
    return (2 << type_.high) - 1


def asked(operations: Sequence[Operation], slot: int) -> Asked | None:
    """What the truth at a slot asks; None where it is not about one choice alone."""
    operation = operations[slot]
    kind, args = operation.kind, operation.args
    if kind == "not":
        found = asked(operations, args[0])
        return found and Asked(found.slot, every_option(operations[found.slot].type) & ~found.options)
    if kind == "one_of":
        return Asked(args[0], operation.whole(0))
    if kind == "eq" and operations[args[0]].type.kind is Kind.CHOICE:
        for choice, option in (args, args[::-1]):
            if operations[option].kind == "const":
                return Asked(choice, 1 << operations[option].whole(0))
    return None
