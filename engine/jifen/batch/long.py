"""Applicants whose timelines and records lie in tables of their own, as a source like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.applicant import messages as read
from jifen.arrow import messages
from jifen.arrow.long import identifiers, listed, listed_field
from jifen.arrow.schema import APPLICANT
from jifen.arrow.score import TableScorer
from jifen.batch.joining import AT, NUMBER, Joiner, sorted_people
from jifen.batch.sources import Columns, Problems, too_many_cells
from jifen.batch.spill import read_back, schema_in
from jifen.batch.tables import Table
from jifen.errors import ApplicantError, Problem

NAMELESS = Problem(APPLICANT, read.MISSING, {"label": APPLICANT, "label_zh": APPLICANT})
DOUBLE = Problem(APPLICANT, messages.NOT_ALONE)


class LongSource:
    """A table of applicants, and a table for each of some timelines and records, by the column that it stands for.

    Where one of the tables holds texts, texts are read in all. Raises ApplicantError for a column that is in both, and
    where a table does not say whose its rows are.
    """

    def __init__(self, persons: Table, rows: Mapping[str, Table]) -> None:
        self._persons, self._rows = persons, rows
        self.count = persons.count
        self.texts = any(table.texts for table in (persons, *rows.values()))
        self.identity: list[object] = [
            persons.identity,
            {name: table.identity for name, table in rows.items()},
        ]
        identifiers(persons.schema.empty_table(), "")
        self.schema: pa.Schema | None = persons.schema
        for name, table in rows.items():
            identifiers(table.schema.empty_table(), name)
            if name in persons.schema.names:
                raise ApplicantError([Problem(name, messages.BOTH, {"name": name})])
            self.schema = self.schema.append(listed_field(name, table.schema))

    def prepare(self, folder: Path) -> None:
        """Bring the rows of every table into the order of the applicants."""
        self._folder = folder
        for table in (self._persons, *self._rows.values()):
            table.fetch()
        self.count = self._persons.count
        if (folder / "joined").exists():
            return
        people = sorted_people(self._persons, folder)
        for number, (name, table) in enumerate(self._rows.items()):
            joiner = Joiner(f"rows{number}", name, table, folder)
            joiner.numbered(people.by_name, self._numbered(number), self._lost(number))
        for run in folder.glob("*.run"):
            run.unlink()
        (folder / "joined").touch()

    def _numbered(self, number: int) -> Path:
        return self._folder / f"rows{number}.numbered"

    def _lost(self, number: int) -> Path:
        return self._folder / f"rows{number}.lost"

    def pieces(self, start: int = 0) -> Iterator[Columns]:
        """The applicants, each with the lists of its rows."""
        first = self._persons.rows_before(start)
        doubles = _Numbered(self._folder / "doubles.sorted")
        doubles.skip(first)
        numbered = [_Numbered(self._numbered(number)) for number in range(len(self._rows))]
        for one in numbered:
            one.skip(first)
        for persons in self._persons.batches(start):
            size = persons.num_rows
            batch = persons
            for name, one in zip(self._rows, numbered, strict=True):
                numbers, entries = one.upto(first + size)
                batch = batch.append_column(name, listed(numbers, entries, first, size))
            again, _ = doubles.upto(first + size)
            yield Columns(batch, too_many_cells(persons) | self._unnamed(persons, again - first))
            first += size

    def _unnamed(self, persons: pa.RecordBatch, again: NDArray[np.int64]) -> dict[int, Problems]:
        names = identifiers(persons, "")
        missing = np.flatnonzero(names.is_null().to_numpy(zero_copy_only=False)) if names.null_count else ()
        found: dict[int, Problems] = {int(row): (NAMELESS,) for row in missing}
        return found | {int(row): (DOUBLE,) for row in again}

    def score(self, scorer: TableScorer, piece: Columns, schema: pa.Schema) -> pa.RecordBatch:
        """The scores of a piece."""
        return scorer.batch(piece.batch, schema, piece.wrong)

    def lost(self) -> Iterator[dict[str, object]]:
        """The rows that belong to no applicant, with the name of their table, as rejects."""
        for number, name in enumerate(self._rows):
            for batch in read_back(self._lost(number)):
                for row in batch.to_pylist():
                    who = row[APPLICANT]
                    problem = (
                        Problem(name, messages.NO_SUCH_APPLICANT, {"value": who})
                        if who is not None
                        else NAMELESS
                    )
                    yield {
                        "table": name,
                        "row": row[AT],
                        APPLICANT: who,
                        "path": name,
                        "code": problem.message.code,
                        "message": problem.text("en"),
                    }


class _Numbered:
    """A file of rows in the order of their numbers, read as far as is asked for."""

    def __init__(self, path: Path) -> None:
        self._batches = read_back(path)
        self._schema = schema_in(path)
        self._next = next(self._batches, None)

    def skip(self, number: int) -> None:
        """Leave out the rows before a number."""
        self.upto(number)

    def upto(self, number: int) -> tuple[NDArray[np.int64], pa.Table]:
        """The numbers of the rows not read yet that are below one, and what else stands in them."""
        found: list[pa.RecordBatch] = []
        while self._next is not None:
            numbers = self._next.column(NUMBER).to_numpy()
            size = int(np.searchsorted(numbers, number))
            found.append(self._next[:size])
            if size < len(numbers):
                self._next = self._next[size:]
                break
            self._next = next(self._batches, None)
        table = pa.Table.from_batches(found, self._schema)
        if len(found) > 1:
            table = table.unify_dictionaries().combine_chunks()
        own = [name for name in self._schema.names if name not in (NUMBER, AT)]
        return table.column(NUMBER).to_numpy(), table.select(own)
