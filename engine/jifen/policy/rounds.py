"""Checks on the rounds of applications: their windows, and that each defines what the others define."""

from __future__ import annotations

from jifen.document.diagnostics import Diagnostics
from jifen.policy import messages
from jifen.policy.model import Round, Rules

_LAST_OF_YEAR = 1231


def check_rounds(rules: Rules, diagnostics: Diagnostics) -> None:
    """No round ends before it begins, no two are open on the same day, and all have the same anchors."""
    rounds = [item for item in rules.rounds.values() if item.first and item.last]
    sound: list[Round] = []
    for item in rounds:
        if (item.first > _LAST_OF_YEAR) is not (item.last > _LAST_OF_YEAR):
            diagnostics.add(messages.ROUND_MIXED, item.window)
        elif item.last < item.first and item.last > _LAST_OF_YEAR:
            texts = {"first": _written(item.first), "last": _written(item.last)}
            diagnostics.add(messages.ROUND_BACKWARDS, item.window, True, **texts)
        else:
            sound.append(item)
    for position, later in enumerate(sound):
        for earlier in sound[:position]:
            day = _shared(earlier, later)
            if day is not None:
                texts = {"one": earlier.name, "other": later.name, "day": _written(day)}
                diagnostics.add(messages.OVERLAPPING_ROUNDS, later.window, True, **texts)
    owners: dict[str, str] = {}
    for item in rules.rounds.values():
        for anchor in item.anchors:
            owners.setdefault(anchor, item.name)
    for item in rules.rounds.values():
        for anchor, other in owners.items():
            if anchor not in item.anchors and anchor not in rules.anchors:
                texts = {"name": item.name, "other": other, "anchor": anchor}
                diagnostics.add(messages.ROUND_LACKS, item.place, True, **texts)


def _shared(one: Round, other: Round) -> int | None:
    """The first day on which both windows are open; without its year where neither has one."""
    if one.first > _LAST_OF_YEAR and other.first > _LAST_OF_YEAR:
        first, last = max(one.first, other.first), min(one.last, other.last)
        return first if first <= last else None
    days = [max(a, c) for a, b in _stretches(one) for c, d in _stretches(other) if max(a, c) <= min(b, d)]
    return min(days, default=None)


def _stretches(item: Round) -> list[tuple[int, int]]:
    """The days of a year, as MMDD, on which a window is open."""
    if item.first <= _LAST_OF_YEAR:
        return _in_a_year(item.first, item.last)
    years = item.last // 10000 - item.first // 10000
    if years > 1 or (years == 1 and item.last % 10000 >= item.first % 10000):
        return [(101, _LAST_OF_YEAR)]
    return _in_a_year(item.first % 10000, item.last % 10000)


def _in_a_year(first: int, last: int) -> list[tuple[int, int]]:
    return [(first, last)] if first <= last else [(101, last), (first, _LAST_OF_YEAR)]


def _written(day: int) -> str:
    text = f"{day // 100 % 100:02}-{day % 100:02}"
    return text if day <= _LAST_OF_YEAR else f"{day // 10000}-{text}"
