"""Where applicants come from, as streams of pieces: tables by columns, JSON Lines and lists in CSV by documents."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from jifen.applicant import messages
from jifen.arrow.schema import APPLICANT, DATE, check_names, columns_of
from jifen.arrow.score import DOCUMENTS, TableScorer
from jifen.arrow.texts import of_json, of_text
from jifen.batch.tables import EXTRA, CsvTable, ParquetTable, Table, identity_of
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.policy.model import Rules

Piece = Any
"""Some applicants of a source: a `Columns`, or a list of documents."""
Problems = tuple[Problem, ...]
DOCUMENTS_AT_ONCE = 2048


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


class DocumentSource(Whole, ABC):
    """Applicants each of whom is a document. `carry` names what is passed on as text."""

    texts = False
    schema: pa.Schema | None = None

    def __init__(self, path: Path, carry: Collection[str]) -> None:
        self._path = path
        self._carry = [name for name in dict.fromkeys(carry) if name not in DOCUMENTS.names]
        self.count: int | None = None
        self.identity = identity_of(path)

    @abstractmethod
    def documents(self, start: int) -> Iterator[Document]:
        """The documents, without the first so many."""

    def pieces(self, start: int = 0) -> Iterator[list[Document]]:
        """So many documents at a time."""
        documents = self.documents(start * DOCUMENTS_AT_ONCE)
        while piece := list(islice(documents, DOCUMENTS_AT_ONCE)):
            yield piece

    def score(self, scorer: TableScorer, piece: list[Document], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some documents."""
        carried = [
            pa.array(texts, pa.string()) for texts in zip(*(one.carried for one in piece), strict=True)
        ]
        return scorer.documents([one.content for one in piece], schema, carried)


SECTIONS = ("facts", "timelines", "records", "people")


def _as_text(value: object) -> str | None:
    """What is passed on of a document: texts as they are, anything else as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


class LineSource(DocumentSource):
    """A file of documents, one JSON object a line."""

    def documents(self, start: int) -> Iterator[Document]:
        """Lines as objects; what is no JSON is None, which no policy reads as an applicant."""
        with self._path.open(encoding="utf-8", errors="replace") as file:
            for line in islice((line for line in file if line.strip()), start, None):
                content = of_json(line)
                carried = []
                for name in self._carry:
                    value = None
                    if isinstance(content, dict):
                        value = content.get(name) if name in SECTIONS else content.pop(name, None)
                    carried.append(_as_text(value))
                yield Document(content, carried)


class CsvSource(DocumentSource):
    """A CSV file with the columns of `jifen schema arrow`; a list is JSON in its cell, an empty cell says nothing."""

    def __init__(self, path: Path, rules: Rules, carry: Collection[str]) -> None:
        super().__init__(path, carry)
        self._rules = rules

    def documents(self, start: int) -> Iterator[Document]:
        """Rows as documents."""
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            for row in islice(csv.DictReader(file), start, None):
                yield Document(document(self._rules, row), [row[name] or None for name in self._carry])


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
            return LineSource(path, carry)
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
