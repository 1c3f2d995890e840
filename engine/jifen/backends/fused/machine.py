"""The machine's own steps for numba: memory at an address, arithmetic, a choice without a branch.

A program gets addresses and not arrays: a hundred arrays, each with shape and strides, would take numba most of its
time, and Arrow's buffers are addresses already. Every integer is int64 once it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

BITS = 64
I64 = ir.IntType(BITS)
_I32 = ir.IntType(32)
_UNALIGNED = 1


# instructions


def constant(value: int) -> Any:
    """An int64 that is known."""
    return ir.Constant(I64, value)


def load_at(builder: Any, bits: int, address: Any, index: Any, signed: bool = True) -> Any:
    """An integer of so many bits out of memory, as int64."""
    start = builder.inttoptr(address, ir.IntType(bits).as_pointer())
    value = builder.load(builder.gep(start, [index]), align=_UNALIGNED)
    return value if bits == BITS else (builder.sext if signed else builder.zext)(value, I64)


def store_at(builder: Any, bits: int, address: Any, index: Any, value: Any) -> None:
    """Put an int64, cut to so many bits, into memory."""
    start = builder.inttoptr(address, ir.IntType(bits).as_pointer())
    cut = value if bits == BITS else builder.trunc(value, ir.IntType(bits))
    builder.store(cut, builder.gep(start, [index]), align=_UNALIGNED)


def bit_at(builder: Any, address: Any, start: Any, index: Any) -> Any:
    """A bit of a bitmap that starts at a bit of some whole words of 64 bits."""
    place = builder.add(start, index)
    word = load_at(builder, BITS, address, builder.lshr(place, constant(6)))
    return builder.trunc(builder.lshr(word, builder.and_(place, constant(BITS - 1))), ir.IntType(1))


def select_signed(builder: Any, comparison: str, a: Any, b: Any) -> Any:
    """a where it compares so with b, else b."""
    return builder.select(builder.icmp_signed(comparison, a, b), a, b)


def _floor(builder: Any, a: Any, b: Any) -> Any:
    whole = builder.sdiv(a, b)
    rest = builder.sub(a, builder.mul(whole, b))
    return builder.sub(whole, builder.zext(builder.icmp_signed("<", rest, constant(0)), I64))


# memory


def _loading(bits: int, signed: bool) -> Callable[..., Any]:
    def load(typing: Any, address: Any, index: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return load_at(builder, bits, args[0], args[1], signed)

        return types.int64(types.int64, types.int64), generate

    return intrinsic(load)


load_u8 = _loading(8, False)
load_i8 = _loading(8, True)
load_i16 = _loading(16, True)
load_i32 = _loading(32, True)
load_i64 = _loading(64, True)


@intrinsic
def bit(typing: Any, address: Any, start: Any, index: Any) -> Any:
    """A bit of a bitmap: see `bit_at`."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return bit_at(builder, *args)

    return types.boolean(types.int64, types.int64, types.int64), generate


def _storing(bits: int) -> Callable[..., Any]:
    def store(typing: Any, address: Any, index: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            store_at(builder, bits, *args)
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), generate

    return intrinsic(store)


store_i8 = _storing(8)
store_i16 = _storing(16)
store_i32 = _storing(32)
store_i64 = _storing(64)


@intrinsic(prefer_literal=True)
def write(typing: Any, arguments: Any, text: Any, index: Any, value: Any) -> Any:
    """Put a value into the column whose address is an argument; the text says its bits and which argument it is."""
    bits, at = (int(word) for word in text.literal_value.split())

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        column = load_at(builder, 64, args[0], constant(at))
        column.set_metadata("invariant.load", builder.module.add_metadata([]))
        store_at(builder, bits, column, args[2], args[3])
        return context.get_dummy_value()

    return types.void(types.int64, text, types.int64, types.int64), generate


# integers and truths


@intrinsic
def choose(typing: Any, condition: Any, a: Any, b: Any) -> Any:
    """a where the condition holds, else b: both are known, and nothing branches."""
    kind = types.int64 if isinstance(a, types.Integer | types.Boolean) else a
    kind = types.boolean if a == types.boolean == b else kind

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(args[0], args[1], args[2])

    return kind(types.boolean, kind, kind), generate


def of_two(
    build: Callable[..., Any], kind: Any = types.int64, result: Any = types.int64
) -> Callable[..., Any]:
    """A step of two arguments of one kind; a kind, or result, of None is that of the first."""

    def step(typing: Any, a: Any, b: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return build(builder, *args)

        own = a if kind is None else kind
        return (own if result is None else result)(own, own), generate

    return intrinsic(step)


add = of_two(lambda builder, a, b: builder.add(a, b))
subtract = of_two(lambda builder, a, b: builder.sub(a, b))
times = of_two(lambda builder, a, b: builder.mul(a, b))
floor = of_two(_floor)
"""a // b for b above zero."""
part = of_two(
    lambda builder, a, b: builder.zext(builder.udiv(*(builder.trunc(one, _I32) for one in (a, b))), I64)
)
"""a // b for a of at least zero and b above it, both below 2 ** 32: a date's year, for one."""
rest = of_two(
    lambda builder, a, b: builder.zext(builder.urem(*(builder.trunc(one, _I32) for one in (a, b))), I64)
)
"""a % b for the same."""
least = of_two(lambda builder, a, b: select_signed(builder, "<", a, b))
most = of_two(lambda builder, a, b: select_signed(builder, ">", a, b))
less = of_two(lambda builder, a, b: builder.icmp_signed("<", a, b), result=types.boolean)
same = of_two(lambda builder, a, b: builder.icmp_signed("==", a, b), result=types.boolean)
has_bit = of_two(lambda builder, a, b: builder.trunc(builder.lshr(a, b), ir.IntType(1)), result=types.boolean)
"""Whether a has the bit b, counted from 0."""
either_below = of_two(lambda builder, a, b: builder.or_(a, b))
"""An int64 that is below zero where a or b is."""
both = of_two(lambda builder, a, b: builder.and_(a, b), types.boolean, types.boolean)
either = of_two(lambda builder, a, b: builder.or_(a, b), types.boolean, types.boolean)


@intrinsic
def negate(typing: Any, a: Any) -> Any:
    """Whether a truth does not hold."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.not_(args[0])

    return types.boolean(types.boolean), generate


@intrinsic
def ones(typing: Any, bits: Any) -> Any:
    """How many bits of an int64 are set."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ctpop(args[0])

    return types.int64(types.int64), generate


@intrinsic
def zeros_below(typing: Any, bits: Any) -> Any:
    """How many bits below the lowest that is set; 64 when none is."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.cttz(args[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.int64), generate
