"""Writes a plan as the text of one function over applicants, which numba compiles.

It has the structure of `backends.generate`: lines for what no row enters, and a loop over each list for what folds
its rows, or several where a condition needs the result of an earlier one. Inputs are read where they lie.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jifen.backends.columns import widths
from jifen.backends.columns.widths import width_of
from jifen.backends.fused.addresses import FIXED, Addresses
from jifen.backends.fused.folds import ROOM, Folds
from jifen.backends.fused.inputs import Below, DayOutside, Flag, Holds, Inputs, RowsOf, Wanted
from jifen.backends.fused.machine import BITS
from jifen.backends.fused.operations import Operations
from jifen.backends.fused.passes import BLOCK, passes
from jifen.backends.fused.texts import MOST_ROWS
from jifen.backends.inputs import Layout
from jifen.backends.semantics import FOLDS, ORDERS
from jifen.plan.plan import ROW_ORDERS, Plan
from jifen.plan.types import LAST_MONTH, Kind, Type


class Writer:
    """Writes the function for one plan. After it, `addresses`, `pool` and the sizes say what it must be called with."""

    def __init__(self, plan: Plan, wanted: Wanted, layout: Layout, inputs: Inputs, words: int) -> None:
        self.plan = plan
        self.wanted = wanted
        self.layout = layout
        self.inputs = inputs
        self.words = words
        self.addresses = Addresses()
        self._operations = Operations(plan, self.addresses)
        self._needed = plan.needed(wanted.reads)
        self._level = self._levels()
        self.room = 0
        """Bytes that are kept between the passes over a block."""
        self._ordered = any(plan.operations[slot].kind in ORDERS for slot in self._needed)
        self._lines: list[str] = []
        self._stages = [self._lines]
        self._names: dict[int, str] = {}
        self._checked: set[str] = set()
        self._folds = Folds(plan, words)
        self._loops = 0

    @property
    def pool(self) -> list[int]:
        """Tables of the plan, one after the other."""
        return self._operations.pool

    @property
    def aside(self) -> int:
        """Numbers for rows that are put aside."""
        return self._folds.listed * ROOM

    def source(self) -> str:
        """The text of the function."""
        operations, needed = self.plan.operations, self._needed
        for at, name in enumerate(self.layout.facts):
            value = self.inputs.facts[name]
            self._lines.append(f"f{at} = {self.addresses.value(name, value, 'i')}")
            self._operations.facts[name] = f"f{at}"
            self._operations.types[f"f{at}"] = value.type
            if value.type.kind is Kind.CHOICES:
                self._lines.append(self.addresses.repeated(name, value, "i", f"f{at}"))
        for name in self.wanted.facts:
            self._write("fact", name, self.inputs.facts[name].type, self._operations.facts[name])
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
        body, self.room = passes(self._stages, self._outputs(), self._operations.types, self.words)
        head = [f"{name} = load_i64(arguments, {at})" for at, name in enumerate(FIXED)]
        head += [f"beginnings = table - {8 * self.words} * base", f"end = base + {BITS * self.words - 1}"]
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
        return "def program(first, last, arguments):\n" + "".join(f"    {line}\n" for line in lines)

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
                self._operations.write(slot, self._names, self._lines, "v")
                self._result(slot)

    def _result(self, slot: int) -> None:
        """Write a slot that is wanted as soon as it is known."""
        if slot in self.wanted.slots:
            self._write("result", str(slot), self.plan.operations[slot].type, self._names[slot])

    def _write(self, path: str, part: str, type_: Type, name: str) -> None:
        self._lines.append(self.addresses.write(path, part, 8 * width_of(type_).itemsize, "i", name))

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

    # rows

    def _loop(self, rows: str, folds: Sequence[int]) -> None:
        """One loop over a list that fills every fold of a level, or only checks the rows."""
        spec = self.inputs.rows[rows]
        checked = spec.checked and rows not in self._checked
        self._checked.add(rows)
        self._loops += 1
        self._stage()
        mark, lines = self._loops, self._lines
        listed = any(self._folds.is_listed(slot) for slot in folds)
        most = ROOM if listed else MOST_ROWS
        lines += [
            f"b{mark} = {self.addresses.input(rows, 'rows', 'i')}",
            f"e{mark} = {self.addresses.input(rows, 'rows', 'i + 1')}",
        ]
        if checked or listed or not spec.split:
            lines.append(f"n{mark} = subtract(e{mark}, b{mark})")
        if checked:
            lines.append(f"odd = either_below(odd, subtract({spec.at_most}, n{mark}))")
        if not spec.split:
            if spec.at_most > most:
                lines.append(f"over = either_below(over, subtract({most}, n{mark}))")
            if listed:
                lines += [
                    f"n{mark} = choose(less({ROOM}, n{mark}), 0, n{mark})",
                    f"e{mark} = b{mark} + n{mark}",
                ]
        for slot in folds:
            self._names[slot] = f"v{slot}"
            self._operations.types[f"v{slot}"] = self.plan.operations[slot].type
            lines += self._folds.start(slot)
        names = dict(self._names)
        body = self._body(rows, folds, names)
        for slot in folds:
            body += self._folds.row(slot, names)
        entries = self._reading(rows, spec, checked, body)
        lines += self._operations.limits()
        if spec.split:
            lines.append(f"n{mark} = 0")
        lines += [f"j = b{mark}", f"while j < e{mark}:"]
        lines += ["    " + line for line in entries]
        lines += ["    " + line for line in (self._pieces(body, most) if spec.split else body)]
        lines.append("    j += 1")
        for slot in folds:
            lines += self._folds.finish(slot, f"n{mark}")
            self._result(slot)

    def _column(self, rows: str, name: str) -> str:
        """The variable of an attribute in the loop that is being written."""
        return f"c{self._loops}_{self.layout.columns[rows].index(name)}"

    def _reading(self, rows: str, spec: RowsOf, checked: bool, body: Sequence[str]) -> list[str]:
        """Lines that read a row."""
        text = "\n".join(body)
        lines: list[str] = []
        if spec.spells:
            lines.append(f"{self._column(rows, 'from')} = {self.addresses.input(rows, 'first', 'j')}")
            last, known = (self.addresses.input(rows, part, "j") for part in ("last", "known"))
            lines.append(f"{self._column(rows, 'to')} = choose({known}, {last}, {LAST_MONTH})")
        for name, value in spec.values.items():
            several = checked and value.type.kind is Kind.CHOICES
            if name in self.layout.columns[rows] and (several or self._column(rows, name) in text):
                lines.append(
                    f"{self._column(rows, name)} = {self.addresses.value(f'{rows}.{name}', value, 'j')}"
                )
                if several:
                    lines.append(
                        self.addresses.repeated(f"{rows}.{name}", value, "j", self._column(rows, name))
                    )
        if "row" in text and not spec.split:
            lines.append(f"row = subtract(j, b{self._loops})")
        return lines

    def _pieces(self, body: Sequence[str], most: int) -> list[str]:
        """The body for each piece of a spell that is cut where a series changes."""
        breaks, count = (f"a{self.addresses.of('', part)}" for part in ("breaks", "break_count"))
        mark = self._loops
        first, last, size = f"c{mark}_0", f"c{mark}_1", f"n{mark}"
        return [
            f"whole = {last}",
            "b = 0",
            f"while b < {count} and load_i64({breaks}, b) <= {first}: b += 1",
            "more = True",
            "while more:",
            f"    more = b < {count} and load_i64({breaks}, b) <= whole",
            f"    {last} = load_i64({breaks}, b) - 1 if more else whole",
            f"    if {size} >= {most}:",
            "        over = -1",
            "        break",
            f"    row = {size}",
            *("    " + line for line in body),
            f"    {size} += 1",
            f"    {first} = {last} + 1",
            "    b += 1",
        ]

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
                lines.append(
                    f"{names[slot]} = {self.addresses.input(f'{rows}.{operation.params[0]}', 'known', 'j')}"
                )
            elif operation.kind in ROW_ORDERS:
                names[slot] = f"r{slot}_{self._loops}"
                found = f"load_i64({self._folds.order(slot)}, row)"
                lines.append(
                    f"{names[slot]} = {found if operation.kind == 'ordinal' else f'same({found}, 1)'}"
                )
            else:
                self._operations.write(slot, names, lines, f"r{self._loops}_")
        return lines

    # results

    def _outputs(self) -> list[str]:
        lines = []
        for at, flags in enumerate(self.wanted.lists):
            bits = 8 * code_width(flags).itemsize
            for code, flag in enumerate(flags):
                lines.append(self.addresses.write(f"list {at}", "codes", bits, f"p{at}", str(code)))
                lines.append(f"p{at} = add(p{at}, {self._struck(flag)})")
            lines.append(self.addresses.write(f"list {at}", "offsets", 32, "i + 1", f"p{at}"))
        return lines

    def _struck(self, flag: Flag) -> str:
        if isinstance(flag, Holds):
            return self._names[flag.slot] if flag.wanted else f"negate({self._names[flag.slot]})"
        if isinstance(flag, DayOutside):
            day = self._operations.facts[flag.fact]
            return f"({day} < {flag.first})" + (f" | ({day} > {flag.last})" if flag.last else "")
        sign = "<=" if flag.or_equal else "<"
        assert isinstance(flag, Below)
        return (
            f"{self._names[flag.slot]} * {flag.factor} {sign} {self._names[flag.other]} * {flag.other_factor}"
        )


def code_width(flags: Sequence[Flag]) -> widths.Width:
    """The dtype of the codes of a list."""
    return np.dtype(np.int8 if len(flags) < 128 else np.int16)
