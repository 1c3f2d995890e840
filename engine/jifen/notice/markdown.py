"""A points notice as Markdown (CommonMark with tables)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jifen.notice.parts import Item, Line, Notice
from jifen.notice.text import MARKS
from jifen.notice.wording import word
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang


def notice_markdown(notice: Notice, lang: Lang) -> str:
    """The notice as one Markdown document."""
    return "\n".join(_lines(notice, lang)).rstrip("\n").replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _lines(notice: Notice, lang: Lang) -> Iterator[str]:
    yield f"# {escaped(notice.title)}"
    yield ""
    yield f"**{escaped(notice.policy)}**"
    yield ""
    yield from table(["", ""], [(escaped(name), escaped(text)) for name, text in notice.about])
    yield f"## {word('result', lang)}"
    yield ""
    if notice.scores:
        scores = [(escaped(name), escaped(text)) for name, text in notice.scores]
        yield from table(["", word("points", lang)], scores, right=[1])
    yield f"{MARKS[notice.qualifies]}**{escaped(notice.verdict)}**"
    yield ""
    for items, key in ((notice.requirements, "requirements"), (notice.gates, "gates")):
        if items:
            summary = notice.summary if key == "requirements" else ""
            yield f"## {word(key, lang)}{word('parenthesis', lang, text=summary) if summary else ''}"
            yield ""
            for item in items:
                yield f"- {MARKS[item.holds]}**{escaped(item.label)}**{item.marks}"
                yield from _below(item.lines, "  ", lang)
            yield ""
    if notice.indicators:
        yield f"## {word('indicators', lang)}"
        yield ""
        yield from _indicators(notice.indicators, lang)
    yield from _rest(notice, lang)


def _indicators(items: Sequence[Item], lang: Lang) -> Iterator[str]:
    for item in items:
        most = word("parenthesis", lang, text=word("out_of", lang, max=item.most)) if item.most else ""
        level = "#" * min(3 + item.depth, 6)
        yield f"{level} {escaped(item.label + word('colon', lang) + item.points + most)}{item.marks}"
        yield ""
        if item.lines:
            yield from _below(item.lines, "", lang)
            yield ""


def _below(lines: Sequence[Line], indent: str, lang: Lang) -> Iterator[str]:
    head, inside = "", 0
    for line in lines:
        mark = MARKS[line.holds] if line.kind != "rule" else ("▸ " if line.holds else "")
        text = mark + escaped(line.text)
        if line.head and line.head != head:
            text = f"**{escaped(line.head)}**{word('colon', lang)}{text}"
        # What has no head of its own belongs to the last one; the parts of a test know how deep they stand.
        if line.head:
            head, inside = line.head, int(line.kind != "test")
        depth = line.depth + (0 if line.head else inside)
        yield f"{indent}{'  ' * depth}- {text}"


def _rest(notice: Notice, lang: Lang) -> Iterator[str]:
    if notice.calendars:
        yield f"## {word('months', lang)}"
        yield ""
        for calendar in notice.calendars:
            yield f"- **{escaped(calendar.title)}**"
            for key in calendar.keys:
                if key.sign:
                    yield f"  - {escaped(key.text)}"
        yield ""
    if notice.questions:
        yield f"## {word('readings', lang)}"
        yield ""
        for question in notice.questions:
            yield f"- **{escaped(question.question)}**"
            yield from (f"  - {escaped(line)}" for line in question.lines)
        yield ""
    if notice.warnings:
        yield f"## {word('warnings', lang)}"
        yield ""
        yield from (f"- {escaped(text)}" for text in notice.warnings)
        yield ""
    if notice.sources:
        yield f"## {word('sources', lang)}"
        yield ""
        yield from (f"- [{number}] {escaped(name)}" for number, name in notice.sources)
        yield ""
    yield "---"
    yield ""
    for label, text in notice.evidence:
        yield f"{label}{word('colon', lang)}{escaped(text)}  "
    yield word("disclaimer", lang)
