"""Finds every least combination of levers, and the earliest day on which each reaches the line.

Every schedule of every set of levers that go together is looked at on every day on which one can apply, from the
first day on and from the smallest set on. Days on which nothing can have changed since the day before are one. A set is
passed over only where a part of it has reached the line by then: such a set can do without one of its levers, so it is
not among what is looked for, whatever the rules are. Nothing is taken to grow with time or with levers; a birthday may
cost points, and a lever too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jifen.errors import ApplicantError
from jifen.levers.changes import Done
from jifen.levers.days import Day
from jifen.levers.schedule import Chosen
from jifen.levers.stage import Stage, Verdict

if TYPE_CHECKING:
    from jifen.scheme import Scheme


class Reached(NamedTuple):
    """A set of levers by the bits of its units, and the first day on which it reaches the line."""

    chosen: int
    day: Day
    verdict: Verdict


class Fall(NamedTuple):
    """Days on the way on which the levers done so far leave less than doing nothing would."""

    first: int
    last: int
    verdict: Verdict
    nothing: Verdict
    """Both on the day on which the difference is greatest."""


class Found(NamedTuple):
    """What a search found. `best` is the highest total of an eligible applicant, or of any, where none is, among
    the sets that were looked at.
    """

    reached: tuple[Reached, ...]
    best: Reached | None
    days: tuple[Day, ...]
    unreadable: Mapping[str, ApplicantError]


class Search:
    """The search for one applicant. It remembers what every set looked at comes to on every day.

    A set of levers is known by the bits of its units: each lever with the days on which it is begun and done.
    """

    def __init__(
        self, stage_of: Callable[[Scheme], Stage], done: Sequence[Done], sets: Sequence[Chosen]
    ) -> None:
        self.stage = stage_of
        self.done = done
        self.sets = {one.units: one for one in sets}
        self.levers = {one.units: one.levers for one in sets}
        self._through: dict[int, int] = {}
        self._possible: dict[int, int] = {}
        self._verdicts: dict[int, tuple[dict[int, int], list[Verdict]]] = {}

    def possible(self, on: int) -> int:
        """The units that are done by a day."""
        known = self._possible.get(on)
        if known is None:
            known = self._possible[on] = sum(1 << at for at, one in enumerate(self.done) if one.day <= on)
        return known

    def verdict(self, chosen: int, on: Day) -> Verdict:
        """What a set comes to on a day that was tried; of most it is known from the search."""
        at, verdicts = self._verdicts[on.on]
        if chosen not in at:
            return self.stage(on.policy).verdicts([chosen], on.on).verdicts[0]
        return verdicts[at[chosen]]

    def find(self, days: Iterable[Day]) -> Found:
        """Look at every set on every day."""
        reached: list[Reached] = []
        best: Reached | None = None
        tried: list[Day] = []
        unreadable: dict[str, ApplicantError] = {}
        levers, left = self.levers, list(self.levers)
        sets: list[int] = []
        at: dict[int, int] = {}
        before: tuple[list[int], int] | None = None
        verdicts: list[Verdict] = []
        for day in days:
            if day.policy.id in unreadable:
                continue
            possible = self.possible(day.on)
            if before is None or before[0] is not left or before[1] != possible:
                before = (left, possible)
                sets = [chosen for chosen in left if not chosen & ~possible]
                at = {chosen: position for position, chosen in enumerate(sets)}
            try:
                same = verdicts
                verdicts, new = self.stage(day.policy).verdicts(sets, day.on)
            except ApplicantError as error:
                unreadable[day.policy.id] = error
                continue
            if verdicts is same and tried[-1].policy is day.policy:
                # Nothing has changed since the day before, and what reached the line then is not looked at again.
                self._through[tried[-1].on] = day.on
                continue
            tried.append(day)
            self._through[day.on] = day.on
            self._verdicts[day.on] = (at, verdicts)
            top = _top(new)
            if top is not None and (best is None or _more(top, best.verdict)):
                best = Reached(
                    next(one for one, found in zip(sets, verdicts, strict=True) if found is top), day, top
                )
            today: list[int] = []
            for chosen, verdict in zip(sets, verdicts, strict=True):
                if verdict.reached and not any(one & levers[chosen] == one for one in today):
                    today.append(levers[chosen])
                    reached.append(Reached(chosen, day, verdict))
            if 0 in today:
                break
            for one in today:
                left = [chosen for chosen in left if levers[chosen] & one != one]
        return Found(tuple(reached), best, tuple(tried), unreadable)

    def falls(self, found: Reached, days: Iterable[Day]) -> Fall | None:
        """Where a set of levers leaves less than doing nothing, on the days before it reaches the line."""
        fall: Fall | None = None
        for day in days:
            if day.on >= found.day.on:
                break
            done = found.chosen & self.possible(day.on)
            nothing, verdict = self.verdict(0, day), self.verdict(done, day)
            if nothing is verdict or not _more(nothing, verdict):
                continue
            if fall is None or _lost(nothing, verdict) > _lost(fall.nothing, fall.verdict):
                fall = Fall(fall.first if fall else day.on, self._through[day.on], verdict, nothing)
            else:
                fall = fall._replace(last=self._through[day.on])
        return fall


def _lost(nothing: Verdict, verdict: Verdict) -> tuple[bool, object]:
    return nothing.eligible and not verdict.eligible, nothing.total - verdict.total


def _top(verdicts: Iterable[Verdict]) -> Verdict | None:
    top: Verdict | None = None
    for verdict in verdicts:
        if top is None or _more(verdict, top):
            top = verdict
    return top


def _more(one: Verdict, other: Verdict) -> bool:
    return (one.eligible, one.total) > (other.eligible, other.total)
