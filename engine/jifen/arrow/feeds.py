"""Record batches as the arguments of a fused program: Arrow's buffers as they lie.

What is laid out as `jifen schema arrow` prints it is not touched here, whatever the number of rows. Anything else
goes through the readers of the columns backend and comes out in those forms.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from jifen.arrow import physical
from jifen.arrow.batches import column
from jifen.arrow.lying import (
    Part,
    days_lie,
    give_known,
    give_values,
    known_bits,
    lies,
    lists_of,
    start_of,
    value_of,
)
from jifen.arrow.schema import DATE, column_of
from jifen.arrow.spells import ListReader, ends_of, field, read_days
from jifen.arrow.values import (
    Truths,
    ValueReader,
    either,
)
from jifen.backends.fused.blocks import Feed
from jifen.backends.fused.inputs import Inputs, RowsOf, Value
from jifen.backends.fused.program import checks
from jifen.backends.inputs import Layout
from jifen.plan import types
from jifen.policy.model import Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED

_SAMPLE = 1000
_DAY = Value(types.DATE)


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
        facts = {name: value_of(self._facts[name]) if name != DATE else _DAY for name in layout.facts}
        rows: dict[str, RowsOf] = {}
        for lists in self._lists.values():
            values = {name: value_of(reader) for name, reader in lists.attributes.items()}
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
        odd = _dates(feed, Part(DATE), dates)
        feed.latest = _latest(dates)
        for name, reader in self._facts.items():
            array = column(batch, column_of("facts", name))
            odd = either(odd, _entries(feed, [Part(name)], reader, array, count))
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
        offsets, skipped, entries = lists_of(array)
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
            parts = [Part(f"{form}.{name}", skipped) for form in forms]
            wrong = either(wrong, _entries(feed, parts, reader, field(entries, name), size))
        if isinstance(lists.declared, Timeline):
            ends = [field(entries, name) for name in ("from", "to")]
            wrong = either(wrong, _spells(feed, forms, skipped, ends, size))
        else:
            for form in forms:
                wrong = either(
                    wrong, _dates(feed, Part(f"{form}.{DATE}", skipped), field(entries, DATE), size)
                )
        if wrong is not None and wrong.any():
            whose = np.zeros(count, np.bool_)
            whose[np.searchsorted(offsets, np.flatnonzero(wrong) + skipped, side="right") - 1] = True
            odd = either(odd, whose)
        return odd


def _entries(
    feed: Feed, parts: list[Part], reader: ValueReader, array: pa.Array | None, size: int
) -> Truths | None:
    """An input for the lists that read it; which entries the exact reader must look at."""
    item = reader.item
    if array is None:
        array = pa.nulls(size)
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    missing = physical.missing(array) if item.required else None
    if lies(feed, parts, reader, array):
        for part in parts:
            give_known(feed, part, array, size)
        return missing
    values = reader.read(array)
    for part in parts:
        feed.integers(part.path, value_of(reader), values.integers, part.skipped)
        feed.bitmap(part.path, None if values.missing is None else ~values.missing, size, part.skipped)
    return either(values.wrong, values.missing if item.required else None)


def _dates(feed: Feed, part: Part, array: pa.Array | None, size: int = 0) -> Truths | None:
    """Dates that must be there."""
    if array is not None and pa.types.is_date32(array.type) and days_lie(feed, [part], array, _DAY):
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
        start, known = last.offset - first.offset, known_bits(last)
        addresses = (start_of(first), start_of(last) + 4 * start)
        known = (known[0], known[1] + start)
        if checks().months_fit(*addresses, first.offset, first.offset + size, *known):
            for form in forms:
                give_values(feed, Part(form, skipped), "first", first, 4)
                give_values(feed, Part(form, skipped), "last", last, 4)
                give_known(feed, Part(form, skipped), last, size)
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
