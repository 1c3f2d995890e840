"""The vocabulary: every function an expression can call."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from jifen.language import messages
from jifen.language.mistakes import LanguageError
from jifen.language.months import Narrowed, Reason
from jifen.language.operators import as_month, month_index, same_unit
from jifen.language.values import (
    Day,
    Month,
    Monthly,
    Num,
    Quotient,
    Records,
    Scope,
    Series,
    Set,
    Text,
    Truth,
    Value,
)
from jifen.language.written import month_written, written
from jifen.language.wrong import wrong
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref


class Function(NamedTuple):
    """A function: the types of its arguments, whether the last may repeat, and what it records."""

    takes: tuple[type, ...]
    repeats: bool
    apply: Callable[..., Value]


def call(name: str, scope: Scope, args: Sequence[Value], node: ast.Call) -> Value:
    """Record a call. Raises LanguageError at the argument that is wrong."""
    function = FUNCTIONS[name]
    takes = function.takes
    if function.repeats and len(args) > len(takes):
        takes = takes + takes[-1:] * (len(args) - len(takes))
    if len(args) != len(takes):
        raise number_of_values(node, name, len(takes), function.repeats)
    try:
        for value, wanted in zip(args, takes, strict=True):
            _check(value, wanted, name)
        return function.apply(scope, *args)
    except LanguageError as error:
        error.at(node.args, args, node)
        raise


def number_of_values(node: ast.Call, name: str, takes: int, repeats: bool = False) -> LanguageError:
    """The mistake of a call with too few or too many values."""
    more, more_zh = (
        (" or more values", "个以上") if repeats else (" value" if takes == 1 else " values", "个")
    )
    found = len(node.args)
    return LanguageError(
        node,
        messages.ARGUMENTS,
        name=name,
        wanted=f"{takes}{more}",
        wanted_zh=f" {takes} {more_zh}值",
        form=signature(name),
        found=str(found) if found else "none",
        found_zh=f" {found} 个",
    )


def signature(name: str) -> str:
    """How a function is called, in words."""
    if name not in FUNCTIONS:
        return f"{name}(name)"
    function = FUNCTIONS[name]
    parts = [_SHORT[wanted] for wanted in function.takes]
    return f"{name}({', '.join(parts)}{', …' if function.repeats else ''})"


_SHORT = {
    Set: "months",
    Monthly: "monthly",
    Num: "number",
    Day: "date",
    Month: "month",
    Series: "series",
    Records: "records",
}


def _check(value: Value, wanted: type, name: str) -> None:
    fits = isinstance(value, wanted)
    if wanted is Month:
        fits = isinstance(value, (Month, Day, Text))
        if isinstance(value, Text):
            month_index(value)
    elif wanted is Num and name in _TAKE_QUOTIENTS:
        fits = isinstance(value, (Num, Quotient))
    elif wanted is Set and name in _TAKE_MONTHLY:
        fits = isinstance(value, (Set, Monthly))
    if fits:
        return
    if wanted is Num and isinstance(value, Quotient):
        raise LanguageError(None, messages.DIVISION, culprit=value)
    raise wrong(value, wanted, f"`{name}`")


_TAKE_QUOTIENTS = frozenset({"floor", "ceil", "round_half_up"})
_TAKE_MONTHLY = frozenset({"last"})


MOST_MONTHS: Final = 3600


def _written_out(scope: Scope, value: Num, name: str, most: int = 0) -> Fraction:
    """A number above 0 that is the same for everybody; a whole one up to `most` where that is stated."""
    number = scope.ops.constant(value.ref)
    if number is not None and number > 0 and (not most or (number.denominator == 1 and number <= most)):
        return number
    kind, kind_zh = (
        (f"a whole number from 1 to {most}", f" 1 到 {most} 的整数")
        if most
        else ("a number above 0", "大于 0 的数")
    )
    found, found_zh = (
        ("a computed number", "算出来的数") if number is None else (written(number), written(number))
    )
    raise LanguageError(
        None,
        messages.WRONG_TYPE,
        culprit=value,
        where=f"`{name}`",
        where_zh=f" `{name}` ",
        wanted=f"{kind} that is written out",
        wanted_zh=f"写明的{kind_zh}",
        found=found,
        found_zh=f" {found_zh} " if number is not None else found_zh,
    )


def _end(value: Set, name: str) -> Ref:
    if value.months.end is None:
        raise LanguageError(None, messages.UNCLEAR_END, culprit=value, name=name)
    return value.months.end


def _count(scope: Scope, months: Set) -> Value:
    return Num(scope.ops.count(months.months.view(scope.ops).ref), "months")


def _full_years(scope: Scope, months: Set) -> Value:
    count = scope.ops.count(months.months.view(scope.ops).ref)
    return Num(scope.ops.floor(scope.ops.multiply(count, scope.ops.number(Fraction(1, 12)))), "years")


def _streak(scope: Scope, months: Set) -> Value:
    return Num(scope.ops.streak(months.months.view(scope.ops).ref, _end(months, "streak")), "months")


def _unbroken(scope: Scope, months: Set) -> Value:
    end = _end(months, "unbroken")
    reason = Reason({"zh": "在中断之前", "en": "before a gap"}, (), None)
    run = Narrowed(months.months.first, end, months.months, lambda o, s: o.unbroken(s, end), reason)
    return Set(run, f"unbroken({months.name})")


def _longest(scope: Scope, months: Set) -> Value:
    return Num(scope.ops.longest(months.months.view(scope.ops).ref), "months")


def _has(scope: Scope, months: Set, month: Value) -> Value:
    return Truth(scope.ops.has(months.months.view(scope.ops).ref, as_month(scope.ops, month, "`has`")))


def _last(scope: Scope, months: Set | Monthly, n: Num) -> Value:
    number = int(_written_out(scope, n, "last", most=MOST_MONTHS))
    if isinstance(months, Monthly):
        inner = _last(scope, Set(months.months, "months"), n)
        assert isinstance(inner, Set)
        return Monthly(inner.months, months.value, months.overlap)
    end = _end(months, "last")
    first = scope.ops.move_month(end, 1 - number)
    reason = Reason({"zh": f"早于最近{number}个月", "en": f"before the last {number} months"}, (), None)
    return Set(
        Narrowed(first, end, months.months, lambda ops, s: ops.during(s, first, end), reason),
        f"last({months.name}, {number})",
    )


def _first(scope: Scope, months: Set, n: Num) -> Value:
    same_unit(n.unit, "months")
    if n.ref.type.den != 1:
        _written_out(scope, n, "first", most=MOST_MONTHS)
    reason = Reason({"zh": "在最早的若干个月之后", "en": "after the earliest months asked for"}, (), None)
    narrowed = Narrowed(
        months.months.first, months.months.end, months.months, lambda ops, s: ops.earliest(s, n.ref), reason
    )
    return Set(narrowed, f"first({months.name})")


def _during(scope: Scope, months: Set, first: Value, last: Value) -> Value:
    low, high = as_month(scope.ops, first, "`during`"), as_month(scope.ops, last, "`during`")
    if high.type.high < low.type.low:
        raise LanguageError(
            None,
            messages.EMPTY_PERIOD,
            first=month_written(low.type.low),
            last=month_written(high.type.high),
        )
    reason = Reason({"zh": "不在所计期间内", "en": "outside the months that are counted"}, (), None)
    return Set(
        Narrowed(low, high, months.months, lambda ops, s: ops.during(s, low, high), reason),
        f"during({months.name})",
    )


def _age(scope: Scope, born: Day, on: Day) -> Value:
    return Num(scope.ops.age(born.ref, on.ref, scope.age_from_day_after), "years")


def _started_years(scope: Scope, since: Day, on: Day) -> Value:
    return Num(scope.ops.started_years(since.ref, on.ref), "years")


def _months_between(scope: Scope, a: Day, b: Day) -> Value:
    return Num(scope.ops.months_between(a.ref, b.ref), "months")


def _days_between(scope: Scope, a: Day, b: Day) -> Value:
    return Num(scope.ops.days_between(a.ref, b.ref), "days")


def _year(scope: Scope, date: Day) -> Value:
    return Num(scope.ops.year(date.ref))


def _month(scope: Scope, date: Day) -> Value:
    return Num(scope.ops.month_number(date.ref))


def _at(scope: Scope, series: Series, month: Value) -> Value:
    return series_value(scope.ops, series, as_month(scope.ops, month, "at()"))


def series_value(ops: Recorder, series: Series, month: Ref) -> Num:
    """The value of a series in a month; dividing by it multiplies by the series of its inverses, which is exact."""
    inverse = None
    if all(series.values):
        inverse = ops.series(month, series.starts, tuple(1 / value for value in series.values))
    return Num(ops.series(month, series.starts, series.values), series.unit, inverse)


def _mean(scope: Scope, monthly: Monthly) -> Value:
    ops = scope.ops
    months = ops.count(monthly.months.view(ops).ref)
    total = _monthly_total(scope, monthly)
    return Quotient(total, Num(ops.maximum(months, ops.number(1))), total.unit)


def _monthly_total(scope: Scope, monthly: Monthly) -> Num:
    ops = scope.ops
    spells = monthly.months.spells(ops)
    assert spells is not None
    ref = ops.monthly_total(spells.rows, spells.condition, spells.ref, monthly.value.ref, monthly.overlap)
    return Num(ref, monthly.value.unit)


def total(scope: Scope, records: Records, field: str) -> Value | None:
    """The sum of an attribute over records; None when they have no such number."""
    value = records.fields.get(field)
    if value is None:
        return None
    return Num(scope.ops.total(records.rows, records.condition, value.ref, records.at_most), value.unit)


def _number(scope: Scope, records: Records) -> Value:
    return Num(scope.ops.tally(records.rows, records.condition, records.at_most))


def _calendar_years(scope: Scope, records: Records) -> Value:
    ops = scope.ops
    year = ops.year(ops.column(records.rows, "date"))
    one = Fraction(1)
    return Num(ops.capped_total(records.rows, records.condition, ops.number(one), year, one, records.at_most))


def _minimum(scope: Scope, *numbers: Num) -> Value:
    return _extreme(scope.ops.minimum, numbers)


def _maximum(scope: Scope, *numbers: Num) -> Value:
    return _extreme(scope.ops.maximum, numbers)


def _extreme(operation: Callable[[Ref, Ref], Ref], numbers: Sequence[Num]) -> Num:
    result = numbers[0]
    for number in numbers[1:]:
        result = Num(operation(result.ref, number.ref), same_unit(result.unit, number.unit))
    return result


def _clamp(scope: Scope, number: Num, low: Num, high: Num) -> Value:
    return _extreme(scope.ops.minimum, (_extreme(scope.ops.maximum, (number, low)), high))


def _floor(scope: Scope, number: Num | Quotient) -> Value:
    if isinstance(number, Quotient):
        return Num(scope.ops.floor_quotient(number.above.ref, number.below.ref), number.unit)
    return Num(scope.ops.floor(number.ref), number.unit)


def _ceil(scope: Scope, number: Num | Quotient) -> Value:
    ops = scope.ops
    if isinstance(number, Quotient):
        negative = ops.multiply(number.above.ref, ops.number(-1))
        floored = ops.floor_quotient(negative, number.below.ref)
        return Num(ops.multiply(floored, ops.number(-1)), number.unit)
    return Num(ops.round(number.ref, Fraction(1), "up_to"), number.unit)


def _round_half_up(scope: Scope, number: Num | Quotient, unit: Num) -> Value:
    step = _written_out(scope, unit, "round_half_up")
    ops = scope.ops
    if isinstance(number, Quotient):
        # floor(a / (b * step) + 1/2) = floor((2a + b * step) / (2b * step))
        below = ops.multiply(number.below.ref, ops.number(step))
        twice = ops.multiply(below, ops.number(2))
        shifted = ops.add(ops.multiply(number.above.ref, ops.number(2)), below)
        return Num(ops.multiply(ops.floor_quotient(shifted, twice), ops.number(step)), number.unit)
    return Num(ops.round(number.ref, step, "half_up"), number.unit)


FUNCTIONS: dict[str, Function] = {
    "count": Function((Set,), False, _count),
    "full_years": Function((Set,), False, _full_years),
    "streak": Function((Set,), False, _streak),
    "unbroken": Function((Set,), False, _unbroken),
    "longest": Function((Set,), False, _longest),
    "has": Function((Set, Month), False, _has),
    "last": Function((Set, Num), False, _last),
    "first": Function((Set, Num), False, _first),
    "during": Function((Set, Month, Month), False, _during),
    "age": Function((Day, Day), False, _age),
    "started_years": Function((Day, Day), False, _started_years),
    "months_between": Function((Day, Day), False, _months_between),
    "days_between": Function((Day, Day), False, _days_between),
    "year": Function((Day,), False, _year),
    "month": Function((Day,), False, _month),
    "at": Function((Series, Month), False, _at),
    "number": Function((Records,), False, _number),
    "calendar_years": Function((Records,), False, _calendar_years),
    "mean": Function((Monthly,), False, _mean),
    "min": Function((Num, Num), True, _minimum),
    "max": Function((Num, Num), True, _maximum),
    "clamp": Function((Num, Num, Num), False, _clamp),
    "floor": Function((Num,), False, _floor),
    "ceil": Function((Num,), False, _ceil),
    "round_half_up": Function((Num, Num), False, _round_half_up),
}
