"""How much one missing input can change what a slot holds, everything else being equal: an upper bound."""

from __future__ import annotations

from jifen.backends.bounds import Bounder, Run
from jifen.backends.bounds_values import Value, whole, without
from jifen.plan.plan import Operation
from jifen.plan.types import Kind


def most_moved(bounder: Bounder, run: Run, number: int, output: int) -> int:
    """The most that a missing input can change the number in a slot.

    In one pass over the plan: a sum moves by what its terms move, a minimum by what one of them does, a count by the
    months that can come or go with this input, and anything else by no more than the width of what it can be.
    """
    moves = _Moves(bounder, run, 1 << number)
    for slot in bounder.needed:
        if slot > output:
            break
        moves.note(slot)
    return moves.moved[output]


class _Moves:
    """For each slot of the applicant, in the order of the plan: how much a number moves, which months of a set do."""

    def __init__(self, bounder: Bounder, run: Run, bit: int) -> None:
        self.bounder = bounder
        self.run = run
        self.bit = bit
        self.moved: dict[int, int] = {}

    def note(self, slot: int) -> None:
        """Note one slot; rows are looked at by what folds them."""
        cell = self.run.cells[slot]
        if not isinstance(cell, Value):
            return
        operation = self.bounder.operations[slot]
        if not cell.deps & self.bit:
            self.moved[slot] = 0
        elif operation.type.kind is Kind.MONTHS:
            self.moved[slot] = self._months(operation, cell)
        else:
            self.moved[slot] = self._number(operation, cell)

    def _months(self, operation: Operation, value: Value) -> int:
        """The months that can come or go, as a set."""
        surely, possibly = whole(value, Kind.MONTHS)
        open_ = possibly & ~surely
        if operation.kind == "gather":
            return open_ & self._gathered(operation)
        if operation.kind in ("meet", "join", "without"):
            return open_ & (self.moved[operation.args[0]] | self.moved[operation.args[1]])
        if operation.kind == "during" and not any(
            self.run.value(arg).deps & self.bit for arg in operation.args[1:]
        ):
            return open_ & self.moved[operation.args[0]]
        return open_

    def _gathered(self, operation: Operation) -> int:
        """The months of the rows that come or go, and those that such rows win or lose."""
        found = 0
        conditions, sets = (self.run.cells[arg] for arg in operation.args)
        times = self.run.data.tables[self.bounder.tables[operation.ranges_over]].times
        for row, one in enumerate(times):
            condition = conditions if isinstance(conditions, Value) else conditions[row]
            months = sets if isinstance(sets, Value) else sets[row]
            surely, possibly = whole(months, Kind.MONTHS)
            if (one.deps | condition.deps) & self.bit:
                found |= possibly
            elif months.deps & self.bit:
                found |= possibly & ~surely
        return found

    def _number(self, operation: Operation, value: Value) -> int:
        widest, kind, args = self._width(operation, value), operation.kind, operation.args
        if kind == "count":
            return min(widest, self.moved[args[0]].bit_count())
        if kind == "sub" and args[0] in self._lower(args[1]):
            return min(widest, self.moved[args[0]] + self._others(args[1], args[0]))
        if kind in ("add", "sub"):
            return min(widest, self.moved[args[0]] + self.moved[args[1]])
        if kind == "scale":
            return min(widest, self.moved[args[0]] * abs(operation.whole(0)))
        if kind in ("min", "max"):
            return min(widest, max(self.moved[args[0]], self.moved[args[1]]))
        if kind == "choose" and not self.run.value(args[0]).deps & self.bit:
            return min(widest, max(self.moved[args[1]], self.moved[args[2]]))
        return widest

    def _lower(self, slot: int) -> tuple[int, ...]:
        """Of what a slot is the minimum."""
        operation = self.bounder.operations[slot]
        return operation.args if operation.kind == "min" else ()

    def _others(self, slot: int, one: int) -> int:
        """How much the other argument of a minimum moves: a - min(a, b) moves by what a and b do, not by a twice."""
        return sum(self.moved[arg] for arg in self._lower(slot) if arg != one)

    def _width(self, operation: Operation, value: Value) -> int:
        """The widest pair once the cases that come from the input are joined, the other cases held apart."""
        for root in value.roots:
            if root.deps & self.bit and root in value.roots:
                value = without(value, root, operation.type.kind)
        return max(high - low for low, high in value.cells)
