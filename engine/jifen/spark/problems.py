"""Rows that could not be read: how many, and what is wrong with each."""

from __future__ import annotations

from typing import NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from jifen.arrow.refusals import PROBLEM
from jifen.arrow.schema import APPLICANT


class Counts(NamedTuple):
    """Rows read, scored and refused."""

    rows: int
    scored: int
    rejected: int


def counts(scores: DataFrame) -> Counts:
    """How many rows of a result were scored and how many could not be read. Runs a job over the column `problems`."""
    [row] = scores.agg(F.count("*"), F.count_if(F.size("problems") > 0)).collect()
    rows, rejected = row
    return Counts(rows, rows - rejected, rejected)


def rejects(scores: DataFrame, *names: str) -> DataFrame:
    """What could not be read, a row for each problem: `applicant` or the columns named, `path`, `code`, `message`."""
    kept = names or ((APPLICANT,) if APPLICANT in scores.columns else ())
    columns = [F.col(f"`{name}`") for name in kept]
    each = scores.where(F.size("problems") > 0).select(*columns, F.explode("problems").alias("problem"))
    return each.select(*columns, *(F.col(f"problem.{field.name}") for field in PROBLEM))
