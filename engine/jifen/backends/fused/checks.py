"""Whether a column is in order as a whole: then a program reads it as it lies, and asks nothing of single entries.

Each function looks at entries from one to before another and answers 1 where all are in order. They are simple loops,
which the compiler turns into steps over many entries at once; what is not in order is for the columns' readers to
find. A bitmap of mask 0 says that all are known.
"""

from __future__ import annotations

from jifen.backends.fused.machine import bit, load_i16, load_i32, load_i64
from jifen.plan.types import FIRST_MONTH, LAST_MONTH

SIGNATURES: dict[str, str] = {
    "codes_fit": "int64(int64, int64, int64, int64)",
    "numbers_fit": "int64(int64, int64, int64, int64, int64, int64, int64, int64)",
    "decimals_fit": "int64(int64, int64, int64, int64, int64, int64, int64, int64)",
    "days_fit": "int64(int64, int64, int64, int64, int64, int64, int64, int64)",
    "months_fit": "int64(int64, int64, int64, int64, int64, int64, int64)",
}


def codes_fit(values: int, first: int, last: int, size: int) -> int:
    wrong = 0
    for at in range(first, last):
        code = load_i16(values, at)
        wrong |= (code < 0) | (code >= size)
    return 1 - wrong


def numbers_fit(
    values: int, first: int, last: int, low: int, high: int, known: int, start: int, mask: int
) -> int:
    wrong = 0
    for at in range(first, last):
        value = load_i64(values, at)
        wrong |= ((value < low) | (value > high)) & bit(known, start, mask, at)
    return 1 - wrong


def decimals_fit(
    values: int, first: int, last: int, low: int, high: int, known: int, start: int, mask: int
) -> int:
    wrong = 0
    for at in range(first, last):
        value = load_i64(values, 2 * at)
        wide = load_i64(values, 2 * at + 1) != value >> 63
        wrong |= (wide | (value < low) | (value > high)) & bit(known, start, mask, at)
    return 1 - wrong


def days_fit(
    values: int, first: int, last: int, low: int, high: int, known: int, start: int, mask: int
) -> int:
    """Days as they are counted in `values`; what is not known may be 0 as well."""
    wrong = 0
    for at in range(first, last):
        value = load_i32(values, at)
        wrong |= ((value < low) | (value > high)) & (bit(known, start, mask, at) | (value != 0))
    return 1 - wrong


def months_fit(
    first_months: int, last_months: int, first: int, last: int, known: int, start: int, mask: int
) -> int:
    wrong = 0
    for at in range(first, last):
        begun, ended = load_i32(first_months, at), load_i32(last_months, at)
        beyond = ((ended > LAST_MONTH) | (ended < begun)) & bit(known, start, mask, at)
        wrong |= (begun < FIRST_MONTH) | (begun > LAST_MONTH) | beyond
    return 1 - wrong
