"""The page of a policy as a ruled table on a terminal."""

from collections.abc import Sequence

from jifen.page.page import Page, Row
from jifen.page.points import Line
from jifen.page.wording import word
from jifen.scorecard.lines import NARROWEST, Sheet, columns, padded, wrap
from jifen.scorecard.shape import Lang

_ROOMY = 84
"""From this width on the cap and the sources have columns of their own."""


def page_table(page: Page, lang: Lang, width: int = 100, color: bool = False) -> str:
    """The page for a terminal of `width` columns (40 at least), in ANSI styles if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    sheet.put(page.title, "bold")
    sheet.put(f"{page.id}{word('comma', lang)}{page.in_force}", "dim")
    if page.requirements:
        _heading(sheet, word("eligibility", lang))
        for one in page.requirements:
            sheet.put(one.label + one.marks, first="· ", rest="  ")
            if one.rule:
                sheet.put(one.rule, "dim", first="    ", rest="      ")
    if page.rows:
        sheet.blank()
        sheet.put(word("indicators", lang), "bold")
        _Grid(sheet, page.rows, lang).write()
    if page.outcome:
        _heading(sheet, word("outcome", lang))
        for text in page.outcome:
            sheet.put(text)
    if page.questions:
        _heading(sheet, word("readings", lang))
        for question in page.questions:
            sheet.put(question.question + question.marks, first="? ", rest="  ")
            sheet.put(question.taken, "dim", first="    ", rest="      ")
            sheet.put(question.instead, "dim", first="    ", rest="      ")
    if page.sources:
        _heading(sheet, word("sources", lang))
        wide = columns(f"[{len(page.sources)}]") + 1
        for number, title in page.sources:
            sheet.put(title, "dim", first=padded(f"[{number}]", wide), rest=" " * wide)
    return sheet.text(color)


def _heading(sheet: Sheet, title: str) -> None:
    sheet.blank()
    sheet.put(title, "bold")
    sheet.rule()


class _Grid:
    """The table of indicators: cells beside each other, a rule under each indicator."""

    def __init__(self, sheet: Sheet, rows: Sequence[Row], lang: Lang) -> None:
        self.sheet, self.rows, self.lang = sheet, rows, lang
        self.roomy = sheet.width >= _ROOMY
        self.capped = any(row.cap for row in rows)
        names = ["indicator", "rule", "points"]
        if self.roomy:
            names += ["cap", "cite"] if self.capped else ["cite"]
        self.heads = [word(f"column_{name}", lang) for name in names]
        points = max([columns(self.heads[2]), *(columns(line.points) for row in rows for line in row.lines)])
        edges = 3 * (len(self.heads) - 1)
        last = [min(points, sheet.width // 5)]
        if self.roomy and self.capped:
            last.append(max([columns(self.heads[3]), *(columns(row.cap) for row in rows)]))
        if self.roomy:
            last.append(max([columns(self.heads[-1]), *(min(columns(row.marks), 9) for row in rows)]))
        free = sheet.width - edges - sum(last)
        first = min(free * 2 // 5, max(columns(row.label) + 2 * row.depth for row in rows))
        self.widths = [first, free - first, *last]

    def write(self) -> None:
        self._rule("┬")
        self._line(self.heads, "dim")
        for row in self.rows:
            self._rule("┼")
            lines = list(row.lines)
            if row.cap and not self.roomy:
                lines.append(Line(word("cap_inline", self.lang, cap=row.cap)))
            first, *others = lines or [Line("")]
            name = wrap(row.label + ("" if self.roomy else row.marks), self.widths[0] - 2 * row.depth)
            label = [" " * (2 * row.depth) + part for part in name]
            cells = self._cells(first)
            if self.roomy:
                cells += [[row.cap]] if self.capped else []
                cells.append(wrap(row.marks.strip(), self.widths[-1]))
            self._block(label, [cells, *map(self._cells, others)], "bold" if row.is_group else "")
        self._rule("┴")

    def _block(self, label: list[str], body: list[list[list[str]]], style: str) -> None:
        """The label runs down the first column beside all the lines of the rule."""
        flat: list[list[str]] = []
        for cells in body:
            for index in range(max(map(len, cells))):
                flat.append([cell[index] if index < len(cell) else "" for cell in cells])
        for index in range(max(len(flat), len(label))):
            beside = flat[index] if index < len(flat) else []
            self._line([label[index] if index < len(label) else "", *beside], style)

    def _cells(self, line: Line) -> list[list[str]]:
        """The text and the points of a line, each broken to its column."""
        indent = "  " * line.depth
        parts = wrap(line.text, self.widths[1] - columns(indent))
        return [[indent + part for part in parts], wrap(line.points, self.widths[2])]

    def _line(self, cells: Sequence[str], style: str) -> None:
        filled = [*cells, *[""] * (len(self.widths) - len(cells))]
        text = " │ ".join(padded(cell, width) for cell, width in zip(filled, self.widths, strict=True))
        self.sheet.raw(text, style)

    def _rule(self, crossing: str) -> None:
        self.sheet.raw(f"─{crossing}─".join("─" * width for width in self.widths), "dim")
