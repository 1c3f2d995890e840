"""What the builder remembers while a collection is open, and of what anchors name."""

from __future__ import annotations

from jifen.document.events import Mark
from jifen.document.places import Place
from jifen.document.tree import Entry, Node


class Anchored:
    """What an anchor names; no node while the collection is still open."""

    __slots__ = ("height", "node", "place", "size")

    def __init__(self, place: Place) -> None:
        self.place = place
        self.node: Node | None = None
        self.size = 1
        self.height = 0


class Open:
    """A collection whose end has not been read yet, or the document around the root.

    ``seen`` is None where there are no keys, ``keyless`` true while a key is what comes next.
    ``before`` counts the nodes read before the collection.
    """

    anchored: Anchored | None = None
    height = 0
    cut = False
    key = ""
    key_end = 0
    key_place: Place

    def __init__(self, start: Mark, mapping: bool, flow: bool, before: int) -> None:
        self.start = start
        self.flow = flow
        self.before = before
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.seen: dict[str, Place] = {}
        self.mapping = self.keyless = mapping
