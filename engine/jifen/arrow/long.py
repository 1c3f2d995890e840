"""Timelines and records in tables of their own, as databases have them: one row a spell or record."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jifen.applicant import messages as read
from jifen.arrow import messages, physical
from jifen.arrow.schema import APPLICANT
from jifen.errors import ApplicantError, Problem


def joined(persons: pa.Table, rows: Mapping[str, pa.Table]) -> pa.Table:
    """Applicants with a column of lists for each of some tables of rows, which name theirs in `applicant`.

    Who has no row in a table has an empty list: it is known that there was none. Rows that stand in the order of the
    applicants are not copied; others are sorted, those of one applicant staying in their order. Raises ApplicantError
    where an applicant stands in two rows of `persons`, has no name, or is named by a row and not there.
    """
    names = identifiers(persons, "")
    if names.null_count or len(pc.unique(names)) < len(names):
        raise ApplicantError([Problem(APPLICANT, messages.NOT_ALONE)])
    for name, table in rows.items():
        theirs = identifiers(table, name)
        number = pc.index_in(theirs, names)
        if number.null_count:
            lost = pc.unique(theirs.filter(number.is_null())).to_pylist()
            raise ApplicantError(
                [Problem(name, messages.NO_SUCH_APPLICANT, {"value": str(one)}) for one in lost]
            )
        own = table.drop_columns([APPLICANT])
        order = number.to_numpy()
        if (order[1:] < order[:-1]).any():
            places = np.argsort(order, kind="stable")
            order, own = order[places], own.take(physical.array(places))
        persons = persons.append_column(name, listed(order, own, 0, persons.num_rows))
    return persons


def identifiers(table: pa.Table | pa.RecordBatch, name: str) -> pa.Array:
    """The applicant of each row as text, in one piece. Raises ApplicantError where table `name` has no such column."""
    at = table.schema.get_field_index(APPLICANT)
    if at < 0:
        label = {"label": APPLICANT, "label_zh": APPLICANT}
        raise ApplicantError([Problem(f"{name}.{APPLICANT}" if name else APPLICANT, read.MISSING, label)])
    found = table.column(at).cast(pa.string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def listed(number: NDArray[np.int64], entries: pa.Table, first: int, count: int) -> pa.Array:
    """Lists of the rows of a table for the applicants `first` to `first + count`; `number` says whose, ascending."""
    offsets = np.searchsorted(number, np.arange(first, first + count + 1))
    columns = [_one(column) for column in entries.columns]
    structs = pa.StructArray.from_arrays(columns, fields=list(entries.schema))
    if len(structs) < 1 << 31:
        return pa.ListArray.from_arrays(offsets.astype(np.int32), structs)
    return pa.LargeListArray.from_arrays(offsets, structs)


def listed_field(name: str, entries: pa.Schema) -> pa.Field:
    """The column of such lists, of rows that have `entries` besides their applicant."""
    return pa.field(name, pa.list_(pa.struct([field for field in entries if field.name != APPLICANT])))


def _one(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, not copied where it is one."""
    found = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return found
