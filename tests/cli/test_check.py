"""`jifen check`: which files, which form, which exit status."""

import json
from pathlib import Path

import pytest

from .conftest import Engine, Run


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "more" / "bad.yaml"
    path.parent.mkdir()
    path.write_text("policy: demo/bad\noops: 1\nhm: 2\n", encoding="utf-8")
    return path


def test_all_known_policies_by_default(run: Run, engine: Engine) -> None:
    assert run("check") == (0, "1 file checked: no errors\n", "")
    assert run("check", "--lang", "zh") == (0, "已检查1个文件：没有错误\n", "")
    assert run("check", "--format", "json") == (0, "[]\n", "")
    assert run("check", "--format", "github") == (0, "", "")


def test_errors_are_shown_with_their_line(run: Run, engine: Engine, bad: Path) -> None:
    status, out, err = run("check", bad)
    assert (status, err) == (1, "")
    assert f"{bad}:2:1: error JF902: oops is not known\n 2 | oops: 1\n   | ^^^^\n" in out
    assert out.endswith("1 error, 1 warning\n")


def test_for_a_program(run: Run, engine: Engine, bad: Path) -> None:
    found = json.loads(run("check", bad, "--format", "json").out)
    assert [(one["code"], one["line"]) for one in found] == [("JF902", 2), ("JF903", 3)]
    assert run("check", bad, "--format", "github").out.startswith(f"::error file={bad},line=2,col=1")


def test_warnings_alone_are_no_failure(run: Run, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "hm.yaml"
    path.write_text("hm: 1\n", encoding="utf-8")
    status, out, _ = run("check", path)
    assert status == 0
    assert "warning JF903" in out


def test_a_folder_and_an_id_name_files(run: Run, engine: Engine, bad: Path, tmp_path: Path) -> None:
    (bad.parent / "bad.cases.yaml").write_text("oops: 1\n", encoding="utf-8")
    status, out, _ = run("check", bad.parent, "demo/2022", bad)
    assert status == 1
    assert out.count("JF902") == 1
    assert run("check", "demo/2022").out == "1 file checked: no errors\n"


def test_nothing_to_check(run: Run, engine: Engine, tmp_path: Path) -> None:
    assert run("check", tmp_path / "no.yaml").err == f"jifen: no such file: {tmp_path / 'no.yaml'}\n"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("check", empty) == (2, "", "jifen: there is no policy file to check\n")
