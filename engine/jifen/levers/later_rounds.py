"""Rounds with dates of their own go on after the last one that is stated, as those of its last twelve months."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from jifen.document.tree import Entry, Mapping, Node, Scalar
from jifen.policy.years import in_years

if TYPE_CHECKING:
    from jifen.scheme import Scheme

_DAY: Final = 10
"""The length of a day that is written with its year."""


def with_later_rounds(policy: Scheme, until: int) -> Scheme:
    """The policy with its last rounds repeated in every year after them, to the end of a year."""

    def changed(document: Mapping) -> Mapping:
        entries = (
            entry._replace(value=_more(entry.value, until)) if entry.key == "rounds" else entry
            for entry in document.entries
        )
        return Mapping(tuple(entries), document.place)

    return policy.with_document(changed)


def _more(rounds: Node, until: int) -> Node:
    if not isinstance(rounds, Mapping):
        return rounds
    dated = [entry for entry in rounds.entries if _raw(entry.value, "apply", "to")[4:5] == "-"]
    dated = [entry for entry in dated if len(_raw(entry.value, "apply", "to")) == _DAY]
    if not dated:
        return rounds
    end = max(_raw(entry.value, "apply", "to") for entry in dated)
    recent = [entry for entry in dated if _raw(entry.value, "apply", "to") > in_years(end, -1)]
    return Mapping(
        (*rounds.entries, *(one for entry in recent for one in _later(entry, end, until))), rounds.place
    )


def _later(entry: Entry, end: str, until: int) -> Iterator[Entry]:
    first = _raw(entry.value, "apply", "from")
    for years in range(1, until - int(first[:4]) + 1):
        if in_years(first, years) > end:
            yield entry._replace(key=f"{entry.key}_and_{years}", value=_moved(entry.value, years))


def _moved(node: Node, years: int, key: str = "") -> Node:
    """A round some years on: its days and years moved, and its label saying so."""
    if isinstance(node, Mapping):
        if key == "label":
            said = {"zh": f"（{years}年后）", "en": f", {years} years on" if years > 1 else ", a year on"}
            entries = (
                entry._replace(value=_text(entry.value, _word(entry.value) + said.get(entry.key, "")))
                for entry in node.entries
            )
        else:
            kept = ("note", "cite")
            entries = (
                entry if entry.key in kept else entry._replace(value=_moved(entry.value, years, entry.key))
                for entry in node.entries
            )
        return Mapping(tuple(entries), node.place)
    if isinstance(node, Scalar) and key in ("from", "to", "date") and len(node.raw) == _DAY:
        return _text(node, in_years(node.raw, years))
    if isinstance(node, Scalar) and key == "year":
        number = int(node.raw) + years
        return Scalar(number, node.place, str(number), False)
    return node


def _text(node: Node, text: str) -> Scalar:
    return Scalar(text, node.place, text, True)


def _word(node: Node) -> str:
    return node.raw if isinstance(node, Scalar) else ""


def _raw(node: Node, *path: str) -> str:
    """The text at a path of keys; "" where there is none."""
    found: Node | None = node
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found.raw if isinstance(found, Scalar) else ""
