"""`jifen batch`: every form gives the same scores, what is wrong is set aside, and a run that was cut off goes on."""

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.arrow.tables import read, said, table_of
from tests.arrow.test_layouts import PEOPLE

from jifen import Policy, load
from jifen.batch import documents, tables
from jifen.batch import run as running
from jifen.batch.run import Batch, Counts
from jifen.cli import main

QUAY = Path(__file__).parents[1] / "arrow" / "quay.yaml"
MANY = 40


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(QUAY)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 6 applicants each."""
    monkeypatch.setattr(tables, "CHUNK", 3)
    monkeypatch.setattr(documents, "DOCUMENTS_AT_ONCE", 3)
    monkeypatch.setattr(running, "PIECES", 2)


def people(wrong: bool = False) -> list[dict[str, Any]]:
    """Applicants; every fifth has no height where `wrong`."""
    found = [{**deepcopy(PEOPLE[n % 3]), "applicant": str(n)} for n in range(MANY)]
    for person in found[::5] if wrong else ():
        del person["facts"]["height"]
    return found


def nested(person: dict[str, Any]) -> dict[str, Any]:
    """The document as people write it, with everybody's inputs below their own name."""
    found = {**person, "people": {}}
    for section in ("facts", "timelines"):
        own = {name: value for name, value in person[section].items() if "." not in name}
        theirs = {name.partition(".")[2]: value for name, value in person[section].items() if "." in name}
        found[section] = own
        found["people"].setdefault("partner", {})[section] = theirs
    return found


def as_parquet(policy: Policy, path: Path, given: list[dict[str, Any]]) -> None:
    table = table_of(policy, given)
    pq.write_table(
        table.cast(pa.schema([one.with_nullable(True) for one in table.schema])), path, row_group_size=7
    )


def as_lines(policy: Policy, path: Path, given: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(nested(person)) + "\n" for person in given), encoding="utf-8")


def as_csv(policy: Policy, path: Path, given: list[dict[str, Any]]) -> None:
    names = list(table_of(policy, []).column_names)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, names)
        rows.writeheader()
        for person in given:
            row = {"applicant": person["applicant"], "date": person["date"]}
            for section in ("facts", "timelines", "records"):
                for name, value in person[section].items():
                    row[name] = value if isinstance(value, str) else json.dumps(value)
            rows.writerow(row)


FORMS: dict[str, Callable[[Policy, Path, list[dict[str, Any]]], None]] = {
    ".parquet": as_parquet,
    ".jsonl": as_lines,
    ".csv": as_csv,
}


def scores(path: Path) -> list[dict[str, Any]]:
    """The rows of a Parquet output."""
    return read(
        pq.read_table(path).append_column("problems", pa.array([[]] * pq.read_metadata(path).num_rows))
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wrong", [False, True], ids=["right", "wrong"])
def test_input(policy: Policy, tmp_path: Path, form: str, wrong: bool) -> None:
    given, output = tmp_path / f"given{form}", tmp_path / "scores.parquet"
    crowd = people(wrong)
    FORMS[form](policy, given, crowd)
    work = Batch(policy, given, output)
    counts = work.run()
    expected = [said(policy, person) for person in crowd]
    kept = [n for n, one in enumerate(expected) if not one["problems"]]
    assert counts == Counts(MANY, len(kept), MANY - len(kept)) and (len(kept) < MANY) is wrong
    found = scores(output)
    assert [one.pop("row") for one in found] == kept
    assert found == [expected[n] for n in kept]
    assert work.rejects.exists() is wrong
    if wrong:
        told = [json.loads(line) for line in work.rejects.read_text(encoding="utf-8").splitlines()]
        assert [(one["row"], one["applicant"], one["path"], one["code"]) for one in told] == [
            (n, str(n), "facts.height", "JF703") for n in range(0, MANY, 5)
        ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [given.name, output.name, *([work.rejects.name] if wrong else [])]
    )


def test_outputs_in_text(policy: Policy, tmp_path: Path) -> None:
    given = tmp_path / "given.parquet"
    as_parquet(policy, given, people())
    for form in FORMS:
        Batch(policy, given, tmp_path / f"scores{form}", places=1).run()
    lines = [
        json.loads(line) for line in (tmp_path / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for row, exact in zip(lines, scores(tmp_path / "scores.parquet"), strict=True):
        assert row["total"] == str(exact["total"]) and row["total.decimal"] == str(exact["total.decimal"])
        assert row["reasons"] == exact["reasons"] and row["qualifies"] is exact["qualifies"]
        assert row["row"] == exact["row"] and row["months.home"] == exact["months.home"]
    with (tmp_path / "scores.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    assert [row["total"] for row in cells] == [row["total"] for row in lines]
    assert [row["reasons"].split() for row in cells] == [row["reasons"] for row in lines]
    assert [row["qualifies"] == "true" for row in cells] == [row["qualifies"] for row in lines]


class CutOff(Exception):
    """The process was killed."""


@pytest.mark.parametrize("form", FORMS)
def test_a_run_that_was_cut_off(policy: Policy, tmp_path: Path, form: str) -> None:
    given, output, whole = tmp_path / f"given{form}", tmp_path / f"scores{form}", tmp_path / f"whole{form}"
    FORMS[form](policy, given, people(wrong=True))
    Batch(policy, given, whole).run()
    output.write_text("what lay there before", encoding="utf-8")

    def cut(after: int) -> Callable[[int, int | None], None]:
        def tell(done: int, _: int | None) -> None:
            if done > after:
                raise CutOff

        return tell

    for after, finished in ((7, 6), (26, 24)):
        with pytest.raises(CutOff):
            Batch(policy, given, output).run(cut(after))
        assert output.read_text(encoding="utf-8") == "what lay there before"
        manifest = json.loads((tmp_path / f"{output.name}.parts" / "manifest.json").read_text())
        assert sum(part["rows"] for part in manifest["parts"]) == finished
    counts = Batch(policy, given, output).run()
    assert counts == Counts(MANY, MANY - 8, 8, 24)
    if form == ".parquet":
        assert pq.read_table(output).equals(pq.read_table(whole))
    else:
        assert output.read_bytes() == whole.read_bytes()
    assert (tmp_path / "scores.rejects.jsonl").read_bytes() == (tmp_path / "whole.rejects.jsonl").read_bytes()


def test_what_was_begun_for_something_else_is_not_taken_up(policy: Policy, tmp_path: Path) -> None:
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    as_parquet(policy, given, people())

    def cut(done: int, _: int | None) -> None:
        if done > 20:
            raise CutOff

    with pytest.raises(CutOff):
        Batch(policy, given, output).run(cut)
    assert Batch(policy, given, output, places=2).run().resumed == 0
    assert "total.decimal" in pq.read_schema(output).names


def test_no_applicants(policy: Policy, tmp_path: Path) -> None:
    for form, write in FORMS.items():
        write(policy, tmp_path / f"none{form}", [])
        assert Batch(policy, tmp_path / f"none{form}", tmp_path / f"scores{form}").run() == Counts(0, 0, 0)
    assert pq.read_table(tmp_path / "scores.parquet").num_rows == 0


def test_the_command(policy: Policy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, output = tmp_path / "given.jsonl", tmp_path / "scores.csv"
    as_lines(policy, given, people())
    words = ["batch", str(given), str(output), "--policy", str(QUAY), "--lang", "en"]
    assert main(words) == 0
    assert capsys.readouterr().err == "40 rows: 40 scored, 0 rejected\n"
    given.write_text(given.read_text(encoding="utf-8") + "{\n[1]\n", encoding="utf-8")
    assert main(words) == 1
    said_of_it = f"42 rows: 40 scored, 2 rejected; {tmp_path / 'scores.rejects.jsonl'} says why\n"
    assert capsys.readouterr().err == said_of_it


@pytest.mark.parametrize(
    ("given", "output", "status"),
    [
        ("no.csv", "out.csv", 2),
        ("given.txt", "out.csv", 2),
        ("given.csv", "out.xml", 2),
        ("given.csv", "given.csv", 2),
        ("given.csv", "nowhere/out.csv", 2),
        ("given.csv", "out.csv", 1),
        ("given.parquet", "out.csv", 1),
    ],
)
def test_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, output: str, status: int
) -> None:
    """Missing files, other forms, the same file twice; a table without the columns that are needed, and no table."""
    for name in ("given.txt", "given.csv", "given.parquet"):
        (tmp_path / name).write_text("a,b\n", encoding="utf-8")
    assert main(["batch", str(tmp_path / given), str(tmp_path / output), "--policy", str(QUAY)]) == status
    assert capsys.readouterr().err.startswith("jifen")


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal_alone(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Rate and time left on a terminal; elsewhere the counts and nothing else."""
    given = tmp_path / "given.parquet"
    as_parquet(policy, given, people())
    words = ["batch", str(given), str(tmp_path / "scores.csv"), "--policy", str(QUAY), "--lang", "en"]
    assert main(words) == 0
    assert capsys.readouterr().err == "40 rows: 40 scored, 0 rejected\n"
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(words) == 0
    told = terminal.getvalue()
    assert "scoring" in told and "a second" in told and re.search(r"\d:\d\d:\d\d", told)
    assert told.endswith("40 rows: 40 scored, 0 rejected\n")
