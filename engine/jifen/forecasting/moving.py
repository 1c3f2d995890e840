"""Rounds with dates of their own, written so that they can be moved on by whole years."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jifen.api import Policy
from jifen.document.tree import Entry, Mapping, Node, Scalar

_Change = Callable[[Node], Node]


def movable(policy: Policy) -> Policy:
    """The policy with the fixed days of its rounds told from the application: 30 September of its year.

    The policy itself where its rounds have none.
    """
    anchors = [anchor for item in policy.rules.rounds.values() for anchor in item.anchors.values()]
    if all(anchor.fixed is None and anchor.year is None for anchor in anchors):
        return policy
    return policy.with_document(_changed)


def _changed(document: Mapping) -> Mapping:
    return _with(document, "rounds", lambda rounds: _each(rounds, _round))


def _round(item: Node) -> Node:
    apply = item.get("apply") if isinstance(item, Mapping) else None
    begins = apply.get("from") if isinstance(apply, Mapping) else None
    if not isinstance(item, Mapping) or not isinstance(begins, Scalar) or len(begins.raw) != 10:
        return item
    year = int(begins.raw[:4])
    item = _with(item, "cutoff", lambda node: _anchor(node, year))
    return _with(item, "anchors", lambda nodes: _each(nodes, lambda node: _anchor(node, year)))


def _anchor(node: Node, year: int) -> Node:
    """A fixed day as one of so many years before or after the application's."""
    if not isinstance(node, Mapping):
        return node
    fixed, own_year = node.get("date"), node.get("year")
    numbers: dict[str, int] = {}
    if isinstance(fixed, Scalar):
        day = date.fromisoformat(fixed.raw)
        numbers = {"years": day.year - year, "month": day.month, "day": day.day}
    elif isinstance(own_year, Scalar):
        numbers = {"years": int(own_year.raw) - year}
    kept = tuple(entry for entry in node.entries if entry.key not in ("date", "year", *numbers))
    added = tuple(
        Entry(key, node.place, Scalar(number, node.place, str(number), False))
        for key, number in numbers.items()
    )
    return Mapping((*kept, *added), node.place) if numbers else node


def _each(node: Node, change: _Change) -> Node:
    if not isinstance(node, Mapping):
        return node
    entries = (Entry(entry.key, entry.key_place, change(entry.value)) for entry in node.entries)
    return Mapping(tuple(entries), node.place)


def _with(node: Mapping, key: str, change: _Change) -> Mapping:
    entries = (
        Entry(entry.key, entry.key_place, change(entry.value)) if entry.key == key else entry
        for entry in node.entries
    )
    return Mapping(tuple(entries), node.place)
