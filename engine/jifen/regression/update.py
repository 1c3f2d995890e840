"""Corrects cases files in place: expectations that do not hold are replaced by what is.

Only the characters of a value change, so comments, quotes and line breaks stay. A value that cannot be replaced
alone (the data of an applicant is the same by an alias, another case relies on it, it is a list with remarks) is left
and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from jifen.document import tree
from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.source import LINE_BREAK
from jifen.document.yaml_reader import read
from jifen.regression.cases import Case, is_expectation, read_cases
from jifen.regression.compare import Expected
from jifen.regression.rewrite import rewritten
from jifen.regression.run import Outcome, Runner


class Change(NamedTuple):
    """One expectation that was corrected: what, where, and both texts as they stand in the file."""

    what: str
    place: Place
    old: str
    new: str


class Update(NamedTuple):
    """The files as they become, what changes in them, and the cases with what still differs."""

    files: dict[Path, str]
    changes: tuple[Change, ...]
    outcomes: tuple[Outcome, ...]


def update(outcomes: Sequence[Outcome], runner: Runner) -> Update:
    """Correct what differs in the cases that were run. Writes nothing. Raises PolicyError."""
    wanted: dict[Path, dict[Place, set[Expected]]] = {}
    names: dict[Place, str] = {}
    for outcome in outcomes:
        for one in outcome.differences:
            if one.becomes is not None:
                wanted.setdefault(outcome.case.file, {}).setdefault(one.place, set()).add(one.becomes)
                names[one.place] = one.what
    files: dict[Path, str] = {}
    changes: list[Change] = []
    for path, places in wanted.items():
        relied_on = _relied_on(path, places.keys(), outcomes, runner)
        single = {
            place: next(iter(values))
            for place, values in places.items()
            if len(values) == 1 and place not in relied_on
        }
        text, changed = _corrected(path, single, names)
        if changed:
            files[path] = text
            changes += changed
    done = {change.place for change in changes}
    left = tuple(
        Outcome(case, tuple(one for one in differences if one.becomes is None or one.place not in done))
        for case, differences in outcomes
    )
    return Update(files, tuple(changes), left)


def _relied_on(
    path: Path, places: Iterable[Place], outcomes: Iterable[Outcome], runner: Runner
) -> set[Place]:
    """Those places at which some case of the file, run or not, is content with what stands there."""
    asked = set(places)
    known = {(one.case.name, one.case.place): one for one in outcomes if one.case.file == path}
    found: set[Place] = set()
    for case in read_cases(path):
        used = asked & _places(case)
        if used:
            outcome = known.get((case.name, case.place)) or runner.run(case)
            found |= used - {one.place for one in outcome.differences}
    return found


def _places(case: Case) -> set[Place]:
    return {node.place for _, node in _nodes(case.expect, ()) if not isinstance(node, tree.Mapping)}


def _nodes(node: tree.Node, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], tree.Node]]:
    """Every node with its path; one that an alias repeats comes as often as it stands."""
    yield path, node
    if isinstance(node, tree.Mapping):
        for entry in node.entries:
            yield from _nodes(entry.value, (*path, entry.key))
    elif isinstance(node, tree.Sequence):
        for at, item in enumerate(node.items):
            yield from _nodes(item, (*path, at))


def _corrected(
    path: Path, wanted: dict[Place, Expected], names: dict[Place, str]
) -> tuple[str, list[Change]]:
    """The text of a file with values replaced, and what was replaced in it."""
    text = path.read_bytes().decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix("\ufeff")
    document = _tree(text, path)
    if document is None:
        return text, []
    nodes = {node.place: node for _, node in _nodes(document, ())}
    # An alias may put the very same characters into the data of an applicant.
    for steps, node in _nodes(document, ()):
        if node.place in nodes and not _is_expected(document, steps):
            del nodes[node.place]
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text))]
    edits = []
    for place, value in wanted.items():
        if place not in nodes:
            continue
        start = starts[place.line - 1] + place.column - 1
        end = starts[place.end_line - 1] + place.end_column - 1
        new = rewritten(text[start:end], nodes[place], value)
        if new is not None:
            edits.append((start, end, new, Change(names[place], place, text[start:end], new)))
    changed, kept = _applied(text, edits), edits
    if not _agree(document, _tree(changed, path), wanted, {edit[3].place for edit in kept}):
        # One value that cannot stand where it is put must not keep the others from being corrected.
        kept = [
            edit
            for edit in edits
            if _agree(document, _tree(_applied(text, [edit]), path), wanted, {edit[3].place})
        ]
        changed = _applied(text, kept)
    return mark + changed, [edit[3] for edit in sorted(kept, key=lambda edit: edit[0])]


def _is_expected(document: tree.Node, steps: tuple[str | int, ...]) -> bool:
    """Whether a path leads to something that a case expects, and to nothing else."""
    if len(steps) < 4 or steps[0] != "cases":
        return False
    if steps[2] == "expect":
        return True
    if steps[2] != "table" or len(steps) < 5 or steps[3] == 0:
        return False
    head = tree.at(document, (*steps[:3], 0, steps[4]))
    return isinstance(head, tree.Scalar) and is_expectation(head.raw)


Edit = tuple[int, int, str, Change]


def _applied(text: str, edits: Iterable[Edit]) -> str:
    for start, end, new, _ in sorted(edits, key=lambda edit: -edit[0]):
        text = text[:start] + new + text[end:]
    return text


def _tree(text: str, path: Path) -> tree.Node | None:
    diagnostics = Diagnostics()
    found = read(text, str(path), diagnostics)
    return None if diagnostics.errors else found


def _agree(old: tree.Node, new: tree.Node | None, wanted: dict[Place, Expected], edited: set[Place]) -> bool:
    """Whether a document says what it said but for the values that were replaced, and those as wanted."""
    if old.place in edited:
        return new is not None and _says(new, wanted[old.place])
    if isinstance(old, tree.Scalar) and isinstance(new, tree.Scalar):
        return (old.value, old.raw, old.quoted) == (new.value, new.raw, new.quoted)
    if isinstance(old, tree.Sequence) and isinstance(new, tree.Sequence):
        return len(old.items) == len(new.items) and all(
            _agree(*pair, wanted, edited) for pair in zip(old.items, new.items, strict=True)
        )
    if isinstance(old, tree.Mapping) and isinstance(new, tree.Mapping):
        return old.keys() == new.keys() and all(
            _agree(before.value, after.value, wanted, edited)
            for before, after in zip(old.entries, new.entries, strict=True)
        )
    return False


def _says(node: tree.Node, value: Expected) -> bool:
    """Whether a node says a value; numbers are told apart from texts by the schema, not here."""
    if isinstance(node, tree.Sequence) and isinstance(value, tuple):
        return sorted(map(_raw, node.items)) == sorted(value)
    if not isinstance(node, tree.Scalar) or isinstance(value, tuple):
        return False
    if isinstance(value, bool):
        return node.value is value
    return node.raw == value if isinstance(value, str) else Fraction(node.raw) == value


def _raw(node: tree.Node) -> str:
    return node.raw if isinstance(node, tree.Scalar) else ""
