"""What is said of files that break a schema, compared with the texts approved beside them.

Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and read every one of them before committing it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.effort import calls

from jifen.document import schema_messages
from jifen.document.diagnostics import Diagnostics, Message
from jifen.document.keywords import Schema
from jifen.document.render import render
from jifen.document.schema import MOST, check
from jifen.document.schema_faults import explain
from jifen.document.tree import Node, plain
from jifen.document.yaml_reader import read, read_path
from jifen.errors import JifenError

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
GOOD = sorted(
    path
    for folder in (HERE / "good", ROOT / "policies", ROOT / "examples")
    for path in folder.rglob("*.yaml")
)
MESSAGES = [value for value in vars(schema_messages).values() if isinstance(value, Message)]


def schema_of(text: str) -> str:
    """The schema that the first line names for editors."""
    found = re.match(r"# yaml-language-server: \$schema=\S*?([\w-]+)\.schema\.json\n", text)
    assert found is not None, "the first line names the schema"
    return found[1]


def checked(text: str, name: str) -> Diagnostics:
    diagnostics = Diagnostics()
    node = read(text, name, diagnostics)
    assert node is not None and len(diagnostics) == 0, render(diagnostics.sorted())
    check(node, schema_of(text), diagnostics)
    return diagnostics


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    diagnostics = checked(text, path.name)
    assert len(diagnostics) == 0, render(diagnostics.sorted(), sources={path.name: text})


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad(path: Path, lang: str) -> None:
    text = path.read_text(encoding="utf-8")
    said = render(checked(text, path.name).sorted(), "text", lang, {path.name: text}) + "\n"
    golden = path.with_suffix(".txt" if lang == "en" else ".zh.txt")
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        golden.write_text(said, encoding="utf-8", newline="\n")
    assert said == golden.read_text(encoding="utf-8")


def test_every_message_is_said() -> None:
    said = {
        found.message for path in BAD for found in checked(path.read_text(encoding="utf-8"), path.name)
    } | {schema_messages.MISFIT}
    assert [message for message in MESSAGES if message not in said] == []


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_messages_are_written_in_both_languages(message: Message) -> None:
    assert re.fullmatch(r"JF2\d\d", message.code)
    assert re.search("[\u4e00-\u9fff]", message.zh) and not re.search("[\u4e00-\u9fff]", message.en)
    assert bool(message.hint_en) == bool(message.hint_zh)


def test_a_keyword_without_words_is_named() -> None:
    schema = Schema('{"type": "object", "properties": {"a": {"multipleOf": 5}}}')
    node = tree("a: 7")
    (breach,) = schema.breaches(plain(node))
    fault = explain(node, breach)
    assert fault.message.text("en", fault.args) == "`a` does not fit the schema (`multipleOf`)."
    assert fault.message.text("zh", fault.args) == "`a` 不符合模式（`multipleOf`）。"
    assert fault.place.column == 4


def test_a_flood_of_mistakes_ends_soon() -> None:
    text = "# yaml-language-server: $schema=policy.schema.json\n" + "\n".join(
        f"titel{number}: 1" for number in range(20_000)
    )
    found: list[Diagnostics] = []
    taken = calls(lambda: found.append(checked(text, "flood.yaml")))
    assert MOST - 10 <= len(found[0]) <= MOST
    assert taken < 200 * text.count("\n")


def test_an_unknown_schema_is_an_error() -> None:
    with pytest.raises(JifenError, match="nowhere"):
        check(tree("a: 1"), "nowhere", Diagnostics())


def test_the_check_of_a_policy_is_little_work() -> None:
    diagnostics = Diagnostics()
    path = ROOT / "policies/tianjin/2022.yaml"
    node, text = read_path(path, diagnostics), path.read_text(encoding="utf-8")
    assert node is not None
    check(node, "policy", diagnostics)  # reads the schema
    taken = calls(lambda: check(node, "policy", diagnostics))
    assert taken < 100 * text.count("\n")


def tree(text: str) -> Node:
    node = read(text, "text.yaml", Diagnostics())
    assert node is not None
    return node
