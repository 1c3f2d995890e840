"""The renderings of bounds and spreads, compared with the texts approved beside them.

Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and read every one of them before committing it.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from jifen.bounds import render_markdown as bounds_markdown
from jifen.bounds import render_table as bounds_table
from jifen.bounds.result import Bounds
from jifen.resources import schema_text
from jifen.scorecard.shape import Lang
from jifen.spread import render_markdown as spread_markdown
from jifen.spread import render_table as spread_table

from .applicants import GOLDEN, WHOLE, harbour, without


@cache
def bounds_of(name: str) -> Bounds:
    return harbour().bounds(GOLDEN[name])


FOLDER = Path(__file__).parent / "golden"
LANGS: tuple[Lang, ...] = ("en", "zh")
SPREADS = {
    "spread": without(facts__birth_date="1984-01-01", facts__sailed_in_winter=True),
    "no-spread": WHOLE,
}


def compare(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", GOLDEN)
def test_bounds(name: str, lang: Lang) -> None:
    bounds = bounds_of(name)
    compare(f"{name}.{lang}.txt", bounds_table.render_table(bounds, lang))
    compare(f"{name}.{lang}.md", bounds_markdown.render_markdown(bounds, lang))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", SPREADS)
def test_spreads(name: str, lang: Lang) -> None:
    spread = harbour().spread(SPREADS[name])
    compare(f"{name}.{lang}.txt", spread_table.render_table(spread, lang))
    compare(f"{name}.{lang}.md", spread_markdown.render_markdown(spread, lang))


@pytest.mark.parametrize("name", GOLDEN)
def test_bounds_keep_their_schema(name: str) -> None:
    data = json.loads(bounds_of(name).to_json())
    Draft202012Validator(json.loads(schema_text("bounds"))).validate(data)
    assert data == bounds_of(name).to_dict()


@pytest.mark.parametrize("name", SPREADS)
def test_spreads_keep_their_schema(name: str) -> None:
    data = json.loads(harbour().spread(SPREADS[name]).to_json())
    Draft202012Validator(json.loads(schema_text("spread"))).validate(data)


@pytest.mark.parametrize("name", GOLDEN)
def test_the_schema_of_applicants_knows_what_is_missing(name: str) -> None:
    Draft202012Validator(json.loads(schema_text("applicant"))).validate(GOLDEN[name])


@pytest.mark.parametrize("width", (40, 60))
def test_narrow_tables_keep_their_width(width: int) -> None:
    for lang in LANGS:
        for name in GOLDEN:
            text = bounds_table.render_table(bounds_of(name), lang, width)
            assert all(len(line) <= width for line in text.splitlines())
