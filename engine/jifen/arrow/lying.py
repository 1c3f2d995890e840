"""Columns that lie in Arrow's memory as a fused program reads them: where each begins, if all of it is in order."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.arrow import physical
from jifen.arrow.values import MOST_ENTRIES, ValueReader, calendar, converted, days_since, first_day
from jifen.backends.fused.blocks import Feed, filled, lasting, sets_of
from jifen.backends.fused.inputs import Value
from jifen.backends.fused.program import address, checks
from jifen.backends.fused.reading import EIGHT
from jifen.plan.types import FIRST_DATE, LAST_DATE, Kind


class Part(NamedTuple):
    """Where the entries of a column go: the input, and how many entries lie before those of the batch."""

    path: str
    skipped: int = 0


def value_of(reader: ValueReader) -> Value:
    """What a program is told of an input."""
    item = reader.item
    low, high = (
        int(end) if end is not None and item.type == "date" else None for end in (item.low, item.high)
    )
    return Value(reader.type, None if item.required else reader.default, low, high)


def lists_of(array: pa.Array) -> tuple[NDArray[np.int32], int, pa.Array]:
    """The offsets of a list array, the entries of the batch, and how many entries lie before them."""
    if not pa.types.is_list(array.type) or not len(array):
        offsets, entries = physical.list_parts(array)
        return offsets.astype(np.int32), 0, entries
    raw = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    first, last = int(raw[0]), int(raw[-1])
    return raw, first, array.values.slice(first, last - first)


def known_bits(array: pa.Array) -> tuple[int, int]:
    """The bitmap of what is not null, as the functions of `checks` want it: the bit of index 0 of the buffers."""
    if array.null_count:
        return _words(array.buffers()[0].address, 0)
    return filled(array.offset + len(array), True), 0


def _words(address_: int, start: int) -> tuple[int, int]:
    """A bitmap from an address that whole words lie at: a program reads 64 bits at a time."""
    return address_ - address_ % 8, start + 8 * (address_ % 8)


def give_known(feed: Feed, part: Part, array: pa.Array | None, size: int) -> None:
    """Say which of so many entries of an array are known; without an array none is."""
    if array is None or pa.types.is_null(array.type):
        found = (filled(size, False), -part.skipped)
    elif not array.null_count:
        found = (filled(size, True), -part.skipped)
    else:
        found = _words(array.buffers()[0].address, array.offset - part.skipped)
    _bits(feed, part, "known", found)


def _bits(feed: Feed, part: Part, name: str, found: tuple[int, int]) -> None:
    feed.number(part.path, name, found[0])
    feed.number(part.path, f"{name}_at", found[1])


def give_values(feed: Feed, part: Part, name: str, array: pa.Array, width: int) -> None:
    """The values of an array of so many bytes each, as they lie."""
    feed.number(part.path, name, start_of(array) + width * (array.offset - part.skipped))


def start_of(array: pa.Array) -> int:
    """Where the values of an array lie; an empty one may have no memory."""
    buffer = array.buffers()[1]
    return 0 if buffer is None else int(buffer.address)


def lies(feed: Feed, parts: list[Part], reader: ValueReader, array: pa.Array) -> bool:
    """Take an array as it lies, if that is in the canonical form and all of it is in order."""
    type_, kind = array.type, reader.type.kind
    if kind is Kind.TRUTH and pa.types.is_boolean(type_):
        for part in parts:
            _bits(feed, part, "values", _words(start_of(array), array.offset - part.skipped))
        return True
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return _options(feed, parts, reader, array)
    if kind is Kind.DATE and pa.types.is_date32(type_):
        return days_lie(feed, parts, array, value_of(reader))
    decimal = pa.types.is_decimal128(type_) and 1 < reader.type.den == 10**type_.scale
    if kind is not Kind.NUMBER or not (decimal or (reader.type.den == 1 and pa.types.is_int64(type_))):
        return False
    check = checks().decimals_fit if decimal else checks().numbers_fit
    ends = (array.offset, array.offset + len(array))
    if not check(start_of(array), *ends, reader.type.low, reader.type.high, *known_bits(array)):
        return False
    for part in parts:
        give_values(feed, part, "values", array, 16 if decimal else 8)
    return True


def days_lie(feed: Feed, parts: list[Part], array: pa.Array, value: Value) -> bool:
    """Days since 1970, if all that are known lie within some bounds."""
    low, high = value.low, value.high
    ends = (days_since(FIRST_DATE if low is None else low), days_since(LAST_DATE if high is None else high))
    start, last = array.offset, array.offset + len(array)
    if not checks().days_fit(start_of(array), start, last, *ends, *known_bits(array)):
        return False
    for part in parts:
        give_values(feed, part, "values", array, 4)
        feed.number(part.path, "table", lasting("calendar", calendar) - 4 * first_day())
    return True


def _options(feed: Feed, parts: list[Part], reader: ValueReader, array: pa.Array) -> bool:
    """Codes into a dictionary, or lists of such; whether that is what they are, and all are options."""
    several = reader.type.kind is Kind.CHOICES
    entries, inner = array, 0
    lists: NDArray[np.int32] | None = None
    if several:
        if not physical.is_list(array.type):
            return False
        lists, inner, entries = lists_of(array)
    if pa.types.is_string(entries.type) or pa.types.is_large_string(entries.type):
        entries = entries.dictionary_encode()
    if not pa.types.is_dictionary(entries.type):
        return False
    names, codes = entries.dictionary, entries.indices
    if len(names) > MOST_ENTRIES or names.null_count or (several and codes.null_count):
        return False
    table = _table(reader, tuple(names.to_pylist()))
    if table is None:
        return False
    if not pa.types.is_int16(codes.type):
        found = physical.integers(codes)
        codes = physical.array(np.where(found < len(names), found, -1).astype(np.int16))
    if len(codes) and int(physical.integers(codes).view(np.uint16).max()) >= len(names):
        return False
    feed.keep((table, codes))
    for part in parts:
        feed.number(part.path, "table", table.start)
        give_values(feed, Part(part.path, inner if several else part.skipped), "values", codes, 2)
        if lists is not None:
            feed.shifted(part.path, "lists", lists, part.skipped)
            feed.number(part.path, "sets", table.sets)
            feed.number(part.path, "limit", inner + _readable(codes) if len(names) <= EIGHT else 0)
    return True


def _readable(codes: pa.Array) -> int:
    """How many codes lie in memory from the first on, those of other batches among them."""
    buffer = codes.buffers()[1]
    return 0 if buffer is None else buffer.size // 2 - codes.offset


class _Table(NamedTuple):
    """Options by their codes and by sets of codes, and where both lie in memory."""

    memory: tuple[NDArray[np.int64], NDArray[np.int64]]
    start: int
    sets: int


@lru_cache(maxsize=1024)
def _table(reader: ValueReader, names: tuple[str, ...]) -> _Table | None:
    """The options of a dictionary's entries, which are seldom others in the next batch; None: not all are options."""
    found, known = converted(names, reader.convert, np.dtype(np.int64))
    if not known.all():
        return None
    sets = sets_of(found)
    return _Table((found, sets), address(found), address(sets))
