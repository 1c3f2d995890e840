"""Reads an applicant of whom something is missing into what the bounds backend works on.

The reader of complete applicants stays in charge: it reads the data with something acceptable in each place that is
unknown, and so finds everything that is wrong with the rest. What is unknown is then put over what it has read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from jifen.applicant import messages
from jifen.applicant.fields import problem_at, unknown_name
from jifen.applicant.missing import Missing, Notes, path_of
from jifen.applicant.partial_records import RecordRows
from jifen.applicant.partial_spells import SpellRows
from jifen.applicant.read import Reader, own_path
from jifen.applicant.unknown import RANGES, ends_of, is_form, placeholder, possible
from jifen.applicant.values import Wrong
from jifen.backends.bounds import Table, Uncertain
from jifen.backends.bounds_values import Value, exactly
from jifen.errors import ApplicantError, Problem

ABSENT: Any = object()


class Partial(NamedTuple):
    """An applicant as far as known: identifier, date of application as YYYYMMDD, data, and what is missing.

    `missing` is in the order of the policy's inputs.
    """

    id: str
    date: int
    data: Uncertain
    missing: tuple[Missing, ...]


class PartialReader:
    """Reads partial applicants for one policy. Immutable; safe to share between threads."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def read(self, given: object) -> Partial:
        """What is known, and what is missing. Raises ApplicantError with every problem of what is stated."""
        problems: list[Problem] = []
        applicant, paths, date = self.reader.opened(given, problems)
        notes = Notes(date or 2000_01_01, problems)
        values, flags = self._facts(applicant.get("facts", {}), notes)
        tables: dict[str, Table] = {}
        base = notes.today // 10000 * 12 + notes.today // 100 % 100 - 1
        for name, stated in self._listed(applicant, "timelines", self.reader.timelines, problems):
            spells = SpellRows(self.reader.timelines[name], self.reader.layout, notes)
            base = min(base, spells.read(stated, tables))
        for name, stated in self._listed(applicant, "records", self.reader.records, problems):
            RecordRows(self.reader.records[name], self.reader.layout, notes).read(stated, tables)
        if problems:
            raise ApplicantError([one._replace(path=own_path(one.path, paths)) for one in problems])
        layout = self.reader.layout
        data = Uncertain(
            base,
            tuple([exactly(date) if name == "date" else values[name] for name in layout.facts]),
            tuple([flags[name] for name in layout.given]),
            tuple([tables[rows] for rows in layout.columns]),
        )
        return Partial(str(applicant.get("applicant", "")), date, data, tuple(notes.missing))

    def _facts(self, stated: object, notes: Notes) -> tuple[dict[str, Value], dict[str, Value]]:
        """The facts, and whether each was given."""
        values: dict[str, Value] = {}
        flags: dict[str, Value] = {}
        known: object = stated
        if isinstance(stated, Mapping):
            known = dict(stated)
            for field in self.reader.facts:
                raw = stated.get(field.name, ABSENT)
                if not (field.required if raw is ABSENT else is_form(raw)):
                    continue
                item = field.item
                known[field.name] = placeholder(item)
                number = notes.number()
                try:
                    ends = ends_of({"unknown": True} if raw is ABSENT else raw, item.type in RANGES)
                    found = possible(field, ends, number, notes.roots_of(number), False, notes.today)
                except Wrong as wrong:
                    notes.problems.append(problem_at(f"facts.{field.name}", wrong))
                    continue
                values[field.name], flags[field.name] = found.value, found.given or exactly(1)
                path = path_of("facts", field.name)
                where = ("facts", field.name)
                notes.missing.append(
                    Missing(number, path, item.type, item, where, found.answers, found.complete)
                )
        integers, given = self.reader.read_facts(known, notes.problems)
        for field, value, flag in zip(self.reader.facts, integers, given, strict=False):
            values.setdefault(field.name, exactly(value))
            flags.setdefault(field.name, exactly(flag))
        return values, flags

    def _listed(
        self,
        applicant: Mapping[object, object],
        section: str,
        lists: Mapping[str, Any],
        problems: list[Problem],
    ) -> list[tuple[str, object]]:
        """What is stated of each list of a section: the form of what is unknown where nothing is, but must be."""
        stated = applicant.get(section, {})
        if not isinstance(stated, Mapping):
            problems.append(Problem(section, messages.NOT_A_MAPPING))
            return []
        for name in stated:
            if name not in lists:
                unknown_name(problems, f"{section}.{name}", str(name), lists)
        nothing: dict[bool, object] = {True: (), False: {"unknown": True}}
        return [
            (name, nothing[reader.declared.optional] if stated.get(name) is None else stated[name])
            for name, reader in lists.items()
        ]
