"""Follows a case through its procedure: events in, state out. What the rules do not allow is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from pendulum import DateTime

from jifen.document.diagnostics import Message
from jifen.errors import ApplicantError, Problem
from jifen.policy.model import Rules
from jifen.policy.procedure_model import ROUNDS, Event, Move, Procedure, State, Term
from jifen.policy.terms import Cite
from jifen.procedure import messages
from jifen.procedure.case import Case, Happened, written
from jifen.procedure.clock import Clock, Doubt, End, Start
from jifen.procedure.refusals import Said
from jifen.procedure.windows import Opening, choose, openings, procedure_of

_MINUTE = timedelta(minutes=1)
_MOST_AT_ONCE = 100
"""Moves by themselves at one minute: more are a circle of terms that have all passed."""


class Step(NamedTuple):
    """A change of a case: on an event, or by itself where `event` is "". `overdue` is the end that it came after."""

    at: Start
    event: str
    before: str
    after: str
    by: str
    move: Move | None
    overdue: End | None


class Silence(NamedTuple):
    """A move that comes by itself: the last minute before it, or what that waits for."""

    move: Move
    end: End | None
    waits_for: str


@dataclass
class Course:
    """A case as far as it has been followed. It is built by `follow` and not changed afterwards."""

    rules: Rules
    case: Case
    state: str
    entered: Start | None
    round: str
    clock: Clock
    steps: list[Step] = field(default_factory=list)
    happened: dict[str, Start] = field(default_factory=dict)
    """When each event last happened."""
    dates: dict[str, Start] = field(default_factory=dict)
    here: set[str] = field(default_factory=set)
    """The events since the present state was entered."""
    doubts: list[Doubt] = field(default_factory=list)
    """Years that the calendar did not know when a move came by itself, or an event was judged."""

    @property
    def procedure(self) -> Procedure:
        return procedure_of(self.rules)

    @property
    def standing(self) -> State:
        return self.procedure.states[self.state]

    def start_of(self, name: str) -> Start | None:
        """When an event last happened, a date of the case, or for "" when the state was entered."""
        if not name:
            return self.entered
        return self.dates.get(name) or self.happened.get(name)

    def ends(self, term: Term | None) -> End | None:
        """The end of a term; None where there is none, or where it is not known from when it runs."""
        if term is None:
            return None
        start = self.start_of(term.before or term.since)
        return None if start is None else self.clock.closing(term, start)

    def window(self, kind: str, at: DateTime) -> Opening | None:
        """The window of a kind that holds for the case; None where the policy has none at all."""
        found = openings(self.rules, kind, self.start_of, self.clock, at.date())
        return choose(found, self.round, at) if found else None

    def silences(self, at: DateTime) -> list[Silence]:
        """The moves that come by themselves if nothing happens, the soonest first."""
        found: list[Silence] = []
        for move in self.procedure.moves_from(self.state):
            if not move.silent or (move.without and move.without in self.here):
                continue
            if move.after is not None:
                end = self.ends(move.after)
                waits = "" if end else move.after.before or move.after.since
                found.append(Silence(move, end, waits))
            else:
                opening = self.window(move.window, at)
                end = opening.end if opening else None
                found.append(
                    Silence(move, end, "" if end else (opening.waits_for if opening else move.window))
                )
        return sorted(found, key=lambda item: (item.end is None, item.end.last if item.end else at))


def follow(rules: Rules, case: Case, until: DateTime | None = None) -> Course:
    """The course of a case up to a moment, by default its last event.

    Raises ApplicantError for the first event that the rules do not allow; its path leads to the event.
    """
    procedure = procedure_of(rules)
    first = case.start[1] if case.start else (case.events[0].at if case.events else None)
    state = case.start[0] if case.start else procedure.begins
    course = Course(rules, case, state, first, case.round, Clock(procedure))
    course.dates.update(case.dates)
    if case.start is not None:
        # Whatever leads to the state in which the case is first seen is taken to have happened then.
        for move in procedure.moves:
            if move.to == state and move.on:
                course.happened[move.on] = case.start[1]
    for event in case.events:
        if until is not None and event.at.moment > until:
            break
        _pass(course, event.at.moment)
        _take(course, event)
    if until is not None:
        _pass(course, until)
    return course


def _pass(course: Course, now: DateTime) -> None:
    """Let time pass: whatever comes by itself before a moment comes."""
    for _ in range(_MOST_AT_ONCE):
        silences = course.silences(course.entered.moment if course.entered else now)
        if not silences or silences[0].end is None or silences[0].end.last >= now:
            return
        move, end = silences[0].move, silences[0].end
        course.doubts += end.doubts
        at = end.last + _MINUTE
        if course.entered is not None and at < course.entered.moment:
            at = course.entered.moment
        _enter(course, move, Start(at, False), "", "", None)


def _take(course: Course, happened: Happened) -> None:
    """Let an event happen, if the rules allow it."""
    event = course.procedure.events[happened.event]
    move = move_on(course, event.name)
    state = course.standing
    said = Said(course.rules, event)
    if event.name in state.blocks:
        raise _refused(happened, messages.BLOCKED, said.state(state, course.entered), said.cited(state.cite))
    if move is None and event.name not in state.allows:
        if state.final:
            raise _refused(happened, messages.OVER, said.state(state, course.entered), said.cited(state.cite))
        known = said.listed(
            [*(one.on for one in course.procedure.moves_from(state.name) if one.on), *state.allows]
        )
        raise _refused(
            happened, messages.NOT_HERE, said.state(state, course.entered), known, said.cited(state.cite)
        )
    cite = move.cite if move else event.cite
    _by_whom(course, happened, event, move, said)
    _only_once(course, happened, event, said)
    for kind in dict.fromkeys(kind for kind in (move.window if move else "", event.window) if kind):
        _in_window(course, happened, kind, said, cite)
    today = happened.at.moment.date()
    if event.working_days and not course.clock.calendar.works(today):
        times = said.times(at=today.isoformat())
        raise _refused(happened, messages.DAY_OFF, times, said.cited(event.cite))
    if event.working_days:
        course.doubts += course.clock.doubts(today, today)
    within = course.ends(move.within) if move else None
    if within is not None:
        course.doubts += within.doubts
        if within.last < happened.at.moment:
            times = said.times(closes=_end(within), at=written(happened.at))
            raise _refused(happened, messages.TOO_LATE, times, said.cited(cite))
    due = course.ends(move.due) if move else None
    overdue = due if due is not None and due.last < happened.at.moment else None
    course.happened[event.name] = happened.at
    course.dates.update(happened.sets)
    if move is None:
        course.here.add(event.name)
        course.steps.append(Step(happened.at, event.name, state.name, state.name, happened.by, None, None))
    else:
        _enter(course, move, happened.at, event.name, happened.by, overdue)


def _enter(course: Course, move: Move, at: Start, event: str, by: str, overdue: End | None) -> None:
    course.steps.append(Step(at, event, course.state, move.to, by, move, overdue))
    if move.to != course.state or event:
        course.here = set()
    course.state = move.to
    course.entered = at


def move_on(course: Course, event: str) -> Move | None:
    """The move that an event brings about where the case stands."""
    return next((move for move in course.procedure.moves_from(course.state) if move.on == event), None)


def parties(course: Course, event: Event, move: Move | None) -> tuple[str, ...]:
    """Who may bring an event about: as its move says, else the event, else the state."""
    return (move.by if move else ()) or event.by or course.standing.by


def last_time(course: Course, event: Event, at: Start) -> Start | None:
    """When an event that is possible once happened already, within the span that it is limited to."""
    for step in reversed(course.steps):
        if step.event == event.name:
            day, before = at.moment, step.at.moment
            same_year = day.year == before.year
            if event.once == "case" or (same_year and (event.once == "year" or day.month == before.month)):
                return step.at
    return None


def _by_whom(course: Course, happened: Happened, event: Event, move: Move | None, said: Said) -> None:
    wanted = parties(course, event, move)
    if happened.by and wanted and happened.by not in wanted:
        cite = move.cite if move else event.cite
        raise _refused(happened, messages.WRONG_PARTY, said.parties(wanted, happened.by), said.cited(cite))


def _only_once(course: Course, happened: Happened, event: Event, said: Said) -> None:
    before = last_time(course, event, happened.at) if event.once else None
    if before is not None:
        times = said.times(before=written(before))
        raise _refused(happened, messages.ONCE, said.span(event.once), times, said.cited(event.cite))


def _in_window(course: Course, happened: Happened, kind: str, said: Said, cite: tuple[Cite, ...]) -> None:
    """Refuse an event outside its window. The first window of the rounds that it meets gives the case its round."""
    opening = course.window(kind, happened.at.moment)
    if opening is None or opening.opens is None or opening.end is None:
        waits = opening.waits_for if opening else kind
        texts = said.window(opening.label if opening else kind), said.waits(waits)
        raise _refused(happened, messages.NO_WINDOW, *texts, said.cited(cite))
    course.doubts += opening.doubts
    label = said.window(opening.label)
    cited = said.cited(opening.cite or cite)
    if happened.at.last < opening.opens:
        times = said.times(opens=opening.opens.format("YYYY-MM-DD HH:mm"), at=written(happened.at))
        raise _refused(happened, messages.NOT_YET, label, times, cited)
    if opening.has_closed(happened.at.moment):
        times = said.times(closes=_end(opening.end), at=written(happened.at))
        raise _refused(happened, messages.CLOSED, label, times, cited)
    if kind == ROUNDS and not course.round:
        course.round = opening.round


def _end(end: End) -> str:
    return end.closes.format("YYYY-MM-DD" if end.whole_day else "YYYY-MM-DD HH:mm")


def _refused(happened: Happened, message: Message, *texts: Mapping[str, str]) -> ApplicantError:
    args: dict[str, str] = {}
    for one in texts:
        args |= one
    return ApplicantError([Problem(happened.path, message, args)])
