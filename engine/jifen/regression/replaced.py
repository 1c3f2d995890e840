"""A tree with one node replaced or taken away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from jifen.document.tree import Mapping, Node, Scalar, Sequence

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

DELETE: Final = None
"""The place of a node that is to be taken away."""


def replaced(node: Node, path: Path, new: Node | None) -> Node:
    """A tree with another node at a path, or none; everything beside the path is shared."""
    if not path:
        assert new is not None
        return new
    step, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entries = []
        for entry in node.entries:
            if entry.key != step:
                entries.append(entry)
            elif rest or new is not None:
                entries.append(entry._replace(value=replaced(entry.value, rest, new)))
        return Mapping(tuple(entries), node.place)
    assert isinstance(node, Sequence) and isinstance(step, int)
    items = list(node.items)
    items[step : step + 1] = [replaced(items[step], rest, new)] if rest or new is not None else []
    return Sequence(tuple(items), node.place)


def options(node: Node | None, path: Path) -> Iterator[tuple[Node, Path]]:
    """A node, or every option that a choice of readings has in its place, each with its path."""
    if isinstance(node, Mapping) and node.get("reading") is not None:
        for entry in node.entries:
            if entry.key != "reading":
                yield from options(entry.value, (*path, entry.key))
    elif node is not None:
        yield node, path


def readings_on(node: Node, path: Path) -> dict[str, str]:
    """The options that must be taken for a path to be read at all."""
    found: dict[str, str] = {}
    for step in path:
        if isinstance(node, Mapping):
            choice = node.get("reading")
            if isinstance(choice, Scalar):
                found[choice.raw] = str(step)
            inner = node.get(str(step))
            if inner is None:
                return found
            node = inner
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
    return found
