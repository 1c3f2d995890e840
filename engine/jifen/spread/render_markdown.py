"""A spread as Markdown (CommonMark with tables)."""

from __future__ import annotations

from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick, title
from jifen.scorecard.wording import word as shared
from jifen.spread.result import Spread
from jifen.spread.wording import claims, reading_lines, result, taken_lines, word


def render_markdown(spread: Spread, lang: Lang = "en") -> str:
    """The spread as one Markdown document."""
    rules = spread.policy.rules
    head = [
        (shared("policy", lang), rules.id),
        (shared("applicant", lang), spread.applicant),
        (shared("date", lang), spread.date),
        (word("now", lang), result(spread.verdict, lang)),
    ]
    lines = [
        f"# {escaped(pick(rules.title, lang))}",
        "",
        *table(["", ""], [(name, escaped(text)) for name, text in head]),
        f"## {word('readings', lang)}",
        "",
    ]
    for reading in spread.readings:
        lines.append(f"- **{escaped(title(reading.question, reading.name, lang))}**")
        lines += [f"  - {escaped(line)}" for line in reading_lines(reading, spread.verdict, lang)]
    if not spread.readings:
        lines.append(escaped(word("none", lang)))
    for name, one in (("best", spread.best), ("worst", spread.worst)):
        mark = "✔" if one.verdict.qualifies else "✘"
        lines += ["", f"## {word(name, lang)}", "", f"{mark} **{escaped(result(one.verdict, lang))}**", ""]
        lines += [f"- {escaped(line)}" for line in taken_lines(spread, one, lang)]
    lines.append("")
    for claim in claims(spread, lang):
        lines += [escaped(claim), ""]
    return "\n".join(lines).rstrip("\n").replace("\N{NO-BREAK SPACE}", " ") + "\n"
