"""Months at the edges of words and of windows: computed where there is room, told apart where there is none."""

from itertools import product

import numpy as np
import pytest
from benchmarks.population import Shape, population
from tests.columns.random_blocks import random_block

from jifen import Policy, load
from jifen.arrow.engines import Fused as Engine
from jifen.arrow.score import TableScorer
from jifen.backends.columns.block import Block, block_of
from jifen.backends.columns.scorer import Scorer
from jifen.backends.fused import scorer
from jifen.backends.fused.inputs import DONE, OUTSIDE, Inputs, Wanted
from jifen.backends.fused.kernels import MARGIN, in_table
from jifen.backends.fused.scorer import BlockScorer, Fused, Unsupported
from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.plan import types
from jifen.plan.recorder import Recorder

BASE = 2000 * 12
ROOM = 256
EDGES = (0, 1, 62, 63, 64, 65, 127, 128, 191, 192, 254, 255)


def test_every_edge() -> None:
    inputs = {"spells.from": types.MONTH, "spells.to": types.MONTH, "end": types.MONTH}
    ops = Recorder(inputs)
    months = ops.gather(
        "spells", ops.truth(True), ops.span(ops.column("spells", "from"), ops.column("spells", "to"))
    )
    end = ops.fact("end")
    refs = [
        ops.count(months),
        ops.streak(months, end),
        ops.longest(months),
        ops.run_years(months),
        ops.nth(months, 3),
        ops.count(ops.earliest(months, ops.number(40))),
        ops.count(ops.during(months, end, ops.move_month(end, 64))),
    ]
    plan, slots = ops.plan(), tuple(ref.slot for ref in refs)
    layout = Layout(("end",), (), {"spells": ("from", "to")})
    one = generate(plan, slots, layout)
    people, inside = [], []
    for first, last, other in product((-1, *EDGES), (*EDGES, ROOM, ROOM + 1), (0, 63, 64, 255)):
        spells = [(BASE + first, BASE + last), (BASE + other, BASE + other)]
        people.append(Data(BASE - 1, (BASE + last - 1,), (), (spells,)))
        inside.append(first >= 0 and last < ROOM)
    block = block_of([Data(BASE - 1, (BASE,), (), ([],)), *people], layout, inputs)
    fused = BlockScorer(Fused(plan, Wanted(slots), layout, Inputs.of(layout, inputs), words=(4,)))
    found = fused.results(Block(block.count, BASE, block.facts, block.given, block.rows))
    assert found.states[1:].tolist() == [DONE if one else OUTSIDE for one in inside]
    values = [*zip(*[column.tolist() for column in found.slots], strict=True)][1:]
    for person, fits, row in zip(people, inside, values, strict=True):
        if fits:
            assert row == one(person), person


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("suzhou/2021")


@pytest.fixture(scope="module")
def programs(policy: Policy) -> Fused:
    engine = TableScorer(policy, backend="fused")._engine
    assert isinstance(engine, Engine)
    return engine.programs


def test_long_histories(policy: Policy, programs: Fused, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many who begin too early for the first window are computed by the second program."""
    block = random_block(policy, np.random.default_rng(2), 300)
    columns = [*block.rows[0].columns]
    columns[0] = columns[0] - 150
    rows = (type(block.rows[0])(block.rows[0].offsets, tuple(columns)), *block.rows[1:])
    early = Block(block.count, block.base - 150, block.facts, block.given, rows)
    fused = BlockScorer(programs)
    monkeypatch.setattr(scorer, "FEW", block.count)
    first = fused.results(early).states
    monkeypatch.setattr(scorer, "FEW", 50)
    second = fused.results(early)
    assert np.count_nonzero(first == OUTSIDE) > 100 > np.count_nonzero(second.states == OUTSIDE)
    done = np.flatnonzero(second.states == DONE)
    expected = Scorer(policy.plan, programs.wanted.slots, policy.layout)(early.taken(done))
    for column, values in zip(second.slots, expected, strict=True):
        assert np.array_equal(column[done], values)


def test_histories_beyond_every_window(policy: Policy, programs: Fused) -> None:
    """Whom the second program cannot do either is left to the columns, whatever its later passes find."""
    block = random_block(policy, np.random.default_rng(3), 300)
    columns = [*block.rows[0].columns]
    columns[0] = columns[0] - 560
    rows = (type(block.rows[0])(block.rows[0].offsets, tuple(columns)), *block.rows[1:])
    early = Block(block.count, block.base - 560, block.facts, block.given, rows)
    fused = BlockScorer(programs)
    assert np.count_nonzero(fused.results(early).states == OUTSIDE) > 100
    expected = Scorer(policy.plan, programs.wanted.slots, policy.layout)(early)
    for column, values in zip(fused(early), expected, strict=True):
        assert np.array_equal(column, values)


@pytest.mark.parametrize("years", [12, 30, 48, 90])
def test_tables_of_long_histories(policy: Policy, years: int) -> None:
    """Whether the first program does all, the second the rest, or neither, each row has its numbers and its reasons."""
    table = population(policy, 3000, Shape(years=years))
    by_columns, fused = (policy.score_table(table, backend=one) for one in ("columns", "fused"))
    assert fused.equals(by_columns)
    assert fused.column("reasons").combine_chunks().value_lengths().to_numpy().max() > 1


def test_numbers_that_do_not_fit() -> None:
    most = types.number(1, -(2**62), 2**62)
    for make, fits in ((lambda ops: ops.add, False), (lambda ops: ops.minimum, True)):
        ops = Recorder({"a": most, "b": most})
        ref = make(ops)(ops.fact("a"), ops.fact("b"))
        layout = Layout(("a", "b"), (), {})
        inputs = Inputs.of(layout, ops.inputs)
        if fits:
            Fused(ops.plan(), Wanted((ref.slot,)), layout, inputs)
        else:
            with pytest.raises(Unsupported):
                Fused(ops.plan(), Wanted((ref.slot,)), layout, inputs)


def test_a_span_of_the_applicant_that_ends_at_the_earlier_of_two_months() -> None:
    """Nothing is left for a loop to ask that never comes."""
    inputs = {"first": types.MONTH, "one": types.MONTH, "other": types.MONTH}
    ops = Recorder(inputs)
    first, one, other = (ops.fact(name) for name in ("first", "one", "other"))
    ref = ops.count(ops.span(first, ops.minimum(one, other)))
    plan, layout = ops.plan(), Layout(("first", "one", "other"), (), {})
    days = [(10, 20, 30), (10, 500, 20), (10, 20, 500), (10, 300, 400), (-5, 20, 30)]
    people = [Data(0, tuple([BASE + month for month in row]), (), ()) for row in days]
    block = block_of(people, layout, inputs)
    fused = BlockScorer(Fused(plan, Wanted((ref.slot,)), layout, Inputs.of(layout, inputs), words=(4,)))
    found = fused.results(Block(block.count, BASE, block.facts, block.given, block.rows))
    assert found.states.tolist() == [DONE, DONE, DONE, OUTSIDE, OUTSIDE]
    assert found.slots[0].tolist() == [11, 11, 11, 0, 0]


def test_months_far_from_all_dates() -> None:
    """What lies further off than the table of beginnings reaches is brought into it, and told apart before."""
    inputs = {"spells.from": types.MONTH, "spells.to": types.MONTH, "end": types.MONTH}
    ops = Recorder(inputs)
    first, last = (ops.column("spells", name) for name in ("from", "to"))
    refs = []
    for by in (0, MARGIN, -MARGIN, MARGIN + 1, -MARGIN - 1, 5 * MARGIN):
        moved = [ops.move_month(one, by) for one in (first, last)]
        assert in_table(moved[0].type) == (abs(by) <= MARGIN)
        refs.append(ops.count(ops.gather("spells", ops.truth(True), ops.span(*moved))))
    plan, layout = ops.plan(), Layout(("end",), (), {"spells": ("from", "to")})
    for ref, by in zip(refs, (0, MARGIN, -MARGIN, MARGIN + 1, -MARGIN - 1, 5 * MARGIN), strict=True):
        wanted = Wanted((ref.slot,))
        spells = [(month, month + 5) for month in (types.FIRST_MONTH, 24_000 - by, types.LAST_MONTH - 5)]
        people = [Data(one[0] - 1, (24_000,), (), ([one],)) for one in spells]
        block = block_of(people, layout, inputs)
        fused = BlockScorer(Fused(plan, wanted, layout, Inputs.of(layout, inputs), words=(4,)))
        found = fused.results(Block(block.count, 23_900, block.facts, block.given, block.rows))
        assert found.states.tolist() == [OUTSIDE, DONE, OUTSIDE], by
        assert found.slots[0][1] == 6
