"""One program for one width of month sets, and what a call of it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from inspect import getsource
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns.block import Column
from jifen.backends.columns.widths import Width, width_of
from jifen.backends.fused import checks as plain
from jifen.backends.fused.addresses import FIXED
from jifen.backends.fused.compiled import compiled
from jifen.backends.fused.inputs import Inputs, Wanted
from jifen.backends.fused.kernels import MONTHS, beginnings
from jifen.backends.fused.writer import Writer, code_width
from jifen.backends.inputs import Layout
from jifen.plan.plan import Plan

_SIGNATURE = "int64(int64, int64, int64)"
Arguments = Mapping[tuple[str, str], int]
"""What each part of each input is: an address, an index of a bit, a size."""


class Widths(NamedTuple):
    """The dtypes of the results."""

    slots: tuple[Width, ...]
    facts: tuple[Width, ...]

    @staticmethod
    def of(plan: Plan, wanted: Wanted, inputs: Inputs) -> Widths:
        """Those of what is wanted of a plan."""
        return Widths(
            tuple([width_of(plan.operations[slot].type) for slot in wanted.slots]),
            tuple([width_of(inputs.facts[name].type) for name in wanted.facts]),
        )


class Results:
    """The memory that a program fills for so many applicants; anything where an applicant is not computed."""

    def __init__(self, wanted: Wanted, widths: Widths, count: int) -> None:
        self.states = np.zeros(count, np.uint8)
        self.at_once = False
        """Whether one run of one program has computed everybody."""
        self.slots = [np.empty(count, width) for width in widths.slots]
        self.facts = [np.empty(count, width) for width in widths.facts]
        self.codes = [np.empty(count * len(flags) + 1, code_width(flags)) for flags in wanted.lists]
        self.offsets = [np.zeros(count + 1, np.int32) for _ in wanted.lists]
        self.arguments = {
            ("result", str(slot)): address(one) for slot, one in zip(wanted.slots, self.slots, strict=True)
        }
        self.arguments |= {
            ("fact", name): address(one) for name, one in zip(wanted.facts, self.facts, strict=True)
        }
        for at, (codes, offsets) in enumerate(zip(self.codes, self.offsets, strict=True)):
            self.arguments |= {
                (f"list {at}", "codes"): address(codes),
                (f"list {at}", "offsets"): address(offsets),
            }

    @property
    def lists(self) -> list[tuple[Column, NDArray[np.int32]]]:
        """The codes of each list, and where each applicant's end. They hold only where `at_once` is true."""
        found = []
        for codes, offsets in zip(self.codes, self.offsets, strict=True):
            found.append((codes[: offsets[-1]], offsets))
        return found


def address(array: Column) -> int:
    """Where an array's memory begins. The array must outlive its use."""
    return int(array.ctypes.data)


@cache
def checks() -> Any:
    """The functions of `checks` as machine code."""
    sources = {
        name: (signature, getsource(getattr(plain, name))) for name, signature in plain.SIGNATURES.items()
    }
    return compiled(sources, "checks of columns")


class Program:
    """The loop for month sets of so many words. Immutable; safe to share between threads."""

    def __init__(
        self, plan: Plan, wanted: Wanted, layout: Layout, inputs: Inputs, words: int, title: str = "a plan"
    ) -> None:
        writer = Writer(plan, wanted, layout, inputs, words)
        self.source = writer.source()
        self.months = 64 * words
        self._title = f"{title}, month sets of {self.months} months"
        self._names = writer.addresses.names
        self._aside = writer.aside
        self._room = writer.room
        self._pool = np.array(writer.pool or [0], np.int64)
        self._table = beginnings(words)

    @cached_property
    def _function(self) -> Callable[[int, int, int], int]:
        """Takes the first applicant, the one after the last, and the address of the arguments."""
        found: Callable[[int, int, int], int] = compiled(
            {"program": (_SIGNATURE, self.source)}, self._title
        ).program
        return found

    def __call__(self, results: Results, given: Arguments, base: int, checked: bool) -> None:
        """Compute the applicants in the state TO_DO; whom it cannot compute has another state than DONE then."""
        aside = np.empty(self._aside + self._room // 8 + 1, np.int64)
        known = {**given, **results.arguments}
        fixed = {
            "table": address(self._table) + self._table.strides[0] * MONTHS,
            "base": base,
            "states": address(results.states),
            "pool": address(self._pool),
            "aside": address(aside),
            "room": address(aside) + 8 * self._aside,
            "check": -int(checked),
        }
        values = [*[fixed[name] for name in FIXED], *[known[name] for name in self._names]]
        arguments: NDArray[np.int64] = np.array(values, np.int64)
        self._function(0, len(results.states), address(arguments))
