"""A points notice for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from jifen.notice.parts import Item, Line, Notice
from jifen.notice.wording import word
from jifen.scorecard.lines import NARROWEST, Sheet, columns, padded
from jifen.scorecard.shape import Lang

_GOOD, _BAD, _FAINT, _STRONG = "green", "red", "dim", "bold"
MARKS = {True: "✔ ", False: "✘ ", None: ""}


def notice_text(notice: Notice, lang: Lang, width: int = 100, color: bool = False) -> str:
    """The notice for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    sheet.put(f"{notice.title} · {notice.policy}", _STRONG)
    sheet.rule("═")
    _pairs(sheet, notice.about)
    sheet.blank()
    _pairs(sheet, notice.scores)
    style = "" if notice.qualifies is None else f"bold {_GOOD if notice.qualifies else _BAD}"
    sheet.put(notice.verdict, style, first=MARKS[notice.qualifies], rest="  ", gutter_style=style)
    if notice.requirements:
        _heading(sheet, word("requirements", lang), notice.summary)
        _conditions(sheet, notice.requirements)
    if notice.gates:
        _heading(sheet, word("gates", lang))
        _conditions(sheet, notice.gates)
    if notice.indicators:
        _heading(sheet, word("indicators", lang), word("points", lang))
        for item in notice.indicators:
            _indicator(sheet, item, lang)
    if notice.questions:
        _heading(sheet, word("readings", lang))
        for question in notice.questions:
            sheet.put(question.question, first="? ", rest="  ", gutter_style="yellow")
            for line in question.lines:
                sheet.put(line, _FAINT, first="    ", rest="      ")
    if notice.warnings:
        _heading(sheet, word("warnings", lang))
        for text in notice.warnings:
            sheet.put(text, first="! ", rest="  ", gutter_style="yellow")
    if notice.sources:
        _heading(sheet, word("sources", lang))
        wide = columns(f"[{len(notice.sources)}]") + 1
        for number, name in notice.sources:
            sheet.put(name, _FAINT, first=padded(f"[{number}]", wide), rest=" " * wide)
    sheet.blank()
    for label, text in notice.evidence:
        sheet.put(f"{label}{word('colon', lang)}{text}", _FAINT)
    sheet.put(word("disclaimer", lang), _FAINT)
    return sheet.text(color)


def _heading(sheet: Sheet, title: str, right: str = "") -> None:
    sheet.blank()
    sheet.put(title, _STRONG, right=right, right_style=_FAINT)
    sheet.rule()


def _pairs(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> None:
    label_width = min(max((columns(label) for label, _ in pairs), default=0) + 2, sheet.width // 2)
    for label, text in pairs:
        if columns(label) < label_width:
            sheet.put(text, first=padded(label, label_width), rest=" " * label_width)
        else:
            sheet.put(f"{label}  {text}")


def _conditions(sheet: Sheet, items: Sequence[Item]) -> None:
    for item in items:
        style = _GOOD if item.holds else _BAD
        head = "" if item.holds else _STRONG
        sheet.put(item.label + item.marks, head, first=MARKS[item.holds], rest="  ", gutter_style=style)
        for line in item.lines:
            _line(sheet, line, "    ", 0)


def _indicator(sheet: Sheet, item: Item, lang: Lang) -> None:
    indent = "  " * item.depth
    points = f"{item.points} / {item.most}" if item.most else item.points
    style = _STRONG if item.is_group or item.lines else _FAINT
    sheet.put(item.label + item.marks, style, first=indent, rest=indent + "  ", right=points)
    wide = max((columns(line.head) for line in item.lines if columns(line.head) <= 12), default=0)
    for line in item.lines:
        _line(sheet, line, indent + "    ", wide + 2 if wide else 0)


def _line(sheet: Sheet, line: Line, indent: str, wide: int) -> None:
    """A line with what it is about in a column of its own, `wide` columns, if any are wanted."""
    below = "  " * line.depth
    mark = MARKS[line.holds] if line.kind != "rule" else ("▸ " if line.holds else "")
    gutter = (
        indent + padded(line.head, wide) if columns(line.head) < max(wide, 1) else f"{indent}{line.head}  "
    )
    rest = " " * columns(gutter) + below
    style = "" if line.kind in ("sum", "test") else _FAINT
    sheet.put(line.text, style, first=gutter + below + mark, rest=rest + " " * columns(mark))
