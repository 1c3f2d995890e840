"""What `jifen check` says of the folders in bad/, compared with the texts approved beside them.

JIFEN_REWRITE=1 writes the texts anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from jifen.cli import main
from jifen.document.diagnostics import Message
from jifen.policy import version_messages

BAD = Path(__file__).parent / "bad"
FOLDERS = sorted(path for path in BAD.iterdir() if path.is_dir())
MESSAGES = [value for value in vars(version_messages).values() if isinstance(value, Message)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bad_folder(
    folder: Path, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    on = ["--on", "2024-02-29"] if folder.name == "age" else []
    status = main(["check", ".", *on, "--lang", lang])
    got = capsys.readouterr().out
    assert status == (0 if folder.name == "age" else 1)
    expected = folder / ("expected.txt" if lang == "en" else "expected.zh.txt")
    if os.environ.get("JIFEN_REWRITE"):
        expected.write_text(got, encoding="utf-8", newline="\n")
    assert got == expected.read_text(encoding="utf-8")


def test_every_message_is_said() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in BAD.glob("*/expected.txt"))
    assert [message.code for message in MESSAGES if message.code not in said] == []


def test_each_message_has_its_own_code_and_both_languages() -> None:
    assert len({message.code for message in MESSAGES}) == len(MESSAGES)
    for message in MESSAGES:
        assert message.en and message.zh
        assert bool(message.hint_en) == bool(message.hint_zh)
