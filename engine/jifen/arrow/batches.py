"""Record batches as blocks, and single rows of them as documents for the exact reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.arrow.schema import APPLICANT, DATE, column_of, columns_of
from jifen.arrow.spells import ListReader, read_dates
from jifen.arrow.texts import of_text
from jifen.arrow.values import Truths, ValueReader, either
from jifen.backends.columns.block import Block, Column, Rows
from jifen.backends.inputs import Layout
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy.model import Rules

_AT_ONCE = 256
"""Rows that are objects of Python at a time."""


class Batch(NamedTuple):
    """A record batch as read: the rows that columns can hold, and those that the exact reader must look at.

    Of the others, `closed`, nothing is wrong but that no round is open on their day; `day` is that of every row.
    """

    block: Block
    kept: NDArray[np.intp]
    odd: NDArray[np.intp]
    closed: NDArray[np.intp]
    day: Column


class BatchReader:
    """Reads record batches for one policy into one layout. Immutable; safe to share between threads."""

    def __init__(self, rules: Rules, layout: Layout, texts: bool = False) -> None:
        """`texts`: values are texts as in CSV, see `jifen.arrow.texts`."""
        self._layout = layout
        self._rules = rules
        self._texts = texts
        self._columns = columns_of(rules)
        self._facts = {name: ValueReader(item, texts) for name, item in rules.facts.items()}
        self._lists = {
            column_of(section, name): ListReader(declared, rules, layout, texts)
            for section, items in (("timelines", rules.timelines), ("records", rules.records))
            for name, declared in items.items()
        }
        self._rounds = [(item.first, item.last) for item in rules.rounds.values()]

    def read(self, batch: pa.RecordBatch) -> Batch:
        """The applicants of a batch. Its schema must have passed `schema.check_columns`."""
        count = batch.num_rows
        stated = read_dates(batch.column(batch.schema.get_field_index(DATE)))
        day = stated.integers
        odd = either(stated.missing, stated.wrong)
        facts: dict[str, Column] = {DATE: day}
        given: dict[str, Truths] = {}
        for name, reader in self._facts.items():
            settled = reader.settled(column(batch, column_of("facts", name)), count)
            facts[name], given[name] = settled.column, settled.given
            odd = either(odd, settled.odd)
        tables: dict[str, Rows] = {}
        for name, lists in self._lists.items():
            ragged = lists.read(column(batch, name), count)
            tables |= ragged.forms
            odd = either(odd, ragged.odd)
        layout = self._layout
        block = Block(
            count,
            0,
            tuple([facts[name] if name != DATE else day for name in layout.facts]),
            tuple([given[name] for name in layout.given]),
            tuple([tables[rows] for rows in layout.columns]),
        )
        every, none = np.arange(count), np.arange(0)
        shut = closed(self._rounds, day)
        left = either(odd, shut)
        if left is None or not left.any():
            return Batch(self._based(block, day), every, none, none, day)
        kept = np.flatnonzero(~left)
        block = self._based(block.taken(kept), day[kept])
        others = none if odd is None else np.flatnonzero(odd)
        if shut is not None and odd is not None:
            shut &= ~odd
        return Batch(block, kept, others, none if shut is None else np.flatnonzero(shut), day)

    def _based(self, block: Block, day: Column) -> Block:
        """The block with the first month of any of its spells, or of an application if that is earlier."""
        first = int(day.min(initial=LAST_MONTH // 12 * 10000 + 1231))
        base = first // 10000 * 12 + first // 100 % 100 - 1
        for rows, names in zip(block.rows, self._layout.columns.values(), strict=True):
            if "from" in names:
                base = int(rows.columns[names.index("from")].min(initial=base))
        return replace(block, base=base)

    def documents(self, batch: pa.RecordBatch, rows: NDArray[np.intp]) -> Iterator[dict[str, Any]]:
        """Some rows, in ascending order, each as the document of an applicant; neighbours are fetched together."""
        for neighbours in np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1):
            for first in range(0, len(neighbours), _AT_ONCE):
                some = neighbours[first : first + _AT_ONCE]
                for values in batch.slice(some[0], len(some)).to_pylist():
                    yield self._document(values)

    def _document(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values of one row as a document: what is null is not there."""
        found: dict[str, Any] = {}
        if values.get(APPLICANT) is not None:
            found[APPLICANT] = str(values[APPLICANT])
        if values.get(DATE) is not None:
            found[DATE] = values[DATE]
        for name, (section, key) in self._columns.items():
            value = values.get(name)
            if value is None:
                continue
            if section != "facts":
                value = [self._row(section, key, row) for row in value]
            elif self._texts:
                value = of_text(self._rules.facts[key], value)
            person, _, own = key.rpartition(".")
            part = found.setdefault("people", {}).setdefault(person, {}) if person else found
            part.setdefault(section, {})[own] = value
        return found

    def _row(self, section: str, name: str, row: dict[str, Any] | None) -> dict[str, Any] | None:
        if row is None:
            return None
        found = {key: value for key, value in row.items() if value is not None}
        if self._texts:
            declared = self._rules.timelines[name] if section == "timelines" else self._rules.records[name]
            for key in found.keys() & declared.attributes.keys():
                found[key] = of_text(declared.attributes[key], found[key])
        return _months_told(found)


def column(batch: pa.RecordBatch, name: str) -> pa.Array | None:
    """A column of a batch; None where it has none of this name."""
    at = batch.schema.get_field_index(name)
    return None if at < 0 else batch.column(at)


def closed(rounds: Sequence[tuple[int, int]], day: Column) -> Truths | None:
    """The applications on days on which none of some rounds is open; None where there are no rounds."""
    if not rounds:
        return None
    found: Truths = ~np.logical_or.reduce([is_open(day, first, last) for first, last in rounds])
    return found


def is_open(day: Column, first: int, last: int) -> Truths:
    """Whether a round is open on each day. A window without a year may pass over the end of the year."""
    at = day if last > 1231 else day % 10000
    found: Truths = (at >= first) | (at <= last) if last < first else (at >= first) & (at <= last)
    return found


def _months_told(found: dict[str, Any]) -> dict[str, Any]:
    """A spell or record with its months as text where they are numbers."""
    for name in ("from", "to"):
        value = found.get(name)
        if isinstance(value, int) and FIRST_MONTH <= value <= LAST_MONTH:
            found[name] = f"{value // 12}-{value % 12 + 1:02}"
    return found
