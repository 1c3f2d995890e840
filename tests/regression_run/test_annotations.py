"""`jifen check --format github`: the lines that GitHub turns into annotations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jifen.cli import main

from .conftest import POLICY

COMMAND = re.compile(r"::(?P<kind>error|warning) (?P<properties>[^:\r\n]*)::(?P<text>[^\r\n]*)")
"""A command of a workflow, as GitHub's runner reads it: properties end at the next two colons."""


def read(line: str) -> tuple[str, dict[str, str], str]:
    """The kind, the properties and the message of a command, as GitHub unescapes them."""
    found = COMMAND.fullmatch(line)
    assert found, line
    properties = dict(part.split("=", 1) for part in found["properties"].split(","))
    escapes = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))
    for key, value in properties.items():
        for code, char in escapes:
            value = value.replace(code, char)
        properties[key] = value
    text = found["text"]
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, char)
    return found["kind"], properties, text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_errors_and_warnings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "50%,a:b::海.yaml"
    text = POLICY.read_text(encoding="utf-8").replace("of: rank,", "of: rnk,")
    text = text.replace("facts:\n", 'facts:\n  unread: {label: "50 %: x,y", type: boolean}\n')
    Path(name).write_text(text, encoding="utf-8")
    assert main(["check", name, "--format", "github", "--lang", lang]) == 1
    out = capsys.readouterr().out
    found = [read(line) for line in out.splitlines()]
    assert out.endswith("\n") and len(found) >= 1
    lines = text.splitlines()
    for kind, properties, message in found:
        assert list(properties) == ["file", "line", "col", "title"]
        assert properties["file"] == name
        assert message
        if properties["title"] == "JF310":
            assert kind == "error"
            at = lines[int(properties["line"]) - 1][int(properties["col"]) - 1 :]
            assert at.startswith("rnk")
            # The advice stands on a line of its own.
            assert "`rnk`" in message.splitlines()[0] and "`rank`" in message.splitlines()[1]
    assert "error" in {kind for kind, _, _ in found}
    assert main(["check", name, "--format", "github"]) == 1


def test_a_warning_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = POLICY.read_text(encoding="utf-8").replace(
        "facts:\n", "facts:\n  unread: {label: never read, type: boolean}\n"
    )
    Path("a.yaml").write_text(text, encoding="utf-8")
    assert main(["check", "a.yaml", "--format", "github"]) == 0
    [(kind, properties, message)] = [read(line) for line in capsys.readouterr().out.splitlines()]
    assert (kind, properties["title"]) == ("warning", "JF510")
    assert lines_at(text, properties).startswith("unread")
    assert "unread" in message


def lines_at(text: str, properties: dict[str, str]) -> str:
    """What stands at the place of an annotation."""
    return text.splitlines()[int(properties["line"]) - 1][int(properties["col"]) - 1 :]


def test_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(POLICY), "--format", "github"]) == 0
    assert capsys.readouterr() == ("", "")
