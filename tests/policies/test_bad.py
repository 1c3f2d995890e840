"""What is said of policies with mistakes, compared with the texts approved beside them.

Each file has many mistakes, and all of them are said at once. Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and
read every one of them before committing it.
"""

import os
from pathlib import Path

import pytest

import jifen
from jifen.compile import compile_policy, read
from jifen.document.diagnostics import Message
from jifen.document.render import render
from jifen.errors import PolicyError
from jifen.language import messages as language
from jifen.policy import messages as policy

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))

ELSEWHERE = {
    # what is asked for and does not exist: tests/versions and tests/embedding
    *("JF601", "JF602", "JF603", "JF604", "JF605", "JF606"),
    # limits, which only hostile expressions meet: tests/language
    *("JF307", "JF308", "JF411"),
    # what names alone cannot bring about, and the schema's own answer to an empty text comes first
    *("JF410", "JF523"),
}


def said(path: Path, lang: str) -> str:
    found = jifen.check(path)
    named = [
        one.__class__(one.message, one.place._replace(file=path.name), one.args, one.hint) for one in found
    ]
    return render(named, "text", lang, {path.name: path.read_text(encoding="utf-8")}) + "\n"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad(path: Path, lang: str) -> None:
    golden = path.with_suffix(".txt" if lang == "en" else ".zh.txt")
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        golden.write_text(said(path, lang), encoding="utf-8", newline="\n")
    assert said(path, lang) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_loading_says_the_same_errors(path: Path) -> None:
    errors = {(one.code, one.place) for one in jifen.check(path) if one.severity == "error"}
    if not errors:
        compile_policy(read(path), {})
        return
    with pytest.raises(PolicyError) as caught:
        jifen.load(path)
    assert {(one.code, one.place) for one in caught.value.diagnostics if one.severity == "error"} <= errors


def test_every_message_is_said() -> None:
    known = {
        name: value
        for module in (language, policy)
        for name, value in vars(module).items()
        if isinstance(value, Message)
    }
    met = {one.message for path in BAD for one in jifen.check(path)}
    missing = {name for name, message in known.items() if message not in met}
    assert {name for name in missing if known[name].code not in ELSEWHERE} == set()
    assert not ELSEWHERE & {message.code for message in met}, "no longer elsewhere only"
