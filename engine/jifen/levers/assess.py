"""From an applicant to the ways to the line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jifen.applicant.values import Wrong, day
from jifen.document.diagnostics import Message
from jifen.errors import JifenError, Problem
from jifen.levers import messages
from jifen.levers.changes import moved
from jifen.levers.checks import MOST_MONTHS
from jifen.levers.days import Day, RulesOn, Versions, days
from jifen.levers.result import Best, Loss, Option, State, Step, Way, Ways
from jifen.levers.schedule import MOST_COMBINATIONS, Schedule
from jifen.levers.search import Reached, Search
from jifen.levers.stage import Stage, Verdict
from jifen.policy.levers import Lever
from jifen.policy.model import Requirement
from jifen.policy.registry import unknown
from jifen.scorecard.card import Card
from jifen.scorecard.numbers import date_text

if TYPE_CHECKING:
    from jifen.scheme import Scheme

USUAL_MONTHS = 60
"""How far ahead is looked where the caller does not say."""


def ways(
    policy: Scheme,
    rules_on: RulesOn,
    applicant: Mapping[str, Any],
    target: Fraction | int | str | None = None,
    by: date | str | None = None,
    levers: Collection[str] | None = None,
) -> Ways:
    """Every least combination of the levers of `policy`, scored by the rules of each day.

    Raises ApplicantError for data that `policy` cannot read, JifenError for anything else that is asked for wrongly.
    """
    person = policy.read(applicant)
    line = _target(policy, target)
    until = _until(by, person.date)
    known = policy.rules.levers
    for name in levers or ():
        if name not in known:
            raise unknown(messages.NO_LEVER, name, list(known))
    asked = [lever for lever in known.values() if levers is None or lever.name in levers]
    schedule = Schedule(policy, applicant, person.date, until, asked)
    sets = schedule.schedules()
    if len(sets) > MOST_COMBINATIONS:
        names = ", ".join(dict.fromkeys(one.lever.name for one in schedule.units))
        raise _error(
            messages.TOO_MANY_LEVERS, names=names, count=f"> {MOST_COMBINATIONS}", most=MOST_COMBINATIONS
        )
    stages: dict[int, Stage] = {}

    def stage_of(used: Scheme) -> Stage:
        if id(used) not in stages:
            stages[id(used)] = Stage(used, applicant, schedule.units, line)
        return stages[id(used)]

    search = Search(stage_of, schedule.units, sets)
    found = search.find(days(person.date, until, rules_on))
    writer = _Writer(search, schedule, found.days)
    first = writer.reached(0, found.days[0]) if found.days else None
    return Ways(
        policy=policy,
        applicant=person.id,
        date=date_text(person.date),
        by=date_text(until),
        target=line,
        options=_options(known.values(), schedule, levers),
        now=None if first is None else writer.best(first),
        line=None if first is None else writer.line(first, writer.nothing(first.day)),
        ways=tuple([writer.way(one) for one in found.reached]),
        best=None if found.best is None or found.reached else writer.best(found.best),
        days=tuple([date_text(day.on) for day in found.days]),
        combinations=len(sets),
        unreadable=found.unreadable,
        beyond=_beyond(found.days),
    )


def ways_at(
    place: str,
    policy: Scheme,
    readings: Mapping[str, str],
    applicant: Mapping[str, Any],
    target: Fraction | int | str | None = None,
    by: date | str | None = None,
    levers: Collection[str] | None = None,
) -> Ways:
    """The same with the version of a place in force on each day; `policy` is that for the applicant's own date.

    Where another date than that of the application chooses the version, it is this one for every day.
    """
    if policy.choosing_fact is not None:
        return ways(policy, lambda _: policy, applicant, target, by, levers)
    return ways(policy, Versions(place, readings, policy).on, applicant, target, by, levers)


def _beyond(tried: Iterable[Day]) -> str:
    """The last day of the version that goes on being used after it, "" where none does."""
    ends = [one.stated.time_in_force[1] for one in tried if _is_over(one)]
    return date_text(max(ends)) if ends else ""


def _is_over(one: Day) -> bool:
    first, last = one.stated.time_in_force
    return one.stated.choosing_fact is None and not (first <= one.on and (not last or one.on <= last))


def _options(known: Iterable[Lever], schedule: Schedule, asked: Collection[str] | None) -> tuple[Option, ...]:
    """Every lever, and from when on what it presumes holds."""
    found = []
    names = [lever.name for lever in schedule.levers]
    for lever in known:
        days = [(one.begun, one.day) for one in schedule.units if one.lever is lever]
        state: State = "not_presumed"
        if asked is not None and lever.name not in asked:
            state = "left_out"
        elif schedule.opens_at_once(names.index(lever.name)):
            state = "open"
        elif days:
            state = "opens_later"
        begun, done = min(days, default=(schedule.first, moved(schedule.first, lever.takes)))
        texts = (lever.name, lever.label, lever.note, lever.takes)
        found.append(Option(*texts, date_text(begun), date_text(done), state, lever.cite))
    return tuple(found)


def _target(policy: Scheme, target: Fraction | int | str | None) -> Fraction | None:
    if target is None:
        outcome = policy.rules.outcome
        if outcome.line is None and not outcome.gates and not policy.rules.eligibility:
            raise _error(messages.NO_TARGET, policy=policy.id)
        return None
    try:
        if isinstance(target, (bool, float)):
            raise ValueError(target)
        return Fraction(Decimal(target)) if isinstance(target, str) else Fraction(target)
    except (ArithmeticError, ValueError, TypeError):
        raise _error(messages.BAD_TARGET, text=str(target)[:40]) from None


def _until(by: date | str | None, first: int) -> int:
    if by is None:
        return moved(first, USUAL_MONTHS)
    try:
        until = day(by)
    except Wrong as wrong:
        raise JifenError(Problem("", wrong.message, wrong.args_)) from None
    texts = {"by": date_text(until), "date": date_text(first)}
    if until < first:
        raise _error(messages.BY_BEFORE, **texts)
    if until > moved(first, MOST_MONTHS):
        raise _error(messages.BY_TOO_FAR, most=MOST_MONTHS, **texts)
    return until


def _error(message: Message, **args: object) -> JifenError:
    return JifenError(Problem("", message, {name: str(value) for name, value in args.items()}))


class _Writer:
    """Turns what a search found into ways, each scored anew from the changed data."""

    def __init__(self, search: Search, schedule: Schedule, tried: tuple[Day, ...]) -> None:
        self.search = search
        self.schedule = schedule
        self.tried = tried
        self._nothing: dict[int, Card] = {}

    def reached(self, chosen: int, on: Day) -> Reached:
        """What a set of levers comes to on a day."""
        return Reached(chosen, on, self.search.verdict(chosen, on))

    def card(self, one: Reached) -> Card:
        """The scorecard of the changed applicant."""
        stage = self.search.stage(one.day.policy)
        policy = one.day.policy
        person = policy.read(stage.data(one.chosen, one.day.on))
        policy.round_on(person.date)
        return Card(policy, person, policy.run(person))

    def nothing(self, on: Day) -> Card:
        """The scorecard of whoever does nothing."""
        if on.on not in self._nothing:
            self._nothing[on.on] = self.card(self.reached(0, on))
        return self._nothing[on.on]

    def line(self, one: Reached, card: Card) -> Fraction | None:
        """The line on a day: the caller's, or that of the policy."""
        stage = self.search.stage(one.day.policy)
        if stage.target is not None:
            return stage.target
        line = one.day.policy.recorded.line
        return None if line is None else card.number(line)

    def best(self, one: Reached) -> Best:
        """A set of levers by their names."""
        names = [each.lever.name for at, each in enumerate(self.search.done) if one.chosen >> at & 1]
        return Best(tuple(names), date_text(one.day.on), one.verdict)

    def way(self, one: Reached) -> Way:
        """A set of levers that reaches the line."""
        card = self.card(one)
        assert (card.total, card.eligible) == one.verdict[:2], "the search and the scorecard disagree"
        return Way(
            date_text(one.day.on),
            one.day.stated,
            card,
            self.line(one, card),
            tuple(self._steps(one)),
            tuple(self._losses(one, card)),
            self.search.falls(one, self.tried),
            not _is_over(one.day),
        )

    def _steps(self, one: Reached) -> Iterable[Step]:
        verdict, done, day = self.search.verdict, self.search.done, one.day
        nothing = verdict(0, day)
        units = {done[at].lever.name: at for at in range(len(done)) if one.chosen >> at & 1}
        names = [lever.name for lever in self.schedule.levers]
        own = self.search.sets[one.chosen]
        waits = dict(zip(sorted(map(names.index, units)), own.waits, strict=True))
        for name, at in sorted(units.items(), key=lambda item: names.index(item[0])):
            lever = done[at].lever
            # What is not open without others brings nothing alone.
            only = {names.index(name): waits[names.index(name)]}
            alone = self._of(1 << names.index(name), only, day)
            rest = own.levers & ~(1 << names.index(name))
            without = self._of(rest, waits, day)
            yield Step(
                name,
                lever.label,
                date_text(done[at].begun),
                date_text(done[at].day),
                alone.total - nothing.total,
                one.verdict.total - without.total,
                without,
                lever.cite,
            )

    def _of(self, levers: int, waits: Mapping[int, int], day: Day) -> Verdict:
        """What some levers come to on a day: those of them that can be begun and are done by then."""
        units = self.schedule.units_of(levers, waits)
        if units is None:
            units = self.schedule.units_of(levers, {})
        return self.search.verdict((units or 0) & self.search.possible(day.on), day)

    def _losses(self, one: Reached, card: Card) -> Iterable[Loss]:
        nothing = self.nothing(one.day)
        if one.chosen:
            yield from _compared(nothing, card, "levers")
        first = self.tried[0]
        if first.policy.id == one.day.policy.id and first.on < one.day.on:
            yield from _compared(self.nothing(first), nothing, "waiting")


def _compared(before: Card, after: Card, because: str) -> Iterable[Loss]:
    """The lines, groups aside, that give less after than before, and the requirements not met any more."""
    old, new = before.policy.recorded, after.policy.recorded
    lines = {line.indicator.path: line for line in old.leaves()}
    for line in new.leaves():
        was = lines[line.indicator.path]
        points = (before.number(was.points), after.number(line.points))
        if points[1] < points[0]:
            yield Loss(line.indicator.path, line.indicator.label, because, *points, False)
    conditions = zip((*old.eligibility, *old.gates), (*new.eligibility, *new.gates), strict=True)
    for one, condition in conditions:
        met = (Fraction(before.integer(one.met)), Fraction(after.integer(condition.met)))
        if met[1] < met[0]:
            named = condition.requirement
            label = named.label if isinstance(named, Requirement) else named.name
            yield Loss(named.name, label, because, *met, True)
