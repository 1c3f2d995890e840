"""Scorecards as people see them, compared with the pages approved under `golden/`.

Set JIFEN_WRITE_GOLDEN=1 to write the pages anew, and read every one of them before committing it.
"""

import json
import os
from pathlib import Path
from typing import cast

import pytest
from jsonschema import Draft202012Validator

from jifen.resources import schema_text
from jifen.scorecard.lines import columns
from jifen.scorecard.render_markdown import render_markdown
from jifen.scorecard.render_table import render_table
from jifen.scorecard.shape import Card, Lang

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
CARDS = ("qualifying", "failing")
LANGS: tuple[Lang, Lang] = ("zh", "en")


def card(name: str) -> Card:
    return cast(Card, json.loads((HERE / "cards" / f"{name}.json").read_text(encoding="utf-8")))


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CARDS)
def test_the_sample_is_a_scorecard(name: str) -> None:
    Draft202012Validator(json.loads(schema_text("scorecard"))).validate(card(name))


@pytest.mark.parametrize("width", [100, 72])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CARDS)
def test_table(name: str, lang: Lang, width: int) -> None:
    same_as_golden(f"{name}.{lang}.{width}.txt", render_table(card(name), lang, width))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CARDS)
def test_markdown(name: str, lang: Lang) -> None:
    same_as_golden(f"{name}.{lang}.md", render_markdown(card(name), lang))


@pytest.mark.parametrize("width", [40, 47, 59, 60, 72, 99, 100, 160])
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CARDS)
def test_no_line_is_wider_than_the_terminal(name: str, lang: Lang, width: int) -> None:
    for line in render_table(card(name), lang, width).splitlines():
        assert columns(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("lang", LANGS)
def test_the_same_text_with_and_without_colours(lang: Lang) -> None:
    plain, coloured = (render_table(card("failing"), lang, 80, color) for color in (False, True))
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    stripped = "".join(
        part.partition("m")[2] if index else part for index, part in enumerate(coloured.split("\x1b["))
    )
    assert [line.rstrip() for line in stripped.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("render", [render_table, render_markdown])
@pytest.mark.parametrize("lang", LANGS)
def test_a_card_without_round_line_or_readings(render: object, lang: Lang) -> None:
    bare = card("failing")
    bare.update(round=None, anchors=[], eligibility=[], indicators=[], outcome=None)
    assert callable(render)
    text = render(bare, lang)
    assert ("The policy states no outcome" if lang == "en" else "该政策不作结论") in text


def test_a_requirement_policy_without_a_line() -> None:
    bare = card("qualifying")
    bare["outcome"] = {"eligible": True, "qualifies": True}
    text = render_table(bare, "en")
    assert "QUALIFIES: every requirement is met" in text
    assert "Line" not in text


def test_a_total_on_a_line_that_must_be_exceeded() -> None:
    bare = card("qualifying")
    bare["outcome"] = {
        "score": "total",
        "line": "110",
        "reached": "above",
        "eligible": True,
        "qualifies": False,
        "margin": "0",
    }
    text = render_table(bare, "en")
    assert "Exactly on the line" in text
    assert "DOES NOT QUALIFY: the total must be above the line" in text


def test_only_the_highest_of_a_group_stands_without_brackets() -> None:
    assert "(10)" in render_table(card("qualifying"), "en")
    assert "| (10) |" in render_markdown(card("qualifying"), "en")
