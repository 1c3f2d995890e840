"""Ways as a page on a terminal."""

from __future__ import annotations

from jifen.levers.result import Ways
from jifen.levers.wording import claims, heading, lever_lines, nothing_found, now, way_lines, word
from jifen.scorecard.lines import NARROWEST, Sheet, columns, padded
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import exact, pick
from jifen.scorecard.wording import word as shared

MOST_SHOWN = 10
"""Of more ways than this the rest is only counted; JSON has them all."""


def render_table(ways: Ways, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The ways for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    sheet.put(pick(ways.policy.rules.title, lang), "bold")
    sheet.rule("═")
    pairs = head(ways, lang)
    wide = max(columns(name) for name, _ in pairs) + 2
    for name, text in pairs:
        sheet.put(text, first=padded(name, wide), rest=" " * wide)
    _heading(sheet, word("ways", lang))
    for number, way in enumerate(ways.ways[:MOST_SHOWN], 1):
        first = f"{number}. "
        sheet.put(heading(ways, way, lang), "bold", first=first, rest=" " * len(first), gutter_style="green")
        for line in way_lines(ways, way, lang):
            sheet.put(line, "dim", first="    ", rest="      ")
    if len(ways.ways) > MOST_SHOWN:
        sheet.put(word("more", lang, count=len(ways.ways) - MOST_SHOWN))
    if not ways.ways:
        for line in nothing_found(ways, lang):
            sheet.put(line)
    if ways.options:
        _heading(sheet, word("levers", lang))
        for is_open, line in lever_lines(ways, lang):
            sheet.put(line, "" if is_open else "dim", first="• " if is_open else "  ", rest="  ")
    sheet.blank()
    for line in claims(ways, lang):
        sheet.put(line, "dim")
    return sheet.text(color)


def head(ways: Ways, lang: Lang) -> list[tuple[str, str]]:
    """What stands above the ways."""
    pairs = [
        (shared("policy", lang), ways.policy.id),
        (shared("applicant", lang), ways.applicant),
        (shared("date", lang), ways.date),
        (word("until", lang), ways.by),
    ]
    if ways.line is not None:
        pairs.append((word("line", lang), exact(str(ways.line), lang)))
    return [*pairs, (word("now", lang), now(ways, lang))]


def _heading(sheet: Sheet, text: str) -> None:
    sheet.blank()
    sheet.put(text, "bold")
    sheet.rule()
