"""The terms that every part of the model is made of: texts, citations, words, durations, points, conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from jifen.document.places import Place
from jifen.language.expression import Expression

Text = str | Mapping[str, str]
"""A text, or the same text by language."""


class Cite(NamedTuple):
    """A source of the policy, and the clause in it ("" for the whole)."""

    source: str
    clause: str

    def __str__(self) -> str:
        return f"{self.source}#{self.clause}" if self.clause else self.source


class Word(NamedTuple):
    """A name that the file mentions, and where."""

    text: str
    place: Place


class Duration(NamedTuple):
    """An amount of time in its own unit: months, years or days."""

    months: int = 0
    years: int = 0
    days: int = 0

    @property
    def in_months(self) -> int:
        """Months and years as months."""
        return self.months + 12 * self.years


@dataclass(frozen=True, slots=True)
class Rounding:
    """A number becomes a multiple of `to`."""

    to: Fraction
    ties: str


@dataclass(frozen=True, slots=True)
class Points:
    """Points: one expression, or an expression for each option of a choice; `options` says where each stands."""

    single: Expression | None
    table: Mapping[str, Expression]
    options: Mapping[str, Place]
    place: Place


@dataclass(frozen=True, slots=True)
class Keep:
    """A condition on the rows, or a month set to be in or not in; what fails it is left out for the reason.

    `first` and `last` limit a condition to some months: the others of the row need not meet it.
    """

    when: Expression | None
    inside: Expression | None
    outside: Expression | None
    first: Expression | None
    last: Expression | None
    reason: Text
    cite: tuple[Cite, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Within:
    """A window of time before an anchor; `inside` says whether its first day belongs to it."""

    length: Duration
    calendar_years: int
    before: Expression
    inside: bool
    place: Place
