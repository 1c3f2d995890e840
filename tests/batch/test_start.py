"""What a run of `jifen batch` needs to start, and what it does not."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.batch.test_batch import QUAY, as_parquet, people

from jifen import load
from jifen.batch.run import Batch
from jifen.cli import main

ASKED_FOR = """
import sys
asked = []

class Notes:
    def find_spec(self, name, path=None, target=None):
        asked.append(name)

sys.meta_path.insert(0, Notes())
from jifen.cli import main
status = main(sys.argv[1:])
print(*sorted({"numba", "pandas", "rich", "duckdb"}.intersection(asked)))
sys.exit(status)
"""
IN_PIECES = """
import sys
from pathlib import Path
from jifen import load
from jifen.batch import tables
from jifen.batch.run import Batch

tables.CHUNK = 3
Batch(load(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), backend="fused", threads=8).run()
"""
WITHOUT_NUMBA = """
import sys
sys.modules["numba"] = None
from jifen.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(("backend", "asked"), [("columns", ""), ("fused", "numba")])
def test_what_is_imported(tmp_path: Path, backend: str, asked: str) -> None:
    """pandas takes a third of a second, and pyarrow would import it unasked."""
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    as_parquet(load(QUAY), given, people())
    words = ["batch", str(given), str(output), "--policy", str(QUAY), "--backend", backend]
    run = subprocess.run(
        [sys.executable, "-c", ASKED_FOR, *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == f"{asked}\n"


def test_threads_that_all_wait_for_the_first_program(tmp_path: Path) -> None:
    """Nothing is compiled yet, so every thread comes to everything that is made once at the same time."""
    given, output, usual = (tmp_path / name for name in ("given.parquet", "scores.parquet", "usual.parquet"))
    as_parquet(load(QUAY), given, people())
    words = [sys.executable, "-c", IN_PIECES, str(QUAY), str(given), str(output)]
    env = {**os.environ, "JIFEN_CACHE": str(tmp_path / "cache")}
    run = subprocess.run(words, capture_output=True, text=True, check=False, env=env)
    assert run.returncode == 0, run.stderr
    assert list((tmp_path / "cache").glob("*.py"))
    Batch(load(QUAY), given, usual, backend="columns", threads=1).run()
    assert pq.read_table(output).combine_chunks().equals(pq.read_table(usual).combine_chunks())


def test_without_numba(tmp_path: Path) -> None:
    """Columns take its place: one line says so before the counts, in both languages, and the scores are the same."""
    given, output, usual = (tmp_path / name for name in ("given.parquet", "scores.parquet", "usual.parquet"))
    as_parquet(load(QUAY), given, people())
    options = ["--policy", str(QUAY), "--lang", "en", "--backend"]
    words = ["batch", str(given), str(output), *options, "fused"]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_NUMBA, *words], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    notice, counts = run.stderr.splitlines()
    assert "numba" in notice and "未安装" in notice and "not installed" in notice and "jifen[fast]" in notice
    assert counts == "40 rows: 40 scored, 0 rejected"
    assert run.stdout == ""
    assert main(["batch", str(given), str(usual), *options, "columns"]) == 0
    assert pq.read_table(output).equals(pq.read_table(usual))


def test_the_collector_is_given_back(tmp_path: Path) -> None:
    """Also where a run cannot start."""
    given = tmp_path / "given.parquet"
    as_parquet(load(QUAY), given, people())
    words = ["batch", str(given), str(tmp_path / "scores.parquet"), "--policy", str(QUAY)]
    for more, status in ((["--quota", "3"], 2), ([], 0)):
        assert main([*words, *more]) == status
        assert gc.isenabled() and gc.get_freeze_count() == 0
