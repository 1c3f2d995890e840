"""Where each input lies, and how a program reads one: the text that stands for it.

What an input needs are some arguments, most of them addresses in Arrow's memory. All that lies there has been found
in order before (`checks`), but for options that stand in a list twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from jifen.backends.fused.machine import I64, constant, load_at

EIGHT = 8
"""Codes that are read at once, and the size of the dictionaries where that is possible."""
PARTS: Mapping[str, tuple[str, ...]] = {
    "truth": ("values", "values_at"),
    "number": ("values",),
    "decimal": ("values",),
    "day": ("values", "table"),
    "option": ("values", "table"),
    "options": ("values", "table", "lists", "sets", "limit"),
    "known": ("known", "known_at"),
    "first": ("first",),
    "last": ("last",),
    "rows": ("offsets",),
}
"""The arguments of each kind of input. `known` is the bitmap of any of them."""
_TEXTS: Mapping[str, str] = {
    "truth": "bit({values}, {values_at}, {at})",
    "number": "load_i64({values}, {at})",
    "decimal": "load_i64({values}, 2 * {at})",
    "day": "load_i32({table}, load_i32({values}, {at}))",
    "option": "load_i64({table}, load_i16({values}, {at}))",
    "options": "options({values}, {table}, {lists}, {sets}, {limit}, {at})",
    "known": "bit({known}, {known_at}, {at})",
    "first": "load_i32({first}, {at})",
    "last": "load_i32({last}, {at})",
    "rows": "load_i32({offsets}, {at})",
}


def reading(kind: str, argument: Callable[[str], str], at: str) -> str:
    """The expression for an input of a kind at an index; `argument` gives the variable of a part."""
    return _TEXTS[kind].format(at=at, **{part: argument(part) for part in PARTS[kind]})


@intrinsic
def options(typing: Any, values: Any, table: Any, lists: Any, sets: Any, limit: Any, index: Any) -> Any:
    """Several options as bits.

    `sets` has them for each set of codes below EIGHT, so that up to eight codes are taken at once and nothing branches;
    eight may be read from whatever place is that far from `limit`, and nowhere if that is 0.
    """

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        values, table, lists, sets, limit, index = args
        first, last = _ends(builder, lists, index)
        size = builder.sub(last, first)
        few = builder.icmp_unsigned("<=", size, constant(EIGHT))
        inside = builder.icmp_signed("<=", builder.add(first, constant(EIGHT)), limit)
        at_once, one_by_one, end = (
            builder.append_basic_block(f"options_{name}") for name in ("at_once", "one_by_one", "end")
        )
        builder.cbranch(builder.and_(few, inside), at_once, one_by_one)
        builder.position_at_end(at_once)
        together = load_at(builder, 64, sets, _codes(builder, values, first, size))
        builder.branch(end)
        builder.position_at_end(one_by_one)
        separate, behind = _looped(builder, values, table, first, last, end)
        builder.position_at_end(end)
        found = builder.phi(I64)
        found.add_incoming(together, at_once)
        found.add_incoming(separate, behind)
        return found

    return types.int64(*[types.int64] * 6), generate


def _codes(builder: Any, values: Any, first: Any, size: Any) -> Any:
    """The set of so many of the eight codes from `first` on."""
    wide = ir.VectorType(ir.IntType(32), EIGHT)
    start = builder.gep(builder.inttoptr(values, ir.IntType(16).as_pointer()), [first])
    narrow = ir.VectorType(ir.IntType(16), EIGHT)
    codes = builder.zext(builder.load(builder.bitcast(start, narrow.as_pointer()), align=1), wide)
    # What lies behind the codes may be anything; a shift by more than 31 would be undefined.
    bits = builder.shl(
        ir.Constant(wide, [1] * EIGHT), builder.and_(codes, ir.Constant(wide, [EIGHT - 1] * EIGHT))
    )
    many = ir.Constant(wide, ir.Undefined)
    for lane in range(EIGHT):
        many = builder.insert_element(
            many, builder.trunc(size, ir.IntType(32)), ir.Constant(ir.IntType(32), lane)
        )
    meant = builder.icmp_signed("<", ir.Constant(wide, [*range(EIGHT)]), many)
    kept = builder.select(meant, bits, ir.Constant(wide, [0] * EIGHT))
    reduce = cgutils.get_or_insert_function(
        builder.module, ir.FunctionType(ir.IntType(32), [wide]), f"llvm.vector.reduce.or.v{EIGHT}i32"
    )
    return builder.zext(builder.call(reduce, [kept]), I64)


def _looped(builder: Any, values: Any, table: Any, first: Any, last: Any, end: Any) -> tuple[Any, Any]:
    """The options of the codes from first to last, and the block that goes on to `end` with them."""
    before = builder.block
    head, body, out = (builder.append_basic_block(f"options_{name}") for name in ("head", "body", "out"))
    builder.branch(head)
    builder.position_at_end(head)
    place, found = (builder.phi(I64) for _ in range(2))
    builder.cbranch(builder.icmp_signed("<", place, last), body, out)
    builder.position_at_end(body)
    more = builder.or_(found, load_at(builder, 64, table, load_at(builder, 16, values, place)))
    place.add_incoming(first, before)
    place.add_incoming(builder.add(place, constant(1)), body)
    found.add_incoming(constant(0), before)
    found.add_incoming(more, body)
    builder.branch(head)
    builder.position_at_end(out)
    builder.branch(end)
    return found, out


@intrinsic
def repeated(typing: Any, lists: Any, index: Any, bits: Any) -> Any:
    """Below zero where the options at an index, read as bits, stand there twice, or there are none."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        first, last = _ends(builder, args[0], args[1])
        size = builder.sub(last, first)
        return builder.or_(builder.sub(builder.ctpop(args[2]), size), builder.sub(size, constant(1)))

    return types.int64(types.int64, types.int64, types.int64), generate


def _ends(builder: Any, lists: Any, index: Any) -> tuple[Any, Any]:
    """Where a list begins, and where it ends."""
    first, last = (load_at(builder, 32, lists, builder.add(index, constant(more))) for more in (0, 1))
    return first, last
