"""What a query gives, as a table on disk: DuckDB, and PostgreSQL through ADBC (extra `databases`).

The answer is copied beside the output before anything is scored. So a run that was cut off goes on with the same rows,
whatever has happened to the database since and in whatever order it would answer now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow as pa

from jifen.arrow.score import CHUNK
from jifen.batch import messages
from jifen.batch.spill import read_back, schema_in, spilled
from jifen.errors import JifenError, Problem

DUCKDB, POSTGRES = ("duckdb",), ("postgresql", "postgres")


def is_database(given: str) -> bool:
    """Whether an input is the address of a database."""
    return given.partition("://")[0] in (*DUCKDB, *POSTGRES) and "://" in given


class QueryTable:
    """The answer to a query, which lies in a folder once it has been fetched.

    Raises JifenError where the database cannot answer, ModuleNotFoundError where its driver is not installed.
    """

    texts = False

    def __init__(self, url: str, query: str, folder: Path) -> None:
        self._url, self._query = url, query.strip().rstrip(";")
        self.identity: list[object] = [public(url), self._query]
        name = sha256("\0".join((public(url), self._query)).encode()).hexdigest()[:16]
        self._path = folder / f"query.{name}"
        self.count: int | None = None
        if self._path.exists():
            self.schema = schema_in(self._path)
        else:
            with answer(url, f"SELECT * FROM ({self._query}) AS asked LIMIT 0") as reader:
                self.schema = reader.schema

    def fetch(self) -> None:
        """Have the answer on disk."""
        if not self._path.exists():
            new = self._path.with_suffix(".new")
            with answer(self._url, self._query) as reader:
                spilled(new, self.schema, cut_alike(reader, self.schema))
            new.replace(self._path)
        self.count = sum(batch.num_rows for batch in read_back(self._path))

    def batches(self, start: int = 0, columns: Collection[str] | None = None) -> Iterator[pa.RecordBatch]:
        """The answer in batches of `CHUNK` rows."""
        for batch in islice(read_back(self._path), start, None):
            yield batch if columns is None else batch.select(list(columns))

    def rows_before(self, start: int) -> int:
        """The rows before a batch."""
        return start * CHUNK


def cut_alike(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of `CHUNK` rows, the last one shorter."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        waiting.append(batch)
        rows += batch.num_rows
        if rows >= CHUNK:
            table = _whole(waiting, schema)
            full = rows - rows % CHUNK
            yield from table.slice(0, full).to_batches(max_chunksize=CHUNK)
            waiting, rows = table.slice(full).to_batches(), rows - full
    if rows:
        yield from _whole(waiting, schema).to_batches(max_chunksize=CHUNK)


def _whole(batches: list[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_batches(batches, schema).unify_dictionaries().combine_chunks()


@contextmanager
def answer(url: str, query: str) -> Iterator[pa.RecordBatchReader]:
    """The rows of a query as they come. Raises JifenError; what it says has neither the password nor any data."""
    opened = _duckdb if urlsplit(url).scheme in DUCKDB else _postgres
    with opened(url, query) as reader:
        yield reader


@contextmanager
def _duckdb(url: str, query: str) -> Iterator[pa.RecordBatchReader]:
    import duckdb

    # As elsewhere, three slashes lead to a relative path and four to an absolute one; without any it is in memory.
    path = urlsplit(url).path[1:] or ":memory:"
    try:
        with duckdb.connect(path, read_only=path != ":memory:") as connection:
            yield connection.sql(query).to_arrow_reader(CHUNK)
    except (duckdb.Error, pa.ArrowException) as error:
        raise _told(error, url) from None


@contextmanager
def _postgres(url: str, query: str) -> Iterator[pa.RecordBatchReader]:
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    try:
        with dbapi.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            yield cursor.fetch_record_batch()
    except (Error, pa.ArrowException) as error:
        raise _told(error, url) from None


def _told(error: Exception, url: str) -> JifenError:
    """What a database says, of which the first line alone is sure to have no values of rows."""
    said = (str(error).strip().splitlines() or [type(error).__name__])[0].replace(url, public(url))
    password = urlsplit(url).password
    if password:
        said = said.replace(password, "…")
    return JifenError(Problem("", messages.DATABASE, {"reason": said}))


def public(url: str) -> str:
    """An address without user, password and options."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
