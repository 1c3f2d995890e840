"""The time in which a published score can be reviewed, and what to attach, as the policy's `procedure` states it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from jifen.policy.terms import Cite, Text
from jifen.procedure.clock import Clock, Doubt, End, Start
from jifen.procedure.windows import choose, openings

if TYPE_CHECKING:
    from jifen.api import Policy

REVIEW = "review"
State = Literal["not_open", "open", "closed"]


class Window(NamedTuple):
    """When a review can be asked for, in the zone of the procedure.

    `end.closes` is the minute that is printed, `end.last` the last one inside; where the policy states days only,
    `end.whole_day` is True. `doubts` says which years the calendar of working days does not know yet.
    """

    opens: datetime
    end: End
    zone: str
    label: Text
    cite: tuple[Cite, ...]
    doubts: tuple[Doubt, ...]

    @property
    def inside(self) -> bool:
        """Whether the closing minute belongs to the window."""
        return self.end.last == self.end.closes

    @property
    def provisional(self) -> bool:
        """Whether it may still move."""
        return bool(self.doubts)

    def local(self, now: datetime) -> datetime:
        """A minute in the zone of the window; one without a zone is local time there."""
        minute = now.replace(second=0, microsecond=0)
        zone = self.opens.tzinfo
        return minute.replace(tzinfo=zone) if minute.tzinfo is None else minute.astimezone(zone)

    def state(self, now: datetime) -> State:
        """Whether the window is open at a minute."""
        minute = self.local(now)
        if minute < self.opens:
            return "not_open"
        return "open" if minute <= self.end.last else "closed"


def review_window(policy: Policy, round_name: str, published_on: int) -> Window | None:
    """The window in which a score published on a day (YYYYMMDD) can be reviewed; None where none is stated.

    It is the window of the kind `review` that is printed for the round, or that runs from publication; where there is
    none, the term `review`, if it runs from nothing else.
    """
    procedure = policy.rules.procedure
    if procedure is None:
        return None
    clock = Clock(procedure)
    published = Start(
        clock.day(date(published_on // 10000, published_on // 100 % 100, published_on % 100)), True
    )
    found = openings(policy.rules, REVIEW, lambda _: published, clock, published.moment.date())
    # One that is printed for no round and was over before is that of an earlier publication.
    found = [
        one
        for one in found
        if (one.round == round_name if one.round else not one.has_closed(published.moment))
    ]
    if found:
        one = choose(found, round_name or None, published.moment)
        if one.opens is not None and one.end is not None:
            doubts = tuple(dict.fromkeys(one.doubts))
            return Window(one.opens, one.end, clock.zone, one.label, one.cite, doubts)
    term = procedure.terms.get(REVIEW)
    if term is None or term.since or term.before or not term.unit:
        return None
    end = clock.closing(term, published)
    return Window(published.moment, end, clock.zone, term.label, term.cite, end.doubts)


def materials(policy: Policy, path: str) -> list[Text]:
    """What proves a part in a review, as the procedure lists it.

    The entries `review_<name>` of the indicator, of what it holds and of what holds it; where there are none, its
    entries `<name>`.
    """
    procedure = policy.rules.procedure
    if procedure is None:
        return []
    listed = procedure.materials
    inside = [
        line.indicator.path.rpartition("/")[2]
        for line in policy.recorded.every_line()
        if line.indicator.path == path or line.indicator.path.startswith(path + "/")
    ]
    around = path.split("/")[-2::-1]
    for prefix in (f"{REVIEW}_", ""):
        for names in (inside, around):
            found = [listed[prefix + name] for name in dict.fromkeys(names) if prefix + name in listed]
            if found:
                return found
    return []
