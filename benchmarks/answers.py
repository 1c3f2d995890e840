"""What everybody who is measured has to answer, and whether two answers are the same.

Answers are columns by the names that the engine gives them: points in twelfths of a point and months as whole
numbers, requirements and verdict as truths.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

KINDS = ("pension", "medical", "unemployment", "injury", "maternity")
_INSURANCE, _LIVING = "basic/social_insurance", "basic/living"
POINTS = (
    "points.basic",
    f"points.{_INSURANCE}",
    *(f"points.{_INSURANCE}:{kind}" for kind in KINDS),
    f"points.{_LIVING}",
    f"points.{_LIVING}/home",
    f"points.{_LIVING}/home/rented_home",
    f"points.{_LIVING}/home/own_home",
    f"points.{_LIVING}/permit_endorsements",
    "points.basic/housing_fund",
    "points.basic/age",
    "points.basic/education",
    "points.basic/qualification",
    "points.basic/qualification/title",
    "points.basic/qualification/skill",
    "points.guide",
    "points.guide/occupation",
    "points.additional",
    "points.additional/marriage",
    "points.additional/awards",
    "points.negative",
    "points.negative/offences",
    "total",
)
MONTHS = (
    *(f"months.{_INSURANCE}:{kind}" for kind in KINDS),
    f"months.{_LIVING}/home/rented_home",
    "months.basic/housing_fund",
)
REQUIREMENTS = (
    "met.permit",
    "met.insured_long_enough",
    "met.below_retirement_age",
    "met.not_insured_elsewhere",
    "met.unit_not_barred",
)
TRUTHS = (*REQUIREMENTS, "eligible", "qualifies")
NAMES = (*POINTS, *MONTHS, *TRUTHS)

LINE = 110 * 12
"""In twelfths."""

Answers = Mapping[str, NDArray[np.generic]]


class Different(AssertionError):
    """Two answers are not the same; the message names the first that differs."""


def in_form(name: str, column: NDArray[np.generic]) -> NDArray[np.generic]:
    """A column in the one form in which it is compared: int32, or bool."""
    return np.ascontiguousarray(column, np.bool_ if name in TRUTHS else np.int32)


def of_scores(scores: pa.Table) -> dict[str, NDArray[np.generic]]:
    """The answers in a table that the engine made. Raises ValueError where a row was refused."""
    found: dict[str, NDArray[np.generic]] = {}
    for name in NAMES:
        column = scores.column(name)
        if column.null_count:
            raise ValueError(f"{column.null_count} rows have no {name}")
        values = column.to_numpy()
        metadata = scores.schema.field(name).metadata or {}
        if b"jifen.denominator" in metadata:
            values = values * (12 // int(metadata[b"jifen.denominator"]))
        found[name] = in_form(name, values)
    return found


def compare(expected: Answers, given: Answers) -> None:
    """Raise Different unless every column has the same values."""
    for name in NAMES:
        own, other = in_form(name, expected[name]), in_form(name, given[name])
        if len(own) != len(other):
            raise Different(f"{name}: {len(other)} rows instead of {len(own)}")
        rows = np.flatnonzero(own != other)
        if len(rows):
            row = rows[0]
            raise Different(f"{name}, row {row}: {other[row]} instead of {own[row]}; {len(rows)} rows differ")


def digests(answers: Answers) -> dict[str, str]:
    """A digest of each column, to compare answers that are not held at the same time."""
    return {name: hashlib.sha256(in_form(name, answers[name]).data).hexdigest() for name in NAMES}
