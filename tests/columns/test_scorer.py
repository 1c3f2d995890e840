"""Who is run one by one: those with very long histories or very many rows, and nobody else."""

from dataclasses import replace

import numpy as np
import pytest

from jifen import Policy, load
from jifen.backends.columns import scorer
from jifen.backends.columns.block import Block
from jifen.backends.inputs import Data

from .random_blocks import random_block

COUNT = 60


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("tianjin/2022")


@pytest.fixture
def apart(policy: Policy, monkeypatch: pytest.MonkeyPatch) -> list[Data]:
    """The applicants that were run one by one."""
    found: list[Data] = []
    one = scorer.Scorer.one

    def noted(self: scorer.Scorer, data: Data) -> tuple[object, ...]:
        found.append(data)
        return one(self, data)

    monkeypatch.setattr(scorer.Scorer, "one", noted)
    return found


def agrees(policy: Policy, block: Block) -> None:
    found = scorer.Scorer(policy.plan, policy.core.slots, policy.layout)(block)
    for index in range(block.count):
        assert tuple(column[index] for column in found) == policy._program(block.applicant(index))


def early(block: Block, applicants: int) -> Block:
    """The first spell of some applicants begins a century earlier."""
    rows = block.rows[0]
    first = rows.columns[0].copy()
    owners = np.unique(np.searchsorted(rows.offsets, np.arange(len(first)), side="right") - 1)
    first[rows.offsets[owners[:applicants]]] -= 1200
    changed = replace(rows, columns=(first, *rows.columns[1:]))
    return replace(block, base=block.base - 1200, rows=(changed, *block.rows[1:]))


def test_nobody(policy: Policy, apart: list[Data]) -> None:
    agrees(policy, random_block(policy, np.random.default_rng(1), COUNT))
    assert not apart


def test_few_begin_early(policy: Policy, apart: list[Data]) -> None:
    agrees(policy, early(random_block(policy, np.random.default_rng(2), COUNT), 3))
    assert len(apart) == 3


def test_many_begin_early(policy: Policy, apart: list[Data]) -> None:
    agrees(policy, early(random_block(policy, np.random.default_rng(3), COUNT), 20))
    assert not apart


def test_very_many_rows(policy: Policy, apart: list[Data], monkeypatch: pytest.MonkeyPatch) -> None:
    block = random_block(policy, np.random.default_rng(4), COUNT)
    monkeypatch.setattr(scorer, "MOST_ROWS", 8)
    agrees(policy, block)
    assert len(apart) == int(np.any([np.diff(rows.offsets) > 8 for rows in block.rows], axis=0).sum()) > 0
