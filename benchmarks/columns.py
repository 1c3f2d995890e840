"""Measures a population: rows a second from Arrow in memory, and the ratio to the function for one applicant.

`python -m benchmarks.columns [--applicants N] [--spells LOW HIGH] [--threads N ...]`. The applicants are invented
from a seed, with 8 to 14 spells each unless stated. Before anything is timed, a part of them is scored one by one and
must have the same results.
"""

from __future__ import annotations

import argparse
import platform
import resource
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial

import numpy as np
import pyarrow as pa

import jifen
from benchmarks.peers.peer import POLICY
from benchmarks.population import Shape, population
from jifen.arrow.batches import BatchReader
from jifen.arrow.results import DENOMINATOR
from jifen.arrow.score import CHUNK, TableScorer
from jifen.backends.columns.scorer import Scorer

CHECKED = 2000


def fastest(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of some calls."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        call()
        best = min(best, time.perf_counter() - start)
    return best


def every(scorer: TableScorer, batches: list[pa.RecordBatch], threads: int = 1) -> list[pa.RecordBatch]:
    """The scores of all batches."""
    return list(scorer.batches(batches, scorer.schema(batches[0].schema), threads))


def check(policy: jifen.Policy, table: pa.Table) -> float:
    """Score the first applicants one by one; seconds that the function takes for each. Raises AssertionError."""
    part = table.slice(0, CHECKED)
    scores = policy.score_table(part, threads=1)
    reader = BatchReader(policy.rules, policy.layout)
    [batch] = part.to_batches()
    people = [policy.read(one) for one in reader.documents(batch, np.arange(part.num_rows))]
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
    table = population(policy, given.applicants, Shape(*given.spells))
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
    for backend in ("columns", "fused"):
        start = time.perf_counter()
        tables = TableScorer(policy, backend=backend)
        schema = tables.schema(table.schema)
        pieces = table.to_batches(max_chunksize=tables.chunk(table.num_rows, 1))
        tables.batch(pieces[0], schema)
        print(f"{backend} are ready after {time.perf_counter() - start:.2f} s")
        for threads in given.threads:
            row(
                f"Arrow to Arrow, {backend}, {threads} thread{'s' * (threads > 1)}",
                fastest(partial(every, tables, pieces, threads)),
            )
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


if __name__ == "__main__":
    main()
