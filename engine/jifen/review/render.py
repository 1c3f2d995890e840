"""A review as a page on a terminal, as Markdown and as data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from jifen.review.phrases import Phrases
from jifen.scorecard.lines import NARROWEST, Sheet, columns, decimal_aligned, padded
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.wording import pick
from jifen.scorecard.wording import word as shared

if TYPE_CHECKING:
    from jifen.review.review import Review
    from jifen.scorecard.shape import Lang


def render_table(review: Review, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The review for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet, said = Sheet(max(width, NARROWEST)), Phrases(review, lang)
    sheet.put(said.word("title") + shared("colon", lang) + pick(review.policy.title, lang), "bold")
    sheet.rule("═")
    head = said.head()
    wide = max(columns(label) for label, _ in head) + 2
    for label, text in head:
        sheet.put(text, first=padded(label, wide), rest=" " * wide)
    sheet.blank()
    if not review.differences:
        sheet.put(said.word("none"), "bold green", first="✔ ", rest="  ", gutter_style="bold green")
    else:
        _differences(sheet, said)
    foot = said.foot()
    if foot:
        sheet.blank()
    for line in foot:
        sheet.put(line, "dim")
    listed = said.citations.listed()
    if listed:
        sheet.blank()
        sheet.put(shared("sources", lang), "bold")
        sheet.rule()
        wide = columns(f"[{len(listed)}]") + 1
        for number, title in listed:
            sheet.put(title, "dim", first=padded(f"[{number}]", wide), rest=" " * wide)
    sheet.blank()
    sheet.put(shared("digest", lang) + shared("colon", lang) + review.policy.digest, "dim")
    return sheet.text(color)


def _differences(sheet: Sheet, said: Phrases) -> None:
    rows = [said.numbers(one) for one in said.review.differences]
    heads = [said.word(key) for key in ("published", "recomputed", "difference")]
    cells = [
        decimal_aligned(row[0] for row in rows),
        decimal_aligned(row[1] for row in rows),
        [row[2] for row in rows],
    ]
    wide = [max(columns(text) for text in (heads[at], *cells[at])) for at in range(3)]

    def right(texts: Sequence[str]) -> str:
        return "  ".join(padded(text, wide[at], right=True) for at, text in enumerate(texts))

    # On a narrow page the numbers would leave no room for the names: they stand below them.
    narrow = columns(right(heads)) > sheet.width * 2 // 3
    sheet.put(said.word("differences"), "bold", right="" if narrow else right(heads), right_style="dim")
    sheet.rule()
    for at, one in enumerate(said.review.differences):
        label = said.label(one.path)
        numbers = "" if narrow else right([column[at] for column in cells])
        sheet.put(label[:1].upper() + label[1:], "bold", rest="  ", right=numbers)
        if narrow:
            told = (f"{head}\N{NO-BREAK SPACE}{text}" for head, text in zip(heads, rows[at], strict=True))
            sheet.put(shared("comma", said.lang).join(told), "bold", first="  ", rest="  ")
        for depth, line in said.lines(one):
            indent = "  " * depth
            first = indent + ("· " if depth else "– ")
            sheet.put(line, "dim" if depth else "", first="  " + first, rest="    " + indent)


def render_markdown(review: Review, lang: Lang = "en") -> str:
    """The review as one Markdown document."""
    said = Phrases(review, lang)
    title = said.word("title") + shared("colon", lang) + pick(review.policy.title, lang)
    lines = [f"# {escaped(title)}", "", *table(["", ""], [(a, escaped(b)) for a, b in said.head()])]
    if review.differences:
        lines += [f"## {said.word('differences')}", ""]
        heads = ["", *(said.word(key) for key in ("published", "recomputed", "difference"))]
        body = [(escaped(said.label(one.path)), *said.numbers(one)) for one in review.differences]
        lines += table(heads, body, right=(1, 2, 3))
        for one in review.differences:
            lines += [f"### {escaped(said.label(one.path))}", ""]
            lines += [f"{'  ' * depth}- {escaped(line)}" for depth, line in said.lines(one)]
            lines.append("")
    else:
        lines += [f"✔ **{said.word('none')}**", ""]
    for line in said.foot():
        lines += [escaped(line), ""]
    listed = said.citations.listed()
    if listed:
        lines += [f"## {shared('sources', lang)}", ""]
        lines += [f"- [{number}] {escaped(name)}" for number, name in listed]
        lines.append("")
    lines += ["---", "", f"{shared('digest', lang)}{shared('colon', lang)}`{review.policy.digest}`"]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"
