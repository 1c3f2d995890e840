"""When the levers of a set are begun and done: at once, after others of the set, after some time, or later by choice.

A lever is begun on the first day on which what it presumes holds, the levers done by then among what is given. One
that `waits` may also be begun some months after that, where what it presumes holds then too. So a set of levers has
one schedule, or one for each choice of waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from jifen.backends.generate import generate
from jifen.levers.cells import masks_of
from jifen.levers.changes import Done, changed, moved
from jifen.levers.stage import touched_by
from jifen.policy.levers import Lever

if TYPE_CHECKING:
    from jifen.backends.interpret import Program
    from jifen.scheme import Scheme

MOST_COMBINATIONS: Final = 8192
"""How many schedules are searched at most: those of 13 levers that are all begun at once and go together."""

_DAY = timedelta(days=1)


class Chosen(NamedTuple):
    """A set of levers, a bit for each, with one choice of waiting, and the bits of its units."""

    levers: int
    waits: tuple[int, ...]
    units: int


class Schedule:
    """The schedules of some levers of a policy for one applicant.

    `units` are the levers with the days on which they may be begun and done. Of levers that never open there is none.
    """

    def __init__(
        self, policy: Scheme, applicant: Mapping[str, Any], first: int, by: int, levers: Sequence[Lever]
    ) -> None:
        self.policy, self.applicant = policy, applicant
        self.first, self.by = first, by
        self.levers = tuple(levers)
        self.units: list[Done] = []
        self._unit: dict[tuple[int, int], int] = {}
        self._begun: dict[tuple[int, int, tuple[tuple[int, int], ...]], int | None] = {}
        self._at_once: dict[int, bool] = {}
        self._bits: dict[int, int] = {}
        self._conditions = _conditions(policy, levers)
        self._apart = _apart(levers)

    def schedules(self) -> list[Chosen]:
        """Every set of levers that go together and can all be done in time, the smallest first.

        Of sets of one size the one whose levers stand first comes first, of one set the one that waits least. Stops
        after one more than MOST_COMBINATIONS.
        """
        found: list[Chosen] = []
        for levers in self._sets():
            own = [at for at in range(len(self.levers)) if levers >> at & 1]
            for waits in product(*(range(self.levers[at].waits + 1) for at in own)):
                units = self.units_of(levers, dict(zip(own, waits, strict=True)))
                if units is not None and units.bit_count() == len(own):
                    found.append(Chosen(levers, waits, units))
            if len(found) > MOST_COMBINATIONS:
                break

        def order(one: Chosen) -> tuple[int, list[int], tuple[int, ...]]:
            own = [at for at in range(len(self.levers)) if one.levers >> at & 1]
            return len(own), own, one.waits

        return sorted(found, key=order)

    def _sets(self) -> Iterator[int]:
        found = [0]
        yield 0
        for at in range(len(self.levers)):
            if self._never(at):
                continue
            bit = 1 << at
            against = [pair & ~bit for pair in self._apart if pair & bit]
            new = [one | bit for one in found if not any(one & other for other in against)]
            found += new
            yield from new

    def units_of(self, levers: int, waits: Mapping[int, int]) -> int | None:
        """The units of a set of levers: those that can be begun. None where a chosen wait is not possible."""
        left = [at for at in range(len(self.levers)) if levers >> at & 1]
        units = 0
        for at in left:
            bit = 0 if waits.get(at) else self._bit_at_once(at)
            if not bit:
                break
            units |= bit
        else:
            return units
        done: dict[int, tuple[int, int]] = {}
        while left:
            days = tuple(sorted((day, at) for at, (_, day) in done.items()))
            opened = [(begun, at) for at in left if (begun := self._opens(at, days)) is not None]
            if not opened:
                break
            # Only the first is certain: what comes after it may be opened, or not, by what it does.
            begun, at = min(opened)
            left.remove(at)
            later = moved(begun, waits.get(at, 0))
            done[at] = (later, moved(later, self.levers[at].takes))
        units = 0
        days = tuple(sorted((day, at) for at, (_, day) in done.items()))
        for at, (begun, day) in done.items():
            if day > self.by:
                return None
            if waits.get(at) and not self._holds(at, tuple(one for one in days if one[1] != at), begun):
                return None
            units |= 1 << self._number(at, begun, day)
        return units

    def _bit_at_once(self, at: int) -> int:
        """The bit of a lever that is begun on the first day; 0 where it cannot be."""
        known = self._bits.get(at)
        if known is None:
            day = moved(self.first, self.levers[at].takes)
            opens = self.opens_at_once(at) and day <= self.by
            known = self._bits[at] = 1 << self._number(at, self.first, day) if opens else 0
        return known

    def _number(self, at: int, begun: int, day: int) -> int:
        number = self._unit.setdefault((at, begun), len(self.units))
        if number == len(self.units):
            self.units.append(Done(day, self.levers[at], begun))
        return number

    def _opens(self, at: int, days: tuple[tuple[int, int], ...]) -> int | None:
        """The first day on which what a lever presumes holds, others being done on their days; None for never."""
        condition = self._conditions[at]
        if condition is None or self.opens_at_once(at):
            return self.first
        own = tuple((day, other) for day, other in days if condition.touched >> other & 1)
        key = (at, condition.touched, own)
        if key not in self._begun:
            self._begun[key] = condition.first_day(self, own)
        return self._begun[key]

    def _holds(self, at: int, days: tuple[tuple[int, int], ...], on: int) -> bool:
        condition = self._conditions[at]
        return condition is None or condition.holds(self, days, on)

    def opens_at_once(self, at: int) -> bool:
        """Whether what a lever presumes holds of the data as it is, on the first day."""
        if at not in self._at_once:
            self._at_once[at] = self._holds(at, (), self.first)
        return self._at_once[at]

    def _never(self, at: int) -> bool:
        """Whether a lever cannot be done in time, whatever else is done."""
        condition, takes = self._conditions[at], self.levers[at].takes
        if moved(self.first, takes) > self.by:
            return True
        return condition is not None and not condition.touched and self._opens(at, ()) is None


class _Condition(NamedTuple):
    """What a lever presumes, and the levers that change what it reads."""

    program: Program
    touched: int

    def holds(self, schedule: Schedule, days: Iterable[tuple[int, int]], on: int) -> bool:
        """Whether it holds on a day, some levers being done on theirs."""
        done = [Done(day, schedule.levers[other]) for day, other in days]
        data = schedule.policy.read(changed(schedule.applicant, done, on)).data
        return bool(self.program(data)[0])

    def first_day(self, schedule: Schedule, days: tuple[tuple[int, int], ...]) -> int | None:
        """The first day from the applicant's on, to the last of the search."""
        now, last = _date(schedule.first), _date(schedule.by)
        done = [Done(day, schedule.levers[other]) for day, other in days]
        stops = {schedule.first, *(day for day, _ in days)}
        data = None
        while now <= last:
            on = now.year * 10000 + now.month * 100 + now.day
            if data is None or on in stops:
                data = schedule.policy.read(changed(schedule.applicant, done, on)).data
            base = min(data.base, now.year * 12 + now.month - 1)
            if self.program(data._replace(base=base, facts=(on, *data.facts[1:])))[0]:
                return on
            now += _DAY
        return None


def _conditions(policy: Scheme, levers: Sequence[Lever]) -> list[_Condition | None]:
    met = {one.requirement.name: one.met.slot for one in policy.recorded.levers}
    slots = [met[lever.name] for lever in levers if lever.name in met]
    masks = masks_of(policy.plan, slots, touched_by(levers))
    return [
        _Condition(generate(policy.plan, [met[lever.name]], policy.layout), masks[met[lever.name]])
        if lever.name in met
        else None
        for lever in levers
    ]


def _apart(levers: Sequence[Lever]) -> list[int]:
    """The pairs of levers that do not go together, each as two bits."""
    at = {lever.name: position for position, lever in enumerate(levers)}
    return [
        1 << at[lever.name] | 1 << at[word.text]
        for lever in levers
        for word in lever.excludes
        if word.text in at and word.text != lever.name
    ]


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
