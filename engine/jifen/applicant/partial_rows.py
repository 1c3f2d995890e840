"""The rows of a timeline or record list of which some are unknown, or something of them.

A known row is read by the reader of complete applicants, form by form, and what is unknown of it is put over that.
Rows that are unknown altogether become one row that stands for any number of them, up to what the policy allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jifen.applicant import messages, unknown_messages
from jifen.applicant.missing import Answer, Missing, Notes, path_of
from jifen.applicant.read import Field, RecordReader, Spells, labels, problem_at
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
from jifen.applicant.values import Wrong, both_months, day
from jifen.backends.bounds import Table
from jifen.backends.bounds_rows import ONCE, Times
from jifen.backends.bounds_values import Pair, Value, between, exactly
from jifen.backends.inputs import Layout
from jifen.errors import Problem
from jifen.plan.types import FIRST_DATE, FIRST_MONTH, LAST_DATE, LAST_MONTH
from jifen.policy.rows import SPLIT, STARTED

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
    bits: int


class _Rows:
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
    def forms(self) -> list[str]:
        """The tables that this list fills."""
        raise NotImplementedError

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
            tables[form] = _table(found[form] + unknown[form], len(self.layout.columns[form]))
        for part, number in zip(parts, numbers, strict=True):
            answers = [Answer([], self._without(found, unknown, number, {}))]
            if part.limited:
                answers.append(
                    Answer(None, self._without(found, unknown, number, self.covered(part, number)))
                )
            kind = "timeline" if self.key == "spells" else "records"
            self.notes.missing.append(Missing(number, part.path, kind, self.declared, self.where, tuple(answers), False))
        return known, parts

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
                    _table(
                        [
                            *found[form],
                            *instead.get(form, ()),
                            *(row for row in unknown[form] if row.missing != number),
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
        found = Known(row, {}, {}, 0)
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
            found.ends[name] = low, high
            stated[name] = self.end_between(name, low, high)
        except Wrong as wrong:
            self.notes.problems.append(problem_at(f"{path}.{name}", wrong))
            stated[name] = None if name == "to" else "1900-01-01"
            return
        number = self.notes.number()
        found.bits |= 1 << number
        kind = "date" if name == "date" else "month"
        self.notes.missing.append(
            Missing(number, f"{own_path}.{name}", kind, self.declared, (*self.where, name), (), False)
        )

    def end_between(self, name: str, low: Any, high: Any) -> object:
        """Something acceptable between the ends of a range. Raises Wrong."""
        raise NotImplementedError

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

    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        """The rows that stand for those of an unknown part in one form."""
        raise NotImplementedError

    def any_values(self, form: str, number: int, own: Mapping[str, Pair], local: bool) -> tuple[Value, ...]:
        """Unknown attributes, and what is known of the other columns."""
        values = {name: between(*pair, 1 << number) for name, pair in own.items()}
        for field in self.reader.fields:
            found = self._possible(field, NOTHING_KNOWN, number, local)
            values[field.name], values[f"{field.name}?"] = found.value, found.given or exactly(1)
        return tuple([values[name] for name in self.layout.columns[form]])

    def covered(self, part: Part, number: int) -> dict[str, list[Row]]:
        """The rows of each form where one spell covers an unknown part."""
        raise NotImplementedError


def _table(rows: Sequence[Row], width: int) -> Table:
    columns = tuple([tuple([row.values[at] for row in rows]) for at in range(width)])
    return Table(tuple([row.times for row in rows]), columns)


class SpellRows(_Rows):
    """The spells of one timeline."""

    key = "spells"
    reader: Spells

    @property
    def forms(self) -> list[str]:
        return self.reader.forms

    def read(self, stated: object, tables: dict[str, Table]) -> int:
        """Put the tables of this timeline beside the others; the first month of any spell."""
        _, parts = self.put(stated, "timelines", tables)
        first = min([LAST_MONTH, *(part.first for part in parts)])
        for form in self.forms:
            if form in tables:
                at = self.layout.columns[form].index("from")
                first = min([first, *(low for value in tables[form].columns[at] for low, _ in value.cells)])
        return first

    def parts(self, unknown: object, path: str, own_path: str) -> list[Part] | None:
        if unknown is True:
            return [Part(own_path, FIRST_MONTH, LAST_MONTH, False)]
        if not isinstance(unknown, (list, tuple)):
            return None
        found = []
        for at, one in enumerate(unknown):
            if not isinstance(one, Mapping) or not one or not set(one) <= {"from", "to"}:
                return None
            try:
                _, _, first, last = both_months(one.get("from", "1900-01"), one.get("to"))
            except Wrong as wrong:
                self.notes.problems.append(problem_at(f"{path}.unknown[{at}]", wrong))
                continue
            limited = {"from", "to"} <= set(one)
            found.append(Part(f"{own_path}.unknown[{at}]", first, last, limited))
        return found

    def end_between(self, name: str, low: Any, high: Any) -> object:
        if low is not None and high is not None:
            both_months(low, high)
        for end in (low, high):
            if end is not None:
                both_months(end, None)
        if name == "from":
            return "1900-01" if low is None else low
        return high

    def known_rows(self, known: Known, form: str) -> Iterator[Row]:
        if not known.ends:
            yield from super().known_rows(known, form)
            return
        assert isinstance(known.stated, dict)
        at = 2 if STARTED in form else 0
        low, high = known.ends.get("from", (known.stated["from"],) * 2)
        first = both_months(low or "1900-01", None)[at], both_months(high or "2199-12", None)[at]
        low, high = known.ends.get("to", (known.stated.get("to"),) * 2)
        last = both_months("1900-01", low)[at + 1], both_months("1900-01", high)[at + 1]
        if "to" in known.ends and known.ends["to"][0] is None:
            last = first[0] - 2, last[1]
        first = first[0], min(first[1], last[1] + 2)
        row = self.read_one({**known.stated, "from": "2000-01", "to": "2000-01"}, form)[0]
        names = self.layout.columns[form]
        over = {name: known.over.get(name, exactly(value)) for name, value in zip(names, row, strict=True)}
        for start, end in self._segments(form, first[0], first[1], last[1]):
            low_from, high_from = max(first[0], start), min(max(first[1], start), end)
            low_to, high_to = max(min(last[0], end), start - 2), min(last[1], end)
            if high_to < low_from - 2 or low_from > high_from or low_to > high_to:
                continue
            surely = first[1] <= end and last[0] >= start and first[1] <= last[0]
            over["from"] = between(low_from, high_from, known.bits)
            over["to"] = between(low_to, high_to, known.bits)
            times = ONCE if surely else Times(0, 1, known.bits)
            yield Row(times, tuple([over[name] for name in names]))

    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        rows = []
        for start, end in self._segments(form, part.first, part.last + 1, part.last):
            own = {
                "from": (max(part.first, start), min(part.last + 1, end)),
                "to": (max(part.first - 1, start - 2), min(part.last, end)),
            }
            values = self.any_values(form, number, own, local=True)
            rows.append(Row(Times(0, left, 1 << number), values, number))
        return rows

    def _segments(self, form: str, first: int, high_from: int, last: int) -> list[tuple[int, int]]:
        """The months between which no spell of this form goes on: one run, unless spells are cut."""
        end = max(high_from, last)
        if SPLIT not in form:
            return [(first - 1, end)]
        starts = [first, *(start for start in self.reader.breaks if first < start <= end)]
        return list(zip(starts, [*(start - 1 for start in starts[1:]), end], strict=True))

    def covered(self, part: Part, number: int) -> dict[str, list[Row]]:
        spell: dict[str, object] = {
            "from": f"{part.first // 12}-{part.first % 12 + 1:02}",
            "to": f"{part.last // 12}-{part.last % 12 + 1:02}",
        }
        spell |= {field.name: placeholder(field.item) for field in self.reader.fields}
        attributes = {
            form: self.any_values(form, number, {"from": (0, 0), "to": (0, 0)}, local=False)
            for form in self.forms
        }
        found = {}
        for form in self.forms:
            names = self.layout.columns[form]
            found[form] = [
                Row(
                    ONCE,
                    tuple(
                        [
                            exactly(value) if name in ("from", "to") else attribute
                            for name, value, attribute in zip(names, row, attributes[form], strict=True)
                        ]
                    ),
                )
                for row in self.read_one(spell, form)
            ]
        return found


class RecordRows(_Rows):
    """The records of one list."""

    key = "records"
    reader: RecordReader

    @property
    def forms(self) -> list[str]:
        return [self.declared.name] if self.reader.wanted else []

    def read(self, stated: object, tables: dict[str, Table]) -> None:
        """Put the table of this list beside the others."""
        self.put(stated, "records", tables)

    def end_between(self, name: str, low: Any, high: Any) -> object:
        first = FIRST_DATE if low is None else day(low)
        last = LAST_DATE if high is None else day(high)
        if last < first:
            raise Wrong(messages.BACKWARDS, first=str(low), last=str(high))
        return "1900-01-01" if low is None else low

    def known_rows(self, known: Known, form: str) -> Iterator[Row]:
        if "date" in known.ends:
            low, high = known.ends["date"]
            ends = FIRST_DATE if low is None else day(low), LAST_DATE if high is None else day(high)
            known.over["date"] = between(*ends, known.bits)
        yield from super().known_rows(known, form)

    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        values = self.any_values(form, number, {"date": (FIRST_DATE, LAST_DATE)}, local=True)
        return [Row(Times(0, left, 1 << number), values, number)]


__all__ = ["RecordRows", "SpellRows", "labels"]
