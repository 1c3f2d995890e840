"""Ranges and certain truths out of a run."""

from __future__ import annotations

from fractions import Fraction

from jifen.backends.bounds import Run
from jifen.backends.bounds_values import whole
from jifen.bounds.result import Range
from jifen.plan.slots import Ref


def points(run: Run, ref: Ref) -> Range:
    """The range of a number."""
    low, high = whole(run.value(ref.slot), ref.type.kind)
    return Range(Fraction(low, ref.type.den), Fraction(high, ref.type.den))


def truth(run: Run, ref: Ref) -> bool | None:
    """A truth that is certain, else None."""
    low, high = whole(run.value(ref.slot), ref.type.kind)
    return bool(low) if low == high else None
