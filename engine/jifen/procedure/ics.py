"""A calendar to subscribe to: RFC 5545, in UTC, the same bytes for the same policies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from pendulum import DateTime

from jifen.policy.model import Rules
from jifen.procedure.agenda import Row
from jifen.procedure.refusals import cited
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick

_MOST_OCTETS: Final = 75
_ESCAPED: Final = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def ics(rows: Iterable[Row], policies: Iterable[Rules], name: str, lang: Lang) -> str:
    """The dated windows as VEVENTs. Lines end with CRLF, none is longer than 75 octets.

    DTSTAMP is the day on which the policy was last reviewed, or else that of the window, and never today; a UID
    names the policy, the window and its year, so that a subscriber sees a window moved and not a second one.
    """
    sources = {rules.id: rules for rules in policies}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jifen//calendar//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]
    for row in rows:
        if row.opening.opens is not None and row.opening.end is not None:
            lines += _event(row, row.opening.opens, sources[row.policy], lang)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(row: Row, opens: DateTime, rules: Rules, lang: Lang) -> list[str]:
    opening, end = row.opening, row.opening.end
    assert end is not None
    stamp = row.reviewed_on.replace("-", "") or opens.format("YYYYMMDD")
    uid = f"{row.policy.replace('/', '-')}.{opening.kind or 'window'}.{opening.name}.{opens.year}@jifen"
    summary = " · ".join(
        part for part in (pick(row.title, lang), pick(row.round, lang), pick(row.kind, lang)) if part
    )
    said = [pick(opening.note, lang), *(cited(rules, cite)[lang == "zh"] for cite in opening.cite)]
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}T000000Z"]
    if end.whole_day and opens.hour == opens.minute == 0:
        # A day of DATE values is that day wherever the subscriber is; the end is the day after.
        last = end.last.date() + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{opens.format('YYYYMMDD')}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"]
    else:
        # The end is outside: the minute after the last that is inside.
        closes = end.last + timedelta(minutes=1) if end.whole_day else end.closes
        lines += [f"DTSTART:{_utc(opens)}", f"DTEND:{_utc(closes)}"]
    lines.append(f"SUMMARY:{_escaped(summary)}")
    if any(said):
        lines.append(f"DESCRIPTION:{_escaped(chr(10).join(part for part in said if part))}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _utc(moment: DateTime) -> str:
    return moment.in_timezone("UTC").format("YYYYMMDD[T]HHmmss[Z]")


def _escaped(text: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in text)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character cut in two; what follows begins with a space."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _MOST_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += octets
    return "\r\n".join([*pieces, piece])
