"""DataFrames of applicants to DataFrames of scores."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.types import StructField, StructType

from jifen.arrow.score import TableScorer
from jifen.spark.columns import DIGEST, spark_field
from jifen.spark.worker import Parcel, scored

if TYPE_CHECKING:
    from jifen.scheme import Scheme

Batches = Iterable[pa.RecordBatch]


def score(
    df: DataFrame, policy: Scheme, *, places: int | None = None, carry: Collection[str] = ()
) -> DataFrame:
    """The scores of a DataFrame of applicants, one in each row: the columns of `jifen.arrow.score.TableScorer`.

    Options are strings, the denominator of a column of points is in its metadata (`jifen.denominator`, an integer).
    `places` adds to each number of points one rounded to so many decimals; `carry` names columns that are passed on.
    Nothing is computed before Spark is asked for rows. What is wrong in single rows stands in their `problems`.
    Raises ApplicantError where the DataFrame as a whole cannot be read.
    """
    passed, names = tuple(dict.fromkeys(carry)), df.columns
    found = TableScorer(policy, places, passed).schema(df.limit(0).toArrow().schema)
    own = {field.name: field for field in df.schema}
    fields = [own[field.name] if field.name in own else spark_field(field) for field in found]
    parcel = Parcel.of(policy)

    def run(batches: Batches) -> Iterator[pa.RecordBatch]:
        yield from scored(batches, parcel, names, places, passed)

    # `mapInArrow` takes a dot in the name of a column for a field of a struct.
    numbered = df.toDF(*(f"c{number}" for number in range(len(names))))
    return numbered.mapInArrow(run, StructType([_signed(field, policy) for field in fields]))


def _signed(field: StructField, policy: Scheme) -> StructField:
    """The verdict says whose it is; the others are as they are."""
    if field.name != "qualifies":
        return field
    return StructField(field.name, field.dataType, True, {DIGEST: policy.digest})
