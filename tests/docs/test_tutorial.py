"""Two guides are followed step by step in an empty folder: files are written and changed, commands run.

A block `yaml` whose first line names a file is written to it, or added to it where it says `continued`. A block
`diff` replaces lines. A block `console` holds commands with their output; set JIFEN_WRITE_GOLDEN=1 to write the output
anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import jifen
from jifen.regression.run import Runner, collect

from .blocks import ROOT, TUTORIALS, Block, blocks
from .test_commands import Capture, run

_FILE = re.compile(r"# (\S+\.yaml)(, continued)?\n")


def write(block: Block) -> None:
    """Write the file that a block is, or add the block to it."""
    named = _FILE.match(block.text)
    assert named, f"{block.place}: which file is this"
    path = Path(named[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if named[2] else ""
    assert bool(named[2]) is path.exists(), f"{block.place}: begun twice, or continued before it is begun"
    path.write_text(before + block.text, encoding="utf-8")


def change(block: Block) -> None:
    """Replace the lines with `-` by those with `+`; they must stand in the file just once."""
    head, *lines = block.text.splitlines(keepends=True)
    path = Path(head.removeprefix("--- ").strip())
    old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{block.place}: {old}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one; commits made in it have the same names in every run."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JIFEN_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Mei")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "mei@example.org")
        monkeypatch.setenv(f"GIT_{who}_DATE", "2024-06-10T12:00:00Z")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("tutorial", TUTORIALS)
def test_tutorial(tutorial: str, empty_folder: Path, capsys: Capture) -> None:
    printed: list[tuple[Block, str]] = []
    for block in blocks(tutorial):
        if block.language == "yaml":
            write(block)
        elif block.language == "diff":
            change(block)
        elif block.language == "console":
            printed.append((block, run(block, capsys)))
        else:
            assert block.language == "sh", f"{block.place}: only installing is not run"
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        rewrite_in_order(tutorial, printed)
    else:
        for block, text in printed:
            assert block.text == text, block.place
    written = [path for path in (empty_folder / "policies").rglob("*.yaml") if path.name.count(".") == 1]
    assert written and all(jifen.check(path) == () for path in written)
    assert [found for case in collect(["policies"]) for found in Runner().run(case).differences] == []


def rewrite_in_order(tutorial: str, printed: list[tuple[Block, str]]) -> None:
    """Write the output of each block anew, where it stands: a command may be given several times."""
    lines = (ROOT / tutorial).read_text(encoding="utf-8").splitlines(keepends=True)
    for block, text in reversed(printed):
        end = block.line + block.text.count("\n")
        lines[block.line : end] = text.splitlines(keepends=True)
    (ROOT / tutorial).write_text("".join(lines), encoding="utf-8")
