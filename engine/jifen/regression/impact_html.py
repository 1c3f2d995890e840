"""A report on an impact as one page of HTML: no script, nothing from elsewhere, on a phone, a screen and paper."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from jifen.page.html import document
from jifen.regression.impact_page import Chart, Page, Section, Table
from jifen.scorecard.lines import columns
from jifen.scorecard.shape import Lang

_STYLE = """
:root { --up: #1a7f4b; --down: #b3401f; --none: #8a8a8a; }
@media (prefers-color-scheme: dark) { :root { --up: #4fbf86; --down: #e8825f; --none: #8f8f8f; } }
.lead { font-weight: 600; }
li { color: var(--dim); }
ul { padding-left: 1.2rem; margin: .4rem 0; }
li { margin: .25rem 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { padding: .35rem .5rem; text-align: right; border-bottom: 1px solid var(--line); vertical-align: top;
  font-variant-numeric: tabular-nums; }
th, td { overflow-wrap: normal; }
td:not(:first-child) { white-space: nowrap; }
th { font-weight: 600; color: var(--dim); }
th:first-child, td:first-child { text-align: left; padding-left: 0; min-width: 6.5rem; color: var(--text);
  font-weight: 400; }
td:last-child, th:last-child { padding-right: 0; }
figure { margin: .8rem 0; }
svg { display: block; width: 100%; max-width: 27rem; height: auto; font-size: 12px; }
svg text { fill: currentColor; }
.up { fill: var(--up); } .down { fill: var(--down); } .none { fill: var(--none); }
.card { background: var(--card); border-radius: .5rem; padding: .7rem .9rem; margin: .6rem 0; break-inside: avoid; }
.card p { color: var(--text); margin: .25rem 0; }
.card p.in { color: var(--dim); padding-left: 1rem; font-size: .9rem; }
@media screen and (max-width: 34rem) {
  table { font-size: .87rem; } th, td { padding: .3rem .25rem; }
  .many thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .many, .many tbody { display: block; }
  .many tr { display: grid; grid-template-columns: repeat(3, 1fr); padding: .4rem 0;
    border-bottom: 1px solid var(--line); }
  .many td { border: 0; text-align: left; padding: .1rem 0; }
  .many td:first-child { grid-column: 1 / -1; font-weight: 600; }
  .many td:not(:first-child)::before { content: attr(data-head); display: block; color: var(--dim); font-size: .75rem; }
}
@media print {
  :root { --up: #1a7f4b; --down: #b3401f; --none: #8a8a8a; }
  .wide { overflow: visible; }
}
"""
_WIDTH, _ROW, _GAP = 340, 20, 8
_MANY = 4
"""With more columns than these a row of a table becomes a block on a phone."""
_CHARACTER = Fraction(8)
"""The width of a Latin letter in a chart; of a Chinese one twice this."""
_INNER = '<p class="in">'
_SIGNS = {"up": "▲", "down": "▼", "none": ""}


def html(page: Page, lang: Lang) -> str:
    """The page, in one language."""
    intro = "".join(f'<p class="dim">{escape(one)}</p>\n' for one in page.intro)
    body = "".join(_section(number, section) for number, section in enumerate(page.sections, 1))
    return document(
        page.title,
        lang,
        _STYLE,
        f'<main>\n<h1>{escape(page.title)}</h1>\n<p class="lead">{escape(page.subtitle)}</p>\n{intro}{body}</main>\n',
    )


def _section(number: int, section: Section) -> str:
    parts = [f'<section aria-labelledby="s{number}">\n<h2 id="s{number}">{escape(section.title)}</h2>\n']
    parts += [f"<p>{escape(paragraph)}</p>\n" for paragraph in section.paragraphs]
    if section.chart is not None:
        parts.append(_chart(section.chart))
    parts += [_table(table, section.title) for table in section.tables]
    for card in section.cards:
        lines = "".join(f"{_INNER if depth else '<p>'}{escape(line)}</p>\n" for depth, line in card.lines)
        parts.append(f'<article class="card">\n<h3>{escape(card.head)}</h3>\n{lines}</article>\n')
    if section.bullets:
        parts.append("<ul>\n" + "".join(f"<li>{escape(one)}</li>\n" for one in section.bullets) + "</ul>\n")
    return "".join(parts) + "</section>\n"


def _table(table: Table, title: str) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join("<tr>" + "".join(map(_cell, table.heads, row)) + "</tr>\n" for row in table.rows)
    many = ' class="many"' if len(table.heads) > _MANY else ""
    return (
        f'<div class="wide" role="group" aria-label="{escape(title)}" tabindex="0">\n<table{many}>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _cell(head: str, cell: str) -> str:
    return f'<td data-head="{escape(head)}">{escape(cell)}</td>'


def _chart(chart: Chart) -> str:
    """Bars under or beside their labels: long labels have a line of their own."""
    longest = max(columns(row[0]) for row in chart.rows)
    above = longest * _CHARACTER > _WIDTH * 2 // 5
    left = Fraction(0) if above else longest * _CHARACTER + _GAP
    right = max(columns(row[2]) for row in chart.rows) * _CHARACTER + 24
    most = max(row[1] for row in chart.rows) or Fraction(1)
    room = _WIDTH - left - right
    step = _ROW + (16 if above else 0)
    parts: list[str] = []
    for at, (name, length, said, colour) in enumerate(chart.rows):
        top = at * step
        if above:
            parts.append(f'<text x="0" y="{top + 13}">{escape(_cut(name))}</text>')
            top += 16
        else:
            parts.append(
                f'<text x="{_px(left - _GAP)}" y="{top + 14}" text-anchor="end">{escape(name)}</text>'
            )
        wide = length * room / most
        if wide:
            wide = max(wide, Fraction(1))
        parts.append(
            f'<rect class="{colour}" x="{_px(left)}" y="{top + 3}" width="{_px(wide)}" height="14" rx="2"/>'
        )
        sign = _SIGNS[colour] if length else ""
        parts.append(
            f'<text x="{_px(left + wide + 4)}" y="{top + 14}">{escape(f"{said} {sign}".strip())}</text>'
        )
    spoken = "; ".join(f"{name}: {said}" for name, _, said, _ in chart.rows)
    return (
        f'<figure>\n<svg viewBox="0 0 {_WIDTH} {step * len(chart.rows)}" role="img" '
        f'aria-label="{escape(chart.name)} – {escape(spoken)}">\n'
        + "\n".join(parts)
        + "\n</svg>\n</figure>\n"
    )


def _cut(name: str) -> str:
    """A label that fits on the line of a chart."""
    most = int(_WIDTH / _CHARACTER)
    if columns(name) <= most:
        return name
    while columns(name) > most - 1:
        name = name[:-1]
    return name + "…"


def _px(number: Fraction) -> str:
    """A length to a tenth of a pixel."""
    tenths = int(number * 10)
    return f"{tenths // 10}.{tenths % 10}"
