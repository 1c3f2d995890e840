"""Record batches as the arguments of a fused program: Arrow's buffers as they lie.

What is laid out as `jifen schema arrow` prints it is not touched here, whatever the number of rows. Anything else
goes through the readers of the columns backend and comes out in those forms.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.arrow import physical
from jifen.arrow.batches import column
from jifen.arrow.schema import DATE, column_of
from jifen.arrow.spells import ListReader, ends_of, field, read_days
from jifen.arrow.values import (
    MOST_ENTRIES,
    Truths,
    ValueReader,
    calendar,
    converted,
    days_since,
    either,
    first_day,
)
from jifen.backends.fused.blocks import Feed, filled, lasting, sets_of
from jifen.backends.fused.inputs import Inputs, RowsOf, Value
from jifen.backends.fused.program import address, checks
from jifen.backends.fused.reading import EIGHT
from jifen.backends.inputs import Layout
from jifen.plan import types
from jifen.plan.types import FIRST_DATE, LAST_DATE, Kind
from jifen.policy.model import Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED

_SAMPLE = 1000
_DAY = Value(types.DATE)


class _Part(NamedTuple):
    """Where the entries of a column go: the input, and how many entries lie before those of the batch."""

    path: str
    skipped: int = 0


class FeedReader:
    """Reads record batches for one policy. Immutable; safe to share between threads."""

    def __init__(self, rules: Rules, layout: Layout) -> None:
        self._layout = layout
        self._facts = {name: ValueReader(item) for name, item in rules.facts.items()}
        self._lists = {
            column_of(section, name): ListReader(declared, rules, layout)
            for section, items in (("timelines", rules.timelines), ("records", rules.records))
            for name, declared in items.items()
        }
        facts = {name: _input(self._facts[name]) if name != DATE else _DAY for name in layout.facts}
        rows: dict[str, RowsOf] = {}
        for lists in self._lists.values():
            values = {name: _input(reader) for name, reader in lists.attributes.items()}
            spells = isinstance(lists.declared, Timeline)
            if not spells:
                values[DATE] = _DAY
            for at, form in enumerate(lists.forms):
                rows[form] = RowsOf(values, spells, not at, SPLIT in form, lists.declared.at_most)
        self.inputs = Inputs(facts, {form: rows[form] for form in layout.columns})
        starts = {start for series in rules.series.values() for start in series.starts}
        self._breaks = np.array(sorted(starts), np.int64)

    def read(self, batch: pa.RecordBatch) -> tuple[Feed, Truths | None]:
        """The arguments for a batch, and which applicants the exact reader must look at (None: nobody so far).

        The batch must outlive the arguments. Its schema must have passed `schema.check_columns`.
        """
        count = batch.num_rows
        feed = Feed()
        feed.array("", "breaks", self._breaks)
        feed.number("", "break_count", len(self._breaks))
        dates = batch.column(batch.schema.get_field_index(DATE))
        odd = _dates(feed, _Part(DATE), dates)
        feed.latest = _latest(dates)
        for name, reader in self._facts.items():
            array = column(batch, column_of("facts", name))
            odd = either(odd, _entries(feed, [_Part(name)], reader, array, count))
        for name, lists in self._lists.items():
            odd = either(odd, self._rows(feed, lists, column(batch, name), count))
        return feed, odd

    def _rows(self, feed: Feed, lists: ListReader, array: pa.Array | None, count: int) -> Truths | None:
        forms = list(lists.forms)
        if array is None or pa.types.is_null(array.type):
            offsets = np.zeros(count + 1, np.int32)
            for form in forms:
                feed.array(form, "offsets", offsets)
                feed.absent([form, *(f"{form}.{name}" for name in self.inputs.rows[form].values)])
            return None if lists.declared.optional else np.ones(count, np.bool_)
        offsets, skipped, entries = _parts(array)
        for form in forms:
            feed.array(form, "offsets", offsets)
        odd: Truths | None = None
        missing = physical.missing(array)
        if missing is not None:
            # A list that is null may still have entries in the memory behind it.
            odd = missing & (np.diff(offsets) > 0) if lists.declared.optional else missing
        size = len(entries)
        wrong = physical.missing(entries)
        for name, reader in lists.attributes.items():
            parts = [_Part(f"{form}.{name}", skipped) for form in forms]
            wrong = either(wrong, _entries(feed, parts, reader, field(entries, name), size))
        if isinstance(lists.declared, Timeline):
            ends = [field(entries, name) for name in ("from", "to")]
            wrong = either(wrong, _spells(feed, forms, skipped, ends, size))
        else:
            for form in forms:
                wrong = either(
                    wrong, _dates(feed, _Part(f"{form}.{DATE}", skipped), field(entries, DATE), size)
                )
        if wrong is not None and wrong.any():
            whose = np.zeros(count, np.bool_)
            whose[np.searchsorted(offsets, np.flatnonzero(wrong) + skipped, side="right") - 1] = True
            odd = either(odd, whose)
        return odd


def _input(reader: ValueReader) -> Value:
    item = reader.item
    low, high = (
        int(end) if end is not None and item.type == "date" else None for end in (item.low, item.high)
    )
    return Value(reader.type, None if item.required else reader.default, low, high)


def _parts(array: pa.Array) -> tuple[NDArray[np.int32], int, pa.Array]:
    """The offsets of a list array, the entries of the batch, and how many entries lie before them."""
    if not pa.types.is_list(array.type) or not len(array):
        offsets, entries = physical.list_parts(array)
        return offsets.astype(np.int32), 0, entries
    raw = np.frombuffer(array.buffers()[1], np.int32)[array.offset : array.offset + len(array) + 1]
    first, last = int(raw[0]), int(raw[-1])
    return raw, first, array.values.slice(first, last - first)


def _known(array: pa.Array) -> tuple[int, int]:
    """The bitmap of what is not null, as the functions of `checks` want it: the bit of index 0 of the buffers."""
    if array.null_count:
        return _words(array.buffers()[0].address, 0)
    return filled(array.offset + len(array), True), 0


def _words(address_: int, start: int) -> tuple[int, int]:
    """A bitmap from an address that whole words lie at: a program reads 64 bits at a time."""
    return address_ - address_ % 8, start + 8 * (address_ % 8)


def _bitmap(feed: Feed, part: _Part, array: pa.Array | None, size: int) -> None:
    """Say which of so many entries of an array are known; without an array none is."""
    if array is None or pa.types.is_null(array.type):
        found = (filled(size, False), -part.skipped)
    elif not array.null_count:
        found = (filled(size, True), -part.skipped)
    else:
        found = _words(array.buffers()[0].address, array.offset - part.skipped)
    _bits(feed, part, "known", found)


def _bits(feed: Feed, part: _Part, name: str, found: tuple[int, int]) -> None:
    feed.number(part.path, name, found[0])
    feed.number(part.path, f"{name}_at", found[1])


def _buffer(feed: Feed, part: _Part, name: str, array: pa.Array, width: int) -> None:
    """The values of an array of so many bytes each, as they lie."""
    feed.number(part.path, name, _start(array) + width * (array.offset - part.skipped))


def _start(array: pa.Array) -> int:
    """Where the values of an array lie; an empty one may have no memory."""
    buffer = array.buffers()[1]
    return 0 if buffer is None else int(buffer.address)


def _entries(
    feed: Feed, parts: list[_Part], reader: ValueReader, array: pa.Array | None, size: int
) -> Truths | None:
    """An input for the lists that read it; which entries the exact reader must look at."""
    item = reader.item
    if array is None:
        array = pa.nulls(size)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    missing = physical.missing(array) if item.required else None
    if _lie(feed, parts, reader, array):
        for part in parts:
            _bitmap(feed, part, array, size)
        return missing
    values = reader.read(array)
    for part in parts:
        feed.integers(part.path, _input(reader), values.integers, part.skipped)
        feed.bitmap(part.path, None if values.missing is None else ~values.missing, size, part.skipped)
    return either(values.wrong, values.missing if item.required else None)


def _lie(feed: Feed, parts: list[_Part], reader: ValueReader, array: pa.Array) -> bool:
    """Take an array as it lies, if that is in the canonical form and all of it is in order."""
    type_, kind = array.type, reader.type.kind
    if kind is Kind.TRUTH and pa.types.is_boolean(type_):
        for part in parts:
            _bits(feed, part, "values", _words(_start(array), array.offset - part.skipped))
        return True
    if kind in (Kind.CHOICE, Kind.CHOICES):
        return _options(feed, parts, reader, array)
    if kind is Kind.DATE and pa.types.is_date32(type_):
        return _days(feed, parts, array, _input(reader))
    decimal = pa.types.is_decimal128(type_) and 1 < reader.type.den == 10**type_.scale
    if kind is not Kind.NUMBER or not (decimal or (reader.type.den == 1 and pa.types.is_int64(type_))):
        return False
    check = checks().decimals_fit if decimal else checks().numbers_fit
    ends = (array.offset, array.offset + len(array))
    if not check(_start(array), *ends, reader.type.low, reader.type.high, *_known(array)):
        return False
    for part in parts:
        _buffer(feed, part, "values", array, 16 if decimal else 8)
    return True


def _days(feed: Feed, parts: list[_Part], array: pa.Array, value: Value) -> bool:
    """Days since 1970, if all that are known lie within some bounds."""
    low, high = value.low, value.high
    ends = (days_since(FIRST_DATE if low is None else low), days_since(LAST_DATE if high is None else high))
    start, last = array.offset, array.offset + len(array)
    if not checks().days_fit(_start(array), start, last, *ends, *_known(array)):
        return False
    for part in parts:
        _buffer(feed, part, "values", array, 4)
        feed.number(part.path, "table", lasting("calendar", calendar) - 4 * first_day())
    return True


def _options(feed: Feed, parts: list[_Part], reader: ValueReader, array: pa.Array) -> bool:
    """Codes into a dictionary, or lists of such; whether that is what they are, and all are options."""
    several = reader.type.kind is Kind.CHOICES
    entries, inner = array, 0
    lists: NDArray[np.int32] | None = None
    if several:
        if not physical.is_list(array.type):
            return False
        lists, inner, entries = _parts(array)
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
        _buffer(feed, _Part(part.path, inner if several else part.skipped), "values", codes, 2)
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


def _dates(feed: Feed, part: _Part, array: pa.Array | None, size: int = 0) -> Truths | None:
    """Dates that must be there."""
    if array is not None and pa.types.is_date32(array.type) and _days(feed, [part], array, _DAY):
        return physical.missing(array)
    values = read_days(array, size if array is None else len(array))
    feed.integers(part.path, _DAY, values.integers, part.skipped)
    return either(values.missing, values.wrong)


def _spells(
    feed: Feed, forms: list[str], skipped: int, ends: list[pa.Array | None], size: int
) -> Truths | None:
    """The ends of spells for each form of a timeline."""
    first, last = ends
    if first is not None and last is not None and all(pa.types.is_int32(one.type) for one in (first, last)):
        start, known = last.offset - first.offset, _known(last)
        addresses = (_start(first), _start(last) + 4 * start)
        known = (known[0], known[1] + start)
        if checks().months_fit(*addresses, first.offset, first.offset + size, *known):
            for form in forms:
                _buffer(feed, _Part(form, skipped), "first", first, 4)
                _buffer(feed, _Part(form, skipped), "last", last, 4)
                _bitmap(feed, _Part(form, skipped), last, size)
            return physical.missing(first)
    found, wrong = ends_of(first, last, size)
    for form in forms:
        started = STARTED in form
        feed.shifted(form, "first", found.begun if started else found.first, skipped)
        feed.shifted(form, "last", found.ended if started else found.last, skipped)
        feed.bitmap(form, None, size, skipped)
    return wrong


def _latest(array: pa.Array) -> int:
    """The month after which a quarter of some dates lie: whoever applies much later is for the wider program."""
    some = array.take(physical.array(np.arange(0, len(array), max(len(array) // _SAMPLE, 1))))
    values = read_days(some, len(some))
    wrong = either(values.missing, values.wrong)
    days = np.sort(values.integers if wrong is None else values.integers[~wrong])
    if not len(days):
        return 0
    day = int(days[len(days) * 3 // 4])
    return day // 10000 * 12 + day // 100 % 100 - 1
