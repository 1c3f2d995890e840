"""`jifen forecast` end to end: its pages against those approved under `golden/`, its data, its exit status.

Set JIFEN_WRITE_GOLDEN=1 to write the pages anew, and read them before committing them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from jifen.cli import main
from jifen.scorecard.lines import columns

from .people import LATER, RUTH

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = {"table": "txt", "markdown": "md", "html": "html"}


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def ruth(tmp_path: Path) -> Path:
    return written(tmp_path / "ruth.yaml", RUTH)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return written(tmp_path / "later.yaml", LATER)


def written(path: Path, data: object) -> Path:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages(run: Run, ruth: Path, later: Path, lang: str, form: str) -> None:
    asked = ("--place", "bay", "--until", "2027-12", "--assume", later, "--lang", lang, "--format", form)
    status, out, err = run("forecast", ruth, *asked)
    assert (status, err) == (0, "")
    if form == "html":  # the style is shared with other pages, and theirs to change
        out = out[out.index("<body>") :]
    same_as_golden(f"ruth.{lang}.{ENDINGS[form]}", out)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_month_by_month(run: Run, tmp_path: Path, lang: str) -> None:
    person = {"applicant": "olga", "date": "2024-03-15", "timelines": {"work": [{"from": "2020-06"}]}}
    path = written(tmp_path / "olga.yaml", person)
    asked = ("--policy", "dune/2024", "--until", "2026-06", "--lang", lang)
    status, out, err = run("forecast", path, *asked)
    assert (status, err) == (0, "")
    same_as_golden(f"months.{lang}.txt", out)
    found = json.loads(run("forecast", path, *asked, "--format", "json").out)
    assert len(found["openings"]) == 28 and found["openings"][0]["round"] is None
    # 60 months are counted with May 2025; 5 points a year for 60 months and 25 for the five years make 50
    assert found["first"] == {"opening": 14, "date": "2025-05-01"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 72, 100])
def test_no_line_is_too_long(
    run: Run, ruth: Path, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = run("forecast", ruth, "--place", "bay", "--until", "2024-12", "--lang", lang).out
    assert all(columns(line) <= width for line in out.splitlines())


def test_it_is_written_to_a_file(run: Run, ruth: Path, tmp_path: Path) -> None:
    target = tmp_path / "forecast.html"
    asked = ("--policy", "bay/2024", "--until", "2024-12", "--format", "html", "-o", target)
    assert run("forecast", ruth, *asked) == (0, "", "")
    page = target.read_text(encoding="utf-8")
    assert "<script" not in page and "http" not in page.replace("http-equiv", "")


def test_it_begins_on_another_day(run: Run, ruth: Path) -> None:
    asked = ("--place", "bay", "--from", "2025-05-01", "--until", "2025-12", "--format", "json")
    found = json.loads(run("forecast", ruth, *asked).out)
    assert [one["from"] for one in found["openings"]] == ["2025-09-01"]


def test_what_is_wrong(run: Run, ruth: Path, tmp_path: Path) -> None:
    assert run("forecast", ruth).status == 2
    assert run("forecast", ruth, "--place", "bya").status == 2
    assert run("forecast", ruth, "--place", "bay", "--from", "soon").status == 2
    status, _, err = run("forecast", ruth, "--place", "bay", "--until", "2020-01", "--lang", "en")
    assert status == 1 and "before it begins" in err
    wrong = written(tmp_path / "wrong.yaml", {"assume": [{"date": "2024-05-01", "facts": {"school": "x"}}]})
    status, _, err = run("forecast", ruth, "--place", "bay", "--assume", wrong, "--lang", "en")
    assert status == 1 and f"{wrong}:4:5:" in err and "JF706" in err
    bare = written(tmp_path / "bare.yaml", {"assume": [{"date": "2024-05-01"}]})
    status, _, err = run("forecast", ruth, "--place", "bay", "--assume", bare, "--lang", "en")
    assert status == 1 and str(bare) in err
    lost = written(tmp_path / "lost.yaml", {**RUTH, "facts": {}})
    status, _, err = run("forecast", lost, "--place", "bay", "--lang", "en")
    assert status == 1 and str(lost) in err and "JF703" in err
