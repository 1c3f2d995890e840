"""Measures a population: rows a second from Arrow in memory, and the ratio to the function for one applicant.

`python benchmarks/columns.py [--applicants N] [--spells LOW HIGH] [--threads N ...]`. The applicants are invented
from a seed, with 8 to 14 spells each unless stated. Before anything is timed, a part of them is scored one by one and
must have the same results.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import numpy as np
import pyarrow as pa
from numpy.random import Generator

import jifen
from jifen.arrow.batches import BatchReader
from jifen.arrow.results import DENOMINATOR
from jifen.arrow.schema import schema_of
from jifen.arrow.score import CHUNK, TableScorer
from jifen.backends.columns.scorer import Scorer
from jifen.policy.model import Input

POLICY = "tianjin/2022"
CHECKED = 2000
_FIRST, _LAST = 2010 * 12, 2021 * 12 + 11


def options(rng: Generator, size: int, type_: pa.DataType, names: list[str]) -> pa.Array:
    """A random option each."""
    codes = rng.integers(0, len(names), size).astype(np.int16)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(names)).cast(type_)


def lists(counts: np.ndarray, fields: dict[str, pa.Array], type_: pa.DataType) -> pa.Array:
    """Lists of structs with so many entries each."""
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    inner = type_.value_type
    size = int(offsets[-1])
    arrays = [fields.get(one.name, pa.nulls(size, one.type)) for one in inner]
    entries = pa.StructArray.from_arrays(arrays, fields=list(inner))
    return pa.ListArray.from_arrays(offsets, entries, type=type_)


def population(policy: jifen.Policy, count: int, low: int, high: int, seed: int = 1) -> pa.Table:
    """Applicants in the canonical schema; the spells of all timelines together are `low` to `high`."""
    rng = np.random.default_rng(seed)
    rules, schema = policy.rules, schema_of(policy)

    def days(first: date, last: date, size: int) -> pa.Array:
        start, end = ((day - date(1970, 1, 1)).days for day in (first, last))
        return pa.array(rng.integers(start, end, size, endpoint=True).astype(np.int32)).cast(pa.date32())

    def values(name: str, item: Input, size: int) -> pa.Array:
        type_ = item.type
        names = list(item.options)
        if type_ == "boolean":
            return pa.array(rng.random(size) < 0.8)
        if type_ == "date":
            return days(date(1968, 1, 1), date(1999, 12, 31), size)
        if type_ == "choice" and item.many:
            held = rng.random((size, len(names))) < 0.9
            held[:, 0] = True
            codes = pa.array(np.nonzero(held)[1].astype(np.int16))
            offsets = np.concatenate([[0], np.cumsum(held.sum(axis=1))]).astype(np.int32)
            return pa.ListArray.from_arrays(offsets, pa.DictionaryArray.from_arrays(codes, pa.array(names)))
        if type_ == "choice":
            often = [names[0]] * 6 + names
            codes = rng.integers(0, len(often), size).astype(np.int16)
            position = np.array([names.index(one) for one in often], np.int16)[codes]
            return pa.DictionaryArray.from_arrays(pa.array(position), pa.array(names))
        least = int(item.low or 0)
        whole = pa.array(least + rng.integers(0, 20_000 if type_ == "money" else 30, size))
        return whole.cast(pa.int32()).cast(pa.decimal128(18, 2)) if type_ == "money" else whole

    spells = rng.integers(low, high, count, endpoint=True)
    names = list(rules.timelines)
    share = rng.multinomial(1, [0.5] + [0.5 / (len(names) - 1)] * (len(names) - 1), (count, high))
    share *= np.arange(high)[None, :, None] < spells[:, None, None]
    arrays: list[pa.Array] = [
        pa.array([str(n) for n in range(count)]),
        days(date(2022, 1, 1), date(2022, 4, 30), count),
    ]
    for name, item in rules.facts.items():
        arrays.append(values(name, item, count))
    for at, (name, timeline) in enumerate(rules.timelines.items()):
        counts = share[:, :, at].sum(axis=1)
        size = int(counts.sum())
        first = rng.integers(_FIRST, _LAST - 3, size).astype(np.int32)
        last = np.minimum(first + rng.integers(1, 24, size), _LAST + 6).astype(np.int32)
        ends = {"from": pa.array(first), "to": pa.array(last, mask=rng.random(size) < 0.1)}
        fields = {key: values(key, item, size) for key, item in timeline.attributes.items()}
        arrays.append(lists(counts, ends | fields, schema.field(name).type))
    for name, records in rules.records.items():
        counts = (rng.random(count) < 0.1).astype(np.int64)
        size = int(counts.sum())
        fields = {key: values(key, item, size) for key, item in records.attributes.items()}
        fields["date"] = days(date(2012, 1, 1), date(2021, 12, 31), size)
        arrays.append(lists(counts, fields, schema.field(name).type))
    return pa.Table.from_arrays(arrays, schema=schema)


def fastest(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some calls."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def check(policy: jifen.Policy, table: pa.Table) -> float:
    """Score the first applicants one by one; seconds that the function takes for each. Raises AssertionError."""
    part = table.slice(0, CHECKED)
    scores = policy.score_table(part, threads=1)
    reader = BatchReader(policy.rules, policy.layout)
    [batch] = part.to_batches()
    people = [policy.read(reader.document(batch, row)) for row in range(part.num_rows)]
    for person, row in zip(people, scores.to_pylist(), strict=True):
        card = jifen.Scorecard(policy, person, policy.run(person))
        for line in card.lines:
            field = scores.schema.field(f"points.{line.path}")
            den = int(field.metadata[DENOMINATOR.encode()])
            assert Fraction(row[field.name], den) == line.points, (person.id, line.path)
        assert row["qualifies"] == card.qualifies and row["eligible"] == card.eligible
        assert {name: row[f"met.{name}"] for name in card.requirements} == card.requirements
    return fastest(lambda: [policy.run(person) for person in people], 5) / len(people)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--applicants", type=int, default=1_000_000)
    arguments.add_argument("--spells", type=int, nargs=2, default=(8, 14))
    arguments.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    given = arguments.parse_args()
    policy = jifen.load(POLICY)
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, Arrow {pa.__version__}"
    size = f"{given.applicants:,} applicants, {given.spells[0]} to {given.spells[1]} spells"
    print(f"jifen {jifen.__version__}, {versions}, {platform.machine()}, {POLICY}, {size}")
    table = population(policy, given.applicants, *given.spells)
    exact = check(policy, table)
    print(f"the first {min(CHECKED, table.num_rows):,} equal the function for one applicant\n")

    def row(label: str, seconds: float) -> None:
        each = seconds / table.num_rows
        print(f"{label:<34}{seconds:>8.2f} s{1 / each:>13,.0f} rows/s{exact / each:>8.1f} x exact")

    row("exact, one by one, once read", exact * table.num_rows)
    reader = BatchReader(policy.rules, policy.layout)
    batches = table.to_batches(max_chunksize=CHUNK)
    row("  read Arrow into columns", fastest(lambda: [reader.read(batch) for batch in batches]))
    blocks = [reader.read(batch).block for batch in batches[:8]]
    scorer = Scorer(policy.plan, policy.core.slots, policy.layout)
    part = sum(block.count for block in blocks)
    row(
        "  the plan over columns",
        fastest(lambda: [scorer(block) for block in blocks]) * table.num_rows / part,
    )
    tables = TableScorer(policy)
    schema = tables.schema(table.schema)
    for threads in given.threads:
        row(
            f"Arrow to Arrow, {threads} thread{'s' * (threads > 1)}",
            fastest(lambda: list(tables.batches(batches, schema, threads))),  # noqa: B023  # called at once
        )
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


if __name__ == "__main__":
    main()
