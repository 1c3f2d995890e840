"""Cases: applicants with their expected results, beside the policy they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.places import Place
from jifen.document.schema import check
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence, plain
from jifen.document.yaml_reader import read_path
from jifen.regression import messages


@dataclass(frozen=True)
class Case:
    """One case: the applicant in full, the readings taken, and what is expected, with its places."""

    name: str
    file: Path
    policy: str
    applicant: Map[str, Any]
    readings: Map[str, str]
    expect: Mapping
    place: Place

    @property
    def id(self) -> str:
        """How a case is called in a report: `place/version: name`."""
        return f"{self.policy}: {self.name}"


def cases_files(paths: tuple[str, ...] | list[str]) -> list[Path]:
    """Every cases file at or below some paths. Raises PolicyError for a path that has none."""
    diagnostics = Diagnostics()
    found: dict[Path, None] = {}
    for text in paths:
        path = Path(text)
        beside = path.with_name(path.name.removesuffix(".yaml") + ".cases.yaml")
        if path.is_dir():
            files = sorted(path.glob("**/*.cases.yaml"))
        elif path.name.endswith(".cases.yaml") and path.is_file():
            files = [path]
        else:
            files = [beside] if path.name.endswith(".yaml") and beside.is_file() else []
        if not files:
            diagnostics.add(messages.NO_CASES, Place(text, 1, 1, 1, 1), path=text)
        found |= dict.fromkeys(files)
    diagnostics.raise_errors()
    return list(found)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises PolicyError with everything that is wrong with it."""
    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    diagnostics.raise_errors()
    assert node is not None
    check(node, "cases", diagnostics)
    diagnostics.raise_errors()
    assert isinstance(node, Mapping)
    found = list(_cases(node, path, diagnostics))
    diagnostics.raise_errors()
    return found


def _cases(node: Mapping, path: Path, diagnostics: Diagnostics) -> Iterator[Case]:
    policy = _word(node.get("policy"))
    bases = node.get("applicants")
    known = bases if isinstance(bases, Mapping) else Mapping((), node.place)
    cases = node.get("cases")
    assert isinstance(cases, Sequence)
    seen: set[str] = set()
    for body in cases.items:
        assert isinstance(body, Mapping)
        name_node = body.get("name")
        assert isinstance(name_node, Scalar)
        if name_node.raw in seen:
            diagnostics.add(messages.CASE_TWICE, name_node.place, name=name_node.raw)
        seen.add(name_node.raw)
        base = body.get("applicant")
        if isinstance(base, Scalar):
            found = known.get(base.raw)
            if found is None:
                near = suggest(base.raw, known.keys())
                diagnostics.add(
                    messages.UNKNOWN_APPLICANT, base.place, near is not None, name=base.raw, near=near or ""
                )
                continue
            base = found
        applicant = merged(base, body.get("with")) if isinstance(base, Mapping) else None
        expect, readings = body.get("expect"), body.get("readings")
        assert isinstance(expect, Mapping) and applicant is not None
        yield Case(
            name_node.raw,
            path,
            policy,
            plain(applicant),  # type: ignore[arg-type]
            {key: _word(value) for key, _, value in readings.entries}
            if isinstance(readings, Mapping)
            else {},
            expect,
            name_node.place,
        )


def merged(base: Mapping, changes: Node | None) -> Mapping:
    """An applicant with changes laid over it: mappings are merged, null takes a part away, all else is replaced."""
    if not isinstance(changes, Mapping):
        return base
    entries = {entry.key: entry for entry in base.entries}
    for entry in changes.entries:
        if isinstance(entry.value, Scalar) and entry.value.value is None:
            entries.pop(entry.key, None)
            continue
        old = entries.get(entry.key)
        if old is not None and isinstance(old.value, Mapping) and isinstance(entry.value, Mapping):
            entry = Entry(entry.key, entry.key_place, merged(old.value, entry.value))
        entries[entry.key] = entry
    return Mapping(tuple(entries.values()), base.place)


def _word(node: Node | None) -> str:
    return node.raw if isinstance(node, Scalar) else ""
