"""How single operations are written, of an applicant or of a row, in the order in which they are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jifen.backends.fused.addresses import Addresses
from jifen.backends.fused.kernels import in_table
from jifen.backends.fused.texts import written
from jifen.plan.plan import Operation, Plan
from jifen.plan.types import FIRST_MONTH, LAST_MONTH, Kind, Type


class Operations:
    """The operations of one plan, and what they need beside their arguments."""

    def __init__(self, plan: Plan, addresses: Addresses) -> None:
        self._operations = plan.operations
        self._addresses = addresses
        self.types: dict[str, Type] = {}
        """Of the variables that have been made."""
        self.facts: dict[str, str] = {}
        """The variables of facts."""
        self.pool: list[int] = []
        """Tables of the plan, one after the other."""
        self._tables: dict[tuple[int, ...], int] = {}
        self._limits: list[str] = []

    def write(self, slot: int, names: dict[int, str], lines: list[str], prefix: str) -> None:
        """Add the line of an operation, and to `names` what its result is called."""
        operation = self._operations[slot]
        if operation.kind == "const":
            names[slot] = _literal(operation)
        elif operation.kind == "fact":
            names[slot] = self.facts[str(operation.params[0])]
        elif operation.kind == "scale" and operation.params[0] == 1:
            names[slot] = names[operation.args[0]]
        else:
            names[slot] = f"{prefix}{slot}"
            self.types[names[slot]] = operation.type
            args = [names[arg] for arg in operation.args]
            if operation.kind == "span":
                self._bound(operation, args, names, lines)
            lines.append(f"{names[slot]} = {self._text(operation, args)}")

    def limits(self) -> list[str]:
        """Lines that have to stand before the loop whose rows were written last."""
        found, self._limits = self._limits, []
        return found

    def _bound(self, span: Operation, args: list[str], names: Mapping[int, str], lines: list[str]) -> None:
        """Mark whoever has months beyond the window; `args` become months that the table has.

        Where a span ends at the earlier of a row's month and one of the applicant's, the latter is asked about once.
        """
        for at, (arg, name) in enumerate(zip(span.args, args, strict=True)):
            ends = self._operations[arg]
            once = (
                [names[one] for one in ends.args if not self._operations[one].rows]
                if at and span.rows
                else []
            )
            bound = once[0] if once and ends.kind == "min" else name
            beyond = f"subtract(end, {bound})" if at else f"subtract({bound}, base)"
            mark = f"over = either_below(over, {beyond})"
            own = lines if bound == name else self._limits
            if mark not in own:
                own.append(mark)
            if not in_table(ends.type):
                args[at] = f"least(most({name}, {FIRST_MONTH}), {LAST_MONTH})"

    def _text(self, operation: Operation, args: Sequence[str]) -> str:
        kind, params = operation.kind, operation.params
        if kind == "given":
            return self._addresses.input(str(params[0]), "known", "i")
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


def _literal(operation: Operation) -> str:
    value = operation.whole(0)
    if operation.type.kind is Kind.TRUTH:
        return str(bool(value))
    return f"({value})" if value < 0 else str(value)


def _months(starts: Sequence[int]) -> range:
    return range(starts[0], starts[-1] + 1)
