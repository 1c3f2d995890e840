"""Values of one input in an Arrow array, as the integers that a plan works on.

What is laid out like the input's canonical type is read as it lies. Anything else is told apart by its distinct
values, each of which the reader for one applicant converts: so every form that it takes is taken here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.applicant.values import Wrong, converter
from jifen.arrow import physical
from jifen.arrow.texts import text_converter
from jifen.backends.columns.block import Column
from jifen.backends.columns.widths import PYTHON, TRUTH, width_of
from jifen.plan.types import FIRST_DATE, LAST_DATE, Kind
from jifen.policy.inputs import input_type
from jifen.policy.model import Input

Truths = NDArray[np.bool_]
MOST_ENTRIES = 1000
"""Of a longer dictionary only the entries in use are converted: a batch may be a small slice of its table."""


class Values(NamedTuple):
    """Integers, and which entries were null or could not be read (None: not one); those hold anything."""

    integers: Column
    missing: Truths | None
    wrong: Truths | None


def _summing(options: int) -> np.dtype[Any] | None:
    """An integer of n bits in which no sum of up to n of some options' bits wraps around; None: there is none."""
    for width in (np.uint16, np.uint32, np.uint64):
        bits = np.iinfo(width).bits
        if bits << max(options - 1, 0) < 1 << bits:
            return np.dtype(width)
    return None


class Settled(NamedTuple):
    """The column of an input, whether each entry was given, and which entries the exact reader must look at."""

    column: Column
    given: Truths
    odd: Truths | None


def either(*parts: Truths | None) -> Truths | None:
    """Where any of some truths holds; None stands for nowhere."""
    found: Truths | None = None
    for part in parts:
        if part is not None:
            found = part if found is None else found | part
    return found


class ValueReader:
    """Reads arrays of one input. Immutable; safe to share between threads."""

    def __init__(self, item: Input, texts: bool = False) -> None:
        """`texts`: the values are texts as in CSV, see `jifen.arrow.texts`."""
        self.item = item
        self.convert = text_converter(item) if texts else converter(item)
        self.type = input_type(item)
        self._width = width_of(self.type)
        self._sums = _summing(len(item.options)) if item.many else None
        self.default = self.type.low if item.default is None else converter(item)(item.default)

    def settled(self, array: pa.Array | None, count: int) -> Settled:
        """An array of `count` entries, or None where the data has no such column, with the defaults in place."""
        if array is None:
            column: Column = np.full(count, self.default, self._width)
            nobody = np.zeros(count, TRUTH)
            return Settled(column, nobody, ~nobody if self.item.required else None)
        values = self.read(array)
        column = values.integers
        filled = either(values.missing, values.wrong)
        if filled is not None:
            column = np.where(filled, np.array(self.default, column.dtype), column)
        column = column.astype(self._width, copy=False)
        given = np.ones(count, TRUTH) if values.missing is None else ~values.missing
        return Settled(column, given, either(values.missing if self.item.required else None, values.wrong))

    def read(self, array: pa.Array) -> Values:
        """The integers of an array, of the width of the input's type wherever they can be read."""
        type_ = array.type
        kind, many = self.type.kind, self.item.many
        if isinstance(array, pa.ExtensionArray):
            return self.read(array.storage)
        if pa.types.is_null(type_):
            return Values(np.zeros(len(array), self._width), physical.missing(array), None)
        if many and physical.is_list(type_) and self._sums is not None:
            return self._several(array)
        if pa.types.is_dictionary(type_):
            return self._coded(array)
        if kind is Kind.TRUTH and pa.types.is_boolean(type_):
            return Values(physical.bits(array), physical.missing(array), None)
        if kind is Kind.NUMBER and pa.types.is_integer(type_):
            return self._whole(physical.integers(array), 1, physical.missing(array), None)
        if kind is Kind.NUMBER and pa.types.is_decimal128(type_) and type_.scale >= 0:
            digits, wide = physical.decimals(array)
            return self._whole(digits, 10**type_.scale, physical.missing(array), wide)
        if kind is Kind.DATE and pa.types.is_date32(type_):
            return self._days(array)
        if pa.types.is_nested(type_) or pa.types.is_union(type_):
            return self._listed(array.to_pylist())
        return self._coded(array.dictionary_encode())

    def _whole(self, digits: Column, over: int, missing: Truths | None, wrong: Truths | None) -> Values:
        """Numbers written as whole `digits` over a power of ten."""
        den, low, high = self.type.den, self.type.low, self.type.high
        if self._width == PYTHON:
            digits = digits.astype(PYTHON)
        wrong = either(wrong, (digits < -(-low * over // den)) | (digits > high * over // den))
        if over > den:
            factor = over // den
            wrong = either(wrong, digits % factor != 0)
            digits = digits // factor
        else:
            # What is outside the range may wrap around; it is wrong, and will not be looked at.
            digits = digits.astype(self._width, copy=False) * (den // over)
        return Values(digits, missing, wrong if wrong is not None and wrong.any() else None)

    def _days(self, array: pa.Array) -> Values:
        column, wrong = dates(physical.integers(array))
        for end, outside in ((self.item.low, np.less), (self.item.high, np.greater)):
            if end is not None:
                wrong = wrong | outside(column, int(end))
        return Values(column, physical.missing(array), wrong if wrong.any() else None)

    def _coded(self, array: pa.DictionaryArray) -> Values:
        """Values told apart by their distinct ones, which are converted one by one."""
        codes, missing = physical.integers(array.indices), physical.missing(array.indices)
        if missing is not None:
            codes = np.where(missing, 0, codes)
        return coded(codes, missing, array.dictionary, self.convert, self._width)

    def _several(self, array: pa.Array) -> Values:
        """Lists of options as sums of bits: a sum of n bits has n bits exactly when no option stands there twice."""
        offsets, entries = physical.list_parts(array)
        each = self.read(entries)
        filled = either(each.missing, each.wrong)
        flags = each.integers.astype(self._sums)
        if filled is not None:
            flags = flags * ~filled
        sums = np.zeros(len(flags) + 1, self._sums)
        np.cumsum(flags, out=sums[1:], dtype=self._sums)
        found = sums[offsets[1:]] - sums[offsets[:-1]]
        counts = np.diff(offsets)
        wrong: Truths = (np.bitwise_count(found) != counts) | (counts == 0)
        missing = physical.missing(array)
        if missing is not None:
            wrong &= ~missing
        return Values(found.astype(self._width), missing, wrong if wrong.any() else None)

    def _listed(self, values: Sequence[object]) -> Values:
        """The last resort: one by one."""
        integers, known = converted(values, self.convert, self._width)
        missing = np.array([value is None for value in values], TRUTH)
        return Values(integers, missing, ~known & ~missing)


def dates(days: NDArray[np.int32]) -> tuple[Column, Truths]:
    """Days since 1970 as YYYYMMDD (int32), and which of them lie outside the years that are read."""
    places = days.astype(np.intp) - first_day()
    table = calendar()
    outside = (places < 0) | (places >= len(table))
    return table.take(places, mode="clip"), outside


def first_day() -> int:
    """The first day that is read, as Arrow counts days."""
    return days_since(FIRST_DATE)


def days_since(day: int) -> int:
    """The days from 1970 to a date YYYYMMDD."""
    return date(day // 10000, day // 100 % 100, day % 100).toordinal() - date(1970, 1, 1).toordinal()


@cache
def calendar() -> NDArray[np.int32]:
    """Every date that is read, as YYYYMMDD."""
    first, last = (
        np.datetime64(f"{year}-01-01", "D") for year in (FIRST_DATE // 10000, LAST_DATE // 10000 + 1)
    )
    days = np.arange(first, last)
    months = days.astype("M8[M]")
    month = months.astype(np.int64) + 1970 * 12
    number = (days - months.astype("M8[D]")).astype(np.int64) + 1
    found: NDArray[np.int32] = (month // 12 * 10000 + (month % 12 + 1) * 100 + number).astype(np.int32)
    return found


def coded(
    codes: Column,
    missing: Truths | None,
    entries: pa.Array,
    convert: Callable[[object], int],
    width: np.dtype[Any],
) -> Values:
    """Codes into a dictionary, whose entries are converted each once."""
    if len(entries) > MOST_ENTRIES:
        used, codes = np.unique(codes, return_inverse=True)
        entries = entries.take(physical.array(used))
    distinct = entries.to_pylist() or [None]
    integers, known = converted(distinct, convert, width)
    places = codes.astype(np.intp)
    if entries.null_count or not len(entries):
        empty = np.array([value is None for value in distinct], TRUTH)
        missing = either(missing, empty.take(places))
    wrong = None if known.all() else ~known.take(places)
    if wrong is not None and missing is not None:
        wrong &= ~missing
    return Values(integers.take(places), missing, wrong)


def converted(
    values: Sequence[object], convert: Callable[[object], int], width: np.dtype[Any]
) -> tuple[Column, Truths]:
    """Values of Python as integers, and which of them could be read; the others and null are 0."""
    integers = np.zeros(len(values), width)
    known = np.zeros(len(values), TRUTH)
    for at, value in enumerate(values):
        if value is not None:
            with suppress(Wrong):
                integers[at], known[at] = convert(value), True
    return integers, known
