"""The frozen model of a procedure: states, who moves them, windows, terms. No clock runs in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from jifen.document.places import Place

if TYPE_CHECKING:
    from jifen.policy.terms import Cite, Text

Unit = Literal["", "working_days", "natural_days", "months"]
Once = Literal["", "case", "month", "year"]
Result = Literal["", "valid", "suspended", "ended"]

ROUNDS: Final = "rounds"
"""The window that the rounds of application are together."""


class Term(NamedTuple):
    """An amount of time, and what it runs from.

    `since` is an event or a date of the case, "" for the moment at which the state was entered. `before` is a date
    from which it is counted back. `at` is a minute of the last day, 0 to 1439; None for the whole day.
    """

    label: Text
    unit: Unit
    amount: int
    same_day: bool
    since: str
    before: str
    end_of_month: bool
    at: int | None
    cite: tuple[Cite, ...]
    place: Place


class Point(NamedTuple):
    """An end of a window as it is printed: local time, to the minute, or a whole day."""

    moment: datetime
    whole_day: bool


@dataclass(frozen=True, slots=True)
class Window:
    """When something may be done. Its ends are printed, or terms. `last_inside` is of its closing minute."""

    name: str
    label: Text
    kind: str
    round: str
    opens: Point | Term
    closes: Point | Term
    last_inside: bool
    note: Text
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may happen to a case: by whom, in which window, how often, on which days, what it sets."""

    name: str
    label: Text
    by: tuple[str, ...]
    window: str
    once: Once
    working_days: bool
    sets: tuple[str, ...]
    note: Text
    cite: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand. What it `allows` does not leave it; what it `blocks` is refused."""

    name: str
    label: Text
    by: tuple[str, ...]
    allows: tuple[str, ...]
    blocks: tuple[str, ...]
    result: Result
    final: bool
    note: Text
    cite: tuple[Cite, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """From one of some states to another: on an event, or by itself.

    By itself it comes `after` a term, or when its `window` has closed, unless `without` has happened in the state.
    An event that comes later than `within` is refused; one that comes later than `due` is only late.
    """

    label: Text
    sources: tuple[str, ...]
    on: str
    without: str
    after: Term | None
    within: Term | None
    due: Term | None
    window: str
    by: tuple[str, ...]
    to: str
    note: Text
    cite: tuple[Cite, ...]
    place: Place

    @property
    def silent(self) -> bool:
        """Whether it comes by itself."""
        return not self.on


@dataclass(frozen=True, slots=True)
class Procedure:
    """States and clocks of one policy. `zone` is a name of the time-zone database.

    `last_inside` says whether the closing minute is inside, of every term that ends at a time of day.
    """

    calendar: str
    zone: str
    last_inside: bool
    begins: str
    parties: Mapping[str, Text]
    dates: Mapping[str, Text]
    windows: Mapping[str, Window]
    terms: Mapping[str, Term]
    events: Mapping[str, Event]
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    materials: Mapping[str, Text]
    note: Text
    cite: tuple[Cite, ...]
    place: Place

    def moves_from(self, state: str) -> tuple[Move, ...]:
        """The moves that lead out of a state, in the order of the file."""
        return tuple(move for move in self.moves if state in move.sources)

    def windows_of(self, kind: str) -> tuple[Window, ...]:
        """The windows of this name or kind."""
        return tuple(window for window in self.windows.values() if kind in (window.name, window.kind))


class Renewal(NamedTuple):
    """When a result is renewed: how long before its end it opens, and how late it may still be done."""

    opens: Term | None
    grace: Term | None
    ends: Term | None
    after_grace: Text


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a result is valid: until a date, for some months, or for so many rounds."""

    until: str
    months: int
    rounds: int
    renewal: Renewal | None
    note: Text
    cite: tuple[Cite, ...]
    place: Place
