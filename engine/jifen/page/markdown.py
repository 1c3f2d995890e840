"""The page of a policy as Markdown: one table for each section."""

from jifen.page.page import Page, Row
from jifen.page.points import Line
from jifen.page.wording import word
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang

_DEPTH = "&emsp;"


def page_markdown(page: Page, lang: Lang) -> str:
    """The page as one Markdown document."""
    lines = [f"# {escaped(page.title)}", "", f"`{page.id}` · {escaped(page.in_force)}", ""]
    if page.requirements:
        heads = [word(f"column_{name}", lang) for name in ("requirement", "rule", "cite")]
        stated = [(escaped(one.label), escaped(one.rule), one.marks.strip()) for one in page.requirements]
        lines += [f"## {word('eligibility', lang)}", "", *table(heads, stated)]
    if page.rows:
        heads = [word(f"column_{name}", lang) for name in ("indicator", "rule", "points", "cap", "cite")]
        body = [cells for row in page.rows for cells in _cells(row)]
        lines += [f"## {word('indicators', lang)}", "", *table(heads, body)]
    if page.outcome:
        lines += [f"## {word('outcome', lang)}", "", *(f"- {escaped(text)}" for text in page.outcome), ""]
    if page.questions:
        lines += [f"## {word('readings', lang)}", ""]
        for one in page.questions:
            lines.append(f"- **{escaped(one.question)}**{one.marks}")
            lines += [f"  - {escaped(one.taken)}", f"  - {escaped(one.instead)}"]
        lines.append("")
    if page.sources:
        lines += [f"## {word('sources', lang)}", ""]
        lines += [f"- [{number}] {escaped(name)}" for number, name in page.sources]
    return "\n".join(lines).rstrip("\n").replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _cells(row: Row) -> list[tuple[str, str, str, str, str]]:
    strong = "**" if row.is_group else ""
    label = f"{_DEPTH * row.depth}{strong}{escaped(row.label)}{strong}"
    first, *others = row.lines or [Line("")]
    return [
        (label, _text(first), escaped(first.points), row.cap, row.marks.strip()),
        *(("", _text(line), escaped(line.points), "", "") for line in others),
    ]


def _text(line: Line) -> str:
    return _DEPTH * line.depth + escaped(line.text)
