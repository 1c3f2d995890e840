"""Rows of other tables, which name their applicant, brought into the order of the applicants' own table.

Both are sorted by name, on disk, unless they come so; a merge gives each row the number of its applicant; and the rows
are sorted by that number, unless they are. No step holds more than some blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jifen.arrow.long import identifiers
from jifen.arrow.schema import APPLICANT
from jifen.batch.sorting import Sorter, upto
from jifen.batch.spill import read_back, spilled
from jifen.batch.tables import Table

NUMBER, AT = "\0number", "\0at"
"""Whose a row is, and its place in its table; no column of a policy has such names."""
PEOPLE = pa.schema([(APPLICANT, pa.string()), (NUMBER, pa.int64())])
DOUBLES = pa.schema([PEOPLE.field(NUMBER)])
LOST = pa.schema([(APPLICANT, pa.string()), (AT, pa.int64())])


class People(NamedTuple):
    """Files of applicants: by name, each once; and the rows, in order, of those who stand in a row before too."""

    by_name: Path
    doubles: Path


def sorted_people(table: Table, folder: Path) -> People:
    """The applicants of a table. Those without a name are left out."""
    sorter = Sorter(PEOPLE, PEOPLE.names, folder, "people")
    start = 0
    for batch in table.batches(columns=[APPLICANT]):
        names = identifiers(batch, "")
        numbers = pa.array(np.arange(start, start + len(names)))
        people = pa.RecordBatch.from_arrays([names, numbers], schema=PEOPLE)
        sorter.add(people.filter(names.is_valid()) if names.null_count else people)
        start += len(names)
    doubles = Sorter(DOUBLES, DOUBLES.names, folder, "doubles")
    by_name = spilled(folder / "people.sorted", PEOPLE, _each_once(sorter.batches(), doubles))
    return People(by_name, spilled(folder / "doubles.sorted", DOUBLES, doubles.batches()))


def _each_once(people: Iterator[pa.RecordBatch], doubles: Sorter) -> Iterator[pa.RecordBatch]:
    last = None
    for batch in people:
        names = batch.column(APPLICANT)
        again = pc.equal(pa.concat_arrays([pa.array([last], pa.string()), names[:-1]]), names).fill_null(
            False
        )
        doubles.add(batch.filter(again).select(DOUBLES.names))
        yield batch.filter(pc.invert(again))
        last = names[-1].as_py()


class Joiner:
    """Numbers the rows of one table by their applicants. `label` tells its files from others in the folder."""

    def __init__(self, label: str, name: str, table: Table, folder: Path) -> None:
        self._label, self._name, self._table, self._folder = label, name, table, folder
        own = [field for field in table.schema if field.name != APPLICANT]
        self.schema = pa.schema([pa.field(NUMBER, pa.int64()), pa.field(AT, pa.int64()), *own])
        self._by_name = pa.schema([PEOPLE.field(APPLICANT), *list(self.schema)[1:]])

    def numbered(self, people: Path, target: Path, lost: Path) -> None:
        """Write the rows in the order of their applicants, and those that belong to nobody, in their order."""
        by_number = Sorter(self.schema, [NUMBER, AT], self._folder, f"{self._label}.numbers")
        nobody = Sorter(LOST, [AT], self._folder, f"{self._label}.lost")
        by_name = Sorter(self._by_name, [APPLICANT, AT], self._folder, f"{self._label}.names")
        start = 0
        for batch in self._table.batches():
            names = identifiers(batch, self._name)
            at = pa.array(np.arange(start, start + len(names)))
            start += len(names)
            own = [batch.column(field.name) for field in list(self.schema)[2:]]
            rows = pa.RecordBatch.from_arrays([names, at, *own], schema=self._by_name)
            if names.null_count:
                nobody.add(rows.filter(names.is_null()).select(LOST.names))
                rows = rows.filter(names.is_valid())
            by_name.add(rows)
        for names, numbers, rows in _side_by_side(read_back(people), by_name.batches()):
            found = pc.index_in(rows.column(APPLICANT), names)
            if found.null_count:
                nobody.add(rows.filter(found.is_null()).select(LOST.names))
                rows, found = rows.filter(found.is_valid()), found.drop_null()
            columns = [numbers.take(found), *rows.columns[1:]]
            by_number.add(pa.RecordBatch.from_arrays(columns, schema=self.schema))
        spilled(lost, LOST, nobody.batches())
        spilled(target, self.schema, by_number.batches())


def _side_by_side(
    people: Iterator[pa.RecordBatch], rows: Iterator[pa.RecordBatch]
) -> Iterator[tuple[pa.Array, pa.Array, pa.RecordBatch]]:
    """Rows by name in pieces, each with the names, each once, and the numbers of all whom it can belong to."""
    person = next(people, None)
    names, numbers = pa.array([], pa.string()), pa.array([], pa.int64())
    for block in rows:
        while block.num_rows:
            last = block.column(APPLICANT)[-1].as_py()
            if person is None or not person.num_rows:
                reach = last
            else:
                reach = min(last, person.column(APPLICANT)[-1].as_py())
                taken = upto(person, [APPLICANT], (reach,))
                names = pa.concat_arrays([names[-1:], person.column(APPLICANT)[:taken]])
                numbers = pa.concat_arrays([numbers[-1:], person.column(NUMBER)[:taken]])
                person = person[taken:]
            size = upto(block, [APPLICANT], (reach,))
            yield names, numbers, block[:size]
            block = block[size:]
            if person is not None and not person.num_rows:
                person = next(people, None)
