"""Arithmetic and comparison of what expressions hold."""

from __future__ import annotations

import ast
import re
from datetime import date
from fractions import Fraction
from typing import Final

from jifen.document.diagnostics import suggest
from jifen.language import messages
from jifen.language.mistakes import LanguageError
from jifen.language.months import Joined, Narrowed, Reason
from jifen.language.values import (
    UNITS,
    Day,
    Many,
    Month,
    Num,
    One,
    Quotient,
    Set,
    Text,
    Texts,
    Truth,
    Value,
)
from jifen.language.wrong import sentence, wrong
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref

MOST_DIGITS: Final = 30
_TOO_BIG: Final = 10**MOST_DIGITS
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\Z")


def check_size(ref: Ref, node: ast.expr | None = None) -> None:
    """A number of so many digits is nobody's number of points. Raises LanguageError."""
    if max(abs(ref.type.low), abs(ref.type.high), ref.type.den) >= _TOO_BIG:
        raise LanguageError(node, messages.TOO_BIG, digits=str(MOST_DIGITS))


def same_unit(a: str, b: str) -> str:
    """The unit two numbers share; a plain number goes with any. Raises LanguageError when they differ."""
    if a and b and a != b:
        message = messages.MONTHS_AND_YEARS if {a, b} == {"months", "years"} else messages.UNITS
        one, other = UNITS[a], UNITS[b]
        raise LanguageError(
            None, message, one=sentence(one[0]), other=other[0], one_zh=one[1], other_zh=other[1]
        )
    return a or b


def month_index(month: Text) -> int:
    """A month in quotes as `year * 12 + month - 1`. Raises LanguageError."""
    match = _MONTH.match(month.text)
    if not match:
        raise LanguageError(None, messages.MONTH_TEXT, culprit=month, text=month.text)
    return int(match[1]) * 12 + int(match[2]) - 1


def as_month(ops: Recorder, value: Value, where: str) -> Ref:
    """A month out of a month, a date or a text in quotes."""
    if isinstance(value, Month):
        return value.ref
    if isinstance(value, Day):
        return ops.month_of(value.ref)
    if isinstance(value, Text):
        return ops.month(month_index(value))
    raise wrong(value, Month, where)


def as_date(ops: Recorder, value: Day | Text) -> Ref:
    """A date out of a date or of a text in quotes. Raises LanguageError."""
    if isinstance(value, Day):
        return value.ref
    try:
        found = date.fromisoformat(value.text if _DATE.match(value.text) else "")
    except ValueError:
        raise LanguageError(None, messages.DATE_TEXT, culprit=value, text=value.text) from None
    return ops.date(found.year * 10000 + found.month * 100 + found.day)


def option(choice: One | Many, text: str, culprit: object = None) -> int:
    """The position of an option. Raises LanguageError with the nearest one."""
    if text not in choice.options:
        near = suggest(text, choice.options)
        args = {"near": near} if near else {}
        raise LanguageError(
            None,
            messages.UNKNOWN_OPTION,
            culprit=culprit,
            name=choice.name,
            option=text,
            options=", ".join(choice.options),
            **args,
        )
    return choice.options.index(text)


def arithmetic(ops: Recorder, operator: type[ast.operator], a: Value, b: Value) -> Value:
    """a operator b, for numbers and month sets."""
    if isinstance(a, Set) or isinstance(b, Set):
        return _sets(ops, operator, a, b)
    where = f"`{_SIGNS[operator]}`"
    for value in (a, b):
        if isinstance(value, Quotient):
            raise LanguageError(None, messages.DIVISION, culprit=value)
    if not isinstance(a, Num):
        raise wrong(a, Num, where)
    if not isinstance(b, Num):
        raise wrong(b, Num, where)
    if operator is ast.Add:
        return Num(ops.add(a.ref, b.ref), same_unit(a.unit, b.unit))
    if operator is ast.Sub:
        return Num(ops.subtract(a.ref, b.ref), same_unit(a.unit, b.unit))
    if operator is ast.Mult:
        return Num(ops.multiply(a.ref, b.ref))
    if operator is ast.Div:
        return _divide(ops, a, b)
    raise wrong(a, Set, where)


def _divide(ops: Recorder, a: Num, b: Num) -> Value:
    unit = "" if a.unit == b.unit else a.unit if not b.unit else ""
    constant = ops.constant(b.ref)
    if constant == 0 or (constant is None and b.ref.type.low <= 0):
        raise LanguageError(None, messages.MAYBE_ZERO)
    if constant is not None:
        return Num(ops.multiply(a.ref, ops.number(1 / constant)), unit if b.unit else "")
    if b.inverse is not None:
        return Num(ops.multiply(a.ref, b.inverse), unit)
    if b.ref.type.den == 1 and b.ref.type.low >= 1 and b.ref.type.high <= LARGEST_SHARE:
        return Num(ops.share(a.ref, b.ref), unit)
    return Quotient(a, b, unit)


LARGEST_SHARE = 36


def _sets(ops: Recorder, operator: type[ast.operator], a: Value, b: Value) -> Value:
    if not isinstance(a, Set):
        raise wrong(a, Set, f"`{_SIGNS[operator]}`")
    if not isinstance(b, Set):
        raise wrong(b, Set, f"`{_SIGNS[operator]}`")
    if operator is ast.BitOr:
        return Set(
            Joined(
                _common(a.months.first, b.months.first),
                _common(a.months.end, b.months.end),
                a.months,
                b.months,
            ),
            f"{a.name} | {b.name}",
        )
    other = b.months.view(ops).ref
    if operator is ast.Sub:
        text = {"zh": f"已属于「{b.called('zh')}」", "en": f"already in “{b.called('en')}”"}
        reason = Reason(text, (), None)
        return Set(
            Narrowed(a.months.first, a.months.end, a.months, lambda o, s: o.without(s, other), reason),
            f"{a.name} - {b.name}",
        )
    if operator is ast.BitAnd:
        text = {"zh": f"不属于「{b.called('zh')}」", "en": f"not in “{b.called('en')}”"}
        reason = Reason(text, (), None)
        end = _common(a.months.end, b.months.end)
        return Set(
            Narrowed(a.months.first, end, a.months, lambda o, s: o.meet(s, other), reason),
            f"{a.name} & {b.name}",
        )
    raise wrong(a, Num, f"`{_SIGNS[operator]}`")


def _common(a: Ref | None, b: Ref | None) -> Ref | None:
    return a if a is not None and b is not None and a.slot == b.slot else None


_SIGNS: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.BitAnd: "&",
    ast.BitOr: "|",
}


def compare(ops: Recorder, operator: type[ast.cmpop], a: Value, b: Value) -> Ref:
    """The truth of `a operator b`."""
    if operator is ast.In or operator is ast.NotIn:
        found = _within(ops, a, b)
        return found if operator is ast.In else ops.invert(found)
    if isinstance(a, (One, Many)) or isinstance(b, (One, Many)):
        return _same_option(ops, operator, a, b)
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        return _quotients(ops, operator, a, b)
    x, y = _comparable(ops, a, b)
    if isinstance(a, Truth) and operator not in (ast.Eq, ast.NotEq):
        raise wrong(a, Num, f"`{COMPARISONS[operator]}`")
    return _order(ops, operator, x, y)


COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def _order(ops: Recorder, operator: type[ast.cmpop], a: Ref, b: Ref) -> Ref:
    if operator is ast.Lt:
        return ops.less(a, b)
    if operator is ast.LtE:
        return ops.at_most(a, b)
    if operator is ast.Gt:
        return ops.less(b, a)
    if operator is ast.GtE:
        return ops.at_most(b, a)
    equal = ops.equal(a, b)
    return equal if operator is ast.Eq else ops.invert(equal)


def _comparable(ops: Recorder, a: Value, b: Value) -> tuple[Ref, Ref]:
    if isinstance(a, Num) and isinstance(b, Num):
        same_unit(a.unit, b.unit)
        return a.ref, b.ref
    if isinstance(a, (Day, Text)) and isinstance(b, (Day, Text)) and not (type(a) is type(b) is Text):
        return as_date(ops, a), as_date(ops, b)
    if isinstance(a, Truth) and isinstance(b, Truth):
        return a.ref, b.ref
    if isinstance(a, Month) or isinstance(b, Month):
        return as_month(ops, a, "a comparison"), as_month(ops, b, "a comparison")
    kind = next((type(value) for value in (a, b) if isinstance(value, (Num, Day, Truth))), Num)
    raise wrong(b if isinstance(a, kind) else a, kind, "a comparison")


def _quotients(ops: Recorder, operator: type[ast.cmpop], a: Value, b: Value) -> Ref:
    x, y = (value if isinstance(value, Quotient) else _over_one(ops, value) for value in (a, b))
    same_unit(x.unit, y.unit)
    return _order(
        ops, operator, ops.multiply(x.above.ref, y.below.ref), ops.multiply(y.above.ref, x.below.ref)
    )


def _over_one(ops: Recorder, value: Value) -> Quotient:
    if not isinstance(value, Num):
        raise wrong(value, Num, "a comparison")
    return Quotient(value, Num(ops.number(Fraction(1))), value.unit)


def _same_option(ops: Recorder, operator: type[ast.cmpop], a: Value, b: Value) -> Ref:
    if not isinstance(a, (One, Many)):
        a, b = b, a
    if operator not in (ast.Eq, ast.NotEq):
        raise wrong(a, Num, f"`{COMPARISONS[operator]}`")
    if not isinstance(a, One):
        raise wrong(a, One, f"`{COMPARISONS[operator]}`")
    if isinstance(b, Text):
        same = ops.equal(a.ref, ops.option(option(a, b.text, b)))
    elif isinstance(b, One) and b.options == a.options:
        same = ops.equal(a.ref, b.ref)
    else:
        raise wrong(b, Text, "a comparison")
    return same if operator is ast.Eq else ops.invert(same)


def _within(ops: Recorder, a: Value, b: Value) -> Ref:
    if isinstance(a, Text):
        if not isinstance(b, Many):
            raise wrong(b, Many, "`in`")
        return ops.contains(b.ref, option(b, a.text, a))
    if not isinstance(a, One):
        raise wrong(a, One, "`in`")
    if not isinstance(b, (Text, Texts)):
        raise wrong(b, Texts, "`in`")
    texts = (b.text,) if isinstance(b, Text) else b.texts
    return ops.one_of(a.ref, frozenset(option(a, text, b) for text in texts))
