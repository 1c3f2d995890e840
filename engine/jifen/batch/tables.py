"""Tables in files as streams of record batches: Parquet and CSV."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from jifen.arrow.score import CHUNK
from jifen.errors import JifenError

BUFFER = 1 << 20
"""Bytes of a column that are read at once: without it a whole row group is, however long it may be."""
EXTRA = "\0extra"
"""A column of CSV that says which rows have more cells than the header: whose they are nobody knows."""


class Table(Protocol):
    """A table whose batches are cut alike whenever they are read."""

    schema: pa.Schema
    count: int | None
    """How many rows there are, where the file says so."""
    texts: bool
    """Whether all values are texts."""
    identity: list[object]
    """What tells it from others, as JSON has it."""

    def fetch(self) -> None:
        """Have it on disk; nothing where it lies there."""

    def batches(self, start: int = 0, columns: Collection[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The rows in order, from a batch on, of all columns or some."""

    def rows_before(self, start: int) -> int:
        """The rows before a batch."""


class File:
    """What lies on disk already."""

    def fetch(self) -> None:
        """Nothing to do."""


class ParquetTable(File):
    """A Parquet file."""

    texts = False

    def __init__(self, path: Path) -> None:
        self._path = path
        file = _opened(path)
        self._groups = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
        self.count: int | None = file.metadata.num_rows
        self.schema: pa.Schema = file.schema_arrow
        self.identity = identity_of(path)

    def batches(self, start: int = 0, columns: Collection[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Record batches, none of them out of two row groups: Arrow does not join dictionaries inside of lists."""
        file = _opened(self._path)
        names = None if columns is None else list(columns)
        for group, rows in enumerate(self._groups):
            held = -(-rows // CHUNK)
            if start < held:
                yield from islice(
                    file.iter_batches(batch_size=CHUNK, row_groups=[group], columns=names), start, None
                )
            start = max(start - held, 0)

    def rows_before(self, start: int) -> int:
        """The rows before a batch."""
        found = 0
        for rows in self._groups:
            held = -(-rows // CHUNK)
            found += min(rows, start * CHUNK)
            start = max(start - held, 0)
        return found


def _opened(path: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(path, buffer_size=BUFFER)
    except pa.ArrowInvalid as error:
        raise JifenError(f"{path}: {error}") from None


class CsvTable(File):
    """A CSV file: every cell a text, an empty one null."""

    texts = True

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            self.names: Sequence[str] = next(csv.reader(file), [])
        self.count: int | None = None
        self.schema = pa.schema([(name, pa.string()) for name in self.names])
        self.identity = identity_of(path)

    def batches(self, start: int = 0, columns: Collection[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Rows, cut after so many. The last column is `EXTRA`."""
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.reader(file)
            next(rows, None)
            filled = islice((row for row in rows if row), start * CHUNK, None)
            try:
                while some := list(islice(filled, CHUNK)):
                    yield self._batch(some, columns)
            except csv.Error as error:
                raise JifenError(f"{self._path}: {error}") from None

    def _batch(self, rows: list[list[str]], columns: Collection[str] | None) -> pa.RecordBatch:
        width = len(self.names)
        extra = [len(row) > width for row in rows]
        for row in rows:
            if len(row) != width:
                row[width:] = []
                row += [""] * (width - len(row))
        names, arrays = [], []
        for name, cells in zip(self.names, zip(*rows, strict=True), strict=True):
            if columns is None or name in columns:
                names.append(name)
                arrays.append(pa.array([cell or None for cell in cells], pa.string()))
        return pa.RecordBatch.from_arrays([*arrays, pa.array(extra)], [*names, EXTRA])

    def rows_before(self, start: int) -> int:
        """The rows before a batch."""
        return start * CHUNK


def identity_of(path: Path) -> list[object]:
    """What tells a file from others, and from itself after a change."""
    stat = path.stat()
    return [str(path.resolve()), stat.st_size, stat.st_mtime_ns]


FORMS = (".parquet", ".csv")


def table_of(path: Path) -> Table:
    """The table in a file whose suffix is one of FORMS. Raises JifenError where it cannot be read."""
    try:
        return ParquetTable(path) if path.suffix == ".parquet" else CsvTable(path)
    except OSError as error:
        raise JifenError(f"{path}: {error.strerror or error}") from None
