"""A policy under one choice of readings, compiled: what everything that works with a policy asks of it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple, Self

from jifen.applicant import messages as wording
from jifen.applicant.read import Person, Reader
from jifen.backends.generate import generate
from jifen.backends.inputs import Layout
from jifen.backends.interpret import Program
from jifen.compile import Compiled, Source, alternatives, compile_policy
from jifen.document.diagnostics import Diagnostic, suggest
from jifen.document.tree import Mapping
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.plan.plan import Plan
from jifen.policy import messages
from jifen.policy.digest import digest
from jifen.policy.model import Round, Rules
from jifen.policy.outputs import Slots, core_slots, detail_slots
from jifen.policy.recorded import Line, Recorded
from jifen.policy.registry import APPLICATION, unknown
from jifen.policy.terms import Text
from jifen.policy.versions import chosen_by


class Alternative(NamedTuple):
    """One reading taken otherwise. Its total, over `den`, stands at `at` in the detail, its verdict after it."""

    reading: str
    option: str
    den: int
    at: int


class Scheme:
    """A compiled policy under one choice of readings. Immutable: to be shared between threads.

    It reads applicants and computes the slots of a plan. `jifen.api.Policy` adds to it what a service asks for.
    """

    def __init__(self, source: Source, readings: Map[str, str]) -> None:
        self.source = source
        self.chosen = dict(readings)
        self._compiled: Compiled = compile_policy(source, self.chosen)
        self._rounds = tuple(self.rules.rounds.values())
        self.reader = Reader(self.rules, self._compiled.layout)
        self.core = core_slots(self.recorded)
        self._program = generate(self.plan, self.core.slots, self._compiled.layout)

    def __reduce__(self) -> tuple[type[Self], tuple[Source, dict[str, str]]]:
        """Pickled, it is its document and readings: it needs no file where it arrives, and is compiled anew there."""
        return type(self), (self.source, self.chosen)

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
        return self.source.warnings

    @cached_property
    def digest(self) -> str:
        """`sha256:<hex>` of the resolved document."""
        taken = {name: reading.chosen for name, reading in self.rules.readings.items()}
        return digest(self.document, taken)

    def with_readings(self, readings: Map[str, str]) -> Self:
        """The same policy with some readings taken otherwise. Raises JifenError for an unknown one."""
        check_readings(self.source, readings)
        return type(self)(self.source, {**self.chosen, **readings})

    def with_document(self, change: Callable[[Mapping], Mapping]) -> Self:
        """The same policy, its document changed before any reading is taken. Raises PolicyError."""
        return type(self)(replace(self.source, document=change(self.source.document)), self.chosen)

    def run(self, person: Person) -> tuple[object, ...]:
        """The slots of the breakdown, in the order of `core`."""
        return self._program(person.data)

    def read(self, applicant: Map[str, object]) -> Person:
        """An applicant as the integers that the plan works on. Raises ApplicantError."""
        return self.reader.read(applicant)

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
        name = chosen_by(self.source.document)
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
    def _explanation(self) -> tuple[tuple[Alternative, ...], Program]:
        """The other options of the readings, and one function for all that a scorecard needs when it is written."""
        found = alternatives(self._compiled, self.chosen)
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


def check_readings(source: Source, readings: Map[str, str]) -> None:
    """Raise JifenError for a reading or an option that a policy does not have."""
    for name, option in readings.items():
        if name not in source.options:
            raise unknown(messages.NO_READING, name, list(source.options))
        options, _ = source.options[name]
        if option not in options:
            args = {"name": name, "option": option, "options": ", ".join(options)}
            raise JifenError(Problem("", messages.NO_READING_OPTION, args))


def _date(day: int) -> str:
    if day <= 1231:
        return f"{day // 100:02}-{day % 100:02}"
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"
