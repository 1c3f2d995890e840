"""One run at a time on an output: a second says who is at work and touches nothing; a killed one is in nobody's way."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.batch.test_batch import MANY, QUAY, as_parquet, people, small_pieces  # noqa: F401

from jifen import Policy, load
from jifen.batch import parts
from jifen.batch.lock import Held, Lock
from jifen.batch.run import Batch
from jifen.cli import main

AT_WORK = """
import sys
from pathlib import Path
from jifen import load
from jifen.batch import run, tables
from jifen.batch.run import Batch

tables.CHUNK, run.PIECES = 3, 2

def tell(done, whole):
    if done > 20:
        print("at work", flush=True)
        sys.stdin.readline()

Batch(load(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), threads=1).run(tell)
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(QUAY)


@contextmanager
def at_work(given: Path, output: Path) -> Iterator[subprocess.Popen[str]]:
    """A process in the middle of a run."""
    words = [sys.executable, "-c", AT_WORK, str(QUAY), str(given), str(output)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "at work\n"
            yield process
        finally:
            process.kill()


def what_lies_there(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its bytes and when it was written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_second_run(policy: Policy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    as_parquet(policy, given, people(wrong=True))
    with at_work(given, output) as first:
        before = what_lies_there(tmp_path)
        words = ["batch", str(given), str(output), "--policy", str(QUAY)]
        for lang, said in (
            ("en", rf"at work on this output: process {first.pid} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d"),
            ("zh", rf"正在写这一输出：\S+ 上的进程 {first.pid}，始于 \d{{4}}-\d\d-\d\d \d\d:\d\d"),
        ):
            assert main([*words, "--lang", lang]) == 5
            told = capsys.readouterr()
            assert re.search(said, told.err) and not told.out, told.err
        # Another policy or other options do not take the folder from it either.
        assert main([*words, "--decimals", "2"]) == 5
        assert what_lies_there(tmp_path) == before
        first.communicate("\n")
        assert first.returncode == 0
    assert pq.read_metadata(output).num_rows == MANY - 8
    assert not parts.folder_of(output).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="this system kills otherwise")
def test_a_killed_run_leaves_no_lock(policy: Policy, tmp_path: Path) -> None:
    given, output, whole = (tmp_path / name for name in ("given.parquet", "scores.parquet", "whole.parquet"))
    as_parquet(policy, given, people(wrong=True))
    Batch(policy, given, whole).run()
    with at_work(given, output) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert (parts.folder_of(output) / "lock").exists()
    assert Batch(policy, given, output).run().rows == MANY
    assert pq.read_table(output).equals(pq.read_table(whole))
    assert not parts.folder_of(output).exists()


def test_a_run_that_failed_gives_back(policy: Policy, tmp_path: Path) -> None:
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    as_parquet(policy, given, people())

    def fails(done: int, whole: int | None) -> None:
        with pytest.raises(Held):
            Batch(policy, given, output).run()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Batch(policy, given, output).run(fails)
    assert Batch(policy, given, output).run().rows == MANY


def test_a_lock_whose_file_has_gone(tmp_path: Path) -> None:
    """Who waits with the file of a run that has ended in hand takes the one that lies there now."""
    ended, begun = Lock(tmp_path / "parts"), Lock(tmp_path / "parts")
    ended.take()
    with pytest.raises(Held, match=f"process {os.getpid()} "):
        begun.take()
    ended.remove()
    (tmp_path / "parts").rmdir()
    begun.take()
    with pytest.raises(Held):
        ended.take()
    begun.remove()
    assert list((tmp_path / "parts").iterdir()) == []
