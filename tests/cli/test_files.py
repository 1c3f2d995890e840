"""Files on the command line: missing, wrong, and written whole."""

import os
from pathlib import Path

import pytest

from jifen.cli import files
from jifen.cli.failure import Failure

from .conftest import Engine, Run

DEMO = ("--policy", "demo/2022")


def test_a_missing_file(run: Run, engine: Engine) -> None:
    assert run("score", "no/such.yaml", *DEMO) == (2, "", "jifen: no such file: no/such.yaml\n")
    assert run("score", "no/such.yaml", *DEMO, "--lang", "zh").status == 2


def test_a_folder(run: Run, engine: Engine, tmp_path: Path) -> None:
    assert run("score", tmp_path, *DEMO) == (2, "", f"jifen: this is a folder, not a file: {tmp_path}\n")


def test_a_name_that_no_file_can_have(run: Run, engine: Engine) -> None:
    status, _, err = run("score", "a\0b", *DEMO)
    assert status == 2
    assert err.count("\n") == 1


def test_a_binary_file(run: Run, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0")
    assert run("score", path, *DEMO) == (1, "", f"jifen: this is not a text file: {path}\n")


def test_a_device_that_never_ends(run: Run, engine: Engine) -> None:
    assert run("score", "/dev/zero", *DEMO).status == 1


def test_the_output_goes_to_a_file(run: Run, engine: Engine, applicant: Path, tmp_path: Path) -> None:
    target = tmp_path / "card.md"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    result = run("score", applicant, *DEMO, "--format", "markdown", "--output", target)
    assert result == (0, "", "")
    assert target.read_text(encoding="utf-8").startswith("# ")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["applicant.yaml", "card.md", "policies"]


def test_a_failed_write_leaves_nothing_behind(
    run: Run, engine: Engine, applicant: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    target = tmp_path / "card.txt"
    monkeypatch.setattr(os, "replace", refuse)
    status, out, err = run("score", applicant, *DEMO, "-o", target)
    assert (status, out) == (2, "")
    assert err == f"jifen: cannot write {target}: Permission denied\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["applicant.yaml", "policies"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Failure):
        files.write(str(tmp_path / "no" / "card.txt"), "x")
