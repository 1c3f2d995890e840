"""`jifen explain`: the whole notice or one indicator, in each form, and what a mistake looks like."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jifen.cli import main

APPLICANT = str(Path(__file__).parent.parent.parent / "examples/tianjin/applicant.yaml")
EXPLAIN = ("explain", APPLICANT, "--policy", "tianjin/2022", "--lang", "en")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("text", "Points notice · "),
        ("markdown", "# Points notice\n"),
        ("html", "<!doctype html>\n"),
        ("json", '{"anchors":'),
    ],
)
def test_each_form(capsys: pytest.CaptureFixture[str], form: str, beginning: str) -> None:
    assert main([*EXPLAIN, "--format", form]) == 0
    out, err = capsys.readouterr()
    assert out.startswith(beginning) and out.endswith("\n") and err == ""


def test_an_indicator_by_its_name_or_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EXPLAIN, "--indicator", "marriage", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["test"]["tests"][2]["short"] == "3"
    assert main([*EXPLAIN, "--indicator", "basic/living"]) == 0
    out = capsys.readouterr().out
    assert "12 × 6/12 = 6" in out and "Marriage" not in out


def test_an_indicator_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EXPLAIN, "--indicator", "marrige"]) == 2
    assert "no indicator marrige (did you mean marriage?)" in capsys.readouterr().err


def test_by_place_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "notice.html"
    arguments = ["explain", APPLICANT, "--place", "tianjin", "--lang", "zh", "--format", "html"]
    assert main([*arguments, "--printed", "2026-11-21", "-o", str(file)]) == 0
    assert capsys.readouterr() == ("", "")
    text = file.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text and "<dt>打印日期</dt><dd>2026-11-21</dd>" in text
    assert list(tmp_path.iterdir()) == [file]


def test_a_day_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EXPLAIN, "--printed", "today"]) == 2
    assert "--printed is a date, YYYY-MM-DD: today" in capsys.readouterr().err


def test_a_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*EXPLAIN, "--reading", "month_credit=full_years", "--indicator", "housing_fund"]) == 0
    assert "of these 12 months are credited by the rule" in capsys.readouterr().out
