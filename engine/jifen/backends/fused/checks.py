"""Whether a column is in order as a whole: then a program reads it as it lies, and asks nothing of single entries.

Each function looks at entries from one to before another and answers 1 where all are in order. They take eight at
once where these share a byte of the bitmap; what is not in order is for the columns' readers to find.
"""

from __future__ import annotations

from jifen.backends.fused.lanes import LANES, days_wrong, decimals_wrong, months_wrong, numbers_wrong
from jifen.backends.fused.machine import bit, load_i32, load_i64, load_u8
from jifen.plan.types import FIRST_MONTH, LAST_MONTH

SIGNATURES: dict[str, str] = {
    "numbers_fit": "int64(int64, int64, int64, int64, int64, int64, int64)",
    "decimals_fit": "int64(int64, int64, int64, int64, int64, int64, int64)",
    "days_fit": "int64(int64, int64, int64, int64, int64, int64, int64)",
    "months_fit": "int64(int64, int64, int64, int64, int64, int64)",
}


def numbers_fit(values: int, first: int, last: int, low: int, high: int, known: int, start: int) -> int:
    wrong, at = 0, first
    while at < last:
        if (at + start) % LANES == 0 and at + LANES <= last:
            wrong |= numbers_wrong(values, at, low, high, load_u8(known, (at + start) // LANES))
            at += LANES
        else:
            value = load_i64(values, at)
            wrong |= ((value < low) | (value > high)) & bit(known, start, at)
            at += 1
    return wrong == 0


def decimals_fit(values: int, first: int, last: int, low: int, high: int, known: int, start: int) -> int:
    wrong, at = 0, first
    while at < last:
        if (at + start) % LANES == 0 and at + LANES <= last:
            wrong |= decimals_wrong(values, at, low, high, load_u8(known, (at + start) // LANES))
            at += LANES
        else:
            value = load_i64(values, 2 * at)
            wide = load_i64(values, 2 * at + 1) != value >> 63
            wrong |= (wide | (value < low) | (value > high)) & bit(known, start, at)
            at += 1
    return wrong == 0


def days_fit(values: int, first: int, last: int, low: int, high: int, known: int, start: int) -> int:
    """Days as they are counted in `values`; what is not known may be 0 as well."""
    wrong, at = 0, first
    while at < last:
        if (at + start) % LANES == 0 and at + LANES <= last:
            wrong |= days_wrong(values, at, low, high, load_u8(known, (at + start) // LANES))
            at += LANES
        else:
            value = load_i32(values, at)
            wrong |= ((value < low) | (value > high)) & (bit(known, start, at) | (value != 0))
            at += 1
    return wrong == 0


def months_fit(first_months: int, last_months: int, first: int, last: int, known: int, start: int) -> int:
    wrong, at = 0, first
    while at < last:
        if (at + start) % LANES == 0 and at + LANES <= last:
            wrong |= months_wrong(first_months, last_months, at, load_u8(known, (at + start) // LANES))
            at += LANES
        else:
            begun, ended = load_i32(first_months, at), load_i32(last_months, at)
            beyond = ((ended > LAST_MONTH) | (ended < begun)) & bit(known, start, at)
            wrong |= (begun < FIRST_MONTH) | (begun > LAST_MONTH) | beyond
            at += 1
    return wrong == 0
