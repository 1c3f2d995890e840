"""Scores as files: Parquet as they are, JSON Lines and CSV with every number as an exact text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from jifen.arrow.results import DENOMINATOR
from jifen.batch.spill import keep
from jifen.scorecard.numbers import exact


class Writer(Protocol):
    """A file of scores that grows part by part. On the disk for good once it is closed."""

    def write(self, part: Iterable[pa.RecordBatch]) -> None:
        """Add the batches of a part."""

    def close(self) -> None:
        """Finish the file."""


class ParquetWriter:
    """One row group for each part."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._out = pa.OSFile(str(path), "wb")
        self._schema = schema
        self._file = pq.ParquetWriter(self._out, schema)

    def write(self, part: Iterable[pa.RecordBatch]) -> None:
        """Add the batches of a part."""
        table = pa.Table.from_batches(part, self._schema)
        if table.num_rows:
            self._file.write_table(table, row_group_size=table.num_rows)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        self._out.close()
        keep(self._path)


class TextWriter:
    """JSON Lines or CSV. A list stands in CSV as its entries with a space between them."""

    def __init__(self, path: Path, schema: pa.Schema, as_csv: bool) -> None:
        self._path = path
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        self._rows = csv.writer(self._file, lineterminator="\n") if as_csv else None
        self._names = schema.names
        if self._rows is not None:
            self._rows.writerow(self._names)

    def write(self, part: Iterable[pa.RecordBatch]) -> None:
        """Add the batches of a part."""
        for batch in part:
            self._write(batch)

    def _write(self, batch: pa.RecordBatch) -> None:
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
        keep(self._path)


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
