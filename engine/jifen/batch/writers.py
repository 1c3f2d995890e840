"""Scores as files: Parquet as they are, JSON Lines and CSV with every number as an exact text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jifen.arrow.results import DENOMINATOR
from jifen.scorecard.numbers import exact


class Writer(Protocol):
    """A file of scores that grows batch by batch."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""

    def close(self) -> None:
        """Finish the file."""


class ParquetWriter:
    """One row group for each batch that is written."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._file = pq.ParquetWriter(path, schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        self._file.write_batch(batch)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class TextWriter:
    """JSON Lines or CSV. A list stands in CSV as its entries with a space between them."""

    def __init__(self, path: Path, schema: pa.Schema, as_csv: bool) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n") if as_csv else None
        self._names = schema.names
        if self._rows is not None:
            self._rows.writerow(self._names)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        columns = [_texts(batch.column(at), field) for at, field in enumerate(batch.schema)]
        for row in zip(*columns, strict=True):
            if self._rows is None:
                self._file.write(
                    json.dumps(dict(zip(self._names, row, strict=True)), ensure_ascii=False) + "\n"
                )
            else:
                self._rows.writerow([_cell(value) for value in row])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else value


def _texts(array: pa.Array, field: pa.Field) -> list[Any]:
    """The values of a column as JSON has them; a number of points in lowest terms, each different one written once."""
    den = (field.metadata or {}).get(DENOMINATOR.encode())
    if den is None:
        plain = pa.types.is_temporal(field.type) or pa.types.is_decimal(field.type)
        return [value if value is None or not plain else str(value) for value in array.to_pylist()]
    if not pa.types.is_integer(field.type):
        return [exact(int(value), int(den)) for value in array.to_pylist()]
    different, places = np.unique(array.to_numpy(), return_inverse=True)
    texts = [exact(int(value), int(den)) for value in different]
    return [texts[place] for place in places]


def writer_of(path: Path, schema: pa.Schema, suffix: str) -> Writer:
    """A writer of the form that a suffix names."""
    if suffix == ".parquet":
        return ParquetWriter(path, schema)
    return TextWriter(path, schema, suffix == ".csv")


def joined(parts: Iterator[Path], target: Path, schema: pa.Schema, suffix: str) -> None:
    """Several files of one form as one, without holding more than a piece of them."""
    if suffix == ".parquet":
        with pq.ParquetWriter(target, schema) as whole:
            for part in parts:
                with pq.ParquetFile(part) as file:
                    for group in range(file.num_row_groups):
                        whole.write_table(file.read_row_group(group))
        return
    with target.open("wb") as out:
        for number, part in enumerate(parts):
            with part.open("rb") as file:
                if number and suffix == ".csv":
                    file.readline()
                while block := file.read(1 << 20):
                    out.write(block)
