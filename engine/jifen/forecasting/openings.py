"""The stretches of days on which one can apply: rounds, or months where a scheme has no rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from jifen.forecasting.days import DAY, in_years, month_end, yearly
from jifen.policy.model import Round
from jifen.policy.registry import Entry, Stretch

_LAST_OF_YEAR = 1231


class RuleSet(NamedTuple):
    """A version, the days of the forecast on which it is used, both inside, and the last day that it is in force.

    `end` is None where it has no end. It may be used beyond it: by the present rules.
    """

    entry: Entry
    first: date
    last: date
    end: date | None


class Opening(NamedTuple):
    """Days on which one can apply, both inside.

    `round` is None for a month of a scheme without rounds. `moved` is by how many whole years a round is moved on
    from the one that the policy states; `beyond` that the policy is not in force any more.
    """

    rules: int
    first: date
    last: date
    round: Round | None
    moved: int
    beyond: bool


def rule_sets(entries: Sequence[Entry], since: date, until: date) -> tuple[list[RuleSet], list[Stretch]]:
    """The versions used from one day to another, and the days between them that none covers.

    `entries` are versions of one place, by the day that they enter into force. The last goes on beyond its end.
    """
    found: list[RuleSet] = []
    gaps: list[Stretch] = []
    covered = since - DAY
    for entry in entries:
        first = date.fromisoformat(entry.in_force_from)
        end = date.fromisoformat(entry.in_force_to) if entry.in_force_to else None
        last = until if entry is entries[-1] or end is None else min(end, until)
        first = max(first, since)
        if first > last or last <= covered:
            continue
        if first > covered + DAY:
            gaps.append(_gap(entries, covered + DAY, first - DAY))
        found.append(RuleSet(entry, max(first, covered + DAY), last, end))
        covered = last
    if covered < until:
        gaps.append(_gap(entries, covered + DAY, until))
    return found, gaps


def _gap(entries: Sequence[Entry], first: date, last: date) -> Stretch:
    """Days without a version, with the reason that the versions give for the first of them that has one."""
    for entry in entries:
        for stretch in entry.uncovered:
            if stretch.first <= last.isoformat() and first.isoformat() <= stretch.last:
                return Stretch(first.isoformat(), last.isoformat(), stretch.why)
    return Stretch(first.isoformat(), last.isoformat(), "")


def openings(at: int, used: RuleSet, rounds: Sequence[Round]) -> list[Opening]:
    """The openings of one rule set, in order, cut to the days on which it is used; `at` is its position.

    Rounds with dates of their own are stated for some years only. From the end of the last one on, those of its last
    twelve months come again every year.
    """
    found = []
    stretches = _rounds(rounds, used.last) if rounds else _months(used.first, used.last)
    for first, last, item, moved in stretches:
        first, last = max(first, used.first), min(last, used.last)
        pieces = [(first, last)]
        if used.end is not None and first <= used.end < last:
            pieces = [(first, used.end), (used.end + DAY, last)]
        for begins, ends in pieces:
            if begins <= ends:
                beyond = used.end is not None and begins > used.end
                found.append(Opening(at, begins, ends, item, moved, beyond))
    return sorted(found, key=lambda one: (one.first, one.last))


Stated = tuple[date, date, Round | None, int]


def _months(first: date, last: date) -> Iterator[Stated]:
    begins = first
    while begins <= last:
        yield begins, month_end(begins), None, 0
        begins = month_end(begins) + DAY


def _rounds(rounds: Sequence[Round], until: date) -> Iterator[Stated]:
    dated = []
    for item in rounds:
        if item.last > _LAST_OF_YEAR:
            first, last = _day(item.first), _day(item.last)
            dated.append((first, last, item))
            yield first, last, item, 0
            continue
        for year in range(date.min.year + 1900, until.year + 1):
            wraps = item.last < item.first
            yield yearly(year, item.first), yearly(year + wraps, item.last), item, 0
    if not dated:
        return
    end = max(last for _, last, _ in dated)
    for first, last, item in dated:
        if last <= in_years(end, -1):
            continue
        moved = 1
        while in_years(first, moved) <= until:
            if in_years(first, moved) > end:
                yield in_years(first, moved), in_years(last, moved), item, moved
            moved += 1


def _day(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
