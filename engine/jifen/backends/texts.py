"""The Python expression of each operation, for the functions that `generate` writes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from jifen.backends.semantics import BASED, FOLDS, FUNCTIONS, ORDERS, SHORTEST, capped, month_length
from jifen.plan.plan import Operation

TEMPLATES: dict[str, str] = {
    "add": "({0} + {1})",
    "sub": "({0} - {1})",
    "mul": "({0} * {1})",
    "floordiv": "({0} // {1})",
    "min": "({0} if {0} < {1} else {1})",
    "max": "({0} if {0} > {1} else {1})",
    "lt": "({0} < {1})",
    "eq": "({0} == {1})",
    "and": "({0} and {1})",
    "not": "(not {0})",
    "choose": "({1} if {0} else {2})",
    "started_years": "(({1} - {0} - 1) // 10000 + 1)",
    "month_of": "({0} // 10000 * 12 + {0} // 100 % 100 - 1)",
    "year": "({0} // 10000)",
    "month_number": "({0} // 100 % 100)",
    "day_of_year": "({0} % 10000)",
    # As many ones as months: short numbers until the last shift.
    "span": "((2 << {1} - {0}) - 1 << {0} - base if {0} <= {1} else 0)",
    "meet": "({0} & {1})",
    "join": "({0} | {1})",
    "without": "({0} & ~{1})",
    "only_if": "({1} if {0} else 0)",
    "count": "{0}.bit_count()",
}

SCOPE: dict[str, object] = {
    "bisect": bisect_right,
    "capped": capped,
    **{f"do_{kind}": do for kind, do in (FUNCTIONS | FOLDS | ORDERS).items()},
}
"""What a text may call."""

_LEAP_DAY = 229


def template(operation: Operation, constant: Callable[[object], str]) -> str:
    """The text of an operation with `{0}`, `{1}` ... for its arguments; `constant` gives the name of a value."""
    kind, params = operation.kind, operation.params
    if kind in TEMPLATES:
        return TEMPLATES[kind]
    found = _WITH_PARAMETERS[kind](params, constant) if kind in _WITH_PARAMETERS else ""
    return found or _call(operation, constant)


def _call(operation: Operation, constant: Callable[[object], str]) -> str:
    first = ["base"] if operation.kind in BASED else []
    args = [f"{{{position}}}" for position in range(len(operation.args))]
    params = [constant(param) for param in operation.params]
    return f"do_{operation.kind}({', '.join([*first, *args, *params])})"


Params = tuple[object, ...]
Constant = Callable[[object], str]


def _scale(params: Params, constant: Constant) -> str:
    return "{0}" if params[0] == 1 else f"({{0}} * {params[0]})"


def _round(params: Params, constant: Constant) -> str:
    return f"({{0}} // {params[0]})" if params[1] == "down_to" else ""


def _age(params: Params, constant: Constant) -> str:
    return "(({1} - {0} - ({1} != {0})) // 10000)" if params[0] else ""


def _shift(params: Params, constant: Constant) -> str:
    years, months, days = params
    if months or days:
        return ""
    assert isinstance(years, int)
    moved = f"{{0}} {'-' if years < 0 else '+'} {abs(years) * 10000}"
    return f"({moved} if {{0}} % 10000 != {_LEAP_DAY} else do_shift({{0}}, {years}, 0, 0))"


def _place(params: Params, constant: Constant) -> str:
    year, month, day = params
    assert isinstance(day, int | None) and isinstance(month, int | None)
    if year or not day:
        return ""
    if month and day <= month_length(1901, month):
        return f"({{0}} // 10000 * 10000 + {month * 100 + day})"
    return f"({{0}} // 100 * 100 + {day})" if not month and day <= SHORTEST else ""


def _series(params: Params, constant: Constant) -> str:
    starts, values, _ = params
    assert isinstance(starts, tuple)
    # The first value holds before its start, too.
    return f"{constant(values)}[bisect({constant(starts[1:])}, {{0}})]"


_WITH_PARAMETERS: dict[str, Callable[[Params, Constant], str]] = {
    "scale": _scale,
    "round": _round,
    "age": _age,
    "shift": _shift,
    "place": _place,
    "series": _series,
    "lookup": lambda params, constant: f"{constant(params[0])}[{{0}}]",
    "one_of": lambda params, constant: f"({params[0]} >> {{0}} & 1 != 0)",
    "contains": lambda params, constant: f"({{0}} & {1 << _position(params)} != 0)",
    "move_month": lambda params, constant: f"({{0}} + {params[0]})",
}
"""Texts that depend on parameters; "" where the function is called after all."""


def _position(params: Params) -> int:
    assert isinstance(params[0], int)
    return params[0]
