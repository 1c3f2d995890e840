"""The layout of an applicant's data for a policy, the same under every reading."""

from __future__ import annotations

import re

from jifen.backends.inputs import Layout
from jifen.document.tree import Mapping, Node
from jifen.policy.checks import scalars
from jifen.policy.model import Rules
from jifen.policy.rows import SPLIT, STARTED

_WORD = re.compile(r"[a-z][a-z0-9_]*")


def layout_of(document: Mapping, rules: Rules) -> Layout:
    """All facts and all columns; the spells of a timeline in each form that some reading asks for."""
    splitting = _split_timelines(document, rules)
    columns: dict[str, tuple[str, ...]] = {}
    for timeline in rules.timelines.values():
        person, _, own = timeline.name.rpartition(".")
        names = ["from", "to"]
        for name, item in timeline.attributes.items():
            names.append(name)
            if not item.required and item.default is None:
                names.append(f"{name}?")
        body = _at(document, "people", person, "timelines", own) or _at(document, "timelines", own)
        months = _at(body, "months")
        forms = [STARTED if timeline.started else ""]
        if isinstance(months, Mapping):
            forms = ["", STARTED]
        if own in splitting:
            forms += [form + SPLIT for form in forms]
        columns |= {timeline.name + form: tuple(names) for form in forms}
    for records in rules.records.values():
        names = ["date"]
        for name, item in records.attributes.items():
            names.append(name)
            if not item.required and item.default is None:
                names.append(f"{name}?")
        columns[records.name] = tuple(names)
    given = tuple(name for name, item in rules.facts.items() if not item.required and item.default is None)
    return Layout(("date", *rules.facts), given, columns)


def _at(node: Node | None, *path: str) -> Node | None:
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _split_timelines(document: Mapping, rules: Rules) -> set[str]:
    """Timelines of which a condition or a monthly value reads a series, so that spells are cut where it changes."""
    series = set(rules.series)
    sets = document.get("months")
    bodies = {entry.key: entry.value for entry in sets.entries} if isinstance(sets, Mapping) else {}
    todo = [name for name, body in bodies.items() if _words(_at(body, "keep")) & series]
    monthly = document.get("monthly")
    for _, _, body in monthly.entries if isinstance(monthly, Mapping) else ():
        if _words(_at(body, "value")) & series:
            todo += _words(_at(body, "over"))
    found: set[str] = set()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += _words(_at(bodies.get(name), "is")) | _words(_at(bodies.get(name), "of"))
    return found


def _words(node: Node | None) -> set[str]:
    return {word for scalar in scalars(node) for word in _WORD.findall(scalar.raw)} if node else set()
