"""A forecast on a terminal, and as Markdown: a chart against the line, then what changes and when."""

from __future__ import annotations

from fractions import Fraction

from jifen.forecasting.page import Page, Row, page_of
from jifen.forecasting.phrases import points
from jifen.forecasting.result import Forecast
from jifen.forecasting.wording import word
from jifen.scorecard.lines import NARROWEST, Sheet, columns, decimal_aligned, padded
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang

_GOOD, _BAD, _FAINT, _STRONG = "green", "red", "dim", "bold"
_MARKS = {True: "✔", False: "✘", None: "–"}
_STYLES = {True: _GOOD, False: _BAD, None: _FAINT}


def render_table(forecast: Forecast, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The forecast for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    page = page_of(forecast, lang)
    sheet = Sheet(max(width, NARROWEST))
    sheet.put(page.title + word("colon", lang) + page.policy, _STRONG)
    sheet.rule("═")
    wide = max(columns(name) for name, _ in page.about) + 2
    for name, text in page.about:
        sheet.put(text, first=padded(name, wide), rest=" " * wide)
    sheet.blank()
    style = f"bold {_STYLES[page.meets]}"
    sheet.put(page.verdict, style, first=f"{_MARKS[page.meets]} ", rest="  ", gutter_style=style)
    _chart(sheet, page, lang)
    _changes(sheet, page, lang)
    sheet.blank()
    for note in (*page.notes, word("disclaimer", lang)):
        sheet.put(note, _FAINT)
    for digest in page.digests:
        sheet.put(word("digest", lang) + word("colon", lang) + digest, _FAINT)
    return sheet.text(color)


def _chart(sheet: Sheet, page: Page, lang: Lang) -> None:
    lines = {row.line for row in page.rows if row.total is not None}
    sheet.blank()
    sheet.put(
        word("chart_months" if page.by_months else "chart", lang),
        _STRONG,
        right=line_text(lines, lang),
        right_style=_FAINT,
    )
    sheet.rule()
    totals = decimal_aligned(row.shown for row in page.rows)
    wide = max(columns(text) for text in totals)
    most = max(
        [Fraction(1), *(row.total or Fraction(0) for row in page.rows), *(one for one in lines if one)]
    )
    begins = max(columns(row.begins) for row in page.rows)
    room = sheet.width - begins - wide - 5
    for row, total in zip(page.rows, totals, strict=True):
        text = padded(row.begins, begins) + " " + _bar(row, most, room)
        right = f"{padded(total, wide, right=True)} {_MARKS[row.meets]}"
        sheet.raw(f"{text} {right}".rstrip(), _STRONG if row.is_first else "")


def _bar(row: Row, most: Fraction, room: int) -> str:
    """A bar of full blocks, the line as an upright stroke where it is."""
    filled = 0 if row.total is None else max(0, int(row.total * room / most))
    drawn = "█" * filled + " " * (room - filled)
    if row.line is None or row.total is None or row.line < 0:
        return drawn
    at = min(int(row.line * room / most), room - 1)
    return drawn[:at] + "│" + drawn[at + 1 :]


def line_text(lines: set[Fraction | None], lang: Lang) -> str:
    """The line that is to be reached, where it is one for all."""
    if len(lines) > 1:
        return word("of_lines", lang)
    (line,) = lines or {None}
    return word("no_line", lang) if line is None else word("of_line", lang, line=points(line))


def _changes(sheet: Sheet, page: Page, lang: Lang) -> None:
    sheet.blank()
    sheet.put(word("what_changes", lang), _STRONG)
    sheet.rule()
    for row in page.rows:
        mark = _MARKS[row.meets]
        name = row.name if page.by_months else f"{row.name}{word('parenthesis', lang, text=row.days)}"
        if row.note:
            name += word("comma", lang) + row.note
        style = _STRONG if row.is_first else ""
        right = row.shown or word("not_scored", lang)
        sheet.put(name, style, first=f"{mark} ", rest="  ", right=right, gutter_style=_STYLES[row.meets])
        for text in row.told:
            sheet.put(text, _FAINT, first="    ", rest="      ")
        for date, text in row.events:
            sheet.put(text, first=f"    {date}  ", rest=" " * (6 + columns(date)), gutter_style="")


def render_markdown(forecast: Forecast, lang: Lang = "en") -> str:
    """The forecast as Markdown."""
    page = page_of(forecast, lang)
    lines = [f"# {escaped(page.title)}{word('colon', lang)}{escaped(page.policy)}", ""]
    lines += [f"- {escaped(name)}{word('colon', lang)}{escaped(text)}" for name, text in page.about]
    lines += ["", f"**{_MARKS[page.meets]} {escaped(page.verdict)}**", ""]
    heads = [word("opening_month" if page.by_months else "opening", lang), word("total", lang)]
    heads += [word("line_head", lang), word("verdict", lang)]
    rows = []
    for row in page.rows:
        name = row.name if page.by_months else row.name + word("parenthesis", lang, text=row.days)
        told = word("not_scored" if row.meets is None else "yes" if row.meets else "no", lang)
        if row.note:
            told += word("comma", lang) + row.note
        line = "" if row.line is None else points(row.line)
        rows.append([escaped(name), row.shown, line, escaped(f"{_MARKS[row.meets]} {told}")])
    lines += table(heads, rows, right=(1, 2))
    lines += [f"## {word('what_changes', lang)}", ""]
    for row in page.rows:
        if row.told or row.events:
            lines += [f"- **{escaped(row.name)}**{word('comma', lang)}{row.days}"]
            lines += [f"  - {escaped(text)}" for text in row.told]
            lines += [f"  - {date}{word('colon', lang)}{escaped(text)}" for date, text in row.events]
    lines += ["", *(escaped(note) + "  " for note in page.notes), word("disclaimer", lang), ""]
    lines += [f"- {word('digest', lang)}{word('colon', lang)}{digest}" for digest in page.digests]
    return "\n".join(lines) + "\n"
