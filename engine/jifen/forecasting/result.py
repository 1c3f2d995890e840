"""A forecast: frozen, and the same data for the same applicant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from jifen.errors import Problem
from jifen.forecasting.assumptions import Assumption
from jifen.policy.registry import Stretch
from jifen.policy.terms import Text

EventKind = Literal[
    "requirement", "gate", "check", "condition", "band", "rate", "start", "cap", "record", "choice", "line",
    "rules_begin", "rules_end",
]  # fmt: skip
Cause = Literal["time", "assumption", "rules"]


class RulesUsed(NamedTuple):
    """A version: its id, digest and title, the days on which it is used, and its last day in force (None: no end)."""

    id: str
    digest: str
    title: Text
    first: date
    last: date
    end: date | None
    has_rounds: bool

    @property
    def beyond(self) -> bool:
        """Whether it is used after its end: under the present rules."""
        return self.end is not None and self.end < self.last


class ValueRead(NamedTuple):
    """Something that a rule read, before and after: the reading of a scorecard, and both values."""

    reading: Mapping[str, Any]
    before: str
    after: Mapping[str, Any]


class RateChange(NamedTuple):
    """A ledger, and the rate of its newest months before and after, by month or year; "" where it had none."""

    id: str
    label: Text
    before: str
    after: str
    per: str


class PartChange(NamedTuple):
    """A line of the table that is no group: its points before and after, and the months counted more (or fewer)."""

    path: str
    label: Text
    before: Fraction
    after: Fraction
    months: int


class Event(NamedTuple):
    """Something that changes between two openings, or in one.

    `on` is the day, or the month where `monthly`: for a rate, the month that is the first to have it. `settled` says
    that it is a day to which points are settled, not one of application; `exact` is False where the day could not be
    told from the days around it: then it is the first day of the opening. `opening` is the position of the first
    opening that shows the event.

    `before` and `after` are, by kind: whether a requirement is met, a condition holds, a check strikes, a cap bites
    ("true", "false"); the points of a band; the ids of what counts, with their labels under `names`; the points of a
    record ("" where it did not count); the ids of versions. `month` says which counted month it is.
    """

    kind: EventKind
    on: date
    monthly: bool
    opening: int
    cause: Cause
    path: str
    label: Text
    before: str
    after: str
    exact: bool = True
    settled: bool = False
    month: int = 0
    record: str = ""
    reason: Text = ""
    reads: tuple[ValueRead, ...] = ()
    rates: tuple[RateChange, ...] = ()
    changes: tuple[PartChange, ...] = ()
    names: tuple[Text, Text] = ("", "")
    assumption: int | None = None


class Step(NamedTuple):
    """From a day of an opening on: the total and the verdict."""

    on: date
    total: Fraction
    eligible: bool
    qualifies: bool


class Standing(NamedTuple):
    """One opening, and how the applicant stands in it.

    `steps` begins with its first day; another follows wherever the total or the verdict changes within it. It is empty
    where the rules ask for what is not stated; `problems` then says what. `changes` is against the opening before.
    `round` is "" where the scheme has none. `moved` and `beyond` are those of `Opening`.
    """

    rules: int
    first: date
    last: date
    round: str
    label: Text
    moved: int
    beyond: bool
    settled: date | None
    line: Fraction | None
    steps: tuple[Step, ...]
    unmet: tuple[tuple[str, Text], ...]
    changes: tuple[PartChange, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def meets(self) -> date | None:
        """The first day of the opening on which the applicant qualifies."""
        return next((step.on for step in self.steps if step.qualifies), None)

    @property
    def total(self) -> Fraction:
        """The total on its first day."""
        return self.steps[0].total


@dataclass(frozen=True)
class Forecast:
    """What comes for one applicant, as long as what is stated goes on as it is."""

    applicant: str
    place: str
    since: date
    until: date
    rules: tuple[RulesUsed, ...]
    uncovered: tuple[Stretch, ...]
    assumptions: tuple[Assumption, ...]
    standings: tuple[Standing, ...]
    events: tuple[Event, ...]
    """By the opening that shows them, then by date."""

    @property
    def first(self) -> Standing | None:
        """The first opening in which the line is met; None where there is none."""
        return next((one for one in self.standings if one.meets), None)

    @property
    def first_day(self) -> date | None:
        """The first day on which an application would qualify."""
        return self.first.meets if self.first else None

    @property
    def first_position(self) -> int | None:
        """The position of `first` among the standings."""
        return self.standings.index(self.first) if self.first else None

    def events_of(self, position: int) -> tuple[Event, ...]:
        """What changes on the way to an opening, and in it."""
        return tuple(one for one in self.events if one.opening == position)

    def to_dict(self) -> dict[str, Any]:
        """The forecast as data, as `schemas/forecast.schema.json` describes it."""
        from jifen.forecasting.content import content

        return content(self)

    def to_json(self) -> str:
        """The same as canonical JSON: equal forecasts are equal texts."""
        from jifen.scorecard.template import canonical

        return canonical(self.to_dict())
