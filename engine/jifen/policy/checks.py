"""Checks on a whole document: every point cited, no name twice, nothing unused."""

from __future__ import annotations

from collections.abc import Iterable

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.policy import messages
from jifen.policy.model import RecordList, Rules, Timeline

SECTIONS = {
    "facts": ("a fact", "事实"),
    "anchors": ("an anchor", "基准日"),
    "values": ("a value", "数值"),
    "months": ("a month set", "月份集合"),
    "records": ("a record list", "记录"),
    "record_sets": ("a record set", "记录集合"),
    "series": ("a series", "参考数值序列"),
    "monthly": ("a monthly value", "逐月数值"),
    "people": ("a person", "其他人"),
}

RESERVED = ("application", "true", "false", "value", "date")


def check_citations(document: Mapping, diagnostics: Diagnostics) -> None:
    """Every point value, line and reference value needs a citation on itself or on a line above."""
    for section in ("indicators", "outcome", "series"):
        node = document.get(section)
        if node is not None:
            _cited(node, False, diagnostics)


POINTS = ("points", "formula", "line", "value")


def _cited(node: Node, cited: bool, diagnostics: Diagnostics) -> None:
    if isinstance(node, Sequence):
        for item in node.items:
            _cited(item, cited, diagnostics)
        return
    if not isinstance(node, Mapping):
        return
    cited = cited or node.get("cite") is not None
    for key, key_place, value in node.entries:
        rows = isinstance(value, Sequence) and all(isinstance(row, Mapping) for row in value.items)
        if key in POINTS and not cited and not rows:
            diagnostics.add(messages.NO_CITATION, key_place)
        elif key not in ("label", "note", "cite"):
            _cited(value, cited, diagnostics)


def check_names(document: Mapping, diagnostics: Diagnostics) -> None:
    """A name means one thing wherever an expression can read it."""
    seen: dict[str, tuple[str, str]] = dict.fromkeys(RESERVED, ("the language itself", "语言本身"))
    for section, words in SECTIONS.items():
        node = document.get(section)
        for name, place, _ in node.entries if isinstance(node, Mapping) else ():
            if name in seen:
                other, other_zh = seen[name]
                diagnostics.add(messages.NAME_TWICE, place, name=name, other=other, other_zh=other_zh)
            seen.setdefault(name, words)
    for section in ("timelines", "records"):
        node = document.get(section)
        for _, _, body in node.entries if isinstance(node, Mapping) else ():
            attributes = body.get("attributes") if isinstance(body, Mapping) else None
            for name, place, _ in attributes.entries if isinstance(attributes, Mapping) else ():
                if name in seen or name in ("from", "to"):
                    other, other_zh = seen.get(name, ("the spell's own months", "时段的起止月"))
                    diagnostics.add(messages.NAME_TWICE, place, name=name, other=other, other_zh=other_zh)


def check_rounds(rules: Rules, diagnostics: Diagnostics) -> None:
    """No two rounds are open on the same day."""
    rounds = list(rules.rounds.values())
    for position, later in enumerate(rounds):
        for earlier in rounds[:position]:
            if (
                (earlier.last > 1231) is (later.last > 1231)
                and earlier.first <= later.last
                and later.first <= earlier.last
            ):
                diagnostics.add(messages.OVERLAPPING_ROUNDS, later.place, one=earlier.name, other=later.name)


def check_unused(
    rules: Rules, used: Iterable[str], readings: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Warn of every input, definition and reading that no variant of the policy reads."""
    used = set(used)
    places: dict[str, Place] = {}
    for fact in rules.facts.values():
        places[fact.name] = fact.place
    for part in (rules.anchors, rules.values, rules.months, rules.record_sets, rules.series):
        places |= {name: defined.place for name, defined in part.items()}
    owners: list[Timeline | RecordList] = [*rules.timelines.values(), *rules.records.values()]
    for owner in owners:
        places[owner.name] = owner.place
        places |= {f"{owner.name}.{name}": item.place for name, item in owner.attributes.items()}
    for name in [name for name in places if "." in name and name.partition(".")[0] in rules.people]:
        del places[name]
    for name, place in places.items():
        if name not in used:
            diagnostics.add(messages.UNUSED, place, name=name)
    for name, reading in rules.readings.items():
        if name not in readings:
            diagnostics.add(messages.UNUSED, reading.place, name=name)


def scalars(node: Node) -> Iterable[Scalar]:
    """Every scalar of a tree."""
    if isinstance(node, Scalar):
        yield node
    else:
        for child in node.items if isinstance(node, Sequence) else (entry.value for entry in node.entries):
            yield from scalars(child)
