"""Where a case stands at a moment: what may be done, by whom, until when, and what comes if nobody acts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from pendulum import DateTime

from jifen.policy.model import Rules
from jifen.policy.procedure_model import State
from jifen.policy.terms import Cite, Text
from jifen.procedure.case import Case
from jifen.procedure.clock import Doubt, End, Start
from jifen.procedure.course import Course, Step, follow, last_time, move_on, parties
from jifen.procedure.validity import Span, validity

Chance = Literal["now", "not_yet", "closed", "too_late", "done", "unknown"]
"""Whether something may be done: now, or why not."""


@dataclass(frozen=True)
class Offer:
    """Something that the state has a use for.

    `until` is the last minute for it; `opens` the first, where it lies ahead. `due` is a term of whoever acts, which
    passes without losing anything. `to` is the state that it leads to, "" where it leaves none. `waits_for` is
    what the window runs from and nobody has stated, `done` when it was done where it can be only once.
    """

    event: str
    label: Text
    by: tuple[str, ...]
    to: str
    chance: Chance
    opens: DateTime | None
    until: End | None
    due: End | None
    waits_for: str
    done: Start | None
    cite: tuple[Cite, ...]


@dataclass(frozen=True)
class Silent:
    """What comes if nobody acts: when (None where that waits for something not known), and the state it leads to."""

    label: Text
    to: str
    at: DateTime | None
    waits_for: str
    without: str
    doubts: tuple[Doubt, ...]
    cite: tuple[Cite, ...]


@dataclass(frozen=True)
class Status:
    """A case at a moment. `blocked` are events that the state refuses."""

    rules: Rules
    case: Case
    on: DateTime
    round: str
    state: State
    since: Start | None
    offers: tuple[Offer, ...]
    blocked: tuple[str, ...]
    silence: tuple[Silent, ...]
    overdue: tuple[Offer, ...]
    steps: tuple[Step, ...]
    validity: Span | None
    doubts: tuple[Doubt, ...]


def status(rules: Rules, case: Case, on: DateTime | None = None) -> Status:
    """Where a case stands at a moment, by default at its last event.

    Raises ApplicantError for the first event that the rules do not allow, JifenError where the policy states no
    procedure or its calendar needs a library that is not there.
    """
    course = follow(rules, case, on)
    now = on or _last_moment(course)
    offers = tuple(_offer(course, name, now) for name in _useful(course))
    silence = tuple(
        Silent(
            item.move.label,
            item.move.to,
            item.end.last + timedelta(minutes=1) if item.end else None,
            item.waits_for,
            item.move.without,
            item.end.doubts if item.end else (),
            item.move.cite,
        )
        for item in course.silences(now)
    )
    doubts = list(course.doubts)
    for offer in offers:
        doubts += [doubt for end in (offer.until, offer.due) if end for doubt in end.doubts]
    doubts += [doubt for item in silence for doubt in item.doubts]
    span = _validity(course)
    doubts += span.doubts if span else ()
    return Status(
        rules,
        case,
        now,
        course.round,
        course.standing,
        course.entered,
        offers,
        course.standing.blocks,
        silence,
        tuple(offer for offer in offers if offer.due is not None and offer.due.last < now),
        tuple(course.steps),
        span,
        tuple(dict.fromkeys(doubts)),
    )


def _last_moment(course: Course) -> DateTime:
    """The last event: a case without any stands where it began, at no time."""
    if course.case.events:
        return course.case.events[-1].at.moment
    if course.entered is not None:
        return course.entered.moment
    return course.clock.start("1900-01-01").moment


def _useful(course: Course) -> list[str]:
    """The events that the state has a use for, those that lead on first."""
    moves = course.procedure.moves_from(course.state)
    names = [move.on for move in moves if move.on] + list(course.standing.allows)
    return [name for name in dict.fromkeys(names) if name not in course.standing.blocks]


def _offer(course: Course, name: str, now: DateTime) -> Offer:
    event, move = course.procedure.events[name], move_on(course, name)
    chance: Chance = "now"
    opens: DateTime | None = None
    waits = ""
    untils = [end] if (end := course.ends(move.within if move else None)) else []
    if untils and untils[0].last < now:
        chance = "too_late"
    for kind in dict.fromkeys(kind for kind in (move.window if move else "", event.window) if kind):
        opening = course.window(kind, now)
        if opening is None or opening.opens is None or opening.end is None:
            chance, waits = "unknown", opening.waits_for if opening else kind
            continue
        untils.append(opening.end)
        if opening.opens > now:
            chance, opens = "not_yet", opening.opens
        elif opening.has_closed(now):
            chance = "closed"
    if event.working_days and chance == "now" and not course.clock.calendar.works(now.date()):
        chance, opens = "not_yet", course.clock.day(course.clock.calendar.after(now.date(), 1))
    done = last_time(course, event, Start(now, False)) if event.once else None
    return Offer(
        name,
        event.label,
        parties(course, event, move),
        move.to if move else "",
        "done" if done else chance,
        opens,
        min(untils, key=lambda end: end.last) if untils else None,
        course.ends(move.due) if move else None,
        waits,
        done,
        (move.cite if move else ()) or event.cite or course.standing.cite,
    )


def _validity(course: Course) -> Span | None:
    found = course.rules.outcome.validity
    until = course.dates.get(found.until) if found else None
    return validity(course.rules, until.moment.date()) if until else None
