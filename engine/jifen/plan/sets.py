"""Operations on month sets, and those that fold the rows of a timeline or record list."""

from __future__ import annotations

from fractions import Fraction

from jifen.plan import types
from jifen.plan.emitter import Emitter
from jifen.plan.plan import Param
from jifen.plan.slots import MixedRows, Ref
from jifen.plan.types import Kind, Type

MOST_ROWS = 2000
"""The most spells that a timeline is taken to have where a range is computed."""


class SetOperations(Emitter):
    """The part of the recorder that works on month sets and on rows."""

    # one set, of the applicant or of a row

    def span(self, first: Ref, last: Ref) -> Ref:
        """The months from `first` to `last`, both inside; none when last is before first."""
        return self.emit("span", (first, last), (), Type(Kind.MONTHS, 1, first.type.low, last.type.high))

    def meet(self, a: Ref, b: Ref) -> Ref:
        """The months in both sets."""
        if a.slot == b.slot:
            return a
        type_ = Type(Kind.MONTHS, 1, max(a.type.low, b.type.low), min(a.type.high, b.type.high))
        return self.emit("meet", (a, b), (), type_)

    def join(self, a: Ref, b: Ref) -> Ref:
        """The months in either set."""
        return a if a.slot == b.slot else self.emit("join", (a, b), (), types.union(a.type, b.type))

    def without(self, a: Ref, b: Ref) -> Ref:
        """The months of a that are not in b."""
        return self.emit("without", (a, b), (), a.type)

    def only_if(self, condition: Ref, a: Ref) -> Ref:
        """A set where the condition holds, else no months."""
        return self.emit("only_if", (condition, a), (), a.type)

    def during(self, a: Ref, first: Ref, last: Ref) -> Ref:
        """The months of a from `first` to `last`, both inside."""
        type_ = Type(Kind.MONTHS, 1, max(a.type.low, first.type.low), min(a.type.high, last.type.high))
        return self.emit("during", (a, first, last), (), type_)

    def earliest(self, a: Ref, n: Ref) -> Ref:
        """The n earliest months of a set; of a fraction, its whole part."""
        den = n.type.den
        if den > 1:
            whole = types.number(1, n.type.low // den, n.type.high // den)
            n = self.emit("round", (n,), (den, "down_to"), whole)
        return self.emit("earliest", (a, n), (), a.type)

    def nth(self, a: Ref, n: int) -> Ref:
        """The nth month of a set, or a month after all others when it has fewer."""
        return self.emit("nth", (a,), (n,), types.MONTH)

    def count(self, a: Ref) -> Ref:
        """How many months a set has."""
        return self.emit("count", (a,), (), types.number(1, 0, max(a.type.high - a.type.low + 1, 0)))

    def streak(self, a: Ref, end: Ref) -> Ref:
        """How many months without a gap run back from the month `end`; 0 when that month is not in the set."""
        return self.emit("streak", (a, end), (), types.number(1, 0, max(end.type.high - a.type.low + 1, 0)))

    def unbroken(self, a: Ref, end: Ref) -> Ref:
        """The months of the run without a gap that ends at the month `end`."""
        return self.emit("unbroken", (a, end), (), a.type)

    def longest(self, a: Ref) -> Ref:
        """The longest run without a gap."""
        return self.emit("longest", (a,), (), types.number(1, 0, max(a.type.high - a.type.low + 1, 0)))

    def run_years(self, a: Ref) -> Ref:
        """Full years of each run without a gap, added up."""
        return self.emit(
            "run_years", (a,), (), types.number(1, 0, max(a.type.high - a.type.low + 1, 0) // 12)
        )

    def has(self, a: Ref, month: Ref) -> Ref:
        """Whether a month is in a set."""
        return self.emit("has", (a, month), (), types.TRUTH)

    def yearly(self, a: Ref, rate: Fraction, cap: Fraction) -> Ref:
        """`rate` for each month, at most `cap` in any calendar year, added up."""
        return self.emit("yearly", (a,), _over_one_denominator(rate, cap), _yearly_type(a.type, rate, cap))

    # folds of rows

    def gather(self, rows: str, condition: Ref, months: Ref) -> Ref:
        """The months of all rows for which the condition holds."""
        return self._fold("gather", rows, (condition, months), (), months.type)

    def tally(self, rows: str, condition: Ref, at_most: int) -> Ref:
        """How many rows meet the condition."""
        return self.total(rows, condition, self.number(1), at_most)

    def total(self, rows: str, condition: Ref, value: Ref, at_most: int) -> Ref:
        """The sum of a number over the rows that meet the condition; `at_most` bounds the rows."""
        low, high = min(value.type.low * at_most, 0), max(value.type.high * at_most, 0)
        return self._fold("total", rows, (condition, value), (), types.number(value.type.den, low, high))

    def best(self, rows: str, condition: Ref, value: Ref) -> Ref:
        """The highest number among the rows that meet the condition, 0 when none does."""
        type_ = types.number(value.type.den, min(value.type.low, 0), max(value.type.high, 0))
        return self._fold("best", rows, (condition, value), (), type_)

    def least(self, rows: str, condition: Ref, value: Ref) -> Ref:
        """The lowest number among the rows that meet the condition, 0 when none does."""
        type_ = types.number(value.type.den, min(value.type.low, 0), max(value.type.high, 0))
        return self._fold("least", rows, (condition, value), (), type_)

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
        """The sum over groups of rows (one for each value of `group`) of each group's sum, at most `cap` each.

        `groups` says how many groups there can be, where that is known.
        """
        den = value.type.den * cap.denominator
        low, high = min(value.type.low * at_most, 0), max(value.type.high * at_most, 0)
        scaled_cap = cap.numerator * value.type.den
        high *= cap.denominator
        if groups is not None:
            high = min(high, max(groups * scaled_cap, 0))
        type_ = types.number(den, low * cap.denominator, high)
        return self._fold(
            "capped_total", rows, (condition, value, group), (cap.denominator, scaled_cap), type_
        )

    def monthly_total(self, rows: str, condition: Ref, months: Ref, value: Ref, overlap: str) -> Ref:
        """A number for each month of the rows that meet the condition, added up over the months.

        Where a month lies in several rows, `overlap` says which counts: sum, highest, lowest or first.
        """
        most = max(months.type.high - months.type.low + 1, 0) * (MOST_ROWS if overlap == "sum" else 1)
        type_ = types.number(value.type.den, min(value.type.low * most, 0), max(value.type.high * most, 0))
        return self._fold("monthly_total", rows, (condition, months, value), (overlap,), type_)

    def ordinal(self, rows: str, condition: Ref, key: Ref, at_most: int) -> Ref:
        """The place of each row, from 1, among those that meet the condition, by key; 0 for the others."""
        return self.emit("ordinal", (condition, key), (rows,), types.number(1, 0, at_most), rows)

    def leader(self, rows: str, condition: Ref, group: Ref, value: Ref, highest: bool) -> Ref:
        """Whether a row has the highest (or lowest) value of its group; the first of equals leads."""
        return self.emit("leader", (condition, group, value), (rows, highest), types.TRUTH, rows)

    def _fold(
        self, kind: str, rows: str, args: tuple[Ref, ...], params: tuple[Param, ...], type_: Type
    ) -> Ref:
        for arg in args:
            if arg.rows not in ("", rows):
                raise MixedRows(rows, arg.rows)
        return self.emit(kind, args, (rows, *params), type_, "")


def _over_one_denominator(rate: Fraction, cap: Fraction) -> tuple[int, int, int]:
    den = rate.denominator * cap.denominator
    return rate.numerator * cap.denominator, cap.numerator * rate.denominator, den


def _yearly_type(months: Type, rate: Fraction, cap: Fraction) -> Type:
    scaled_rate, _, den = _over_one_denominator(rate, cap)
    most = max(months.high - months.low + 1, 0) * scaled_rate
    return types.number(den, min(most, 0), max(most, 0))
