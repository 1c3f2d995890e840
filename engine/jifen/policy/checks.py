"""Checks on a whole policy: every point cited, nothing unused, no condition that is the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from fractions import Fraction
from typing import Final

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.language.written import written
from jifen.policy import messages
from jifen.policy.model import Input, RecordList, Rules, Timeline


def check_citations(document: Mapping, diagnostics: Diagnostics) -> None:
    """Every point value, line and reference value has a citation on itself or above; every citation a source."""
    for section in ("indicators", "series"):
        _cited_names(document.get(section), False, diagnostics)
    outcome = document.get("outcome")
    if outcome is not None:
        _cited(outcome, False, diagnostics)
    sources = document.get("sources")
    known = sources.keys() if isinstance(sources, Mapping) else ()
    for cite in _cites(document):
        name = cite.raw.partition("#")[0]
        if name not in known:
            near = suggest(name, known)
            diagnostics.add(messages.UNKNOWN_SOURCE, cite.place, near is not None, name=name, near=near or "")


POINTS: Final = ("points", "formula", "line", "value")


def _cited_names(node: Node | None, cited: bool, diagnostics: Diagnostics) -> None:
    """The same for a mapping whose keys are names, whatever they are called."""
    for entry in node.entries if isinstance(node, Mapping) else ():
        _cited(entry.value, cited, diagnostics)


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
        elif key == "indicators":
            _cited_names(value, cited, diagnostics)
        elif key not in ("label", "note", "cite"):
            _cited(value, cited, diagnostics)


def _cites(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _cites(item)
    elif isinstance(node, Mapping):
        for key, _, value in node.entries:
            if key == "cite":
                yield from scalars(value)
            else:
                yield from _cites(value)


def check_conditions(same: Map[Place, set[Fraction | None]], diagnostics: Diagnostics) -> None:
    """Warn of every condition that is the same for everybody under every reading."""
    for place, constants in same.items():
        if constants == {Fraction(1)}:
            diagnostics.add(messages.ALWAYS, place)
        elif constants == {Fraction(0)}:
            diagnostics.add(messages.NEVER, place)


def check_ranges(rules: Rules, diagnostics: Diagnostics) -> None:
    """Report every input whose range ends before it begins."""
    for item in [
        *rules.facts.values(),
        *(part for owner in _owners(rules) for part in owner.attributes.values()),
    ]:
        if item.low is not None and item.high is not None and item.low > item.high:
            low, high = (_bound(item, bound) for bound in (item.low, item.high))
            diagnostics.add(messages.RANGE_BACKWARDS, item.low_place or item.place, low=low, high=high)


def _bound(item: Input, number: Fraction) -> str:
    if item.type != "date":
        return written(number)
    return f"{int(number) // 10000}-{int(number) // 100 % 100:02}-{int(number) % 100:02}"


def _owners(rules: Rules) -> list[Timeline | RecordList]:
    return [*rules.timelines.values(), *rules.records.values()]


def scalars(node: Node) -> Iterable[Scalar]:
    """Every scalar of a tree."""
    if isinstance(node, Scalar):
        yield node
    else:
        for child in node.items if isinstance(node, Sequence) else (entry.value for entry in node.entries):
            yield from scalars(child)
