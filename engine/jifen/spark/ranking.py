"""Rankings over whole DataFrames, in which no task sees more than its share of the applicants.

Equals share a place, so a place belongs to what is compared and not to the applicant. The applicants are counted for
each combination of keys, which Spark does before it moves anything; the combinations are put into ranges by their
first key; within each range, and over the ranges, the counts are added up from above. What is left is a join.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F
from pyspark.sql.types import StringType
from pyspark.sql.window import WindowSpec

from jifen.arrow.results import rank_keys
from jifen.batch.placing import FIELDS
from jifen.errors import JifenError, Problem
from jifen.plan.slots import Ref
from jifen.spark import messages
from jifen.spark.columns import DIGEST

if TYPE_CHECKING:
    from jifen.scheme import Scheme

PLACE, ADMITTED = (field.name for field in FIELDS)
RANGES = 1 << 16
"""Ranges of the first key: as many as one task can add up in no time."""
SMALL = 1 << 20
"""Combinations that are sent to every executor, so that the applicants stay where they are."""


def rank(scores: DataFrame, policy: Scheme, quota: int | None = None) -> DataFrame:
    """The scores with the columns of a ranking behind them, which are those of `jifen.batch.placing`.

    Ranked is who qualifies, by what the policy's outcome compares. Equals share a place, the next one counts them all:
    1, 2, 2, 4. Whoever equals the last one inside the quota is admitted. `quota` is what the round announced where the
    policy states none; without any, nobody knows who is admitted. Raises JifenError where the policy does not rank,
    and where the scores are not by this policy.
    """
    outcome, keys = policy.rules.outcome.rank, rank_keys(policy.recorded)
    if outcome is None:
        raise JifenError(Problem("", messages.NO_RANKING, {"policy": policy.id}))
    inside = outcome.quota if quota is None else quota
    _check(scores, policy, keys)
    compared = [_column(name) for name in keys]
    names = [f"k{number}" for number in range(len(keys))]
    found = _places(
        scores.where("qualifies").select(*(key.alias(n) for key, n in zip(compared, names, strict=True))),
        names,
        _width(next(iter(keys.values()))),
    )
    if _most(keys) <= SMALL:
        found = F.broadcast(found)
    same = [F.col(name) == key for name, key in zip(names, compared, strict=True)]
    joined = scores.join(found, [F.col("qualifies"), *same], "left")
    admitted = (
        F.lit(None).cast("boolean") if inside is None else F.coalesce(F.col("found") <= inside, F.lit(False))
    )
    return joined.select(
        *(_column(name) for name in scores.columns), F.col("found").alias(PLACE), admitted.alias(ADMITTED)
    )


def _places(people: DataFrame, names: list[str], width: int) -> DataFrame:
    """Each combination of keys with its place, in the column `found`."""
    first, *_ = names
    counts = people.groupBy(*names).agg(F.count("*").alias("n"))
    ranged = counts.withColumn("range", F.expr(f"`{first}` div {width}"))
    # All ranges go to one task, for they are few. Said as a partition, since Spark warns of windows that have none.
    over_all = Window.partitionBy(F.isnull("range")).orderBy(F.desc("range"))
    ranges = ranged.groupBy("range").agg(F.sum("n").alias("n"))
    above = ranges.select("range", _before("n", over_all).alias("above"))
    in_range = Window.partitionBy("range").orderBy(*(F.desc(name) for name in names))
    within = ranged.select("range", *names, _before("n", in_range).alias("within"))
    place = F.col("above") + F.col("within") + 1
    return within.join(F.broadcast(above), "range").select(*names, place.alias("found"))


def _before(name: str, window: WindowSpec) -> Column:
    """The sum of a column over the rows before each."""
    return F.coalesce(F.sum(name).over(window.rowsBetween(Window.unboundedPreceding, -1)), F.lit(0))


def _width(key: Ref) -> int:
    """How many integers of a key a range holds, so that there are at most `RANGES`."""
    return -(-(key.type.high - key.type.low + 1) // RANGES)


def _most(keys: dict[str, Ref]) -> int:
    """The most combinations there can be."""
    found = 1
    for ref in keys.values():
        found *= ref.type.high - ref.type.low + 1
    return found


def _check(scores: DataFrame, policy: Scheme, keys: dict[str, Ref]) -> None:
    """Raise JifenError for what are no scores by this policy, or scores that Spark cannot compare."""
    for name in ("qualifies", *keys):
        if name not in scores.columns:
            raise JifenError(Problem("", messages.NO_SCORES, {"policy": policy.id, "name": name}))
    if scores.schema["qualifies"].metadata.get(DIGEST, policy.digest) != policy.digest:
        raise JifenError(Problem("", messages.OTHER_POLICY, {"policy": policy.id}))
    for name in keys:
        if isinstance(scores.schema[name].dataType, StringType):
            raise JifenError(Problem("", messages.TOO_WIDE, {"name": name}))


def _column(name: str) -> Column:
    """A column by its name, dots and all."""
    return F.col(f"`{name}`")
