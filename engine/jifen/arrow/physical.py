"""Arrow arrays as NumPy arrays over the same memory, and the other way round.

`pa.array` asks whether a column is one of pandas, and imports that first, where it is installed: a third of a second of
every run. So what stands in every result is made of buffers here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_LIST_OFFSETS = {pa.types.is_list: np.int32, pa.types.is_large_list: np.int64}


def integers(array: pa.Array) -> NDArray[Any]:
    """The values of an array of integers, dates or times, without a copy; what is null holds anything."""
    width = array.type.bit_width
    kind = "u" if pa.types.is_unsigned_integer(array.type) else "i"
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.empty(0, f"{kind}{width // 8}")
    found = np.frombuffer(buffer, f"{kind}{width // 8}")
    return found[array.offset : array.offset + len(array)]


def bits(array: pa.Array) -> NDArray[np.bool_]:
    """The values of a boolean array; what is null holds anything."""
    return _unpacked(array.buffers()[1], array.offset, len(array))


def missing(array: pa.Array) -> NDArray[np.bool_] | None:
    """Which entries are null; None when none is."""
    if not array.null_count:
        return None
    if pa.types.is_null(array.type):
        return np.ones(len(array), np.bool_)
    return ~_unpacked(array.buffers()[0], array.offset, len(array))


def _unpacked(buffer: pa.Buffer, offset: int, length: int) -> NDArray[np.bool_]:
    if not length:
        return np.empty(0, np.bool_)
    first, last = offset // 8, -(-(offset + length) // 8)
    packed = np.frombuffer(buffer, np.uint8)[first:last]
    found = np.unpackbits(packed, bitorder="little")[offset - 8 * first :][:length]
    return found.view(np.bool_)


def array(column: NDArray[Any], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """A column of integers, truths or days as an array, over its memory where that is possible.

    Null where `known` (None: everywhere) is false.
    """
    type_ = pa.date32() if column.dtype.kind == "M" else pa.from_numpy_dtype(column.dtype)
    if pa.types.is_boolean(type_):
        values = packed(column)
    elif pa.types.is_date32(type_):
        values = pa.py_buffer(column.astype(np.int32))
    else:
        values = pa.py_buffer(np.ascontiguousarray(column))
    validity, nulls = (None, 0) if known is None else (packed(known), -1)
    return pa.Array.from_buffers(type_, len(column), [validity, values], nulls)


def texts(values: Sequence[str]) -> pa.Array:
    """An array of texts, of which there are few."""
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers, 0)


def packed(column: NDArray[np.bool_]) -> pa.Buffer:
    """The bits of a bool column as Arrow has them."""
    return pa.py_buffer(np.packbits(column, bitorder="little"))


def is_list(type_: pa.DataType) -> bool:
    """Whether a type is a list whose offsets `list_parts` understands."""
    return any(matches(type_) for matches in _LIST_OFFSETS)


def list_parts(array: pa.Array) -> tuple[NDArray[np.int64], pa.Array]:
    """The offsets of a list array (one more than its length, from 0 on) and the entries of its lists, as they lie."""
    width = next(width for matches, width in _LIST_OFFSETS.items() if matches(array.type))
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(1, np.int64), array.values.slice(0, 0)
    offsets = np.frombuffer(buffer, width)[array.offset : array.offset + len(array) + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    return offsets.astype(np.int64) - first, array.values.slice(first, last - first)


def decimals(array: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The digits of a decimal128 array as int64, and which of them do not fit."""
    if not len(array):
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    halves = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)
    halves = halves[array.offset : array.offset + len(array)]
    low = halves[:, 0]
    return low, halves[:, 1] != low >> 63
