"""A document of the wrong shape made right, so that what else is wrong with it can be said at once.

A misspelt key or option becomes the one that is meant; anything else that does not fit is left out, and what cannot
be without it. The result serves to find further mistakes, never to score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from jifen.document import schema_messages as messages
from jifen.document.schema import breaches
from jifen.document.schema_faults import Fault, explain
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from jifen.document.keywords import Breach

ROUNDS: Final = 8
"""What is left out may leave a gap around it, and so on up; no shape is deeper than this."""

Path: TypeAlias = tuple[str | int, ...]


class Repaired(NamedTuple):
    """The document, and every word that was lost from it: where others name one, that is not their mistake."""

    document: Mapping
    lost: frozenset[str]


def repaired(node: Node, schema: str) -> Repaired | None:
    """The document in the shape of ``schemas/<schema>.schema.json``; None where too much of it is wrong."""
    lost: set[str] = set()
    for _ in range(ROUNDS):
        found = breaches(node, schema)
        if not found:
            return Repaired(node, frozenset(lost)) if isinstance(node, Mapping) else None
        # The last items of a list first, so that those before them keep their numbers.
        for breach in sorted(found, key=_order, reverse=True):
            if not breach.path:
                return None
            node = _edited(node, breach.path, _cure(explain(node, breach), lost))
    return None


def _order(breach: Breach) -> list[tuple[bool, str | int]]:
    return [(isinstance(step, int), step) for step in breach.path]


Cure: TypeAlias = Callable[[Entry], Entry | None]
"""What becomes of an entry of a mapping, or of an item of a list, which has no key; None leaves it out."""


def _cure(fault: Fault, lost: set[str]) -> Cure:
    near = fault.args.get("near", "")
    if fault.message is messages.MISSPELT_KEY:
        return lambda entry: entry._replace(key=near)
    if fault.message is messages.MISSPELT_OPTION:
        return lambda entry: entry._replace(value=_scalar(entry.value, near))
    if fault.message is messages.YES_OR_NO:
        return lambda entry: entry._replace(value=_scalar(entry.value, fault.args["meant"] == "true"))

    def leave_out(entry: Entry) -> None:
        lost.update(word for word in (entry.key, *_words(entry.value)) if word)

    return leave_out


def _scalar(node: Node, value: str | bool) -> Scalar:
    return Scalar(value, node.place, str(value), False)


def _words(node: Node) -> Iterator[str]:
    """Every key of a subtree, and every option in a list: what others may name."""
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield entry.key
            yield from _words(entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            if isinstance(item, Scalar):
                yield item.raw
            yield from _words(item)


def _edited(node: Node, path: Path, cure: Cure) -> Node:
    """The tree with the cure applied at the end of a path; as it is where the path has gone already."""
    step, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        entries: list[Entry] = []
        for entry in node.entries:
            if entry.key != step:
                entries.append(entry)
            elif rest:
                entries.append(entry._replace(value=_edited(entry.value, rest, cure)))
            elif (cured := cure(entry)) is not None:
                entries.append(cured)
        return Mapping(tuple(entries), node.place)
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        items = list(node.items)
        item = items.pop(step)
        kept = Entry("", item.place, item)
        cured = kept._replace(value=_edited(item, rest, cure)) if rest else cure(kept)
        if cured is not None:
            items.insert(step, cured.value)
        return Sequence(tuple(items), node.place)
    return node
