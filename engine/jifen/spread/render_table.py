"""A spread as a page on a terminal."""

from __future__ import annotations

from jifen.scorecard.lines import NARROWEST, Sheet, columns, padded
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick, title
from jifen.scorecard.wording import word as shared
from jifen.spread.result import Combination, Spread
from jifen.spread.wording import claims, reading_lines, result, taken_lines, word

MARKS = {True: ("✔ ", "green"), False: ("✘ ", "red")}


def render_table(spread: Spread, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The spread for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    rules = spread.policy.rules
    sheet.put(pick(rules.title, lang), "bold")
    sheet.rule("═")
    pairs = [
        (shared("policy", lang), rules.id),
        (shared("applicant", lang), spread.applicant),
        (shared("date", lang), spread.date),
        (word("now", lang), result(spread.verdict, lang)),
    ]
    wide = max(columns(name) for name, _ in pairs) + 2
    for name, text in pairs:
        sheet.put(text, first=padded(name, wide), rest=" " * wide)
    _heading(sheet, word("readings", lang))
    for reading in spread.readings:
        sheet.put(title(reading.question, reading.name, lang), first="? ", rest="  ", gutter_style="yellow")
        for line in reading_lines(reading, spread.verdict, lang):
            sheet.put(line, "dim", first="    ", rest="      ")
    if not spread.readings:
        sheet.put(word("none", lang))
    _combination(sheet, spread, spread.best, word("best", lang), lang)
    _combination(sheet, spread, spread.worst, word("worst", lang), lang)
    sheet.blank()
    for line in claims(spread, lang):
        sheet.put(line, "dim")
    return sheet.text(color)


def _heading(sheet: Sheet, text: str) -> None:
    sheet.blank()
    sheet.put(text, "bold")
    sheet.rule()


def _combination(sheet: Sheet, spread: Spread, one: Combination, name: str, lang: Lang) -> None:
    _heading(sheet, name)
    mark, style = MARKS[one.verdict.qualifies]
    sheet.put(result(one.verdict, lang), f"bold {style}", first=mark, rest="  ", gutter_style=style)
    for line in taken_lines(spread, one, lang):
        sheet.put(line, "dim", first="    ", rest="      ")
