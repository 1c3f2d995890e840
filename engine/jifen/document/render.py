"""Diagnostics as text for a terminal, as JSON, and as annotations of a GitHub workflow."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from jifen.document.diagnostics import Diagnostic
from jifen.document.places import Place

Format = Literal["text", "json", "github"]

_WORDS = {
    "en": {"error": "error", "warning": "warning", "hint": "hint"},
    "zh": {"error": "错误", "warning": "警告", "hint": "提示"},
}


def render(
    diagnostics: Iterable[Diagnostic],
    format: Format = "text",
    lang: str = "en",
    sources: Mapping[str, str] | None = None,
) -> str:
    """All diagnostics in the given order, without a line break at the end.

    ``sources`` maps a file name to the text of the file; the text rendering then shows the line
    and a caret under the place. ``lang`` is ``"en"`` or ``"zh"``.
    """
    found = tuple(diagnostics)
    if format == "json":
        return _json(found)
    if format == "github":
        return "\n".join(_annotation(one, lang) for one in found)
    return render_text(found, lang, sources)


def render_text(
    diagnostics: Sequence[Diagnostic], lang: str = "en", sources: Mapping[str, str] | None = None
) -> str:
    """One block for each diagnostic, then a line that counts them."""
    lines_of = {file: _lines(text) for file, text in (sources or {}).items()}
    words = _WORDS["zh" if lang == "zh" else "en"]
    colon = "：" if lang == "zh" else ": "
    out: list[str] = []
    for one in diagnostics:
        out.append(f"{one.place}: {words[one.severity]} {one.code}{colon}{one.text(lang)}")
        out.extend(_frame(one.place, lines_of.get(one.place.file, [])))
        if advice := one.hint_text(lang):
            out.append(f"  {words['hint']}{colon}{advice}")
    out.append(summary(diagnostics, lang))
    return "\n".join(out)


def summary(diagnostics: Iterable[Diagnostic], lang: str = "en") -> str:
    """How many errors and warnings: ``2 errors, 1 warning``; ``no errors`` where there is nothing."""
    found = tuple(diagnostics)
    errors = sum(one.severity == "error" for one in found)
    warnings = len(found) - errors
    if lang == "zh":
        counts = [f"{errors}个错误"] * bool(errors) + [f"{warnings}个警告"] * bool(warnings)
        return "，".join(counts) or "没有错误"
    counts = [_count(errors, "error")] * bool(errors) + [_count(warnings, "warning")] * bool(warnings)
    return ", ".join(counts) or "no errors"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _lines(text: str) -> list[str]:
    # str.splitlines would also break at characters that YAML 1.2 and editors keep inside a line.
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


_BEFORE = 60
_SHOWN = 100


def _frame(place: Place, lines: Sequence[str]) -> list[str]:
    """The line of the place and a row of carets under it; long lines are shown in part."""
    if not 1 <= place.line <= len(lines):
        return []
    line = lines[place.line - 1]
    start = min(place.column - 1, len(line))
    end = len(line) if place.end_line > place.line else min(place.end_column - 1, len(line))
    end = max(end, start)
    first = 0 if len(line) <= _SHOWN or start <= _BEFORE else start - _BEFORE
    shown = "".join(_visible(char) for char in line[first : first + _SHOWN])
    head = "…" if first else ""
    tail = "…" if first + _SHOWN < len(line) else ""
    end = min(end, first + _SHOWN)
    gap = _width(head) + _width(shown[: start - first])
    carets = max(_width(shown[start - first : end - first]), 1)
    gutter = str(place.line)
    return [
        f" {gutter} | {head}{shown}{tail}",
        f" {' ' * len(gutter)} | {' ' * gap}{'^' * carets}",
    ]


def _visible(char: str) -> str:
    """The character itself, a space for a tab, a sign for what cannot be seen or printed."""
    if char == "\t":
        return " "
    return char if char.isprintable() or unicodedata.category(char) == "Zs" else "\ufffd"


def _width(text: str) -> int:
    """Columns that ``text`` takes in a terminal: two for wide characters, none for combining ones."""
    columns = 0
    for char in text:
        if unicodedata.category(char) not in ("Mn", "Me"):
            columns += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return columns


def _json(diagnostics: Iterable[Diagnostic]) -> str:
    rows = [
        {
            "code": one.code,
            "severity": one.severity,
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "endLine": one.place.end_line,
            "endColumn": one.place.end_column,
            "message": one.text("en"),
            "messageZh": one.text("zh"),
            "hint": one.hint_text("en"),
            "hintZh": one.hint_text("zh"),
        }
        for one in diagnostics
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _annotation(one: Diagnostic, lang: str) -> str:
    """``::error file=...,line=...,col=...,title=JF101::text``: a workflow command."""
    place = one.place
    where = f"file={_property(place.file)},line={place.line},col={place.column}"
    text = one.text(lang)
    if advice := one.hint_text(lang):
        text = f"{text}\n{advice}"
    return f"::{one.severity} {where},title={_property(one.code)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
