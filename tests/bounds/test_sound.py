"""Whatever was forgotten of an applicant, the exact results lie in the bounds; where nothing was, they are the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

import jifen
from jifen.api import Policy
from jifen.applicant.partial import PartialReader
from jifen.applicant.read import Reader
from jifen.backends.bounds import Bounder, Uncertain
from jifen.backends.bounds_values import Value, options_of
from jifen.plan.types import Kind
from jifen.policy.registry import registry

from .blurring import applicant, blurred

ROOT = Path(__file__).parent.parent
POLICIES = {entry.id: entry.path for entry in registry()}
SMALL = {
    path.stem: path
    for path in sorted((ROOT / "constructs").glob("c*.yaml"))
    if not path.name.endswith((".cases.yaml", ".population.yaml"))
}


@cache
def loaded(path: Path) -> tuple[Policy, Bounder, PartialReader]:
    policy = jifen.load(path)
    bounder = Bounder(policy.plan, policy.core.slots, policy.layout)
    return policy, bounder, PartialReader(Reader(policy.rules, policy.layout))


def may_be(value: Value, integer: int, kind: Kind) -> bool:
    """Whether an exact result is among what a value says it can be."""
    for low, high in value.cells:
        if kind is Kind.CHOICE:
            found = bool(options_of((low, high)) >> integer & 1)
        elif kind in (Kind.MONTHS, Kind.CHOICES):
            found = low & ~integer == 0 and integer & ~high == 0
        else:
            found = low <= integer <= high
        if found:
            return True
    return False


def check(path: Path, seed: int, share: int) -> None:
    policy, bounder, reader = loaded(path)
    whole = applicant(policy.rules, seed)
    person = policy.read(whole)
    exact = dict(zip(policy.core.slots, policy.run(person), strict=True))
    told = blurred(policy.rules, whole, Random(seed), share)
    note(str(whole))
    note(str(told))
    run = bounder.run(reader.read(told).data)
    for slot, integer in exact.items():
        kind = policy.plan.operations[slot].type.kind
        value = run.value(slot)
        assert value.is_exact or value.deps, slot
        assert may_be(value, int(integer), kind), f"{policy.plan.operations[slot]}: {integer}, {value}"


@pytest.mark.parametrize("name", POLICIES)
@settings(max_examples=5)
@given(seed=st.integers(0, 10_000), share=st.sampled_from((3, 10, 40, 100)))
def test_policies(name: str, seed: int, share: int) -> None:
    check(POLICIES[name], seed, share)


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=3)
@given(seed=st.integers(0, 10_000), share=st.sampled_from((5, 20, 60, 100)))
def test_small_policies(name: str, seed: int, share: int) -> None:
    check(SMALL[name], seed, share)


@pytest.mark.parametrize("path", [*POLICIES.values(), *SMALL.values()], ids=lambda path: path.stem)
def test_nothing_missing_is_exact(path: Path) -> None:
    policy, bounder, reader = loaded(path)
    for seed in range(2):
        whole = applicant(policy.rules, seed)
        person = policy.read(whole)
        partial = reader.read(whole)
        assert partial.data == Uncertain.of(person.data, policy.layout)
        assert not partial.missing
        run = bounder.run(partial.data)
        for slot, integer in zip(policy.core.slots, policy.run(person), strict=True):
            assert run.value(slot) == Value((), ((int(integer), int(integer)),), 0)
