"""Random plans that use every operation, on random applicants: every slot is what the interpreter says."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.columns.agreement import together
from tests.plan.direct import Direct
from tests.plan.random_people import INPUTS, Person, base_for, data_of, people
from tests.plan.random_plans import MAKERS, Call, calls_of, replay

from jifen.backends.columns import widths
from jifen.backends.fused.inputs import Inputs, Wanted
from jifen.backends.fused.scorer import BlockScorer, Fused
from jifen.backends.fused.texts import TEMPLATES
from jifen.backends.inputs import Layout
from jifen.backends.interpret import interpreter
from jifen.backends.semantics import FOLDS, FUNCTIONS, ORDERS
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.plan.types import Kind

WRITTEN_OTHERWISE = {"lookup", "series", "round"}


def drawn(seed: int) -> tuple[Call, ...]:
    """A long plan out of a number; every maker has two parts in it."""
    source = random.Random(seed)
    parts = [(maker, source.randbytes(12)) for maker in MAKERS for _ in range(2)]
    source.shuffle(parts)
    return calls_of(parts)


def fits(plan: Plan, slot: int) -> bool:
    return all(
        widths.width_of(plan.operations[one].type) != widths.PYTHON
        and (
            plan.operations[one].kind not in widths.ARITHMETIC
            or widths.working(plan, plan.operations[one]) != widths.PYTHON
        )
        for one in plan.needed([slot])
        if plan.operations[one].type.kind is not Kind.MONTHS
    )


class Drawn:
    """A plan, its program, and the interpreter for it."""

    def __init__(self, seed: int) -> None:
        self.calls = drawn(seed)
        recorder = Recorder(INPUTS)
        replay(recorder, self.calls)
        self.plan = recorder.plan()
        self.layout = Layout.of(self.plan)
        operations = self.plan.operations
        self.slots = tuple(
            slot
            for slot, one in enumerate(operations)
            if not one.rows and one.type.kind is not Kind.MONTHS and fits(self.plan, slot)
        )
        inputs = Inputs.of(self.layout, INPUTS)
        self.scorer = BlockScorer(Fused(self.plan, Wanted(self.slots), self.layout, inputs, words=(4,)))
        self.interpreter = interpreter(self.plan, self.slots, self.layout)


SEEDS = (5, 111)
"""Two plans that use every operation between them: a test says so."""
_made: dict[int, Drawn] = {}


def made(seed: int) -> Drawn:
    if seed not in _made:
        _made[seed] = Drawn(seed)
    return _made[seed]


def test_every_operation_has_a_text() -> None:
    assert set(TEMPLATES) | WRITTEN_OTHERWISE == set(FUNCTIONS)
    assert set(FOLDS) | set(ORDERS) == {
        "gather",
        "total",
        "best",
        "least",
        "capped_total",
        "monthly_total",
    } | {
        "ordinal",
        "leader",
    }


def test_the_plans_use_every_operation() -> None:
    used = {
        made(seed).plan.operations[slot].kind
        for seed in SEEDS
        for slot in made(seed).plan.needed(made(seed).slots)
    }
    assert {*FUNCTIONS, *FOLDS, *ORDERS} <= used


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=60)
@given(crowd=st.lists(people, min_size=1, max_size=12), slack=st.integers(0, 190))
def test_a_plan(seed: int, crowd: list[Person], slack: int) -> None:
    """The months of the people are 64; with the slack they lie in every word, and across each border."""
    one = made(seed)
    read = []
    for person in crowd:
        direct = Direct(INPUTS, person.facts, person.rows)
        replay(direct, one.calls)
        read.append(data_of(person, one.layout, base_for(direct, one.plan, slack)))
    block = together(read, one.layout, INPUTS)
    found = zip(*[column.tolist() for column in one.scorer(block)], strict=True)
    assert [*found] == [one.interpreter(block.applicant(index)) for index in range(block.count)]
