"""What is said of levers with mistakes, compared with the texts approved beside them.

Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and read every one of them before committing it.
"""

import os
from pathlib import Path

import pytest

import jifen
from jifen.document.diagnostics import Message
from jifen.document.render import render
from jifen.levers import messages

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad(path: Path, lang: str) -> None:
    found = jifen.check(path)
    named = [
        one.__class__(one.message, one.place._replace(file=path.name), one.args, one.hint) for one in found
    ]
    said = render(named, "text", lang, {path.name: path.read_text(encoding="utf-8")}) + "\n"
    golden = path.with_suffix(".txt" if lang == "en" else ".zh.txt")
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")


def test_every_message_is_said() -> None:
    known = {value for value in vars(messages).values() if isinstance(value, Message)}
    met = {one.message for path in BAD for one in jifen.check(path)}
    assert {one.code for one in known - met} == {f"JF63{number}" for number in range(1, 7)}
