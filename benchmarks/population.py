"""Invented applicants from a seed, in the canonical Arrow schema of a policy, a batch at a time.

`python -m benchmarks.population POLICY COUNT FILE` writes them into a Parquet file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil, floor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from jifen.arrow.schema import schema_of

if TYPE_CHECKING:
    from jifen import Policy
    from jifen.policy.model import Input, RecordList, Timeline

BATCH = 65_536
_EPOCH = date(1970, 1, 1)
_USUAL = [(101, 430), (701, 1031)]
"""When people apply where a policy has no rounds."""


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


def periods(policy: Policy) -> tuple[tuple[date, date], ...]:
    """When people apply: in the first two rounds of a policy, of 2022 where it is in force then."""
    begin, end = (day // 10_000 for day in policy.time_in_force)
    year = 10_000 * min(max(2022, begin + 1), end or 9999)
    found = []
    for first, last in sorted((item.first, item.last) for item in policy.rules.rounds.values())[:2] or _USUAL:
        if last <= 1231:  # of every year
            first, last = first + year, last + year + 10_000 * (last < first)
        found.append((_date(first), _date(last)))
    return tuple(found)


def _date(day: int) -> date:
    return date(day // 10_000, day // 100 % 100, day % 100)


class _Author:
    """Writes one batch."""

    def __init__(self, policy: Policy, shape: Shape, rng: Generator, start: int) -> None:
        self.rules, self.schema = policy.rules, schema_of(policy)
        self.shape, self.rng, self.start = shape, rng, start
        self.periods = periods(policy)
        last = max(end for _, end in self.periods)
        self.month_after = last.year * 12 + last.month - 1
        """No spell begins in this month or later."""

    def batch(self) -> pa.RecordBatch:
        rng, rules, shape = self.rng, self.rules, self.shape
        arrays: list[pa.Array] = [
            pa.array([str(self.start + n) for n in range(BATCH)]),
            self._days(BATCH, *self.periods),
        ]
        facts = zip(rules.facts.values(), self.schema.types[len(arrays) :], strict=False)
        arrays += [self._values(item, BATCH, type_) for item, type_ in facts]
        # Half of the spells are of the first timeline, the rest of any other.
        others = len(rules.timelines) - 1
        owner = np.where(
            rng.random((BATCH, shape.most)) < 0.5,
            0,
            rng.integers(1, others + 1, (BATCH, shape.most)) if others else 0,
        )
        spells = rng.integers(shape.fewest, shape.most, BATCH, endpoint=True)
        owner[np.arange(shape.most) >= spells[:, None]] = -1
        for at, (name, timeline) in enumerate(rules.timelines.items()):
            counts = np.count_nonzero(owner == at, axis=1)
            fields = self._attributes(name, timeline, int(counts.sum()))
            fields |= self._ends(int(counts.sum()))
            arrays.append(lists(counts, fields, self.schema.field(name).type))
        for name, records in rules.records.items():
            counts = (rng.random(BATCH) < 0.1) * rng.integers(1, 4, BATCH)
            size = int(counts.sum())
            fields = self._attributes(name, records, size)
            fields["date"] = self._days(size, (date(2012, 1, 1), date(2022, 6, 30)))
            arrays.append(lists(counts, fields, self.schema.field(name).type))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _ends(self, size: int) -> dict[str, pa.Array]:
        months = 12 * self.shape.years
        first = self.month_after - self.rng.integers(1, months, size)
        last = np.minimum(first + self.rng.integers(0, months // 6, size), self.month_after)
        running = self.rng.random(size) < 0.1
        return {"from": pa.array(first.astype(np.int32)), "to": pa.array(last.astype(np.int32), mask=running)}

    def _days(self, size: int, *periods: tuple[date, date]) -> pa.Array:
        """A day in one of the periods."""
        ends = np.array([[(day - _EPOCH).days for day in period] for period in periods])
        chosen = ends[self.rng.integers(0, len(periods), size)]
        return pa.array(self.rng.integers(chosen[:, 0], chosen[:, 1], endpoint=True).astype(np.int32)).cast(
            pa.date32()
        )

    def _attributes(self, name: str, declared: Timeline | RecordList, size: int) -> dict[str, pa.Array]:
        inner = self.schema.field(name).type.value_type
        return {
            key: self._values(item, size, inner.field(key).type) for key, item in declared.attributes.items()
        }

    def _values(self, item: Input, size: int, type_: pa.DataType) -> pa.Array:
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
        least, most = ceil(item.low or 0), 20_000 if item.type == "money" else 30
        if item.high is not None:
            most = min(most, floor(item.high) - least + 1)
        numbers = pa.array(least + rng.integers(0, max(most, 1), size), mask=missing)
        # Of an int32 Arrow knows that it has no more digits than a decimal here has room for.
        return numbers.cast(pa.int32()).cast(type_)


def main() -> None:
    """Write a file."""
    import pyarrow.parquet as pq

    import jifen

    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("policy")
    arguments.add_argument("count", type=int)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    policy = jifen.load(given.policy)
    with pq.ParquetWriter(given.file, schema_of(policy)) as file:
        for batch in batches(policy, given.count, seed=given.seed):
            file.write_batch(batch)


if __name__ == "__main__":
    main()
