"""The points notice as people see it, compared with what is approved under `golden/`.

Set JIFEN_WRITE_GOLDEN=1 to write it anew, and read all of it before committing it.
"""

from __future__ import annotations

import json
import os
import re
from html import unescape
from html.parser import HTMLParser
from typing import cast

import pytest
from jsonschema import Draft202012Validator

import jifen
from jifen.notice.html import notice_html
from jifen.notice.markdown import notice_markdown
from jifen.notice.page import notice_of
from jifen.notice.text import notice_text
from jifen.notice.wording import WORDS
from jifen.resources import schema_text
from jifen.scorecard.lines import columns
from jifen.scorecard.shape import Card, Lang
from jifen.scorecard.template import canonical

from .people import EXAMPLES, HERE, LANGS, explained, notice, of_many_spells

ALL = [(name, lang) for name in EXAMPLES for lang in LANGS]


def same_as_golden(name: str, text: str) -> None:
    path = HERE / "golden" / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_text(name: str, lang: Lang) -> None:
    same_as_golden(f"{name}.{lang}.txt", notice_text(notice(name, lang), lang))


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_markdown(name: str, lang: Lang) -> None:
    same_as_golden(f"{name}.{lang}.md", notice_markdown(notice(name, lang), lang))


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_html(name: str, lang: Lang) -> None:
    same_as_golden(f"{name}.{lang}.html", notice_html(notice(name, lang), lang))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_data(name: str) -> None:
    Draft202012Validator(json.loads(schema_text("scorecard"))).validate(explained(name))


@pytest.mark.parametrize("width", [40, 60, 100])
@pytest.mark.parametrize(("name", "lang"), ALL)
def test_no_line_is_wider_than_the_terminal(name: str, lang: Lang, width: int) -> None:
    text = notice_text(notice(name, lang), lang, width)
    assert [line for line in text.splitlines() if columns(line) > width] == []


def test_one_indicator() -> None:
    text = notice_text(notice_of(explained("tianjin"), "en", only="additional/marriage"), "en", width=160)
    assert "found 21 months, 3 months short" in text
    assert (
        "missing 5 months: 2019-11 to 2020-03 (back-paid, personal and other months do not count) [1]" in text
    )
    assert "Education" not in text and "[2]" not in text


def test_the_words_are_in_two_languages() -> None:
    blanks = re.compile(r"\{\w+\}")
    for key, (zh, en) in WORDS.items():
        assert set(blanks.findall(zh)) >= set(blanks.findall(en)) - {"{count}"}, key


# the page


class Outline(HTMLParser):
    """The elements of a page, with a complaint for each that is not closed in its order."""

    VOID = ("meta", "rect", "line")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def outline(html: str) -> Outline:
    found = Outline()
    found.feed(html)
    assert found.open == []
    return found


@pytest.mark.parametrize(("name", "lang"), ALL)
def test_the_page_is_sound(name: str, lang: Lang) -> None:
    found = outline(notice_html(notice(name, lang), lang))
    assert found.headings[0] == 1 and found.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(found.headings, found.headings[1:], strict=False))
    names = [attrs[key] for _, attrs in found.elements for key in attrs if key == "id"]
    assert len(names) == len(set(names))
    assert [
        tag for tag, _ in found.elements if tag in ("script", "img", "link", "iframe", "form", "object")
    ] == []
    loose = [
        key
        for _, attrs in found.elements
        for key in attrs
        if key in ("style", "src", "href") or key[:2] == "on"
    ]
    assert loose == []


NASTY = """</style><script>alert(1)</script><img src=x onerror=alert(1)> " ' & \\ ]]> -->"""


@pytest.mark.parametrize("lang", LANGS)
def test_what_an_applicant_writes_is_only_text(lang: Lang) -> None:
    card = cast(Card, {**explained("tianjin"), "applicant": NASTY, "round": {"id": "r", "label": NASTY}})
    html = notice_html(notice_of(card, lang), lang)
    found = outline(html)
    assert "script" not in [tag for tag, _ in found.elements]
    assert html.count("</style>") == 1
    assert unescape(html).count("alert(1)") >= 4
    markdown = notice_markdown(notice_of(card, lang), lang)
    assert "<script" not in markdown.replace("\\<", "")


# a large case


def test_three_hundred_spells() -> None:
    card = jifen.load("tianjin/2022").score(of_many_spells())
    data = cast(Card, card.explain())
    text = canonical(data)
    # Nothing is lost as data: 200 of the 300 months were paid in time, each a run of its own.
    (pension,) = [
        ledger
        for line in data["indicators"][0]["indicators"]
        if line["id"] == "social_insurance"
        for ledger in line["ledgers"]
        if ledger["id"] == "pension"
    ]
    assert (pension["count"], len(pension["counted"])) == (200, 200)
    assert [(one["count"], len(one["months"])) for one in pension["left_out"]] == [(100, 100)]
    assert len(text) > 30_000
    for lang in LANGS:
        notice = notice_of(data, lang)
        html = notice_html(notice, lang)
        assert len(html) < 250_000
        # Fifty years are fifty rows of a chart at most, and no list in the text has more than eight runs.
        assert all(len(calendar.rows) <= 52 for calendar in notice.calendars)
        shown = notice_text(notice, lang)
        assert len(shown.splitlines()) < 300
        folded = "(200 runs in all)" if lang == "en" else "共200段"
        assert folded in re.sub(r"\s+", " " if lang == "en" else "", shown)


def test_years_that_are_alike_stand_together() -> None:
    person = of_many_spells(2)
    person["timelines"]["insurance"] = [
        {"kind": "pension", "payment": "employer", "from": "1995-01", "to": "2021-12"}
    ]
    notice = notice_of(cast(Card, jifen.load("tianjin/2022").score(person).explain()), "en")
    pension = next(one for one in notice.calendars if "pension" in one.title)
    assert [row.years for row in pension.rows] == ["1995–2020", "2021", "2022"]
