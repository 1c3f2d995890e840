"""Writes a plan as the text of one function over applicants, which numba compiles.

It has the structure of `backends.generate`: lines for what no row enters, and a loop over each list for what folds
its rows, or several where a condition needs the result of an earlier one. Inputs are read where they lie.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from jifen.backends.columns import widths
from jifen.backends.columns.widths import width_of
from jifen.backends.fused.inputs import (
    DONE,
    ODD,
    OUTSIDE,
    Below,
    DayOutside,
    Flag,
    Holds,
    Inputs,
    RowsOf,
    Value,
    Wanted,
)
from jifen.backends.fused.reading import BITMAP, PARTS
from jifen.backends.fused.texts import MOST_ROWS, written
from jifen.backends.inputs import Layout
from jifen.backends.semantics import FOLDS, ORDERS
from jifen.plan.plan import ROW_ORDERS, Operation, Plan
from jifen.plan.types import Kind, Type

LISTED = ("capped_total", "monthly_total", *ORDERS)
"""What needs all rows of an applicant at once: they are put aside, in `ROOM` entries for each argument."""
ROOM = 256
BLOCK = 32
"""Applicants of a block: each list is read for all of them before the next is, and what is kept fits the cache."""
_KINDS = {Kind.TRUTH: "truth", Kind.DATE: "day", Kind.CHOICE: "option", Kind.CHOICES: "options"}
_NAME = re.compile(r"\b[vf]\d+\b")
_MADE = re.compile(r"\s*([vf]\d+) = ")
_OVERLAPS = {"highest": "HIGHEST", "lowest": "LOWEST", "first": "FIRST"}


FIXED = ("table", "base", "states", "pool", "aside", "room", "check")
"""The first arguments of every program."""


class Writer:
    """Writes the function for one plan. After `source`, `arguments` and `pool` say what it must be called with."""

    def __init__(self, plan: Plan, wanted: Wanted, layout: Layout, inputs: Inputs, words: int) -> None:
        self.plan = plan
        self.wanted = wanted
        self.layout = layout
        self.inputs = inputs
        self.words = words
        self.arguments: list[tuple[str, str]] = []
        """What follows the fixed arguments, by input (or result) and part."""
        self.pool: list[int] = []
        """Tables of the plan, one after the other."""
        self.listed = 0
        """Columns of rows that are put aside, each with ROOM entries."""
        self._needed = plan.needed(wanted.reads)
        self._level = self._levels()
        self.room = 0
        """Numbers that are kept between the passes over a block."""
        self._ordered = any(plan.operations[slot].kind in ORDERS for slot in self._needed)
        self._lines: list[str] = []
        self._stages = [self._lines]
        self._kinds: dict[str, Kind] = {}
        self._names: dict[int, str] = {}
        self._facts: dict[str, str] = {}
        self._tables: dict[tuple[int, ...], int] = {}
        self._checked: set[str] = set()
        self._orders: dict[int, str] = {}
        self._specs: dict[tuple[str, str], str] = {}
        self._loops = 0

    def source(self) -> str:
        """The text of the function."""
        operations, needed = self.plan.operations, self._needed
        for at, name in enumerate(self.layout.facts):
            value = self.inputs.facts[name]
            self._lines.append(f"f{at} = {self._read(name, value, 'i')}")
            self._facts[name] = f"f{at}"
            self._kinds[f"f{at}"] = value.type.kind
            if value.type.kind is Kind.CHOICES:
                self._lines.append(f"odd = either(odd, less(f{at}, 0))")
        for name in self.wanted.facts:
            self._write("fact", name, self.inputs.facts[name].type, self._facts[name])
        for level in range(max(self._level.values(), default=0) + 1):
            self._straights(level)
            folds = [s for s in needed if self._walks(s) and self._level[s] == level]
            for rows in self.layout.columns:
                own = [slot for slot in folds if operations[slot].ranges_over == rows]
                if own:
                    self._loop(rows, own)
                    self._straights(level)
        for rows in self.layout.columns:
            if self.inputs.rows[rows].checked and rows not in self._checked:
                self._loop(rows, [])
        self._stage()
        outputs = self._outputs()
        body = self._passes(outputs)
        head = [f"{name} = load_i64(arguments, {at})" for at, name in enumerate(FIXED)]
        head[-1] += " != 0"
        for name in ("breaks", "break_count"):
            if ("", name) in self.arguments:
                head.append(f"{name} = load_i64(arguments, {len(FIXED) + self.arguments.index(('', name))})")
        head += [f"none = nothing({self.words})"]
        head += [f"p{at} = 0" for at in range(len(self.wanted.lists))]
        lines = [
            *head,
            f"for block in range(floor(last - first + {BLOCK - 1}, {BLOCK})):",
            f"    start = first + {BLOCK} * block",
            f"    stop = least(start + {BLOCK}, last)",
            *("    " + line for line in body),
            "return 0",
        ]
        return "def program(first, last, wanted, arguments):\n" + "".join(f"    {line}\n" for line in lines)

    # passes

    def _stage(self) -> None:
        """Begin another pass over a block of applicants, unless rows put aside must be found again in it."""
        if self._lines and not self._ordered:
            self._lines = []
            self._stages.append(self._lines)

    def _straights(self, level: int) -> None:
        """Whatever of the applicant's can be computed by now: little must then be kept for later passes."""
        operations = self.plan.operations
        for slot in self._needed:
            operation = operations[slot]
            if slot in self._names or operation.rows or self._walks(slot) or self._level[slot] > level:
                continue
            if all(arg in self._names for arg in operation.args):
                self._straight(slot, self._names, self._lines, "v")
                self._result(slot)

    def _result(self, slot: int) -> None:
        """Write a slot that is wanted as soon as it is known."""
        if slot in self.wanted.slots:
            self._write("result", str(slot), self.plan.operations[slot].type, self._names[slot])

    def _write(self, path: str, part: str, type_: Type, name: str) -> None:
        bits = 8 * width_of(type_).itemsize
        self._lines.append(f'write(arguments, "{bits} {self._argument(path, part)}", i, {name})')

    def _passes(self, outputs: Sequence[str]) -> list[str]:
        """A loop over the block for each pass. What one computes and a later one reads is kept in between."""
        stages = []
        for stage in self._stages:
            text = "\n".join(stage)
            lines = list(stage)
            for mark, state, condition in (("odd", ODD, "odd & check"), ("over", OUTSIDE, "over")):
                if re.search(rf"\b{mark}\b", text):
                    lines = [
                        f"{mark} = False",
                        *lines,
                        f"if {condition}: store_i8(states, i, {state}); continue",
                    ]
            stages.append(lines)
        stages[-1] += [f"store_i8(states, i, {DONE})", *outputs]
        used = [
            {name for line in lines for name in _NAME.findall(line) if name in self._kinds}
            for lines in stages
        ]
        made = [{found[1] for line in lines if (found := _MADE.match(line))} for lines in stages]
        places: dict[str, int] = {}
        body: list[str] = []
        for number, lines in enumerate(stages):
            before = set().union(*made[:number])
            later = set().union(*used[number + 1 :])
            taken = sorted(used[number] & before - made[number])
            given = sorted(name for name in made[number] & later if name in self._kinds)
            body += ["for i in range(start, stop):", "    if load_u8(states, i) != wanted: continue"]
            if taken or given:
                body.append("    r = i - start")
            renamed = {name: f"{name}_{number}" for name in taken}
            body += [f"    {renamed[name]} = {self._taken(name, places)}" for name in taken]
            body += [f"    {_renamed(line, renamed)}" for line in lines]
            for name in given:
                places[name] = self.room
                sets = self._kinds[name] is Kind.MONTHS
                self.room += BLOCK * (self.words if sets else 1)
                body.append(
                    f"    {'write_months' if sets else 'store_i64'}(room + {8 * places[name]}, r, {name})"
                )
        return body

    def _taken(self, name: str, places: Mapping[str, int]) -> str:
        where, kind = f"room + {8 * places[name]}", self._kinds[name]
        if kind is Kind.MONTHS:
            return f"read_months({where}, r, none)"
        return f"same(load_i64({where}, r), 1)" if kind is Kind.TRUTH else f"load_i64({where}, r)"

    # inputs

    def _argument(self, path: str, *parts: str) -> int:
        """The place of the first of some consecutive arguments."""
        if (path, parts[0]) not in self.arguments:
            self.arguments += [(path, part) for part in parts]
        return len(FIXED) + self.arguments.index((path, parts[0]))

    def _spec(self, path: str, kind: str, bitmap: str = "") -> str:
        """What an input is called in the text: its kind, and the first of its arguments."""
        if (path, kind) not in self._specs:
            parts = [part.replace("known", bitmap) for part in BITMAP] if bitmap else []
            self._specs[path, kind] = f"{kind} {self._argument(path, *PARTS[kind], *parts)}"
        return self._specs[path, kind]

    def _read(self, path: str, value: Value, at: str) -> str:
        kind = _KINDS.get(value.type.kind) or ("number" if value.type.den == 1 else "decimal")
        spec = self._spec(path, kind, "" if value.default is None else "known")
        spec += "" if value.default is None else f" else {value.default}"
        return f'read(arguments, "{spec}", {at})'

    def _given(self, path: str, at: str) -> str:
        return f'given(arguments, "{self._spec(path, "given", "given")}", {at})'

    def _levels(self) -> dict[int, int]:
        """The loop after which a slot is known: one more than what it folds."""
        level: dict[int, int] = {}
        for slot in self._needed:
            operation = self.plan.operations[slot]
            level[slot] = max((level[arg] for arg in operation.args), default=0)
            level[slot] += self._walks(slot)
        return level

    def _walks(self, slot: int) -> bool:
        kind = self.plan.operations[slot].kind
        return kind in FOLDS or kind in ORDERS

    # one operation

    def _straight(self, slot: int, names: dict[int, str], lines: list[str], prefix: str) -> None:
        operation = self.plan.operations[slot]
        if operation.kind == "const":
            names[slot] = _literal(operation)
        elif operation.kind == "fact":
            names[slot] = self._facts[str(operation.params[0])]
        elif operation.kind == "scale" and operation.params[0] == 1:
            names[slot] = names[operation.args[0]]
        else:
            names[slot] = f"{prefix}{slot}"
            self._kinds[names[slot]] = operation.type.kind
            args = [names[arg] for arg in operation.args]
            lines.append(f"{names[slot]} = {self._text(operation, args)}")
            if operation.kind == "span":
                lines.append(f"over = either(over, outside(base, {args[0]}, {args[1]}, none))")

    def _text(self, operation: Operation, args: Sequence[str]) -> str:
        kind, params = operation.kind, operation.params
        if kind == "given":
            return self._given(str(params[0]), "i")
        if kind == "lookup":
            return f"load_i64(pool, add({args[0]}, {self._table(params[0])}))"
        if kind == "series":
            starts, values = params[0], params[1]
            assert isinstance(starts, tuple) and isinstance(values, tuple)
            at = self._table(
                tuple([values[max(sum(s <= month for s in starts) - 1, 0)] for month in _months(starts)])
            )
            return f"load_i64(pool, add(least(most({args[0]}, {starts[0]}), {starts[-1]}), {at - starts[0]}))"
        return written(operation, args)

    def _table(self, values: object) -> int:
        """Where the pool holds some numbers."""
        assert isinstance(values, tuple)
        if values not in self._tables:
            self._tables[values] = len(self.pool)
            self.pool += values
        return self._tables[values]

    # rows

    def _loop(self, rows: str, folds: Sequence[int]) -> None:
        """One loop over a list that fills every fold of a level, or only checks the rows."""
        spec = self.inputs.rows[rows]
        checked = spec.checked and rows not in self._checked
        self._checked.add(rows)
        self._loops += 1
        self._stage()
        mark, lines = self._loops, self._lines
        listed = any(self.plan.operations[slot].kind in LISTED for slot in folds)
        most = ROOM if listed else MOST_ROWS
        where = self._spec(rows, "rows")
        lines += [
            f'b{mark} = start_of(arguments, "{where}", i)',
            f'e{mark} = end_of(arguments, "{where}", i)',
        ]
        if checked:
            lines.append(f"odd = either(odd, less({spec.at_most}, subtract(e{mark}, b{mark})))")
        if not spec.split:
            lines += [f"n{mark} = e{mark} - b{mark}", f"over = either(over, less({most}, n{mark}))"]
            if listed:
                lines += [
                    f"n{mark} = choose(less({ROOM}, n{mark}), 0, n{mark})",
                    f"e{mark} = b{mark} + n{mark}",
                ]
        places: dict[int, list[str]] = {}
        for slot in folds:
            self._names[slot] = f"v{slot}"
            self._kinds[f"v{slot}"] = self.plan.operations[slot].type.kind
            lines += self._start(slot, places)
        names = dict(self._names)
        body = self._body(rows, folds, names)
        for slot in folds:
            body += self._fold(slot, names, places.get(slot, []))
        reading = self._reading(rows, spec, checked, body)
        if spec.split:
            lines.append(f"n{mark} = 0")
        lines.append(f"for j in range(b{mark}, e{mark}):")
        lines += ["    " + line for line in reading]
        lines += ["    " + line for line in (self._pieces(body, most) if spec.split else body)]
        for slot in folds:
            lines += self._finish(slot, places.get(slot, []), f"n{mark}")
            self._result(slot)

    def _column(self, rows: str, name: str) -> str:
        """The variable of an attribute in the loop that is being written."""
        return f"c{self._loops}_{self.layout.columns[rows].index(name)}"

    def _reading(self, rows: str, spec: RowsOf, checked: bool, body: Sequence[str]) -> list[str]:
        """Lines that read a row."""
        text = "\n".join(body)
        lines: list[str] = []
        ends = self._spec(rows, "spell", "last_known") if spec.spells else ""
        if ends:
            for name, step in (("from", "first_month"), ("to", "last_month")):
                lines.append(f'{self._column(rows, name)} = {step}(arguments, "{ends}", j)')
        for name, value in spec.values.items():
            several = checked and value.type.kind is Kind.CHOICES
            if name in self.layout.columns[rows] and (several or self._column(rows, name) in text):
                lines.append(f"{self._column(rows, name)} = {self._read(f'{rows}.{name}', value, 'j')}")
                if several:
                    lines.append(f"odd = either(odd, less({self._column(rows, name)}, 0))")
        if "row" in text and not spec.split:
            lines.append(f"row = subtract(j, b{self._loops})")
        return lines

    def _pieces(self, body: Sequence[str], most: int) -> list[str]:
        """The body for each piece of a spell that is cut where a series changes."""
        self._argument("", "breaks", "break_count")
        mark = self._loops
        first, last, size = f"c{mark}_0", f"c{mark}_1", f"n{mark}"
        return [
            f"whole = {last}",
            "b = 0",
            f"while b < break_count and load_i64(breaks, b) <= {first}: b += 1",
            "more = True",
            "while more:",
            "    more = b < break_count and load_i64(breaks, b) <= whole",
            f"    {last} = load_i64(breaks, b) - 1 if more else whole",
            f"    if {size} >= {most}:",
            "        over = True",
            "        break",
            f"    row = {size}",
            *("    " + line for line in body),
            f"    {size} += 1",
            f"    {first} = {last} + 1",
            "    b += 1",
        ]

    def _start(self, slot: int, places: dict[int, list[str]]) -> list[str]:
        operation = self.plan.operations[slot]
        if operation.kind in LISTED:
            found = []
            for arg in [*operation.args, *([slot] if operation.kind in ORDERS else [])]:
                sets = self.plan.operations[arg].type.kind is Kind.MONTHS
                found.append(f"aside + {8 * ROOM * self.listed}")
                self.listed += self.words if sets else 1
            places[slot] = found
            if operation.kind in ORDERS:
                self._orders[slot] = found[-1]
            return []
        if operation.kind == "gather":
            return [f"v{slot} = none"]
        return [f"v{slot} = 0"] + ([f"s{slot} = False"] if operation.kind in ("best", "least") else [])

    def _fold(self, slot: int, names: Mapping[int, str], places: Sequence[str]) -> list[str]:
        operation = self.plan.operations[slot]
        kind, args = operation.kind, [names[arg] for arg in operation.args]
        if kind in LISTED:
            lines = []
            for arg, name, place in zip(operation.args, args, places, strict=False):
                store = "write_months" if self.plan.operations[arg].type.kind is Kind.MONTHS else "store_i64"
                lines.append(f"{store}({place}, row, {name})")
            return lines
        condition, value = args
        if condition == "False":
            return []
        always = condition == "True"
        if kind == "gather":
            return [f"v{slot} = join(v{slot}, {value if always else f'kept(table, {condition}, {value})'})"]
        if kind == "total":
            return [f"v{slot} = add(v{slot}, {value if always else f'choose({condition}, {value}, 0)'})"]
        ahead = f"less(v{slot}, {value})" if kind == "best" else f"less({value}, v{slot})"
        better = f"both({condition}, either(negate(s{slot}), {ahead}))"
        return [f"v{slot} = choose({better}, {value}, v{slot})", f"s{slot} = either(s{slot}, {condition})"]

    def _finish(self, slot: int, places: Sequence[str], size: str) -> list[str]:
        operation = self.plan.operations[slot]
        kind, params = operation.kind, operation.params
        given = ", ".join(places)
        if kind == "ordinal":
            return [f"ordinal({given}, {size})"]
        if kind == "leader":
            return [f"leader({given}, {size}, {bool(params[1])})"]
        if kind == "capped_total":
            return [f"v{slot} = capped_total({given}, {size}, {params[1]}, {params[2]})"]
        if kind == "monthly_total":
            if params[1] == "sum":
                return [f"v{slot} = monthly_sum({given}, {size}, none)"]
            return [f"v{slot} = monthly_total({given}, {size}, {_OVERLAPS[str(params[1])]}, none)"]
        return []

    def _body(self, rows: str, folds: Sequence[int], names: dict[int, str]) -> list[str]:
        """Lines that compute what the folds read of a row."""
        operations = self.plan.operations
        inside: set[int] = set()
        todo = [arg for slot in folds for arg in operations[slot].args]
        while todo:
            slot = todo.pop()
            if slot not in inside and operations[slot].rows:
                inside.add(slot)
                if operations[slot].kind not in ROW_ORDERS:
                    todo.extend(operations[slot].args)
        lines: list[str] = []
        for slot in sorted(inside):
            operation = operations[slot]
            if operation.kind == "column":
                names[slot] = self._column(rows, str(operation.params[0]))
            elif operation.kind == "column_given":
                names[slot] = f"r{slot}_{self._loops}"
                lines.append(f"{names[slot]} = {self._given(f'{rows}.{operation.params[0]}', 'j')}")
            elif operation.kind in ROW_ORDERS:
                names[slot] = f"r{slot}_{self._loops}"
                found = f"load_i64({self._orders[slot]}, row)"
                lines.append(
                    f"{names[slot]} = {found if operation.kind == 'ordinal' else f'same({found}, 1)'}"
                )
            else:
                self._straight(slot, names, lines, f"r{self._loops}_")
        return lines

    # results

    def _outputs(self) -> list[str]:
        lines = []
        for at, flags in enumerate(self.wanted.lists):
            codes, offsets = (self._argument(f"list {at}", part) for part in ("codes", "offsets"))
            bits = 8 * code_width(flags).itemsize
            for code, flag in enumerate(flags):
                lines.append(f'write(arguments, "{bits} {codes}", p{at}, {code})')
                lines.append(f"p{at} = add(p{at}, {self._struck(flag)})")
            lines.append(f'write(arguments, "32 {offsets}", i + 1, p{at})')
        return lines

    def _struck(self, flag: Flag) -> str:
        if isinstance(flag, Holds):
            return self._names[flag.slot] if flag.wanted else f"negate({self._names[flag.slot]})"
        if isinstance(flag, DayOutside):
            day = self._facts[flag.fact]
            return f"({day} < {flag.first})" + (f" | ({day} > {flag.last})" if flag.last else "")
        sign = "<=" if flag.or_equal else "<"
        assert isinstance(flag, Below)
        return (
            f"{self._names[flag.slot]} * {flag.factor} {sign} {self._names[flag.other]} * {flag.other_factor}"
        )


def code_width(flags: Sequence[Flag]) -> widths.Width:
    """The dtype of the codes of a list."""
    return np.dtype(np.int8 if len(flags) < 128 else np.int16)


def _renamed(line: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[0], found[0]), line)


def _literal(operation: Operation) -> str:
    value = int(str(operation.params[0]))
    if operation.type.kind is Kind.TRUTH:
        return str(bool(value))
    return f"({value})" if value < 0 else str(value)


def _months(starts: Sequence[int]) -> range:
    return range(starts[0], starts[-1] + 1)
