"""The fast backend for one applicant: a plan as one generated Python function.

Operations that no row enters become straight lines. What folds rows becomes one loop over each timeline or record
list, or several where a condition needs the result of an earlier loop. A value used once is written where it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from jifen.backends.inputs import Layout
from jifen.backends.interpret import Program
from jifen.backends.semantics import BASED, FOLDS, FUNCTIONS, ORDERS
from jifen.plan.plan import ROW_ORDERS, Operation, Plan

TEMPLATES: dict[str, str] = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "scale": "({0} * {p0})",
    "floordiv": "({0} // {1})",
    "min": "({0} if {0} < {1} else {1})",
    "max": "({0} if {0} > {1} else {1})",
    "lt": "({0} < {1})",
    "eq": "({0} == {1})",
    "and": "({0} and {1})",
    "not": "(not {0})",
    "choose": "({1} if {0} else {2})",
    "one_of": "({p0} >> {0} & 1 != 0)",
    "contains": "({0} & {bit} != 0)",
    "month_of": "({0} // 10000 * 12 + {0} // 100 % 100 - 1)",
    "year": "({0} // 10000)",
    "month_number": "({0} // 100 % 100)",
    "day_of_year": "({0} % 10000)",
    "move_month": "({0} + {p0})",
    "span": "((2 << {1} - base) - (1 << {0} - base) if {0} <= {1} else 0)",
    "meet": "({0} & {1})",
    "join": "({0} | {1})",
    "without": "({0} & ~{1})",
    "only_if": "({1} if {0} else 0)",
    "count": "{0}.bit_count()",
}

LISTED = ("capped_total", "monthly_total")
"""Folds that need all rows at once."""

_OPPOSITE = {"lt": ">=", "eq": "!="}

LONGEST_INLINE = 160


class _Writer:
    """Writes the function for one plan and its outputs."""

    def __init__(self, plan: Plan, outputs: Sequence[int], layout: Layout) -> None:
        self.plan = plan
        self.outputs = outputs
        self.layout = layout
        self.needed = plan.needed(outputs)
        self.tables = {rows: position for position, rows in enumerate(layout.columns)}
        self.uses = Counter(arg for slot in self.needed for arg in self._repeated(plan.operations[slot]))
        self.uses.update(outputs)
        self.uses.update(outputs)
        for slot in self.needed:
            if plan.operations[slot].ranges_over:  # what a row reads is computed before the loop, not in it
                self.uses.update(plan.operations[slot].args * 2)
        self.level = self._levels()
        self.lines: list[str] = []
        self.names: dict[int, str] = {}
        self.values: dict[str, object] = {}

    @staticmethod
    def _repeated(operation: Operation) -> list[int]:
        """Arguments, each as often as the operation's text would write it."""
        template = TEMPLATES.get(operation.kind)
        found: list[int] = []
        for position, arg in enumerate(operation.args):
            found += [arg] * (template.count(f"{{{position}}}") if template else 1)
        return found

    def _levels(self) -> dict[int, int]:
        """The loop after which a slot is known: one more than what it folds."""
        level: dict[int, int] = {}
        for slot in self.needed:
            operation = self.plan.operations[slot]
            level[slot] = max((level[arg] for arg in operation.args), default=0)
            if operation.kind in FOLDS or operation.kind in ORDERS:
                level[slot] += 1
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

    def _text(self, slot: int, names: dict[int, str]) -> str:
        operation = self.plan.operations[slot]
        kind, params = operation.kind, operation.params
        args = [names[arg] for arg in operation.args]
        if kind == "const":
            return f"({params[0]})" if int(params[0]) < 0 else str(params[0])  # type: ignore[arg-type]
        if kind == "fact":
            return f"f{self.layout.facts.index(str(params[0]))}"
        if kind == "given":
            return f"given[{self.layout.given.index(str(params[0]))}]"
        if kind == "scale" and params[0] == 1:
            return args[0]
        if kind == "round" and params[1] == "down_to":
            return f"({args[0]} // {params[0]})"
        if kind == "not" and not args[0].isidentifier():
            inner = operation.args[0]
            opposite = _OPPOSITE.get(self.plan.operations[inner].kind)
            if opposite is not None:
                left, right = (names[arg] for arg in self.plan.operations[inner].args)
                return f"({left} {opposite} {right})"
        if kind == "lookup":
            return f"{self._value(params[0])}[{args[0]}]"
        if kind in TEMPLATES:
            bit = 1 << int(params[0]) if kind == "contains" else ""  # type: ignore[arg-type]
            return TEMPLATES[kind].format(*args, p0=params[0] if params else "", bit=bit)
        first = ["base"] if kind in BASED else []
        self.values[f"do_{kind}"] = FUNCTIONS[kind]
        return f"do_{kind}({', '.join([*first, *args, *(self._value(param) for param in params)])})"

    def _value(self, value: object) -> str:
        if isinstance(value, (int, str)) or value is None:
            return repr(value)
        for name, known in self.values.items():
            if name.startswith("t") and known == value:
                return name
        name = f"t{len(self.values)}"
        self.values[name] = value
        return name

    # rows

    def _loop(self, rows: str, folds: list[int]) -> None:
        """One loop over a timeline or record list that fills every fold of this level."""
        if not folds:
            return
        operations = self.plan.operations
        for slot in folds:
            self.names[slot] = f"v{slot}"
            self.lines.append(f"v{slot} = {self._start(slot)}")
        wanted = [arg for slot in folds for arg in operations[slot].args if operations[arg].rows]
        inside = dict(self.names)
        body = self._body(rows, wanted, inside)
        for slot in folds:
            body += self._fold(slot, inside)
        self._for(rows, body)
        for slot in folds:
            kind = operations[slot].kind
            if kind in ORDERS or kind in LISTED:
                function = (ORDERS | FOLDS)[kind]
                self.values[f"do_{kind}"] = function
                lists = ", ".join(f"v{slot}_{n}" for n in range(len(operations[slot].args)))
                params = "".join(f", {self._value(param)}" for param in operations[slot].params[1:])
                self.lines.append(f"v{slot} = do_{kind}({lists}{params})")
            elif kind in ("best", "least"):
                self.lines.append(f"if v{slot} is None: v{slot} = 0")

    def _start(self, slot: int) -> str:
        operation = self.plan.operations[slot]
        if operation.kind in ("best", "least"):
            return "None"
        if operation.kind in ("gather", "total"):
            return "0"
        for n in range(len(operation.args)):
            self.lines.append(f"v{slot}_{n} = []")
        return "None"

    def _fold(self, slot: int, names: dict[int, str]) -> list[str]:
        operation = self.plan.operations[slot]
        args = [names[arg] for arg in operation.args]
        kind = operation.kind
        if kind in ORDERS or kind in LISTED:
            return [f"v{slot}_{n}.append({arg})" for n, arg in enumerate(args)]
        condition, value = args
        if kind == "gather":
            change = f"v{slot} |= {value}"
        elif kind == "total":
            change = f"v{slot} += {value}"
        else:
            sign = ">" if kind == "best" else "<"
            condition = "" if condition == "1" else f"{condition} and "
            return [f"if {condition}(v{slot} is None or {value} {sign} v{slot}): v{slot} = {value}"]
        if condition == "1":
            return [change]
        if condition == "0":
            return []
        return [f"if {condition}: {change}"]

    def _body(self, rows: str, wanted: list[int], names: dict[int, str]) -> list[str]:
        """Lines that compute row values inside a loop; what is used once is written where it is used."""
        operations = self.plan.operations
        inside: set[int] = set()
        todo = list(wanted)
        while todo:
            slot = todo.pop()
            if slot not in inside and operations[slot].rows:
                inside.add(slot)
                if operations[slot].kind not in ROW_ORDERS:
                    todo.extend(operations[slot].args)
        uses = Counter(wanted)
        for slot in inside:
            uses.update(self._repeated(operations[slot]))
        lines: list[str] = []
        for slot in sorted(inside):
            kind = operations[slot].kind
            if kind in ("column", "column_given"):
                names[slot] = self._column(slot)
                continue
            if kind in ROW_ORDERS:
                names[slot] = f"v{slot}[row]"
                continue
            text = self._text(slot, names)
            if uses[slot] <= 1 and len(text) <= LONGEST_INLINE:
                names[slot] = text
            else:
                names[slot] = f"r{slot}"
                lines.append(f"r{slot} = {text}")
        return lines

    def _column(self, slot: int) -> str:
        operation = self.plan.operations[slot]
        name = str(operation.params[0]) + ("?" if operation.kind == "column_given" else "")
        return f"c{self.layout.columns[operation.rows].index(name)}"

    def _for(self, rows: str, body: list[str]) -> None:
        if not body:
            return
        text = "\n".join(body)
        columns = range(len(self.layout.columns[rows]))
        heads = [f"c{n}" if _mentions(text, f"c{n}") else "_" for n in columns]
        unpacked = "".join(f"{head}, " for head in heads) or "_"
        target = f"({unpacked})" if heads else "_"
        table = f"tables[{self.tables[rows]}]"
        if "[row]" in text:
            self.lines.append(f"for row, {target} in enumerate({table}):")
        else:
            self.lines.append(f"for {target} in {table}:")
        self.lines += ["    " + line for line in body]

    def _collect(self, rows: str, slots: list[int]) -> None:
        """A last loop that gathers the outputs that have a value for each row."""
        if not slots:
            return
        names = dict(self.names)
        body = self._body(rows, [slot for slot in slots for _ in range(2)], names)
        for slot in slots:
            self.lines.append(f"o{slot} = []")
            body.append(f"o{slot}.append({names[slot]})")
        self._for(rows, body)
        for slot in slots:
            self.names[slot] = f"o{slot}"


def _mentions(text: str, name: str) -> bool:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if not (before.isalnum() or before == "_") and not (after.isalnum() or after == "_"):
            return True
        start = text.find(name, end)
    return False


def generate(plan: Plan, outputs: Sequence[int], layout: Layout) -> Program:
    """A function equal to `interpreter(plan, outputs, layout)`, and much faster."""
    writer = _Writer(plan, outputs, layout)
    source = writer.source()
    scope: dict[str, object] = dict(writer.values)
    exec(compile(source, "<plan>", "exec"), scope)
    program: Program = scope["program"]  # type: ignore[assignment]
    return program


def source_of(plan: Plan, outputs: Sequence[int], layout: Layout) -> str:
    """The text that `generate` compiles, for whoever wants to read it."""
    return _Writer(plan, outputs, layout).source()
