"""Steps for numba that read an input out of Arrow's memory.

What an input needs stands in consecutive arguments. A text says which, as `option 17` or `day 31 else 19000101`: the
kind, the first argument, and what stands for what is not known. All that lies there has been found in order before
(`checks`), but for options that stand in a list twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

from jifen.backends.fused.machine import bit_at, constant, load_at
from jifen.plan.types import LAST_MONTH

PARTS: dict[str, tuple[str, ...]] = {
    "truth": ("values", "values_at"),
    "number": ("values",),
    "decimal": ("values",),
    "day": ("values", "table"),
    "option": ("values", "table"),
    "options": ("values", "table", "lists"),
    "spell": ("first", "last"),
    "given": (),
    "rows": ("offsets",),
}
"""The arguments of each kind, in order."""
BITMAP = ("known", "known_at", "known_mask")
"""Three more where there is something else for what is not known; spells and `given` always have them."""


class Spec(NamedTuple):
    """One input as the text says."""

    kind: str
    at: int
    default: int | None

    @staticmethod
    def of(text: str) -> Spec:
        """The input of a text."""
        kind, at, *rest = text.split()
        return Spec(kind, int(at), int(rest[1]) if rest else None)


class _Reader:
    """Builds the instructions for one input at one index."""

    def __init__(self, builder: Any, arguments: Any, spec: Spec, index: Any) -> None:
        self.builder, self.index, self.spec = builder, index, spec
        self._arguments = arguments

    def part(self, name: str) -> Any:
        """The value of an argument; it is the same throughout a call, and the compiler may know."""
        names = (*PARTS[self.spec.kind], *BITMAP)
        found = load_at(self.builder, 64, self._arguments, constant(self.spec.at + names.index(name)))
        found.set_metadata("invariant.load", self.builder.module.add_metadata([]))
        return found

    def known(self) -> Any:
        """Whether the bitmap has the entry."""
        address, start, mask = (self.part(name) for name in BITMAP)
        return bit_at(self.builder, address, start, mask, self.index)

    def last(self) -> Any:
        """The last month of a spell, which may still run."""
        found = load_at(self.builder, 32, self.part("last"), self.index)
        return self.builder.select(self.known(), found, constant(LAST_MONTH))

    def value(self) -> Any:
        """The value; what stands for it where it is not known."""
        found = self._raw()
        if self.spec.default is None:
            return found
        return self.builder.select(self.known(), found, ir.Constant(found.type, self.spec.default))

    def offset(self, more: int) -> Any:
        """Where the rows of an applicant begin, or (with 1) end."""
        return load_at(self.builder, 32, self.part("offsets"), self.builder.add(self.index, constant(more)))

    def _raw(self) -> Any:
        builder, kind, index = self.builder, self.spec.kind, self.index
        if kind == "truth":
            return bit_at(builder, self.part("values"), self.part("values_at"), constant(-1), index)
        if kind == "number":
            return load_at(builder, 64, self.part("values"), index)
        if kind == "decimal":
            return load_at(builder, 64, self.part("values"), builder.shl(index, constant(1)))
        if kind == "day":
            return load_at(builder, 32, self.part("table"), load_at(builder, 32, self.part("values"), index))
        return (
            self._options()
            if kind == "options"
            else self._coded(index, self.part("values"), self.part("table"))
        )

    def _coded(self, index: Any, values: Any, table: Any) -> Any:
        return load_at(self.builder, 64, table, load_at(self.builder, 16, values, index))

    def _options(self) -> Any:
        """Several options as bits, and below zero where one of them stands there twice, or none does."""
        builder = self.builder
        first, last = (
            load_at(builder, 32, self.part("lists"), builder.add(self.index, constant(more)))
            for more in (0, 1)
        )
        values, table = self.part("values"), self.part("table")
        before = builder.block
        head, body, end = (builder.append_basic_block(f"options_{name}") for name in ("head", "body", "end"))
        builder.branch(head)
        builder.position_at_end(head)
        place, found = (builder.phi(ir.IntType(64)) for _ in range(2))
        builder.cbranch(builder.icmp_signed("<", place, last), body, end)
        builder.position_at_end(body)
        more = builder.or_(found, self._coded(place, values, table))
        place.add_incoming(first, before)
        place.add_incoming(builder.add(place, constant(1)), body)
        found.add_incoming(constant(0), before)
        found.add_incoming(more, body)
        # It is never below zero; a way out keeps the compiler from making vectors of three or four codes.
        builder.cbranch(builder.icmp_signed("<", more, constant(0)), end, head)
        builder.position_at_end(end)
        twice = builder.icmp_signed("!=", builder.ctpop(found), builder.sub(last, first))
        wrong = builder.or_(twice, builder.icmp_signed("==", found, constant(0)))
        return builder.or_(found, builder.shl(builder.zext(wrong, ir.IntType(64)), constant(63)))


def _step(build: Callable[[_Reader], Any]) -> Callable[..., Any]:
    def step(typing: Any, arguments: Any, text: Any, index: Any) -> Any:
        spec = Spec.of(text.literal_value)
        truth = build is _Reader.known or spec.kind == "truth"

        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return build(_Reader(builder, args[0], spec, args[2]))

        return (types.boolean if truth else types.int64)(types.int64, text, types.int64), generate

    return intrinsic(prefer_literal=True)(step)


read = _step(_Reader.value)
given = _step(_Reader.known)
first_month = _step(lambda reader: load_at(reader.builder, 32, reader.part("first"), reader.index))
last_month = _step(_Reader.last)
start_of = _step(lambda reader: reader.offset(0))
end_of = _step(lambda reader: reader.offset(1))
