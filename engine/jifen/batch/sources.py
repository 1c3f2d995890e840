"""Where applicants come from, as streams of pieces: tables by columns, JSON Lines and lists in CSV by documents."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import pyarrow as pa

from jifen.applicant import messages
from jifen.arrow.lines import LineReader
from jifen.arrow.refusals import encodable
from jifen.arrow.schema import APPLICANT, DATE, check_names, columns_of
from jifen.arrow.score import DOCUMENTS, TableScorer
from jifen.arrow.texts import of_json, of_text
from jifen.batch.tables import EXTRA, CsvTable, ParquetTable, Table, identity_of
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.policy.model import Rules

Piece = Any
"""Some applicants of a source: a `Columns`, or a list of documents."""
Problems = tuple[Problem, ...]
DOCUMENTS_AT_ONCE = 8192
FEW = 64
"""Lines among which it is no longer looked for those that pyarrow cannot read."""


class Columns(NamedTuple):
    """Some applicants by columns, and what is wrong with some rows before anybody has looked at their data."""

    batch: pa.RecordBatch
    wrong: Mapping[int, Problems]


class Document(NamedTuple):
    """An applicant's data as it was given, and what is passed on of it."""

    content: Any
    carried: list[str | None]


class Source(Protocol):
    """Applicants in an order."""

    count: int | None
    """How many there are, where that is known."""
    schema: pa.Schema | None
    """None where they are documents."""
    texts: bool
    """Whether the values of columns are texts."""
    identity: list[object]
    """What tells it from others, as JSON has it."""

    def prepare(self, folder: Path) -> None:
        """Have ready in a folder what is needed beside the input; nothing where it lies there."""

    def pieces(self, start: int = 0) -> Iterator[Piece]:
        """The applicants in order, cut always alike, so that a run can be taken up again; from a piece on."""

    def score(self, scorer: TableScorer, piece: Piece, schema: pa.Schema) -> pa.RecordBatch:
        """The scores of a piece."""

    def lost(self) -> Iterator[dict[str, object]]:
        """The rows of other tables that belong to no applicant."""


class Whole:
    """What has no tables of rows beside it."""

    def prepare(self, folder: Path) -> None:
        """Nothing to do."""

    def lost(self) -> Iterator[dict[str, object]]:
        """No rows of other tables."""
        return iter(())


class TableSource(Whole):
    """A table in the schema of `jifen schema arrow`."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.count = table.count
        self.schema = table.schema
        self.texts = table.texts
        self.identity = table.identity

    def prepare(self, folder: Path) -> None:
        """Have the table on disk."""
        self._table.fetch()
        self.count = self._table.count

    def pieces(self, start: int = 0) -> Iterator[Columns]:
        """The batches of the table."""
        for batch in self._table.batches(start):
            yield Columns(batch, too_many_cells(batch))

    def score(self, scorer: TableScorer, piece: Columns, schema: pa.Schema) -> pa.RecordBatch:
        """The scores of a batch."""
        return scorer.batch(piece.batch, schema, piece.wrong)


def too_many_cells(batch: pa.RecordBatch) -> dict[int, Problems]:
    """The rows of CSV with more cells than the header: nobody can say which is which."""
    at = batch.schema.get_field_index(EXTRA)
    if at < 0 or not batch.column(at).true_count:
        return {}
    problem = Problem("", messages.NOT_A_MAPPING)
    return {row: (problem,) for row, extra in enumerate(batch.column(at).to_pylist()) if extra}


SECTIONS = ("facts", "timelines", "records", "people")


def _as_text(value: object) -> str | None:
    """What is passed on of a document: texts as they are, anything else as JSON."""
    if value is None:
        return None
    return encodable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


class DocumentSource(Whole, ABC):
    """A file of applicants each of whom is a document. `carry` names what is passed on, as text."""

    texts = False
    schema: pa.Schema | None = None

    def __init__(self, path: Path, carry: Collection[str]) -> None:
        self._path = path
        self._carry = [name for name in dict.fromkeys(carry) if name not in DOCUMENTS.names]
        self.count: int | None = None
        self.identity = identity_of(path)

    def prepare(self, folder: Path) -> None:
        """Count the lines, which are about as many as there are applicants."""
        with self._path.open("rb") as file:
            self.count = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))

    @abstractmethod
    def _given(self, start: int) -> Iterator[Any]:
        """What stands in the file for each applicant, without the first so many."""

    @abstractmethod
    def _document(self, given: Any) -> Document:
        """The document that it stands for."""

    def pieces(self, start: int = 0) -> Iterator[list[Any]]:
        """So many applicants at a time."""
        given = self._given(start * DOCUMENTS_AT_ONCE)
        while piece := list(islice(given, DOCUMENTS_AT_ONCE)):
            yield piece

    def score(self, scorer: TableScorer, piece: list[Any], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some applicants, one by one."""
        documents = [self._document(one) for one in piece]
        carried = [
            pa.array(texts, pa.string()) for texts in zip(*(one.carried for one in documents), strict=True)
        ]
        return scorer.documents([one.content for one in documents], schema, carried)


class LineSource(DocumentSource):
    """A file of documents, one JSON object a line. They are read by columns unless something is passed on."""

    def __init__(self, path: Path, rules: Rules, carry: Collection[str]) -> None:
        super().__init__(path, carry)
        self._reader = LineReader(rules)

    def _given(self, start: int) -> Iterator[str]:
        with self._path.open(encoding="utf-8", errors="replace") as file:
            yield from islice((line for line in file if line.strip()), start, None)

    def _document(self, given: str) -> Document:
        """A line as an object; what is no JSON is None, which no policy reads as an applicant."""
        content = of_json(given)
        carried = []
        for name in self._carry:
            value = None
            if isinstance(content, dict):
                value = content.get(name) if name in SECTIONS else content.pop(name, None)
            carried.append(_as_text(value))
        return Document(content, carried)

    def score(self, scorer: TableScorer, piece: list[str], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some lines: those that are plain by columns, the others one by one."""
        if self._carry:
            return super().score(scorer, piece, schema)
        plain = np.array([self._reader.is_plain(line) for line in piece])
        rows = np.flatnonzero(plain)
        parts = self._by_columns(scorer, [piece[row] for row in rows.tolist()], schema)
        others = np.flatnonzero(~plain)
        if len(others):
            parts.append(super().score(scorer, [piece[row] for row in others.tolist()], schema))
        table = pa.Table.from_batches(parts, schema)
        if len(others):
            table = table.take(pa.array(np.argsort(np.concatenate([rows, others]))))
        [found] = table.combine_chunks().to_batches()
        return found

    def _by_columns(self, scorer: TableScorer, lines: list[str], schema: pa.Schema) -> list[pa.RecordBatch]:
        """Where something in the lines cannot be read, they are halved until it is among few, read one by one."""
        if not lines:
            return []
        batch = self._reader.read(lines)
        if batch is not None:
            return [scorer.batch(batch, schema, document=lambda row: self._document(lines[row]).content)]
        if len(lines) <= FEW:
            return [super().score(scorer, lines, schema)]
        half = len(lines) // 2
        return [
            part for some in (lines[:half], lines[half:]) for part in self._by_columns(scorer, some, schema)
        ]


class CsvSource(DocumentSource):
    """A CSV file with the columns of `jifen schema arrow`; a list is JSON in its cell, an empty cell says nothing."""

    def __init__(self, path: Path, rules: Rules, carry: Collection[str]) -> None:
        super().__init__(path, carry)
        self._rules = rules

    def _given(self, start: int) -> Iterator[dict[str, str | None]]:
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            try:
                yield from islice(csv.DictReader(file), start, None)
            except csv.Error as error:
                raise JifenError(f"{self._path}: {error}") from None

    def _document(self, given: dict[str, str | None]) -> Document:
        return Document(document(self._rules, given), [given[name] or None for name in self._carry])


def document(rules: Rules, row: Mapping[str, str | None]) -> dict[str, object] | None:
    """A row of texts as the document of an applicant; None for one with more cells than columns."""
    if None in row:
        return None
    found: dict[str, Any] = {name: row[name] for name in (APPLICANT, DATE) if row.get(name)}
    for column, (section, name) in columns_of(rules).items():
        text = row.get(column)
        if not text:
            continue
        value = of_text(rules.facts[name], text) if section == "facts" else of_json(text)
        person, _, own = name.rpartition(".")
        part = found.setdefault("people", {}).setdefault(person, {}) if person else found
        part.setdefault(section, {})[own] = value
    return found


SUFFIXES = (".parquet", ".jsonl", ".csv")


def source_of(path: Path, rules: Rules, carry: Collection[str] = ()) -> Source:
    """The applicants of a file. Raises JifenError where it cannot be read or its suffix is none of SUFFIXES."""
    try:
        if path.suffix == ".parquet":
            return TableSource(ParquetTable(path))
        if path.suffix == ".jsonl":
            return LineSource(path, rules, carry)
        if path.suffix == ".csv":
            return _csv(path, rules, carry)
    except OSError as error:
        raise JifenError(f"{path}: {error.strerror or error}") from None
    raise ApplicantError(
        [
            Problem(
                str(path),
                messages.UNKNOWN_OPTION,
                {"value": path.suffix or str(path), "options": ", ".join(SUFFIXES)},
            )
        ]
    )


def _csv(path: Path, rules: Rules, carry: Collection[str]) -> Source:
    table = CsvTable(path)
    check_names(rules, table.names, carry)
    lists = {column for column, (section, _) in columns_of(rules).items() if section != "facts"}
    return CsvSource(path, rules, carry) if lists.intersection(table.names) else TableSource(table)
