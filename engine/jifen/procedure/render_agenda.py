"""The windows of a place as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from jifen.policy.model import Rules
from jifen.policy.procedure_model import Term
from jifen.procedure.agenda import Row
from jifen.procedure.clock import End
from jifen.procedure.refusals import cited, clock_label
from jifen.procedure.windows import procedure_of
from jifen.procedure.wording import word
from jifen.scorecard.lines import columns, padded
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick

FORMAT = "jifen-calendar/1"


def table(rows: list[Row], policies: Mapping[str, Rules], lang: Lang) -> str:
    """One line a window; a window that runs from something says from what."""
    if not rows:
        return word("none", lang) + "\n"
    lines = [tuple(word(key, lang) for key in ("opens", "closes", "round", "window", "policy"))]
    for row in rows:
        opening = row.opening
        if opening.opens is None or opening.end is None:
            first, last = _undated(policies[row.policy], row, lang)
        else:
            first = opening.opens.format("YYYY-MM-DD" if _days(row) else "YYYY-MM-DD HH:mm")
            last = printed(opening.end)
            if not opening.end.whole_day:
                side = "inside" if opening.end.last == opening.end.closes else "outside"
                last += f" ({word(side, lang)})" if lang == "en" else f"（{word(side, lang)}）"
        lines.append((first, last, pick(row.round, lang), pick(row.kind, lang), row.policy))
    widths = [max(columns(line[at]) for line in lines) + 2 for at in range(4)]
    text = "".join(
        ("".join(padded(part, width) for part, width in zip(line, widths, strict=False)) + line[4]).rstrip()
        + "\n"
        for line in lines
    )
    zones = ", ".join(dict.fromkeys(row.zone for row in rows))
    return f"{text}\n{word('zone', lang, zone=zones)}\n"


def document(rows: Iterable[Row], policies: Mapping[str, Rules]) -> str:
    """The windows as JSON: moments with their offset, labels in both languages."""
    found = []
    for row in rows:
        opening, end = row.opening, row.opening.end
        found.append(
            {
                "policy": row.policy,
                "name": opening.name,
                "kind": opening.kind or None,
                "label": both(row.kind),
                "round": opening.round or None,
                "roundLabel": both(row.round) if row.round else None,
                "opens": opening.opens.isoformat() if opening.opens else None,
                "closes": end.closes.isoformat() if end else None,
                "lastMinuteInside": end.last == end.closes if end else None,
                "wholeDays": _days(row),
                "runsFrom": opening.waits_for or None,
                "zone": row.zone,
                "note": both(opening.note) if opening.note else None,
                "cite": [str(cite) for cite in opening.cite],
                "sources": [cited(policies[row.policy], cite)[0] for cite in opening.cite],
            }
        )
    return json.dumps({"format": FORMAT, "windows": found}, ensure_ascii=False, indent=2) + "\n"


def _undated(rules: Rules, row: Row, lang: Lang) -> tuple[str, str]:
    """The two ends of a window that runs from something, in words."""
    window = procedure_of(rules).windows[row.opening.name]
    opens, closes = window.opens, window.closes

    def clock(name: str) -> str:
        return pick(clock_label(rules, name), lang)

    first = word("from_event", lang, clock=clock(row.opening.waits_for))
    if isinstance(opens, Term) and opens.before and opens.unit:
        first = word(f"before_{opens.unit}", lang, clock=clock(opens.before), count=opens.amount)
    if not isinstance(closes, Term):
        return first, ""
    if closes.since and not closes.amount:
        return first, word("to_event", lang, clock=clock(closes.since))
    if not closes.amount or not closes.unit:
        return first, ""
    key = f"{closes.unit}_same" if closes.same_day else closes.unit
    return first, word(key, lang, count=closes.amount)


def printed(end: End) -> str:
    """The end as a notice prints it."""
    return end.closes.format("YYYY-MM-DD" if end.whole_day else "YYYY-MM-DD HH:mm")


def both(text: object) -> dict[str, str]:
    """A text in both languages."""
    return {lang: pick(text, lang) for lang in ("zh", "en")}  # type: ignore[arg-type]


def _days(row: Row) -> bool:
    opens, end = row.opening.opens, row.opening.end
    return opens is not None and end is not None and end.whole_day and opens.hour == opens.minute == 0
