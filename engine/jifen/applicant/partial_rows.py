"""The rows of a timeline or record list of which some are unknown, or something of them.

A known row is read by the reader of complete applicants, form by form, and what is unknown of it is put over that.
Rows that are unknown altogether become one row that stands for any number of them, up to what the policy allows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from jifen.applicant import messages, unknown_messages
from jifen.applicant.fields import Field, problem_at
from jifen.applicant.missing import Answer, Missing, Notes, path_of
from jifen.applicant.rows import RecordReader, Spells
from jifen.applicant.unknown import (
    RANGES,
    Ends,
    Possible,
    ends_of,
    is_form,
    other_rows,
    placeholder,
    possible,
)
from jifen.applicant.values import Wrong
from jifen.backends.bounds import Table
from jifen.backends.bounds_rows import ONCE, Times
from jifen.backends.bounds_values import Pair, Value, between, exactly
from jifen.backends.inputs import Layout
from jifen.errors import Problem
from jifen.plan.types import FIRST_MONTH, LAST_MONTH

NOTHING_KNOWN = Ends(None, None)


class Row(NamedTuple):
    """A row of one form of a list, and the number of the missing input that it stands for, -1 for a known row."""

    times: Times
    values: tuple[Value, ...]
    missing: int = -1


class Part(NamedTuple):
    """A part of a list that is unknown: its path, and for a timeline its first and last month."""

    path: str
    first: int
    last: int
    limited: bool


@dataclass
class Known:
    """A known row: what the reader shall read of it, and what is unknown of it by column."""

    stated: object
    over: dict[str, Value]
    ends: dict[str, tuple[Any, Any]]
    """The lowest and the highest of `from`, `to` or `date`, as they stand in the data."""
    numbers: dict[str, int]
    """The number of each of these ends as a missing input."""

    @property
    def bits(self) -> int:
        """A bit for each of these numbers."""
        return sum(1 << number for number in self.numbers.values())


class PartialRows(ABC):
    """What timelines and record lists have in common."""

    key = ""

    def __init__(self, reader: Spells | RecordReader, layout: Layout, notes: Notes) -> None:
        self.reader = reader
        self.declared = reader.declared
        self.layout = layout
        self.notes = notes
        self.places = {rows: position for position, rows in enumerate(layout.columns)}
        self.where = ("timelines" if self.key == "spells" else "records", self.declared.name)

    @property
    @abstractmethod
    def forms(self) -> list[str]:
        """The tables that this list fills."""

    def put(self, stated: object, section: str, tables: dict[str, Table]) -> tuple[list[Known], list[Part]]:
        """Put the tables of this list beside the others."""
        name, path = self.declared.name, f"{section}.{self.declared.name}"
        own_path = path_of(section, name)
        rows: object = stated
        parts: list[Part] = []
        inside = ""
        if isinstance(stated, Mapping):
            inside = f".{self.key}"
            rows, parts = self._divided(stated, path, own_path)
        if not isinstance(rows, (list, tuple)):
            self.notes.problems.append(Problem(path + inside, messages.NOT_A_LIST))
            return [], []
        before = len(self.notes.problems)
        known = [
            self._known(row, f"{path}{inside}[{at}]", f"{own_path}{inside}[{at}]")
            for at, row in enumerate(rows)
        ]
        scratch: dict[str, list[tuple[int, ...]]] = {}
        self.reader.read([one.stated for one in known], path + inside, scratch, self.notes.problems)
        if len(self.notes.problems) > before:
            return [], []
        numbers = [self.notes.number() for _ in parts]
        found = {form: self._known_rows(known, form, scratch) for form in self.forms}
        left = max(self.declared.at_most - len(known), 0)
        unknown = {
            form: [
                row
                for part, number in zip(parts, numbers, strict=True)
                for row in self.unknown_rows(form, part, number, left)
            ]
            for form in self.forms
        }
        for form in self.forms:
            tables[form] = table_of(found[form] + unknown[form], len(self.layout.columns[form]))
        for at in range(len(known)):
            self._answer_ends(known, at, unknown)
        for part, number in zip(parts, numbers, strict=True):
            answers = [Answer([], self._without(found, unknown, number, {}))]
            covered = self.covered(part, number)
            if covered is not None:
                answers.append(Answer(None, self._without(found, unknown, number, covered)))
            kind = "timeline" if self.key == "spells" else "records"
            self.notes.missing.append(
                Missing(number, part.path, kind, self.declared, self.where, tuple(answers), False)
            )
        return known, parts

    def _answer_ends(self, known: Sequence[Known], at: int, unknown: Mapping[str, list[Row]]) -> None:
        """Give the open ends of a known row their answers, where there are few."""
        one = known[at]
        for name, number in one.numbers.items():
            answers = []
            for text in self.between(*one.ends[name]):
                ends = {other: end for other, end in one.ends.items() if other != name}
                numbers = {other: of for other, of in one.numbers.items() if other != name}
                assert isinstance(one.stated, dict)
                settled = replace(one, stated={**one.stated, name: text}, ends=ends, numbers=numbers)
                problems: list[Problem] = []
                self.reader.read([settled.stated], "", {}, problems)
                if not problems:
                    rows = [*known[:at], settled, *known[at + 1 :]]
                    found = {
                        form: [row for of in rows for row in self.known_rows(of, form)] for form in self.forms
                    }
                    answers.append(Answer(text, self._without(found, unknown, -1, {})))
            for place, missing in enumerate(self.notes.missing):
                if missing.number == number and answers:
                    self.notes.missing[place] = replace(missing, answers=tuple(answers), complete=True)

    def between(self, low: Any, high: Any) -> list[str]:
        """Every value of an open end, where there are few; else none."""
        return []

    def _without(
        self,
        found: Mapping[str, list[Row]],
        unknown: Mapping[str, list[Row]],
        number: int,
        instead: Mapping[str, list[Row]],
    ) -> Any:
        """The tables once a part is known: without its rows, and with others instead."""
        return other_rows(
            [
                (
                    self.places[form],
                    table_of(
                        [
                            *found[form],
                            *instead.get(form, ()),
                            *(row for row in unknown[form] if row.missing != number or number < 0),
                        ],
                        len(self.layout.columns[form]),
                    ),
                )
                for form in self.forms
            ]
        )

    def _divided(
        self, stated: Mapping[object, object], path: str, own_path: str
    ) -> tuple[object, list[Part]]:
        """The known rows and the unknown parts of a list that is written with both."""
        rows: object = stated.get(self.key, ())
        parts = None
        if "unknown" in stated and set(stated) <= {self.key, "unknown"}:
            parts = self.parts(stated["unknown"], path, own_path)
        if parts is None:
            form = "[{from: …, to: …}]" if self.key == "spells" else "true"
            problem = Problem(path, unknown_messages.NO_PARTS, {"rows": self.key, "form": form})
            self.notes.problems.append(problem)
        return rows, parts or []

    def parts(self, unknown: object, path: str, own_path: str) -> list[Part] | None:
        """The unknown parts; None where they are not written as they should be."""
        return [Part(own_path, FIRST_MONTH, LAST_MONTH, False)] if unknown is True else None

    def _known(self, row: object, path: str, own_path: str) -> Known:
        """What is stated of a row, and what it can be where that is unknown."""
        found = Known(row, {}, {}, {})
        if not isinstance(row, Mapping):
            return found
        stated = found.stated = dict(row)
        for name in ("from", "to", "date"):
            if name in row and is_form(row[name]):
                self._end(found, stated, name, path, own_path)
        for field in self.reader.fields:
            name = field.name
            if not (is_form(row[name]) if name in row else field.required):
                continue
            stated[name] = placeholder(field.item)
            number = self.notes.number()
            raw = row.get(name, {"unknown": True})
            try:
                value = self._possible(field, ends_of(raw, field.item.type in RANGES), number, local=False)
            except Wrong as wrong:
                self.notes.problems.append(problem_at(f"{path}.{name}", wrong))
                continue
            found.over[name] = value.value
            found.over[f"{name}?"] = value.given or exactly(1)
            item = field.item
            self.notes.missing.append(
                Missing(
                    number,
                    f"{own_path}.{name}",
                    item.type,
                    item,
                    (*self.where, name),
                    value.answers,
                    value.complete,
                )
            )
        return found

    def _end(self, found: Known, stated: dict[object, object], name: str, path: str, own_path: str) -> None:
        """An end of a spell, or the date of a record, that is not known."""
        try:
            low, high = ends_of(stated[name], True)
            stated[name] = self.end_between(name, low, high)
            found.ends[name] = low, high
        except Wrong as wrong:
            self.notes.problems.append(problem_at(f"{path}.{name}", wrong))
            stated[name] = None if name == "to" else "1900-01-01"
            return
        number = self.notes.number()
        found.numbers[name] = number
        kind = "date" if name == "date" else "month"
        self.notes.missing.append(
            Missing(number, f"{own_path}.{name}", kind, self.declared, (*self.where, name), (), False)
        )

    @abstractmethod
    def end_between(self, name: str, low: Any, high: Any) -> object:
        """Something acceptable between the ends of a range. Raises Wrong."""

    def _possible(self, field: Field, ends: Ends, number: int, local: bool) -> Possible:
        return possible(field, ends, number, self.notes.roots_of(number), local, self.notes.today)

    def _known_rows(
        self, known: Sequence[Known], form: str, scratch: Mapping[str, list[tuple[int, ...]]]
    ) -> list[Row]:
        if not any(one.over or one.ends for one in known):
            return [Row(ONCE, tuple([exactly(value) for value in row])) for row in scratch[form]]
        return [row for one in known for row in self.known_rows(one, form)]

    def known_rows(self, known: Known, form: str) -> Iterator[Row]:
        """The rows of one known row in one form."""
        names = self.layout.columns[form]
        for row in self.read_one(known.stated, form):
            values = [known.over.get(name, exactly(value)) for name, value in zip(names, row, strict=True)]
            yield Row(ONCE, tuple(values))

    def read_one(self, stated: object, form: str) -> list[tuple[int, ...]]:
        """The rows that the reader makes of one row in one form."""
        scratch: dict[str, list[tuple[int, ...]]] = {}
        self.reader.read([stated], "", scratch, [])
        return scratch[form]

    @abstractmethod
    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        """The rows that stand for those of an unknown part in one form."""

    def any_values(self, form: str, number: int, own: Mapping[str, Pair], local: bool) -> tuple[Value, ...]:
        """Unknown attributes, and what is known of the other columns."""
        values = {name: between(*pair, 1 << number) for name, pair in own.items()}
        for field in self.reader.fields:
            found = self._possible(field, NOTHING_KNOWN, number, local)
            values[field.name], values[f"{field.name}?"] = found.value, found.given or exactly(1)
        return tuple([values[name] for name in self.layout.columns[form]])

    def covered(self, part: Part, number: int) -> dict[str, list[Row]] | None:
        """The rows of each form where one row covers an unknown part; None where nothing could."""
        return None


def table_of(rows: Sequence[Row], width: int) -> Table:
    """The table of some rows, column by column."""
    columns = tuple([tuple([row.values[at] for row in rows]) for at in range(width)])
    return Table(tuple([row.times for row in rows]), columns)
