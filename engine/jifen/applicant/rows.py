"""Reads the spells of a timeline and the records of a list."""

from __future__ import annotations

from collections.abc import Mapping

from jifen.applicant import messages
from jifen.applicant.fields import Field, field_of, problem_at, taken, wrong_end
from jifen.applicant.values import Wrong, both_months, day, first_month, months
from jifen.backends.inputs import Layout
from jifen.errors import Problem
from jifen.plan.types import LAST_MONTH
from jifen.policy.model import RecordList, Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED, timeline_of


class Spells:
    """Reads the spells of one timeline into every form that the plan wants of them."""

    def __init__(self, declared: Timeline, rules: Rules, layout: Layout) -> None:
        self.declared = declared
        self.forms = [rows for rows in layout.columns if timeline_of(rows) == declared.name]
        self.fields = [field_of(item) for item in declared.attributes.values()]
        self.order = {rows: _order(layout.columns[rows], self.fields, ("from", "to")) for rows in self.forms}
        self.breaks = sorted({start for series in rules.series.values() for start in series.starts})

    def read(
        self,
        spells: list[object] | tuple[object, ...],
        path: str,
        tables: dict[str, list[tuple[int, ...]]],
        problems: list[Problem],
    ) -> None:
        _bounded(len(spells), self.declared.at_most, path, problems)
        known = months()
        plain: list[tuple[int, ...]] = []
        started: list[tuple[int, ...]] = []
        fields = self.fields
        for position, spell in enumerate(spells):
            if not isinstance(spell, Mapping):
                problems.append(Problem(f"{path}[{position}]", messages.NOT_A_MAPPING))
                continue
            first_text, last_text = spell.get("from"), spell.get("to")
            values = _attributes(spell, fields, ("from", "to"), f"{path}[{position}]", problems)
            if first_text is None:
                args = {"label": "from", "label_zh": "起点（from）"}
                problems.append(Problem(f"{path}[{position}].from", messages.MISSING, args))
                continue
            first = known.get(first_text) if type(first_text) is str else None
            last = (
                LAST_MONTH if last_text is None else known.get(last_text) if type(last_text) is str else None
            )
            if first is not None and last is not None:
                if last < first:
                    problems.append(_backwards(path, position, first_text, last_text))
                row = (first, last, *values)
                plain.append(row)
                started.append(row)
                continue
            ends = _ends(first_text, last_text, path, position, problems)
            if ends:
                plain.append((ends[0], ends[1], *values))
                started.append((ends[2], ends[3], *values))
        for rows in self.forms:
            found = started if STARTED in rows else plain
            if SPLIT in rows:
                found = self._split(found)
            order = self.order[rows]
            tables[rows] = [tuple([row[at] for at in order]) for row in found]

    def _split(self, rows: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
        found = []
        for first, last, *values in rows:
            for start in self.breaks:
                if first < start <= last:
                    found.append((first, start - 1, *values))
                    first = start
            found.append((first, last, *values))
        return found

    def earliest(self, tables: Mapping[str, list[tuple[int, ...]]]) -> int:
        """The first month of any spell, or a month after all others."""
        found = LAST_MONTH
        for rows in self.forms:
            at = self.order[rows].index(0) if 0 in self.order[rows] else -1
            if at >= 0:
                for row in tables[rows]:
                    if row[at] < found:
                        found = row[at]
        return found


class RecordReader:
    """Reads the records of one list."""

    def __init__(self, declared: RecordList, layout: Layout) -> None:
        self.declared = declared
        self.fields = [field_of(item) for item in declared.attributes.values()]
        self.wanted = declared.name in layout.columns
        self.order = _order(layout.columns.get(declared.name, ()), self.fields, ("date",))

    def read(
        self,
        records: list[object] | tuple[object, ...],
        path: str,
        tables: dict[str, list[tuple[int, ...]]],
        problems: list[Problem],
    ) -> None:
        found: list[tuple[int, ...]] = []
        _bounded(len(records), self.declared.at_most, path, problems)
        for position, record in enumerate(records):
            if not isinstance(record, Mapping):
                problems.append(Problem(f"{path}[{position}]", messages.NOT_A_MAPPING))
                continue
            date = 0
            values = _attributes(record, self.fields, ("date",), f"{path}[{position}]", problems)
            try:
                date = day(record["date"])
            except KeyError:
                args = {"label": "date", "label_zh": "日期（date）"}
                problems.append(Problem(f"{path}[{position}].date", messages.MISSING, args))
            except Wrong as wrong:
                problems.append(wrong_end(f"{path}[{position}].date", wrong, record["date"], "date"))
            row = (date, *values)
            found.append(tuple([row[at] for at in self.order]))
        if self.wanted:
            tables[self.declared.name] = found


def _bounded(count: int, most: int, path: str, problems: list[Problem]) -> None:
    if count > most:
        problems.append(Problem(path, messages.TOO_MANY, {"count": str(count), "most": str(most)}))


def _attributes(
    row: Mapping[object, object],
    fields: list[Field],
    own: tuple[str, ...],
    path: str,
    problems: list[Problem],
) -> list[int]:
    """The values of a row's attributes, each followed by whether it was given where it is optional."""
    found: list[int] = []
    for item, value, given in zip(fields, *taken(row, fields, own, path, problems), strict=True):
        found += (value, given) if item.optional else (value,)
    return found


def _ends(
    first: object, last: object, path: str, position: int, problems: list[Problem]
) -> tuple[int, int, int, int] | None:
    """First and last month of a spell given by days: of the whole months, then of the months begun."""
    wrong_ends = False
    for name, value in (("from", first), ("to", last)):
        try:
            if value is not None:
                first_month(value, True)
        except Wrong as wrong:
            problems.append(wrong_end(f"{path}[{position}].{name}", wrong, value, name))
            wrong_ends = True
    if wrong_ends:
        return None
    try:
        return both_months(first, last)
    except Wrong as wrong:
        problems.append(problem_at(f"{path}[{position}]", wrong))
        return None


def _backwards(path: str, position: int, first: object, last: object) -> Problem:
    return Problem(f"{path}[{position}]", messages.BACKWARDS, {"first": str(first), "last": str(last)})


def _order(columns: tuple[str, ...], fields: list[Field], own: tuple[str, ...]) -> list[int]:
    """Where each column of the layout lies in a row as it is read."""
    names = list(own)
    for item in fields:
        names.append(item.name)
        if item.optional:
            names.append(f"{item.name}?")
    return [names.index(column) for column in columns]
