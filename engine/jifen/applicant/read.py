"""Reads an applicant: everything that is wrong is found at once, each with its path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from jifen.applicant import messages
from jifen.applicant.fast import UNUSUAL, fast_reader
from jifen.applicant.people import SECTIONS, flat
from jifen.applicant.values import Convert, Wrong, both_months, converter, day, first_month, months
from jifen.backends.inputs import Data, Layout
from jifen.document.diagnostics import Message, suggest
from jifen.errors import ApplicantError, Problem
from jifen.plan.types import LAST_MONTH
from jifen.policy.inputs import input_type
from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED, timeline_of
from jifen.policy.terms import Text

TOP = ("applicant", "date", "facts", "timelines", "records", "people")


class Person(NamedTuple):
    """An applicant as read: the identifier, the date of application as YYYYMMDD, and the integers."""

    id: str
    date: int
    data: Data


class Field(NamedTuple):
    """An input, and how its values become integers."""

    name: str
    convert: Convert
    default: int
    """What stands for a value that is not given: the default, or where nothing looks at it, the lowest there is."""
    optional: bool
    required: bool
    item: Input


class Reader:
    """Reads applicants for one policy into one layout. Immutable; safe to share between threads."""

    def __init__(self, rules: Rules, layout: Layout) -> None:
        self.rules = rules
        self.layout = layout
        self.facts = [_field(item) for item in rules.facts.values()]
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
        values: list[int] = []
        given: list[int] = []
        seen = 0
        for name, convert, default, optional, required, item in self.facts:
            value, is_given = default, 0
            if name in section:
                seen += 1
                raw = section[name]
                if raw is not None or not optional:
                    is_given = 1
                    try:
                        value = convert(raw)
                    except Wrong as wrong:
                        problems.append(wrong_value(f"facts.{name}", wrong, raw, item))
            elif required:
                problems.append(Problem(f"facts.{name}", messages.MISSING, labels(item.label, name)))
            values.append(value)
            given.append(is_given)
        if seen != len(section):
            for name in section:
                if name not in self.rules.facts:
                    unknown_name(problems, f"facts.{name}", str(name), self.rules.facts)
        return values, given

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


class Spells:
    """Reads the spells of one timeline into every form that the plan wants of them."""

    def __init__(self, declared: Timeline, rules: Rules, layout: Layout) -> None:
        self.declared = declared
        self.forms = [rows for rows in layout.columns if timeline_of(rows) == declared.name]
        self.fields = [_field(item) for item in declared.attributes.values()]
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
            own = ("from" in spell) + ("to" in spell)
            values = _attributes(spell, fields, own, path, position, problems, ("from", "to"))
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
        self.fields = [_field(item) for item in declared.attributes.values()]
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
            values = _attributes(record, self.fields, "date" in record, path, position, problems, ("date",))
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
    own_keys: int,
    path: str,
    position: int,
    problems: list[Problem],
    own: tuple[str, ...],
) -> list[int]:
    """The values of a row's attributes, each followed by whether it was given where it is optional."""
    values: list[int] = []
    seen = own_keys
    for name, convert, default, optional, required, item in fields:
        value, is_given = default, 0
        if name in row:
            seen += 1
            raw = row[name]
            if raw is not None or not optional:
                is_given = 1
                try:
                    value = convert(raw)
                except Wrong as wrong:
                    problems.append(wrong_value(f"{path}[{position}].{name}", wrong, raw, item))
        elif required:
            args = labels(item.label, name)
            problems.append(Problem(f"{path}[{position}].{name}", messages.MISSING, args))
        values.append(value)
        if optional:
            values.append(is_given)
    if seen != len(row):
        names = [*own, *(item.name for item in fields)]
        for key in row:
            if key not in names:
                unknown_name(problems, f"{path}[{position}].{key}", str(key), names)
    return values


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


def _field(item: Input) -> Field:
    convert = converter(item)
    optional = not item.required and item.default is None
    default = input_type(item).low if item.default is None else convert(item.default)
    return Field(item.name, convert, default, optional, item.required, item)


def unknown_name(problems: list[Problem], path: str, name: str, names: object) -> None:
    """Note a name that nothing reads."""
    near = suggest(name, names)  # type: ignore[arg-type]
    problems.append(Problem(path, messages.UNKNOWN, {"name": name, **({"near": near} if near else {})}))


def problem_at(path: str, wrong: Wrong) -> Problem:
    """What is wrong with a value."""
    message: Message = wrong.message
    return Problem(path, message, wrong.args_)


def wrong_value(path: str, wrong: Wrong, raw: object, item: Input) -> Problem:
    """What is wrong with a value; of one that is said to be unknown, that it is."""
    if isinstance(raw, Mapping) and not {"unknown", "from", "to"}.isdisjoint(raw):
        return Problem(path, messages.NOT_KNOWN, labels(item.label, item.name))
    return problem_at(path, wrong)


def wrong_end(path: str, wrong: Wrong, raw: object, name: str) -> Problem:
    """The same of an end of a spell or the date of a record."""
    if isinstance(raw, Mapping) and not {"unknown", "from", "to"}.isdisjoint(raw):
        zh = {"from": "起点", "to": "终点", "date": "日期"}[name]
        return Problem(path, messages.NOT_KNOWN, {"label": name, "label_zh": f"{zh}（{name}）"})
    return problem_at(path, wrong)


def labels(label: Text, name: str) -> dict[str, str]:
    """What an input is called in each language, with its name in the data."""
    texts = {"en": label, "zh": label} if isinstance(label, str) else label
    first = next(iter(texts.values()), name)
    en, zh = texts.get("en", first), texts.get("zh", first)
    return {"label": f"{en} ({name})", "label_zh": f"{zh}（{name}）"}
