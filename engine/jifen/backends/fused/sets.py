"""Month sets as the machine has them: vectors of words. Bit i of all words taken together is the month `base + i`."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic, models, register_model

from jifen.backends.fused.machine import BITS, I64, constant, of_two


class Months(types.Type):
    """A month set: bit i of its words, taken together, is the month `base + i`."""

    def __init__(self, words: int) -> None:
        self.words = words
        super().__init__(name=f"Months({words})")


@register_model(Months)
class _MonthsModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Months) -> None:
        super().__init__(manager, kind, ir.VectorType(I64, kind.words))


@intrinsic(prefer_literal=True)
def nothing(typing: Any, words: Any) -> Any:
    """The empty set of a number of words."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return ir.Constant(context.get_value_type(signature.return_type), None)

    return Months(words.literal_value)(words), generate


meet = of_two(lambda builder, a, b: builder.and_(a, b), None, None)
join = of_two(lambda builder, a, b: builder.or_(a, b), None, None)
without = of_two(
    lambda builder, a, b: builder.and_(a, builder.xor(b, ir.Constant(b.type, [-1] * b.type.count))),
    None,
    None,
)


@intrinsic
def read_months(typing: Any, address: Any, index: Any, like: Any) -> Any:
    """The set at a place of a table of sets that are as long as another."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        start = builder.inttoptr(args[0], context.get_value_type(like).as_pointer())
        return builder.load(builder.gep(start, [args[1]]), align=BITS // 8)

    return like(types.int64, types.int64, like), generate


@intrinsic
def span(typing: Any, beginnings: Any, first: Any, last: Any, like: Any) -> Any:
    """The months from first to last, out of a table that has for each month the set of all before it."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        kind = context.get_value_type(like)
        start = builder.inttoptr(args[0], kind.as_pointer())
        months = (args[1], builder.add(args[2], constant(1)))
        before, upto = (builder.load(builder.gep(start, [month]), align=BITS // 8) for month in months)
        return builder.and_(upto, builder.xor(before, ir.Constant(kind, [-1] * like.words)))

    return like(types.int64, types.int64, types.int64, like), generate


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
