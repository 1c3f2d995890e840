"""`jifen score --bounds` and `--readings all`: forms, languages, exit statuses, what does not go together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jifen.cli import main

from .applicants import BARRED, CERTAIN, HARBOUR, SEVERAL, WHOLE, without

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)


def score(tmp_path: Path, capsys: Capture, document: dict[str, Any], *options: str) -> tuple[int, str, str]:
    path = tmp_path / "jo.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    status = main(["score", str(path), "--policy", str(HARBOUR), *options])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.parametrize(
    ("document", "status"),
    [(CERTAIN, 0), (BARRED, 3), (SEVERAL, 4), (WHOLE, 0)],
    ids=["yes", "no", "open", "all"],
)
def test_exit_statuses(tmp_path: Path, capsys: Capture, document: dict[str, Any], status: int) -> None:
    assert score(tmp_path, capsys, document, "--bounds", "--check-qualifies")[0] == status
    assert score(tmp_path, capsys, document, "--bounds")[0] == 0


def test_forms(tmp_path: Path, capsys: Capture) -> None:
    _, out, err = score(tmp_path, capsys, SEVERAL, "--bounds", "--format", "json")
    assert json.loads(out)["format"] == "jifen-bounds/1" and not err
    assert score(tmp_path, capsys, SEVERAL, "--bounds", "--format", "markdown")[1].startswith(
        "# Harbour points"
    )
    assert "尚不能定论" in score(tmp_path, capsys, SEVERAL, "--bounds", "--lang", "zh")[1]
    _, out, _ = score(tmp_path, capsys, WHOLE, "--readings", "all", "--format", "json")
    assert json.loads(out)["format"] == "jifen-spread/1"
    assert "最有利的组合" in score(tmp_path, capsys, WHOLE, "--readings", "all", "--lang", "zh")[1]
    assert (
        "## Best combination"
        in score(tmp_path, capsys, WHOLE, "--readings", "all", "--format", "markdown")[1]
    )


def test_readings_with_a_reading(tmp_path: Path, capsys: Capture) -> None:
    options = ("--readings", "all", "--reading", "storms=less", "--format", "json")
    found = json.loads(score(tmp_path, capsys, WHOLE, *options)[1])
    assert found["fixed"] == ["storms"] and "storms" not in found["search"]["readings"]


def test_bounds_with_a_reading(tmp_path: Path, capsys: Capture) -> None:
    document = without(facts__birth_date="1984-01-01", facts__rank={"unknown": True})
    options = ("--bounds", "--format", "json", "--reading", "age_line=nothing")
    found = json.loads(score(tmp_path, capsys, document, *options)[1])
    assert found["policy"]["readings"]["age_line"] == "nothing" and found["total"] == {
        "low": "88",
        "high": "118",
    }


def test_check_qualifies_with_readings(tmp_path: Path, capsys: Capture) -> None:
    failing = without(facts__resident=False)
    assert score(tmp_path, capsys, failing, "--readings", "all", "--check-qualifies")[0] == 3


def test_what_does_not_go_together(tmp_path: Path, capsys: Capture) -> None:
    status, _, err = score(tmp_path, capsys, WHOLE, "--bounds", "--readings", "all")
    assert status == 2 and "--bounds and --readings do not go together" in err
    assert score(tmp_path, capsys, WHOLE, "--readings", "some")[0] == 2


def test_what_is_wrong_stands_where_it_is(tmp_path: Path, capsys: Capture) -> None:
    document = without(timelines__service={"spells": [{"from": "2020-01", "ship": "raft"}], "unknown": True})
    status, _, err = score(tmp_path, capsys, document, "--bounds")
    assert status == 1 and "`timelines.service.spells[0].ship`" in err


def test_a_plain_score_of_what_is_unknown(tmp_path: Path, capsys: Capture) -> None:
    status, _, err = score(tmp_path, capsys, without(facts__rank={"unknown": True}))
    assert status == 1 and "JF717" in err and "--bounds" in err


def test_the_output_can_be_a_file(tmp_path: Path, capsys: Capture) -> None:
    target = tmp_path / "bounds.md"
    status, out, _ = score(tmp_path, capsys, SEVERAL, "--bounds", "--format", "markdown", "-o", str(target))
    assert (status, out) == (0, "") and target.read_text(encoding="utf-8").startswith("# Harbour points")
