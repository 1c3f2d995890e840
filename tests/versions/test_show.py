"""`jifen show --resolved`: all that a version inherits, with the file and line of each value."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jifen
from jifen.cli import main
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Plain, plain
from jifen.document.yaml_reader import read
from jifen.page.origins import origins_json, origins_yaml
from jifen.policy.registry import registry

from .town import BASE, LAST, NEXT, tree, write

EXPECTED = """\
policy: harbour/2024  # harbour/2024.yaml:1
title: Harbour points, 2024  # harbour/2024.yaml:2
in_force:
  from: '2024-01-01'  # harbour/2024.yaml:4
sources:
  notice-4:
    title: Notice 4  # harbour/2022.yaml:8
    kind: official  # harbour/2022.yaml:8
  notice-7:
    title: Notice 7  # harbour/2024.yaml:6
    kind: official  # harbour/2024.yaml:6
facts:
  berths:
    type: integer  # harbour/2022.yaml:18
    label:
      zh: 泊位  # harbour/2022.yaml:18
      en: berths  # harbour/2022.yaml:18
    from: 0  # harbour/2022.yaml:18
    to: 99  # harbour/2022.yaml:18
indicators:
  moorings:
    label:
      en: moorings  # harbour/2022.yaml:23
    cite: notice-4#2  # harbour/2022.yaml:24
    points: 12  # harbour/2023.yaml:6
    when: berths >= 3  # harbour/2024.yaml:9
  pilots:
    label: pilots  # harbour/2023.yaml:7
    points: 4  # harbour/2024.yaml:11
    cite: notice-7  # harbour/2024.yaml:11
outcome:
  line: 17  # harbour/2023.yaml:8
  cite: notice-4#4  # harbour/2022.yaml:34
"""


def test_every_value_has_its_origin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *_, last = write(tmp_path, BASE, NEXT, LAST)
    assert main(["show", str(last), "--resolved"]) == 0
    assert capsys.readouterr().out == EXPECTED
    assert main(["show", str(last), "--resolved", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["indicators"]["moorings"]["points"] == {"value": 12, "file": "harbour/2023.yaml", "line": 6}


def test_what_is_shown_is_the_same_policy(tmp_path: Path) -> None:
    *_, last = write(tmp_path, BASE, NEXT, LAST)
    shown = tmp_path / "shown.yaml"
    assert main(["show", str(last), "--resolved", "-o", str(shown)]) == 0
    assert jifen.load(shown).digest == jifen.load(last).digest


def test_by_its_id_and_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path))
    write(tmp_path, BASE, NEXT, LAST)
    assert main(["show", "harbour/2024", "--resolved", "-o", str(tmp_path / "out.yaml")]) == 0
    assert (tmp_path / "out.yaml").read_text(encoding="utf-8") == EXPECTED


def test_mistakes_in_the_chain_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (child,) = write(tmp_path, NEXT)
    assert main(["show", str(child), "--resolved", "--lang", "en"]) == 1
    assert "error JF611: There is no policy harbour/2022 to extend." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--resolved", "--format", "markdown"], "--resolved is for the formats yaml and json"),
        (["--resolved", "--reading", "started=yes"], "--resolved is for the formats yaml and json"),
        (["--format", "json"], "--format json goes with --resolved"),
    ],
)
def test_what_does_not_go_together(
    options: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JIFEN_LANG", "en")
    assert main(["show", "harbour/2022", *options]) == 2
    assert said in capsys.readouterr().err


def reads_back(text: str) -> Plain:
    diagnostics = Diagnostics()
    node = read(text, "out", diagnostics)
    assert node is not None and len(diagnostics) == 0
    return plain(node)


def values(data: object) -> object:
    """The JSON of a document without the origins."""
    if isinstance(data, dict):
        if data.keys() == {"value", "file", "line"}:
            return data["value"]
        return {key: values(value) for key, value in data.items()}
    return [values(item) for item in data] if isinstance(data, list) else data


@pytest.mark.parametrize("path", [entry.path for entry in registry()], ids=lambda path: path.stem)
def test_the_policies_in_the_tree_read_back(path: Path) -> None:
    node = tree(path.read_text(encoding="utf-8"))
    assert reads_back(origins_yaml(node, {})) == plain(node)
    assert values(json.loads(origins_json(node, {}), parse_float=Decimal)) == plain(node)


TEXTS = st.text(st.sampled_from("ab 0:#-'\"\n\t,[]{}是～%&*!|>?@`"), max_size=12) | st.sampled_from(
    ["null", "no", "1.50", "2022-01-01", "7/24", "~", "0x1", "a" * 300, "a b " * 80, "true", "---", "..."]
)
NUMBERS = st.integers(-999, 999) | st.decimals(-999, 999, places=3)
DATA: st.SearchStrategy[Plain] = st.recursive(
    TEXTS | NUMBERS | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=15,
)


@given(st.dictionaries(TEXTS.filter(lambda text: text not in ("", "<<")), DATA, min_size=1, max_size=4))
def test_any_document_reads_back(data: dict[str, Plain]) -> None:
    node = tree(json.dumps(data, default=float))
    assert reads_back(origins_yaml(node, {})) == plain(node)
    assert values(json.loads(origins_json(node, {}), parse_float=Decimal)) == plain(node)
