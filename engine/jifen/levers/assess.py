"""From an applicant to the ways to the line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jifen.applicant.values import Wrong, day
from jifen.backends.generate import generate
from jifen.document.diagnostics import Message
from jifen.errors import JifenError, Problem
from jifen.levers import messages
from jifen.levers.changes import Done, moved
from jifen.levers.checks import MOST_MONTHS
from jifen.levers.days import Day, RulesOn, Versions, days
from jifen.levers.result import Best, Loss, Option, State, Step, Way, Ways
from jifen.levers.search import MOST_COMBINATIONS, Reached, Search, combinations
from jifen.levers.stage import Stage
from jifen.policy.levers import excluded
from jifen.policy.model import Requirement
from jifen.policy.registry import unknown
from jifen.scorecard.card import Card
from jifen.scorecard.numbers import date_text

if TYPE_CHECKING:
    from jifen.applicant.read import Person
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
    options = _options(policy, person, levers)
    done = [
        Done(int(one.done.replace("-", "")), policy.rules.levers[one.name]) for one in options if one.open
    ]
    sets = combinations(len(done), _apart(policy, done))
    if len(sets) > MOST_COMBINATIONS:
        names = ", ".join(one.lever.name for one in done)
        raise _error(
            messages.TOO_MANY_LEVERS, names=names, count=f"> {MOST_COMBINATIONS}", most=MOST_COMBINATIONS
        )
    tried = list(days(person.date, until, [one.day for one in done], rules_on))
    stages = {
        one.policy.id: Stage(one.policy, applicant, done, line)
        for one in {day.policy.id: day for day in tried}.values()
    }
    search = Search(stages, done, sets)
    found = search.find(tried)
    writer = _Writer(search, found.days)
    first = writer.reached(0, found.days[0]) if found.days else None
    return Ways(
        policy=policy,
        applicant=person.id,
        date=date_text(person.date),
        by=date_text(until),
        target=line,
        options=options,
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
    ends = [one.policy.time_in_force[1] for one in tried if _is_over(one)]
    return date_text(max(ends)) if ends else ""


def _is_over(one: Day) -> bool:
    first, last = one.policy.time_in_force
    return one.policy.choosing_fact is None and not (first <= one.on and (not last or one.on <= last))


def _options(policy: Scheme, person: Person, asked: Collection[str] | None) -> tuple[Option, ...]:
    """Every lever, and whether what it presumes holds of the data as it is."""
    known = policy.rules.levers
    for name in asked or ():
        if name not in known:
            raise unknown(messages.NO_LEVER, name, list(known))
    conditions = policy.recorded.levers
    program = generate(policy.plan, [one.met.slot for one in conditions], policy.layout)
    met = dict(zip([one.requirement.name for one in conditions], program(person.data), strict=True))
    return tuple(
        [
            Option(
                lever.name,
                lever.label,
                lever.note,
                lever.takes,
                date_text(moved(person.date, lever.takes)),
                _state(lever.name, bool(met.get(lever.name, True)), asked),
                lever.cite,
            )
            for lever in known.values()
        ]
    )


def _state(name: str, presumed: bool, asked: Collection[str] | None) -> State:
    if asked is not None and name not in asked:
        return "left_out"
    return "open" if presumed else "not_presumed"


def _apart(policy: Scheme, done: list[Done]) -> list[int]:
    """The pairs of levers that do not go together, each as two bits."""
    bits = {one.lever.name: 1 << at for at, one in enumerate(done)}
    pairs = [sorted(pair) for pair in excluded(policy.rules.levers)]
    return [bits[pair[0]] | bits[pair[1]] for pair in pairs if len(pair) == 2 and set(pair) <= bits.keys()]


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

    def __init__(self, search: Search, tried: tuple[Day, ...]) -> None:
        self.search = search
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
            one.day.policy,
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
        for at in range(len(done)):
            if not one.chosen >> at & 1:
                continue
            lever = done[at].lever
            alone, without = verdict(1 << at, day), verdict(one.chosen & ~(1 << at), day)
            yield Step(
                lever.name,
                lever.label,
                date_text(done[at].day),
                alone.total - nothing.total,
                one.verdict.total - without.total,
                without,
                lever.cite,
            )

    def _losses(self, one: Reached, card: Card) -> Iterable[Loss]:
        nothing = self.nothing(one.day)
        if one.chosen:
            yield from _compared(nothing, card, "levers")
        first = self.tried[0]
        if first.policy.id == one.day.policy.id and first.on < one.day.on:
            yield from _compared(self.nothing(first), nothing, "waiting")


def _compared(before: Card, after: Card, because: str) -> Iterable[Loss]:
    """The lines, groups aside, that give less after than before, and the requirements not met any more."""
    recorded = after.policy.recorded
    for line in recorded.leaves():
        points = (before.number(line.points), after.number(line.points))
        if points[1] < points[0]:
            yield Loss(line.indicator.path, line.indicator.label, because, *points, False)
    for condition in (*recorded.eligibility, *recorded.gates):
        met = (Fraction(before.integer(condition.met)), Fraction(after.integer(condition.met)))
        if met[1] < met[0]:
            named = condition.requirement
            label = named.label if isinstance(named, Requirement) else named.name
            yield Loss(named.name, label, because, *met, True)
