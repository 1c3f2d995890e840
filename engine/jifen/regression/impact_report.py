"""A report on an impact as text, Markdown or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jifen.regression.diff_report import Comparison
from jifen.regression.impact import Impact, Share
from jifen.regression.impact_bins import bars
from jifen.regression.impact_page import Chart, Page, People, Table, page_of
from jifen.regression.impact_profiles import ProfileTeller
from jifen.scorecard.lines import columns, padded, wrap
from jifen.scorecard.render_markdown import escaped
from jifen.scorecard.render_markdown import table as markdown_table
from jifen.scorecard.shape import Lang

FORMAT = "jifen-impact/1"
_BAR = "█"


def text(page: Page, width: int) -> str:
    """The page for a terminal of `width` columns."""
    lines = [page.title, page.subtitle, "", *(part for one in page.intro for part in wrap(one, width))]
    for section in page.sections:
        lines += ["", section.title, "─" * min(width, columns(section.title))]
        for paragraph in section.paragraphs:
            lines += wrap(paragraph, width)
        for table in section.tables:
            lines += _table(table, width)
        if section.chart is not None and not section.tables:
            lines += _bars(section.chart, width)
        for card in section.cards:
            lines += wrap(card.head, width)
            for depth, line in card.lines:
                indent = "  " * (depth + 1)
                lines += [indent + part for part in wrap(line, width - len(indent))]
        for bullet in section.bullets:
            first, *rest = wrap(bullet, width - 2)
            lines += [f"· {first}", *(f"  {part}" for part in rest)]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _table(table: Table, width: int) -> list[str]:
    rows = [table.heads, *table.rows]
    widths = [max(columns(row[at]) for row in rows) for at in range(len(table.heads))]
    widths[0] = max(12, min(widths[0], width - sum(widths[1:]) - 2 * len(widths)))
    lines: list[str] = []
    for row in rows:
        for at, part in enumerate(wrap(row[0], widths[0]) or [""]):
            cells = [padded(part, widths[0])]
            for cell, size in zip(row[1:], widths[1:], strict=True):
                cells.append(" " * (size - columns(cell)) + cell if at == 0 else "")
            lines.append("  ".join(cells))
    return lines


def _bars(chart: Chart, width: int) -> list[str]:
    label = max(columns(row[0]) for row in chart.rows)
    number = max(columns(row[2]) for row in chart.rows)
    most = max(row[1] for row in chart.rows) or Fraction(1)
    room = max(width - label - number - 4, 8)
    lines = []
    for name, length, said, _ in chart.rows:
        bar = _BAR * -int(-length * room // most)
        lines.append(f"{' ' * (label - columns(name))}{name}  {' ' * (number - columns(said))}{said}  {bar}")
    return lines


def markdown(page: Page) -> str:
    """The page for a review."""
    lines = [f"# {escaped(page.title)}", "", escaped(page.subtitle), ""]
    for one in page.intro:
        lines += [escaped(one), ""]
    for section in page.sections:
        lines += [f"## {escaped(section.title)}", ""]
        for paragraph in section.paragraphs:
            lines += [escaped(paragraph), ""]
        if section.chart is not None and not section.tables:
            rows = [(escaped(row[0]), row[2]) for row in section.chart.rows]
            lines += [*markdown_table([escaped(section.chart.name), "#"], rows), ""]
        for table in section.tables:
            cells: Sequence[tuple[str, ...]] = [tuple(escaped(cell) for cell in row) for row in table.rows]
            lines += [*markdown_table([escaped(head) for head in table.heads], cells), ""]
        for card in section.cards:
            lines += [
                f"- **{escaped(card.head)}**",
                *(f"  {'  ' * depth}- {escaped(line)}" for depth, line in card.lines),
            ]
        lines += [f"- {escaped(bullet)}" for bullet in section.bullets]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def as_json(impact: Impact, people: People, comparison: Comparison) -> str:
    """The figures; numbers of points are exact texts, shares have the ends of their intervals."""
    groups = ("gain", "lose", "same", "came_over", "fell_below", "qualified_before", "qualified_after")
    tellers = {lang: ProfileTeller(impact, lang) for lang in ("zh", "en")}
    profiles = [
        {
            "difference": str(one.difference),
            "qualifies": {
                "from": one.before["outcome"]["qualifies"],
                "to": one.after["outcome"]["qualifies"],
            },
            "text": {lang: _card(teller, at, one) for lang, teller in tellers.items()},
        }
        for at, one in enumerate(impact.profiles, 1)
    ]
    report: dict[str, Any] = {
        "format": FORMAT,
        "from": {"id": impact.before.id, "digest": impact.before.digest},
        "to": {"id": impact.after.id, "digest": impact.after.digest},
        "population": {
            "size": impact.size,
            "seed": people.seed,
            "declared": [path for path, _ in people.declared],
            "drawn_evenly": list(people.even),
            "dates_moved": {"from": impact.moved_dates[0], "to": impact.moved_dates[1], "with": impact.moved},
        },
        "compared": impact.compared,
        **{name: _share(impact.share(getattr(impact, name))) for name in groups},
        "refused": {
            "from": impact.refused_before,
            "to": impact.refused_after,
            "both": impact.refused_both,
            "paths": {
                "from": dict(impact.refusals["before"].most_common()),
                "to": dict(impact.refusals["after"].most_common()),
            },
        },
        "mean": str(impact.mean),
        "median": str(impact.quantile(1, 2)),
        "histogram": [
            {"from": str(bar.low), "to": str(bar.high), "number": bar.number}
            for bar in bars(impact.differences)
        ],
        "indicators": [
            {
                "path": part.path,
                "label": part.label,
                "gain": part.up,
                "lose": part.down,
                "sum": str(part.total),
                "qualify_by": part.helped,
                "fail_by": part.hurt,
            }
            for part in (*impact.parts, impact.rest)
        ],
        "requirements": [
            {"id": one.name, "label": one.label, "now_unmet": one.now_unmet, "now_met": one.now_met}
            for one in impact.requirements
        ],
        "profiles": profiles,
        "changes": comparison.counts(),
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _card(teller: ProfileTeller, at: int, one: Any) -> list[str]:
    card = teller.card(at, one)
    return [card.head, *(line for _, line in card.lines)]


def _share(share: Share) -> dict[str, object]:
    found: dict[str, object] = {"number": share.number}
    if share.low is not None and share.high is not None:
        found["interval"] = [f"{_rounded(share.low)}", f"{_rounded(share.high)}"]
    return found


def _rounded(share: Fraction) -> str:
    """A share to six decimals."""
    millionths = int((share * 2_000_000 + 1) // 2)
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06}"


def rendered(
    impact: Impact, people: People, comparison: Comparison, form: str, lang: Lang, width: int
) -> str:
    """The report in one of its forms."""
    if form == "json":
        return as_json(impact, people, comparison)
    page = page_of(impact, people, comparison, lang)
    if form == "html":
        from jifen.regression.impact_html import html

        return html(page, lang)
    return markdown(page) if form == "markdown" else text(page, width)
