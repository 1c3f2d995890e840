"""Levers: what a person can change, and how the data of an applicant changes with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Plain, Sequence, plain
from jifen.language.expression import Expression
from jifen.policy.parts import MOST_TIME, Parts
from jifen.policy.terms import Cite, Text, Word

Kind = Literal["set", "begin", "resume", "replace", "end", "add"]

TIMELINES: Final = ("begin", "resume", "replace", "end")
"""The kinds of change whose target is a timeline; that of `set` is a fact, that of `add` a record list."""

ROWS: Final[tuple[Kind, ...]] = ("begin", "resume", "replace", "add")

DONE: Final = "done"
"""As the value of a date: the day on which the lever is done."""


class NewValue(NamedTuple):
    """A value that a lever gives, and where it stands."""

    name: str
    value: Plain
    place: Place
    name_place: Place


class Change(NamedTuple):
    """One change: of a fact (`values` has it alone), of the spells of a timeline, or a record more."""

    kind: Kind
    target: str
    values: tuple[NewValue, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Lever:
    """Something a person can do. `takes`, `gap`, `every` and `waits` are months; `every` is 0 for once.

    `waits` is how many months later than it could it may be begun, where it need not be begun as soon as it can.
    """

    name: str
    label: Text
    note: Text
    takes: int
    when: Expression | None
    excludes: tuple[Word, ...]
    changes: tuple[Change, ...]
    gap: int
    every: int
    waits: int
    cite: tuple[Cite, ...]
    place: Place

    @property
    def targets(self) -> frozenset[str]:
        """The inputs that it changes."""
        return frozenset(change.target for change in self.changes)


def read_levers(node: Node | None, parts: Parts) -> dict[str, Lever]:
    """The section `levers` of a document whose shape has been checked."""
    if not isinstance(node, Mapping):
        return {}
    return {key: _lever(key, body, parts) for key, _, body in node.entries if isinstance(body, Mapping)}


def _lever(name: str, body: Mapping, parts: Parts) -> Lever:
    excludes = body.get("excludes")
    words = [parts.mention(item) for item in excludes.items] if isinstance(excludes, Sequence) else []
    return Lever(
        name,
        parts.text(body.get("label"), name),
        parts.text(body.get("note")),
        _months("takes", body, parts, 0),
        parts.expression(body.get("when")),
        tuple(word for word in words if word is not None),
        tuple(_changes(body)),
        _months("gap", body, parts, 0),
        _months("every", body, parts, 1),
        _months("waits", body, parts, 0),
        parts.cites(body.get("cite")),
        body.place,
    )


def _months(key: str, body: Mapping, parts: Parts, least: int) -> int:
    inner = body.get(key)
    return (
        parts.within_reach("months", inner, least, MOST_TIME["months"]) if isinstance(inner, Mapping) else 0
    )


def _changes(body: Mapping) -> Iterable[Change]:
    facts = body.get("set")
    for value in _values(facts):
        yield Change("set", value.name, (value,), value.name_place)
    for kind in ROWS:
        inner = body.get(kind)
        for key, place, attributes in inner.entries if isinstance(inner, Mapping) else ():
            yield Change(kind, key, tuple(_values(attributes)), place)
    ended = body.get("end")
    for item in ended.items if isinstance(ended, Sequence) else ():
        found = plain(item)
        if isinstance(found, str):
            yield Change("end", found, (), item.place)


def _values(node: Node | None) -> Iterable[NewValue]:
    if isinstance(node, Mapping):
        for key, place, value in node.entries:
            yield NewValue(key, plain(value), value.place, place)
