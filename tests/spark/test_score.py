"""Scores on a real local Spark session: column for column what one process says of the same applicants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.errors import PythonException
from pyspark.sql import SparkSession
from pyspark.sql.types import ArrayType, DateType, DecimalType, IntegerType, StringType, StructType
from tests.arrow.tables import table_of
from tests.arrow.test_layouts import PEOPLE, as_text, changed, text

import jifen
import jifen.spark
from jifen import ApplicantError, Policy
from jifen.arrow.refusals import rejects
from jifen.arrow.results import DENOMINATOR
from jifen.spark import worker
from jifen.spark.columns import plain
from jifen.spark.worker import Parcel, scored

QUAY = Path(__file__).parents[1] / "arrow" / "quay.yaml"
MANY, FILES = 60, 4
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return jifen.load(QUAY)


@pytest.fixture(scope="module")
def table(policy: Policy) -> pa.Table:
    """Applicants with every kind of input; every fifth is wrong in one of several ways."""
    found = [{**deepcopy(PEOPLE[n % 3]), "applicant": f"{n:03}"} for n in range(MANY)]
    for n in range(0, MANY, 5):
        facts = found[n]["facts"]
        if n % 2:
            facts["height"] = "300.1"
        else:
            del facts["height"]
            facts["grade"] = "middle"
    return nullable(table_of(policy, found))


def nullable(table: pa.Table) -> pa.Table:
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema]))


@pytest.fixture(scope="module")
def files(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table as a data set of several files."""
    return written(table, tmp_path_factory.mktemp("people"))


def written(table: pa.Table, folder: Path) -> Path:
    each = table.num_rows // FILES
    for number in range(FILES):
        pq.write_table(table.slice(number * each, each), folder / f"{number}.parquet")
    return folder


def rows(scores: pa.Table) -> Rows:
    found: Rows = sorted(scores.to_pylist(), key=lambda row: row["applicant"])
    return found


def test_a_partitioned_data_set(spark: SparkSession, policy: Policy, table: pa.Table, files: Path) -> None:
    df = spark.read.parquet(str(files))
    assert df.rdd.getNumPartitions() == FILES
    scores = jifen.spark.score(df, policy, places=2)
    local = policy.score_table(table, places=2)
    assert scores.columns == local.column_names
    there = scores.toArrow()
    assert [field.type for field in there.schema] == [element(plain(field.type)) for field in local.schema]
    assert rows(there) == rows(local)


def element(type_: pa.DataType) -> pa.DataType:
    """The entries of a list are called `element` by Spark."""
    return pa.list_(pa.field("element", type_.value_type)) if pa.types.is_list(type_) else type_


def test_the_metadata(spark: SparkSession, policy: Policy, files: Path, tmp_path: Path) -> None:
    """It passes through Spark and through Parquet."""
    jifen.spark.score(spark.read.parquet(str(files)), policy).write.parquet(str(tmp_path / "scores"))
    again = spark.read.parquet(str(tmp_path / "scores"))
    local = policy.score_table(pq.read_table(files))
    expected = {
        field.name: int(field.metadata[DENOMINATOR.encode()])
        for field in local.schema
        if field.metadata and DENOMINATOR.encode() in field.metadata
    }
    assert expected["total"] > 1 and "months.home" not in expected
    assert jifen.spark.denominators(policy) == expected
    said = {field.name: field.metadata.get(DENOMINATOR) for field in again.schema}
    assert {name: den for name, den in said.items() if den is not None} == expected


def test_other_forms(spark: SparkSession, policy: Policy, table: pa.Table, tmp_path: Path) -> None:
    """Dates, months and numbers as texts."""
    texts = changed(table, as_text, text)
    scores = jifen.spark.score(spark.read.parquet(str(written(texts, tmp_path))), policy)
    assert rows(scores.toArrow()) == rows(policy.score_table(texts))


def test_rows_made_with_the_schema(spark: SparkSession, policy: Policy, table: pa.Table) -> None:
    schema = jifen.spark.schema(policy)
    records = [tuple(row[name] for name in schema.names) for row in table.to_pylist()]
    df = spark.createDataFrame(records, schema)
    assert rows(jifen.spark.score(df, policy).toArrow()) == rows(policy.score_table(table))


def test_the_schema(policy: Policy) -> None:
    schema = jifen.spark.schema(policy)
    assert schema["date"].dataType == DateType()
    assert schema["height"].dataType == DecimalType(18, 1)
    assert schema["grade"].dataType == StringType()
    assert schema["born"].metadata == {"label.en": "born", "label.zh": "born"}
    work = schema["work"].dataType
    assert isinstance(work, ArrayType) and isinstance(work.elementType, StructType)
    assert work.elementType["from"].dataType == IntegerType()
    assert work.elementType["trades"].dataType == ArrayType(StringType())
    assert all(field.nullable for field in schema) and all(field.nullable for field in work.elementType)


def test_what_could_not_be_read(spark: SparkSession, policy: Policy, table: pa.Table, files: Path) -> None:
    scores = jifen.spark.score(spark.read.parquet(str(files)), policy).cache()
    wrong = rejects(policy.score_table(table)).drop_columns("row").to_pylist()
    assert len(wrong) > len({row["applicant"] for row in wrong}) == MANY // 5

    def order(row: dict[str, str]) -> tuple[str, str]:
        return row["applicant"], row["path"]

    found = [row.asDict() for row in jifen.spark.rejects(scores).collect()]
    assert sorted(found, key=order) == sorted(wrong, key=order)
    assert jifen.spark.counts(scores) == (MANY, MANY - MANY // 5, MANY // 5)
    dated = jifen.spark.rejects(scores, "date", "applicant")
    assert dated.columns == ["date", "applicant", "path", "code", "message"]
    scores.unpersist()


def test_no_rows(spark: SparkSession, policy: Policy, files: Path) -> None:
    nobody = spark.read.parquet(str(files)).where("false")
    scores = jifen.spark.score(nobody, policy)
    assert scores.count() == 0 and jifen.spark.counts(scores) == (0, 0, 0)


def test_columns_that_are_passed_on(
    spark: SparkSession, policy: Policy, table: pa.Table, tmp_path: Path
) -> None:
    seen = [datetime(2024, 3, 10, 1, 30), None] * (MANY // 2)
    passed = {
        "the.street": pa.array([f"{n} Pier" for n in range(MANY)]),
        "seen": pa.array(seen, pa.timestamp("us", "UTC")),
        "notes": pa.array([[{"at": n, "of": None}] for n in range(MANY)]),
    }
    given = table
    for name, array in passed.items():
        given = given.append_column(name, array)
    df = spark.read.parquet(str(written(given, tmp_path)))
    with pytest.raises(ApplicantError) as caught:
        jifen.spark.score(df, policy, carry=["seen"])
    assert [problem.path for problem in caught.value.problems] == ["the.street", "notes"]
    found = jifen.spark.score(df, policy, carry=list(passed)).toArrow()
    assert found.column_names[:5] == ["applicant", "date", *passed]
    local = policy.score_table(given, carry=list(passed))
    assert rows(found) == rows(local)


def compiled(spark: SparkSession) -> dict[int, int]:
    """How many policies each worker has compiled so far."""

    def asked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from jifen.spark.worker import scorer_of

        for _ in batches:
            yield pa.record_batch({"pid": [os.getpid()], "made": [scorer_of.cache_info().misses]})

    found = spark.range(0, 64, 1, 16).mapInArrow(asked, "pid long, made long").collect()
    return {row.pid: row.made for row in found}


def test_a_worker_compiles_a_policy_once(spark: SparkSession, policy: Policy, files: Path) -> None:
    """However many tasks, batches and queries; also a policy that was loaded anew."""
    df = spark.read.parquet(str(files))
    before = compiled(spark)
    for one in (policy, policy, jifen.load(QUAY)):
        jifen.spark.score(df, one, places=9).collect()
    after = compiled(spark)
    made = [count - before.get(pid, 0) for pid, count in after.items()]
    assert os.getpid() not in after and set(made) <= {0, 1} and 1 in made


def batches_of(policy: Policy, table: pa.Table, parcel: Parcel) -> pa.Table:
    names = table.column_names
    numbered = table.rename_columns([f"c{n}" for n in range(len(names))])
    return pa.Table.from_batches(scored(numbered.to_batches(max_chunksize=7), parcel, names, None, ()))


def test_another_engine_is_told(policy: Policy, table: pa.Table) -> None:
    parcel = Parcel.of(policy)
    assert rows(batches_of(policy, table, parcel)) == rows(policy.score_table(table))
    with pytest.raises(jifen.JifenError, match=r"driver has jifen 0\.0\.9, a worker"):
        batches_of(policy, table, Parcel("0.0.9", parcel.digest, parcel.content))


def test_another_engine_is_told_on_the_driver(
    spark: SparkSession, policy: Policy, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spark fails the job, and its error holds the words."""
    monkeypatch.setattr(worker, "__version__", "0.0.9")
    scores = jifen.spark.score(spark.read.parquet(str(files)), policy)
    with pytest.raises(PythonException, match=r"driver has jifen 0\.0\.9"):
        scores.collect()
