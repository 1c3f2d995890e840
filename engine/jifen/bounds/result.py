"""The bounds of one applicant's score: frozen, and the same data for the same applicant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jifen.policy.terms import Text

if TYPE_CHECKING:
    from jifen.scheme import Scheme

State = Literal["met", "not_met", "open"]


class Range(NamedTuple):
    """The lowest and the highest points there can be, both inside."""

    low: Fraction
    high: Fraction

    @property
    def is_exact(self) -> bool:
        """Whether nothing that is missing matters here."""
        return self.low == self.high

    @property
    def width(self) -> Fraction:
        """What lies between the ends."""
        return self.high - self.low


class Part(NamedTuple):
    """A line of the table: its range, and the paths of the missing inputs on which it may depend."""

    path: str
    label: Text
    points: Range
    waits_for: tuple[str, ...]


class Requirement(NamedTuple):
    """A requirement, veto or gate: met or not whatever is missing, or open. A veto is met when it does not strike."""

    name: str
    label: Text
    veto: bool
    state: State
    waits_for: tuple[str, ...]


class Answered(NamedTuple):
    """What the bounds become with one answer. `qualifies` is None while the verdict stays open."""

    value: object
    label: Text
    total: Range
    qualifies: bool | None


class Question(NamedTuple):
    """A missing input, and what the answer could change.

    `moves` says whether any answer can change the total or the verdict. `decides` says that an answer was found with
    which the verdict is certain; where `complete`, every answer has been tried, else the ends and some values between
    them (of a timeline or record list: that there was nothing). `change` is an upper bound of what this input can
    change the total by while everything else is the same. `width` is how far an end of the total's range can move by
    the answer: where `complete`, as far as the furthest answer moves it, else no further than `change`. `answers` are
    those that have a name.
    """

    path: str
    kind: str
    label: Text
    ask: Text
    moves: bool
    decides: bool
    width: Fraction
    change: Fraction
    complete: bool
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Bounds:
    """What a policy says of an applicant of whom something may be missing.

    Whatever the missing inputs turn out to be, the exact total and every exact part lie in their ranges, and what is
    said to be certain is so. `eligible` and `qualifies` are None while they are open. `date` is YYYY-MM-DD.
    """

    policy: Scheme
    applicant: str
    date: str
    total: Range
    scores: Mapping[str, Range]
    line: Range | None
    parts: tuple[Part, ...]
    requirements: tuple[Requirement, ...]
    gates: tuple[Requirement, ...]
    eligible: bool | None
    qualifies: bool | None
    waits_for: tuple[str, ...]
    """The missing inputs on which the verdict may depend."""
    questions: tuple[Question, ...]
    """Every missing input, that which matters most first."""

    @property
    def certain(self) -> bool:
        """Whether the verdict is the same whatever is missing."""
        return self.qualifies is not None

    def __getitem__(self, path: str) -> Part:
        """A line of the table by its path, or by its name where only one has it. Raises KeyError."""
        wanted = self.policy.line(path).indicator.path
        return next(part for part in self.parts if part.path == wanted)

    def to_dict(self) -> dict[str, Any]:
        """The bounds as data, as `schemas/bounds.schema.json` describes it."""
        from jifen.bounds.content import content

        return content(self)

    def to_json(self) -> str:
        """The same as canonical JSON: equal bounds are equal texts."""
        from jifen.scorecard.template import canonical

        return canonical(self.to_dict())
