"""Policies and scorecards as a service embeds them: load once, score from any thread."""

from __future__ import annotations

import json
from collections.abc import Collection
from collections.abc import Mapping as Map
from datetime import date
from fractions import Fraction
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jifen.applicant.files import Given, choosing_day, opened
from jifen.applicant.values import Wrong, day
from jifen.compile import check_policy, read
from jifen.document.diagnostics import Diagnostic
from jifen.errors import JifenError, Problem
from jifen.policy.registry import entry_in_force, path_of
from jifen.scheme import Scheme, check_readings
from jifen.scorecard.card import Card
from jifen.scorecard.content import Content

if TYPE_CHECKING:
    import pyarrow

    from jifen.arrow.engines import Backend
    from jifen.bounds.assess import Assessor
    from jifen.bounds.result import Bounds, Question
    from jifen.explain.explainer import Explainer
    from jifen.levers.result import Ways
    from jifen.spread.result import Spread
    from jifen.spread.search import Searcher


class Scorecard(Card):
    """What a policy says of one applicant. Holds integers; everything else is made when it is asked for."""

    __slots__ = ()

    policy: Policy

    def to_dict(self) -> dict[str, Any]:
        """The scorecard as data, as `schemas/scorecard.schema.json` describes it."""
        content: dict[str, Any] = json.loads(self.to_json())
        return content

    def to_json(self) -> str:
        """The same as canonical JSON: equal scorecards are equal texts."""
        return self.policy.content.json(self)

    def explain(self) -> dict[str, Any]:
        """The scorecard as data with what a person who contests a score has to be told.

        Besides what `to_dict` has: each condition taken apart, with what was found, what was needed and the months
        that were missing; the sum behind every number; what lost where only one of several counts; and the months of
        every timeline. It is worked out anew, which takes longer than scoring.
        """
        return self.policy.explainer.explain(self)


class Policy(Scheme):
    """A compiled policy under one choice of readings. Immutable: score from as many threads as you like."""

    def score(self, applicant: Given) -> Scorecard:
        """Score one applicant, a mapping or the path of a YAML or JSON file. Raises ApplicantError."""
        person = self.reader.read(opened(applicant))
        self.round_on(person.date)
        return Scorecard(self, person, self.run(person))

    def bounds(self, applicant: Given) -> Bounds:
        """What can be said of an applicant of whom something is missing: ranges, and what is certain.

        The applicant is a mapping or the path of a file. Raises ApplicantError for what is stated wrongly.
        """
        return self._assessor.assess(opened(applicant))

    def questions(self, applicant: Given) -> tuple[Question, ...]:
        """What is missing of an applicant, that which matters most first. Raises ApplicantError."""
        return self.bounds(applicant).questions

    @cached_property
    def _assessor(self) -> Assessor:
        from jifen.bounds.assess import Assessor

        return Assessor(self)

    def spread(self, applicant: Given) -> Spread:
        """The verdict under every reading, and the combinations of readings best and worst for an applicant.

        Readings chosen when the policy was loaded stay as they are. The applicant is a mapping or the path of a file.
        Raises ApplicantError.
        """
        from jifen.spread.assess import spread

        person = self.read(opened(applicant))
        self.round_on(person.date)
        return spread(self, self._searcher, person)

    @cached_property
    def _searcher(self) -> Searcher:
        from jifen.spread.search import Searcher

        return Searcher(self.source, self.chosen, self.layout)

    def ways(
        self,
        applicant: Given,
        *,
        target: Fraction | int | str | None = None,
        by: date | str | None = None,
        levers: Collection[str] | None = None,
    ) -> Ways:
        """Every least combination of levers with which an applicant reaches the line, the earliest first.

        `target` is another line, an exact number; `by` the last day to apply, five years on by default; `levers` those
        to be looked at. This policy is taken for every day; `jifen.ways` takes that of each. Raises ApplicantError,
        and JifenError for what is asked for wrongly.
        """
        from jifen.levers.assess import ways

        return ways(self, lambda _: self, opened(applicant), target, by, levers)

    def score_table(
        self,
        table: pyarrow.Table,
        *,
        places: int | None = None,
        carry: Collection[str] = (),
        threads: int | None = None,
        backend: Backend | None = None,
    ) -> pyarrow.Table:
        """Score a table of applicants, one in each row: see `jifen.arrow.score`. Needs the extra `arrow`.

        `backend` is `fused` (extra `fast`) or `columns`; without one, large tables are scored by `fused` where it is.

        Raises ApplicantError where no row could be read; what is wrong in single rows stands in their `problems`.
        """
        from jifen.arrow.score import score_table

        return score_table(self, table, places=places, carry=carry, threads=threads, backend=backend)

    @cached_property
    def content(self) -> Content:
        """Writes scorecards as JSON."""
        return Content(self)

    @cached_property
    def explainer(self) -> Explainer:
        """Explains scorecards: what was missing, what lost, and the sums as people write them."""
        from jifen.explain.explainer import Explainer

        return Explainer(self, self.content)


def load(policy: str | PathLike[str], readings: Map[str, str] | None = None) -> Policy:
    """Load a policy by its id (`place/version`) or path. Raises PolicyError, or JifenError when there is none."""
    source = read(path_of(fspath(policy)))
    check_readings(source, readings or {})
    return Policy(source, readings or {})


def resolve(place: str, on: date | str, readings: Map[str, str] | None = None) -> Policy:
    """The policy of a place in force on a day. Raises JifenError that names the nearest ones."""
    try:
        found = day(on)
    except Wrong as wrong:
        raise JifenError(Problem("", wrong.message, wrong.args_)) from None
    when = date(found // 10000, found // 100 % 100, found % 100)
    return load(entry_in_force(place, when).path, readings)


def resolve_for(place: str, applicant: Given, readings: Map[str, str] | None = None) -> Policy:
    """The policy of a place for one applicant, a mapping or the path of a file.

    It is the one in force on the date that the place's versions name in `chosen_by`, by default that of the
    application. Raises ApplicantError where the applicant does not state it, else as `resolve`.
    """
    return resolve(place, choosing_day(place, opened(applicant)), readings)


def ways(
    place: str,
    applicant: Given,
    readings: Map[str, str] | None = None,
    *,
    target: Fraction | int | str | None = None,
    by: date | str | None = None,
    levers: Collection[str] | None = None,
) -> Ways:
    """As `Policy.ways`, with the version of the place that is in force on each day; the last one goes on.

    The levers are those of the version for the applicant's own date. A reading that another version does not have is
    left out there. Raises as `resolve_for` and `Policy.ways`.
    """
    from jifen.levers.assess import ways_at

    applicant = opened(applicant)
    policy = resolve_for(place, applicant, readings)
    return ways_at(place, policy, readings or {}, applicant, target, by, levers)


def check(path: str | PathLike[str]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a policy file, sorted; empty when nothing is."""
    return check_policy(Path(fspath(path)))
