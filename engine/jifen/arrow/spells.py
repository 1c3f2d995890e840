"""Spells and records in Arrow lists of structs, as ragged columns for a plan."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.applicant.values import day, month_and_day
from jifen.arrow import physical
from jifen.arrow.values import Truths, ValueReader, Values, coded, dates, either
from jifen.backends.columns.block import Column, Rows
from jifen.backends.columns.dates import lengths, month_of
from jifen.backends.inputs import Layout
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy.model import RecordList, Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED, timeline_of

_INT32 = np.dtype(np.int32)
_DAYS = 32
"""A month and a day in it as one integer: `month * 32 + day`; day 0 means the whole month."""


class Ragged(NamedTuple):
    """The lists of one input in the forms that the plan reads, and whose of them the exact reader must look at."""

    forms: dict[str, Rows]
    odd: Truths | None


class ListReader:
    """Reads the columns of one timeline or record list. Immutable; safe to share between threads."""

    def __init__(
        self, declared: Timeline | RecordList, rules: Rules, layout: Layout, texts: bool = False
    ) -> None:
        self.declared = declared
        self.attributes = {name: ValueReader(item, texts) for name, item in declared.attributes.items()}
        self.forms = {
            rows: names for rows, names in layout.columns.items() if timeline_of(rows) == declared.name
        }
        starts = {start for series in rules.series.values() for start in series.starts}
        self._breaks = np.array(sorted(starts), np.int32)

    def read(self, array: pa.Array | None, count: int) -> Ragged:
        """The lists of `count` applicants; None where the data has no such column."""
        offsets, entries, odd = self._lists(array, count)
        size = int(offsets[-1])
        wrong: Truths | None = None
        if entries is not None:
            wrong = physical.missing(entries)
        columns: dict[str, Column] = {}
        for name, reader in self.attributes.items():
            settled = reader.settled(field(entries, name), size)
            columns[name], columns[f"{name}?"] = settled.column, settled.given
            wrong = either(wrong, settled.odd)
        forms: dict[str, Rows] = {}
        if isinstance(self.declared, Timeline):
            ends, backwards = ends_of(field(entries, "from"), field(entries, "to"), size)
            wrong = either(wrong, backwards)
            for rows, names in self.forms.items():
                forms[rows] = self._form(rows, names, offsets, columns, ends)
        else:
            found = read_days(field(entries, "date"), size)
            columns["date"] = found.integers
            wrong = either(wrong, found.missing, found.wrong)
            for rows, names in self.forms.items():
                forms[rows] = Rows(offsets, tuple([columns[name] for name in names]))
        if wrong is not None and wrong.any():
            whose = np.zeros(count, np.bool_)
            whose[np.searchsorted(offsets, np.flatnonzero(wrong), side="right") - 1] = True
            odd = either(odd, whose)
        return Ragged(forms, odd)

    def _lists(
        self, array: pa.Array | None, count: int
    ) -> tuple[NDArray[np.int64], pa.Array | None, Truths | None]:
        """Offsets, entries, and whose list is too long, or absent where it is required."""
        if array is None or pa.types.is_null(array.type):
            absent = None if self.declared.optional else np.ones(count, np.bool_)
            return np.zeros(count + 1, np.int64), None, absent
        offsets, entries = physical.list_parts(array)
        counts = np.diff(offsets)
        odd: Truths | None = None
        if len(counts) and int(counts.max()) > self.declared.at_most:
            odd = counts > self.declared.at_most
        missing = physical.missing(array)
        if missing is not None:
            # A list that is null may still have entries in the memory behind it.
            odd = either(odd, missing & (counts > 0) if self.declared.optional else missing)
        return offsets, entries, odd

    def _form(
        self,
        rows: str,
        names: tuple[str, ...],
        offsets: NDArray[np.int64],
        columns: dict[str, Column],
        ends: Ends,
    ) -> Rows:
        first, last = (ends.begun, ends.ended) if STARTED in rows else (ends.first, ends.last)
        own = {**columns, "from": first, "to": last}
        if SPLIT not in rows or not len(first):
            return Rows(offsets, tuple([own[name] for name in names]))
        before = np.searchsorted(self._breaks, first, side="right")
        pieces = np.maximum(np.searchsorted(self._breaks, last, side="right") - before, 0) + 1
        ends_at = np.cumsum(pieces)
        number = np.arange(int(ends_at[-1])) - np.repeat(ends_at - pieces, pieces)
        cut = np.append(self._breaks, np.int32(LAST_MONTH))
        at = np.repeat(before, pieces) + number
        own = {name: column.repeat(pieces) for name, column in own.items() if name in names}
        own["from"] = np.where(number == 0, own["from"], cut[np.maximum(at - 1, 0)])
        is_last = number + 1 == np.repeat(pieces, pieces)
        own["to"] = np.where(is_last, own["to"], cut[np.minimum(at, len(cut) - 1)] - 1).astype(np.int32)
        shifted = np.concatenate([[0], ends_at])[offsets]
        return Rows(shifted, tuple([own[name] for name in names]))


def field(entries: pa.Array | None, name: str) -> pa.Array | None:
    """A field of structs as it lies; None where they have none of this name."""
    if entries is None or pa.types.is_null(entries.type) or entries.type.get_field_index(name) < 0:
        return None
    return entries.field(entries.type.get_field_index(name))


class Ends(NamedTuple):
    """First and last month of spells: of the whole months, and of the months begun. int32 each."""

    first: Column
    last: Column
    begun: Column
    ended: Column


def ends_of(first: pa.Array | None, last: pa.Array | None, size: int) -> tuple[Ends, Truths | None]:
    """The ends of spells, and which of them the exact reader must look at."""
    start, stop = (_read_months(array, size) for array in (first, last))
    if all(array is not None and pa.types.is_integer(array.type) for array in (first, last)):
        return _month_ends(start, stop)
    begun, first_day = np.divmod(start.integers, _DAYS)
    ended, last_day = np.divmod(stop.integers, _DAYS)
    if stop.missing is not None:
        ended, last_day = np.where(stop.missing, LAST_MONTH, ended), np.where(stop.missing, 0, last_day)
    wrong = either(start.missing, start.wrong, stop.wrong)
    backwards: Truths = (ended < begun) | ((ended == begun) & (last_day > 0) & (last_day < first_day))
    wrong = either(wrong, backwards if backwards.any() else None)
    cut_short = (last_day > 0) & (last_day < lengths(ended))
    ends = Ends(begun + (first_day > 1), ended - cut_short, begun, ended)
    return Ends(*[column.astype(np.int32, copy=False) for column in ends]), wrong


def _month_ends(start: Values, stop: Values) -> tuple[Ends, Truths | None]:
    """The same where both ends are whole months."""
    begun, ended = start.integers // _DAYS, stop.integers // _DAYS
    if stop.missing is not None:
        ended = np.where(stop.missing, np.int32(LAST_MONTH), ended)
    backwards: Truths = ended < begun
    wrong = either(start.missing, start.wrong, stop.wrong, backwards if backwards.any() else None)
    return Ends(begun, ended, begun, ended), wrong


def _read_months(array: pa.Array | None, size: int) -> Values:
    """Months, or days, as `month * 32 + day`. A whole number is a month as `year * 12 + month - 1`."""
    if array is None or pa.types.is_null(array.type):
        return Values(np.zeros(size, np.int32), np.ones(size, np.bool_), None)
    missing = physical.missing(array)
    if pa.types.is_integer(array.type):
        months = physical.integers(array)
        outside = (months < FIRST_MONTH) | (months > LAST_MONTH)
        if missing is not None:
            outside &= ~missing
        wrong = outside if outside.any() else None
        if wrong is not None:
            months = np.where(wrong, FIRST_MONTH, months)
        return Values(months.astype(np.int32, copy=False) * _DAYS, missing, wrong)
    if pa.types.is_date32(array.type):
        days, outside = dates(physical.integers(array))
        if missing is not None:
            outside &= ~missing
        return Values(month_of(days) * _DAYS + days % 100, missing, outside if outside.any() else None)
    array = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    codes, missing = physical.integers(array.indices), physical.missing(array.indices)
    if missing is not None:
        codes = np.where(missing, 0, codes)
    return coded(codes, missing, array.dictionary, _month, _INT32)


def _month(value: object) -> int:
    month, number = month_and_day(value)
    return month * _DAYS + number


def read_days(array: pa.Array | None, size: int) -> Values:
    """Dates as YYYYMMDD; where they cannot be read, any date."""
    if array is None or pa.types.is_null(array.type):
        return Values(np.full(size, 1900_01_01, np.int32), np.ones(size, np.bool_), None)
    return read_dates(array)


def read_dates(array: pa.Array) -> Values:
    """An array of dates that are no input: of a record, or of the application."""
    if pa.types.is_date32(array.type):
        column, outside = dates(physical.integers(array))
        missing = physical.missing(array)
        if missing is not None:
            outside &= ~missing
        return Values(column, missing, outside if outside.any() else None)
    array = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
    codes, missing = physical.integers(array.indices), physical.missing(array.indices)
    if missing is not None:
        codes = np.where(missing, 0, codes)
    return coded(codes, missing, array.dictionary, day, _INT32)
