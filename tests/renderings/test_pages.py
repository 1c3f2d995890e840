"""`jifen show`: policies as people see them, compared with the pages approved under `golden/`."""

from pathlib import Path
from typing import Any

import pytest

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import plain
from jifen.document.yaml_reader import read, read_path
from jifen.page.expressions import Speaker
from jifen.page.markdown import page_markdown
from jifen.page.names import Names
from jifen.page.page import page_of
from jifen.page.table import page_table
from jifen.page.yaml_text import yaml_text
from jifen.policy.model import Reading
from jifen.policy.terms import Cite
from jifen.scorecard.lines import columns
from jifen.scorecard.shape import Lang

from .test_cards import LANGS, same_as_golden

KINDS = Path(__file__).parent / "policies" / "kinds.yaml"
EDGE = Reading(
    name="edge",
    question={"zh": "恰好达到是否合格", "en": "Does reaching the line exactly qualify"},
    options={
        "at": {"zh": "合格", "en": "it does"},
        "above": {"zh": "须高于", "en": "it must be above"},
        "other": "另议",
    },
    default="at",
    chosen="above",
    cite=(Cite("notice", "3"),),
    place=Place("kinds.yaml", 1, 1, 1, 1),
)


def document() -> dict[str, Any]:
    tree = read_path(KINDS, Diagnostics())
    assert tree is not None
    found = plain(tree)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("width", [100, 72])
@pytest.mark.parametrize("lang", LANGS)
def test_table(lang: Lang, width: int) -> None:
    same_as_golden(f"page.{lang}.{width}.txt", page_table(page_of(document(), [EDGE], lang), lang, width))


@pytest.mark.parametrize("lang", LANGS)
def test_markdown(lang: Lang) -> None:
    same_as_golden(f"page.{lang}.md", page_markdown(page_of(document(), [EDGE], lang), lang))


@pytest.mark.parametrize("width", [40, 60, 83, 84, 100, 140])
@pytest.mark.parametrize("lang", LANGS)
def test_no_line_is_wider_than_the_terminal(lang: Lang, width: int) -> None:
    for line in page_table(page_of(document(), [EDGE], lang), lang, width).splitlines():
        assert columns(line) <= width


def test_yaml_reads_back_the_same() -> None:
    diagnostics = Diagnostics()
    tree = read(yaml_text(document()), "shown", diagnostics)
    assert tree is not None
    assert not list(diagnostics)
    assert plain(tree) == document()


@pytest.mark.parametrize(
    ("expression", "zh", "en"),
    [
        (True, "总是成立", "always"),
        ("false", "不适用", "never"),
        (7, "7", "7"),
        ("member", "会员", "a member"),
        ("not member", "不是：会员", "not: a member"),
        ('degree == "master"', "学位为硕士", "degree is master"),
        ('degree not in ("master", "none")', "学位不属于硕士、无", "degree is none of master, 无"),
        ('"town" in place', "place包含town", "place includes town"),
        ("0 < area <= half_area", "0 < 面积 ≤ 面积的一半", "0 < area ≤ half the area"),
        ("(area + 1) * 2", "(面积 + 1) × 2", "(area + 1) × 2"),
        ("area - (1 - 0.25)", "面积 - (1 - 0.25)", "area - (1 - 0.25)"),
        ("-area", "-面积", "-area"),
        ("streak(paid_work) >= 12", "“有薪工作月份”截至期末的连续月数 ≥ 12", None),
        ("no_such_function(area)", "no_such_function(面积)", "no_such_function(area)"),
        ("area ** 2", "area ** 2", "area ** 2"),
        ("not an expression (", "not an expression (", "not an expression ("),
    ],
)
def test_expressions_in_words(expression: Any, zh: str, en: str | None) -> None:
    assert Speaker(Names(document(), "zh")).say(expression) == zh
    if en is not None:
        assert Speaker(Names(document(), "en")).say(expression) == en
