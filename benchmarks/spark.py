"""Measures Spark on one core and on two, and says what that predicts for more of both cores and applicants.

`python -m benchmarks.spark [--applicants N] [--times N]`, some ten minutes for a million on an idle machine; it needs
the extra `spark`, Java and Linux. Applicants in Parquet files are scored into Parquet files. The two sessions live
side by side, each bound to its cores, and take turns, so that whatever else the machine does touches both alike. The
results go to `benchmarks/results/spark.json` and into the guide, docs/cluster.md; with `--screen` to the screen only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import jifen
from benchmarks.peers.peer import POLICY, ROOT
from benchmarks.population import batches
from benchmarks.spark_law import CORES, Run, page

FILES = {"few": 2, "many": 16}
"""Of each data set; each file is a task."""
FEW = 20_000
WARM = 2
"""Runs before any is timed: the virtual machine compiles what it runs often."""
RESULTS = ROOT / "benchmarks" / "results" / "spark.json"
GUIDE = ROOT / "docs" / "cluster.md"
BEGIN, END = "<!-- spark: begin -->\n", "<!-- spark: end -->\n"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.memory": "3g",
    # By default the virtual machine chooses another one where it sees a single core.
    "spark.driver.extraJavaOptions": "-XX:+UseParallelGC",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "32768",
    # Files are not put together.
    "spark.sql.files.openCostInBytes": "134217728",
}


class Session:
    """A Spark session in a process of its own, bound to some cores."""

    def __init__(self, cores: int, folder: Path) -> None:
        words = [sys.executable, "-m", "benchmarks.spark", "--worker", str(cores), "--folder", str(folder)]
        self._process = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )

    def run(self, data: str) -> Run:
        """Score a data set. Raises RuntimeError where the session is no more."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{data}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(
                "the session ended; python -m benchmarks.spark --worker 1 --folder DIR says why"
            )
        return Run(*json.loads(answer))

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def work(cores: int, folder: Path) -> None:
    """What the process of a session does: score what a line of the input names, and answer with what it took."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    from pyspark.sql import SparkSession

    import jifen.spark

    builder = SparkSession.builder.master(f"local[{cores}]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.config("spark.local.dir", str(folder / "local")).getOrCreate()
    policy = jifen.load(POLICY)
    for line in sys.stdin:
        data = line.strip()
        start, before = time.perf_counter(), processor_seconds()
        scores = jifen.spark.score(spark.read.parquet(str(folder / data)), policy)
        scores.write.mode("overwrite").parquet(str(folder / f"{data}.{cores}"))
        print(json.dumps([time.perf_counter() - start, processor_seconds() - before]), flush=True)
    spark.stop()


def processor_seconds() -> float:
    """Of this process and all below it: the virtual machine, and the Python workers."""
    spent: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(entry.parent.name)
        spent[number] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        children.setdefault(int(fields[1]), []).append(number)
    todo, found = [os.getpid()], 0.0
    while todo:
        one = todo.pop()
        found += spent.get(one, 0.0)
        todo += children.get(one, ())
    return found


def write(policy: jifen.Policy, folder: Path, count: int) -> None:
    """Invented applicants in several files, as many in each."""
    folder.mkdir()
    files = FILES[folder.name]
    each = -(-count // files)
    table = pa.Table.from_batches(batches(policy, count))
    for number in range(files):
        pq.write_table(table.slice(number * each, each), folder / f"{number:02}.parquet")


def check(policy: jifen.Policy, folder: Path, cores: Sequence[int]) -> None:
    """Raise AssertionError where Spark does not say what one process says."""
    local = rows(policy.score_table(pq.read_table(folder / "few")))
    for number in cores:
        assert rows(pq.read_table(folder / f"few.{number}")) == local, f"{number} cores differ"


def rows(scores: pa.Table) -> list[dict[str, Any]]:
    """The rows of a result by their applicants."""
    found: list[dict[str, Any]] = sorted(scores.to_pylist(), key=lambda row: str(row["applicant"]))
    return found


def measure(count: int, times: int) -> dict[str, Any]:
    """Everything."""
    policy = jifen.load(POLICY)
    folder = Path(tempfile.mkdtemp(prefix="jifen-spark-"))
    sessions: dict[int, Session] = {}
    try:
        write(policy, folder / "few", FEW)
        write(policy, folder / "many", count)
        sessions = {cores: Session(cores, folder) for cores in CORES}
        found: dict[str, dict[int, list[Run]]] = {
            name: {cores: [] for cores in CORES} for name in ("few", "many")
        }
        for turn in range(WARM + times):
            for name, runs in found.items():
                for cores, session in sessions.items():
                    run = session.run(name)
                    print(
                        f"{name} on {cores}: {run.seconds:.2f} s, {run.processor:.2f} s of the cores",
                        flush=True,
                    )
                    if turn >= WARM:
                        runs[cores].append(run)
            if not turn:
                check(policy, folder, CORES)
    finally:
        for session in sessions.values():
            session.close()
        shutil.rmtree(folder)
    return {
        "policy": POLICY,
        "machine": {
            "processor": processor(),
            "cores seen": os.cpu_count(),
            "python": platform.python_version(),
        },
        "versions": {"jifen": jifen.__version__, "arrow": pa.__version__, "spark": spark_version()},
        "applicants": {"few": FEW, "many": count},
        "runs": found,
    }


def processor() -> str:
    """The name of the processor."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def spark_version() -> str:
    """The version of Spark."""
    import pyspark

    return str(pyspark.__version__)


def main() -> None:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--applicants", type=int, default=1_000_000)
    arguments.add_argument("--times", type=int, default=5)
    arguments.add_argument("--screen", action="store_true")
    arguments.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    arguments.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.worker:
        work(given.worker, given.folder)
        return
    results = json.loads(json.dumps(measure(given.applicants, given.times)))
    text = page(results)
    print(f"\n{text}")
    if not given.screen:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        before, _, rest = GUIDE.read_text(encoding="utf-8").partition(BEGIN)
        GUIDE.write_text(before + BEGIN + text + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
