"""What a change of policy does to a population: who gains, who loses, who crosses the line, and through what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from heapq import heappush, heapreplace
from math import isqrt, lcm
from typing import Any, NamedTuple

from jifen.api import Policy
from jifen.errors import ApplicantError, Problem
from jifen.policy.recorded import Line
from jifen.policy.terms import Text
from jifen.regression.impact_sides import Moved, Result, Version, flattened

SHOWN = 10
"""How many of the most affected are shown."""
_Z_SQUARED = Fraction(384146, 100000)
"""The square of 1.96: intervals of 95 in a hundred."""
_FINE = 10**9
_STEP = 500

Progress = Callable[[int], None]


class Share(NamedTuple):
    """A number out of another, and the ends of its confidence interval if they stand for more people."""

    number: int
    of: int
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass
class Part:
    """An indicator, or a group in which not everything counts, on both sides; sums are over people."""

    path: str
    label: Text
    up: int = 0
    down: int = 0
    total: Fraction = Fraction(0)
    helped: int = 0
    """How many came over the line with this as their greatest gain."""
    hurt: int = 0
    """How many fell below the line with this as their greatest loss."""


@dataclass
class Requirement:
    """A requirement, and for how many it began or ceased to stand in the way."""

    name: str
    label: Text
    now_unmet: int = 0
    now_met: int = 0


class Profile(NamedTuple):
    """One of the most affected: the data, as both versions took it, and what they say of it."""

    difference: Fraction
    before: dict[str, Any]
    after: dict[str, Any]
    applicant: dict[str, Any]


@dataclass
class Impact:
    """The figures. People whom a version refuses are counted apart and compared with nobody."""

    before: Policy
    after: Policy
    moved: Moved
    sample: bool
    size: int = 0
    compared: int = 0
    refused_before: int = 0
    refused_after: int = 0
    refused_both: int = 0
    refusals: dict[str, Counter[Problem | str]] = field(default_factory=dict)
    moved_dates: tuple[int, int] = (0, 0)
    gain: int = 0
    lose: int = 0
    came_over: int = 0
    fell_below: int = 0
    qualified_before: int = 0
    qualified_after: int = 0
    sum: Fraction = Fraction(0)
    differences: Counter[Fraction] = field(default_factory=Counter)
    parts: list[Part] = field(default_factory=list)
    rest: Part = field(
        default_factory=lambda: Part("", {"zh": "合计规则、封顶与取舍", "en": "adding up, caps and rounding"})
    )
    requirements: list[Requirement] = field(default_factory=list)
    profiles: list[Profile] = field(default_factory=list)

    @property
    def same(self) -> int:
        """How many keep their total."""
        return self.compared - self.gain - self.lose

    @property
    def mean(self) -> Fraction:
        """The mean difference."""
        return self.sum / self.compared if self.compared else Fraction(0)

    def quantile(self, numerator: int, denominator: int) -> Fraction:
        """The smallest difference that so large a part of the people does not exceed."""
        wanted = -(-self.compared * numerator // denominator)
        seen = 0
        for difference in sorted(self.differences):
            seen += self.differences[difference]
            if seen >= wanted:
                return difference
        return Fraction(0)

    def share(self, number: int, of: int | None = None) -> Share:
        """A number out of those compared, with its interval where they are a sample."""
        of = self.compared if of is None else of
        return Share(number, of, *wilson(number, of)) if self.sample and of else Share(number, of)


def wilson(number: int, of: int) -> tuple[Fraction, Fraction]:
    """The Wilson interval of a share, at 95 in a hundred."""
    share, weight = Fraction(number, of), _Z_SQUARED / of
    middle = (share + weight / 2) / (1 + weight)
    square = (share * (1 - share) / of + weight / (4 * of)) * _Z_SQUARED
    half = Fraction(isqrt(int(square * _FINE * _FINE)), _FINE) / (1 + weight)
    return max(middle - half, Fraction(0)), min(middle + half, Fraction(1))


class _Pair(NamedTuple):
    """Where a part lies in the breakdown of each side, and what makes it a whole number of one denominator."""

    before: tuple[int, int] | None
    after: tuple[int, int] | None


class _Comparer:
    def __init__(self, impact: Impact) -> None:
        self.impact = impact
        before, after = impact.before, impact.after
        lines = list(_common(before.recorded.lines, after.recorded.lines))
        refs = [line.points.type.den for pair in lines for line in pair if line is not None]
        self.den = lcm(*refs, before.recorded.deciding.type.den, after.recorded.deciding.type.den)
        self.pairs: list[_Pair] = []
        for old, new in lines:
            line = new or old
            assert line is not None
            impact.parts.append(Part(line.indicator.path, line.indicator.label))
            self.pairs.append(_Pair(self._at(before, old), self._at(after, new)))
        self.totals = [0] * (len(lines) + 1)
        self.requirements = list(_conditions(impact))
        self.top: list[tuple[Fraction, int, Mapping[str, Any]]] = []

    def _at(self, policy: Policy, line: Line | None) -> tuple[int, int] | None:
        if line is None:
            return None
        return policy.core.position[line.points.slot], self.den // line.points.type.den

    def compare(self, index: int, applicant: Mapping[str, Any], before: Result, after: Result) -> None:
        impact = self.impact
        old = before.total * (self.den // impact.before.recorded.deciding.type.den)
        new = after.total * (self.den // impact.after.recorded.deciding.type.den)
        change = new - old
        difference = Fraction(change, self.den)
        impact.compared += 1
        impact.differences[difference] += 1
        impact.gain += change > 0
        impact.lose += change < 0
        impact.qualified_before += before.qualifies
        impact.qualified_after += after.qualifies
        crossed = after.qualifies - before.qualifies
        impact.came_over += crossed > 0
        impact.fell_below += crossed < 0
        self._parts(before.values, after.values, change, crossed)
        for requirement, here, there in self.requirements:
            met = True if here is None else bool(before.values[here])
            meets = True if there is None else bool(after.values[there])
            requirement.now_unmet += met and not meets
            requirement.now_met += meets and not met
        key = (abs(difference), -index, applicant)
        if change and len(self.top) < SHOWN:
            heappush(self.top, key)
        elif change and key[:2] > self.top[0][:2]:
            heapreplace(self.top, key)

    def _parts(self, before: tuple[Any, ...], after: tuple[Any, ...], change: int, crossed: int) -> None:
        parts = self.impact.parts
        left, best, most = change, -1, 0
        for at, (here, there) in enumerate(self.pairs):
            moved = 0
            if there is not None:
                moved += int(after[there[0]]) * there[1]
            if here is not None:
                moved -= int(before[here[0]]) * here[1]
            if moved:
                part = parts[at]
                part.up += moved > 0
                part.down += moved < 0
                self.totals[at] += moved
                left -= moved
                if moved * crossed > most:
                    best, most = at, moved * crossed
        if left:
            self.impact.rest.up += left > 0
            self.impact.rest.down += left < 0
            self.totals[-1] += left
        if best >= 0:
            parts[best].helped += crossed > 0
            parts[best].hurt += crossed < 0

    def finish(self, versions: tuple[Version, Version]) -> None:
        impact = self.impact
        for part, total in zip((*impact.parts, impact.rest), self.totals, strict=True):
            part.total = Fraction(total, self.den)
        impact.sum = sum((key * count for key, count in impact.differences.items()), Fraction(0))
        for _, _, applicant in sorted(self.top, key=lambda one: one[:2], reverse=True):
            cards = [version.policy.score(version.taken(applicant)) for version in versions]
            impact.profiles.append(
                Profile(
                    cards[1].total - cards[0].total, cards[0].to_dict(), cards[1].to_dict(), dict(applicant)
                )
            )


def impact(
    before: Policy,
    after: Policy,
    people: Iterable[Mapping[str, Any]],
    *,
    sample: bool,
    moved: Moved = "person",
    progress: Progress | None = None,
) -> Impact:
    """Score everybody under both policies and compare. `sample` says that the people stand for more."""
    found = Impact(before, after, moved, sample, refusals={"before": Counter(), "after": Counter()})
    first = Version(before, moved)
    versions = first, Version(after, moved, first)
    comparer = _Comparer(found)
    for index, given in enumerate(people):
        found.size += 1
        results = [
            _result(version, given, found.refusals[side])
            for side, version in zip(("before", "after"), versions, strict=True)
        ]
        old, new = results
        if old is not None and new is not None:
            comparer.compare(index, flattened(given), old, new)
        found.refused_both += old is None and new is None
        found.refused_before += old is None and new is not None
        found.refused_after += new is None and old is not None
        if progress is not None and found.size % _STEP == 0:
            progress(found.size)
    found.moved_dates = versions[0].moved_dates, versions[1].moved_dates
    comparer.finish(versions)
    return found


def _result(version: Version, given: Mapping[str, Any], refusals: Counter[Problem | str]) -> Result | None:
    try:
        return version.score(flattened(given))
    except ApplicantError as error:
        for path in {_general(problem.path) for problem in error.problems}:
            refusals[path] += 1
        return None


def _general(path: str) -> str:
    """A path without the numbers of rows."""
    return "[]".join(part.partition("]")[2] if at else part for at, part in enumerate(path.split("[")))


def _common(before: tuple[Line, ...], after: tuple[Line, ...]) -> Iterable[tuple[Line | None, Line | None]]:
    """The deepest lines that both sides have and whose groups simply add up; those of one side alone."""
    old = {line.indicator.name: line for line in before}
    new = {line.indicator.name: line for line in after}
    for name in dict.fromkeys((*old, *new)):
        here, there = old.get(name), new.get(name)
        if here is not None and there is not None and _adds_up(here) and _adds_up(there):
            yield from _common(here.children, there.children)
        elif here is None and there is not None and _adds_up(there):
            yield from _common((), there.children)
        elif there is None and here is not None and _adds_up(here):
            yield from _common(here.children, ())
        else:
            yield here, there


def _adds_up(line: Line) -> bool:
    item = line.indicator
    plain = item.when is None and item.cap is None and item.floor is None and item.rounding is None
    return bool(line.children) and item.combine == "sum" and plain and line.declined is None


def _conditions(impact: Impact) -> Iterable[tuple[Requirement, int | None, int | None]]:
    sides = [
        {
            condition.requirement.name: (condition.requirement, policy.core.position[condition.met.slot])
            for condition in policy.recorded.eligibility
        }
        for policy in (impact.before, impact.after)
    ]
    for name in dict.fromkeys((*sides[0], *sides[1])):
        old, new = (side.get(name) for side in sides)
        known = new or old
        assert known is not None
        requirement = Requirement(name, known[0].label)
        impact.requirements.append(requirement)
        yield requirement, old and old[1], new and new[1]
