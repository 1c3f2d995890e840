"""Policies as a service embeds them: load once, score from any thread."""

from __future__ import annotations

from collections.abc import Callable, Collection
from collections.abc import Mapping as Map
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jifen.applicant import messages as wording
from jifen.applicant.read import Person, Reader
from jifen.applicant.values import Wrong, day
from jifen.backends.generate import generate
from jifen.backends.inputs import Layout
from jifen.backends.interpret import Program
from jifen.compile import Compiled, Source, alternatives, check_policy, compile_policy, read
from jifen.document.diagnostics import Diagnostic, suggest
from jifen.document.tree import Mapping
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.plan.plan import Plan
from jifen.policy import messages
from jifen.policy.digest import digest
from jifen.policy.model import Round, Rules, Text
from jifen.policy.recorded import Line, Recorded
from jifen.policy.registry import APPLICATION, entry_in_force, path_of, unknown
from jifen.policy.versions import choosing_date, chosen_by
from jifen.scorecard.content import Content
from jifen.scorecard.scorecard import Scorecard
from jifen.scorecard.slots import Slots, core_slots, detail_slots

if TYPE_CHECKING:
    import pyarrow

    from jifen.bounds.assess import Assessor
    from jifen.bounds.result import Bounds, Question
    from jifen.explain.explainer import Explainer
    from jifen.levers.result import Ways
    from jifen.spread.result import Spread
    from jifen.spread.search import Searcher


class Alternative(NamedTuple):
    """One reading taken otherwise. Its total, over `den`, stands at `at` in the detail, its verdict after it."""

    reading: str
    option: str
    den: int
    at: int


class Policy:
    """A compiled policy under one choice of readings. Immutable: score from as many threads as you like."""

    def __init__(self, source: Source, readings: Map[str, str]) -> None:
        self._source = source
        self._chosen = dict(readings)
        self._compiled: Compiled = compile_policy(source, self._chosen)
        self._rounds = tuple(self.rules.rounds.values())
        self._reader = Reader(self.rules, self._compiled.layout)
        self.core = core_slots(self.recorded)
        self._program = generate(self.plan, self.core.slots, self._compiled.layout)

    @property
    def rules(self) -> Rules:
        """The model of the file."""
        return self._compiled.rules

    @property
    def recorded(self) -> Recorded:
        """Where each result lies in the plan."""
        return self._compiled.recorded

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self._compiled.plan

    @property
    def document(self) -> Mapping:
        """The resolved tree: every reading replaced by the option taken."""
        return self._compiled.document

    @property
    def id(self) -> str:
        """`place/version`."""
        return self.rules.id

    @property
    def title(self) -> Text:
        """The title, in one or more languages."""
        return self.rules.title

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the author should look at, though the policy works."""
        return self._source.warnings

    @cached_property
    def digest(self) -> str:
        """`sha256:<hex>` of the resolved document."""
        taken = {name: reading.chosen for name, reading in self.rules.readings.items()}
        return digest(self.document, taken)

    def with_readings(self, readings: Map[str, str]) -> Policy:
        """The same policy with some readings taken otherwise. Raises JifenError for an unknown one."""
        _check_readings(self._source, readings)
        return Policy(self._source, {**self._chosen, **readings})

    def with_document(self, change: Callable[[Mapping], Mapping]) -> Policy:
        """The same policy, its document changed before any reading is taken. Raises PolicyError."""
        return Policy(replace(self._source, document=change(self._source.document)), self._chosen)

    def score(self, applicant: Map[str, object] | str | PathLike[str]) -> Scorecard:
        """Score one applicant, a mapping or the path of a YAML or JSON file. Raises ApplicantError."""
        if type(applicant) is not dict and isinstance(applicant, (str, PathLike)):
            applicant = read_applicant(fspath(applicant))
        person = self._reader.read(applicant)
        self.round_on(person.date)
        return Scorecard(self, person, self._program(person.data))

    def bounds(self, applicant: Map[str, object] | str | PathLike[str]) -> Bounds:
        """What can be said of an applicant of whom something is missing: ranges, and what is certain.

        The applicant is a mapping or the path of a file. Raises ApplicantError for what is stated wrongly.
        """
        if isinstance(applicant, (str, PathLike)):
            applicant = read_applicant(fspath(applicant))
        return self._assessor.assess(applicant)

    def questions(self, applicant: Map[str, object] | str | PathLike[str]) -> tuple[Question, ...]:
        """What is missing of an applicant, that which matters most first. Raises ApplicantError."""
        return self.bounds(applicant).questions

    @cached_property
    def _assessor(self) -> Assessor:
        from jifen.bounds.assess import Assessor

        return Assessor(self, self._reader)

    def spread(self, applicant: Map[str, object] | str | PathLike[str]) -> Spread:
        """The verdict under every reading, and the combinations of readings best and worst for an applicant.

        Readings chosen when the policy was loaded stay as they are. The applicant is a mapping or the path of a file.
        Raises ApplicantError.
        """
        from jifen.spread.assess import spread

        if isinstance(applicant, (str, PathLike)):
            applicant = read_applicant(fspath(applicant))
        person = self._reader.read(applicant)
        self.round_on(person.date)
        return spread(self, self._searcher, person)

    def ways(
        self,
        applicant: Map[str, object] | str | PathLike[str],
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

        if isinstance(applicant, (str, PathLike)):
            applicant = read_applicant(fspath(applicant))
        return ways(self, lambda _: self, applicant, target, by, levers)

    @cached_property
    def _searcher(self) -> Searcher:
        from jifen.spread.search import Searcher

        return Searcher(self._source, self._chosen, self.layout)

    def run(self, person: Person) -> tuple[object, ...]:
        """The slots of the breakdown, in the order of `core`."""
        return self._program(person.data)

    def read(self, applicant: Map[str, object]) -> Person:
        """An applicant as the integers that the plan works on. Raises ApplicantError."""
        return self._reader.read(applicant)

    def round_on(self, day: int) -> Round | None:
        """The round open on a day YYYYMMDD; None when the policy has no rounds. Raises ApplicantError."""
        rounds = self._rounds
        for item in rounds:
            first, last = item.first, item.last
            at = day if last > 1231 else day % 10000
            if first <= at <= last or (last < first and (at >= first or at <= last)):
                return item
        if not rounds:
            return None
        windows = ", ".join(
            f"{_date(item.first)} – {_date(item.last)}" for item in self.rules.rounds.values()
        )
        raise ApplicantError([Problem("date", wording.NO_ROUND, {"date": _date(day), "rounds": windows})])

    def choosing_day(self, person: Person) -> int:
        """The day, YYYYMMDD, that must lie in the policy's time in force: see `resolve_for`."""
        at = self.choosing_fact
        return person.date if at is None else person.data.facts[at] or person.date

    @cached_property
    def choosing_fact(self) -> int | None:
        """The place in `layout.facts` of that day; None where it is the day of application."""
        name = chosen_by(self._source.document)
        return None if name == APPLICATION else self.layout.facts.index(name)

    def is_in_force(self, person: Person) -> bool:
        """Whether that day lies in the policy's time in force."""
        first, last = self.time_in_force
        day = self.choosing_day(person)
        return first <= day and (not last or day <= last)

    @cached_property
    def time_in_force(self) -> tuple[int, int]:
        """The first and the last day, YYYYMMDD; 0 where there is no last."""
        first, last = self.rules.in_force
        return int(first.replace("-", "")), int(last.replace("-", "") or 0)

    @property
    def layout(self) -> Layout:
        """How an applicant's data is laid out."""
        return self._compiled.layout

    def score_table(
        self,
        table: pyarrow.Table,
        *,
        places: int | None = None,
        carry: Collection[str] = (),
        threads: int | None = None,
    ) -> pyarrow.Table:
        """Score a table of applicants, one in each row: see `jifen.arrow.score`. Needs the extra `arrow`.

        Raises ApplicantError where no row could be read; what is wrong in single rows stands in their `problems`.
        """
        from jifen.arrow.score import score_table

        return score_table(self, table, places=places, carry=carry, threads=threads)

    def line(self, name: str) -> Line:
        """A line of the table by its path, or by its name where only one has it. Raises KeyError."""
        found = self._lines.get(name)
        if found is None:
            near = suggest(name, self._lines)
            raise KeyError(f"no line {name}" + (f"; did you mean {near}?" if near else ""))
        return found

    @cached_property
    def _lines(self) -> dict[str, Line]:
        lines = self.recorded.every_line()
        names = [line.indicator.name for line in lines]
        found = {line.indicator.name: line for line in lines if names.count(line.indicator.name) == 1}
        return found | {line.indicator.path: line for line in lines}

    @cached_property
    def explained(self) -> Slots:
        """The slots that only an explanation needs."""
        return detail_slots(self.recorded)

    @cached_property
    def content(self) -> Content:
        """Writes scorecards as JSON."""
        return Content(self)

    @cached_property
    def explainer(self) -> Explainer:
        """Explains scorecards: what was missing, what lost, and the sums as people write them."""
        from jifen.explain.explainer import Explainer

        return Explainer(self)

    @cached_property
    def _explanation(self) -> tuple[tuple[Alternative, ...], Program]:
        """The other options of the readings, and one function for all that a scorecard needs when it is written."""
        found = alternatives(self._compiled, self._chosen)
        slots = list(self.explained.slots)
        others = []
        for name, option, total, verdict in found.outputs:
            others.append(Alternative(name, option, found.plan.operations[total].type.den, len(slots)))
            slots += (total, verdict)
        return tuple(others), generate(found.plan, slots, self._compiled.layout)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """Every single change of a reading, with the place of its total and its verdict in `detail`."""
        return self._explanation[0]

    def detail(self, person: Person) -> tuple[object, ...]:
        """The slots of `explained`, then a total and a verdict for each of `alternatives`."""
        return self._explanation[1](person.data)


def load(policy: str | PathLike[str], readings: Map[str, str] | None = None) -> Policy:
    """Load a policy by its id (`place/version`) or path. Raises PolicyError, or JifenError when there is none."""
    source = read(path_of(fspath(policy)))
    _check_readings(source, readings or {})
    return Policy(source, readings or {})


def resolve(place: str, on: date | str, readings: Map[str, str] | None = None) -> Policy:
    """The policy of a place in force on a day. Raises JifenError that names the nearest ones."""
    try:
        found = day(on)
    except Wrong as wrong:
        raise JifenError(Problem("", wrong.message, wrong.args_)) from None
    when = date(found // 10000, found // 100 % 100, found % 100)
    return load(entry_in_force(place, when).path, readings)


def resolve_for(
    place: str, applicant: Map[str, object] | str | PathLike[str], readings: Map[str, str] | None = None
) -> Policy:
    """The policy of a place for one applicant, a mapping or the path of a file.

    It is the one in force on the date that the place's versions name in `chosen_by`, by default that of the
    application. Raises ApplicantError where the applicant does not state it, else as `resolve`.
    """
    if isinstance(applicant, (str, PathLike)):
        applicant = read_applicant(fspath(applicant))
    return resolve(place, choosing_day(place, applicant), readings)


def ways(
    place: str,
    applicant: Map[str, object] | str | PathLike[str],
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

    if isinstance(applicant, (str, PathLike)):
        applicant = read_applicant(fspath(applicant))
    policy = resolve_for(place, applicant, readings)
    return ways_at(place, policy, readings or {}, applicant, target, by, levers)


def choosing_day(place: str, applicant: Map[str, object]) -> date:
    """The day that chooses among the versions of a place for an applicant. Raises as `resolve_for`."""
    name, label = choosing_date(place)
    path, section, key = "date", applicant, "date"
    if name != APPLICATION:
        facts = applicant.get("facts", {})
        if not isinstance(facts, Map):
            raise ApplicantError([Problem("facts", wording.NOT_A_MAPPING)])
        path, section, key = f"facts.{name}", facts, name
    if section.get(key) is None:
        if isinstance(label, str):
            label = {"en": label, "zh": label}
        args = {"label": label.get("en", name), "label_zh": label.get("zh", name)}
        raise ApplicantError([Problem(path, wording.MISSING, args)])
    try:
        found = day(section[key])
    except Wrong as wrong:
        raise ApplicantError([Problem(path, wrong.message, wrong.args_)]) from None
    return date(found // 10000, found // 100 % 100, found % 100)


def check(path: str | PathLike[str]) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a policy file, sorted; empty when nothing is."""
    return check_policy(Path(fspath(path)))


def _check_readings(source: Source, readings: Map[str, str]) -> None:
    for name, option in readings.items():
        if name not in source.options:
            raise unknown(messages.NO_READING, name, list(source.options))
        options, _ = source.options[name]
        if option not in options:
            args = {"name": name, "option": option, "options": ", ".join(options)}
            raise JifenError(Problem("", messages.NO_READING_OPTION, args))


def read_applicant(path: str) -> Map[str, object]:
    """An applicant out of a YAML or JSON file. Raises ApplicantError; its paths are lines where it cannot be read."""
    from jifen.document.diagnostics import Diagnostics
    from jifen.document.tree import plain
    from jifen.document.yaml_reader import read_path

    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    if diagnostics.errors or node is None:
        raise ApplicantError([Problem(str(one.place), one.message, one.args) for one in diagnostics.errors])
    found = plain(node)
    if not isinstance(found, dict):
        raise ApplicantError([Problem("", wording.NOT_A_MAPPING)])
    return dict(found)


def _date(day: int) -> str:
    if day <= 1231:
        return f"{day // 100:02}-{day % 100:02}"
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"
