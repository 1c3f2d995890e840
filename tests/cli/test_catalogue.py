"""`jifen list`, `jifen schema`, `jifen show` and `jifen test`."""

import json
from pathlib import Path

import yaml

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import plain
from jifen.document.yaml_reader import read

from .conftest import POLICY, Engine, Run


def test_list(run: Run, engine: Engine) -> None:
    assert run("list").out.splitlines() == [
        "Id         In force         Title",
        "demo/2022  from 2022-01-01  A demonstration",
    ]
    assert run("list", "--lang", "zh").out.splitlines() == [
        "编号       有效期          名称",
        "demo/2022  自2022-01-01起  示例",
    ]


def test_list_for_a_program(run: Run, engine: Engine) -> None:
    [entry] = json.loads(run("list", "--format", "json").out)
    assert entry["id"] == "demo/2022"
    assert entry["title"] == {"zh": "示例", "en": "A demonstration"}
    assert entry["in_force"] == {"from": "2022-01-01", "to": None}


def test_schema(run: Run) -> None:
    status, out, _ = run("schema", "scorecard")
    assert status == 0
    assert json.loads(out)["$schema"].startswith("https://json-schema.org/draft/2020-12")


def test_an_unknown_schema(run: Run) -> None:
    status, out, err = run("schema", "polcy")
    assert (status, out) == (2, "")
    assert "no schema polcy (did you mean policy?); there are:" in err


def test_show_as_yaml_reads_back_the_same(run: Run, engine: Engine) -> None:
    out = run("show", "demo/2022", "--format", "yaml").out
    tree, before = read(out, "out", Diagnostics()), read(POLICY, "in", Diagnostics())
    assert tree is not None and before is not None
    assert plain(tree) == plain(before)
    assert yaml.safe_load(out)["title"]["zh"] == "示例"


def test_show_as_table_and_markdown(run: Run, engine: Engine) -> None:
    out = run("show", "demo/2022").out
    assert out.startswith("A demonstration\n")
    assert "taken: not at all" in out
    assert run("show", "demo/2022", "--format", "markdown", "--lang", "zh").out.startswith("# 示例\n")


def test_show_what_is_not_there(run: Run, engine: Engine, tmp_path: Path) -> None:
    assert run("show", "demo/2020").status == 2
    assert run("show", tmp_path / "no.yaml").err == f"jifen: no such file: {tmp_path / 'no.yaml'}\n"
    broken = tmp_path / "broken.yaml"
    broken.write_text("x: 1\n", encoding="utf-8")
    status, _, err = run("show", broken)
    assert status == 1
    assert "JF902" in err
