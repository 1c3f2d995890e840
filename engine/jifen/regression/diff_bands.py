"""Bands compared by what they give, not by how they are cut: where on the axis do the points differ."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from jifen.document.tree import Mapping, Node, Plain, Scalar, Sequence, plain
from jifen.regression.diff_nodes import same

End = tuple[Fraction, bool]
"""An upper end, and whether it belongs to the band."""


class Stretch(NamedTuple):
    """A stretch of the axis and its points on both sides, which differ. An open end is None."""

    low: End | None
    high: End | None
    before: Node | None
    after: Node | None


def stretches(before: Node, after: Node) -> list[Stretch] | None:
    """The stretches on which two lists of bands give other points; None where an end is no number."""
    first, second = _ends(before), _ends(after)
    if first is None or second is None:
        return None
    cuts = sorted({end for end, _ in (*first, *second) if end is not None})
    found: list[Stretch] = []
    low: End | None = None
    for high in (*cuts, None):
        a, b = _at(first, high), _at(second, high)
        last = found[-1] if found else None
        if last is not None and last.high == low and same(last.before, a) and same(last.after, b):
            found[-1] = last._replace(high=high)
        elif not same(a, b, "points"):
            found.append(Stretch(low, high, a, b))
        low = high
    return found


def as_steps(stretch: Stretch) -> list[Plain]:
    """The stretch as bands of the policy language: one below it where it has a lower end, and itself."""
    steps: list[Plain] = []
    if stretch.low is not None:
        steps.append({_key(stretch.low): str(stretch.low[0]), "points": "0"})
    steps.append(
        {"points": "0"} if stretch.high is None else {_key(stretch.high): str(stretch.high[0]), "points": "0"}
    )
    return steps


def _key(end: End) -> str:
    return "to" if end[1] else "below"


def _at(bands: list[tuple[End | None, Node | None]], high: End | None) -> Node | None:
    """The points just below an end."""
    for end, points in bands:
        if end is None or (high is not None and high <= end):
            return points
    return None


def _ends(steps: Node) -> list[tuple[End | None, Node | None]] | None:
    found: list[tuple[End | None, Node | None]] = []
    for step in steps.items if isinstance(steps, Sequence) else ():
        if not isinstance(step, Mapping) or step.get("reading") is not None:
            return None
        node = next((step.get(key) for key in ("to", "below") if step.get(key) is not None), None)
        end: End | None = None
        if node is not None:
            number = _number(node)
            if number is None:
                return None
            end = (number, step.get("to") is not None)
        found.append(
            (
                end,
                step.get(
                    "points",
                )
                or step.get("value"),
            )
        )
    return found or None


def _number(node: Node) -> Fraction | None:
    value = plain(node) if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        return None
    try:
        return Fraction(value)
    except ValueError:
        return None
