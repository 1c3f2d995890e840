"""Scores as Arrow columns.

A number is its exact numerator; its denominator, the same for everybody, stands in the metadata of the field.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.arrow import physical
from jifen.arrow.values import Truths
from jifen.backends.columns.block import Column
from jifen.backends.columns.widths import PYTHON, width_of
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type
from jifen.policy.recorded import Recorded

if TYPE_CHECKING:
    from jifen.scheme import Scheme

DENOMINATOR = "jifen.denominator"
_MOST_DIGITS = 38


class Output(NamedTuple):
    """A column of the result: its field, the slot that it shows, and the decimals it is shown with (None: exactly)."""

    field: pa.Field
    ref: Ref
    places: int | None = None


def outputs_of(policy: Scheme, places: int | None) -> list[Output]:
    """Every column that shows a slot; `places` adds to each number of points one rounded to so many decimals."""
    recorded = policy.recorded
    named: list[tuple[str, Ref]] = []
    for line in recorded.every_line():
        path = line.indicator.path
        named.append((f"points.{path}", line.points))
        for ledger in line.scored.ledgers:
            own = f"{path}:{ledger.name}" if ledger.name else path
            if ledger.name:
                named.append((f"points.{own}", ledger.points))
            named.append((f"months.{own}", ledger.months))
    named += [(f"score.{name}", ref) for name, ref in recorded.scores.items()]
    named.append(("total", recorded.deciding))
    if recorded.line is not None:
        named.append(("line", recorded.line))
    named += rank_keys(recorded).items()
    named += [(f"met.{one.requirement.name}", one.met) for one in recorded.eligibility]
    named += [(f"gate.{one.requirement.name}", one.met) for one in recorded.gates]
    named += [(f"check.{one.requirement.name}", one.met) for one in recorded.checks]
    named += [("eligible", recorded.eligible), ("qualifies", recorded.qualifies)]
    found = []
    for name, ref in named:
        found.append(Output(_exact(name, ref.type), ref))
        if places is not None and ref.type.kind is Kind.NUMBER and not name.startswith("months."):
            field = pa.field(f"{name}.decimal", pa.decimal128(18, places))
            found.append(Output(field, ref, places))
    return found


def rank_keys(recorded: Recorded) -> dict[str, Ref]:
    """The columns that a ranking compares, in order; of each the greater integer comes first."""
    return {f"rank.{number}": ref for number, ref in enumerate(recorded.rank, 1)}


def _exact(name: str, type_: Type) -> pa.Field:
    counted = name.startswith("months.") and type_.den == 1
    metadata = {DENOMINATOR: str(type_.den)} if type_.kind is Kind.NUMBER and not counted else None
    return pa.field(name, _arrow_type(type_), metadata=metadata)


def _arrow_type(type_: Type) -> pa.DataType:
    if type_.kind is Kind.TRUTH:
        return pa.bool_()
    width = width_of(type_)
    if width != PYTHON:
        return pa.from_numpy_dtype(width)
    fits = max(abs(type_.low), abs(type_.high)) < 10**_MOST_DIGITS
    return pa.decimal128(_MOST_DIGITS, 0) if fits else pa.string()


def array_of(output: Output, column: Column, scored: Truths | None) -> pa.Array:
    """A column of a slot as its field has it; null where `scored` (None: everybody) is false."""
    type_ = output.field.type
    validity = None if scored is None else physical.packed(scored)
    size, nulls = len(column), -1 if scored is not None else 0
    if output.places is not None:
        column = _rounded(column, output.ref.type, output.places)
        halves = np.empty((size, 2), np.int64)
        halves[:, 0], halves[:, 1] = column, column >> 63
        return pa.Array.from_buffers(type_, size, [validity, pa.py_buffer(halves)], nulls)
    if column.dtype == PYTHON:
        texts = [str(value) for value in column]
        return pa.array(texts, pa.string(), mask=None if scored is None else ~scored).cast(type_)
    return physical.array(column, scored)


def _rounded(column: Column, type_: Type, places: int) -> NDArray[np.int64]:
    """Numerators as multiples of a power of ten, halves away from zero."""
    factor = 2 * 10**places
    most = max(abs(type_.low), abs(type_.high)) * factor + type_.den
    wide = column.astype(np.int64 if most < 1 << 63 else PYTHON)
    size = (np.abs(wide) * factor + type_.den) // (2 * type_.den)
    found: NDArray[np.int64] = np.where(wide < 0, -size, size).astype(np.int64)
    return found


def codes(names: Sequence[str], struck: Sequence[Truths], count: int, scored: Truths | None) -> pa.Array:
    """For each of `count` applicants the names of what strikes: a list of dictionary codes."""
    width = np.int8 if len(names) < 128 else np.int16
    matrix = np.stack(struck, axis=1) if struck else np.zeros((count, 0), np.bool_)
    offsets = np.zeros(len(matrix) + 1, np.int32)
    np.cumsum(np.count_nonzero(matrix, axis=1), out=offsets[1:])
    return coded(names, np.nonzero(matrix)[1].astype(width), offsets, scored)


def coded(
    names: Sequence[str], found: Column, offsets: NDArray[np.int32], scored: Truths | None = None
) -> pa.Array:
    """Lists of codes that begin and end at some offsets, as `codes` has them."""
    values = pa.DictionaryArray.from_arrays(physical.array(found), physical.texts(names))
    validity = None if scored is None else physical.packed(scored)
    buffers = [validity, pa.py_buffer(offsets)]
    nulls = -1 if validity is not None else 0
    return pa.ListArray.from_buffers(
        pa.list_(values.type), len(offsets) - 1, buffers, nulls, children=[values]
    )


def codes_type(names: Sequence[str]) -> pa.DataType:
    """The type of `codes`."""
    return pa.list_(pa.dictionary(pa.int8() if len(names) < 128 else pa.int16(), pa.string()))
