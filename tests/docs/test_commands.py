"""What the documents say that commands print and that Python prints is what they print today.

A block `console` holds commands after `$ ` with their output; one `python` prints what its comments say. Both run in
a folder with the files that the document prints, and with the examples. Set JIFEN_WRITE_GOLDEN=1 to write the output
of the commands anew, and read it before committing it.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jifen.cli import main

from .blocks import CLUSTER, GUIDES, ROOT, TUTORIALS, Block, of, rewrite, shared_files
from .printed import run_python

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Gives the folder that a document's commands run in."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JIFEN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def made(document: str) -> Path:
        shutil.copytree(ROOT / "examples", tmp_path / "examples")
        for name, text in shared_files(document).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return made


def output(command: str, capsys: Capture) -> str:
    """What a command prints, on both streams."""
    words = shlex.split(command)
    if words[0] == "jifen":
        capsys.readouterr()
        main(words[1:])
        printed = capsys.readouterr()
        return printed.out + printed.err
    if words[:2] == ["python", "jifen/action/review.py"]:
        # The script of this checkout, on the engine that is tested.
        words[:2] = [sys.executable, str(ROOT / "action" / "review.py")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run(words, capture_output=True, text=True, env=environment, check=False).stdout
    if words[0] == "git":
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert words[0] == "sed", f"only jifen, its script, git and sed are run: {command}"
    return subprocess.run(command, shell=True, check=True, capture_output=True, text=True).stdout


def run(block: Block, capsys: Capture) -> str:
    """The block as it should be."""
    lines = []
    for line in block.text.splitlines():
        if line.startswith("$ "):
            lines += [line, *(part.rstrip() for part in output(line[2:], capsys).splitlines())]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("document", [one for one in GUIDES if of(one, "console") and one not in TUTORIALS])
def test_commands(document: str, folder: Callable[[str], Path], capsys: Capture) -> None:
    folder(document)
    printed = [(block, run(block, capsys)) for block in of(document, "console")]
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        rewrite(document, printed)
    else:
        for block, text in printed:
            assert block.text == text, block.place


@pytest.mark.parametrize("document", [one for one in GUIDES if of(one, "python") and one != CLUSTER])
def test_python(document: str, folder: Callable[[str], Path]) -> None:
    folder(document)
    run_python(document, {})
