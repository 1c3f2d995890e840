"""What is said of cases files with mistakes, compared with the texts approved beside them.

Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and read every one of them before committing it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jifen.document.diagnostics import Diagnostic, Message
from jifen.document.render import render
from jifen.errors import PolicyError
from jifen.regression import messages
from jifen.regression.cases import cases_files, read_cases
from jifen.regression.equivalent import explained

HERE = Path(__file__).parent / "bad_cases"
READ: dict[str, Callable[[], object]] = {
    "harbour.cases.yaml": lambda: read_cases(HERE / "harbour.cases.yaml"),
    "harbour.equivalent.yaml": lambda: explained(HERE / "harbour.yaml", ()),
    "nowhere.yaml": lambda: cases_files([str(HERE / "nowhere.yaml")]),
}


def found(name: str) -> tuple[Diagnostic, ...]:
    with pytest.raises(PolicyError) as caught:
        READ[name]()
    return caught.value.diagnostics


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", READ)
def test_bad_cases(name: str, lang: str) -> None:
    path = HERE / name
    said = [
        replace(
            one,
            place=one.place._replace(file=name),
            args={key: Path(text).name for key, text in one.args.items()},
        )
        if one.message == messages.NO_CASES
        else replace(one, place=one.place._replace(file=name))
        for one in found(name)
    ]
    sources = {name: path.read_text(encoding="utf-8")} if path.is_file() else {}
    text = render(said, "text", lang, sources) + "\n"
    golden = path.with_suffix(".txt" if lang == "en" else ".zh.txt")
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_every_message_is_said() -> None:
    known = {name: value for name, value in vars(messages).items() if isinstance(value, Message)}
    said = {one.message for name in READ for one in found(name)}
    assert {name for name, message in known.items() if message not in said} == set()
