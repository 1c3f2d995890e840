"""Where programs are kept, and what happens where they cannot be, or where there is no numba."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from tests.arrow.tables import table_of

from jifen import Policy, load
from jifen.backends.fused import compiled
from jifen.regression.population import Population

SOURCE = {"double": ("int64(int64)", "def double(n):\n    return 2 * n\n")}
IN_A_PROCESS = """
import sys
from jifen.backends.fused import compiled
function = compiled.compiled({sources!r}, "a test").double
print(function(21), sum(function.stats.cache_hits.values()), sum(function.stats.cache_misses.values()))
"""


def in_a_process(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **env}
    )


def test_the_next_process_finds_it(tmp_path: Path) -> None:
    code = IN_A_PROCESS.format(sources=SOURCE)
    runs = [in_a_process(code, JIFEN_CACHE=str(tmp_path / "new")) for _ in range(2)]
    assert [run.stdout.split() for run in runs] == [["42", "0", "1"], ["42", "1", "0"]], runs
    [kept] = (tmp_path / "new").glob("*.py")
    text = kept.read_text(encoding="utf-8")
    assert text.startswith('"""Written by Jifen ') and "a test" in text.splitlines()[0]
    assert not [*(tmp_path / "new").glob("*.new")]


def a_program(folder: Path, number: int, used: int) -> list[str]:
    """Files as a program has them; the greater `used`, the later it was. Their names."""
    name = f"jifen_{number:032x}"
    paths = [
        folder / f"{name}.used",
        folder / f"{name}.py",
        folder / "__pycache__" / f"{name}.program-11.py311.nbi",
        folder / "__pycache__" / f"{name}.program-11.py311.1.nbc",
    ]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    os.utime(paths[0], (used, used))
    return [path.name for path in paths]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_no_more_than_so_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever nobody is known to have used goes first; what is no program stays."""
    monkeypatch.setattr(compiled, "MOST", 3)
    files = {used: a_program(tmp_path, 10 - used, used) for used in (4, 1, 3, 5, 2)}
    others = ["jifen_notes.py", "else.py", "jifen_00.py"]
    for name in (*others, f"jifen_{11:032x}.123.new"):
        (tmp_path / name).touch()
    compiled.sweep(tmp_path)
    assert names(tmp_path) == sorted([*files[5], *files[4], *files[3], *others])
    compiled.sweep(tmp_path / "nowhere")


def test_a_program_that_is_used_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding it notes that it was used, and numba finds its own files all the same; a new one sweeps."""
    code = IN_A_PROCESS.format(sources=SOURCE)
    cache = str(tmp_path)
    assert in_a_process(code, JIFEN_CACHE=cache).stdout.split() == ["42", "0", "1"]
    [kept] = tmp_path.glob("*.py")
    used = kept.with_suffix(".used")
    os.utime(used, (1, 1))
    old = a_program(tmp_path, 5, 2)
    assert in_a_process(code, JIFEN_CACHE=cache).stdout.split() == ["42", "1", "0"]
    assert used.stat().st_mtime > 2
    monkeypatch.setenv("JIFEN_CACHE", cache)
    monkeypatch.setattr(compiled, "MOST", 2)
    half = {"half": ("int64(int64)", "def half(n):\n    return n // 2\n")}
    assert compiled.compiled(half, "a new one").half(21) == 10
    assert not set(old) & set(names(tmp_path))
    assert in_a_process(code, JIFEN_CACHE=cache).stdout.split() == ["42", "1", "0"]


def test_taken_away_by_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the use: the program is compiled for this process."""
    monkeypatch.setenv("JIFEN_CACHE", str(tmp_path))
    kept = compiled._kept

    def gone(path: Path, text: str) -> Path:
        kept(path, text).unlink()
        return path

    monkeypatch.setattr(compiled, "_kept", gone)
    sources = {"fourfold": ("int64(int64)", "def fourfold(n):\n    return 4 * n\n")}
    assert compiled.compiled(sources, "gone").fourfold(10) == 40


def test_no_place_to_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("JIFEN_CACHE", str(tmp_path / "file" / "folder"))
    sources = {"triple": ("int64(int64)", "def triple(n):\n    return 3 * n\n")}
    assert compiled.compiled(sources, "no place").triple(14) == 42
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JIFEN_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", "/home/mei")
    assert compiled.folder() == Path("/home/mei/.cache/jifen")
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert compiled.folder() == Path("/caches/jifen")
    monkeypatch.setenv("JIFEN_CACHE", "/elsewhere")
    assert compiled.folder() == Path("/elsewhere")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("ningbo/2022")


@pytest.fixture(scope="module")
def table(policy: Policy) -> pa.Table:
    return table_of(policy, [*Population([policy.rules], [None], 3).applicants(0, 40)])


def test_threads(policy: Policy, table: pa.Table) -> None:
    many = pa.concat_tables([table] * 6)
    one = policy.score_table(many, threads=1, backend="fused")
    assert one.equals(policy.score_table(many, threads=2, backend="fused"))
    assert (
        one.slice(80, 40)
        .combine_chunks()
        .equals(policy.score_table(table, threads=1, backend="columns").combine_chunks())
    )


WITHOUT_NUMBA = """
import sys, warnings
sys.modules["numba"] = None
import pyarrow as pa, jifen
policy = jifen.load("ningbo/2022")
table = pa.ipc.open_file(sys.argv[1]).read_all()
for _ in range(2):
    scores = policy.score_table(table, threads=1, backend="fused")
with pa.OSFile(sys.argv[2], "wb") as file, pa.ipc.new_file(file, scores.schema) as writer:
    writer.write_table(scores)
"""


def test_without_numba(policy: Policy, table: pa.Table, tmp_path: Path) -> None:
    """One notice, and the same scores."""
    given, scores = tmp_path / "people.arrow", tmp_path / "scores.arrow"
    with pa.OSFile(str(given), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)
    run = subprocess.run(
        [sys.executable, "-W", "default", "-c", WITHOUT_NUMBA, str(given), str(scores)],
        capture_output=True,
        text=True,
        check=True,
    )
    notices = [line for line in run.stderr.splitlines() if "jifen[fast]" in line]
    assert len(notices) == 1 and "numba" in notices[0] and "未安装" in notices[0], run.stderr
    with pa.OSFile(str(scores)) as file:
        assert (
            pa.ipc.open_file(file).read_all().equals(policy.score_table(table, threads=1, backend="columns"))
        )
