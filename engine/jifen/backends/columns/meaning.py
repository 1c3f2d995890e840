"""The meaning of every operation on columns, beside `backends.semantics`, which has it for one applicant.

Functions of BASED take `base` first, functions of WIDE the dtype of their result last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from jifen.backends.columns import dates, folds, numbers, words

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b, *_: a * b,
    "scale": lambda a, factor, _den: a if factor == 1 else a * factor,
    "floordiv": lambda a, b: a // b,
    "round": numbers.round_to,
    "min": np.minimum,
    "max": np.maximum,
    "lt": lambda a, b: a < b,
    "eq": lambda a, b: a == b,
    "and": lambda a, b: a & b,
    "not": lambda a: ~a,
    "choose": lambda condition, a, b: (words.chosen if isinstance(a, tuple) else numbers.choose)(
        condition, a, b
    ),
    "lookup": numbers.lookup,
    "one_of": numbers.one_of,
    "contains": numbers.contains,
    "series": numbers.series,
    "age": dates.age,
    "started_years": dates.started_years,
    "months_between": dates.months_between,
    "days_between": dates.days_between,
    "shift": dates.shift,
    "place": dates.place,
    "month_of": dates.month_of,
    "month_end": dates.month_end,
    "year": lambda day: day // 10000,
    "month_number": lambda day: day // 100 % 100,
    "day_of_year": lambda day: day % 10000,
    "move_month": lambda month, by: month + by,
    "span": words.span,
    "meet": words.meet,
    "join": words.join,
    "without": words.without,
    "only_if": words.only_if,
    "during": words.during,
    "earliest": words.earliest,
    "nth": words.nth,
    "count": words.count,
    "streak": words.streak,
    "unbroken": words.unbroken,
    "longest": words.longest,
    "run_years": words.run_years,
    "has": words.has,
    "yearly": words.yearly,
}

WIDE = frozenset({"lookup", "series", "yearly"})

FOLDS: dict[str, Callable[..., Any]] = {
    "gather": folds.gather,
    "total": folds.total,
    "best": folds.best,
    "least": folds.least,
    "capped_total": folds.capped_total,
    "monthly_total": folds.monthly_total,
}

VALUED: dict[str, int] = {"total": 1, "best": 1, "least": 1, "capped_total": 1, "monthly_total": 2}
"""Folds that want to know the range of their values, and which argument those are."""

ORDERS: dict[str, Callable[..., Any]] = {"ordinal": folds.ordinal, "leader": folds.leader}
