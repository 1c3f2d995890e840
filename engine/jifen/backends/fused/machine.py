"""The machine's own steps for numba: memory at an address, a choice without a branch, month sets as one vector.

A program gets addresses and not arrays: a hundred arrays, each with shape and strides, would take numba most of its
time, and Arrow's buffers are addresses already. Every integer is int64 once it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, models, register_model

BITS = 64
I64 = ir.IntType(BITS)
_I32 = ir.IntType(32)
_UNALIGNED = 1


class Months(types.Type):
    """A month set: bit i of its words, taken together, is the month `base + i`."""

    def __init__(self, words: int) -> None:
        self.words = words
        super().__init__(name=f"Months({words})")


@register_model(Months)
class _MonthsModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Months) -> None:
        super().__init__(manager, kind, ir.VectorType(I64, kind.words))


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


def bit_at(builder: Any, address: Any, start: Any, mask: Any, index: Any) -> Any:
    """A bit of a bitmap that starts at a bit; with a mask of 0 that of its first byte, whatever the index."""
    place = builder.and_(builder.add(start, index), mask)
    pointer = builder.inttoptr(address, ir.IntType(8).as_pointer())
    byte = builder.load(builder.gep(pointer, [builder.lshr(place, constant(3))]), align=_UNALIGNED)
    shift = builder.trunc(builder.and_(place, constant(7)), ir.IntType(8))
    return builder.trunc(builder.lshr(byte, shift), ir.IntType(1))


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
load_i16 = _loading(16, True)
load_i32 = _loading(32, True)
load_i64 = _loading(64, True)


@intrinsic
def bit(typing: Any, address: Any, start: Any, mask: Any, index: Any) -> Any:
    """A bit of a bitmap: see `bit_at`."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return bit_at(builder, *args)

    return types.boolean(types.int64, types.int64, types.int64, types.int64), generate


def _storing(bits: int) -> Callable[..., Any]:
    def store(typing: Any, address: Any, index: Any, value: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            store_at(builder, bits, *args)
            return context.get_dummy_value()

        return types.void(types.int64, types.int64, types.int64), generate

    return intrinsic(store)


store_i8 = _storing(8)
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
    kind = a if isinstance(a, Months) else types.boolean if a == types.boolean == b else types.int64

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(args[0], args[1], args[2])

    return kind(types.boolean, kind, kind), generate


def _of_two(
    build: Callable[..., Any], kind: Any = types.int64, result: Any = types.int64
) -> Callable[..., Any]:
    def step(typing: Any, a: Any, b: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return build(builder, *args)

        return result(kind, kind), generate

    return intrinsic(step)


add = _of_two(lambda builder, a, b: builder.add(a, b))
subtract = _of_two(lambda builder, a, b: builder.sub(a, b))
times = _of_two(lambda builder, a, b: builder.mul(a, b))
floor = _of_two(_floor)
"""a // b for b above zero."""
part = _of_two(
    lambda builder, a, b: builder.zext(builder.udiv(*(builder.trunc(one, _I32) for one in (a, b))), I64)
)
"""a // b for a of at least zero and b above it, both below 2 ** 32: a date's year, for one."""
rest = _of_two(
    lambda builder, a, b: builder.zext(builder.urem(*(builder.trunc(one, _I32) for one in (a, b))), I64)
)
"""a % b for the same."""
least = _of_two(lambda builder, a, b: select_signed(builder, "<", a, b))
most = _of_two(lambda builder, a, b: select_signed(builder, ">", a, b))
less = _of_two(lambda builder, a, b: builder.icmp_signed("<", a, b), result=types.boolean)
same = _of_two(lambda builder, a, b: builder.icmp_signed("==", a, b), result=types.boolean)
has_bit = _of_two(
    lambda builder, a, b: builder.trunc(builder.lshr(a, b), ir.IntType(1)), result=types.boolean
)
"""Whether a has the bit b, counted from 0."""
both = _of_two(lambda builder, a, b: builder.and_(a, b), types.boolean, types.boolean)
either = _of_two(lambda builder, a, b: builder.or_(a, b), types.boolean, types.boolean)


@intrinsic
def negate(typing: Any, a: Any) -> Any:
    """Whether a truth does not hold."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.not_(args[0])

    return types.boolean(types.boolean), generate


# month sets


@intrinsic(prefer_literal=True)
def nothing(typing: Any, words: Any) -> Any:
    """The empty set of a number of words."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(context.get_value_type(signature.return_type), None)

    return Months(words.literal_value)(words), generate


def _joining(step: Callable[..., Any]) -> Callable[..., Any]:
    def join(typing: Any, a: Any, b: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return step(builder, *args)

        return a(a, a), generate

    return intrinsic(join)


meet = _joining(lambda builder, a, b: builder.and_(a, b))
join = _joining(lambda builder, a, b: builder.or_(a, b))
without = _joining(
    lambda builder, a, b: builder.and_(a, builder.xor(b, ir.Constant(b.type, [-1] * b.type.count)))
)


@intrinsic
def read_months(typing: Any, address: Any, index: Any, like: Any) -> Any:
    """The set at a place of a table of sets that are as long as another."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], context.get_value_type(like).as_pointer())
        return builder.load(builder.gep(start, [args[1]]), align=BITS // 8)

    return like(types.int64, types.int64, like), generate


@intrinsic
def span(typing: Any, table: Any, base: Any, first: Any, last: Any, like: Any) -> Any:
    """The months from first to last. Where `outside` holds they are wrong."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = context.get_value_type(like)
        start = builder.inttoptr(args[0], kind.as_pointer())
        room = constant(BITS * like.words)
        sets = []
        for places in _places(builder, *args[1:4]):
            inside = builder.select(builder.icmp_unsigned("<", places, room), places, room)
            sets.append(builder.load(builder.gep(start, [inside]), align=BITS // 8))
        return builder.and_(sets[1], builder.xor(sets[0], ir.Constant(kind, [-1] * like.words)))

    return like(types.int64, types.int64, types.int64, types.int64, like), generate


@intrinsic
def outside(typing: Any, base: Any, first: Any, last: Any, like: Any) -> Any:
    """Whether a set may have no room for the months from first to last."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        room = constant(BITS * like.words)
        beyond = [builder.icmp_unsigned(">", places, room) for places in _places(builder, *args[:3])]
        return builder.or_(*beyond)

    return types.boolean(types.int64, types.int64, types.int64, like), generate


def _places(builder: Any, base: Any, first: Any, last: Any) -> tuple[Any, Any]:
    """How many months of the window lie before the first month, and until the last."""
    return builder.sub(first, base), builder.sub(builder.add(last, constant(1)), base)


@intrinsic
def kept(typing: Any, table: Any, condition: Any, months: Any) -> Any:
    """A set where the condition holds, else no months. It is masked by a set of the table: nothing branches."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], args[2].type.as_pointer())
        place = builder.mul(builder.zext(args[1], I64), constant(BITS * months.words))
        return builder.and_(args[2], builder.load(builder.gep(start, [place]), align=BITS // 8))

    return months(types.int64, types.boolean, months), generate


@intrinsic
def write_months(typing: Any, address: Any, index: Any, months: Any) -> Any:
    """Put a set into a place of a table of sets."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], args[2].type.as_pointer())
        builder.store(args[2], builder.gep(start, [args[1]]), align=BITS // 8)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, months), generate


@intrinsic
def width(typing: Any, months: Any) -> Any:
    """How many months the words of a set have room for."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(I64, BITS * months.words)

    return types.int64(months), generate


@intrinsic
def word(typing: Any, months: Any, number: Any) -> Any:
    """One word of a set, as the int64 with its bits."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.extract_element(args[0], builder.trunc(args[1], ir.IntType(32)))

    return types.int64(months, types.int64), generate


@intrinsic
def with_word(typing: Any, months: Any, number: Any, bits: Any) -> Any:
    """A set with one word replaced."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.insert_element(args[0], args[2], builder.trunc(args[1], ir.IntType(32)))

    return months(months, types.int64, types.int64), generate


@intrinsic
def count(typing: Any, months: Any) -> Any:
    """How many months a set has."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        found = None
        for number in range(months.words):
            bits = builder.ctpop(builder.extract_element(args[0], ir.Constant(ir.IntType(32), number)))
            found = bits if found is None else builder.add(found, bits)
        return found

    return types.int64(months), generate


@intrinsic
def length(typing: Any, months: Any) -> Any:
    """The place of the last month of a set, from 1; 0 when it is empty."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        found = ir.Constant(I64, 0)
        for number in range(months.words):
            bits = builder.extract_element(args[0], ir.Constant(ir.IntType(32), number))
            zeros = builder.ctlz(bits, ir.Constant(ir.IntType(1), 0))
            end = builder.sub(ir.Constant(I64, BITS * (number + 1)), zeros)
            some = builder.icmp_signed("!=", bits, ir.Constant(I64, 0))
            found = builder.select(some, end, found)
        return found

    return types.int64(months), generate


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
