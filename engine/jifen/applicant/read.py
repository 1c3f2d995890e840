"""Reads an applicant: everything that is wrong is found at once, each with its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from jifen.applicant import messages
from jifen.applicant.fast import UNUSUAL, fast_reader
from jifen.applicant.fields import field_of, labels, problem_at, taken, unknown_name
from jifen.applicant.people import SECTIONS, flat
from jifen.applicant.rows import RecordReader, Spells
from jifen.applicant.values import Wrong, day
from jifen.backends.inputs import Data, Layout
from jifen.errors import ApplicantError, Problem
from jifen.policy.model import Rules

TOP = ("applicant", "date", "facts", "timelines", "records", "people")


class Person(NamedTuple):
    """An applicant as read: the identifier, the date of application as YYYYMMDD, and the integers."""

    id: str
    date: int
    data: Data


class Reader:
    """Reads applicants for one policy into one layout. Immutable; safe to share between threads."""

    def __init__(self, rules: Rules, layout: Layout) -> None:
        self.rules = rules
        self.layout = layout
        self.facts = [field_of(item) for item in rules.facts.values()]
        self.timelines = {item.name: Spells(item, rules, layout) for item in rules.timelines.values()}
        self.records = {item.name: RecordReader(item, layout) for item in rules.records.values()}
        wanted = {name: position for position, name in enumerate(rules.facts)}
        self._fact_order = [wanted.get(name, -1) for name in layout.facts]
        self._given_order = [wanted[name] for name in layout.given]
        converters = {f"facts.{item.name}": item.convert for item in self.facts}
        for name, spells in self.timelines.items():
            converters |= {f"{name}.{item.name}": item.convert for item in spells.fields}
        for name, records in self.records.items():
            converters |= {f"{name}.{item.name}": item.convert for item in records.fields}
        self._fast = fast_reader(rules, layout, converters)

    def read(self, applicant: Any) -> Person:
        """The applicant as integers. Raises ApplicantError with every problem."""
        try:
            date, data = self._fast(applicant)
            return Person(str(applicant.get("applicant", "")), date, data)
        except UNUSUAL:
            return self.read_carefully(applicant)

    def read_carefully(self, given: object) -> Person:
        """The same, accepting every form and finding every problem."""
        problems: list[Problem] = []
        applicant, paths, date = self.opened(given, problems)
        facts, flags_given = self.read_facts(applicant.get("facts", {}), problems)
        tables: dict[str, list[tuple[int, ...]]] = {}
        self._sections(applicant, "timelines", self.timelines, tables, problems)
        self._sections(applicant, "records", self.records, tables, problems)
        if problems:
            raise ApplicantError(
                [problem._replace(path=own_path(problem.path, paths)) for problem in problems]
            )
        base = date // 10000 * 12 + date // 100 % 100 - 1
        for spells in self.timelines.values():
            base = min(base, spells.earliest(tables))
        ordered = tuple([facts[position] if position >= 0 else date for position in self._fact_order])
        flags = tuple([flags_given[position] for position in self._given_order])
        data = Data(base, ordered, flags, tuple([tables[rows] for rows in self.layout.columns]))
        return Person(str(applicant.get("applicant", "")), date, data)

    def opened(
        self, given: object, problems: list[Problem]
    ) -> tuple[Mapping[object, object], dict[str, str], int]:
        """The data with everybody's inputs together, where each stood, and the date. Raises ApplicantError."""
        if not isinstance(given, Mapping):
            raise ApplicantError([Problem("", messages.NOT_A_MAPPING)])
        applicant: Mapping[object, object] = given
        paths: dict[str, str] = {}
        for name in applicant:
            if name not in TOP or (name == "people" and not self.rules.people):
                unknown_name(problems, str(name), str(name), TOP)
        if "people" in applicant:
            try:
                applicant = flat(given, paths)  # type: ignore[assignment]
            except (AttributeError, TypeError):
                raise ApplicantError([*problems, Problem("people", messages.NOT_A_MAPPING)]) from None
            except KeyError as error:
                unknown_name(problems, str(error.args[0]), str(error.args[0]).rpartition(".")[2], SECTIONS)
                raise ApplicantError(problems) from None
        date = 0
        try:
            date = day(applicant["date"])
        except KeyError:
            problems.append(
                Problem("date", messages.MISSING, {"label": "date", "label_zh": "申请日期（date）"})
            )
        except Wrong as wrong:
            problems.append(problem_at("date", wrong))
        return applicant, paths, date

    def read_facts(self, section: object, problems: list[Problem]) -> tuple[list[int], list[int]]:
        """The facts in the order of the policy, and whether each was given."""
        if not isinstance(section, Mapping):
            problems.append(Problem("facts", messages.NOT_A_MAPPING))
            return [], []
        return taken(section, self.facts, (), "facts", problems)

    def _sections(
        self,
        applicant: Mapping[object, object],
        section: str,
        lists: Mapping[str, Spells] | Mapping[str, RecordReader],
        tables: dict[str, list[tuple[int, ...]]],
        problems: list[Problem],
    ) -> None:
        given = applicant.get(section, {})
        if not isinstance(given, Mapping):
            problems.append(Problem(section, messages.NOT_A_MAPPING))
            return
        for name, reader in lists.items():
            path = f"{section}.{name}"
            rows: object = given.get(name)
            if rows is None:
                if not reader.declared.optional:
                    problems.append(Problem(path, messages.MISSING, labels(reader.declared.label, name)))
                rows = ()
            if not isinstance(rows, (list, tuple)):
                partly = isinstance(rows, Mapping) and "unknown" in rows
                args = labels(reader.declared.label, name) if partly else {}
                problems.append(Problem(path, messages.NOT_KNOWN if partly else messages.NOT_A_LIST, args))
                rows = ()
            reader.read(rows, path, tables, problems)
        for name in given:
            if name not in lists:
                unknown_name(problems, f"{section}.{name}", str(name), lists)


def own_path(path: str, paths: Mapping[str, str]) -> str:
    """A path as the caller wrote it: what belongs to another person stands below that person."""
    for flat_path, own in paths.items():
        if path == flat_path or path.startswith((f"{flat_path}[", f"{flat_path}.")):
            return own + path[len(flat_path) :]
    return path
