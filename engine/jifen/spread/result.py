"""The verdicts of one applicant under the readings of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jifen.policy.terms import Text

if TYPE_CHECKING:
    from jifen.scheme import Scheme

Proof = Literal["exhaustive", "coordinate"]


class Verdict(NamedTuple):
    """A total and whether the applicant qualifies. What qualifies is better, then the higher total."""

    qualifies: bool
    total: Fraction


class OtherOption(NamedTuple):
    """One option taken instead of the one taken now, and what it makes of the applicant."""

    option: str
    label: Text
    verdict: Verdict
    changed: tuple[str, ...]
    """The lines and requirements that change: paths of lines, `eligibility.name`."""


class ReadingSpread(NamedTuple):
    """A reading of which some option changes something for this applicant."""

    name: str
    question: Text
    chosen: str
    label: Text
    others: tuple[OtherOption, ...]


class Combination(NamedTuple):
    """Readings taken together, those that differ from the ones taken now, and what they make of the applicant."""

    readings: Mapping[str, str]
    verdict: Verdict


@dataclass(frozen=True)
class Spread:
    """What the readings make of one applicant.

    `readings` are those of which an option changes a line, a requirement, the total or the verdict by itself. Each of
    the readings `without_effect` changes nothing by itself, neither from what is taken now nor from the best and the
    worst combination; what they would do together with others has not been tried. Where `proof` is `exhaustive`,
    every one of the `combinations` of the readings `searched` was tried; where it is `coordinate` they were too many,
    and best and worst are combinations that no single change makes better or worse. `tried` counts the combinations
    that were computed, `refused` those among them that are no policy. `fixed` readings stay as the caller chose them.
    """

    policy: Scheme
    applicant: str
    date: str
    verdict: Verdict
    readings: tuple[ReadingSpread, ...]
    without_effect: tuple[str, ...]
    fixed: tuple[str, ...]
    best: Combination
    worst: Combination
    searched: tuple[str, ...]
    proof: Proof
    combinations: int
    tried: int
    refused: int

    @property
    def qualifies(self) -> bool:
        """The verdict under the readings taken now."""
        return self.verdict.qualifies

    @property
    def total(self) -> Fraction:
        """The total under the readings taken now."""
        return self.verdict.total

    def to_dict(self) -> dict[str, Any]:
        """The spread as data, as `schemas/spread.schema.json` describes it."""
        from jifen.spread.content import content

        return content(self)

    def to_json(self) -> str:
        """The same as canonical JSON."""
        from jifen.scorecard.template import canonical

        return canonical(self.to_dict())
