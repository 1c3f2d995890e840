"""Blocks of applicants as the arguments of a program: their columns brought into the forms that Arrow has."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from jifen.backends.columns.block import Block, Column
from jifen.backends.fused.inputs import Inputs, Value
from jifen.backends.fused.program import address
from jifen.backends.fused.reading import EIGHT, PARTS
from jifen.backends.inputs import Layout
from jifen.plan.types import Kind

_lasting: dict[object, tuple[Column, int]] = {}


def lasting(key: object, make: Callable[[], Column]) -> int:
    """The address of an array that is made once and stays.

    `functools.cache` would not do: of two threads that make it at once, one would be left with an address of nothing.
    """
    found = _lasting.get(key)
    if found is None:
        array = make()
        found = _lasting.setdefault(key, (array, address(array)))
    return found[1]


def filled(size: int, one: bool) -> int:
    """The address of a bitmap of at least so many ones, or zeros. It stays."""
    digits = size.bit_length()
    return lasting((digits, one), lambda: np.full((1 << digits) // 8 + 8, 0xFF if one else 0, np.uint8))


def sets_of(options: Column) -> Column:
    """For each set of codes, as bits, the options that it means; for all codes below EIGHT."""
    few = options[:EIGHT].astype(np.int64)
    held = np.arange(1 << len(few))[:, None] >> np.arange(len(few)) & 1
    found: Column = np.bitwise_or.reduce(np.where(held, few, 0), axis=1, initial=0)
    return found


class Feed:
    """Arguments, and the arrays whose addresses they are."""

    def __init__(self) -> None:
        self.arguments: dict[tuple[str, str], int] = {("", "breaks"): 0, ("", "break_count"): 0}
        self.latest = 0
        """A month in which many apply, and few later."""
        self._kept: list[object] = []

    def keep(self, kept: object) -> None:
        """Hold on to what owns some memory."""
        self._kept.append(kept)

    def array(self, path: str, part: str, array: Column) -> None:
        """An argument that is the address of an array, which is kept."""
        self._kept.append(array)
        self.arguments[path, part] = address(array)

    def number(self, path: str, part: str, value: int) -> None:
        """An argument that is a number."""
        self.arguments[path, part] = value

    def absent(self, paths: Iterable[str]) -> None:
        """Inputs of lists that nobody has: no part of them is ever looked at."""
        parts = {part for parts in PARTS.values() for part in parts} - {"offsets"}
        self.arguments |= {(path, part): 0 for path in paths for part in parts}

    def bitmap(self, path: str, bits: Column | None, size: int, skipped: int = 0) -> None:
        """Which of so many entries are known, by a bool column (None: all), the indices `skipped` higher."""
        if bits is not None:
            self.bits(path, "known", bits, skipped)
            return
        self.number(path, "known", filled(size, True))
        self.number(path, "known_at", -skipped)

    def bits(self, path: str, part: str, bits: Column, skipped: int) -> None:
        """A bool column as a bitmap."""
        packed = np.packbits(bits, bitorder="little")
        self.array(path, part, np.concatenate([packed, np.zeros(-len(packed) % 8, np.uint8)]))
        self.number(path, f"{part}_at", -skipped)

    def shifted(self, path: str, part: str, array: Column, skipped: int) -> None:
        """An array whose entries are looked up by an index that is higher by what was skipped."""
        self.array(path, part, array)
        self.number(path, part, address(array) - array.strides[0] * skipped)

    def integers(self, path: str, value: Value, column: Column, skipped: int = 0) -> None:
        """A column of values that have been read, in the form in which a program reads such an input."""
        kind = value.type.kind
        if kind is Kind.TRUTH:
            self.bits(path, "values", column.astype(np.bool_), skipped)
        elif kind is Kind.MONTH or (kind is Kind.NUMBER and value.type.den == 1):
            self.shifted(path, "values", column.astype(np.int64), skipped)
        elif kind is Kind.NUMBER:
            halves = np.empty((len(column), 2), np.int64)
            halves[:, 0], halves[:, 1] = column, column >> 63
            self.shifted(path, "values", halves, skipped)
        elif kind is Kind.CHOICES:
            options = value.type.high.bit_length()
            held = column[:, None] >> np.arange(options, dtype=column.dtype) & 1
            offsets = np.zeros(len(column) + 1, np.int32)
            np.cumsum(np.count_nonzero(held, axis=1), out=offsets[1:])
            self.shifted(path, "lists", offsets, skipped)
            table, codes = np.left_shift(1, np.arange(options)), np.nonzero(held)[1]
            self._coded(path, table, codes, 0)
            self.array(path, "sets", sets_of(table))
            self.number(path, "limit", len(codes) if options <= EIGHT else 0)
        else:
            distinct, codes = np.unique(column, return_inverse=True)
            if kind is Kind.CHOICE:
                self._coded(path, distinct, codes, skipped)
                return
            self.shifted(path, "values", codes.astype(np.int32), skipped)
            self.array(path, "table", distinct.astype(np.int32))

    def _coded(self, path: str, distinct: Column, codes: Column, skipped: int) -> None:
        self.shifted(path, "values", codes.astype(np.int16), skipped)
        self.array(path, "table", distinct.astype(np.int64))


def feed_of(block: Block, layout: Layout, inputs: Inputs) -> Feed:
    """A block as the arguments of a program that checks nothing."""
    feed = Feed()
    given = dict(zip(layout.given, block.given, strict=True))
    for name, column in zip(layout.facts, block.facts, strict=True):
        feed.integers(name, inputs.facts[name], column)
        feed.bitmap(name, None, block.count)
    for name, flags in given.items():
        feed.bitmap(name, flags, block.count)
    for form, table in zip(layout.columns, block.rows, strict=True):
        columns = dict(zip(layout.columns[form], table.columns, strict=True))
        size = int(table.offsets[-1])
        feed.array(form, "offsets", table.offsets.astype(np.int32))
        if inputs.rows[form].spells:
            for part, name in (("first", "from"), ("last", "to")):
                feed.array(form, part, columns[name].astype(np.int32))
            feed.bitmap(form, None, size)
        for name, value in inputs.rows[form].values.items():
            if name in columns:
                feed.integers(f"{form}.{name}", value, columns[name])
            feed.bitmap(f"{form}.{name}", columns.get(f"{name}?"), size)
    return feed
