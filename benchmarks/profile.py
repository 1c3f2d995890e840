"""Where the time goes: `python -m benchmarks.profile [--applicants N]`, and a section of `make bench`.

On one thread, so that the parts add up: columns by the kind of operation, fused by its three steps, `jifen batch` by
what it does; and what the processor does for each applicant, where `perf` can count it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.columns import every
from benchmarks.peers.peer import POLICY
from benchmarks.peers.roster import contender
from benchmarks.processes import job, run

Parts = list[tuple[str, float]]
"""Seconds by what they were spent on, the most first."""
RUNS = 5
BATCH = 5
"""Times as many applicants for `jifen batch`, where starting would else be most of it."""
COUNTED = ("c", "fused", "columns")
EVENTS = ("instructions:u", "cycles:u")
_REST = "everything else"


class Clock:
    """Adds up the time of calls by name; what a call spends in another one that is timed belongs to that."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.now = now
        self.parts: dict[str, float] = {}
        self._inside: list[float] = []

    def timed(self, name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed."""

        def call(*args: Any, **more: Any) -> Any:
            self._inside.append(0.0)
            start = self.now()
            try:
                return do(*args, **more)
            finally:
                taken = self.now() - start
                self.parts[name] = self.parts.get(name, 0.0) + taken - self._inside.pop()
                if self._inside:
                    self._inside[-1] += taken

        return call

    def each(self, name: str, do: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """The same generator, the steps of which are timed."""

        def call(*args: Any, **more: Any) -> Iterator[Any]:
            step = self.timed(name, do(*args, **more).__next__)
            while True:
                try:
                    found = step()
                except StopIteration:
                    return
                yield found

        return call

    def watch(self, stack: ExitStack, owner: Any, attribute: str, name: str, each: bool = False) -> None:
        """Time what stands at an attribute, until the stack is left."""
        do = getattr(owner, attribute)
        stack.enter_context(patch.object(owner, attribute, (self.each if each else self.timed)(name, do)))

    def fastest(self, do: Callable[[], object], runs: int = RUNS) -> Parts:
        """What a call with all that is watched in it takes, in the fastest of some runs."""
        found = []
        for _ in range(runs):
            self.parts.clear()
            self.timed(_REST, do)()
            found.append(sorted(self.parts.items(), key=lambda part: -part[1]))
        return min(found, key=lambda parts: sum(value for _, value in parts))


def tables(count: int) -> dict[str, Parts]:
    """Columns and fused, from Arrow to Arrow."""
    import jifen
    from benchmarks.population import population
    from jifen.arrow.batches import BatchReader
    from jifen.arrow.feeds import FeedReader
    from jifen.arrow.score import TableScorer
    from jifen.backends.columns.program import Step
    from jifen.backends.fused.scorer import Fused

    policy, clock = jifen.load(POLICY), Clock()
    table = population(policy, count)
    found = {}
    with ExitStack() as stack:
        clock.watch(stack, BatchReader, "read", "read Arrow into columns")
        clock.watch(stack, FeedReader, "read", "find and check what lies in Arrow")
        clock.watch(stack, Fused, "run", "the program of machine code")
        clock.watch(stack, TableScorer, "_result", "write Arrow")
        for backend in ("columns", "fused"):
            scorer = TableScorer(policy, backend=backend)
            if backend == "columns":
                program = scorer._columns._scorer._columns
                for at, one in enumerate(program._steps):
                    operation = policy.plan.operations[one.slot]
                    name = f"{operation.kind}{', of rows' * bool(operation.ranges_over)}"
                    program._steps[at] = Step(one.slot, clock.timed(name, one.fill), one.done)
            batches = table.to_batches(max_chunksize=scorer.chunk(table.num_rows, 1))
            found[backend] = clock.fastest(partial(every, scorer, batches))
    return found


def batch(count: int) -> Parts:
    """`jifen batch` from Parquet to Parquet, with the start of Python."""
    import jifen
    from benchmarks.jobs import populate
    from benchmarks.service import start_up
    from jifen.arrow.score import TableScorer
    from jifen.batch import run as module
    from jifen.batch import spill, writers
    from jifen.batch.tables import ParquetTable

    clock = Clock()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        given, output = Path(folder) / "people.parquet", Path(folder) / "scores.parquet"
        populate(str(given), count, form="parquet")
        clock.watch(stack, jifen, "load", "load the policy")
        clock.watch(stack, ParquetTable, "batches", "read Parquet", each=True)
        clock.watch(stack, TableScorer, "batch", "score, with fetching the program")
        clock.watch(stack, spill.Spill, "write", "write parts")
        clock.watch(stack, module, "read_back", "read parts back", each=True)
        clock.watch(stack, writers.ParquetWriter, "write", "write Parquet")
        for owner in (spill, writers):
            clock.watch(stack, owner, "keep", "wait for the disk")

        def score() -> None:
            output.unlink(missing_ok=True)
            module.Batch(jifen.load(POLICY), given, output, threads=1).run()

        parts = clock.fastest(score, 3)
    return sorted(
        [*parts, ("start Python, import", start_up("import jifen.batch.run", 3))], key=lambda one: -one[1]
    )


def counted(count: int) -> dict[str, list[float]]:
    """EVENTS for each applicant, from runs of different length; nothing where `perf` cannot count them."""
    found: dict[str, list[float]] = {}
    if not shutil.which("perf"):
        return found
    with tempfile.TemporaryDirectory() as folder:
        path, said = str(Path(folder) / "people.arrow"), Path(folder) / "counts"
        job("populate", path=path, count=count)
        for key in COUNTED:
            ends = []
            for times in (1, 1 + RUNS):
                work = json.dumps({"key": key, "path": path, "times": times})
                command = ["perf", "stat", "-x,", "-o", str(said), "-e", ",".join(EVENTS)]
                run([*command, sys.executable, "-m", "benchmarks.jobs", "repeat", work])
                values = [line.partition(",")[0] for line in said.read_text().splitlines() if "," in line]
                if not all(map(str.isdigit, values)):
                    return {}
                ends.append(map(int, values))
            found[key] = [(after - before) / RUNS / count for before, after in zip(*ends, strict=True)]
    return found


def lines(data: dict[str, Any]) -> list[str]:
    """The tables, in Markdown."""
    found = [f"On one thread. What is less than a hundredth is in “{_REST}”.", ""]
    for key, parts in data["parts"].items():
        whole = sum(value for _, value in parts)
        shown = [(name, value) for name, value in parts if value >= whole / 100 and name != _REST]
        shown.append((_REST, whole - sum(value for _, value in shown)))
        size = data["applicants"] * (BATCH if key == "batch" else 1)
        head = f"{'`jifen batch`, Parquet to Parquet' if key == 'batch' else key}, {size:,} applicants"
        found += [f"| {head} | share | ns an applicant |", "|---|--:|--:|"]
        found += [f"| {name} | {value / whole:.0%} | {value / size * 1e9:,.0f} |" for name, value in shown]
        found += [f"| whole | 100% | {whole / size * 1e9:,.0f} |", ""]
    if data["counted"]:
        found += ["| the processor, for an applicant | instructions | cycles |", "|---|--:|--:|"]
        for key, values in data["counted"].items():
            found.append(f"| {contender(key).label} | {' | '.join(f'{value:,.0f}' for value in values)} |")
        found.append("")
    return found


def main() -> None:
    """Print the tables, or the data."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--applicants", type=int, default=100_000)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    count = given.applicants
    parts = {**tables(count), "batch": batch(BATCH * count)}
    data = {"applicants": count, "parts": parts, "counted": counted(count)}
    print(json.dumps(data) if given.json else "\n".join(lines(data)))


if __name__ == "__main__":
    main()
