"""When something is open: the windows of a procedure, the rounds of application, and terms from a start.

Everything is a pure function of a policy, a start and a moment. Moments are to the minute, in the scheme's zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from pendulum import DateTime

from jifen.document.diagnostics import suggest
from jifen.errors import JifenError, Problem
from jifen.policy.model import Round, Rules
from jifen.policy.procedure_model import ROUNDS, Point, Procedure, Term, Window
from jifen.policy.terms import Cite, Text
from jifen.procedure import messages
from jifen.procedure.clock import Clock, Doubt, End, Start, Starts

_LAST_OF_YEAR = 1231
APPLICATION: Text = {"zh": "申报期", "en": "applications"}


class Opening(NamedTuple):
    """A window as it lies in time.

    `opens` is its first minute and `end` its end; both are None where it runs from something that has not happened
    or is not stated, which `waits_for` then names.
    """

    name: str
    label: Text
    kind: str
    round: str
    opens: DateTime | None
    end: End | None
    waits_for: str
    doubts: tuple[Doubt, ...]
    note: Text
    cite: tuple[Cite, ...]

    def is_open(self, now: DateTime) -> bool:
        """Whether a moment lies inside, the last minute with all its seconds."""
        if self.opens is None or self.end is None:
            return False
        return self.opens <= now.replace(second=0, microsecond=0) <= self.end.last

    def has_closed(self, before: DateTime) -> bool:
        """Whether it was over before a moment."""
        return self.end is not None and self.end.last < before.replace(second=0, microsecond=0)


class Answer(NamedTuple):
    """What `window` answers: the two ends, whether it is open, and why the ends may move.

    `closes` is the minute that is printed; `last_inside` says whether that minute belongs to the window.
    `provisional` is empty where both ends are sure.
    """

    name: str
    label: Text
    opens: DateTime
    closes: DateTime
    last_inside: bool
    is_open: bool
    provisional: tuple[Doubt, ...]
    cite: tuple[Cite, ...]


def window(
    rules: Rules,
    name: str,
    now: datetime | str,
    start: datetime | date | str | None = None,
    round: str | None = None,
) -> Answer:
    """When a window or a term of a policy is open.

    `name` is the name or the kind of a window, the name of a term, or `rounds` for the rounds of application.
    `start` is the moment or the day from which it runs, where it runs from something. Of several windows of a kind
    the one of `round` is taken, else the one open at `now`, else the next to open, else the last. A moment without
    a zone is local time of the scheme.

    Raises JifenError where the policy has no such window or term, or nothing says from when it runs.
    """
    procedure = procedure_of(rules)
    clock = Clock(procedure)
    at = clock.start(_text(now)).moment
    began = None if start is None else clock.start(_text(start))
    found = openings(rules, name, lambda _: began, clock, at.date())
    if not found and name in procedure.terms:
        found = [_of_term(procedure.terms[name], name, began, clock)]
    if not found:
        known = [*procedure.windows, *(one.kind for one in procedure.windows.values()), *procedure.terms]
        near = suggest(name, known)
        raise JifenError(
            Problem("", messages.NO_SUCH_WINDOW, {"name": name, **({"near": near} if near else {})})
        )
    chosen = choose(found, round, at)
    if chosen.opens is None or chosen.end is None:
        raise JifenError(Problem("", messages.NO_START, {"name": name, "clock": chosen.waits_for or "?"}))
    doubts = tuple(dict.fromkeys(chosen.doubts))
    end = chosen.end
    inside = end.last == end.closes
    return Answer(
        name, chosen.label, chosen.opens, end.closes, inside, chosen.is_open(at), doubts, chosen.cite
    )


def procedure_of(rules: Rules) -> Procedure:
    """The procedure of a policy. Raises JifenError where it states none."""
    if rules.procedure is None:
        raise JifenError(Problem("", messages.NO_PROCEDURE, {"name": rules.id}))
    return rules.procedure


def openings(rules: Rules, kind: str, starts: Starts, clock: Clock, around: date) -> list[Opening]:
    """Every window of a name or kind, in the order of the file; of yearly rounds those around a day."""
    if kind == ROUNDS:
        years = range(around.year - 1, around.year + 3)
        return [item for one in rules.rounds.values() for item in of_round(one, clock, years)]
    return [placed(item, starts, clock) for item in procedure_of(rules).windows_of(kind)]


def of_round(item: Round, clock: Clock, years: Iterable[int]) -> list[Opening]:
    """The windows of a round: one, or one in each of several years where it has none of its own."""
    if item.first > _LAST_OF_YEAR:
        spans = [(_date(item.first), _date(item.last))]
    else:
        # A yearly window may run past the end of the year.
        late = int(item.last < item.first)
        spans = [
            (_date(year * 10000 + item.first), _date((year + late) * 10000 + item.last)) for year in years
        ]
    found = []
    for first, last in spans:
        end = clock.printed(Point(datetime(last.year, last.month, last.day), True), True)
        found.append(
            Opening(item.name, item.label, ROUNDS, item.name, clock.day(first), end, "", (), "", item.cite)
        )
    return found


def placed(item: Window, starts: Starts, clock: Clock) -> Opening:
    """A window of the procedure in time."""
    opens, doubts, waits = _opens(item.opens, starts, clock)
    end, more, still = _closes(item, starts, clock)
    waits = waits or still
    if waits:
        opens, end = None, None
    return Opening(
        item.name,
        item.label,
        item.kind,
        item.round,
        opens,
        end,
        waits,
        doubts + more,
        item.note,
        item.cite,
    )


def choose(found: list[Opening], round: str | None, at: DateTime) -> Opening:
    """The one that holds: of the round where it has one, else the one open, the next, or the last to have closed.

    A window that is printed for a round comes before one that is counted from an event.
    """
    of_this = [item for item in found if round and item.round == round]
    general = [item for item in found if not item.round]
    if of_this or (round and general):
        found = of_this or general
    known = [item for item in found if item.opens is not None and item.end is not None]
    for item in known:
        if item.is_open(at):
            return item
    ahead = [item for item in known if item.opens is not None and item.opens > at]
    if ahead:
        return min(ahead, key=lambda item: item.opens or at)
    return max(known, key=lambda item: item.end.last if item.end else at) if known else found[0]


def _opens(end: Point | Term, starts: Starts, clock: Clock) -> tuple[DateTime | None, tuple[Doubt, ...], str]:
    """The first minute, why it may move, and what it waits for."""
    if isinstance(end, Point):
        return clock.local(end.moment), (), ""
    start = starts(end.before or end.since)
    if start is None:
        return None, (), end.before or end.since
    return (*clock.opening(end, start), "")


def _closes(item: Window, starts: Starts, clock: Clock) -> tuple[End | None, tuple[Doubt, ...], str]:
    end = item.closes
    if isinstance(end, Point):
        return clock.printed(end, item.last_inside), (), ""
    start = starts(end.before or end.since)
    if start is None:
        return None, (), end.before or end.since
    found = clock.closing(end, start, item.last_inside)
    return found, found.doubts, ""


def _of_term(term: Term, name: str, start: Start | None, clock: Clock) -> Opening:
    label = term.label or name
    if start is None:
        return Opening(name, label, "", "", None, None, term.since or "start", (), "", term.cite)
    end = clock.closing(term, start)
    opens = start.moment
    if term.before:
        opens, end = clock.opening(term, start)[0], clock.closing(term._replace(unit="", amount=0), start)
    return Opening(name, label, "", "", opens, end, "", end.doubts, "", term.cite)


def _date(number: int) -> date:
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if (month, day) == (2, 29) and not (year % 4 == 0 and (year % 100 or year % 400 == 0)):
        day = 28
    return date(year, month, day)


def _text(moment: datetime | date | str) -> str:
    return moment if isinstance(moment, str) else moment.isoformat()
