"""How much one missing input can change what a slot holds, everything else being equal: an upper bound."""

from __future__ import annotations

from collections.abc import Mapping

from jifen.backends.bounds import Bounder, Run
from jifen.backends.bounds_values import Value, without
from jifen.plan.plan import Operation


def most_moved(bounder: Bounder, run: Run, number: int) -> dict[int, int]:
    """For each slot of the applicant that holds a number, the most that a missing input can change it.

    In one pass over the plan: a sum moves by what its terms move, a minimum by what one of them does, and anything
    else by no more than the width of what it can be.
    """
    moved: dict[int, int] = {}
    bit = 1 << number
    for slot in bounder.needed:
        cell = run.cells[slot]
        if isinstance(cell, Value):
            operation = bounder.operations[slot]
            moved[slot] = _moved(operation, cell, bit, run, moved)
    return moved


def _moved(operation: Operation, value: Value, bit: int, run: Run, moved: Mapping[int, int]) -> int:
    if not value.deps & bit:
        return 0
    widest = _width(operation, value, bit)
    kind, args = operation.kind, operation.args
    if kind in ("add", "sub"):
        return min(widest, moved[args[0]] + moved[args[1]])
    if kind == "scale":
        return min(widest, moved[args[0]] * abs(int(operation.params[0])))  # type: ignore[arg-type]
    if kind in ("min", "max"):
        return min(widest, max(moved[args[0]], moved[args[1]]))
    if kind == "choose" and not run.value(args[0]).deps & bit:
        return min(widest, max(moved[args[1]], moved[args[2]]))
    return widest


def _width(operation: Operation, value: Value, bit: int) -> int:
    """The widest pair once the cases that come from the input are joined, the other cases held apart."""
    for root in value.roots:
        if root.deps & bit and root in value.roots:
            value = without(value, root, operation.type.kind)
    return max(high - low for low, high in value.cells)
