"""Calendars of working days: weekends, an official calendar with its make-up workdays, and changes from a file."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.document.schema import check
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.document.yaml_reader import read_path
from jifen.errors import JifenError, Problem, raise_errors
from jifen.policy.terms import Text
from jifen.procedure import messages
from jifen.resources import calendars_dirs

_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)
_FURTHEST: Final = 4000
"""Days to look for a working day: a calendar without any would have no end."""


class Span(NamedTuple):
    """The years that a calendar knows, both inside, and who says so."""

    first: int
    last: int
    said_by: str


@dataclass(frozen=True)
class Calendar:
    """Which days are working days. `off` and `worked` are days that differ from the weekends' pattern.

    `known` is None where the pattern holds for ever. A day of any other year is taken by the pattern alone, and
    whatever depends on it is provisional.
    """

    name: str
    known: Span | None = None
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    notes: Map[date, Text] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Whether a day is a working day."""
        if day in self.worked:
            return True
        return day not in self.off and day.weekday() < _SATURDAY

    def unsure(self, first: date, last: date) -> int | None:
        """The first year between two days that the calendar does not know; None when it knows all of them."""
        if self.known is None:
            return None
        for year in range(min(first, last).year, max(first, last).year + 1):
            if not self.known.first <= year <= self.known.last:
                return year
        return None

    def after(self, day: date, count: int, step: int = 1) -> date:
        """The `count`-th working day after `day`, or before it where `step` is -1; `day` itself for 0."""
        for _ in range(_FURTHEST):
            if count <= 0:
                return day
            day += step * _DAY
            count -= self.works(day)
        raise JifenError(Problem("", messages.NO_WORKING_DAYS, {"name": self.name}))


def calendar(name: str) -> Calendar:
    """The calendar of this name, with the changes of its file. Raises JifenError, PolicyError for a wrong file."""
    return _calendar(name, calendars_dirs())


@cache
def _calendar(name: str, folders: tuple[Path, ...]) -> Calendar:
    found = _china() if name == "china" else Calendar(name)
    for folder in reversed(folders):
        path = folder / f"{name}.yaml"
        if path.is_file():
            found = _changed(found, path)
    return found


def _china() -> Calendar:
    try:
        from chinese_calendar import __version__
        from chinese_calendar.constants import holidays, workdays
    except ImportError as error:
        raise JifenError(Problem("", messages.NO_LIBRARY, {"library": "chinesecalendar"})) from error
    years = [day.year for day in holidays]
    known = Span(min(years), max(years), f"chinesecalendar {__version__}")
    return Calendar("china", known, frozenset(holidays), frozenset(workdays))


def _changed(base: Calendar, path: Path) -> Calendar:
    """A calendar with the days of a file. What a file says comes last, so it may undo an announcement."""
    diagnostics = Diagnostics()
    node = read_path(str(path), diagnostics)
    if node is not None:
        check(node, "calendar", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    off, notes = _days(node.get("days_off"), diagnostics)
    worked, more = _days(node.get("days_worked"), diagnostics)
    for day in sorted(off.keys() & worked.keys()):
        diagnostics.add(messages.OFF_AND_WORKED, worked[day].place, day=day)
    raise_errors(diagnostics)
    known = base.known
    years = node.get("years")
    if isinstance(years, Mapping):
        first, last = (_year(years.get(key)) for key in ("from", "to"))
        said_by = f"{known.said_by}, {path.name}" if known else path.name
        # Years that only the file knows must touch those known before: a hole between them would be forgotten.
        known = (
            Span(min(first, known.first), max(last, known.last), said_by)
            if known
            else Span(first, last, said_by)
        )
    return Calendar(
        base.name,
        known,
        (base.off - worked.keys()) | off.keys(),
        (base.worked - off.keys()) | worked.keys(),
        {**base.notes, **notes, **more},
    )


def _days(node: Node | None, diagnostics: Diagnostics) -> tuple[dict[date, Node], dict[date, Text]]:
    found: dict[date, Node] = {}
    notes: dict[date, Text] = {}
    for item in node.items if isinstance(node, Sequence) else ():
        assert isinstance(item, Mapping)
        first = _date(item.get("from") or item.get("date"), diagnostics)
        last = _date(item.get("to") or item.get("from") or item.get("date"), diagnostics)
        if first is None or last is None:
            continue
        if last < first:
            diagnostics.add(messages.DAYS_BACKWARDS, item.place, first=first, last=last)
        for ahead in range((last - first).days + 1):
            day = first + ahead * _DAY
            found[day] = item
            notes[day] = _text(item.get("why"))
    return found, notes


def _date(node: Node | None, diagnostics: Diagnostics) -> date | None:
    if not isinstance(node, Scalar):
        return None
    try:
        return date.fromisoformat(node.raw)
    except ValueError:
        diagnostics.add(messages.NO_SUCH_DAY, node.place, text=node.raw)
        return None


def _year(node: Node | None) -> int:
    return node.value if isinstance(node, Scalar) and type(node.value) is int else 0


def _text(node: Node | None) -> Text:
    if isinstance(node, Mapping):
        return {entry.key: entry.value.raw for entry in node.entries if isinstance(entry.value, Scalar)}
    return node.raw if isinstance(node, Scalar) else ""
