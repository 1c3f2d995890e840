"""Terms become moments: in the zone of the scheme, by its calendar, to the minute."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import pendulum
from pendulum import DateTime

from jifen.policy.procedure_model import Point, Procedure, Term
from jifen.procedure.calendars import Calendar, Span, calendar

_LAST = 23 * 60 + 59
_MINUTE = timedelta(minutes=1)


class Doubt(NamedTuple):
    """Why a moment is provisional: a year that the calendar of working days does not know yet."""

    calendar: str
    year: int
    known: Span


class Start(NamedTuple):
    """What a term runs from: a minute, or a whole day, whose first minute `moment` then is."""

    moment: DateTime
    whole_day: bool

    @property
    def last(self) -> DateTime:
        """The last minute that it can mean."""
        return self.moment.replace(hour=23, minute=59) if self.whole_day else self.moment


Starts = Callable[[str], Start | None]
"""When an event last happened, or a date of the case; None where neither is known."""


class End(NamedTuple):
    """The last minute inside a term or window, as printed, and why it may move.

    `closes` is what a notice prints; `last` is the minute before it where the closing minute is outside.
    `whole_day` is true where only a day is known, so `closes` is that day's last minute.
    """

    closes: DateTime
    last: DateTime
    whole_day: bool
    doubts: tuple[Doubt, ...] = ()


class Clock:
    """Reads moments and counts terms for one procedure. It has no time of its own."""

    def __init__(self, procedure: Procedure | None) -> None:
        self.zone = (procedure.zone if procedure else "") or "UTC"
        self._calendar = (procedure.calendar if procedure else "") or "weekdays"
        self._last_inside = procedure.last_inside if procedure else True

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar of working days. Raises JifenError where its library is not installed."""
        return calendar(self._calendar)

    def local(self, moment: datetime) -> DateTime:
        """A moment in the zone of the scheme: one without a zone is read as local time."""
        if moment.tzinfo is None:
            return pendulum.instance(moment, tz=self.zone)
        return pendulum.instance(moment).in_timezone(self.zone)

    def day(self, found: date, minute: int = 0) -> DateTime:
        """A minute of a day, the first unless stated: as the clocks there show it, also where they change."""
        return pendulum.datetime(found.year, found.month, found.day, minute // 60, minute % 60, tz=self.zone)

    def start(self, text: str) -> Start:
        """`2025-05-26T09:00`, with or without an offset, or a day alone. Raises ValueError."""
        if len(text) == 10:
            return Start(self.day(date.fromisoformat(text)), True)
        if len(text) < 16 or text[10] not in "T ":
            raise ValueError(text)
        # Seconds decide nothing: a window is open for the whole of its last minute.
        return Start(self.local(datetime.fromisoformat(text)).replace(second=0, microsecond=0), False)

    def reached(self, term: Term, start: date) -> tuple[date, tuple[Doubt, ...]]:
        """The day on which a term that runs from a day ends, or from which it is counted back."""
        step = -1 if term.before else 1
        first = 1 if term.same_day and term.amount else 0
        found = start
        doubts: tuple[Doubt, ...] = ()
        if term.unit == "natural_days":
            found = start + timedelta(days=step * (term.amount - first))
        elif term.unit == "months":
            found = months_from(start, step * term.amount) - timedelta(days=step * first)
        elif term.unit == "working_days":
            counted = term.amount - (first if self.calendar.works(start) else 0)
            found = self.calendar.after(start, counted, step)
            doubts = self.doubts(start, found)
        if term.end_of_month:
            found = found.replace(day=monthrange(found.year, found.month)[1])
        return found, doubts

    def doubts(self, first: date, last: date) -> tuple[Doubt, ...]:
        """Why what was found between two days may move."""
        year, known = self.calendar.unsure(first, last), self.calendar.known
        return () if year is None or known is None else (Doubt(self.calendar.name, year, known),)

    def closing(self, term: Term, start: Start, inside: bool | None = None) -> End:
        """The end of a term; `inside` is of its closing minute, by default as the procedure says."""
        if _is_moment(term) and not start.whole_day:
            return self._ended(start.moment, False, (), True)
        day, doubts = self.reached(term, start.moment.date())
        if term.at is None:
            return self._ended(self.day(day, _LAST), True, doubts, True)
        inside = self._last_inside if inside is None else inside
        return self._ended(self.day(day, term.at), False, doubts, inside)

    def opening(self, term: Term, start: Start) -> tuple[DateTime, tuple[Doubt, ...]]:
        """The first minute of what a term opens."""
        if _is_moment(term) and not start.whole_day:
            return start.moment, ()
        day, doubts = self.reached(term, start.moment.date())
        return self.day(day, term.at or 0), doubts

    def printed(self, point: Point, inside: bool) -> End:
        """The end of a window whose ends are printed."""
        if point.whole_day:
            return self._ended(self.day(point.moment.date(), _LAST), True, (), True)
        return self._ended(self.local(point.moment), False, (), inside)

    def _ended(self, closes: DateTime, whole_day: bool, doubts: tuple[Doubt, ...], inside: bool) -> End:
        return End(closes, closes if inside else closes - _MINUTE, whole_day, doubts)


def _is_moment(term: Term) -> bool:
    """Whether a term has no length, so that it is the moment itself from which it runs."""
    return not term.unit and not term.end_of_month and term.at is None


def months_from(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
