"""Where each input lies, and how a program reads one: the text that stands for it.

What an input needs are some arguments, most of them addresses in Arrow's memory. All that lies there has been found
in order before (`checks`), but for options that stand in a list twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from jifen.backends.fused.machine import constant, load_at

PARTS: Mapping[str, tuple[str, ...]] = {
    "truth": ("values", "values_at"),
    "number": ("values",),
    "decimal": ("values",),
    "day": ("values", "table"),
    "option": ("values", "table"),
    "options": ("values", "table", "lists"),
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
    "options": "options({values}, {table}, {lists}, {at})",
    "known": "bit({known}, {known_at}, {at})",
    "first": "load_i32({first}, {at})",
    "last": "load_i32({last}, {at})",
    "rows": "load_i32({offsets}, {at})",
}


def reading(kind: str, argument: Callable[[str], str], at: str) -> str:
    """The expression for an input of a kind at an index; `argument` gives the variable of a part."""
    return _TEXTS[kind].format(at=at, **{part: argument(part) for part in PARTS[kind]})


@intrinsic
def options(typing: Any, values: Any, table: Any, lists: Any, index: Any) -> Any:
    """Several options as bits."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        values, table, lists, index = args
        first, last = _ends(builder, lists, index)
        before = builder.block
        head, body, end = (builder.append_basic_block(f"options_{name}") for name in ("head", "body", "end"))
        builder.branch(head)
        builder.position_at_end(head)
        place, found = (builder.phi(ir.IntType(64)) for _ in range(2))
        builder.cbranch(builder.icmp_signed("<", place, last), body, end)
        builder.position_at_end(body)
        more = builder.or_(found, load_at(builder, 64, table, load_at(builder, 16, values, place)))
        place.add_incoming(first, before)
        place.add_incoming(builder.add(place, constant(1)), body)
        found.add_incoming(constant(0), before)
        found.add_incoming(more, body)
        # It is never below zero; a way out keeps the compiler from making vectors of three or four codes.
        builder.cbranch(builder.icmp_signed("<", more, constant(0)), end, head)
        builder.position_at_end(end)
        return found

    return types.int64(types.int64, types.int64, types.int64, types.int64), generate


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
