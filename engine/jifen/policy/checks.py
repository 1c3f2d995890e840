"""Checks on a whole document: every point cited, no name twice, nothing unused."""

from __future__ import annotations

from collections.abc import Iterable

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.policy import messages
from jifen.policy.model import Input, RecordList, Rules, Timeline

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

    def twice(name: str, place: Place, other: tuple[str, str]) -> None:
        diagnostics.add(messages.NAME_TWICE, place, name=name, other=other[0], other_zh=other[1])

    for section, words in SECTIONS.items():
        for name, place, _ in _entries(document, section):
            if name in seen:
                twice(name, place, seen[name])
            seen.setdefault(name, words)
    people = [body for _, _, body in _entries(document, "people")]
    for person in people:
        shares = person.get("shares") if isinstance(person, Mapping) else None
        shared = (
            [item.raw for item in shares.items if isinstance(item, Scalar)]
            if isinstance(shares, Sequence)
            else []
        )
        for section in ("facts", "records", "timelines"):
            for name, place, _ in _entries(person, section):
                if name in shared:
                    twice(name, place, ("an input that is shared", "共有的输入项"))
                elif section in SECTIONS and seen.setdefault(name, SECTIONS[section]) != SECTIONS[section]:
                    twice(name, place, seen[name])
    for owner in (document, *people):
        for section in ("timelines", "records"):
            for _, _, body in _entries(owner, section):
                for name, place, _ in _entries(body, "attributes"):
                    if name in seen or name in ("from", "to"):
                        twice(name, place, seen.get(name, ("the spell's own months", "时段的起止月")))


def _entries(node: Node, key: str) -> tuple[Entry, ...]:
    """The entries of the mapping under a key."""
    body = node.get(key) if isinstance(node, Mapping) else None
    return body.entries if isinstance(body, Mapping) else ()


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
    inputs: list[Input | Timeline | RecordList] = [
        *rules.facts.values(), *rules.timelines.values(), *rules.records.values()
    ]  # fmt: skip
    places: dict[str, Place] = {}
    for item in inputs:
        places[item.name] = item.place
        if not isinstance(item, Input):
            places |= {f"{item.name}.{name}": part.place for name, part in item.attributes.items()}
    for person in rules.people.values():
        for name in [name for name in places if name.partition(".")[0] == person.name]:
            if name.split(".")[1] in person.shares:
                del places[name]
    for part in (rules.anchors, rules.values, rules.months, rules.record_sets, rules.series):
        places |= {name: defined.place for name, defined in part.items()}
    for name, place in places.items():
        if name in used:
            continue
        if not any(f"{person}.{name}" in used for person in rules.people):
            diagnostics.add(messages.UNUSED, place, name=name)
        elif "." not in name:
            diagnostics.add(messages.UNUSED_OWN, place, name=name)
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
