"""The columns of applicants and of scores as Spark has them: no dictionaries, everything may be null."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_type
from pyspark.sql.types import StructField, StructType

from jifen.arrow import physical
from jifen.arrow.results import DENOMINATOR, outputs_of
from jifen.arrow.schema import schema_of

if TYPE_CHECKING:
    from jifen.scheme import Scheme

DIGEST = "jifen.digest"
"""In the metadata of `qualifies`: the policy that the scores are by."""


def schema(policy: Scheme) -> StructType:
    """The columns that a policy reads of an applicant: those of `jifen schema arrow`, options as strings.

    Every column may be null: what is required and null is a problem of its row, and no failure of a job.
    """
    return StructType([spark_field(field) for field in schema_of(policy)])


def denominators(policy: Scheme) -> dict[str, int]:
    """Over what the integers of each column of points stand. The metadata of the columns says the same."""
    found = {output.field.name: denominator(output.field) for output in outputs_of(policy, None)}
    return {name: den for name, den in found.items() if den is not None}


def denominator(field: pa.Field) -> int | None:
    """The denominator of a column of points; None for any other column."""
    text = (field.metadata or {}).get(DENOMINATOR.encode())
    return None if text is None else int(text)


def spark_field(field: pa.Field) -> StructField:
    """An Arrow field for Spark: a denominator is an integer of its metadata, every other entry a text."""
    metadata: dict[str, Any] = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    den = denominator(field)
    if den is not None:
        metadata[DENOMINATOR] = den
    return StructField(field.name, from_arrow_type(_nullable(plain(field.type))), True, metadata)


def plain(type_: pa.DataType) -> pa.DataType:
    """A type without dictionaries."""
    if pa.types.is_dictionary(type_):
        return plain(type_.value_type)
    if physical.is_list(type_):
        return pa.list_(type_.value_field.with_type(plain(type_.value_type)))
    if pa.types.is_struct(type_):
        return pa.struct([field.with_type(plain(field.type)) for field in type_])
    return type_


def _nullable(type_: pa.DataType) -> pa.DataType:
    """A type all of whose fields may be null, their metadata as Spark reads it."""
    if physical.is_list(type_):
        return pa.list_(pa.field("element", _nullable(type_.value_type)))
    if pa.types.is_struct(type_):
        return pa.struct([pa.field(field.name, _nullable(field.type)) for field in type_])
    return type_
