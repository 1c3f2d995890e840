"""Files of applicants as streams of pieces: Parquet by columns, JSON Lines and CSV by documents."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from jifen.applicant import messages
from jifen.arrow.schema import APPLICANT, DATE, check_names, columns_of
from jifen.arrow.score import CHUNK, DOCUMENTS, TableScorer
from jifen.arrow.texts import of_json, of_text
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.policy.model import Rules

Piece = Any
"""Some applicants of a file: a record batch, or a list of documents."""
DOCUMENTS_AT_ONCE = 2048
BUFFER = 1 << 20
"""Bytes of a column that are read at once: without it a whole row group is, however long it may be."""


class Source(Protocol):
    """A file of applicants."""

    count: int | None
    """How many there are, where the file says so."""
    schema: pa.Schema
    identity: list[object]
    """What tells it from others, as JSON has it."""

    def pieces(self, start: int = 0) -> Iterator[Piece]:
        """The applicants in order, cut always alike, so that a run can be taken up again; from a piece on."""

    def score(self, scorer: TableScorer, piece: Piece, schema: pa.Schema) -> pa.RecordBatch:
        """The scores of a piece."""


class ParquetSource:
    """A Parquet file in the schema of `jifen schema arrow`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        file = _opened(path)
        self.count: int | None = file.metadata.num_rows
        self.schema: pa.Schema = file.schema_arrow
        self.identity = _identity(path)

    def pieces(self, start: int = 0) -> Iterator[pa.RecordBatch]:
        """Record batches, none of them out of two row groups: Arrow does not join dictionaries inside of lists."""
        file = _opened(self._path)
        for group in range(file.num_row_groups):
            held = -(-file.metadata.row_group(group).num_rows // CHUNK)
            if start < held:
                yield from islice(file.iter_batches(batch_size=CHUNK, row_groups=[group]), start, None)
            start = max(start - held, 0)

    def score(self, scorer: TableScorer, piece: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        """The scores of a record batch."""
        return scorer.batch(piece, schema)


def _identity(path: Path) -> list[object]:
    stat = path.stat()
    return [str(path.resolve()), stat.st_size, stat.st_mtime_ns]


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, buffer_size=BUFFER)
    except pa.ArrowInvalid as error:
        raise JifenError(f"{path}: {error}") from None


class LineSource:
    """A file of documents, one JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.count: int | None = None
        self.schema: pa.Schema = DOCUMENTS
        self.identity = _identity(path)

    def pieces(self, start: int = 0) -> Iterator[list[object]]:
        """Lines as objects; what is no JSON is None, which no policy reads as an applicant."""
        with self._path.open(encoding="utf-8", errors="replace") as file:
            lines = islice((line for line in file if line.strip()), start * DOCUMENTS_AT_ONCE, None)
            yield from _grouped(of_json(line) for line in lines)

    def score(self, scorer: TableScorer, piece: list[Any], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some documents."""
        return scorer.documents(piece, schema)


class CsvSource:
    """A CSV file with the columns of `jifen schema arrow`; a list is JSON in its cell, an empty cell says nothing."""

    def __init__(self, path: Path, rules: Rules) -> None:
        self._path = path
        self._rules = rules
        self.count: int | None = None
        self.schema: pa.Schema = DOCUMENTS
        self.identity = _identity(path)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            check_names(rules, next(csv.reader(file), []))

    def pieces(self, start: int = 0) -> Iterator[list[object]]:
        """Rows as documents."""
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = islice(csv.DictReader(file), start * DOCUMENTS_AT_ONCE, None)
            yield from _grouped(document(self._rules, row) for row in rows)

    def score(self, scorer: TableScorer, piece: list[Any], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some documents."""
        return scorer.documents(piece, schema)


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


def _grouped(documents: Iterator[object]) -> Iterator[list[object]]:
    piece: list[object] = []
    for one in documents:
        piece.append(one)
        if len(piece) == DOCUMENTS_AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece


SUFFIXES = (".parquet", ".jsonl", ".csv")


def source_of(path: Path, rules: Rules, carry: Collection[str] = ()) -> Source:
    """The applicants of a file. Raises JifenError where it cannot be read or its suffix is none of SUFFIXES."""
    try:
        if path.suffix == ".parquet":
            return ParquetSource(path)
        if path.suffix == ".jsonl":
            with path.open("rb"):
                return LineSource(path)
        if path.suffix == ".csv":
            return CsvSource(path, rules)
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
