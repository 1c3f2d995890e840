"""The positioned tree: what a YAML file says, and where it says it.

Nodes may be shared (an alias is the very node its anchor names), so nobody changes one: building a
new node from old ones is how a tree is changed. The fields are final for the type checker rather
than frozen at run time, which would double the time of building a tree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from jifen.document.places import Place

Value: TypeAlias = str | int | Decimal | bool | None
Plain: TypeAlias = "Value | list[Plain] | dict[str, Plain]"


@dataclass(slots=True, unsafe_hash=True)
class Scalar:
    """One value. ``raw`` is its text before it became a number, a boolean or null, without quotes.

    ``quoted`` is true of quoted and block texts, which are always of type ``str``.
    """

    value: Final[Value]
    place: Final[Place]
    raw: Final[str]
    quoted: Final[bool]

    def within(self, start: int, end: int) -> Place:
        """The place of ``raw[start:end]``; the whole place where line breaks or escapes blur it."""
        whole = self.place
        margin = 1 if self.quoted else 0
        width = whole.end_column - whole.column
        if whole.line != whole.end_line or width != len(self.raw) + 2 * margin:
            return whole
        first = whole.column + margin
        return Place(whole.file, whole.line, first + start, whole.line, first + end)


@dataclass(slots=True, unsafe_hash=True)
class Sequence:
    """A list of nodes."""

    items: Final[tuple[Node, ...]]
    place: Final[Place]


class Entry(NamedTuple):
    """One line of a mapping."""

    key: str
    key_place: Place
    value: Node


@dataclass(slots=True, unsafe_hash=True)
class Mapping:
    """Keys and values in the order of the file. No key stands twice."""

    entries: Final[tuple[Entry, ...]]
    place: Final[Place]
    _index: dict[str, Entry] | None = field(default=None, init=False, repr=False, compare=False)

    def entry(self, key: str) -> Entry | None:
        """The entry of ``key``, or None."""
        if self._index is None:
            self._index = {entry.key: entry for entry in self.entries}
        return self._index.get(key)

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        entry = self.entry(key)
        return None if entry is None else entry.value

    def keys(self) -> tuple[str, ...]:
        """The keys in the order of the file."""
        return tuple(entry.key for entry in self.entries)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """The tree as dict, list, str, int, Decimal, bool and None. Shared nodes are copied."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {entry.key: plain(entry.value) for entry in node.entries}


def at(node: Node, path: Iterable[str | int]) -> Node:
    """Walk keys and indexes down from ``node``. Raises LookupError where the path leaves the tree."""
    for step in path:
        if isinstance(node, Mapping):
            found = node.get(str(step))
            if found is None:
                raise KeyError(step)
            node = found
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        else:
            raise KeyError(step)
    return node
