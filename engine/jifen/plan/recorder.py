"""The recorder: turns calls of operations on exact numbers into a plan of integer operations.

Rules and expressions call the methods below once, when a policy is loaded. Equal operations share one slot;
constants fold, questions about one choice become one; every number carries its denominator and its range.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, lcm

from jifen.plan import types
from jifen.plan.choices import asked, every_option
from jifen.plan.dates import DateOperations
from jifen.plan.sets import SetOperations
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type


class Recorder(DateOperations, SetOperations):
    """Records operations. `inputs` gives the type of each fact (`name`) and attribute (`rows.name`)."""

    def __init__(self, inputs: Mapping[str, Type]) -> None:
        super().__init__()
        self.inputs = inputs

    # leaves

    def fact(self, name: str) -> Ref:
        """A fact of the applicant."""
        return self.emit("fact", (), (name,), self.inputs[name], "")

    def given(self, name: str) -> Ref:
        """Whether an optional fact was given."""
        return self.emit("given", (), (name,), types.TRUTH, "")

    def column(self, rows: str, name: str) -> Ref:
        """An attribute of each row of a timeline or record list."""
        return self.emit("column", (), (name,), self.inputs[f"{rows}.{name}"], rows)

    def column_given(self, rows: str, name: str) -> Ref:
        """Whether an optional attribute of a row was given."""
        return self.emit("column_given", (), (name,), types.TRUTH, rows)

    # numbers

    def rescale(self, a: Ref, den: int) -> Ref:
        """The same number over another denominator, a multiple of its own."""
        return a if a.type.den == den else self._scaled(a, den // a.type.den, den)

    def _scaled(self, a: Ref, factor: int, den: int) -> Ref:
        ends = (a.type.low * factor, a.type.high * factor)
        result = types.number(den, min(ends), max(ends))
        operation = self.operation(a)
        if operation.kind == "const":
            return self.const(ends[0], result)
        return self.emit("scale", (a,), (factor, den), result)

    def _aligned(self, a: Ref, b: Ref) -> tuple[Ref, Ref, int]:
        den = lcm(a.type.den, b.type.den)
        return self.rescale(a, den), self.rescale(b, den), den

    def add(self, a: Ref, b: Ref) -> Ref:
        """a + b."""
        left, right = self.constant(a), self.constant(b)
        if left is not None and right is not None:
            return self.number(left + right)
        if left == 0:
            return b
        if right == 0:
            return a
        a, b, den = self._aligned(a, b)
        return self.emit(
            "add", (a, b), (), types.number(den, a.type.low + b.type.low, a.type.high + b.type.high)
        )

    def subtract(self, a: Ref, b: Ref) -> Ref:
        """a - b."""
        right = self.constant(b)
        if right is not None:
            return self.add(a, self.number(-right))
        a, b, den = self._aligned(a, b)
        return self.emit(
            "sub", (a, b), (), types.number(den, a.type.low - b.type.high, a.type.high - b.type.low)
        )

    def multiply(self, a: Ref, b: Ref) -> Ref:
        """a * b."""
        left, right = self.constant(a), self.constant(b)
        if left is not None:
            a, b, left, right = b, a, right, left
        if right is not None:
            if left is not None:
                return self.number(left * right)
            return self._times(a, right)
        ends = [x * y for x in (a.type.low, a.type.high) for y in (b.type.low, b.type.high)]
        return self.emit("mul", (a, b), (), types.number(a.type.den * b.type.den, min(ends), max(ends)))

    def _times(self, a: Ref, factor: Fraction) -> Ref:
        if factor == 1:
            return a
        if factor == 0:
            return self.number(0)
        common = gcd(factor.numerator, a.type.den)
        return self._scaled(a, factor.numerator // common, a.type.den // common * factor.denominator)

    def minimum(self, a: Ref, b: Ref) -> Ref:
        """The lower of two numbers, months or dates."""
        return self._extreme("min", a, b)

    def maximum(self, a: Ref, b: Ref) -> Ref:
        """The higher of two numbers, months or dates."""
        return self._extreme("max", a, b)

    def _extreme(self, kind: str, a: Ref, b: Ref) -> Ref:
        if a.slot == b.slot:
            return a
        a, b, den = self._aligned(a, b)
        low = min if kind == "min" else max
        type_ = Type(a.type.kind, den, low(a.type.low, b.type.low), low(a.type.high, b.type.high))
        if type_.low == type_.high:
            return self.const(type_.low, type_)
        for one, other in ((a, b), (b, a)):
            first, last = (
                (one.type.high, other.type.low) if kind == "min" else (other.type.high, one.type.low)
            )
            if first <= last:
                return one
        return self.emit(kind, (a, b), (), type_)

    def floor(self, a: Ref, unit: Fraction = Fraction(1)) -> Ref:
        """The highest multiple of `unit` that is not above a."""
        return self.round(a, unit, "down_to")

    def round(self, a: Ref, unit: Fraction, ties: str) -> Ref:
        """a as a multiple of `unit`; ties: away_from_zero, half_even, up, down (truncate), down_to, up_to."""
        steps = self._times(a, 1 / unit)
        if steps.type.den == 1:
            return a
        low, high = steps.type.low // steps.type.den, -(-steps.type.high // steps.type.den)
        whole = self.emit("round", (steps,), (steps.type.den, ties), types.number(1, low, high))
        return self._times(whole, unit)

    def floor_quotient(self, a: Ref, b: Ref) -> Ref:
        """floor(a / b); b must be above zero throughout its range."""
        a, b, _ = self._aligned(a, b)
        ends = [x // y for x in (a.type.low, a.type.high) for y in (b.type.low, b.type.high)]
        return self.emit("floordiv", (a, b), (), types.number(1, min(ends), max(ends)))

    def share(self, a: Ref, b: Ref) -> Ref:
        """a / b exactly, where b is a whole number from 1 to n: the denominator is lcm(1..n)."""
        whole = lcm(*range(1, b.type.high + 1))
        ends = (a.type.low * whole, a.type.high * whole, 0)
        factor = self.emit("floordiv", (self.number(whole), b), (), types.number(1, 1, whole))
        type_ = types.number(a.type.den * whole, min(ends), max(ends))
        return self.emit("mul", (a, factor), (whole,), type_)

    # comparisons and logic

    def less(self, a: Ref, b: Ref) -> Ref:
        """a < b, of numbers, dates or months."""
        a, b, _ = self._aligned(a, b)
        if a.type.high < b.type.low or a.type.low >= b.type.high:
            return self.truth(a.type.high < b.type.low)
        return self.emit("lt", (a, b), (), types.TRUTH)

    def at_most(self, a: Ref, b: Ref) -> Ref:
        """a <= b, of numbers, dates or months."""
        return self.invert(self.less(b, a))

    def equal(self, a: Ref, b: Ref) -> Ref:
        """a == b, of numbers, dates, months or choices."""
        a, b, _ = self._aligned(a, b)
        if a.type.high < b.type.low or b.type.high < a.type.low:
            return self.truth(False)
        if a.slot == b.slot:
            return self.truth(True)
        return self.emit("eq", (a, b), (), types.TRUTH)

    def one_of(self, a: Ref, positions: frozenset[int]) -> Ref:
        """Whether a choice is one of the options at these positions."""
        return self._among(a, sum(1 << p for p in positions))

    def _among(self, a: Ref, options: int) -> Ref:
        """Whether a choice is one of those whose bits are set."""
        options &= every_option(a.type)
        others = every_option(a.type) & ~options
        if not options or not others:
            return self.truth(not others)
        if options.bit_count() == 1:
            return self.equal(a, self.option(options.bit_length() - 1))
        if others.bit_count() == 1:
            return self.invert(self.equal(a, self.option(others.bit_length() - 1)))
        return self.emit("one_of", (a,), (options,), types.TRUTH)

    def contains(self, a: Ref, position: int) -> Ref:
        """Whether several choices hold the option at this position."""
        return self.emit("contains", (a,), (position,), types.TRUTH)

    def both(self, a: Ref, b: Ref) -> Ref:
        """a and b."""
        for this, that in ((a, b), (b, a)):
            value = self.constant(this)
            if value is not None:
                return that if value else this
        one, other = (asked(self._operations, ref.slot) for ref in (a, b))
        if one and other and one.slot == other.slot:
            return self._among(self._ref(one.slot), one.options & other.options)
        return a if a.slot == b.slot else self.emit("and", (a, b), (), types.TRUTH)

    def either(self, a: Ref, b: Ref) -> Ref:
        """a or b."""
        return self.invert(self.both(self.invert(a), self.invert(b)))

    def invert(self, a: Ref) -> Ref:
        """not a."""
        value = self.constant(a)
        if value is not None:
            return self.truth(not value)
        operation = self.operation(a)
        if operation.kind == "not":
            return Ref(operation.args[0], types.TRUTH, a.rows)
        if operation.kind == "one_of":
            return self._among(self._ref(operation.args[0]), ~operation.whole(0))
        return self.emit("not", (a,), (), types.TRUTH)

    def choose(self, condition: Ref, a: Ref, b: Ref) -> Ref:
        """a where the condition holds, else b; both of one kind."""
        value = self.constant(condition)
        if value is not None:
            return a if value else b
        if a.slot == b.slot:
            return a
        if a.type.kind is Kind.TRUTH:
            return self.either(self.both(condition, a), self.both(self.invert(condition), b))
        a, b, _ = self._aligned(a, b)
        return self.emit("choose", (condition, a, b), (), types.union(a.type, b.type))

    def lookup(self, code: Ref, table: tuple[Fraction, ...]) -> Ref:
        """The number that the table has for each option of a choice."""
        den = lcm(*(value.denominator for value in table))
        values = tuple(value.numerator * (den // value.denominator) for value in table)
        if min(values) == max(values):
            return self.number(table[0])
        return self.emit("lookup", (code,), (values, den), types.number(den, min(values), max(values)))

    def series(self, month: Ref, starts: tuple[int, ...], values: tuple[Fraction, ...]) -> Ref:
        """The value of a series in a month; `starts` ascend, the first value holds before the first start too."""
        den = lcm(*(value.denominator for value in values))
        scaled = tuple(value.numerator * (den // value.denominator) for value in values)
        return self.emit(
            "series", (month,), (starts, scaled, den), types.number(den, min(scaled), max(scaled))
        )
