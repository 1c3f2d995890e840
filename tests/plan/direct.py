"""The operations of the recorder, computed at once for one applicant.

`Direct` has the methods of `Recorder`, so the rules of a policy run on it unchanged. Each call is computed on exact
mathematics from the values of its arguments, never from what the recorder makes of it; a recorder beside it only
hands out the slots and their types. Where the recorder gives a call a slot that has a value already (it folded
something, or knew the operation), the value computed anew must be the same.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type

from . import exact
from .exact import Months

Value = Fraction | bool | date | int | Months
"""A number, a truth, a date, a month or the position of an option, and months or the positions of options."""

Cell = Value | list[Any]
"""One value, or the value of each row."""

Row = Mapping[str, Value | None]


def value_of(type_: Type, stored: int, base: int) -> Value:
    """What an integer of the backends stands for; `base` is the month of a set's first bit."""
    if type_.kind is Kind.NUMBER:
        return Fraction(stored, type_.den)
    if type_.kind is Kind.TRUTH:
        return bool(stored)
    if type_.kind is Kind.DATE:
        return date(stored // 10000, stored // 100 % 100, stored % 100)
    if type_.kind in (Kind.MONTHS, Kind.CHOICES):
        first = base if type_.kind is Kind.MONTHS else 0
        return frozenset(first + bit for bit in range(stored.bit_length()) if stored >> bit & 1)
    return stored


def stored(type_: Type, value: Any, base: int) -> int:
    """The integer that the backends hold for a value."""
    if type_.kind is Kind.NUMBER:
        scaled = Fraction(value) * type_.den
        assert scaled.denominator == 1
        return int(scaled)
    if type_.kind is Kind.DATE:
        assert isinstance(value, date)
        return value.year * 10000 + value.month * 100 + value.day
    if type_.kind in (Kind.MONTHS, Kind.CHOICES):
        first = base if type_.kind is Kind.MONTHS else 0
        return sum(1 << (item - first) for item in value)
    return int(value)


class Direct:
    """One applicant's facts and rows, by name; an absent value of an optional input is None."""

    def __init__(
        self, inputs: Mapping[str, Type], facts: Mapping[str, Value | None], rows: Mapping[str, Sequence[Row]]
    ) -> None:
        self.recorder = Recorder(inputs)
        self.facts = facts
        self.rows = rows
        self.values: dict[int, Cell] = {}

    def __getitem__(self, ref: Ref) -> Cell:
        return self.values[ref.slot]

    def plan(self) -> Plan:
        return self.recorder.plan()

    def constant(self, ref: Ref) -> Fraction | None:
        return self.recorder.constant(ref)

    # bookkeeping

    def _keep(self, ref: Ref, value: Cell) -> Ref:
        if isinstance(value, list) and not ref.rows:
            value = self._same_for_all(ref, value)
        known = self.values.setdefault(ref.slot, value)
        assert known == value, f"slot {ref.slot} holds {known}, but {value} is meant"
        return ref

    def _same_for_all(self, ref: Ref, column: list[Any]) -> Cell:
        """The recorder says that a value of the rows is the same for every row: one it knows, or a constant."""
        operation = self.recorder.operation(ref)
        single = self.values.get(ref.slot)
        if single is None and operation.kind == "scale":
            single = self.values[operation.args[0]]
        elif single is None:
            assert operation.kind == "const" and isinstance(operation.params[0], int)
            single = value_of(ref.type, operation.params[0], 0)
        assert all(value == single for value in column), f"{column} is not {single} in every row"
        return single

    def _column(self, rows: str, ref: Ref) -> list[Any]:
        value = self.values[ref.slot]
        return value if isinstance(value, list) else [value] * len(self.rows[rows])

    def _each(self, ref: Ref, function: Callable[..., Value], *args: Ref) -> Ref:
        """A function of the applicant's values, or of those of each row."""
        rows = "".join({arg.rows for arg in args})
        if not rows:
            return self._keep(ref, function(*(self.values[arg.slot] for arg in args)))
        columns = [self._column(rows, arg) for arg in args]
        return self._keep(ref, [function(*values) for values in zip(*columns, strict=True)])

    def _kept_rows(self, rows: str, condition: Ref, *args: Ref) -> list[tuple[Any, ...]]:
        columns = [self._column(rows, arg) for arg in args]
        kept = zip(self._column(rows, condition), zip(*columns, strict=True), strict=True)
        return [values for keep, values in kept if keep]

    # leaves

    def _input(self, type_: Type, value: Value | None) -> Value:
        """An absent value: whatever stands there must not matter, so the least one does."""
        return value_of(type_, type_.low, 0) if value is None else value

    def number(self, value: Fraction | int) -> Ref:
        return self._keep(self.recorder.number(value), Fraction(value))

    def truth(self, value: bool) -> Ref:
        return self._keep(self.recorder.truth(value), value)

    def date(self, yyyymmdd: int) -> Ref:
        text = str(yyyymmdd)
        return self._keep(self.recorder.date(yyyymmdd), date(int(text[:4]), int(text[4:6]), int(text[6:])))

    def month(self, index: int) -> Ref:
        return self._keep(self.recorder.month(index), index)

    def option(self, position: int) -> Ref:
        return self._keep(self.recorder.option(position), position)

    def fact(self, name: str) -> Ref:
        ref = self.recorder.fact(name)
        return self._keep(ref, self._input(ref.type, self.facts[name]))

    def given(self, name: str) -> Ref:
        return self._keep(self.recorder.given(name), self.facts[name] is not None)

    def column(self, rows: str, name: str) -> Ref:
        ref = self.recorder.column(rows, name)
        return self._keep(ref, [self._input(ref.type, row[name]) for row in self.rows[rows]])

    def column_given(self, rows: str, name: str) -> Ref:
        ref = self.recorder.column_given(rows, name)
        return self._keep(ref, [row[name] is not None for row in self.rows[rows]])

    # numbers

    def add(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.add(a, b), lambda x, y: x + y, a, b)

    def subtract(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.subtract(a, b), lambda x, y: x - y, a, b)

    def multiply(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.multiply(a, b), lambda x, y: x * y, a, b)

    def minimum(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.minimum(a, b), min, a, b)

    def maximum(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.maximum(a, b), max, a, b)

    def floor(self, a: Ref, unit: Fraction = Fraction(1)) -> Ref:
        return self._each(self.recorder.floor(a, unit), lambda x: floor(x / unit) * unit, a)

    def round(self, a: Ref, unit: Fraction, ties: str) -> Ref:
        ref = self.recorder.round(a, unit, ties)
        return self._each(ref, lambda x: exact.rounded(x / unit, ties) * unit, a)

    def floor_quotient(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.floor_quotient(a, b), lambda x, y: Fraction(floor(x / y)), a, b)

    def share(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.share(a, b), lambda x, y: x / y, a, b)

    # comparisons and logic

    def less(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.less(a, b), lambda x, y: x < y, a, b)

    def at_most(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.at_most(a, b), lambda x, y: x <= y, a, b)

    def equal(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.equal(a, b), lambda x, y: x == y, a, b)

    def one_of(self, a: Ref, positions: frozenset[int]) -> Ref:
        return self._each(self.recorder.one_of(a, positions), lambda x: x in positions, a)

    def contains(self, a: Ref, position: int) -> Ref:
        return self._each(self.recorder.contains(a, position), lambda x: position in x, a)

    def both(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.both(a, b), lambda x, y: x and y, a, b)

    def either(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.either(a, b), lambda x, y: x or y, a, b)

    def invert(self, a: Ref) -> Ref:
        return self._each(self.recorder.invert(a), lambda x: not x, a)

    def choose(self, condition: Ref, a: Ref, b: Ref) -> Ref:
        ref = self.recorder.choose(condition, a, b)
        return self._each(ref, lambda holds, x, y: x if holds else y, condition, a, b)

    def lookup(self, code: Ref, table: tuple[Fraction, ...]) -> Ref:
        return self._each(self.recorder.lookup(code, table), lambda x: table[x], code)

    def series(self, month: Ref, starts: tuple[int, ...], values: tuple[Fraction, ...]) -> Ref:
        ref = self.recorder.series(month, starts, values)
        return self._each(ref, lambda x: exact.in_force(x, starts, values), month)

    # dates

    def age(self, born: Ref, on: Ref, day_after: bool) -> Ref:
        ref = self.recorder.age(born, on, day_after)
        return self._each(ref, lambda x, y: Fraction(exact.completed_years(x, y, day_after)), born, on)

    def started_years(self, since: Ref, on: Ref) -> Ref:
        ref = self.recorder.started_years(since, on)
        return self._each(ref, lambda x, y: Fraction(exact.started_years(x, y)), since, on)

    def months_between(self, a: Ref, b: Ref) -> Ref:
        ref = self.recorder.months_between(a, b)
        return self._each(ref, lambda x, y: Fraction(exact.months_between(x, y)), a, b)

    def days_between(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.days_between(a, b), lambda x, y: Fraction((y - x).days), a, b)

    def shift(self, date: Ref, years: int, months: int, days: int) -> Ref:
        ref = self.recorder.shift(date, years, months, days)
        return self._each(ref, lambda x: exact.moved(x, years, months, days), date)

    def place(self, date: Ref, year: int | None, month: int | None, day: int | None) -> Ref:
        ref = self.recorder.place(date, year, month, day)
        return self._each(ref, lambda x: exact.placed(x, year, month, day), date)

    def month_of(self, date: Ref) -> Ref:
        return self._each(self.recorder.month_of(date), exact.month_of, date)

    def month_end(self, month: Ref) -> Ref:
        return self._each(self.recorder.month_end(month), exact.end_of, month)

    def year(self, date: Ref) -> Ref:
        return self._each(self.recorder.year(date), lambda x: Fraction(x.year), date)

    def month_number(self, date: Ref) -> Ref:
        return self._each(self.recorder.month_number(date), lambda x: Fraction(x.month), date)

    def day_of_year(self, date: Ref) -> Ref:
        return self._each(self.recorder.day_of_year(date), lambda x: Fraction(x.month * 100 + x.day), date)

    def move_month(self, month: Ref, by: int) -> Ref:
        return self._each(self.recorder.move_month(month, by), lambda x: x + by, month)

    def months_apart(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.months_apart(a, b), lambda x, y: Fraction(y - x), a, b)

    # month sets

    def span(self, first: Ref, last: Ref) -> Ref:
        return self._each(self.recorder.span(first, last), exact.months_from, first, last)

    def meet(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.meet(a, b), lambda x, y: x & y, a, b)

    def join(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.join(a, b), lambda x, y: x | y, a, b)

    def without(self, a: Ref, b: Ref) -> Ref:
        return self._each(self.recorder.without(a, b), lambda x, y: x - y, a, b)

    def only_if(self, condition: Ref, a: Ref) -> Ref:
        ref = self.recorder.only_if(condition, a)
        return self._each(ref, lambda holds, x: x if holds else frozenset(), condition, a)

    def during(self, a: Ref, first: Ref, last: Ref) -> Ref:
        ref = self.recorder.during(a, first, last)
        return self._each(ref, lambda x, y, z: x & exact.months_from(y, z), a, first, last)

    def earliest(self, a: Ref, n: Ref) -> Ref:
        ref = self.recorder.earliest(a, n)
        return self._each(ref, lambda x, y: frozenset(sorted(x)[: max(floor(y), 0)]), a, n)

    def nth(self, a: Ref, n: int) -> Ref:
        return self._each(self.recorder.nth(a, n), lambda x: exact.nth(x, n), a)

    def count(self, a: Ref) -> Ref:
        return self._each(self.recorder.count(a), lambda x: Fraction(len(x)), a)

    def streak(self, a: Ref, end: Ref) -> Ref:
        ref = self.recorder.streak(a, end)
        return self._each(ref, lambda x, y: Fraction(exact.run_ending_at(x, y)), a, end)

    def unbroken(self, a: Ref, end: Ref) -> Ref:
        ref = self.recorder.unbroken(a, end)
        return self._each(
            ref, lambda x, y: frozenset(range(y - exact.run_ending_at(x, y) + 1, y + 1)), a, end
        )

    def longest(self, a: Ref) -> Ref:
        ref = self.recorder.longest(a)
        return self._each(ref, lambda x: Fraction(max(map(len, exact.runs(x)), default=0)), a)

    def run_years(self, a: Ref) -> Ref:
        ref = self.recorder.run_years(a)
        return self._each(ref, lambda x: Fraction(sum(len(run) // 12 for run in exact.runs(x))), a)

    def has(self, a: Ref, month: Ref) -> Ref:
        return self._each(self.recorder.has(a, month), lambda x, y: y in x, a, month)

    def yearly(self, a: Ref, rate: Fraction, cap: Fraction) -> Ref:
        return self._each(self.recorder.yearly(a, rate, cap), lambda x: exact.each_year(x, rate, cap), a)

    # rows

    def gather(self, rows: str, condition: Ref, months: Ref) -> Ref:
        ref = self.recorder.gather(rows, condition, months)
        kept = self._kept_rows(rows, condition, months)
        return self._keep(ref, frozenset[int]().union(*(months for (months,) in kept)))

    def tally(self, rows: str, condition: Ref, at_most: int) -> Ref:
        ref = self.recorder.tally(rows, condition, at_most)
        return self._keep(ref, Fraction(sum(self._column(rows, condition))))

    def total(self, rows: str, condition: Ref, value: Ref, at_most: int) -> Ref:
        ref = self.recorder.total(rows, condition, value, at_most)
        numbers = [number for (number,) in self._kept_rows(rows, condition, value)]
        return self._keep(ref, sum(numbers, Fraction(0)))

    def best(self, rows: str, condition: Ref, value: Ref) -> Ref:
        ref = self.recorder.best(rows, condition, value)
        return self._keep(ref, max(self._kept_rows(rows, condition, value), default=(Fraction(0),))[0])

    def least(self, rows: str, condition: Ref, value: Ref) -> Ref:
        ref = self.recorder.least(rows, condition, value)
        return self._keep(ref, min(self._kept_rows(rows, condition, value), default=(Fraction(0),))[0])

    def capped_total(
        self,
        rows: str,
        condition: Ref,
        value: Ref,
        group: Ref,
        cap: Fraction,
        at_most: int,
        groups: int | None = None,
    ) -> Ref:
        ref = self.recorder.capped_total(rows, condition, value, group, cap, at_most, groups)
        kept = self._kept_rows(rows, condition, value, group)
        found = Fraction(0)
        for name in {name for _, name in kept}:
            found += min(sum((number for number, other in kept if other == name), Fraction(0)), cap)
        return self._keep(ref, found)

    def monthly_total(self, rows: str, condition: Ref, months: Ref, value: Ref, overlap: str) -> Ref:
        ref = self.recorder.monthly_total(rows, condition, months, value, overlap)
        kept = self._kept_rows(rows, condition, months, value)
        found = Fraction(0)
        for month in frozenset[int]().union(*(months for months, _ in kept)):
            numbers = [number for months, number in kept if month in months]
            found += {
                "sum": sum(numbers),
                "highest": max(numbers),
                "lowest": min(numbers),
                "first": numbers[0],
            }[overlap]
        return self._keep(ref, found)

    def ordinal(self, rows: str, condition: Ref, key: Ref, at_most: int) -> Ref:
        ref = self.recorder.ordinal(rows, condition, key, at_most)
        conditions, keys = self._column(rows, condition), self._column(rows, key)
        order = sorted((key, row) for row, key in enumerate(keys) if conditions[row])
        places = {row: Fraction(place) for place, (_, row) in enumerate(order, 1)}
        return self._keep(ref, [places.get(row, Fraction(0)) for row in range(len(keys))])

    def leader(self, rows: str, condition: Ref, group: Ref, value: Ref, highest: bool) -> Ref:
        ref = self.recorder.leader(rows, condition, group, value, highest)
        conditions, groups, values = (self._column(rows, arg) for arg in (condition, group, value))

        def leads(row: int) -> bool:
            rivals = [
                other for other in range(len(groups)) if conditions[other] and groups[other] == groups[row]
            ]
            best = (max if highest else min)(values[other] for other in rivals)
            return row == min(other for other in rivals if values[other] == best)

        return self._keep(ref, [conditions[row] and leads(row) for row in range(len(groups))])
