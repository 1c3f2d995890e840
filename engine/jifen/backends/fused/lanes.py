"""Steps for numba that look at eight entries of a column at once. Each returns eight bits, 1 where an entry is wrong.

`known` is the byte of a bitmap with the bits of the eight.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from jifen.backends.fused.machine import BITS, I64, constant
from jifen.plan.types import FIRST_MONTH, LAST_MONTH

LANES = 8
_BYTE = ir.IntType(LANES)
_TRUTHS = ir.VectorType(ir.IntType(1), LANES)


def _entries(builder: Any, bits: int, address: Any, index: Any, count: int = LANES) -> Any:
    """So many integers out of memory."""
    start = builder.gep(builder.inttoptr(address, ir.IntType(bits).as_pointer()), [index])
    return builder.load(builder.bitcast(start, ir.VectorType(ir.IntType(bits), count).as_pointer()), align=1)


def _all(builder: Any, bits: int, value: Any) -> Any:
    """Lanes that all hold a value."""
    lanes = ir.Constant(ir.VectorType(ir.IntType(bits), LANES), ir.Undefined)
    cut = value if bits == BITS else builder.trunc(value, ir.IntType(bits))
    for lane in range(LANES):
        lanes = builder.insert_element(lanes, cut, ir.Constant(ir.IntType(32), lane))
    return lanes


def _beyond(builder: Any, values: Any, low: Any, high: Any) -> Any:
    return builder.or_(builder.icmp_signed("<", values, low), builder.icmp_signed(">", values, high))


def _answer(builder: Any, wrong: Any) -> Any:
    return builder.zext(builder.bitcast(wrong, _BYTE), I64)


def _truths(builder: Any, known: Any) -> Any:
    return builder.bitcast(builder.trunc(known, _BYTE), _TRUTHS)


@intrinsic
def months_wrong(typing: Any, first: Any, last: Any, index: Any, known: Any) -> Any:
    """Spells that begin outside the time that is known, or that end before they begin or after that time."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        begun, ended = (_entries(builder, 32, address, args[2]) for address in args[:2])
        low, high = (_all(builder, 32, constant(month)) for month in (FIRST_MONTH, LAST_MONTH))
        ends = builder.and_(_beyond(builder, ended, begun, high), _truths(builder, args[3]))
        return _answer(builder, builder.or_(_beyond(builder, begun, low, high), ends))

    return types.int64(types.int64, types.int64, types.int64, types.int64), generate


def _bounded(build: Callable[..., tuple[int, Any, Any]]) -> Callable[..., Any]:
    def step(typing: Any, values: Any, index: Any, low: Any, high: Any, known: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            bits, found, looked_at = build(builder, args[0], args[1], _truths(builder, args[4]))
            ends = (_all(builder, bits, end) for end in args[2:4])
            return _answer(builder, builder.and_(_beyond(builder, found, *ends), looked_at))

        return types.int64(*[types.int64] * 5), generate

    return intrinsic(step)


def _days(builder: Any, values: Any, index: Any, known: Any) -> tuple[int, Any, Any]:
    found = _entries(builder, 32, values, index)
    some = builder.icmp_signed("!=", found, ir.Constant(found.type, None))
    return 32, found, builder.or_(known, some)


def _numbers(builder: Any, values: Any, index: Any, known: Any) -> tuple[int, Any, Any]:
    return BITS, _entries(builder, BITS, values, index), known


days_wrong = _bounded(_days)
"""Days out of bounds; what is not known may be 0 as well."""
numbers_wrong = _bounded(_numbers)
"""Numbers out of bounds."""


@intrinsic
def decimals_wrong(typing: Any, values: Any, index: Any, low: Any, high: Any, known: Any) -> Any:
    """The same of decimals of 128 bits, whose upper half must say no more than the sign."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        halves = _entries(builder, BITS, args[0], builder.shl(args[1], constant(1)), 2 * LANES)
        lower, upper = (_every_other(builder, halves, first) for first in (0, 1))
        sign = builder.ashr(lower, _all(builder, BITS, constant(BITS - 1)))
        beyond = _beyond(builder, lower, *(_all(builder, BITS, end) for end in args[2:4]))
        wrong = builder.or_(beyond, builder.icmp_signed("!=", upper, sign))
        return _answer(builder, builder.and_(wrong, _truths(builder, args[4])))

    return types.int64(*[types.int64] * 5), generate


def _every_other(builder: Any, halves: Any, first: int) -> Any:
    places = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [2 * lane + first for lane in range(LANES)])
    return builder.shuffle_vector(halves, ir.Constant(halves.type, ir.Undefined), places)
