"""Bounds as Markdown (CommonMark with tables)."""

from __future__ import annotations

from jifen.bounds.render_table import MARKS, VERDICTS, tree
from jifen.bounds.result import Bounds
from jifen.bounds.wording import (
    ends,
    missing_text,
    paths_text,
    question_lines,
    question_title,
    verdict_sentence,
    word,
)
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick, title
from jifen.scorecard.wording import word as shared

_DEPTH = "&emsp;"


def render_markdown(bounds: Bounds, lang: Lang = "en") -> str:
    """The bounds as one Markdown document."""
    lines = [
        *_head(bounds, lang),
        *_eligibility(bounds, lang),
        *_indicators(bounds, lang),
        *_result(bounds, lang),
        *_questions(bounds, lang),
        "---",
        "",
        f"{shared('digest', lang)}{shared('colon', lang)}`{bounds.policy.digest}`",
    ]
    return "\n".join(lines).rstrip("\n").replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _head(bounds: Bounds, lang: Lang) -> list[str]:
    rules = bounds.policy.rules
    rows = [
        (shared("policy", lang), rules.id),
        (shared("applicant", lang), bounds.applicant),
        (shared("date", lang), bounds.date),
        (word("missing", lang), missing_text(bounds, lang)),
    ]
    cells = [(name, escaped(text)) for name, text in rows]
    return [f"# {escaped(pick(rules.title, lang))}", "", *table(["", ""], cells)]


def _eligibility(bounds: Bounds, lang: Lang) -> list[str]:
    found = (*bounds.requirements, *bounds.gates)
    if not found:
        return []
    states = {"met": shared("met", lang), "not_met": shared("not_met", lang), "open": word("open", lang)}
    lines = [f"## {shared('eligibility', lang)}", ""]
    for one in found:
        label = escaped(title(one.label, one.name, lang))
        mark = MARKS[one.state][0].strip()
        lines.append(f"- {mark} **{label}**{shared('colon', lang)}{states[one.state]}")
        if one.waits_for:
            lines.append(f"  - {escaped(word('waits_for', lang, paths=paths_text(one.waits_for, lang)))}")
    return [*lines, ""]


def _indicators(bounds: Bounds, lang: Lang) -> list[str]:
    rows = []
    for depth, group, part, _ in tree(bounds):
        strong = "**" if group else ""
        label = escaped(title(part.label, part.path, lang))
        waits = "" if group else escaped(paths_text(part.waits_for, lang))
        rows.append((f"{_DEPTH * depth}{strong}{label}{strong}", *ends(part.points), waits))
    heads = [shared("indicator", lang), word("low", lang), word("high", lang), word("open", lang)]
    return [f"## {shared('indicators', lang)}", "", *table(heads, rows, right=[1, 2])]


def _result(bounds: Bounds, lang: Lang) -> list[str]:
    rules = bounds.policy.rules
    rows = [
        (escaped(title(rules.scores[name].label, name, lang)), *ends(found))
        for name, found in bounds.scores.items()
    ]
    if bounds.line is not None:
        key = "line_above" if rules.outcome.above else "line"
        rows.append((shared(key, lang), *ends(bounds.line)))
    return [
        f"## {shared('result', lang)}",
        "",
        *table(["", word("low", lang), word("high", lang)], rows, right=[1, 2]),
        f"{VERDICTS[bounds.qualifies][0]}**{escaped(verdict_sentence(bounds, lang))}**",
        "",
    ]


def _questions(bounds: Bounds, lang: Lang) -> list[str]:
    moving = [one for one in bounds.questions if one.moves]
    idle = [one for one in bounds.questions if not one.moves]
    lines: list[str] = []
    if moving:
        lines += [f"## {word('questions', lang)}", ""]
        for number, one in enumerate(moving, 1):
            lines.append(f"{number}. {escaped(question_title(one, lang))}")
            lines += [f"   - {escaped(line)}" for line in question_lines(one, lang)]
        lines.append("")
    if idle:
        lines += [f"## {word('no_difference', lang)}", ""]
        lines += [f"- {escaped(question_title(one, lang))}" for one in idle]
        lines.append("")
    return lines
