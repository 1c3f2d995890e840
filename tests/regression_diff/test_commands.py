"""`jifen diff` and `jifen impact` as a person runs them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from jifen.cli import main

from .test_impact import NEW, OLD, SIX
from .town import BASE, changed


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two versions and six people, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("old.yaml", OLD), ("new.yaml", NEW)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = [json.dumps(person) for person in SIX]
    (tmp_path / "six.jsonl").write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return tmp_path


def test_the_status_of_diff(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "old.yaml", "old.yaml"]) == 0
    assert main(["diff", "old.yaml", "new.yaml", "--lang", "zh"]) == 1
    assert "泊位，南码头：每年11分 → 每年12分" in capsys.readouterr().out
    assert main(["diff", "old.yaml", "none.yaml"]) == 2
    assert main(["diff", "old.yaml", "nowhere/2024"]) == 2
    assert main(["diff", "old.yaml"]) == 2
    (files / "bad.yaml").write_text("policy: [", encoding="utf-8")
    assert main(["diff", "old.yaml", "bad.yaml"]) == 2
    assert "bad.yaml:1" in capsys.readouterr().err


def test_diff_of_shipped_versions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "tianjin/2022", "tianjin/2023"]) == 1
    assert "Dongli / Xiqing / Jinnan / Beichen: 11 → 12 points a year" in capsys.readouterr().out
    assert main(["diff", "chengdu/2020", "chengdu/2024", "--format", "markdown", "--lang", "zh"]) == 1
    assert capsys.readouterr().out.startswith("# 政策变化\n")


def git(*arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


def test_a_revision_with_what_it_extends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "policies" / "harbour"
    folder.mkdir(parents=True)
    child = "policy: harbour/2025\ntitle: next\nextends: harbour/2024\nin_force: {from: 2025-01-01}\n"
    (folder / "2024.yaml").write_text(BASE, encoding="utf-8")
    (folder / "2025.yaml").write_text(child, encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    (folder / "2024.yaml").write_text(changed(("line: 110", "line: 130")), encoding="utf-8")
    assert main(["diff", "HEAD:policies/harbour/2025.yaml", "policies/harbour/2025.yaml"]) == 1
    out = capsys.readouterr().out
    assert "line: 110 → 130" in out and "HEAD:policies/harbour/2024.yaml:" in out
    assert main(["diff", "HEAD:policies/harbour/2025.yaml", "HEAD:./policies/harbour/2025.yaml"]) == 0
    assert main(["diff", "HEAD:policies/harbour/2026.yaml", "policies/harbour/2025.yaml"]) == 2
    assert "cannot be read from git" in capsys.readouterr().err
    assert main(["diff", "--", "-x:policies/harbour/2025.yaml", "policies/harbour/2025.yaml"]) == 2


def test_impact_on_a_file(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["impact", "old.yaml", "new.yaml", "--population", "six.jsonl", "--format", "json"]
    assert main(command) == 0
    found = capsys.readouterr()
    assert json.loads(found.out)["fell_below"] == {"number": 2} and found.err == ""
    assert main([*command, "--sample", "-o", "out.json"]) == 0
    assert json.loads((files / "out.json").read_text(encoding="utf-8"))["gain"].keys() == {
        "number",
        "interval",
    }


def test_impact_on_invented_people(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["impact", "old.yaml", "new.yaml", "--population", "synthetic:50", "--seed"]
    told = []
    for seed in ("1", "1", "2"):
        assert main([*command, seed]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] != told[2]
    assert "Population: 50 invented people, seed 1." in told[0] and "No distribution is declared" in told[0]


@pytest.mark.parametrize(
    "name", ["synthetic:", "synthetic:0", "synthetic:x", "synthetic:99999999", "none.jsonl"]
)
def test_no_such_population(name: str, files: Path) -> None:
    assert main(["impact", "old.yaml", "new.yaml", "--population", name]) == 2


@pytest.mark.parametrize("line", ["[1]", "{", "[" * 5000, '"text"'])
def test_a_line_that_is_no_applicant(line: str, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (files / "six.jsonl").write_text("{}\n" + line, encoding="utf-8")
    assert main(["impact", "old.yaml", "new.yaml", "--population", "six.jsonl"]) == 2
    assert "six.jsonl, line 2" in capsys.readouterr().err


def test_data_of_any_shape_is_refused_and_not_a_crash(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strange = [
        '{"facts": []}',
        '{"date": 5}',
        '{"date": "2024-06-15", "timelines": {"moored": [3]}}',
        '{"people": 1}',
    ]
    strange += ['{"date": "2024-06-15", "facts": 7}', '{"date": "2024-99-99", "records": "x"}']
    (files / "six.jsonl").write_text("\n".join(strange), encoding="utf-8")
    assert main(["impact", "old.yaml", "new.yaml", "--population", "six.jsonl", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["refused"]["both"] == len(strange)
