"""What recording a policy leaves behind: where each of its results lies in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from jifen.document.places import Place
from jifen.language.values import Value
from jifen.plan.slots import Ref
from jifen.policy.model import Indicator, Named, Requirement, Rules
from jifen.rules.scoring import Scored


class Read(NamedTuple):
    """Something a rule read: its text, what it stands for, and whether it was given (None: always)."""

    text: str
    value: Value
    given: Ref | None


@dataclass(frozen=True)
class Line:
    """A recorded indicator: whether it applies, its points before and after the cap, and how they came about."""

    indicator: Indicator
    applies: Ref
    uncapped: Ref
    points: Ref
    scored: Scored
    reads: tuple[Read, ...]
    children: tuple[Line, ...]
    declined: Ref | None


@dataclass(frozen=True)
class Condition:
    """A recorded requirement, veto, gate or check."""

    requirement: Requirement | Named
    met: Ref
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class Recorded:
    """Where the results of a policy lie in the plan."""

    rules: Rules
    lines: tuple[Line, ...]
    eligibility: tuple[Condition, ...]
    gates: tuple[Condition, ...]
    checks: tuple[Condition, ...]
    scores: dict[str, Ref]
    anchors: dict[str, Ref]
    eligible: Ref
    qualifies: Ref
    deciding: Ref
    line: Ref | None
    rank: tuple[Ref, ...]
    used: frozenset[str]
    conditions: Mapping[Place, Fraction | None]
    """Every condition by its place: 1 or 0 where it is the same for everybody, else None."""
    levers: tuple[Condition, ...] = ()
    """What each lever that presumes something presumes."""

    def leaves(self) -> list[Line]:
        """The lines that are not groups, in the order of the file."""
        found: list[Line] = []
        for line in self.lines:
            found.extend(_leaves(line))
        return found

    def every_line(self) -> list[Line]:
        """All lines, groups before what they hold."""
        return [line for top in self.lines for line in with_children(top)]


def _leaves(line: Line) -> list[Line]:
    return [leaf for child in line.children for leaf in _leaves(child)] if line.children else [line]


def with_children(line: Line) -> list[Line]:
    return [line, *(found for child in line.children for found in with_children(child))]
