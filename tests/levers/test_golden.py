"""Ways as they are printed, compared with the texts approved. Set JIFEN_WRITE_GOLDEN=1 to write them anew."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jifen.levers.render_markdown import render_markdown
from jifen.levers.render_table import render_table
from jifen.levers.result import Ways
from jifen.resources import schema_text
from jifen.scorecard.shape import Lang

from .people import POLICY, jo

GOLDEN = Path(__file__).parent / "golden"
ASKED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "several": (jo(), {"levers": ["degree", "certificate", "post", "pilot", "lease", "own_home"]}),
    "gap": (jo(), {"target": 45, "levers": ["pilot"], "by": "2027-03-01"}),
    "waiting": (jo(facts__education="degree"), {"target": "51.5", "levers": ["certificate", "post"]}),
    "out_of_reach": (jo(facts__education="degree"), {"target": 100, "by": "2025-12-31"}),
}


def same(text: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture(params=ASKED)
def found(request: pytest.FixtureRequest) -> tuple[str, Ways]:
    applicant, asked = ASKED[request.param]
    return request.param, POLICY.ways(applicant, **asked)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_table(found: tuple[str, Ways], lang: Lang) -> None:
    same(render_table(found[1], lang, 100), f"{found[0]}.{lang}.txt")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_markdown(found: tuple[str, Ways], lang: Lang) -> None:
    same(render_markdown(found[1], lang), f"{found[0]}.{lang}.md")


def test_json(found: tuple[str, Ways]) -> None:
    name, ways = found
    Draft202012Validator(json.loads(schema_text("ways"))).validate(ways.to_dict())
    assert json.loads(ways.to_json()) == ways.to_dict()
    same(json.dumps(ways.to_dict(), ensure_ascii=False, indent=1) + "\n", f"{name}.json")


def test_narrow_pages_are_not_overrun(found: tuple[str, Ways]) -> None:
    from jifen.scorecard.lines import columns

    for lang in ("zh", "en"):
        assert all(columns(line) <= 40 for line in render_table(found[1], lang, 40).splitlines())
