"""Which machine integer holds a slot, and in which one an operation is carried out.

The recorder has proved a range for every slot, so this is decided once for a plan. What fits neither 32 nor 64 bits
is an array of Python integers, which are exact whatever their size; a plan has few such slots or none.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from jifen.plan.plan import Operation, Plan
from jifen.plan.types import Kind, Type

Width = np.dtype[Any]

TRUTH: Width = np.dtype(np.bool_)
PYTHON: Width = np.dtype(object)

_NARROW: tuple[Width, ...] = (np.dtype(np.int8), np.dtype(np.int16))
_WIDE: tuple[Width, ...] = (np.dtype(np.int32), np.dtype(np.int64))

ARITHMETIC = frozenset({"add", "sub", "mul", "scale", "floordiv", "round", "min", "max", "choose", "yearly"})
"""Operations whose numbers must all have the width that `working` says."""


def fitting(low: int, high: int, widths: tuple[Width, ...] = _WIDE) -> Width:
    """The narrowest of some widths that holds every integer from `low` to `high`; else Python's integers."""
    for width in widths:
        ends = np.iinfo(width)
        if ends.min <= low and high <= ends.max:
            return width
    return PYTHON


def width_of(type_: Type) -> Width:
    """The dtype of a column: truths are bool, options int8 or wider, all other integers int32, int64 or Python's."""
    if type_.kind is Kind.TRUTH:
        return TRUTH
    if type_.kind in (Kind.CHOICE, Kind.CHOICES):
        return fitting(type_.low, type_.high, _NARROW + _WIDE)
    return fitting(type_.low, type_.high)


def working(plan: Plan, operation: Operation) -> Width:
    """The width in which an operation of ARITHMETIC is carried out: for arguments, result and between."""
    if operation.type.kind in (Kind.CHOICE, Kind.CHOICES):
        return width_of(operation.type)
    ends = [operation.type.low, operation.type.high]
    for arg in operation.args:
        type_ = plan.operations[arg].type
        if type_.kind is not Kind.MONTHS:
            ends += (type_.low, type_.high)
    if operation.kind == "scale":
        ends.append(operation.whole(0))
    if operation.kind == "round":
        den = operation.whole(0)
        ends += (2 * min(ends) - 2 * den, 2 * max(ends) + 2 * den)
    if operation.kind == "yearly":
        ends += (12 * operation.whole(0), operation.whole(1))
    return fitting(min(ends), max(ends))
