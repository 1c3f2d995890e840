"""Record batches on disk for a while, as they lie in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa


class Spill:
    """A file of record batches of one schema. It is on the disk for good once it is closed."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path = path
        self._file = pa.OSFile(str(path), "wb")
        self._stream = pa.ipc.new_stream(self._file, schema)

    def write(self, batch: pa.RecordBatch) -> None:
        """Add a batch."""
        self._stream.write_batch(batch)

    def close(self) -> None:
        """Finish the file."""
        self._stream.close()
        self._file.close()
        keep(self._path)


def keep(path: Path) -> None:
    """Have what was written to a file on the disk for good."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def spilled(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Path:
    """A file of such batches."""
    file = Spill(path, schema)
    try:
        for batch in batches:
            file.write(batch)
    finally:
        file.close()
    return path


def read_back(path: Path) -> Iterator[pa.RecordBatch]:
    """The batches of such a file, one at a time. It is not mapped, so what was read is given back."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as stream:
        yield from stream


def schema_in(path: Path) -> pa.Schema:
    """The schema of such a file."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as stream:
        return stream.schema
