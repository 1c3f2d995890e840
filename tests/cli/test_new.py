"""`jifen new`: what it writes works at once, and nothing is ever overwritten."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import jifen
from jifen.regression.cases import read_cases

from .conftest import Run


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_what_is_written_can_be_checked_and_run_at_once(run: Run) -> None:
    status, out, err = run("new", "harbour/2024")
    assert (status, err) == (0, "")
    assert out.splitlines()[:2] == [
        "wrote policies/harbour/2024.yaml",
        "wrote policies/harbour/2024.cases.yaml",
    ]
    for command in out.splitlines()[2].removeprefix("next: jifen ").split("; jifen "):
        status, out, err = run(*command.split())
        assert (status, err) == (0, "")
    assert out == "5 passed, 0 failed\n"
    assert run("check", "policies").out == "1 file checked: no errors\n"
    assert jifen.check("policies/harbour/2024.yaml") == ()


def test_every_reading_has_a_case_for_each_option(run: Run) -> None:
    run("new", "harbour/2024")
    declared = jifen.load("policies/harbour/2024.yaml").rules.readings
    for name, reading in declared.items():
        cases = read_cases(Path("policies/harbour/2024.cases.yaml"))
        assert {case.readings.get(name, reading.default) for case in cases} == set(reading.options)


def test_in_chinese_and_in_another_folder(run: Run) -> None:
    status, out, _ = run("new", "harbour/inner/2031-07", "--folder", "own", "--lang", "zh")
    assert status == 0
    assert out.splitlines()[0] == "已写入 own/harbour/inner/2031-07.yaml"
    text = Path("own/harbour/inner/2031-07.yaml").read_text(encoding="utf-8")
    assert "in_force: {from: 2031-01-01}" in text
    assert jifen.load("own/harbour/inner/2031-07.yaml").id == "harbour/inner/2031-07"
    assert run("test", "own").status == 0


def test_a_version_that_names_no_year(run: Run) -> None:
    for version in ("trial", "12024", "1066"):
        assert run("new", f"harbour/{version}").status == 0
        assert "in_force: {from: 2025-01-01}" in Path(f"policies/harbour/{version}.yaml").read_text(
            encoding="utf-8"
        )
        assert run("test", f"policies/harbour/{version}.yaml").status == 0


def test_the_editor_is_told_of_the_schema_where_there_is_one(run: Run) -> None:
    run("new", "harbour/2024")
    assert "yaml-language-server" not in Path("policies/harbour/2024.yaml").read_text(encoding="utf-8")
    Path("schemas").mkdir()
    run("new", "harbour/2025")
    for name in ("policy", "cases"):
        path = Path("policies/harbour", "2025.yaml" if name == "policy" else "2025.cases.yaml")
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == f"# yaml-language-server: $schema=../../schemas/{name}.schema.json"


@pytest.mark.parametrize("there", ["2024.yaml", "2024.cases.yaml"])
def test_nothing_is_overwritten(run: Run, there: str) -> None:
    path = Path("policies", "harbour", there)
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    status, out, err = run("new", "harbour/2024")
    assert (status, out) == (2, "")
    assert err == f"jifen: {path} exists and is not overwritten\n"
    assert [found.name for found in path.parent.iterdir()] == [there]
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_appears_meanwhile_is_not_overwritten(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else writes the cases between the look and the writing: both files stay as they were."""
    link = os.link

    def late(source: str, target: Path) -> None:
        if target.name.endswith(".cases.yaml"):
            target.write_text("theirs", encoding="utf-8")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    assert run("new", "harbour/2024").err == (
        "jifen: policies/harbour/2024.cases.yaml exists and is not overwritten\n"
    )
    [left] = Path("policies/harbour").iterdir()
    assert (left.name, left.read_text(encoding="utf-8")) == ("2024.cases.yaml", "theirs")


@pytest.mark.parametrize(
    "name", ["harbour", "Harbour/2024", "../harbour/2024", "harbour/", "harbour/2024.cases", "港口/2024"]
)
def test_what_is_no_id(run: Run, name: str) -> None:
    status, out, err = run("new", name)
    assert (status, out) == (2, "")
    assert "an id is place/version" in err
    assert not Path("policies").exists()


def test_a_folder_that_cannot_be_made(run: Run) -> None:
    Path("file").write_text("", encoding="utf-8")
    status, _, err = run("new", "harbour/2024", "--folder", "file")
    assert status == 2
    assert err.startswith("jifen: cannot write file/harbour/2024.yaml: ")


def test_the_exit_status_of_the_module(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    command = [sys.executable, "-m", "jifen", "new", "Harbour"]
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 2
