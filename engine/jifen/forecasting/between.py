"""What changes between two days on which one can apply, and on which day.

The way from one to the other is gone clock by clock: first the day of application moves, with the applicant's data,
then each day to which the round settles. Whatever has changed at the end has changed on one of these ways, and there
halving finds the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from jifen.applicant.read import Person
from jifen.forecasting.days import integer, of_integer
from jifen.forecasting.features import Mark, Marked, marks
from jifen.forecasting.scorer import Scorer

MOST = 24
"""How often one mark may change on one way before its changes are told as one."""

Marks = Mapping[Mark, Marked]


class Point(NamedTuple):
    """A day of application, and the anchors of its round as YYYYMMDD."""

    day: date
    settled: Mapping[str, int]


class Change(NamedTuple):
    """A mark that changed: the day (None where it could not be found), and what it was and is, None for nothing.

    `applied` says that it is the day of application that brought it about, not one to which points are settled.
    """

    mark: Mark
    on: date | None
    applied: bool
    before: Marked | None
    after: Marked | None


class Between:
    """The days around the openings of one policy; scorecards are written once for each."""

    def __init__(self, scorer: Scorer, person_on: Callable[[date, int | None], Person]) -> None:
        self.scorer = scorer
        self.person_on = person_on
        self._known: dict[tuple[object, ...], Marks] = {}

    def marks(self, point: Point, but: int | None = None) -> Marks:
        """The marks at a point; without the assumption `but` and those after it. Raises ApplicantError."""
        key = (point.day, tuple(sorted(point.settled.items())), but)
        found = self._known.get(key)
        if found is None:
            card = self.card(point, but)
            found = self._known[key] = marks(card, self.scorer.policy.rules)
        return found

    def card(self, point: Point, but: int | None = None) -> dict[str, Any]:
        """The scorecard at a point as data. Raises ApplicantError."""
        return self.scorer.told(self.scorer.card(self.person_on(point.day, but), point.settled))

    def changes(self, start: Point, end: Point) -> Iterator[Change]:
        """Every mark that differs at the end from what it was at the start. Raises ApplicantError."""
        first, last = self.marks(start), self.marks(end)
        for mark in dict.fromkeys((*first, *last)):
            if _value(first, mark) == _value(last, mark):
                continue
            found = [one for way in _ways(start, end) for one in self._on_way(mark, *way)]
            values = [_value(first, mark), *(None if one.after is None else one.after.value for one in found)]
            if not found or len(found) > MOST or len(set(map(repr, values))) < len(values):
                on, applied = (found[-1].on, found[-1].applied) if found else (None, False)
                found = [Change(mark, on, applied, first.get(mark), last.get(mark))]
            yield from found

    def _on_way(
        self, mark: Mark, at: Callable[[date], Point], begins: date, ends: date, applied: bool
    ) -> Iterator[Change]:
        """The changes of a mark while one clock moves from a day to another."""
        last = _value(self.marks(at(ends)), mark)
        low = begins
        while (now := _value(self.marks(at(low)), mark)) != last:
            before, high = low, ends
            while high - before > timedelta(1):
                middle = before + (high - before) // 2
                if _value(self.marks(at(middle)), mark) == now:
                    before = middle
                else:
                    high = middle
            known = self.marks(at(before)).get(mark)
            yield Change(mark, high, applied, known, self.marks(at(high)).get(mark))
            low = high


Way = tuple[Callable[[date], Point], date, date, bool]


def _ways(start: Point, end: Point) -> Iterator[Way]:
    """One clock after the other from start to end; each way is a point for every day, its first and its last day."""
    settled = dict(start.settled)
    if start.day < end.day:
        frozen = dict(settled)
        yield lambda day: Point(day, frozen), start.day, end.day, True
    for name, last in end.settled.items():
        first = settled.get(name, last)
        if first < last:
            before = dict(settled)
            yield _moving(end.day, before, name), of_integer(first), of_integer(last), False
        settled[name] = last


def _moving(day: date, settled: Mapping[str, int], name: str) -> Callable[[date], Point]:
    return lambda now: Point(day, {**settled, name: integer(now)})


def _value(found: Marks, mark: Mark) -> object:
    marked = found.get(mark)
    return None if marked is None else marked.value
