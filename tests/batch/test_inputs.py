"""Folders of tables and databases give what files give; passwords and data stay out of what is said and kept."""

import csv
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.batch.test_batch import QUAY
from tests.batch.test_long import LISTS, as_csv, as_parquet, crowd, taken_apart, wide

from jifen import JifenError, Policy, load
from jifen.batch import databases, sorting, tables
from jifen.batch import run as running
from jifen.batch.databases import QueryTable, cut_alike, public
from jifen.batch.inputs import opened
from jifen.batch.parts import folder_of
from jifen.batch.run import Batch
from jifen.cli import main


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(QUAY)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (tables, databases):
        monkeypatch.setattr(module, "CHUNK", 4)
    monkeypatch.setattr(running, "PIECES", 2)
    monkeypatch.setattr(sorting, "RUN", 12)


@pytest.fixture
def table(policy: Policy) -> pa.Table:
    return wide(policy, crowd(1, 40))


def run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["batch", *words, "--policy", str(QUAY), "--lang", "en"])
    told = capsys.readouterr()
    return status, told.out, told.err


@pytest.fixture
def right(policy: Policy, table: pa.Table, tmp_path: Path) -> pa.Table:
    """The scores of the applicants in one file."""
    pq.write_table(table, tmp_path / "wide.parquet")
    Batch(policy, tmp_path / "wide.parquet", tmp_path / "right.parquet").run()
    return pq.read_table(tmp_path / "right.parquet")


@pytest.mark.parametrize("form", [as_parquet, as_csv])
def test_a_folder(
    table: pa.Table, right: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: Any
) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    form(folder, taken_apart(table, 2))
    [persons] = folder.glob("persons.*")
    persons.rename(persons.with_stem("applicants"))
    status, _, said = run([str(folder), str(tmp_path / "scores.parquet")], capsys)
    assert status == 1 and f"{right.num_rows} scored" in said
    assert pq.read_table(tmp_path / "scores.parquet").equals(right)


def test_files_named_one_by_one(
    table: pa.Table, right: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_csv(tmp_path, taken_apart(table, 2))
    rows = [word for name in LISTS for word in ("--rows", f"{name}={tmp_path / name}.csv")]
    status, _, _ = run([str(tmp_path / "persons.csv"), str(tmp_path / "scores.parquet"), *rows], capsys)
    assert status == 1 and pq.read_table(tmp_path / "scores.parquet").equals(right)


def test_columns_are_passed_on(policy: Policy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a table as they are; of documents and CSV as text."""
    crowd_ = crowd(2, 6)
    given = wide(policy, crowd_).append_column("ward", pa.array([1, None, 3, 4, 5, 6]))
    pq.write_table(given, tmp_path / "given.parquet")
    status, _, _ = run(
        [
            str(tmp_path / "given.parquet"),
            str(tmp_path / "a.parquet"),
            "--carry",
            "ward",
            "--carry",
            "height",
        ],
        capsys,
    )
    kept = pq.read_table(tmp_path / "a.parquet")
    rows = kept["row"].to_pylist()
    assert kept["ward"].to_pylist() == [given["ward"][row].as_py() for row in rows]
    assert kept["height"].equals(given["height"].take(rows))
    lines = [
        json.dumps({"applicant": "a", "date": "2024-03-05", "ward": ward, "facts": {}}) for ward in ("x", 7)
    ]
    (tmp_path / "given.jsonl").write_text("\n".join(lines), encoding="utf-8")
    status, _, _ = run([str(tmp_path / "given.jsonl"), str(tmp_path / "b.csv"), "--carry", "ward"], capsys)
    told = (tmp_path / "b.rejects.jsonl").read_text(encoding="utf-8")
    assert status == 1 and "ward" not in told and "JF703" in told
    assert "ward" in (tmp_path / "b.csv").read_text(encoding="utf-8").splitlines()[0].split(",")


def test_a_summary_for_programs(
    table: pa.Table, right: pa.Table, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores.csv"
    status, out, err = run([str(tmp_path / "wide.parquet"), str(output), "--format", "json"], capsys)
    assert (status, err) == (1, "")
    assert json.loads(out) == {
        "output": str(output),
        "rejects": str(tmp_path / "scores.rejects.jsonl"),
        "rows": 40,
        "scored": right.num_rows,
        "rejected": 40 - right.num_rows,
        "resumed": 0,
        "lost": 0,
        "ranking": None,
    }


@pytest.fixture
def duck(table: pa.Table, tmp_path: Path) -> str:
    """A database with the applicants in one table, and in several."""
    duckdb = pytest.importorskip("duckdb", reason="the extra `databases` is not installed")
    path = tmp_path / "town.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, one in {"wide": table, **taken_apart(table, 4)}.items():
            connection.register("given", one)
            connection.execute(f'CREATE TABLE "{name or "persons"}" AS SELECT * FROM given')
            connection.unregister("given")
    return f"duckdb:///{path}"


def test_duckdb(right: pa.Table, duck: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "scores.parquet"
    status, _, _ = run([duck, str(output), "--query", "SELECT * FROM wide ORDER BY applicant;"], capsys)
    assert status == 1
    found = pq.read_table(output)
    key = [("applicant", "ascending")]
    assert found.sort_by(key).drop_columns("row").equals(right.sort_by(key).drop_columns("row"))
    assert found["applicant"].to_pylist() == sorted(right["applicant"].to_pylist())


def test_duckdb_with_tables_of_rows(
    right: pa.Table, duck: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "scores.parquet"
    rows = [word for name in LISTS for word in ("--rows", f'{name}=SELECT * FROM "{name}"')]
    status, _, _ = run([duck, str(output), "--query", "SELECT * FROM persons", *rows], capsys)
    assert status == 1 and pq.read_table(output).equals(right)


class CutOff(Exception):
    """The process was killed."""


def test_a_query_is_not_asked_again(policy: Policy, right: pa.Table, duck: str, tmp_path: Path) -> None:
    """What was fetched is what is scored, also when the run is taken up after the database has changed."""
    import duckdb

    output = tmp_path / "scores.parquet"

    def batch() -> Batch:
        source = opened(duck, policy.rules, folder_of(output), query="SELECT * FROM wide")
        return Batch(policy, source, output)

    def cut(done: int, whole: int | None) -> None:
        assert whole == 40
        if done > 20:
            raise CutOff

    with pytest.raises(CutOff):
        batch().run(cut)
    with duckdb.connect(duck.removeprefix("duckdb:///")) as connection:
        connection.execute("DROP TABLE wide")
    assert batch().run().resumed == 16
    assert pq.read_table(output).equals(right)
    with pytest.raises(JifenError, match=r"The database says: .*wide"):
        batch()


def test_batches_are_cut_alike() -> None:
    whole = pa.table({"a": list(range(23))})
    for sizes in ((23,), (1,) * 23, (3, 9, 0, 11), (5, 0, 18)):
        batches, at = [], 0
        for size in sizes:
            batches += whole.slice(at, size).to_batches()
            at += size
        found = list(cut_alike(batches, whole.schema))
        assert [one.num_rows for one in found] == [4, 4, 4, 4, 4, 3]
        assert pa.Table.from_batches(found).equals(whole)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["mysql://u:secret@h/x", "out.csv", "--query", "q"], 2, "mysql:// cannot be read"),
        (["duckdb:///no.db", "out.csv"], 2, "a database needs --query"),
        (["duckdb:///no.db", "out.csv", "--query", "SELECT 1"], 1, "The database says"),
        (["postgresql://u:secret@127.0.0.1:1/x", "out.csv", "--query", "SELECT 1"], 1, "The database says"),
        (["given.csv", "out.csv", "--query", "q"], 2, "--query is for databases"),
        (["given.csv", "out.csv", "--rows", "work"], 2, "--rows is written NAME=TABLE"),
        (["given.csv", "out.csv", "--rows", "wrok=given.csv"], 1, "wrok"),
        (["given.csv", "out.csv", "--rows", "work=none.csv"], 2, "no such file"),
        (["given.jsonl", "out.csv", "--rows", "work=given.csv"], 1, "is no table"),
        ([".", "out.csv"], 1, "has no table of applicants"),
        (["given.csv", "out.csv", "--carry", "ward"], 1, "ward"),
    ],
)
def test_wrong_usage(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    status: int,
    said: str,
) -> None:
    pytest.importorskip("duckdb", reason="the extra `databases` is not installed")
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `databases` is not installed")
    monkeypatch.chdir(tmp_path)
    for name in ("given.csv", "given.jsonl"):
        (tmp_path / name).write_text("applicant,date,born,height,grade,work\n", encoding="utf-8")
    found, _, told = run(words, capsys)
    assert found == status and said in told
    assert "secret" not in told and not (tmp_path / "out.csv").exists()


def test_addresses_without_what_is_private() -> None:
    assert public("postgresql://u:p@db.town:5432/people?sslkey=k") == "postgresql://db.town:5432/people"
    assert public("duckdb:///town.db") == "duckdb:///town.db"


class Server:
    """A PostgreSQL server of our own, run by an account without privileges."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data = folder, folder / "data"
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.url = f"postgresql://town:secret@127.0.0.1:{self.port}/postgres"
        (folder / "password").write_text("secret", encoding="utf-8")
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
            shutil.chown(folder / "password", "nobody")
        words = (
            "-A",
            "scram-sha-256",
            "-U",
            "town",
            f"--pwfile={folder / 'password'}",
            "-E",
            "UTF8",
            "--locale=C",
        )
        self._as_user("initdb", "-D", str(self._data), *words)
        options = f"-p {self.port} -k {folder} -c listen_addresses=127.0.0.1"
        self._as_user(
            "pg_ctl", "-D", str(self._data), "-o", options, "-l", str(folder / "log"), "-w", "start"
        )

    def _as_user(self, *words: str) -> None:
        account = ("runuser", "-u", "nobody", "--") if os.geteuid() == 0 else ()
        done = subprocess.run(
            [*account, *words], capture_output=True, text=True, cwd=self._folder, check=False
        )
        if done.returncode:
            pytest.skip(f"no PostgreSQL server can be started here: {done.stderr.strip()[:200]}")

    def stop(self) -> None:
        self._as_user("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One for the tests of this file."""
    pytest.importorskip("adbc_driver_postgresql", reason="the extra `databases` is not installed")
    if not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("PostgreSQL's own programs are not installed")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    folder = Path(subprocess.run(["mktemp", "-d"], capture_output=True, text=True, check=True).stdout.strip())
    folder.chmod(0o700)
    found = Server(folder)
    yield found
    found.stop()
    shutil.rmtree(folder, ignore_errors=True)


def test_postgres(
    table: pa.Table,
    right: pa.Table,
    server: Server,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from adbc_driver_postgresql import dbapi

    parts = taken_apart(table, 4)
    as_csv(tmp_path, parts)
    columns = _declared(parts)
    with dbapi.connect(server.url) as connection, connection.cursor() as cursor:
        for name, declared in columns.items():
            cursor.execute(f'CREATE TABLE "{name or "persons"}" ({declared})')
            for row in _rows(tmp_path / f"{name or 'persons'}.csv"):
                values = ", ".join(_literal(value) for value in row)
                cursor.execute(f'INSERT INTO "{name or "persons"}" VALUES ({values})')
        connection.commit()
    output = tmp_path / "scores.parquet"
    rows = [word for name in LISTS for word in ("--rows", f'{name}=SELECT * FROM "{name}"')]
    status, _, said = run([server.url, str(output), "--query", "SELECT * FROM persons", *rows], capsys)
    assert status == 1 and "secret" not in said
    found = pq.read_table(output)
    assert found.drop_columns(["applicant", "date"]).equals(right.drop_columns(["applicant", "date"]))
    wrong = server.url.replace("secret", "other")
    status, _, said = run(
        [wrong, str(tmp_path / "other.parquet"), "--query", "SELECT * FROM persons"], capsys
    )
    assert status == 1 and "The database says" in said and "other@" not in said


def _declared(parts: Mapping[str, pa.Table]) -> dict[str, str]:
    """Columns as a database has them: money and heights as numeric, options as text, several of them as an array."""

    def kind(field: pa.Field) -> str:
        if pa.types.is_list(field.type):
            return "text[]"
        if pa.types.is_decimal(field.type):
            return "numeric"
        if field.name in ("from", "to"):
            return "text"
        return {"date32[day]": "date", "bool": "boolean", "int64": "bigint"}.get(str(field.type), "text")

    return {
        name: ", ".join(f'"{field.name}" {kind(field)}' for field in part.schema)
        for name, part in parts.items()
    }


def _literal(cell: str) -> str:
    """A cell of CSV in SQL."""
    if cell.startswith("["):
        return "ARRAY[" + ", ".join(f"'{one}'" for one in json.loads(cell)) + "]::text[]"
    return "'" + cell.replace("'", "''") + "'" if cell else "NULL"


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def test_a_query_that_gives_nothing(policy: Policy, duck: str, tmp_path: Path) -> None:
    found = QueryTable(duck, "SELECT * FROM wide WHERE false", tmp_path)
    found.fetch()
    assert list(found.batches()) == [] and found.count == 0
