"""Warnings of every input, definition and reading that no rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node
from jifen.policy import messages

_KINDS: Final = {
    "facts": ("the fact", "事实"),
    "timelines": ("the timeline", "时间线"),
    "records": ("the record list", "记录"),
    "people": ("the person", "其他人"),
    "anchors": ("the anchor", "时点"),
    "series": ("the series", "参考数值"),
    "months": ("the month set", "月份集"),
    "record_sets": ("the record set", "记录集"),
    "values": ("the value", "数值"),
    "monthly": ("the monthly value", "逐月数值"),
}
_ATTRIBUTE: Final = ("the attribute", "属性")
_READING: Final = ("the reading", "读法")
_INPUTS: Final = ("facts", "timelines", "records")


class _Defined(NamedTuple):
    """A name that rules can read, the name it stands under ("" for none), what it is, and where."""

    name: str
    owner: str
    kind: tuple[str, str]
    place: Place


def check_unused(
    document: Mapping, used: Iterable[str], readings: Iterable[str], diagnostics: Diagnostics
) -> None:
    """Warn of what no variant of the policy reads; of an attribute only where its list is read."""
    known = {*used, *(name.partition(".")[0] for name in used)}
    people = [key for key, _, _ in _entries(document, "people")]
    for name, owner, kind, place in _defined(document):
        if name in known or (owner and owner not in known):
            continue
        if not any(f"{person}.{name}" in known for person in people):
            diagnostics.add(messages.UNUSED, place, name=name, what=kind[0], what_zh=kind[1])
        elif "." not in name:
            diagnostics.add(messages.UNUSED_OWN, place, name=name)
    taken = set(readings)
    for name, place, _ in _entries(document, "readings"):
        if name not in taken:
            diagnostics.add(messages.UNUSED, place, name=name, what=_READING[0], what_zh=_READING[1])


def _defined(document: Mapping) -> Iterator[_Defined]:
    for section in _KINDS:
        yield from _section(document, section, "")
    for person, _, body in _entries(document, "people"):
        for section in _INPUTS:
            yield from _section(body, section, person)


def _section(owner: Node, section: str, person: str) -> Iterator[_Defined]:
    """The names of a section; of a person's own, under the person's name."""
    for key, place, body in _entries(owner, section):
        name = f"{person}.{key}" if person else key
        yield _Defined(name, person, _KINDS[section], place)
        for attribute, where, _ in _entries(body, "attributes") if section in _INPUTS else ():
            yield _Defined(f"{name}.{attribute}", name, _ATTRIBUTE, where)


def _entries(node: Node, key: str) -> tuple[tuple[str, Place, Node], ...]:
    body = node.get(key) if isinstance(node, Mapping) else None
    return body.entries if isinstance(body, Mapping) else ()
