"""A plan for blocks of applicants: over columns, and one by one for the few that columns do not suit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns import memory
from jifen.backends.columns.block import Block, Column
from jifen.backends.columns.program import Program, entries
from jifen.backends.columns.widths import width_of
from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.plan.plan import Plan

MOST_ROWS = 2000
"""Applicants with more rows in a list are run one by one: the ranges of sums were proved for so many."""
LONGEST_WINDOW = 6 * 64
"""The months of a block's window beyond which the few who begin earlier are run one by one."""


class Scorer:
    """The outputs of a plan for blocks. Immutable; safe to share between threads, which NumPy lets run side by side.

    An output must belong to the applicants, not to rows, and must not be a month set.
    """

    def __init__(self, plan: Plan, outputs: Sequence[int], layout: Layout) -> None:
        memory.keep_what_was_freed()
        self._layout = layout
        self._columns = Program(plan, outputs, layout)
        self._one = generate(plan, outputs, layout)
        self._widths = [width_of(plan.operations[slot].type) for slot in outputs]

    def __call__(self, block: Block) -> list[Column]:
        """Each output as a column with an entry for each applicant of the block; dtypes as `widths.width_of`."""
        apart = self._apart(block)
        if not len(apart):
            return self._many(block)
        rest = np.delete(np.arange(block.count), apart)
        found = [np.empty(block.count, width) for width in self._widths]
        for column, values in zip(found, self._many(block.taken(rest)), strict=True):
            column[rest] = values
        for index in apart:
            for column, value in zip(found, self.one(block.applicant(int(index))), strict=True):
                column[index] = value
        return found

    def one(self, data: Data) -> tuple[object, ...]:
        """The same outputs for one applicant."""
        return self._one(data)

    def _many(self, block: Block) -> list[Column]:
        if not block.count:
            return [np.empty(0, width) for width in self._widths]
        found = []
        for cell in self._columns(block):
            assert isinstance(cell, np.ndarray)
            found.append(entries(cell, block.count))
        return found

    def _apart(self, block: Block) -> NDArray[np.intp]:
        """The applicants that are run one by one, in order."""
        found = np.zeros(block.count, np.bool_)
        starts = [
            (at, names.index("from"))
            for at, names in enumerate(self._layout.columns.values())
            if "from" in names
        ]
        firsts = [block.rows[at].columns[position] for at, position in starts]
        latest = max((int(first.max()) for first in firsts if len(first)), default=block.base)
        if latest - block.base > LONGEST_WINDOW:
            for (at, _), first in zip(starts, firsts, strict=True):
                early = np.flatnonzero(first < latest - LONGEST_WINDOW)
                found[np.searchsorted(block.rows[at].offsets, early, side="right") - 1] = True
            if 8 * int(found.sum()) > block.count:
                found[:] = False
        for table in block.rows:
            if len(table.offsets) and int(table.offsets[-1]) > MOST_ROWS:
                found |= np.diff(table.offsets) > MOST_ROWS
        return np.flatnonzero(found)
