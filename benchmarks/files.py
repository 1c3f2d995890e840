"""Measures `jifen batch` from Parquet to Parquet: time against reading and writing the same files alone, and memory.

`python -m benchmarks.files [--applicants N ...] [--policy POLICY]`. For each size, in processes of their own: the input
is read and nothing done with it, the output is written again from memory, and the whole is scored. Times are those of
the processor, on all threads; the ratio is that of the whole to reading and writing. The invented files stay in
`--folder`, so that a second run has them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

import jifen
from benchmarks.peers.peer import POLICY
from benchmarks.population import population
from jifen.arrow.schema import schema_of
from jifen.arrow.score import CHUNK

AT_ONCE = 100_000
READ = """
import sys, pyarrow.parquet as pq
file = pq.ParquetFile(sys.argv[1], buffer_size=1 << 20)
for group in range(file.num_row_groups):
    for batch in file.iter_batches(batch_size=int(sys.argv[2]), row_groups=[group]):
        pass
"""
WRITE = """
import sys, pyarrow.parquet as pq
from jifen.batch.spill import read_back
from pathlib import Path
import pyarrow as pa
with pq.ParquetWriter(sys.argv[2], next(read_back(Path(sys.argv[1]))).schema) as writer:
    waiting = []
    for batch in read_back(Path(sys.argv[1])):
        waiting.append(batch)
        if len(waiting) == 8:
            writer.write_table(pa.Table.from_batches(waiting))
            waiting = []
    if waiting:
        writer.write_table(pa.Table.from_batches(waiting))
"""
NOTHING = "import pyarrow.parquet, jifen.batch.spill"


class Cost(NamedTuple):
    """Seconds of the processor and of the clock, and the most memory, in MB."""

    cpu: float
    clock: float
    peak: int


def cost(*words: str) -> Cost:
    """What a Python process costs. Raises SystemExit where it fails."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, *words], stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{words} failed")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss >> 10)


def written(policy: jifen.Policy, count: int, path: Path) -> None:
    """A file of invented applicants, made piece by piece."""
    with pq.ParquetWriter(path, schema_of(policy)) as file:
        for first in range(0, count, AT_ONCE):
            table = population(policy, min(AT_ONCE, count - first), seed=first)
            file.write_table(table, row_group_size=AT_ONCE)


def spill(source: Path, target: Path) -> None:
    """A Parquet file as plain Arrow, of which writing it again costs next to nothing to read."""
    from jifen.batch.spill import spilled

    file = pq.ParquetFile(source)
    batches = (
        batch
        for group in range(file.num_row_groups)
        for batch in file.iter_batches(batch_size=CHUNK, row_groups=[group])
    )
    spilled(target, file.schema_arrow, batches)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--applicants", type=int, nargs="+", default=[1_000_000])
    arguments.add_argument("--policy", default=POLICY)
    arguments.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    arguments.add_argument("--folder", type=Path, default=Path("/tmp/jifen-files"))
    given = arguments.parse_args()
    given.folder.mkdir(exist_ok=True)
    policy = jifen.load(given.policy)
    print(f"jifen {jifen.__version__}, Arrow {pa.__version__}, {given.policy}, {given.threads} threads")
    print(f"{'':<14}{'read':>9}{'write':>9}{'batch':>9}{'ratio':>8}{'rows/s':>11}{'peak':>9}")
    for count in given.applicants:
        source = given.folder / f"{policy.id.replace('/', '-')}-{count}.parquet"
        target, plain = given.folder / "scores.parquet", given.folder / "scores.plain"
        if not source.exists():
            written(policy, count, source.with_suffix(".new"))
            source.with_suffix(".new").replace(source)
        words = ("batch", str(source), str(target), "--policy", given.policy, "--threads", str(given.threads))
        whole = cost("-m", "jifen", *words)
        start = cost("-c", NOTHING)
        read = cost("-c", READ, str(source), str(CHUNK)).cpu - start.cpu
        spill(target, plain)
        write = cost("-c", WRITE, str(plain), str(target)).cpu - start.cpu
        plain.unlink()
        ratio = (whole.cpu - start.cpu) / (read + write)
        print(
            f"{count:<14,}{read:>7.2f} s{write:>7.2f} s{whole.cpu:>7.2f} s{ratio:>8.2f}"
            f"{count / whole.clock:>11,.0f}{whole.peak:>6} MB"
        )


if __name__ == "__main__":
    main()
