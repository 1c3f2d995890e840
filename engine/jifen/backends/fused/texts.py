"""How each operation of the plan is written, and which plans cannot be written."""

from __future__ import annotations

from collections.abc import Sequence

from jifen.backends.columns import widths
from jifen.backends.fused.inputs import Inputs, Wanted
from jifen.backends.semantics import SHORTEST, month_length
from jifen.plan.plan import Operation, Plan
from jifen.plan.types import Kind

TEMPLATES: dict[str, str] = {
    "add": "add({0}, {1})",
    "sub": "subtract({0}, {1})",
    "mul": "times({0}, {1})",
    "scale": "times({0}, {p0})",
    "floordiv": "floor({0}, {1})",
    "min": "least({0}, {1})",
    "max": "most({0}, {1})",
    "lt": "less({0}, {1})",
    "eq": "same({0}, {1})",
    "and": "both({0}, {1})",
    "not": "negate({0})",
    "choose": "choose({0}, {1}, {2})",
    "contains": "has_bit({0}, {p0})",
    "one_of": "has_bit({p0}, {0})",
    "age": "age({0}, {1}, {p0})",
    "started_years": "started_years({0}, {1})",
    "months_between": "months_between({0}, {1})",
    "days_between": "days_between({0}, {1})",
    "shift": "shift({0}, {p0}, {p1}, {p2})",
    "place": "place({0}, {p0}, {p1}, {p2})",
    "month_of": "month_of({0})",
    "month_end": "month_end({0})",
    "year": "part({0}, 10000)",
    "month_number": "month_number({0})",
    "day_of_year": "rest({0}, 10000)",
    "move_month": "add({0}, {p0})",
    "span": "span(beginnings, {0}, {1}, none)",
    "meet": "meet({0}, {1})",
    "join": "join({0}, {1})",
    "without": "without({0}, {1})",
    "only_if": "kept(table, {0}, {1})",
    "during": "during(table, base, {0}, {1}, {2})",
    "earliest": "earliest({0}, {1})",
    "nth": "nth(base, {0}, {p0})",
    "count": "count({0})",
    "streak": "streak(table, base, {0}, {1})",
    "unbroken": "unbroken(table, base, {0}, {1})",
    "longest": "longest({0})",
    "run_years": "run_years({0})",
    "has": "has(table, base, {0}, {1})",
    "yearly": "yearly(table, base, {0}, {p0}, {p1})",
}

ROUNDINGS: dict[str, str] = {
    "down_to": "floor({0}, {p0})",
    "up_to": "round_up_to({0}, {p0})",
    "half_up": "round_half_up({0}, {p0})",
    "up": "round_up({0}, {p0})",
    "down": "round_down({0}, {p0})",
    "away_from_zero": "round_half({0}, {p0}, False)",
    "half_even": "round_half({0}, {p0}, True)",
}

FEBRUARY = 2
LONGEST_SERIES = 2400
"""The months between the first and the last start of a series for which a table by months is made."""
MOST_ROWS = 2000
"""Applicants with more rows in a list are left to the exact backend: ranges were proved for so many."""


def written(operation: Operation, args: Sequence[str]) -> str:
    """The expression of an operation of TEMPLATES or a rounding; arguments are names or numbers."""
    params = [0 if param is None else param for param in operation.params]
    named = {f"p{n}": param for n, param in enumerate(params)}
    template = TEMPLATES[operation.kind] if operation.kind != "round" else ROUNDINGS[str(params[1])]
    if operation.kind == "shift" and not params[1] and not params[2]:
        template = "shift_years({0}, {p0})"
    if operation.kind == "place" and not params[0] and params[1] and params[2]:
        month, day = operation.whole(1), operation.whole(2)
        if month != FEBRUARY or day <= SHORTEST:
            template = (
                f"add(times(part({{0}}, 10000), 10000), {100 * month + min(day, month_length(1, month))})"
            )
    return template.format(*args, **named)


def unsupported(plan: Plan, wanted: Wanted, inputs: Inputs) -> str | None:
    """Why there is no fused program for a plan: an operation with numbers that 64 bits do not hold. None: there is."""
    for path, value in [*inputs.facts.items()] + [
        pair for rows in inputs.rows.values() for pair in rows.values.items()
    ]:
        if widths.width_of(value.type) == widths.PYTHON:
            return path
    for slot in plan.needed(wanted.reads):
        operation = plan.operations[slot]
        if not _fits(plan, operation):
            return operation.kind
    return None


def _fits(plan: Plan, operation: Operation) -> bool:
    if operation.type.kind is not Kind.MONTHS and widths.width_of(operation.type) == widths.PYTHON:
        return False
    if operation.kind in widths.ARITHMETIC and operation.type.kind is not Kind.MONTHS:
        return widths.working(plan, operation) != widths.PYTHON
    if operation.kind in ("capped_total", "monthly_total"):
        value = plan.operations[operation.args[1 if operation.kind == "capped_total" else 2]].type
        most = max(abs(value.low), abs(value.high)) * MOST_ROWS
        most *= abs(operation.whole(1)) if operation.kind == "capped_total" else 512
        return most < 1 << 63
    if operation.kind == "series":
        starts = operation.params[0]
        return isinstance(starts, tuple) and int(starts[-1]) - int(starts[0]) <= LONGEST_SERIES
    if operation.kind == "one_of":
        return operation.whole(0) < 1 << 62
    return True
