"""A run killed by the system at any point, and taken up again, gives the bytes of a run in one go."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.batch.test_batch import FORMS, QUAY, people
from tests.batch.test_placing import PIER, crowd, table_of

from jifen import load

DRIVER = Path(__file__).with_name("killed.py")
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork processes")


STRIDE = os.environ.get("JIFEN_KILL_EVERY", "17")
"""1 kills at every point, which takes some minutes."""


def points(policy: Path, given: Path, output: Path, threads: int = 1) -> int:
    """At how many points a run was killed. Raises AssertionError with what the driver says."""
    words = [sys.executable, str(DRIVER), str(policy), str(given), str(output), STRIDE, str(threads)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@needs_fork
@pytest.mark.parametrize("form", FORMS)
def test_killed(tmp_path: Path, form: str) -> None:
    given = tmp_path / f"given{form}"
    FORMS[form](load(QUAY), given, people(wrong=True)[:16])
    assert points(QUAY, given, tmp_path / f"scores{form}") >= 3


@needs_fork
def test_killed_while_parts_are_written_beside(tmp_path: Path) -> None:
    """On several threads a part is written to the output while the next is scored."""
    given = tmp_path / "given.parquet"
    FORMS[".parquet"](load(QUAY), given, people(wrong=True)[:16])
    assert points(QUAY, given, tmp_path / "scores.parquet", threads=3) >= 3


@needs_fork
def test_killed_in_a_ranking(tmp_path: Path) -> None:
    policy, given = load(PIER), tmp_path / "given.parquet"
    pq.write_table(table_of(policy, crowd(3, 31)), given)
    assert points(PIER, given, tmp_path / "scores.parquet") >= 5
