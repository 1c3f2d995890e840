"""A generated function that reads an applicant written in the usual forms, and gives up on anything else.

It accepts only what the careful reader accepts, and then yields the same integers; it never reports a problem.
Whatever is unusual (or wrong) raises one of UNUSUAL, and the careful reader takes over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jifen.applicant.people import flat
from jifen.applicant.values import Wrong, both_months, day, months
from jifen.backends.inputs import Data, Layout
from jifen.plan.types import LAST_MONTH
from jifen.policy.inputs import input_type
from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.policy.rows import SPLIT, STARTED, timeline_of

UNUSUAL = (KeyError, TypeError, ValueError, AttributeError, Wrong)

FastRead = Callable[[Any], tuple[int, Data]]

TOP = frozenset({"applicant", "date", "facts", "timelines", "records", "people"})


class Options(dict[tuple[str, ...], int]):
    """The bit mask of several options at once, remembered for each combination met, up to a bound."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__()
        self.bits = {option: 1 << position for position, option in enumerate(options)}

    def __missing__(self, options: tuple[str, ...]) -> int:
        found = 0
        for option in options:
            found |= self.bits[option]
        if not found:
            raise ValueError(options)
        if len(self) < 1000:
            self[options] = found
        return found


class _Writer:
    def __init__(
        self, rules: Rules, layout: Layout, converters: Mapping[str, Callable[[object], int]]
    ) -> None:
        self.rules = rules
        self.layout = layout
        self.converters = converters
        self.scope: dict[str, Any] = {
            "MONTHS": months(),
            "BOTH": both_months,
            "DAY": day,
            "LAST": LAST_MONTH,
            "TOP": TOP,
            "flat": flat if rules.people else None,
            "Data": Data,
            "new": tuple.__new__,  # a named tuple's own takes a call more
        }
        self.lines: list[str] = []

    def put(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def source(self) -> str:
        put = self.put
        put(0, "def read(applicant):")
        put(1, "if not TOP.issuperset(applicant): raise KeyError")
        if self.rules.people:
            put(1, "if 'people' in applicant: applicant = flat(applicant, {})")
        else:
            put(1, "if 'people' in applicant: raise KeyError")
        put(1, "date = DAY(applicant['date'])")
        put(1, "base = date // 10000 * 12 + date // 100 % 100 - 1")
        self._section("facts")
        for item in self.rules.facts.values():
            self._value(1, f"f_{_name(item.name)}", item, "given", f"facts.{item.name}")
        self._only(1, "given", "n", sum(item.required for item in self.rules.facts.values()))
        self._section("timelines")
        for timeline in self.rules.timelines.values():
            self._timeline(timeline)
        required = sum(not timeline.optional for timeline in self.rules.timelines.values())
        self._only(1, "given", "n", required)
        self._section("records")
        for records in self.rules.records.values():
            self._records(records)
        self._only(1, "given", "n", sum(not one.optional for one in self.rules.records.values()))
        facts = "".join(f"{'date' if name == 'date' else 'f_' + _name(name)}, " for name in self.layout.facts)
        flags = "".join(f"f_{_name(name)}_, " for name in self.layout.given)
        tables = "".join(f"t_{_name(rows)}, " for rows in self.layout.columns)
        put(1, f"return date, new(Data, (base, ({facts}), ({flags}), ({tables})))")
        return "\n".join(self.lines)

    def _section(self, name: str) -> None:
        """Lines that begin a section, of which `n` counts the keys that are found and need not be there."""
        self.put(1, f"given = applicant.get({name!r}, {{}}); n = 0")

    def _only(self, depth: int, source: str, found: str, required: int) -> None:
        """A line that refuses other keys than those found and those required."""
        known = f"{found} + {required}" if found and required else found or str(required)
        self.put(depth, f"if len({source}) != {known}: raise KeyError")

    def _value(self, depth: int, name: str, item: Input, source: str, path: str) -> None:
        """Lines that put one value into a name, and whether it was given into `name_` where it is optional."""
        put = self.put
        if item.required:
            self._convert(depth, name, item, f"{source}[{item.name!r}]", path)
            return
        count = "n" if source == "given" else "m"
        put(depth, f"x = {source}.get({item.name!r})")
        put(depth, "if x is None:")
        if item.default is None:
            put(
                depth + 1,
                f"{name} = {input_type(item).low}; {name}_ = 0; {count} += {item.name!r} in {source}",
            )
        else:
            put(depth + 1, f"{name} = {self.converters[path](item.default)}")
        put(depth, "else:")
        self._convert(depth + 1, name, item, "x", path)
        put(depth + 1, f"{count} += 1{f'; {name}_ = 1' if item.default is None else ''}")

    def _convert(self, depth: int, name: str, item: Input, text: str, path: str) -> None:
        put, key = self.put, _name(path)

        def take() -> None:
            if text != "x":
                put(depth, f"x = {text}")

        if item.type == "choice" and not item.many:
            self.scope[f"o_{key}"] = {option: position for position, option in enumerate(item.options)}
            put(depth, f"{name} = o_{key}[{text}]")
        elif item.type == "choice":
            self.scope[f"o_{key}"] = Options(tuple(item.options))
            take()
            put(depth, f"if type(x) is str: {name} = o_{key}[(x,)]")
            put(depth, f"elif type(x) is list or type(x) is tuple: {name} = o_{key}[tuple(x)]")
            put(depth, "else: raise TypeError")
        elif item.type == "boolean":
            take()
            put(depth, f"if x is True: {name} = 1")
            put(depth, f"elif x is False: {name} = 0")
            put(depth, "else: raise TypeError")
        elif item.type == "date":
            self.scope[f"c_{key}"] = self.converters[path]
            put(depth, f"{name} = c_{key}({text})")
        else:
            self.scope[f"c_{key}"] = self.converters[path]
            type_ = input_type(item)
            scaled = "x" if type_.den == 1 else f"x * {type_.den}"
            low, high = -(-type_.low // type_.den), type_.high // type_.den
            take()
            put(depth, f"{name} = {scaled} if type(x) is int and {low} <= x <= {high} else c_{key}(x)")

    def _rows(self, declared: Timeline | RecordList, tables: Sequence[str]) -> int:
        """Lines that find the rows of a list, and nothing more where there are none; the depth of what follows."""
        put, depth = self.put, 1
        for rows in tables:
            put(1, f"t_{_name(rows)} = []")
        if declared.optional:
            put(1, f"rows = given.get({declared.name!r})")
            put(1, f"if rows is None: n += {declared.name!r} in given")
            put(1, "else:")
            put(2, "n += 1")
            depth = 2
        else:
            put(1, f"rows = given[{declared.name!r}]")
        put(depth, "if type(rows) is not list and rows != (): raise TypeError")
        put(depth, f"if len(rows) > {declared.at_most}: raise ValueError")
        put(depth, "for row in rows:")
        return depth + 1

    def _timeline(self, timeline: Timeline) -> None:
        put, name = self.put, timeline.name
        forms = [rows for rows in self.layout.columns if timeline_of(rows) == name]
        at = self._rows(timeline, forms)
        put(at, "first = row['from']; last = row.get('to')")
        put(at, "try:")
        put(at + 1, "a = MONTHS[first]")
        put(at + 1, "if last is None: b = LAST; m = 'to' in row")
        put(at + 1, "else: b = MONTHS[last]; m = 1")
        put(at, "except KeyError: a, b, c, d = BOTH(first, last); m = 'to' in row")
        put(at, "else:")
        put(at + 1, "if b < a: raise ValueError")
        if any(STARTED in rows for rows in forms):
            put(at + 1, "c = a; d = b")
        for item in timeline.attributes.values():
            self._value(at, f"v_{item.name}", item, "row", f"{name}.{item.name}")
        self._only(at, "row", "m", 1 + sum(item.required for item in timeline.attributes.values()))
        for rows in forms:
            self._spell(at, rows)

    def _spell(self, at: int, rows: str) -> None:
        """Lines that put one spell into one form of its timeline."""
        put, columns = self.put, self.layout.columns[rows]
        ends = {"from": "c", "to": "d"} if STARTED in rows else {"from": "a", "to": "b"}
        values = [ends.get(column) or f"v_{column.replace('?', '_')}" for column in columns]
        put(at, f"if {ends['from']} < base: base = {ends['from']}")
        if SPLIT not in rows:
            put(at, f"t_{_name(rows)}.append(({''.join(f'{value}, ' for value in values)}))")
            return
        starts = {start for series in self.rules.series.values() for start in series.starts}
        self.scope["BREAKS"] = tuple(sorted(starts))
        first, end = values[columns.index("from")], values[columns.index("to")]
        cut = "".join(f"{ {first: 'e', end: 'start - 1'}.get(value, value) }, " for value in values)
        rest = "".join(f"{ {first: 'e'}.get(value, value) }, " for value in values)
        put(at, f"e = {first}")
        put(at, "for start in BREAKS:")
        put(at + 1, f"if e < start <= {end}: t_{_name(rows)}.append(({cut})); e = start")
        put(at, f"t_{_name(rows)}.append(({rest}))")

    def _records(self, records: RecordList) -> None:
        put, name = self.put, records.name
        at = self._rows(records, [name])
        required = sum(item.required for item in records.attributes.values())
        put(at, "v_date = DAY(row['date']); m = 0")
        for item in records.attributes.values():
            self._value(at, f"v_{item.name}", item, "row", f"{name}.{item.name}")
        self._only(at, "row", "m", 1 + required)
        if name in self.layout.columns:
            values = "".join(f"v_{column.replace('?', '_')}, " for column in self.layout.columns[name])
            put(at, f"t_{_name(name)}.append(({values}))")


def _name(text: str) -> str:
    return text.replace(".", "__").replace("#", "__")


def fast_reader(rules: Rules, layout: Layout, converters: Mapping[str, Callable[[object], int]]) -> FastRead:
    """The function for one policy; `converters` has one for each fact (`facts.name`) and attribute (`list.name`)."""
    writer = _Writer(rules, layout, converters)
    source = writer.source()
    scope = dict(writer.scope)
    exec(compile(source, "<applicant>", "exec"), scope)
    read: FastRead = scope["read"]
    return read
