"""The frozen model of a policy file: what its sections say, with every place kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from jifen.document.places import Place
from jifen.language.expression import Expression
from jifen.policy.levers import Lever
from jifen.policy.procedure_model import Procedure, Validity
from jifen.policy.terms import Cite, Keep, Rounding, Text, Within, Word
from jifen.rules.model import Rule


class Source(NamedTuple):
    """A document that the policy rests on."""

    name: str
    title: Text
    kind: str
    issuer: str
    number: str
    date: str
    url: str
    note: Text


class Reading(NamedTuple):
    """An open question of the text, its answers, and the one taken."""

    name: str
    question: Text
    options: Mapping[str, Text]
    default: str
    chosen: str
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Input:
    """A fact, or an attribute of a timeline or record list."""

    name: str
    type: str
    label: Text
    options: Mapping[str, Text]
    many: bool
    required: bool
    default: object
    decimals: int
    low: Fraction | None
    high: Fraction | None
    place: Place
    declared: bool = False
    """Whether the office has yet to check what the applicant states."""
    default_place: Place | None = None
    low_place: Place | None = None

    @property
    def optional(self) -> bool:
        """Whether it may be absent, so that an expression must ask first."""
        return not self.required and self.default is None


@dataclass(frozen=True, slots=True)
class Timeline:
    """Spells of months with attributes. `started` counts a month that a spell only began or ended in."""

    name: str
    label: Text
    attributes: Mapping[str, Input]
    started: bool
    optional: bool
    at_most: int
    place: Place


@dataclass(frozen=True, slots=True)
class RecordList:
    """Dated events with attributes, at most so many."""

    name: str
    label: Text
    attributes: Mapping[str, Input]
    at_most: int
    optional: bool
    place: Place


class Person(NamedTuple):
    """Somebody else whose inputs are read: those that the applicant has too, and those of this person's own."""

    name: str
    label: Text
    shares: tuple[str, ...]
    own: tuple[str, ...]
    required: bool
    place: Place
    share_places: Mapping[str, Place]

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of everything that is known of this person."""
        return self.shares + self.own


@dataclass(frozen=True, slots=True)
class Series:
    """Reference values by month; `starts` are months as `year * 12 + month - 1`, ascending."""

    name: str
    label: Text
    starts: tuple[int, ...]
    values: tuple[Fraction, ...]
    unit: str
    place: Place


@dataclass(frozen=True, slots=True)
class Anchor:
    """A date computed from another: moved by years, months and days, then set to a month or day."""

    name: str
    label: Text
    of: Expression
    years: int
    months: int
    days: int
    year: int | None
    month: int | None
    day: int | None
    fixed: int | None
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Round:
    """An application round. `first` and `last` are dates YYYYMMDD, or MMDD for a window of every year."""

    name: str
    label: Text
    first: int
    last: int
    anchors: Mapping[str, Anchor]
    cite: tuple[Cite, ...]
    place: Place
    window: Place


@dataclass(frozen=True, slots=True)
class MonthSet:
    """A named month set: of a timeline, of another set with more conditions, or an expression over sets.

    `last` takes only so many months back from its end.
    """

    name: str
    label: Text
    of: Word | None
    keep: tuple[Keep, ...]
    first: Expression | None
    end: Expression | None
    expression: Expression | None
    last: int
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class RecordSet:
    """A named part of a record list."""

    name: str
    label: Text
    records: Expression
    keep: tuple[Keep, ...]
    within: Within | None
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Named:
    """A named value, or a check: an expression with a label."""

    name: str
    label: Text
    expression: Expression
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class MonthlyValue:
    """A number for each month of a month set; `overlap` says which counts where a month has several spells."""

    name: str
    label: Text
    over: Expression
    value: Expression
    overlap: str
    place: Place


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must hold (or, for a veto, must not) for an application to count."""

    name: str
    label: Text
    veto: bool
    expression: Expression
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """A line of the official table: a rule, or a group of lines."""

    name: str
    path: str
    label: Text
    cite: tuple[Cite, ...]
    kind: str
    rule: Rule | None
    when: Expression | None
    children: tuple[Indicator, ...]
    combine: str
    rounding: Rounding | None
    floor: Fraction | None
    cap: Fraction | None
    place: Place
    person: str = ""
    declinable: Expression | None = None
    chosen: Expression | None = None
    name_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """A named total: of everything, of the indicators and scores listed, or an expression over them."""

    name: str
    label: Text
    parts: tuple[Word, ...] | None
    expression: Expression | None
    rounding: Rounding | None
    floor: Fraction | None
    cap: Fraction | None
    place: Place


@dataclass(frozen=True, slots=True)
class Rank:
    """Admission by rank: what is compared, in order, and how many are admitted."""

    by: tuple[Expression, ...]
    quota: int | None
    joint: bool
    place: Place


class Allocate(NamedTuple):
    """Places by rank and preference: how many preferences count, and whether others move up."""

    preferences: int
    substitutes: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a total decides: a line to be reached or passed, gates, and a ranking.

    `score` names the score, or is `chosen:fact` where the fact's options are names of scores.
    """

    score: str
    line: Expression | None
    above: bool
    gates: tuple[Requirement, ...]
    rank: Rank | None
    recognised: tuple[str, ...]
    cite: tuple[Cite, ...]
    place: Place
    chosen: Expression | None
    score_place: Place
    allocate: Allocate | None = None
    validity: Validity | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a policy file says, under one choice of readings."""

    id: str
    title: Text
    in_force: tuple[str, str]
    reviewed_on: str
    sources: Mapping[str, Source]
    readings: Mapping[str, Reading]
    rounds: Mapping[str, Round]
    anchors: Mapping[str, Anchor]
    age: Literal["birthday", "day_after"]
    people: Mapping[str, Person]
    facts: Mapping[str, Input]
    timelines: Mapping[str, Timeline]
    records: Mapping[str, RecordList]
    series: Mapping[str, Series]
    months: Mapping[str, MonthSet]
    record_sets: Mapping[str, RecordSet]
    values: Mapping[str, Named]
    monthly: Mapping[str, MonthlyValue]
    eligibility: Mapping[str, Requirement]
    indicators: tuple[Indicator, ...]
    rounding: Rounding | None
    round_each: bool
    scores: Mapping[str, Score]
    outcome: Outcome
    checks: Mapping[str, Named]
    place: Place
    procedure: Procedure | None = None
    levers: Mapping[str, Lever] = field(default_factory=dict)

    def every_indicator(self) -> list[Indicator]:
        """Groups and what they hold, in the order of the file."""
        found: list[Indicator] = []
        todo = list(reversed(self.indicators))
        while todo:
            found.append(todo.pop())
            todo.extend(reversed(found[-1].children))
        return found

    def leaves(self) -> list[Indicator]:
        """The indicators that are not groups, in the order of the file."""
        return [indicator for indicator in self.every_indicator() if not indicator.children]
