"""Where applicants come from, as streams of pieces: tables by columns here, documents in `documents`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

from jifen.applicant import messages
from jifen.arrow.score import TableScorer
from jifen.batch.tables import EXTRA, Table
from jifen.errors import Problem

Piece = Any
"""Some applicants of a source: a `Columns`, or a list of documents."""
Problems = tuple[Problem, ...]


class Columns(NamedTuple):
    """Some applicants by columns, and what is wrong with some rows before anybody has looked at their data."""

    batch: pa.RecordBatch
    wrong: Mapping[int, Problems]


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
