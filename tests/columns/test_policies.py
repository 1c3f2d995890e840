"""Every policy of the tree, and every construct, on random applicants: columns say what the function for one says."""

import os
from pathlib import Path

import numpy as np
import pytest

from jifen import Policy, load
from jifen.backends.columns.scorer import Scorer
from jifen.backends.generate import generate

from .agreement import check, people_of
from .random_blocks import random_block

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if path.name.count(".") == 1)
CONSTRUCTS = sorted(path for path in (ROOT / "tests/constructs").glob("*.yaml") if path.name.count(".") == 1)
MANY = int(os.environ.get("JIFEN_POPULATION", "20000"))
"""So many applicants of each policy; `make nightly` asks for more."""
SEED = int(os.environ.get("JIFEN_SEED", "7"))
BLOCK = 20_000


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def agree(policy: Policy, seed: int, count: int) -> None:
    slots = policy.core.slots
    scorer = Scorer(policy.plan, slots, policy.layout)
    rng = np.random.default_rng(seed)
    for start in range(0, count, BLOCK):
        block = random_block(policy, rng, min(BLOCK, count - start))
        found = zip(*[column.tolist() for column in scorer(block)], strict=True)
        for values, person in zip(found, people_of(block), strict=True):
            assert values == policy._program(person), person


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_every_output(path: Path) -> None:
    agree(load(path), SEED, MANY)


@pytest.mark.parametrize("path", POLICIES, ids=name)
def test_every_slot_of_the_explanation(path: Path) -> None:
    policy = load(path)
    block = random_block(policy, np.random.default_rng(11), 40)
    slots = policy.explained.slots
    check(policy.plan, slots, policy.layout, block, generate(policy.plan, slots, policy.layout))


@pytest.mark.parametrize("path", CONSTRUCTS, ids=name)
def test_every_construct(path: Path) -> None:
    agree(load(path), 5, 150)


def test_one_of_a_block() -> None:
    block = random_block(load(POLICIES[0]), np.random.default_rng(1), 20)
    assert [*people_of(block)] == [block.applicant(index) for index in range(20)]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few(count: int) -> None:
    agree(load(POLICIES[0]), 3, count)
