"""The width of a column follows from its range, and results are exact on both sides of each edge."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest

from jifen.backends.columns.block import block_of
from jifen.backends.columns.program import Program
from jifen.backends.columns.widths import width_of
from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.plan import types
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import Type


@pytest.mark.parametrize(
    ("type_", "width"),
    [
        (types.number(1, -(2**31), 2**31 - 1), "int32"),
        (types.number(1, 0, 2**31), "int64"),
        (types.number(1, -(2**31) - 1, 0), "int64"),
        (types.number(12, -(2**63), 2**63 - 1), "int64"),
        (types.number(1, 0, 2**63), "object"),
        (types.TRUTH, "bool"),
        (types.DATE, "int32"),
        (types.MONTH, "int32"),
        (types.choice(128), "int8"),
        (types.choice(129), "int16"),
        (types.choices(7), "int8"),
        (types.choices(8), "int16"),
        (types.choices(63), "int64"),
        (types.choices(64), "object"),
    ],
)
def test_the_width_of_a_type(type_: Type, width: str) -> None:
    assert width_of(type_) == np.dtype(width)


Make = Callable[[Recorder, Ref, Ref], Ref]

OPERATIONS: dict[str, Make] = {
    "add": lambda ops, a, b: ops.add(a, b),
    "subtract": lambda ops, a, b: ops.subtract(a, b),
    "multiply": lambda ops, a, b: ops.multiply(a, b),
    "multiply twice": lambda ops, a, b: ops.multiply(ops.multiply(a, b), ops.multiply(b, a)),
    "scale": lambda ops, a, b: ops.add(ops.multiply(a, ops.number(Fraction(10**9, 7))), b),
    "minimum": lambda ops, a, b: ops.minimum(a, b),
    "round": lambda ops, a, b: ops.round(ops.subtract(a, b), Fraction(2), "half_even"),
    "choose": lambda ops, a, b: ops.choose(ops.less(a, b), a, b),
    "less": lambda ops, a, b: ops.less(ops.multiply(a, ops.number(Fraction(3, 7))), b),
    "total": lambda ops, a, b: ops.total("events", ops.truth(True), ops.column("events", "points"), 2000),
    "best": lambda ops, a, b: ops.best("events", ops.less(a, b), ops.column("events", "points")),
    "least": lambda ops, a, b: ops.least("events", ops.less(a, b), ops.column("events", "points")),
    "capped": lambda ops, a, b: ops.capped_total(
        "events",
        ops.truth(True),
        ops.column("events", "points"),
        ops.column("events", "points"),
        Fraction(7, 3),
        2000,
    ),
}


@pytest.mark.parametrize("most", [2**15, 2**30, 2**31 - 1, 2**31, 2**62, 2**63 - 1, 2**63, 2**100])
@pytest.mark.parametrize("name", OPERATIONS)
def test_at_the_edges(name: str, most: int) -> None:
    ends = types.number(1, -most, most)
    inputs = {"a": ends, "b": ends, "events.points": ends}
    ops = Recorder(inputs)
    result = OPERATIONS[name](ops, ops.fact("a"), ops.fact("b"))
    plan = ops.plan()
    layout = Layout(("a", "b"), (), {"events": ("points",)})
    values = (-most, -most + 1, -1, 0, 1, most - 1, most)
    people = [Data(0, (a, b), (), ([(a,), (b,), (a,)][: (a + b) % 4],)) for a in values for b in values]
    [found] = Program(plan, [result.slot], layout)(block_of(people, layout, inputs))
    one = generate(plan, [result.slot], layout)
    assert isinstance(found, np.ndarray)
    assert found.tolist() == [one(person)[0] for person in people]
