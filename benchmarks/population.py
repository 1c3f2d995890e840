"""Invented applicants from a seed, in the canonical Arrow schema of a policy, a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from jifen.arrow.schema import schema_of

if TYPE_CHECKING:
    from jifen import Policy
    from jifen.policy.model import Input

BATCH = 65_536
_EPOCH = date(1970, 1, 1)
_MONTH_AFTER = 2022 * 12 + 9
"""No spell begins in this month or later."""


class Shape(NamedTuple):
    """How long a story the applicants have."""

    fewest: int = 8
    most: int = 14
    """Spells of all timelines together."""
    years: int = 12
    """Of history; spells are up to a sixth of it."""
    unknown: float = 0.05
    """Share of null among the values that have a default."""


def batches(
    policy: Policy, count: int, shape: Shape | None = None, seed: int = 1
) -> Iterator[pa.RecordBatch]:
    """`count` applicants; the first of them are the same whatever the count."""
    for number, start in enumerate(range(0, count, BATCH)):
        rng = np.random.default_rng([seed, number])
        whole = _Author(policy, shape or Shape(), rng, start).batch()
        yield whole.slice(0, count - start)


def population(policy: Policy, count: int, shape: Shape | None = None, seed: int = 1) -> pa.Table:
    """The same as one table."""
    return pa.Table.from_batches(batches(policy, count, shape, seed), schema_of(policy))


def codes(
    position: NDArray[np.int64], names: Sequence[str], missing: NDArray[np.bool_] | None = None
) -> pa.Array:
    """Options by their position among `names`, null where `missing`."""
    return pa.DictionaryArray.from_arrays(pa.array(position.astype(np.int16), mask=missing), pa.array(names))


def lists(counts: NDArray[np.int64], fields: dict[str, pa.Array], type_: pa.DataType) -> pa.Array:
    """Lists of structs with so many entries each; fields that are not given are null."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    inner = list(type_.value_type)
    arrays = [
        fields[one.name] if one.name in fields else pa.nulls(int(offsets[-1]), one.type) for one in inner
    ]
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(arrays, fields=inner), type=type_)


class _Author:
    """Writes one batch."""

    def __init__(self, policy: Policy, shape: Shape, rng: Generator, start: int) -> None:
        self.rules, self.schema = policy.rules, schema_of(policy)
        self.shape, self.rng, self.start = shape, rng, start

    def batch(self) -> pa.RecordBatch:
        rng, rules, shape = self.rng, self.rules, self.shape
        arrays: list[pa.Array] = [
            pa.array([str(self.start + n) for n in range(BATCH)]),
            self._days(BATCH, (date(2022, 1, 1), date(2022, 4, 30)), (date(2022, 7, 1), date(2022, 10, 31))),
        ]
        arrays += [self._values(item, BATCH) for item in rules.facts.values()]
        # Half of the spells are of the first timeline, the rest of any other.
        others = len(rules.timelines) - 1
        owner = np.where(
            rng.random((BATCH, shape.most)) < 0.5, 0, rng.integers(1, others + 1, (BATCH, shape.most))
        )
        spells = rng.integers(shape.fewest, shape.most, BATCH, endpoint=True)
        owner[np.arange(shape.most) >= spells[:, None]] = -1
        for at, (name, timeline) in enumerate(rules.timelines.items()):
            counts = np.count_nonzero(owner == at, axis=1)
            fields = {key: self._values(item, int(counts.sum())) for key, item in timeline.attributes.items()}
            fields |= self._ends(int(counts.sum()))
            arrays.append(lists(counts, fields, self.schema.field(name).type))
        for name, records in rules.records.items():
            counts = (rng.random(BATCH) < 0.1) * rng.integers(1, 4, BATCH)
            size = int(counts.sum())
            fields = {key: self._values(item, size) for key, item in records.attributes.items()}
            fields["date"] = self._days(size, (date(2012, 1, 1), date(2022, 6, 30)))
            arrays.append(lists(counts, fields, self.schema.field(name).type))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _ends(self, size: int) -> dict[str, pa.Array]:
        months = 12 * self.shape.years
        first = _MONTH_AFTER - self.rng.integers(1, months, size)
        last = np.minimum(first + self.rng.integers(0, months // 6, size), _MONTH_AFTER)
        running = self.rng.random(size) < 0.1
        return {"from": pa.array(first.astype(np.int32)), "to": pa.array(last.astype(np.int32), mask=running)}

    def _days(self, size: int, *periods: tuple[date, date]) -> pa.Array:
        """A day in one of the periods."""
        ends = np.array([[(day - _EPOCH).days for day in period] for period in periods])
        chosen = ends[self.rng.integers(0, len(periods), size)]
        return pa.array(self.rng.integers(chosen[:, 0], chosen[:, 1], endpoint=True).astype(np.int32)).cast(
            pa.date32()
        )

    def _values(self, item: Input, size: int) -> pa.Array:
        rng, names = self.rng, list(item.options)
        missing = None if item.required else rng.random(size) < self.shape.unknown
        if item.type == "boolean":
            return pa.array(rng.random(size) < 0.8, mask=missing)
        if item.type == "date":
            return self._days(size, (date(1968, 1, 1), date(1999, 12, 31)))
        if item.type == "choice" and item.many:
            held = rng.random((size, len(names))) < 0.9
            held[:, 0] = True
            offsets = np.concatenate([[0], np.cumsum(held.sum(axis=1))]).astype(np.int32)
            return pa.ListArray.from_arrays(offsets, codes(np.nonzero(held)[1], names))
        if item.type == "choice":
            common = rng.random(size) < 0.55
            return codes(np.where(common, 0, rng.integers(0, len(names), size)), names, missing)
        least = int(item.low or 0)
        whole = least + rng.integers(0, 20_000 if item.type == "money" else 30, size)
        numbers = pa.array(whole, mask=missing)
        return numbers.cast(pa.int32()).cast(pa.decimal128(18, 2)) if item.type == "money" else numbers
