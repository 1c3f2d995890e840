"""The fast backend for one applicant: a plan as one generated Python function.

Operations that no row enters become straight lines. What folds rows becomes one loop over each timeline or record
list, or several where a condition needs the result of an earlier loop. In a loop, folds that ask for the same stand
together below it, with what only they read. A value used once is written where it is used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from jifen.backends.guards import Block, Conditions, Names, Reads, block
from jifen.backends.inputs import Layout
from jifen.backends.interpret import Program
from jifen.backends.semantics import FOLDS, ORDERS
from jifen.backends.texts import SCOPE, template
from jifen.plan.plan import ROW_ORDERS, Plan

LISTED = ("monthly_total", *ORDERS)
"""What needs all rows at once."""

_OPPOSITE = {"lt": ">=", "eq": "!="}

LONGEST_INLINE = 160

Write = Callable[[int, Names], list[str]]
"""The lines of a slot in a loop."""


class _Writer:
    """Writes the function for one plan and its outputs."""

    def __init__(self, plan: Plan, outputs: Sequence[int], layout: Layout) -> None:
        self.plan = plan
        self.outputs = outputs
        self.layout = layout
        self.needed = plan.needed(outputs)
        self.tables = {rows: position for position, rows in enumerate(layout.columns)}
        self.conditions = Conditions(plan, self.needed)
        self.values: dict[str, object] = {}
        self.templates: dict[int, str] = {}
        self.reads: dict[int, list[int]] = {}
        for slot in self.needed:
            self._prepare(slot)
        self.uses = Counter(arg for slot in self.needed for arg in self.reads[slot])
        self.uses.update(outputs)
        self.uses.update(outputs)
        for slot in self.needed:
            if plan.operations[slot].ranges_over:  # what a row reads is computed before the loop, not in it
                self.uses.update(plan.operations[slot].args * 2)
        self.level = self._levels()
        self.lines: list[str] = []
        self.names: Names = {}
        self.windows: dict[tuple[str, str], str] = {}

    def _prepare(self, slot: int) -> None:
        """The template of an operation, and its arguments, each as often as its text has them."""
        operation = self.plan.operations[slot]
        self.reads[slot] = list(operation.args)
        if slot in self.conditions.options:
            self.reads[slot] = [self.conditions.options[slot].slot]
        elif operation.args and not self._walks(slot):
            text = self.templates[slot] = template(operation, self._value)
            self.reads[slot] = [
                arg for at, arg in enumerate(operation.args) for _ in range(text.count(f"{{{at}}}"))
            ]

    def _levels(self) -> dict[int, int]:
        """The loop after which a slot is known: one more than what it folds."""
        level: dict[int, int] = {}
        for slot in self.needed:
            level[slot] = max((level[arg] for arg in self.plan.operations[slot].args), default=0)
            level[slot] += self._walks(slot)
        return level

    def source(self) -> str:
        """The text of the function `program(data)`."""
        operations, needed = self.plan.operations, self.needed
        for level in range(max(self.level.values(), default=0) + 1):
            folds = [s for s in needed if self._walks(s) and self.level[s] == level]
            for rows in self.layout.columns:
                self._loop(rows, [s for s in folds if operations[s].ranges_over == rows])
            for slot in needed:
                if self.level[slot] == level and not operations[slot].rows and not self._walks(slot):
                    self._straight(slot)
        row_outputs = [slot for slot in self.outputs if operations[slot].rows]
        for rows in self.layout.columns:
            self._collect(rows, sorted({slot for slot in row_outputs if operations[slot].rows == rows}))
        head = ["def program(data):", "    base, facts, given, tables = data"]
        facts = [f"f{n}" for n in range(len(self.layout.facts))]
        if facts:
            head.append(f"    {', '.join(facts)}, = facts")
        results = "".join(f"{self.names[slot]}, " for slot in self.outputs)
        return "\n".join([*head, *("    " + line for line in self.lines), f"    return ({results})"])

    def _walks(self, slot: int) -> bool:
        kind = self.plan.operations[slot].kind
        return kind in FOLDS or kind in ORDERS

    def _straight(self, slot: int) -> None:
        text = self._text(slot, self.names)
        if self._inline(slot, text):
            self.names[slot] = text
        else:
            self.names[slot] = f"v{slot}"
            self.lines.append(f"v{slot} = {text}")

    def _inline(self, slot: int, text: str) -> bool:
        if self.plan.operations[slot].kind in ("const", "fact", "given"):
            return True
        return self.uses[slot] <= 1 and len(text) <= LONGEST_INLINE

    def _text(self, slot: int, names: Names) -> str:
        operation = self.plan.operations[slot]
        kind, params = operation.kind, operation.params
        if kind == "const":
            return f"({params[0]})" if int(params[0]) < 0 else str(params[0])  # type: ignore[arg-type]
        if kind == "fact":
            return f"f{self.layout.facts.index(str(params[0]))}"
        if kind == "given":
            return f"given[{self.layout.given.index(str(params[0]))}]"
        if slot in self.conditions.options:
            return f"({self.conditions.text(self.conditions.options[slot], names)})"
        args = [names[arg] for arg in operation.args]
        if kind == "not" and not args[0].isidentifier():
            inner = self.plan.operations[operation.args[0]]
            opposite = _OPPOSITE.get(inner.kind)
            if opposite is not None:
                left, right = (names[arg] for arg in inner.args)
                return f"({left} {opposite} {right})"
        if kind == "during" and operation.rows and not self._of_rows(operation.args[1:]):
            return f"({args[0]} & {self._window(args[1], args[2])})"
        return self.templates[slot].format(*args)

    def _value(self, value: object) -> str:
        if isinstance(value, (int, str)) or value is None:
            return repr(value)
        for name, known in self.values.items():
            if known == value:
                return name
        name = f"t{len(self.values)}"
        self.values[name] = value
        return name

    def _window(self, first: str, last: str) -> str:
        """The name of the months from first to last, made before the loop that needs them."""
        if (first, last) not in self.windows:
            name = self.windows[first, last] = f"w{len(self.windows)}"
            self.lines.append(f"{name} = do_span(base, {first} if {first} > base else base, {last})")
        return self.windows[first, last]

    def _of_rows(self, slots: Sequence[int]) -> bool:
        return any(self.plan.operations[slot].rows for slot in slots)

    # rows

    def _loop(self, rows: str, folds: list[int]) -> None:
        """One loop over a timeline or record list that fills every fold of this level."""
        if not folds:
            return
        operations = self.plan.operations
        items = []
        for slot in folds:
            self.names[slot] = f"v{slot}"
            self._start(slot)
            listed = operations[slot].kind in LISTED
            asked = () if listed else self.conditions.conjuncts(operations[slot].args[0])
            if asked is not None:
                items.append((asked, slot))
        self._for(rows, block(items), self._folded, self._fold)
        for slot in folds:
            kind = operations[slot].kind
            params = "".join(f", {self._value(param)}" for param in operations[slot].params[1:])
            if kind in LISTED:
                lists = ", ".join(f"v{slot}_{n}" for n in range(len(operations[slot].args)))
                self.lines.append(f"v{slot} = do_{kind}({lists}{params})")
            elif kind == "capped_total":
                self.lines.append(f"v{slot} = capped(v{slot}.values(){params}) if v{slot} else 0")
            elif kind in ("best", "least"):
                self.lines.append(f"if v{slot} is None: v{slot} = 0")

    def _start(self, slot: int) -> None:
        operation = self.plan.operations[slot]
        if operation.kind in LISTED:
            self.lines += [f"v{slot}_{n} = []" for n in range(len(operation.args))]
        else:
            empty = {"best": "None", "least": "None", "capped_total": "{}"}.get(operation.kind, "0")
            self.lines.append(f"v{slot} = {empty}")

    def _folded(self, slot: int) -> tuple[int, ...]:
        """What the line of a fold reads, each as often as it is written; its condition is a guard."""
        operation = self.plan.operations[slot]
        if operation.kind in LISTED:
            return operation.args
        if operation.kind == "capped_total":
            return (*operation.args[1:], operation.args[2])
        return operation.args[1:] * (2 if operation.kind in ("best", "least") else 1)

    def _fold(self, slot: int, names: Names) -> list[str]:
        operation = self.plan.operations[slot]
        kind, args = operation.kind, operation.args
        if kind in LISTED:
            return [f"v{slot}_{n}.append({names[arg]})" for n, arg in enumerate(args)]
        value = names[args[1]]
        if kind == "capped_total":
            group = names[args[2]]
            return [f"v{slot}[{group}] = v{slot}.get({group}, 0) + {value}"]
        if kind in ("best", "least"):
            sign = ">" if kind == "best" else "<"
            return [f"if v{slot} is None or {value} {sign} v{slot}: v{slot} = {value}"]
        return [f"v{slot} {'|' if kind == 'gather' else '+'}= {value}"]

    def _for(
        self,
        rows: str,
        body: Block,
        reads: Reads,
        write: Write,
    ) -> None:
        """A loop over a list; `write` gives the lines of each slot of the blocks, `reads` what they read."""
        names = dict(self.names)
        for slot in self.needed:
            operation = self.plan.operations[slot]
            if operation.rows != rows:
                continue
            if operation.kind in ("column", "column_given"):
                name = str(operation.params[0]) + ("?" if operation.kind == "column_given" else "")
                names[slot] = f"c{self.layout.columns[rows].index(name)}"
            elif operation.kind in ROW_ORDERS:
                names[slot] = f"v{slot}[row]"
        wanted = body.read(reads)
        uses = Counter(wanted)
        for slot in self._reached(wanted, names):
            uses.update(self.reads[slot])
        lines = self._body(body, names, uses, reads, write)
        if not lines:
            return
        text = "\n".join(lines)
        columns = range(len(self.layout.columns[rows]))
        heads = [f"c{n}" if re.search(rf"\bc{n}\b", text) else "_" for n in columns]
        target = f"({''.join(f'{head}, ' for head in heads)})" if heads else "_"
        table = f"tables[{self.tables[rows]}]"
        if "[row]" in text:
            target, table = f"row, {target}", f"enumerate({table})"
        self.lines += [f"for {target} in {table}:", *("    " + line for line in lines)]

    def _reached(self, slots: Iterable[int], names: Names) -> set[int]:
        """Values of a row that some slots are made of and that have no name yet."""
        found: set[int] = set()
        todo = list(slots)
        while todo:
            slot = todo.pop()
            if slot not in found and slot not in names:
                found.add(slot)
                todo += self.reads[slot]
        return found

    def _body(
        self,
        body: Block,
        names: Names,
        uses: Counter[int],
        reads: Reads,
        write: Write,
    ) -> list[str]:
        """The lines of a block. A value is computed where all that reads it stands, and no further out."""
        own = [one.slot for inner in body.blocks for one in inner.guard]
        own += [arg for slot in body.folds for arg in reads(slot)]
        here = self._reached(own, names)
        below = Counter(slot for inner in body.blocks for slot in self._reached(inner.read(reads), names))
        here |= {slot for slot, times in below.items() if times > 1}
        lines = []
        for slot in sorted(here):
            text = self._text(slot, names)
            if uses[slot] <= 1 and len(text) <= LONGEST_INLINE:
                names[slot] = text
            else:
                names[slot] = f"r{slot}"
                lines.append(f"r{slot} = {text}")
        for slot in body.folds:
            lines += write(slot, names)
        for inner in body.blocks:
            guard = " and ".join(self.conditions.text(one, names) for one in inner.guard)
            inside = self._body(inner, dict(names), uses, reads, write)
            if len(inside) == 1 and not inside[0].startswith("if "):
                lines.append(f"if {guard}: {inside[0]}")
            else:
                lines += [f"if {guard}:", *("    " + line for line in inside)]
        return lines

    def _collect(self, rows: str, slots: list[int]) -> None:
        """A last loop that gathers the outputs that have a value for each row."""
        if not slots:
            return
        self.lines += [f"o{slot} = []" for slot in slots]
        self._for(
            rows,
            Block((), tuple(slots), ()),
            lambda slot: (slot,),
            lambda slot, names: [f"o{slot}.append({names[slot]})"],
        )
        for slot in slots:
            self.names[slot] = f"o{slot}"


def generate(plan: Plan, outputs: Sequence[int], layout: Layout) -> Program:
    """A function equal to `interpreter(plan, outputs, layout)`, and much faster."""
    writer = _Writer(plan, outputs, layout)
    scope: dict[str, Any] = {**SCOPE}
    source = writer.source()
    scope |= writer.values
    exec(compile(source, "<plan>", "exec"), scope)
    program: Program = scope["program"]
    return program


def source_of(plan: Plan, outputs: Sequence[int], layout: Layout) -> str:
    """The text that `generate` compiles, for whoever wants to read it."""
    return _Writer(plan, outputs, layout).source()
