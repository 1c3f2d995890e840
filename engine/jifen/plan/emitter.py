"""The core of the recorder: one slot for each different operation, and constants."""

from __future__ import annotations

from fractions import Fraction

from jifen.plan import types
from jifen.plan.plan import Operation, Param, Plan
from jifen.plan.slots import MixedRows, Ref
from jifen.plan.types import Kind, Type


class Emitter:
    """Hash-conses operations into slots."""

    def __init__(self) -> None:
        self._operations: list[Operation] = []
        self._known: dict[tuple[object, ...], int] = {}

    def plan(self) -> Plan:
        """What has been recorded so far."""
        return Plan(tuple(self._operations))

    def operation(self, ref: Ref) -> Operation:
        """The operation that fills a slot."""
        return self._operations[ref.slot]

    def _ref(self, slot: int) -> Ref:
        operation = self._operations[slot]
        return Ref(slot, operation.type, operation.rows)

    def emit(
        self,
        kind: str,
        args: tuple[Ref, ...],
        params: tuple[Param, ...],
        type_: Type,
        rows: str | None = None,
    ) -> Ref:
        """The slot of an operation; `rows` is taken from the arguments unless stated."""
        if rows is None:
            rows = ""
            for arg in args:
                if arg.rows:
                    if rows and rows != arg.rows:
                        raise MixedRows(rows, arg.rows)
                    rows = arg.rows
        slots = tuple([arg.slot for arg in args])
        key = (kind, slots, params, rows)
        slot = self._known.get(key)
        if slot is None:
            slot = self._known[key] = len(self._operations)
            self._operations.append(Operation(kind, slots, params, type_, rows))
        return Ref(slot, self._operations[slot].type, rows)

    def constant(self, ref: Ref) -> Fraction | None:
        """The value of a slot that is the same for everybody, else None."""
        operation = self._operations[ref.slot]
        if operation.kind != "const":
            return None
        value = operation.params[0]
        assert isinstance(value, int)
        return Fraction(value, ref.type.den)

    def const(self, value: int, type_: Type) -> Ref:
        """A slot that holds the same integer for everybody."""
        return self.emit("const", (), (value, type_.kind, type_.den), type_, "")

    def number(self, value: Fraction | int) -> Ref:
        """An exact number."""
        value = Fraction(value)
        return self.const(value.numerator, types.number(value.denominator, value.numerator, value.numerator))

    def truth(self, value: bool) -> Ref:
        """True or false."""
        return self.const(int(value), Type(Kind.TRUTH, 1, int(value), int(value)))

    def date(self, yyyymmdd: int) -> Ref:
        """A fixed date."""
        return self.const(yyyymmdd, Type(Kind.DATE, 1, yyyymmdd, yyyymmdd))

    def month(self, index: int) -> Ref:
        """A fixed month, `year * 12 + month - 1`."""
        return self.const(index, Type(Kind.MONTH, 1, index, index))

    def option(self, position: int) -> Ref:
        """One option of a choice, by its position."""
        return self.const(position, Type(Kind.CHOICE, 1, position, position))
