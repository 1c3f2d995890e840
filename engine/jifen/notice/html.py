"""A points notice as one page of HTML: no script, nothing from elsewhere, on a phone, a screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from html import escape
from itertools import count

from jifen.explain.arithmetic import number
from jifen.notice.parts import Bar, Bars, Calendar, Cell, Item, Key, Line, Notice
from jifen.notice.style import STYLE, running
from jifen.notice.wording import word
from jifen.page.html import document, quoted
from jifen.scorecard.shape import Lang

_SIGNS = {True: "✔", False: "✘"}
_DEEPEST = 6


def notice_html(notice: Notice, lang: Lang) -> str:
    """The notice as one document in one language."""
    about = dict(notice.about)
    applicant, policy = about.get(word("applicant", lang), ""), about.get(word("policy", lang), "")
    joint = " · "
    head = [notice.title, applicant, policy, about.get(word("printed", lang), "")]
    digest = dict(notice.evidence).get(word("digest", lang), "")
    style = STYLE + running(
        quoted(joint.join(part for part in head if part)),
        quoted(digest),
        *(quoted(word(key, lang)) for key in ("page", "pages", "pages_end")),
    )
    title = f"{notice.title}{joint}{applicant}{joint}{notice.policy}"
    return document(title, lang, style, "".join(_Writer(notice, lang).parts()))


class _Writer:
    def __init__(self, notice: Notice, lang: Lang) -> None:
        self.notice, self.lang = notice, lang
        self.numbers = count(1)

    def word(self, key: str, **values: object) -> str:
        return escape(word(key, self.lang, **values))

    def parts(self) -> Iterator[str]:
        notice = self.notice
        yield f'<header>\n<h1>{escape(notice.title)}</h1>\n<p class="policy">{escape(notice.policy)}</p>\n'
        yield _pairs(notice.about, "about")
        yield "</header>\n<main>\n"
        yield self._section("result", self._result())
        if notice.requirements:
            summary = self.word("parenthesis", text=notice.summary)
            yield self._section("requirements", self._conditions(notice.requirements), summary)
        if notice.gates:
            yield self._section("gates", self._conditions(notice.gates))
        if notice.indicators:
            yield self._section("indicators", map(self._indicator, notice.indicators))
        if notice.calendars:
            yield self._section("months", self._calendars(notice.calendars))
        if notice.questions:
            yield self._section("readings", self._questions())
        if notice.warnings:
            items = "".join(f"<li>{escape(text)}</li>\n" for text in notice.warnings)
            yield self._section("warnings", [f"<ul>\n{items}</ul>\n"])
        if notice.sources:
            listed = "".join(f"<li>[{number}] {escape(name)}</li>\n" for number, name in notice.sources)
            yield self._section("sources", [f'<ol class="sources">\n{listed}</ol>\n'])
        yield "</main>\n<footer>\n"
        for label, text in notice.evidence:
            yield f"<p>{escape(label)}{self.word('colon')}{escape(text)}</p>\n"
        yield f"<p>{self.word('disclaimer')}</p>\n</footer>\n"

    def _section(self, key: str, body: Iterable[str], more: str = "") -> str:
        id_ = f"s{next(self.numbers)}"
        text = "".join(body)
        return f'<section aria-labelledby="{id_}">\n<h2 id="{id_}">{self.word(key)}{more}</h2>\n{text}</section>\n'

    # result

    def _result(self) -> Iterator[str]:
        notice = self.notice
        sign = (
            "" if notice.qualifies is None else f'<span aria-hidden="true">{_SIGNS[notice.qualifies]}</span> '
        )
        colour = "" if notice.qualifies is None else " good" if notice.qualifies else " bad"
        yield f'<p class="verdict{colour}">{sign}{escape(notice.verdict)}</p>\n'
        if notice.scores:
            rows = "".join(
                f'<tr><th scope="row">{escape(name)}</th><td class="n">{escape(text)}</td></tr>\n'
                for name, text in notice.scores
            )
            yield f'<table class="scores">\n<caption class="hidden">{self.word("result")}</caption>\n{rows}</table>\n'
        if notice.bars is not None:
            yield self._bars(notice.bars)

    def _bars(self, bars: Bars) -> str:
        """A row for each bar: its name, the bar, its points; the numbers say in words all that the bars show."""
        every = [*bars.rows, bars.total]
        ends = [end for bar in every for end in (bar.start, bar.end)] + (
            [bars.line] if bars.line is not None else []
        )
        low, high = min(Fraction(0), *ends), max(Fraction(1), *ends)
        rows = "".join(_bar(bar, low, high, bars.line, "") for bar in bars.rows)
        rows += _bar(bars.total, low, high, bars.line, ' class="t"')
        key = "bars" if bars.line is not None else "bars_no_line"
        caption = self.word(key)
        if bars.line is not None:
            line = number(bars.line)
            note = self.word("bars_note" if bars.stacked else "bars_note_zero", line=line)
            caption += f"{self.word('comma')}{note}"
        heads = (
            f'<th scope="col">{self.word("item")}</th>'
            f'<th scope="col"><span class="hidden">{self.word("bar")}</span></th>'
            f'<th scope="col" class="n">{self.word("points")}</th>'
        )
        return (
            f'<table class="bars">\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n'
            f"<tbody>\n{rows}</tbody>\n</table>\n"
        )

    # requirements and indicators

    def _conditions(self, items: Sequence[Item]) -> Iterator[str]:
        yield '<ul class="items">\n'
        for item in items:
            colour = "good" if item.holds else "bad"
            state = self.word("met" if item.holds else "not_met")
            yield (
                f'<li><span class="{colour}">{_sign(item.holds, state)}</span> <strong>{escape(item.label)}</strong>'
                f"{_marks(item.marks)}\n"
            )
            if item.lines:
                told = "".join(
                    f'<li class="d{min(line.depth, 4)}">{self._told(line)}</li>\n' for line in item.lines
                )
                yield f'<ul class="told">\n{told}</ul>\n'
            yield "</li>\n"
        yield "</ul>\n"

    def _told(self, line: Line) -> str:
        if line.holds is None or line.kind == "rule":
            return escape(line.text)
        colour, state = ("good", "met") if line.holds else ("bad", "not_met")
        return f'<span class="{colour}">{_sign(line.holds, self.word(state))}</span> {escape(line.text)}'

    def _indicator(self, item: Item) -> str:
        level = min(3 + item.depth, _DEEPEST)
        most = f"<small>{self.word('out_of', max=item.most)}</small>" if item.most else ""
        kind = "group" if item.is_group else "leaf"
        indent = f" i{min(item.depth, 3)}" if item.depth > 0 else ""
        return (
            f'<article class="{kind}{indent}">\n<h{level}><span>{escape(item.label)}{_marks(item.marks)}</span>'
            f'<span class="pts">{escape(item.points)}{most}</span></h{level}>\n{self._why(item.lines)}</article>\n'
        )

    def _why(self, lines: Sequence[Line]) -> str:
        """The lines under their heads; those with the same head stand together."""
        if not lines:
            return ""
        parts = ['<dl class="why">\n']
        head, open_ = "", False
        for line in lines:
            if line.head and line.head != head:
                head = line.head
                parts.append("</dd>\n" if open_ else "")
                parts.append(f'<dt>{escape(head)}</dt>\n<dd class="{line.kind}">')
                open_ = True
            elif not open_:
                parts.append('<dt></dt>\n<dd class="note">')
                open_ = True
            held = " held" if line.kind == "rule" and line.holds else ""
            mark = '<span aria-hidden="true">▸ </span>' if held else ""
            parts.append(f'<p class="d{min(line.depth, 4)}{held}">{mark}{self._told(line)}</p>')
        return "".join(parts) + "</dd>\n</dl>\n"

    # months

    def _calendars(self, calendars: Sequence[Calendar]) -> Iterator[str]:
        """The charts, after what the signs mean in all of them."""
        shared: dict[Key, None] = dict.fromkeys(key for one in calendars for key in one.shared)
        keys = "".join(f"<li>{_swatch(key)}<span>{escape(key.text)}</span></li>\n" for key in shared)
        if keys:
            yield f'<ul class="key" aria-label="{self.word("key")}">\n{keys}</ul>\n'
        yield '<div class="charts">\n'
        yield from map(self._calendar, calendars)
        yield "</div>\n"

    def _calendar(self, calendar: Calendar) -> str:
        id_ = f"c{next(self.numbers)}"
        months = "".join(f'<th scope="col">{month}</th>' for month in range(1, 13))
        rows = "".join(
            f'<tr{" class=several" if "–" in row.years else ""}><th scope="row">{row.years}</th>'
            f"{''.join(map(_cell, row.cells))}</tr>\n"
            for row in calendar.rows
        )
        keys = "".join(f"<li>{_swatch(key)}<span>{escape(key.text)}</span></li>\n" for key in calendar.keys)
        return (
            f'<figure aria-labelledby="{id_}">\n<figcaption><h3 id="{id_}">{escape(calendar.title)}</h3></figcaption>\n'
            f'<div role="img" aria-label="{escape(calendar.spoken)}">\n<table class="cal" role="presentation">\n'
            f'<thead><tr><th scope="col"><span class="hidden">{self.word("year")}</span></th>{months}</tr></thead>\n'
            f"<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
            f'<ul class="key" aria-labelledby="{id_}">\n{keys}</ul>\n'
            "</figure>\n"
        )

    def _questions(self) -> Iterator[str]:
        for question in self.notice.questions:
            lines = "".join(f"<li>{escape(line)}</li>\n" for line in question.lines)
            yield f"<h3>{escape(question.question)}</h3>\n<ul>\n{lines}</ul>\n"


def _pairs(pairs: Sequence[tuple[str, str]], kind: str) -> str:
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>\n" for name, text in pairs)
    return f'<dl class="{kind}">\n{rows}</dl>\n'


def _sign(holds: bool | None, state: str) -> str:
    sign = _SIGNS[bool(holds)]
    return f'<span aria-hidden="true">{sign}</span><span class="hidden">{state}</span>'


def _marks(marks: str) -> str:
    return f'<span class="marks">{escape(marks)}</span>' if marks else ""


def _bar(bar: Bar, low: Fraction, high: Fraction, line: Fraction | None, kind: str) -> str:
    """One row of the chart; the bar is a picture of the number beside it, so it is hidden from what reads aloud."""
    start, end = sorted((bar.start, bar.end))
    width = max(_at(end, low, high) - _at(start, low, high), Fraction(3, 10)) if start != end else Fraction(0)
    colour = "all" if kind else "plus" if bar.end >= bar.start else "minus"
    rect = f'<rect class="{colour}" x="{_px(_at(start, low, high))}" y="2" width="{_px(width)}" height="8"/>'
    rule = ""
    if line is not None:
        x = _px(_at(line, low, high))
        rule = f'<line class="line" x1="{x}" x2="{x}" y1="0" y2="12"/>'
    return (
        f'<tr{kind}><th scope="row">{escape(bar.label)}</th><td class="b"><svg viewBox="0 0 100 12" '
        f'preserveAspectRatio="none" aria-hidden="true" focusable="false">{rect}{rule}</svg></td>'
        f'<td class="n">{escape(bar.shown)}</td></tr>\n'
    )


def _at(number: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return (number - low) * 100 / (high - low)


def _px(number: Fraction) -> str:
    """A length to a tenth."""
    tenths = int(number * 10)
    return f"{tenths // 10}.{tenths % 10}"


def _cell(cell: Cell) -> str:
    names = [name for name in (cell.kind, cell.edge, "now" if cell.now else "") if name and name != "none"]
    kind = f' class="{" ".join(names)}"' if names else ""
    return f"<td{kind}>{cell.sign}</td>"


def _swatch(key: Key) -> str:
    return f'<span class="swatch {key.kind}" aria-hidden="true">{key.sign}</span>'
