"""Spells as they stand in an applicant's data: their months, and the same spell with other months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from typing import Any

from jifen.applicant.values import both_months
from jifen.plan.types import LAST_MONTH
from jifen.scorecard.numbers import month_text

Spell = dict[str, Any]


def months_of(spell: Mapping[str, Any], started: bool) -> tuple[int, int]:
    """The first and the last month of a spell; LAST_MONTH while it still runs."""
    whole_first, whole_last, first, last = both_months(spell["from"], spell.get("to"))
    return (first, last) if started else (whole_first, whole_last)


def without_months(spell: Spell, first: int, last: int, started: bool) -> list[Spell]:
    """What is left of a spell when the months from `first` to `last` are taken out of it."""
    begins, ends = months_of(spell, started)
    if last < begins or ends < first:
        return [spell]
    left = []
    if begins < first:
        left.append({**spell, "to": month_text(first - 1)})
    if last < ends:
        left.append({**spell, "from": month_text(last + 1)})
    return left


def moved(spell: Spell, side: str, by: int, until: int) -> Spell | None:
    """A spell of which one end is moved by some months; a spell that still runs ends at `until`.

    None where nothing would be left of it, or where it would go on beyond `until`.
    """
    written = spell.get(side)
    if written is None and by > 0:
        return None
    month, number = (until, 0) if written is None else _parsed(str(written))
    month += by
    other = spell.get("from" if side == "to" else "to")
    bound = LAST_MONTH if other is None else _parsed(str(other))[0]
    if (side == "to" and (month < bound or month > until)) or (side == "from" and month > min(bound, until)):
        return None
    return {**spell, side: _written(month, number)}


def _parsed(written: str) -> tuple[int, int]:
    return int(written[:4]) * 12 + int(written[5:7]) - 1, int(written[8:10] or 0)


def _written(month: int, number: int) -> str:
    if not number:
        return month_text(month)
    return f"{month_text(month)}-{min(number, monthrange(month // 12, month % 12 + 1)[1]):02}"
