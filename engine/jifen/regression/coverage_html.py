"""Coverage as one self-contained page: each policy file with its lines touched, untouched or not counted.

A line says so by a mark and by hidden words beside its colour, and what is untouched stands below it as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from jifen.page.html import document
from jifen.regression.coverage import Coverage, percent, total
from jifen.regression.elements import Element

_WORDS = {
    "title": ("政策用例的覆盖", "What the cases of policies touch"),
    "summary": ("各政策", "Policies"),
    "policy": ("政策", "Policy"),
    "share": ("覆盖", "Touched"),
    "cases": ("用例", "Cases"),
    "untouched": ("未触及", "Untouched"),
    "touched": ("已触及", "Touched"),
    "uncounted": ("不统计", "Not counted"),
    "key": ("图例", "Key"),
    "first": ("第一处未触及", "First untouched line"),
    "of": ("{0}/{1} 处", "{0} of {1}"),
    "line": ("行", "Line"),
    "text": ("内容", "Text"),
    "together": ("合计", "Together"),
}

_MARKS = {"touched": "✓", "untouched": "✗", "uncounted": ""}

_STYLE = """
:root { --ok: #e3f4e3; --gap: #fbe3dd; }
@media (prefers-color-scheme: dark) { :root { --ok: #16351c; --gap: #50211a; } }
body { max-width: 75rem; }
table { border-collapse: collapse; }
th, td { padding: 0 .6rem; text-align: left; vertical-align: top; }
td.n { text-align: right; color: var(--dim); font-variant-numeric: tabular-nums; }
.code { width: 100%; font-family: ui-monospace, monospace; font-size: .85rem; }
.code td:last-child { width: 100%; white-space: pre-wrap; overflow-wrap: anywhere; }
.touched { background: var(--ok); }
.untouched { background: var(--gap); }
.untouched td { border-top: 2px dashed; }
.code ul { margin: .2rem 0 .4rem; padding-left: 1.5rem; font-family: system-ui, sans-serif; font-weight: 600; }
.key span { padding: .1rem .6rem; margin-right: .6rem; }
"""


def page(found: Sequence[Coverage], lang: str) -> str:
    """The page, in one language."""
    body = "".join(_file(number, one, lang) for number, one in enumerate(found))
    marks = "".join(
        f'<span class="{status}">{mark} {_word(status, lang)}</span>' for status, mark in _MARKS.items()
    )
    return document(
        _word("title", lang),
        lang,
        _STYLE,
        f"<main>\n<h1>{_word('title', lang)}</h1>\n{_summary(found, lang)}"
        f'<p class="key">{_word("key", lang)}: {marks}</p>\n{body}</main>\n',
    )


def _summary(found: Sequence[Coverage], lang: str) -> str:
    rows = [
        f'<tr><td><a href="#p{number}">{escape(one.policy)}</a></td><td class="n">{percent(one.tenths)}</td>'
        f'<td class="n">{_word("of", lang).format(len(one.touched), len(one.elements))}</td>'
        f'<td class="n">{one.cases}</td></tr>\n'
        for number, one in enumerate(found)
    ]
    if len(found) > 1:
        share = percent(total(found))
        rows.append(f'<tr><th scope="row">{_word("together", lang)}</th><td class="n">{share}</td></tr>\n')
    heads = "".join(
        f'<th scope="col"{span}>{_word(key, lang)}</th>'
        for key, span in (("policy", ""), ("share", ' colspan="2"'), ("cases", ""))
    )
    caption = _word("summary", lang)
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n"
        f"<tbody>\n{''.join(rows)}</tbody>\n</table>\n"
    )


def _file(number: int, one: Coverage, lang: str) -> str:
    by_line: dict[int, list[Element]] = {}
    for element in one.elements:
        by_line.setdefault(element.place.line, []).append(element)
    lines = one.path.read_text(encoding="utf-8").splitlines()
    rows = "".join(_rows(number, one, lines, by_line, lang))
    first = ""
    if one.untouched:
        line = one.untouched[0].place.line
        first = f'<p><a href="#p{number}l{line}">{_word("first", lang)}: {line}</a></p>\n'
    heads = (
        f'<th scope="col">{_word("line", lang)}</th><th scope="col"><span class="hidden">'
        f'{_word("share", lang)}</span></th><th scope="col">{_word("text", lang)}</th>'
    )
    return (
        f'<section aria-labelledby="p{number}">\n<h2 id="p{number}">{escape(one.policy)} '
        f'{percent(one.tenths)}</h2>\n{first}<table class="code">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table>\n</section>\n"
    )


def _rows(
    number: int, one: Coverage, lines: Iterable[str], by_line: dict[int, list[Element]], lang: str
) -> Iterator[str]:
    for line, text in enumerate(lines, 1):
        elements = by_line.get(line, [])
        gaps = [element for element in elements if element not in one.touched]
        status = "untouched" if gaps else "touched" if elements else "uncounted"
        mark = f'{_MARKS[status]}<span class="hidden">{_word(status, lang)}</span>' if elements else ""
        said = "".join(f"<li>{escape(element.text(lang))}</li>" for element in gaps)
        yield (
            f'<tr class="{status}" id="p{number}l{line}"><td class="n">{line}</td><td>{mark}</td>'
            f"<td>{escape(text)}{f'<ul>{said}</ul>' if said else ''}</td></tr>\n"
        )


def _word(key: str, lang: str) -> str:
    return _WORDS[key][0 if lang == "zh" else 1]
