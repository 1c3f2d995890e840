"""The scorecard as Markdown (CommonMark with tables)."""

import re
from collections.abc import Sequence

from jifen.scorecard.phrases import (
    Citations,
    counting_child,
    eligibility_summary,
    indicator_lines,
    indicator_title,
    margin,
    open_reading_lines,
    reasons,
    requirement_read,
    requirement_rule,
    warning_read,
)
from jifen.scorecard.shape import Card, Indicator, Lang
from jifen.scorecard.wording import decimal, exact, pick, title, word

# What Markdown or HTML would act upon; an underscore inside a name and a source's `[1]` are left alone.
_SPECIAL = re.compile(
    r"[\\`*<|]|(?<!\w)_|_(?!\w)|\[(?!\d+\])|\](?=[(:])|~(?=~)|&(?=#?\w+;)|^[>#+-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]"
)
_DEPTH = "&emsp;"


def escaped(text: str) -> str:
    """Text in which nothing means anything to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A table of cells that are Markdown already; the columns in `right` are set to the right."""
    marks = ["---:" if column in right else "---" for column in range(len(heads))]
    return [
        "| " + " | ".join(heads) + " |",
        "| " + " | ".join(marks) + " |",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
    ]


def render_markdown(card: Card, lang: Lang = "en") -> str:
    """The scorecard as one Markdown document."""
    citations = Citations(lang)
    lines = [
        *_head(card, lang),
        *_eligibility(card, lang, citations),
        *_indicators(card, lang, citations),
        *_result(card, lang),
        *_readings(card, lang),
        *_warnings(card, lang, citations),
        *_sources(card, lang, citations),
    ]
    return "\n".join(lines).rstrip("\n").replace("\N{NO-BREAK SPACE}", " ") + "\n"


def _head(card: Card, lang: Lang) -> list[str]:
    policy = card["policy"]
    start, end = policy["in_force"].get("from") or "", policy["in_force"].get("to")
    key = "in_force_range" if end else "in_force_open"
    rows = [
        (word("policy", lang), policy["id"]),
        (word("in_force", lang), word(key, lang, start=start, end=end)),
        (word("applicant", lang), card["applicant"]),
        (word("date", lang), card["date"]),
    ]
    if card["round"]:
        rows.append((word("round", lang), pick(card["round"]["label"], lang) or card["round"]["id"]))
    for anchor in card["anchors"]:
        is_cutoff = anchor["id"] == "cutoff"
        label = word("cutoff", lang) if is_cutoff else title(anchor["label"], anchor["id"], lang)
        rows.append((label, anchor["date"]))
    cells = [(name, escaped(text)) for name, text in rows]
    return [f"# {escaped(pick(policy['title'], lang))}", "", *table(["", ""], cells)]


def _eligibility(card: Card, lang: Lang, citations: Citations) -> list[str]:
    requirements = card["eligibility"]
    if not requirements:
        return []
    summary = word("parenthesis", lang, text=eligibility_summary(requirements, lang))
    lines = [f"## {word('eligibility', lang)}{summary}", ""]
    for requirement in requirements:
        met = requirement["met"]
        label = escaped(title(requirement["label"], requirement["id"], lang))
        state = word("met" if met else "not_met", lang)
        marks = citations.marks(requirement["cite"])
        lines.append(f"- {'✔' if met else '✘'} **{label}**{marks}{word('colon', lang)}{state}")
        lines.append(f"  - {escaped(requirement_rule(requirement, lang))}")
        read = requirement_read(requirement, lang)
        if read:
            lines.append(f"  - {word('read', lang)}{word('colon', lang)}{escaped(read)}")
    return [*lines, ""]


def _indicators(card: Card, lang: Lang, citations: Citations) -> list[str]:
    if not card["indicators"]:
        return []
    rows: list[tuple[str, str, str]] = []
    details: list[str] = []

    def visit(node: Indicator, depth: int, superseded: bool) -> None:
        children = node.get("indicators") or []
        label = escaped(indicator_title(node, lang))
        strong = "**" if children else ""
        shown = (
            f"({node['shown']})"
            if superseded and node["points"] != "0"
            else f"{strong}{node['shown']}{strong}"
        )
        limit = node.get("max")
        marks = citations.marks(node["cite"])
        rows.append(
            (
                f"{_DEPTH * depth}{strong}{label}{strong}{marks}",
                decimal(limit) if limit not in (None, "0") else "",
                shown,
            )
        )
        lines = indicator_lines(node, lang, citations.marks)
        if lines:
            details.append(f"- **{label}**{word('colon', lang)}{node['shown']}")
            details.extend(f"{'  ' * (level + 1)}- {escaped(line)}" for level, line in lines)
        counting = counting_child(node)
        for child in children:
            visit(child, depth + 1, counting is not None and child["id"] != counting)

    for node in card["indicators"]:
        visit(node, 0, superseded=False)
    heads = [word("indicator", lang), word("max", lang), word("points", lang)]
    if not any(limit for _, limit, _ in rows):
        del heads[1]
        body: list[Sequence[str]] = [(label, points) for label, _, points in rows]
    else:
        body = list(rows)
    lines = [f"## {word('indicators', lang)}", "", *table(heads, body, right=range(1, len(heads)))]
    if details:
        lines += [f"## {word('details', lang)}", "", *details, ""]
    return lines


def _result(card: Card, lang: Lang) -> list[str]:
    outcome = card["outcome"]
    rows = [
        (escaped(title(score["label"], score["id"], lang)), exact(score["points"], lang, score["shown"]))
        for score in card["scores"]
    ]
    lines = [f"## {word('result', lang)}", ""]
    if outcome is None:
        return [*lines, *table(["", word("points", lang)], rows, right=[1]), word("no_outcome", lang), ""]
    if outcome.get("line") is not None:
        key = "line_above" if outcome.get("reached") == "above" else "line"
        rows.append((word(key, lang), decimal(outcome["line"] or "0")))
        distance = margin(outcome, lang)
        if distance is not None:
            rows.append(distance)
    mark = "✔" if outcome["qualifies"] else "✘"
    verdict = word("qualifies" if outcome["qualifies"] else "fails", lang)
    return [
        *lines,
        *table(["", word("points", lang)], rows, right=[1]),
        f"{mark} **{verdict}**{word('colon', lang)}{escaped(reasons(card, lang))}",
        "",
    ]


def _readings(card: Card, lang: Lang) -> list[str]:
    if not card["readings"]:
        return []
    lines = [f"## {word('readings', lang)}", ""]
    for reading in card["readings"]:
        lines.append(f"- **{escaped(title(reading['question'], reading['id'], lang))}**")
        lines += [f"  - {escaped(line)}" for line in open_reading_lines(reading, lang)]
    return [*lines, ""]


def _warnings(card: Card, lang: Lang, citations: Citations) -> list[str]:
    if not card["warnings"]:
        return []
    lines = [f"## {word('warnings', lang)}", ""]
    for warning in card["warnings"]:
        text = title(warning["label"], warning["id"], lang) + citations.marks(warning.get("cite"))
        lines.append(f"- {escaped(text)}")
        read = warning_read(warning, lang)
        if read:
            lines.append(f"  - {word('read', lang)}{word('colon', lang)}{escaped(read)}")
    return [*lines, ""]


def _sources(card: Card, lang: Lang, citations: Citations) -> list[str]:
    lines: list[str] = []
    if citations.listed():
        lines += [f"## {word('sources', lang)}", ""]
        lines += [f"- [{number}] {escaped(name)}" for number, name in citations.listed()]
        lines.append("")
    evidence = f"{word('engine', lang)}{word('colon', lang)}jifen {card['engine']}"
    digest = f"{word('digest', lang)}{word('colon', lang)}`{card['policy']['digest']}`"
    return [*lines, "---", "", evidence + word("semicolon", lang) + digest]
