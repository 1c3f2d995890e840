"""Ways as Markdown (CommonMark with tables)."""

from __future__ import annotations

from jifen.levers.render_table import MOST_SHOWN, head
from jifen.levers.result import Ways
from jifen.levers.wording import claims, heading, lever_lines, nothing_found, way_lines, word
from jifen.scorecard.render_markdown import escaped, table
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick


def render_markdown(ways: Ways, lang: Lang = "en") -> str:
    """The ways as one Markdown document."""
    lines = [
        f"# {escaped(pick(ways.policy.rules.title, lang))}",
        "",
        *table(["", ""], [(name, escaped(text)) for name, text in head(ways, lang)]),
        f"## {word('ways', lang)}",
        "",
    ]
    for number, way in enumerate(ways.ways[:MOST_SHOWN], 1):
        lines.append(f"{number}. **{escaped(heading(ways, way, lang))}**")
        lines += [f"   - {escaped(line)}" for line in way_lines(ways, way, lang)]
    if len(ways.ways) > MOST_SHOWN:
        lines += ["", escaped(word("more", lang, count=len(ways.ways) - MOST_SHOWN))]
    if not ways.ways:
        lines += [escaped(line) for line in nothing_found(ways, lang)]
    if ways.options:
        lines += ["", f"## {word('levers', lang)}", ""]
        lines += [f"- {escaped(line)}" for _, line in lever_lines(ways, lang)]
    for line in claims(ways, lang):
        lines += ["", escaped(line)]
    return "\n".join(lines) + "\n"
