"""The time in which a published score can be reviewed, as the policy's `procedure` states it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jifen.document.tree import Mapping, plain

if TYPE_CHECKING:
    from jifen.api import Policy
    from jifen.policy.model import Text

REVIEW = "review"
LONGEST = 1000
"""The longest term, in days, that is counted."""
State = Literal["not_open", "open", "closed"]


class Window(NamedTuple):
    """When a review can be asked for, in the zone of the procedure.

    `opens` and `closes` are minutes; where the policy states days only, `hours` is False and the window closes with
    the last minute of its last day. `inside` says whether the closing minute belongs to it. `provisional` is True
    where the calendar of working days is not known for all of it, so that weekends stand for it.
    """

    opens: datetime
    closes: datetime
    hours: bool
    inside: bool
    zone: str
    label: Text
    cite: tuple[str, ...]
    provisional: bool = False

    def state(self, now: datetime) -> State:
        """Whether the window is open at a minute of its zone."""
        if now < self.opens:
            return "not_open"
        minute = now.replace(second=0, microsecond=0)
        return "open" if minute < self.closes or (self.inside and minute == self.closes) else "closed"


def review_window(policy: Policy, round_name: str, published_on: int) -> Window | None:
    """The window in which a score published on a day (YYYYMMDD) can be reviewed; None where none is stated.

    A window of the procedure whose name begins with `review`, of this round or of none, in which the day lies; else
    the term `review`, counted from the day of publication.
    """
    procedure = _procedure(policy)
    published = _date(published_on)
    for name, window in procedure.get("windows", {}).items():
        if not name.startswith(REVIEW) or window.get("round", round_name) != round_name:
            continue
        opens, closes = _moment(window["from"]), _moment(window["to"])
        if opens and closes and opens.date() <= published <= closes.date():
            return Window(
                opens, closes, True, _inside(procedure), *_where(procedure, window.get("label", ""), window)
            )
    term = procedure.get("terms", {}).get(REVIEW)
    if term is None or not 0 < term.get("working_days", term.get("natural_days", 0)) <= LONGEST:
        return None
    first = published + timedelta(days=term.get("from", "next_day") == "next_day")
    last, provisional = _last_day(first, term, procedure.get("calendar", "weekdays"))
    opens, closes = (datetime.combine(on, datetime.min.time()) for on in (published, last))
    closes += timedelta(hours=23, minutes=59)
    return Window(opens, closes, False, True, *_where(procedure, "", term), provisional)


def materials(policy: Policy, path: str) -> list[Text]:
    """What proves a part in a review, as the procedure lists it.

    The entries `review_<name>` of the indicator, of what it holds and of what holds it; where there are none, its
    entries `<name>`.
    """
    listed = _procedure(policy).get("materials", {})
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


def _procedure(policy: Policy) -> dict[str, Any]:
    node = policy.document.get("procedure")
    found = plain(node) if isinstance(node, Mapping) else {}
    return found if isinstance(found, dict) else {}


def _inside(procedure: dict[str, Any]) -> bool:
    return bool(procedure.get("last_minute", "inside") == "inside")


def _where(procedure: dict[str, Any], label: Text, part: dict[str, Any]) -> tuple[str, Text, tuple[str, ...]]:
    cite = part.get("cite", procedure.get("cite", ()))
    return str(procedure.get("zone", "")), label, (cite,) if isinstance(cite, str) else tuple(cite)


def _last_day(first: date, term: dict[str, Any], calendar: str) -> tuple[date, bool]:
    """The last day of a term whose first day is the first that counts from a date on."""
    if "working_days" not in term:
        return first + timedelta(days=term["natural_days"] - 1), False
    left, day, provisional = term["working_days"], first, False
    while True:
        works, known = _works(day, calendar)
        provisional = provisional or not known
        left -= works
        if left <= 0:
            return day, provisional
        day += timedelta(days=1)


def _works(day: date, calendar: str) -> tuple[bool, bool]:
    """Whether a day is a working day, and whether the calendar knows."""
    weekday = day.weekday() < 5
    if calendar == "weekdays":
        return weekday, True
    try:
        from chinese_calendar import is_workday
    except ImportError:
        return weekday, False
    try:
        return bool(is_workday(day)), True
    except NotImplementedError:
        return weekday, False


def _moment(text: str) -> datetime | None:
    """A minute as a policy writes it; None for a day that no calendar has."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)
