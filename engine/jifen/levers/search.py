"""Finds every least combination of levers, and the earliest day on which each reaches the line.

Every set of levers that go together is looked at on every day that is tried, from the first day on and from the
smallest set on. A set is passed over only where a part of it has reached the line by then: such a set can do without
one of its levers, so it is not among what is looked for, whatever the rules are. Nothing is taken to grow with time
or with levers; a birthday may cost points, and a lever too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from jifen.errors import ApplicantError
from jifen.levers.changes import Done
from jifen.levers.days import Day
from jifen.levers.stage import Stage, Verdict

if TYPE_CHECKING:
    from jifen.scheme import Scheme

MOST_COMBINATIONS: Final = 8192
"""How many sets of levers are searched at most: those of 13 levers that all go together."""


class Reached(NamedTuple):
    """A set of levers, a bit for each, and the first day on which it reaches the line."""

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


def combinations(count: int, apart: Iterable[int]) -> list[int]:
    """Every set of `count` levers in which no two are apart (a pair of bits), the smallest first.

    Of sets of one size the one whose levers stand first comes first. Stops after one more than MOST_COMBINATIONS.
    """
    pairs = list(apart)
    found = [0]
    for at in range(count):
        bit = 1 << at
        against = [pair & ~bit for pair in pairs if pair & bit]
        found += [one | bit for one in found if not any(one & other for other in against)]
        if len(found) > MOST_COMBINATIONS:
            break
    return sorted(found, key=lambda one: (one.bit_count(), [at for at in range(count) if one >> at & 1]))


class Search:
    """The search for one applicant. It remembers what every set looked at comes to on every day."""

    def __init__(self, stages: Mapping[str, Stage], done: Sequence[Done], sets: Sequence[int]) -> None:
        self.stages = stages
        self.done = done
        self.sets = sets
        self._verdicts: dict[int, tuple[dict[int, int], list[Verdict]]] = {}

    def stage(self, policy: Scheme) -> Stage:
        """The rules of a version."""
        return self.stages[policy.id]

    def possible(self, on: int) -> int:
        """The levers that are done by a day."""
        return sum(1 << at for at, one in enumerate(self.done) if one.day <= on)

    def verdict(self, chosen: int, on: Day) -> Verdict:
        """What a set that was looked at on a day comes to."""
        at, verdicts = self._verdicts[on.on]
        return verdicts[at[chosen]]

    def find(self, days: Iterable[Day]) -> Found:
        """Look at every set on every day."""
        reached: list[Reached] = []
        best: Reached | None = None
        tried: list[Day] = []
        unreadable: dict[str, ApplicantError] = {}
        left = list(self.sets)
        sets: list[int] = []
        at: dict[int, int] = {}
        before: tuple[list[int], int] | None = None
        for day in days:
            if day.policy.id in unreadable:
                continue
            stage = self.stage(day.policy)
            possible = self.possible(day.on)
            if before is None or before[0] is not left or before[1] != possible:
                before = (left, possible)
                sets = [chosen for chosen in left if not chosen & ~possible]
                at = {chosen: position for position, chosen in enumerate(sets)}
            try:
                verdicts, new = stage.verdicts(sets, day.on)
            except ApplicantError as error:
                unreadable[day.policy.id] = error
                continue
            tried.append(day)
            self._verdicts[day.on] = (at, verdicts)
            top = _top(new)
            if top is not None and (best is None or _more(top, best.verdict)):
                best = Reached(
                    next(one for one, found in zip(sets, verdicts, strict=True) if found is top), day, top
                )
            today: list[int] = []
            for chosen, verdict in zip(sets, verdicts, strict=True):
                if verdict.reached and not any(one & chosen == one for one in today):
                    today.append(chosen)
                    reached.append(Reached(chosen, day, verdict))
            if 0 in today:
                break
            if today:
                left = [chosen for chosen in left if not any(one & chosen == one for one in today)]
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
                fall = Fall(fall.first if fall else day.on, day.on, verdict, nothing)
            else:
                fall = fall._replace(last=day.on)
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
