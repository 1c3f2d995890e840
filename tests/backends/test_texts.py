"""The Python text of each operation means what the operation means."""

import itertools
from bisect import bisect_right

import pytest

from jifen.backends import semantics
from jifen.backends.semantics import BASED, FUNCTIONS
from jifen.backends.texts import SCOPE, TEMPLATES, template
from jifen.plan.plan import Operation, Param
from jifen.plan.types import TRUTH

DAYS = [
    *(year * 10000 + day for year in (1904, 1999, 2000, 2023, 2024) for day in (101, 228, 301, 430, 1130, 1231)),
    *(year * 10000 + 229 for year in (1904, 2000, 2024)),
    *(year * 10000 + day for year in (2021, 2022) for day in (131, 228, 531, 630)),
]  # fmt: skip
BASE = 24_000
MONTHS = range(BASE, BASE + 5)

WITH_PARAMETERS: list[tuple[str, list[Param], list[range | list[int]]]] = [
    *(("shift", [years, months, days], [DAYS]) for years in (-5, -1, 0, 4)
      for months, days in ((0, 0), (7, 0), (0, -30))),
    *(("place", [year, month, day], [DAYS]) for year in (None, 2023, 2024) for month in (None, 2, 6, 12)
      for day in (None, 1, 28, 29, 30, 31)),
    *(("age", [day_after], [DAYS, DAYS]) for day_after in (True, False)),
    *(("series", [starts, tuple(range(7, 7 + len(starts))), 1], [MONTHS])
      for starts in ((BASE + 2,), (BASE + 1, BASE + 3), (BASE - 9, BASE, BASE + 4))),
    *(("scale", [factor, 1], [range(-3, 4)]) for factor in (-2, 1, 12)),
    *(("round", [12, ties], [range(-31, 31)]) for ties in ("down_to", "up_to", "half_even", "down")),
    *(("one_of", [mask], [range(4)]) for mask in (1, 6, 15)),
    *(("contains", [position], [range(8)]) for position in range(3)),
    ("lookup", [(4, 0, -7), 1], [range(3)]),
    ("move_month", [-11], [MONTHS]),
]  # fmt: skip
WITHOUT: dict[str, list[range | list[int]]] = {
    "span": [MONTHS, MONTHS],
    **{key: [DAYS] for key in ("month_of", "year", "month_number", "day_of_year")},
    "started_years": [DAYS, DAYS],
    "floordiv": [range(-5, 6), range(1, 4)],
    "count": [range(20)],
    **{key: [range(2), range(2)] for key in ("and", "only_if")},
    "not": [range(2)],
    "choose": [range(2), range(3), range(3)],
}


def check(kind: str, params: list[Param], arguments: list[range | list[int]]) -> None:
    constants: dict[str, object] = {}

    def constant(value: object) -> str:
        constants[f"t{len(constants)}"] = value
        return f"t{len(constants) - 1}"

    operation = Operation(kind, tuple(range(len(arguments))), tuple(params), TRUTH, "")
    names = [f"a{at}" for at in range(len(arguments))]
    text = template(operation, constant).format(*names)
    written = eval(f"lambda base, {', '.join(names)}: {text}", {**SCOPE, **constants})
    first = [BASE] if kind in BASED else []
    for values in itertools.product(*arguments):
        assert written(BASE, *values) == FUNCTIONS[kind](*first, *values, *params), (text, values)


@pytest.mark.parametrize(("kind", "params", "arguments"), WITH_PARAMETERS)
def test_with_parameters(kind: str, params: list[Param], arguments: list[range | list[int]]) -> None:
    check(kind, params, arguments)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_without(kind: str) -> None:
    check(kind, [], WITHOUT.get(kind, [range(-3, 9), range(-3, 9)]))


def test_whole_years_and_fixed_days_take_no_call() -> None:
    """Else the texts above would be calls of what they are compared with."""
    for kind, params in (("place", (None, 12, 31)), ("age", (True,)), ("series", ((1, 2), (3, 4), 1))):
        text = template(Operation(kind, (0, 1), params, TRUTH, ""), lambda _: "t")
        assert "do_" not in text
    assert SCOPE["bisect"] is bisect_right and SCOPE["do_shift"] is semantics.shift
