"""A forecast as one page of HTML: no script, nothing from elsewhere, on a phone, a screen and paper."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from jifen.forecasting.chart import chart
from jifen.forecasting.page import Page, Row, page_of
from jifen.forecasting.phrases import points
from jifen.forecasting.render import line_text
from jifen.forecasting.result import Forecast
from jifen.forecasting.wording import word
from jifen.notice.style import STYLE as NOTICE_STYLE
from jifen.notice.style import running
from jifen.page.html import document, quoted
from jifen.scorecard.shape import Lang

_SIGNS = {True: "✔", False: "✘", None: "–"}
_COLOURS = {True: "good", False: "bad", None: "dim"}

STYLE = """
figure.steps .frame { position: relative; border-left: 1px solid var(--line); border-bottom: 1px solid var(--line); }
figure.steps svg { display: block; width: 100%; height: 11rem; }
figure.steps svg path { fill: none; vector-effect: non-scaling-stroke; }
figure.steps .total { stroke: var(--bar); stroke-width: 2.5; }
figure.steps .first { stroke: var(--good); stroke-width: 2; }
figure.steps .open { fill: var(--card); }
figure.steps .ends { display: flex; justify-content: space-between; gap: 1rem; color: var(--dim); font-size: .87rem;
  font-variant-numeric: tabular-nums; }
figure.steps .line-key, figure.steps .first-key { display: inline-block; width: 1.6rem; height: 0;
  vertical-align: middle; margin-right: .3rem; border-top: 2px dashed var(--mark); }
figure.steps .first-key { width: 0; height: 1rem; border-top: 0; border-left: 2px solid var(--good); }
figure.steps .open-key { display: inline-block; width: 1.2rem; height: .9rem; vertical-align: middle;
  margin-right: .3rem; background: var(--card); border: 1px solid var(--line); }
table.bars small { display: block; color: var(--dim); font-size: .82rem; font-variant-numeric: tabular-nums; }
table.bars tr.met th { font-weight: 700; }
ul.changes { list-style: none; padding: 0; margin: .2rem 0 0; font-size: .93rem; }
ul.changes li { margin: .12rem 0; }
ul.changes time { font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; margin-right: .6rem; }
@media print { figure.steps svg { height: 42mm; } figure.steps .open { fill: #ededed; }
  figure.steps svg, figure.steps span { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def forecast_html(forecast: Forecast, lang: Lang) -> str:
    """The forecast as one document in one language."""
    page = page_of(forecast, lang)
    joint = " · "
    style = (
        NOTICE_STYLE
        + STYLE
        + running(
            quoted(joint.join((page.title, forecast.applicant, page.policy))),
            quoted(joint.join(one.id for one in forecast.rules)),
            *(quoted(word(key, lang)) for key in ("page", "pages", "pages_end")),
        )
    )
    title = f"{page.title}{joint}{forecast.applicant}{joint}{page.policy}"
    return document(title, lang, style, "".join(_Writer(forecast, page, lang).parts()))


class _Writer:
    def __init__(self, forecast: Forecast, page: Page, lang: Lang) -> None:
        self.forecast, self.page, self.lang = forecast, page, lang

    def word(self, key: str, **values: object) -> str:
        return escape(word(key, self.lang, **values))

    def parts(self) -> Iterator[str]:
        page = self.page
        yield f"<header>\n<h1>{escape(page.title)}</h1>\n"
        yield f'<p class="policy">{escape(page.policy)}</p>\n<dl class="why">\n'
        for name, text in page.about:
            yield f"<dt>{escape(name)}</dt>\n<dd>{escape(text)}</dd>\n"
        yield "</dl>\n</header>\n<main>\n"
        colour = _COLOURS[page.meets]
        sign = f'<span aria-hidden="true">{_SIGNS[page.meets]}</span>'
        yield f'<p class="verdict {colour}">{sign} {escape(page.verdict)}</p>\n'
        yield self._section("s1", self.word("chart_months" if page.by_months else "chart"), self._charts())
        yield self._section("s2", self.word("what_changes"), "".join(map(self._row_told, page.rows)))
        yield "</main>\n<footer>\n"
        for text in (*page.notes, word("disclaimer", self.lang)):
            yield f"<p>{escape(text)}</p>\n"
        for digest in page.digests:
            yield f"<p>{self.word('digest')}{self.word('colon')}{escape(digest)}</p>\n"
        yield "</footer>\n"

    @staticmethod
    def _section(id_: str, head: str, body: str) -> str:
        return f'<section aria-labelledby="{id_}">\n<h2 id="{id_}">{head}</h2>\n{body}</section>\n'

    def _charts(self) -> str:
        return self._steps() + self._bars()

    def _steps(self) -> str:
        """The total over time, with its ends and its key in words."""
        forecast, scored = self.forecast, [one for one in self.forecast.standings if one.steps]
        picture = chart(forecast)
        if not picture or len(scored) < 2:
            return ""
        lines = {one.line for one in scored}
        has_line = lines != {None}
        first, last = scored[0], scored[-1]
        spoken = self.word(
            "steps_spoken",
            first=first.first.isoformat(),
            low=points(first.total),
            last=last.first.isoformat(),
            high=points(last.total),
        )
        met = forecast.first_day
        spoken += " " + (self.word("steps_first", date=met.isoformat()) if met else self.word("steps_never"))
        title = self.word("steps_title" if has_line else "steps_title_no_line")
        keys = [f'<span class="line-key"></span>{escape(line_text(lines, self.lang))}'] if has_line else []
        if met:
            keys.append(f'<span class="first-key"></span>{self.word("first_key", date=met.isoformat())}')
        if not self.page.by_months:
            keys.append(f'<span class="open-key"></span>{self.word("open_key")}')
        listed = "".join(f"<li><span>{key}</span></li>\n" for key in keys)
        ends = "".join(f"<span>{day.isoformat()}</span>" for day in (forecast.since, forecast.until))
        return (
            f'<figure class="steps">\n<figcaption class="dim">{title}</figcaption>\n'
            f'<div class="frame" role="img" aria-label="{spoken}">{picture}</div>\n'
            f'<div class="ends" aria-hidden="true">{ends}</div>\n<ul class="key">\n{listed}</ul>\n</figure>\n'
        )

    def _bars(self) -> str:
        """A row for each opening: its name, the bar, its points; the numbers say all that the bars show."""
        page = self.page
        ends = [end for row in page.rows for end in (row.total, row.line) if end is not None]
        low, high = min(Fraction(0), *ends, Fraction(0)), max(Fraction(1), *ends, Fraction(1))
        rows = "".join(self._bar(row, low, high) for row in page.rows)
        heads = (
            f'<th scope="col">{self.word("opening_month" if page.by_months else "opening")}</th>'
            f'<th scope="col"><span class="hidden">{self.word("bar")}</span></th>'
            f'<th scope="col" class="n">{self.word("total")}</th>'
        )
        lines = {row.line for row in page.rows if row.total is not None}
        return (
            f'<table class="bars">\n<caption>{escape(line_text(lines, self.lang))}</caption>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        )

    def _bar(self, row: Row, low: Fraction, high: Fraction) -> str:
        def x(value: Fraction) -> int:
            return int((value - low) * 1000 / (high - low))

        picture = ""
        if row.total is not None:
            start, end = sorted((x(Fraction(0)), x(row.total)))
            kind = "plus" if row.total >= 0 else "minus"
            picture = f'<rect class="{kind}" x="{start}" y="3" width="{end - start}" height="14"/>'
            if row.line is not None:
                picture += f'<path class="line" d="M{x(row.line)} 0V20"/>'
        note = f"<small>{escape(row.days)}</small>" if not self.page.by_months else ""
        if row.note:
            note += f"<small>{escape(row.note)}</small>"
        told = self.word("not_scored" if row.meets is None else "yes" if row.meets else "no")
        sign = (
            f'<span class="{_COLOURS[row.meets]}"><span aria-hidden="true">{_SIGNS[row.meets]}</span>'
            f'<span class="hidden">{told}</span></span>'
        )
        met = ' class="met"' if row.is_first else ""
        return (
            f'<tr{met}><th scope="row">{escape(row.name)}{note}</th><td class="b">'
            f'<svg viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">{picture}</svg></td>'
            f'<td class="n">{escape(row.shown)} {sign}</td></tr>\n'
        )

    def _row_told(self, row: Row) -> str:
        """What is to be told of one opening; nothing where nothing is."""
        if not row.told and not row.events:
            return ""
        days = "" if self.page.by_months else f" <small>{escape(row.days)}</small>"
        told = "".join(f'<li class="dim">{escape(text)}</li>\n' for text in row.told)
        events = "".join(f"<li><time>{escape(day)}</time>{escape(text)}</li>\n" for day, text in row.events)
        return (
            f'<article class="leaf">\n<h3><span>{escape(row.name)}</span>'
            f'<span class="pts">{escape(row.shown)}{days}</span></h3>\n'
            f'<ul class="changes">\n{told}{events}</ul>\n</article>\n'
        )
