"""Bounds as a page on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jifen.bounds.result import Bounds, Part, Requirement
from jifen.bounds.wording import (
    ends,
    listed,
    missing_text,
    paths_text,
    question_lines,
    question_title,
    verdict_sentence,
    word,
)
from jifen.policy.recorded import Line
from jifen.scorecard.lines import NARROWEST, Sheet, columns, decimal_aligned, padded
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick, title
from jifen.scorecard.wording import word as shared

MARKS = {"met": ("✔ ", "green"), "not_met": ("✘ ", "red"), "open": ("? ", "yellow")}
VERDICTS = {True: MARKS["met"], False: MARKS["not_met"], None: MARKS["open"]}


def render_table(bounds: Bounds, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The bounds for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    _head(sheet, bounds, lang)
    _eligibility(sheet, bounds, lang)
    _indicators(sheet, bounds, lang)
    _result(sheet, bounds, lang)
    _questions(sheet, bounds, lang)
    sheet.blank()
    sheet.put(shared("digest", lang) + shared("colon", lang) + bounds.policy.digest, "dim")
    return sheet.text(color)


def _heading(sheet: Sheet, text: str, right: str = "") -> None:
    sheet.blank()
    sheet.put(text, "bold", right=right, right_style="dim")
    sheet.rule()


def _head(sheet: Sheet, bounds: Bounds, lang: Lang) -> None:
    rules = bounds.policy.rules
    sheet.put(pick(rules.title, lang), "bold")
    sheet.rule("═")
    first, last = rules.in_force
    span = shared("in_force_range" if last else "in_force_open", lang, start=first, end=last)
    pairs = [
        (shared("policy", lang), rules.id + shared("comma", lang) + span),
        (shared("applicant", lang), bounds.applicant),
        (shared("date", lang), bounds.date),
        (word("missing", lang), missing_text(bounds, lang)),
    ]
    wide = max(columns(name) for name, _ in pairs) + 2
    for name, text in pairs:
        sheet.put(text, first=padded(name, wide), rest=" " * wide)


def _eligibility(sheet: Sheet, bounds: Bounds, lang: Lang) -> None:
    found = (*bounds.requirements, *bounds.gates)
    if not found:
        return
    open_ = sum(one.state == "open" for one in found)
    unmet = sum(one.state == "not_met" for one in found)
    said = [shared("some_unmet", lang, count=unmet)] if unmet else []
    said += [word("some_open", lang, count=open_)] if open_ else []
    summary = shared("comma", lang).join(said) or shared("all_met", lang)
    _heading(sheet, shared("eligibility", lang), summary)
    for one in found:
        _requirement(sheet, one, lang)


def _requirement(sheet: Sheet, one: Requirement, lang: Lang) -> None:
    mark, style = MARKS[one.state]
    sheet.put(title(one.label, one.name, lang), first=mark, rest="  ", gutter_style=style)
    if one.waits_for:
        text = word("waits_for", lang, paths=paths_text(one.waits_for, lang))
        sheet.put(text, "dim", first="    ", rest="      ")


def tree(bounds: Bounds) -> Iterator[tuple[int, bool, Part, Sequence[bool]]]:
    """Every line of the table: depth, whether it is a group, the part, and for each level whether it is the last."""
    parts = {part.path: part for part in bounds.parts}

    def walk(
        lines: Sequence[Line], lasts: tuple[bool, ...]
    ) -> Iterator[tuple[int, bool, Part, Sequence[bool]]]:
        for at, line in enumerate(lines):
            here = (*lasts, at == len(lines) - 1)
            yield len(lasts), bool(line.children), parts[line.indicator.path], here
            yield from walk(line.children, here)

    yield from walk(bounds.policy.recorded.lines, ())


def _indicators(sheet: Sheet, bounds: Bounds, lang: Lang) -> None:
    rows = list(tree(bounds))
    if not rows:
        return
    lows = decimal_aligned([ends(part.points)[0] for _, _, part, _ in rows])
    highs = decimal_aligned([ends(part.points)[1] for _, _, part, _ in rows])
    heads = word("low", lang), word("high", lang)
    widths = [max(map(columns, [head, *cells])) for head, cells in zip(heads, (lows, highs), strict=True)]

    def right(low: str, high: str) -> str:
        return padded(low, widths[0], right=True) + "  " + padded(high, widths[1], right=True)

    sheet.blank()
    sheet.put(shared("indicators", lang), "bold", right=right(*heads), right_style="dim")
    sheet.rule()
    for (depth, group, part, lasts), low, high in zip(rows, lows, highs, strict=True):
        guide = "".join("  " if last else "│ " for last in lasts[1:-1])
        first = guide + ("" if not depth else "└ " if lasts[-1] else "├ ")
        rest = guide + ("" if not depth else "  " if lasts[-1] else "│ ")
        name = title(part.label, part.path, lang)
        sheet.put(
            name,
            "bold" if group else "",
            first=first,
            rest=rest + ("│ " if group else "  "),
            right=right(low, high),
        )
        if part.waits_for and not group:
            text = word("waits_for", lang, paths=paths_text(part.waits_for, lang))
            sheet.put(text, "dim", first=rest + "  ", rest=rest + "    ")


def _result(sheet: Sheet, bounds: Bounds, lang: Lang) -> None:
    rules = bounds.policy.rules
    rows = [
        (title(rules.scores[name].label, name, lang), ends(found)) for name, found in bounds.scores.items()
    ]
    if bounds.line is not None:
        key = "line_above" if rules.outcome.above else "line"
        rows.append((shared(key, lang), ends(bounds.line)))
    lows = decimal_aligned([low for _, (low, _) in rows])
    highs = decimal_aligned([high for _, (_, high) in rows])
    heads = word("low", lang), word("high", lang)
    widths = [max(map(columns, [head, *cells])) for head, cells in zip(heads, (lows, highs), strict=True)]
    heading = "  ".join(padded(head, wide, right=True) for head, wide in zip(heads, widths, strict=True))
    _heading(sheet, shared("result", lang), heading)
    for (name, _), low, high in zip(rows, lows, highs, strict=True):
        text = padded(low, widths[0], right=True) + "  " + padded(high, widths[1], right=True)
        sheet.put(name, right=text, right_style="bold")
    sheet.rule()
    mark, style = VERDICTS[bounds.qualifies]
    sheet.put(verdict_sentence(bounds, lang), f"bold {style}", first=mark, rest="  ", gutter_style=style)


def _questions(sheet: Sheet, bounds: Bounds, lang: Lang) -> None:
    moving = [one for one in bounds.questions if one.moves]
    idle = [one for one in bounds.questions if not one.moves]
    if moving:
        _heading(sheet, word("questions", lang))
    wide = len(str(len(moving))) + 2
    for number, one in enumerate(moving, 1):
        sheet.put(question_title(one, lang), first=padded(f"{number}.", wide), rest=" " * wide)
        lines = question_lines(one, lang)
        for line in lines:
            sheet.put(line, "dim", first=" " * wide + "  ", rest=" " * wide + "    ")
    if idle:
        _heading(sheet, word("no_difference", lang))
        sheet.put(listed(idle, lang), "dim", first="  ", rest="  ")
