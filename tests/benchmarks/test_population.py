"""Invented applicants of any policy can be read, apply while a round is open, and are the same again."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from benchmarks.population import Shape, periods, population

import jifen
from benchmarks import population as module
from jifen.policy.registry import registry

IDS = [entry.id for entry in registry()]


@pytest.fixture(scope="module", params=IDS)
def policy(request: pytest.FixtureRequest) -> jifen.Policy:
    return jifen.load(request.param)


def test_nobody_is_refused(policy: jifen.Policy) -> None:
    """All were, where a number has more decimals than money, ends before it begins, or no round is open."""
    scores = policy.score_table(population(policy, 60))
    assert scores.num_rows == 60
    assert not any(scores.column("problems").to_pylist())


def test_they_apply_while_a_round_is_open(policy: jifen.Policy) -> None:
    for ends in periods(policy):
        for day in ends:
            policy.round_on(day.year * 10_000 + day.month * 100 + day.day)


def test_the_shape_and_the_seed() -> None:
    policy = jifen.load("tianjin/2022")
    people = population(policy, 50, Shape(fewest=3, most=5))
    counts = [
        sum(len(row[name]) for name in policy.rules.timelines if row[name]) for row in people.to_pylist()
    ]
    assert {3, 4, 5} == set(counts)
    assert people.equals(population(policy, 80, Shape(fewest=3, most=5)).slice(0, 50))
    assert not people.equals(population(policy, 50, Shape(fewest=3, most=5), seed=2))


def test_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "people.parquet"
    monkeypatch.setattr("sys.argv", ["population", "beijing/2020", "40", str(path)])
    module.main()
    assert pq.read_table(path).equals(population(jifen.load("beijing/2020"), 40))
