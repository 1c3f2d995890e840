"""Rows regrouped so that folds run at the speed of the memory.

The first rows of all applicants lie side by side, then all second rows, and so on: the applicants with most rows
come first, so each of these diagonals is a prefix of the one before. A fold is then one step of NumPy for each
diagonal, over whole arrays, and nothing is done for applicants without rows.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns.block import Column


class Diagonals:
    """The order of the rows of one list in one block."""

    def __init__(self, offsets: NDArray[np.int64]) -> None:
        counts = np.diff(offsets)
        self.count = len(counts)
        self.rows = int(offsets[-1])
        self.most = int(counts.max(initial=0))
        """The most rows that one applicant has."""
        self.sizes = _sizes(counts, self.most)
        self.order: NDArray[np.intp] | None = None
        """The applicants in the order of the diagonals; None where it is that of the block."""
        self._counts = counts
        self.places: NDArray[np.intp] | None = None
        """Where each row lies in the columns; None where they lie in the order of the diagonals."""
        if any(size != self.count for size in self.sizes):
            key = self.most - counts
            self.order = np.argsort(key.astype(np.uint16) if self.most < 1 << 16 else key, kind="stable")
        if self.most > 1 or (self.most == 1 and self.rows != self.count):
            starts = offsets[:-1] if self.order is None else offsets[:-1].take(self.order)
            self.places = np.empty(self.rows, np.intp)
            at = 0
            for number, size in enumerate(self.sizes):
                np.add(starts[:size], number, out=self.places[at : at + size])
                at += size

    @cached_property
    def owners(self) -> NDArray[np.intp]:
        """Whose each row is, in the order in which the rows lie in the block."""
        return np.repeat(np.arange(self.count), self._counts)

    def arranged(self, column: Column) -> Column:
        """A column of rows, or one value for each row, in the order of the diagonals."""
        return column if self.places is None else column.take(self.places)

    def restored(self, column: Column) -> Column:
        """The opposite: values in the order of the diagonals as the rows lie in the block."""
        if len(column) == 1:
            return np.broadcast_to(column, self.rows)
        if self.places is None:
            return column
        found = np.empty_like(column)
        found[self.places] = column
        return found

    def spread(self, column: Column) -> Column:
        """A value of each applicant for each of the rows."""
        if len(column) == 1:
            return column
        if self.order is not None:
            column = column.take(self.order)
        found = np.empty(self.rows, column.dtype)
        at = 0
        for size in self.sizes:
            found[at : at + size] = column[:size]
            at += size
        return found

    def folded(self, operation: np.ufunc, values: Column) -> Column:
        """The rows of each applicant joined by an operation for which 0 is neutral; 0 where there are none."""
        if len(values) == 1:
            values = np.broadcast_to(values, self.rows)
        found = np.zeros(self.count, values.dtype)
        at = 0
        for number, size in enumerate(self.sizes):
            here = values[at : at + size]
            if number:
                operation(found[:size], here, out=found[:size])
            else:
                found[:size] = here
            at += size
        if self.order is None:
            return found
        own = np.empty_like(found)
        own[self.order] = found
        return own


def _sizes(counts: NDArray[np.int64], most: int) -> list[int]:
    """How many applicants have more than 0, 1, 2, … rows."""
    if not most:
        return []
    upto = np.cumsum(np.bincount(counts, minlength=most + 1))
    return [int(len(counts) - number) for number in upto[:most]]
