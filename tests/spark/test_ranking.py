"""Rankings over whole DataFrames: the places that one process gives to the same applicants."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from pyspark.sql import DataFrame, SparkSession
from tests.batch.test_placing import PIER, crowd, table_of, told

import jifen
import jifen.spark
from jifen import JifenError, Policy
from jifen.batch.placing import rank_table
from jifen.batch.ranking import rank
from jifen.spark import ranking

from .test_score import written

MANY = 200
Keys = tuple[int, int, int]
Place = tuple[str, int, bool]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return jifen.load(PIER)


def test_a_partitioned_data_set(spark: SparkSession, policy: Policy, tmp_path: Path) -> None:
    """Many who are equal, some who do not qualify, some who cannot be read; ranked as they come and from files."""
    table = table_of(policy, crowd(1, MANY))
    scores = jifen.spark.score(spark.read.parquet(str(written(table, tmp_path))), policy)
    scores.write.parquet(str(tmp_path / "scores"))
    local = policy.score_table(table)
    for frame, quota in ((scores, None), (spark.read.parquet(str(tmp_path / "scores")), 17)):
        ranked = jifen.spark.rank(frame, policy, quota).toArrow()
        expected = rank_table(policy, local, quota)
        assert ranked.column_names == expected.column_names
        places = set(expected.column("rank.place").to_pylist())
        assert None in places and len(places) < MANY - expected.column("rank.place").null_count
        assert told(ranked) == told(expected)


def test_the_widest_integers_first(spark: SparkSession, tmp_path: Path) -> None:
    """Where the first of what is compared is no machine integer."""
    text = PIER.read_text(encoding="utf-8").replace("by: [total, ", "by: [")
    (tmp_path / "wide.yaml").write_text(text, encoding="utf-8")
    policy = jifen.load(tmp_path / "wide.yaml")
    table = table_of(policy, crowd(2, 40))
    local = policy.score_table(table)
    assert pa.types.is_decimal(local.schema.field("rank.1").type)
    scores = jifen.spark.score(spark.createDataFrame(table), policy)
    ranked = jifen.spark.rank(scores, policy, 5).toArrow()
    assert told(ranked) == told(rank_table(policy, local, 5))


def test_a_quota_that_nobody_knows(spark: SparkSession) -> None:
    policy = jifen.load("hangzhou/2018")
    frame = spark.createDataFrame([(True, 5), (True, 7)], "qualifies boolean, `rank.1` int")
    found = jifen.spark.rank(frame, policy).orderBy("`rank.1`").collect()
    assert [tuple(row) for row in found] == [(True, 5, 2, None), (True, 7, 1, None)]


def frame_of(spark: SparkSession, people: list[Keys], qualifies: bool = True) -> DataFrame:
    """Scores of which only what a ranking compares is known, in three partitions."""
    rows = [(f"{number:03}", qualifies, a, Decimal(b), c) for number, (a, b, c) in enumerate(people)]
    columns = "applicant string, qualifies boolean, `rank.1` int, `rank.2` decimal(38, 0), `rank.3` int"
    return spark.createDataFrame(rows, columns).repartition(3)


def places(ranked: DataFrame) -> list[Place]:
    """Who has a place, in order."""
    found = ranked.where("`rank.place` is not null").orderBy("`rank.place`", "applicant")
    return [tuple(row) for row in found.select("applicant", "`rank.place`", "`rank.admitted`").collect()]


Ends = list[tuple[int, int]]
CROWDS: dict[str, Callable[[random.Random, Ends], list[int]]] = {
    "all over the ranges": lambda rng, ends: [rng.randint(*both) for both in ends],
    "around zero": lambda rng, _: [rng.randint(-3, 3), rng.randint(0, 1), 4],
    "at the ends": lambda rng, ends: [rng.choice(both) for both in ends],
    "all equal": lambda rng, _: [1, 1, 1],
}


@pytest.mark.parametrize(
    ("ranges", "small", "quota"), [(1 << 16, 1 << 99, 0), (2, 0, 30), (1, 0, 81)], ids=["one", "two", "many"]
)
def test_keys(
    spark: SparkSession,
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
    ranges: int,
    small: int,
    quota: int,
) -> None:
    """One key in a range or several, combinations that are sent to everybody and that are not."""
    monkeypatch.setattr(ranking, "RANGES", ranges)
    monkeypatch.setattr(ranking, "SMALL", small)
    ends = [(ref.type.low, ref.type.high) for ref in policy.recorded.rank]
    for name, of in CROWDS.items():
        rng = random.Random(name)
        people = [(a, b, c) for a, b, c in (of(rng, ends) for _ in range(80))]
        entries = [(f"{number:03}", tuple(map(Fraction, keys))) for number, keys in enumerate(people)]
        found = places(jifen.spark.rank(frame_of(spark, people), policy, quota))
        assert found == [(one.id, one.place, one.admitted) for one in rank(entries, quota)], name


def test_nobody(spark: SparkSession, policy: Policy) -> None:
    for frame in (frame_of(spark, [(1, 1, 1)], qualifies=False), frame_of(spark, []).where("false")):
        ranked = jifen.spark.rank(frame, policy)
        assert places(ranked) == [] and ranked.count() == frame.count()


@pytest.mark.parametrize("small", [0, 1 << 99])
def test_no_task_has_everybody(
    spark: SparkSession,
    policy: Policy,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    small: int,
) -> None:
    monkeypatch.setattr(ranking, "SMALL", small)
    jifen.spark.rank(frame_of(spark, [(1, 1, 1)]).hint("shuffle_hash"), policy).explain()
    plan = capsys.readouterr().out
    assert "Window" in plan and "SinglePartition" not in plan
    # What is known to be small is sent to those who have the applicants, who are then not moved at all.
    assert ("BroadcastHashJoin [rank.1" in plan) is (small > 0)


def test_what_cannot_be_ranked(spark: SparkSession, policy: Policy) -> None:
    frame = frame_of(spark, [(1, 1, 1)])
    with pytest.raises(JifenError, match="quay/2024 admits without a ranking"):
        jifen.spark.rank(frame, jifen.load(Path(__file__).parents[1] / "arrow" / "quay.yaml"))
    with pytest.raises(JifenError, match=r"no column rank\.2"):
        jifen.spark.rank(frame.drop("rank.2"), policy)
    with pytest.raises(JifenError, match=r"cannot compare rank\.1"):
        jifen.spark.rank(frame.withColumn("rank.1", frame["`rank.1`"].cast("string")), policy)
    other = frame.withMetadata("qualifies", {"jifen.digest": "sha256:0"})
    with pytest.raises(JifenError, match="by another policy than pier/2024"):
        jifen.spark.rank(other, policy)
