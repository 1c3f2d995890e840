"""The lines of the table whose points differ between two scorecards."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from jifen.forecasting.features import leaves
from jifen.forecasting.result import PartChange


def part_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[PartChange, ...]:
    """The lines of the table that are no groups and whose points differ between two scorecards."""
    old, new = leaves(before), leaves(after)
    found = []
    for path in dict.fromkeys((*new, *old)):
        was, is_now = old.get(path), new.get(path)
        points = [Fraction(node["points"]) if node else Fraction(0) for node in (was, is_now)]
        if points[0] != points[1]:
            months = _months(is_now) - _months(was)
            label = (is_now or was or {})["label"]
            found.append(PartChange(path, label, points[0], points[1], months))
    return tuple(found)


def _months(node: Mapping[str, Any] | None) -> int:
    """The months of the ledger that has most."""
    return max((int(one["count"]) for one in (node or {}).get("ledgers", ())), default=0)
