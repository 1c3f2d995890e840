"""Populations on a Spark cluster: scores, what could not be read, and rankings as DataFrames (extra `spark`)."""

from jifen.spark.columns import denominators, schema
from jifen.spark.problems import Counts, counts, rejects
from jifen.spark.ranking import rank
from jifen.spark.scoring import score

__all__ = ["Counts", "counts", "denominators", "rank", "rejects", "schema", "score"]
