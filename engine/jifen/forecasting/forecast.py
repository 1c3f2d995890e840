"""The forecast of one applicant: opening by opening, version by version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from jifen.api import Policy, load
from jifen.applicant.files import read_applicant
from jifen.applicant.read import Person
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.forecasting import messages
from jifen.forecasting.assumptions import Assumption, Future, read_assumptions
from jifen.forecasting.between import Between, Change, Point
from jifen.forecasting.days import DAY, in_years, integer, of_integer
from jifen.forecasting.events import Shown, by_opening, events_of
from jifen.forecasting.features import Marked, marks, nodes
from jifen.forecasting.moving import movable
from jifen.forecasting.openings import Opening, openings, rule_sets
from jifen.forecasting.parts import part_changes
from jifen.forecasting.result import Event, Forecast, RulesUsed, Standing, Step
from jifen.forecasting.scorer import Scorer
from jifen.forecasting.span import span_of
from jifen.policy.registry import APPLICATION, Entry, registry, unknown
from jifen.policy.terms import Text
from jifen.policy.versions import chosen_by

_NOWHERE = Path()

Given = Mapping[str, Any] | str | PathLike[str]


def forecast(
    applicant: Given,
    *,
    place: str | None = None,
    policy: Policy | str | PathLike[str] | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    assume: Given | None = None,
    readings: Mapping[str, str] | None = None,
    versions: Sequence[Policy] = (),
) -> Forecast:
    """What comes for an applicant, a mapping or the path of a file: see `Forecast`.

    `place` takes the version in force on each day, `policy` one version for all days from its first on. `since` is by
    default the applicant's date, `until` a day, or a month such as `2030-12` to its end. `assume` is what is assumed
    to happen, as `schemas/assumptions.schema.json` describes it. `readings` are taken in every version that has them.
    `versions` are policies to be used in the place of those of the same id, such as one that is being changed.
    Raises ApplicantError for what is wrong in the applicant or the assumptions, PolicyError, and JifenError for a
    place, a policy, a reading or days for which there is nothing.
    """
    if (place is None) is (policy is None):
        raise JifenError(Problem("", messages.POLICY_OR_PLACE))
    data = applicant if isinstance(applicant, Mapping) else read_applicant(fspath(applicant))
    assumed = assume if assume is None or isinstance(assume, Mapping) else read_applicant(fspath(assume))
    begins, ends = span_of(data, since, until)
    changes = () if assumed is None else read_assumptions(assumed)
    return _Forecaster(data, changes, place, policy, begins, ends, readings or {}, versions).forecast()


class _Forecaster:
    def __init__(
        self,
        data: Mapping[str, Any],
        assumptions: tuple[Assumption, ...],
        place: str | None,
        policy: Policy | str | PathLike[str] | None,
        since: date,
        until: date,
        readings: Mapping[str, str],
        versions: Sequence[Policy],
    ) -> None:
        self.data = data
        self.since, self.until = since, until
        self.assumptions = assumptions
        if place is None:
            assert policy is not None
            only = policy if isinstance(policy, Policy) else load(policy)
            first, last = only.rules.in_force
            place_of, _, version = only.id.rpartition("/")
            entries = [Entry(only.id, place_of, version, only.title, first, last, _NOWHERE)]
            self.place = place_of
        else:
            only = None
            known = registry()
            entries = [entry for entry in known if entry.place == place]
            if not entries:
                from jifen.policy import messages as policy_messages

                raise unknown(policy_messages.NO_PLACE, place, sorted({entry.place for entry in known}))
            self.place = place
        self.used, self.uncovered = rule_sets(entries, since, until)
        own = {one.id: one for one in versions}
        policies = [only or own.get(one.entry.id) or load(one.entry.path) for one in self.used]
        self.policies = _read_so(policies, readings)
        self._scorers: dict[tuple[int, bool], Between] = {}

    def forecast(self) -> Forecast:
        every = [
            opening
            for at, used in enumerate(self.used)
            for opening in openings(at, used, tuple(self.policies[at].rules.rounds.values()))
        ]
        every.sort(key=lambda one: (one.first, one.last))
        if not every:
            args = {"first": self.since.isoformat(), "last": self.until.isoformat()}
            raise JifenError(Problem("", messages.NOT_COVERED, args))
        standings: list[Standing] = []
        events: list[Event] = []
        errors: list[ApplicantError] = []
        before: Opening | None = None
        for position, opening in enumerate(every):
            try:
                standing = self._standing(opening, self._cards(before)[0] if before else None)
            except ApplicantError as error:
                errors.append(error)
                standing = self._unknown(opening, error)
            standings.append(standing)
            events += self._rules_events(position, before, opening)
            if standing.steps:
                events += self._events(position, before, opening)
                before = opening
        self._check_errors(errors, standings)
        return Forecast(
            applicant=str(self.data.get("applicant", "")),
            place=self.place,
            since=self.since,
            until=self.until,
            rules=tuple(self._rules_used(at) for at in range(len(self.used))),
            uncovered=tuple(self.uncovered),
            assumptions=self.assumptions,
            standings=tuple(standings),
            events=tuple(by_opening(events)),
        )

    def _check_errors(self, errors: list[ApplicantError], standings: list[Standing]) -> None:
        """Raise what is wrong for all versions: with the applicant, or with an assumption from its date on."""
        if len(errors) == len(standings):
            raise errors[0]
        for one in self.assumptions:
            at = f"assume[{one.position}]"
            told = [error for error in errors if any(found.path.startswith(at) for found in error.problems)]
            if told and not any(standing.steps for standing in standings if standing.last >= one.date):
                raise told[0]

    # scoring

    def _between(self, rules: int, moved: bool) -> Between:
        """The scorer of a version; `moved` where its rounds must be movable by years."""
        found = self._scorers.get((rules, moved))
        if found is None:
            policy = self.policies[rules]
            policy = movable(policy) if moved else policy
            if moved and policy is self.policies[rules]:
                found = self._between(rules, False)
            else:
                found = Between(Scorer(policy), self._reader(policy, self.assumptions))
            self._scorers[rules, moved] = found
        return found

    def _reader(self, policy: Policy, assumptions: tuple[Assumption, ...]) -> Any:
        name = chosen_by(policy.document)
        future = Future(self.data, assumptions, "" if name == APPLICATION else name)
        known: dict[tuple[date, int | None], Person] = {}

        def person_on(when: date, but: int | None = None) -> Person:
            person = known.get((when, but))
            if person is None:
                try:
                    person = policy.read(future.on(when, but))
                except ApplicantError as error:
                    raise future.problems(error, when) from None
                known[when, but] = person
            return person

        return person_on

    def _point(self, between: Between, opening: Opening, when: date) -> Point:
        """A day of an opening, with the days to which its round settles then."""
        person = between.person_on(when, None)
        if not opening.moved:
            return Point(when, between.scorer.settled(person))
        then = in_years(when, -opening.moved)
        stated = Future(self.data, self.assumptions).on(when)
        earlier = between.scorer.policy.read({**stated, "date": then.isoformat()})
        settled = between.scorer.settled(earlier)
        return Point(
            when, {name: integer(in_years(of_integer(at), opening.moved)) for name, at in settled.items()}
        )

    def _cards(self, opening: Opening) -> tuple[dict[str, Any], dict[str, Any]]:
        """The scorecards of the first and the last day of an opening."""
        between = self._between(opening.rules, opening.moved > 0)
        first, last = (
            between.card(self._point(between, opening, at)) for at in (opening.first, opening.last)
        )
        return first, last

    def _standing(self, opening: Opening, earlier: Mapping[str, Any] | None) -> Standing:
        between = self._between(opening.rules, opening.moved > 0)
        card = between.card(self._point(between, opening, opening.first))
        steps: list[Step] = []
        when = opening.first
        while when <= opening.last:
            point = self._point(between, opening, when)
            brief = between.scorer.brief(between.person_on(when, None), point.settled)
            step = Step(when, brief.total, brief.eligible, brief.qualifies)
            if not steps or step[1:] != steps[-1][1:]:
                steps.append(step)
            when += DAY
        outcome = card["outcome"] or {}
        line = outcome.get("line")
        conditions = [*card["eligibility"], *outcome.get("gates", ())]
        cutoff = next((one["date"] for one in card["anchors"] if one["id"] == "cutoff"), None)
        return self._bare(opening)._replace(
            settled=date.fromisoformat(cutoff) if cutoff and opening.round else None,
            line=None if line is None else Fraction(line),
            steps=tuple(steps),
            unmet=tuple((one["id"], one["label"]) for one in conditions if not one["met"]),
            changes=part_changes(earlier, card) if earlier else (),
        )

    def _unknown(self, opening: Opening, error: ApplicantError) -> Standing:
        return self._bare(opening)._replace(problems=error.problems)

    @staticmethod
    def _bare(opening: Opening) -> Standing:
        name: str = opening.round.name if opening.round else ""
        label: Text = opening.round.label if opening.round else ""
        place = (opening.rules, opening.first, opening.last, name, label, opening.moved, opening.beyond)
        return Standing(*place, None, None, (), (), ())

    # events

    def _events(self, position: int, before: Opening | None, opening: Opening) -> Iterator[Event]:
        """What changes from the last day of the opening before to the first of this one, and within it."""
        between = self._between(opening.rules, opening.moved > 0)
        first = self._point(between, opening, opening.first)
        lines = _lines(between.card(first))
        shown = Shown(position, opening.first)
        if before is not None and before.rules == opening.rules:
            moving = self._between(opening.rules, bool(opening.moved or before.moved))
            start = self._point(moving, before, before.last)
            yield from self._told(moving, start, self._point(moving, opening, opening.first), lines, shown)
        elif before is not None:
            yield from self._across(before, opening, first, lines, shown)
        last = self._point(between, opening, opening.last)
        if last != first:
            yield from self._told(between, first, last, lines, shown)

    def _told(
        self, between: Between, start: Point, end: Point, lines: Mapping[str, Any], shown: Shown
    ) -> Iterator[Event]:
        changes = list(between.changes(start, end))
        for event in events_of(changes, lines, shown):
            yield self._because(between, event, changes, start)

    def _because(self, between: Between, event: Event, changes: list[Change], start: Point) -> Event:
        """The event with the assumption behind it: that without which it would not be."""
        if event.monthly or not any(one.applied and one.on == event.on for one in changes):
            return event
        at = [position for position, one in enumerate(self.assumptions) if one.date == event.on]
        if not at:
            return event
        mark = next(
            one.mark
            for one in changes
            if one.on == event.on and (one.mark.kind, one.mark.path) == (event.kind, event.path)
        )
        point = Point(event.on, start.settled)
        value = _value(between.marks(point).get(mark))
        causes = [one for one in at if _value(between.marks(point, one).get(mark)) != value]
        return event._replace(cause="assumption", assumption=causes[-1]) if causes else event

    def _across(
        self, before: Opening, opening: Opening, first: Point, lines: Mapping[str, Any], shown: Shown
    ) -> Iterator[Event]:
        """Another version: time passes under the old one, then the rules change."""
        old = self._between(before.rules, True)
        new = self._between(opening.rules, opening.moved > 0)
        start = self._point(old, before, before.last)
        now = new.card(first)
        anchors = {one["id"]: integer(date.fromisoformat(one["date"])) for one in now["anchors"]}
        settled = {name: anchors.get(name, value) for name, value in start.settled.items()}
        end = Point(first.day, settled)
        try:
            old.card(end)
        except ApplicantError:
            # What is assumed by then may be something that only the new version asks for.
            known = tuple(one for one in self.assumptions if one.date <= before.last)
            old = Between(old.scorer, self._reader(old.scorer.policy, known))
        yield from self._told(old, start, end, _lines(old.card(end)) | dict(lines), shown)
        then = old.card(end)
        enters = self.used[opening.rules].first
        rules = new.scorer.policy.rules
        yield Event(
            "rules_begin",
            on=enters,
            monthly=False,
            opening=shown.opening,
            cause="rules",
            path="",
            label=rules.title,
            before=self.used[before.rules].entry.id,
            after=self.used[opening.rules].entry.id,
            changes=part_changes(then, now),
        )
        old_marks, new_marks = marks(then, old.scorer.policy.rules), marks(now, rules)
        conditions = [
            Change(mark, enters, True, old_marks.get(mark), marked)
            for mark, marked in new_marks.items()
            if mark.kind in ("requirement", "gate")
            and marked.value is not (old_marks[mark].value if mark in old_marks else True)
        ]
        yield from events_of(conditions, lines, shown._replace(by_rules=True))

    def _rules_events(self, position: int, before: Opening | None, opening: Opening) -> Iterator[Event]:
        """The end of a version after which there is no other."""
        if opening.beyond and not (before is not None and before.beyond):
            used = self.used[opening.rules]
            assert used.end is not None
            title = self.policies[opening.rules].title
            on = max(used.end + DAY, self.since)
            yield Event("rules_end", on, False, position, "rules", "", title, used.entry.id, "")

    def _rules_used(self, at: int) -> RulesUsed:
        used, policy = self.used[at], self.policies[at]
        has_rounds = bool(policy.rules.rounds)
        return RulesUsed(policy.id, policy.digest, policy.title, used.first, used.last, used.end, has_rounds)


def _value(marked: Marked | None) -> object:
    return None if marked is None else marked.value


def _lines(card: Mapping[str, Any]) -> dict[str, Any]:
    return {node["path"]: node for node in nodes(card["indicators"])}


def _read_so(policies: list[Policy], readings: Mapping[str, str]) -> list[Policy]:
    """The policies under the readings that each of them has. Raises JifenError for one that none has."""
    if not readings or not policies:
        return policies
    known = {name for policy in policies for name in policy.rules.readings}
    for name in readings:
        if name not in known:
            policies[-1].with_readings({name: readings[name]})  # says so, and what is near
    return [
        policy.with_readings(own)
        if (own := {name: taken for name, taken in readings.items() if name in policy.rules.readings})
        else policy
        for policy in policies
    ]
