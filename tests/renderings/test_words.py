"""Numbers, months and texts as they are written for people."""

import string
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jifen.cli import wording as cli_wording
from jifen.page import wording as page_wording
from jifen.scorecard import wording
from jifen.scorecard.lines import columns, decimal_aligned, wrap
from jifen.scorecard.render_markdown import escaped

CATALOGUES = {"scorecard": wording.WORDS, "page": page_wording.WORDS, "cli": cli_wording.WORDS}


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_have_the_same_blanks(name: str) -> None:
    for key, (zh, en) in CATALOGUES[name].items():
        blanks = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in (zh, en)]
        assert blanks[0] == blanks[1], key


@pytest.mark.parametrize(
    ("points", "written"),
    [
        ("117", "117"),
        ("-30", "-30"),
        ("47/4", "11.75"),
        ("5/2", "2.5"),
        ("1315/12", "109.58"),
        ("1/200", "0.01"),
        ("-1/200", "-0.01"),
        ("1/201", "0"),
        ("-1/201", "0"),
        ("2999/1000", "3"),
    ],
)
def test_decimal(points: str, written: str) -> None:
    assert wording.decimal(points) == written


@given(st.fractions())
def test_decimal_is_within_half_a_hundredth(number: Fraction) -> None:
    assert abs(Fraction(wording.decimal(str(number))) - number) <= Fraction(1, 200)


def test_exact_says_when_it_was_rounded() -> None:
    assert wording.exact("47/4", "en") == "11.75"
    assert wording.exact("325/3", "en") == "108.33 (exactly 325/3)"
    assert wording.exact("325/3", "zh", shown="108.34") == "108.34（精确值325/3）"
    assert wording.exact("117", "en", shown="117.00") == "117.00"


def test_briefly_makes_nothing_of_nothing_only() -> None:
    assert wording.briefly("0") == "0"
    assert wording.briefly("1/300") == "1/300"


def test_intervals() -> None:
    months = ["2019-01..2021-12", "2022-03..2022-03"]
    assert wording.intervals(months, "en") == "2019-01 to 2021-12, 2022-03"
    assert wording.intervals(months, "zh") == "2019-01至2021-12、2022-03"
    assert wording.intervals(months, "en", at_most=1) == "2019-01 to 2021-12, … (2 runs in all)"


def test_a_text_in_one_language_serves_both() -> None:
    assert wording.pick("同", "en") == "同"
    assert wording.pick({"zh": "同"}, "en") == "同"
    assert wording.pick(None, "en") == ""


def test_points_stand_under_each_other() -> None:
    assert decimal_aligned(["117", "9.5", "(10)", "", "-0.25"]) == ["117   ", "9.5 ", "(10)  ", "", "-0.25"]


def test_chinese_is_broken_between_characters_but_not_before_a_comma() -> None:
    assert wrap("连续缴费满一年，或累计", 14) == ["连续缴费满一", "年，或累计"]
    assert wrap("与“甲”合用", 4) == ["与", "“甲”", "合用"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("sha256:0123456789", 8) == ["sha256:0", "12345678", "9"]


@given(st.text(alphabet="ab 甲乙，。“”（）[1]\N{NO-BREAK SPACE}"), st.integers(4, 20))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns(line) <= width for line in lines)


@given(st.text(alphabet="ab1.()[]{}*_`~<>&;#|\\!- +=:/甲（）"))
def test_escaped_text_means_itself(text: str) -> None:
    wanted = " ".join(text.split())
    [token] = [token for token in MarkdownIt().parse(f"- x {escaped(text)}") if token.type == "inline"]
    found = "".join(child.content for child in token.children or [])
    assert found.strip() == f"x {wanted}".strip()


@pytest.mark.parametrize(
    "text", ["# a", "- a", "+ a", "1. a", "12) a", "> a", "a_b __c__", "[a](b)", "<b>", "&amp;"]
)
def test_escaped_text_begins_nothing(text: str) -> None:
    kinds = [token.type for token in MarkdownIt().parse(f"- {escaped(text)}")]
    assert kinds == [
        "bullet_list_open",
        "list_item_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "list_item_close",
        "bullet_list_close",
    ]
