"""Cases: applicants and courses of events with what is expected of them, beside the policy they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jifen.document.diagnostics import Diagnostics, Message, suggest
from jifen.document.places import Place
from jifen.document.schema import check
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence, plain
from jifen.document.yaml_reader import read_path
from jifen.errors import raise_errors
from jifen.regression import messages


@dataclass(frozen=True)
class Case:
    """One case: the applicant in full, the readings taken, and what is expected, with its places.

    A case of the procedure has a `course` in place of an applicant: what has happened to one application.
    """

    name: str
    file: Path
    policy: str
    applicant: Map[str, Any]
    readings: Map[str, str]
    expect: Mapping
    place: Place
    course: Map[str, Any] | None = None

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
    raise_errors(diagnostics)
    return list(found)


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises PolicyError with everything that is wrong with it."""
    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    raise_errors(diagnostics)
    assert node is not None
    check(node, "cases", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    found = list(_cases(node, path, diagnostics))
    raise_errors(diagnostics)
    _check_rows(node, found, diagnostics)
    raise_errors(diagnostics)
    return found


def _check_rows(node: Mapping, cases: list[Case], diagnostics: Diagnostics) -> None:
    """What the rows of tables expect, held against the schema as if each row were written as a case."""
    written = node.get("cases")
    assert isinstance(written, Sequence)
    expected = {id(body.get("expect")) for body in written.items if isinstance(body, Mapping)}
    rows = []
    for case in cases:
        if id(case.expect) not in expected:
            said = Scalar("row", case.place, "row", False)
            entries: list[tuple[str, Node]] = [("name", said), ("source", said), ("expect", case.expect)]
            rows.append(Mapping(tuple(Entry(key, value.place, value) for key, value in entries), case.place))
    if rows:
        kept = [entry for entry in node.entries if entry.key == "policy"]
        listed = Entry("cases", written.place, Sequence(tuple(rows), written.place))
        check(Mapping((*kept, listed), node.place), "cases", diagnostics)


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
        case = _One(body, path, policy, name_node, diagnostics)
        course = body.get("course")
        if not isinstance(base, Mapping):
            base = course if isinstance(course, Mapping) else Mapping((), body.place)
        yield from case.rows(merged(base, body.get("with")))


class _One:
    """One entry of `cases`: a single case, or a table with a case in each row."""

    def __init__(
        self, body: Mapping, path: Path, policy: str, name: Scalar, diagnostics: Diagnostics
    ) -> None:
        self.body = body
        self.path = path
        self.policy = policy
        self.name = name
        self.diagnostics = diagnostics
        expect = body.get("expect")
        self.expect = expect if isinstance(expect, Mapping) else Mapping((), body.place)

    def rows(self, applicant: Mapping) -> Iterator[Case]:
        """The cases; a table's header names what its columns change, and what they expect."""
        table = self.body.get("table")
        if not isinstance(table, Sequence):
            if not self.expect.entries:
                self.diagnostics.add(messages.NOTHING_EXPECTED, self.name.place, name=self.name.raw)
            yield self._case(self.name.raw, applicant, self.expect, self.name.place)
            return
        lists = [row for row in table.items if isinstance(row, Sequence)]
        header = [_word(cell) for cell in lists[0].items]
        for cell in lists[0].items:
            if not isinstance(cell, Scalar):
                self.diagnostics.add(messages.UNKNOWN_COLUMN, cell.place, name=_shown(cell))
                return
        if not self.expect.entries and not any(is_expectation(column) for column in header):
            self.diagnostics.add(messages.NOTHING_EXPECTED, lists[0].place, name=self.name.raw)
        for row in lists[1:]:
            if len(row.items) != len(header):
                count, wanted = str(len(row.items)), str(len(header))
                self.diagnostics.add(messages.ROW_LENGTH, row.place, count=count, wanted=wanted)
                continue
            changed, expect = applicant, self.expect
            for column, cell, head in zip(header, row.items, lists[0].items, strict=True):
                if is_expectation(column):
                    expect = self._put(expect, column, _expected_at(column), cell, head.place)
                else:
                    changed = self._put(changed, column, column.split("."), cell, head.place)
            cells = ", ".join(_shown(cell) for cell in row.items)
            yield self._case(f"{self.name.raw} [{cells}]", changed, expect, row.place)

    def _put(self, node: Mapping, column: str, path: list[str], cell: Node, head: Place) -> Mapping:
        try:
            return put(node, path, cell)
        except LookupError:
            self.diagnostics.add(messages.UNKNOWN_COLUMN, head, name=column)
            return node

    def _case(self, name: str, applicant: Mapping, expect: Mapping, place: Place) -> Case:
        readings = self.body.get("readings")
        taken = (
            {key: _word(value) for key, _, value in readings.entries} if isinstance(readings, Mapping) else {}
        )
        data: Any = plain(applicant)
        if self.body.get("applicant") is not None:
            self._only(expect, OF_APPLICANTS, messages.NEEDS_A_COURSE)
            return Case(name, self.path, self.policy, data, taken, expect, place)
        self._only(expect, OF_COURSES, messages.NEEDS_AN_APPLICANT)
        return Case(name, self.path, self.policy, {}, taken, expect, place, data)

    def _only(self, expect: Mapping, known: tuple[str, ...], message: Message) -> None:
        for entry in expect.entries:
            if entry.key not in known:
                self.diagnostics.add(message, entry.key_place, key=entry.key)


OF_APPLICANTS = (
    "total", "shown", "qualifies", "eligible", "parts", "scores", "problems", "requirements", "months", "warnings",
    "first_round", "plans",
)  # fmt: skip
OF_COURSES = ("status", "refused", "windows")
EXPECTATIONS = (*OF_APPLICANTS, *OF_COURSES)


def is_expectation(column: str) -> bool:
    """Whether a column of a table says what is expected, and not what the applicant's data is."""
    return column.partition(".")[0] in EXPECTATIONS


def _expected_at(column: str) -> list[str]:
    """The path of an expectation; the names of months have dots of their own."""
    return column.split(".") if column.partition(".")[0] in OF_COURSES else column.split(".", 1)


def put(node: Mapping, path: list[str], value: Node) -> Mapping:
    """A mapping with one value changed, deep inside; list items are named by their position, from 0.

    Raises LookupError where the path does not lead anywhere.
    """
    changed = _put(node, path, value)
    assert isinstance(changed, Mapping)
    return changed


def _put(node: Node | None, path: list[str], value: Node) -> Node:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(node, Sequence):
        at = int(key) if key.isdigit() else len(node.items)
        items = list(node.items)
        items[at] = _put(items[at], rest, value)
        return Sequence(tuple(items), node.place)
    if isinstance(node, Scalar):
        raise LookupError(key)
    entries = {entry.key: entry for entry in node.entries} if node else {}
    old = entries.get(key)
    inner = _put(old.value if old else None, rest, value)
    entries[key] = Entry(key, old.key_place if old else inner.place, inner)
    return Mapping(tuple(entries.values()), node.place if node else inner.place)


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


def _shown(cell: Node) -> str:
    """A cell as a name shows it."""
    if isinstance(cell, Sequence):
        return f"[{', '.join(_shown(item) for item in cell.items)}]"
    return "{…}" if isinstance(cell, Mapping) else _word(cell)
