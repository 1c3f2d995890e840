"""Every policy of the tree: the fused program's slots are those of columns, and its tables are the same tables."""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.arrow.tables import table_of
from tests.columns.agreement import people_of
from tests.columns.random_blocks import random_block

from jifen import load
from jifen.arrow.engines import Fused
from jifen.arrow.score import TableScorer
from jifen.backends.columns.scorer import Scorer
from jifen.backends.fused.inputs import DONE
from jifen.backends.fused.scorer import BlockScorer
from jifen.backends.generate import generate
from jifen.regression.population import Population

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if path.name.count(".") == 1)
MANY = int(os.environ.get("JIFEN_POPULATION", "20000"))
"""So many applicants of each policy; `make nightly` asks for more."""
SEED = int(os.environ.get("JIFEN_SEED", "7"))
BLOCK = 20_000
SINGLY = 200
DOCUMENTS = 45


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_policy(path: Path) -> None:
    policy = load(path)
    scorer = TableScorer(policy, backend="fused")
    engine = scorer._engine
    assert isinstance(engine, Fused)

    # Tables: a population like that of a city, a few of whom apply when nothing is open.
    people = list(Population([policy.rules], [None], 5).applicants(0, DOCUMENTS))
    for person in people[::9]:
        person["date"] = "2031-07-01"
    table = table_of(policy, people)
    found = policy.score_table(table, threads=1, backend="fused")
    found.validate(full=True)
    assert found.equals(policy.score_table(table, threads=1, backend="columns"))
    assert found.schema.equals(scorer.schema(table.schema), check_metadata=True)
    feed, odd = engine.reader.read(pa.Table.to_batches(table)[0])
    results = engine.programs.results(DOCUMENTS)
    engine.programs.run(feed.arguments, results, feed.latest)
    assert odd is None
    assert np.count_nonzero(results.states == DONE) > DOCUMENTS // 2

    # Blocks: far more different than any city, most within the first window of months.
    programs = engine.programs
    fused = BlockScorer(programs)
    slots = programs.wanted.slots
    columns = Scorer(policy.plan, slots, policy.layout)
    one = generate(policy.plan, slots, policy.layout)
    rng = np.random.default_rng(SEED)
    for start in range(0, MANY, BLOCK):
        block = random_block(policy, rng, min(BLOCK, MANY - start))
        results = fused.results(block)
        done = np.flatnonzero(results.states == DONE)
        assert len(done) > block.count // 2
        kept = block.taken(done)
        expected = columns(kept)
        for slot, column, values in zip(slots, results.slots, expected, strict=True):
            assert column.dtype == values.dtype
            assert np.array_equal(column[done], values), policy.plan.operations[slot]
        few = kept.taken(np.arange(SINGLY))
        listed = [column[done[:SINGLY]].tolist() for column in results.slots]
        assert [*zip(*listed, strict=True)] == [one(person) for person in people_of(few)]
