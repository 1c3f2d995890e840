"""A block of applicants as the columns backend takes it: one array for each fact, ragged ones for each list of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns.widths import TRUTH, width_of
from jifen.backends.inputs import Data, Layout
from jifen.plan.types import Type

Column = NDArray[Any]
"""One value for each applicant of a block, or for each row; of length 1 where all are the same."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a timeline or record list: those of applicant i are `offsets[i]` to `offsets[i + 1]`.

    `offsets` is int64, one longer than the block, and starts at 0; each column is as long as its last entry.
    """

    offsets: NDArray[np.int64]
    columns: tuple[Column, ...]

    def taken(self, indices: NDArray[np.intp]) -> Rows:
        """The rows of some applicants."""
        starts, counts = self.offsets[:-1][indices], np.diff(self.offsets)[indices]
        offsets = np.zeros(len(indices) + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        places = np.repeat(starts - offsets[:-1], counts) + np.arange(int(offsets[-1]))
        return Rows(offsets, tuple([column[places] for column in self.columns]))


@dataclass(frozen=True, slots=True)
class Block:
    """Applicants side by side, in the order of a layout.

    `base` is a month that no set of any of them has a month before. Facts and columns have the dtypes of
    `widths.width_of`; `given` is bool.
    """

    count: int
    base: int
    facts: tuple[Column, ...]
    given: tuple[NDArray[np.bool_], ...]
    rows: tuple[Rows, ...]

    def taken(self, indices: NDArray[np.intp]) -> Block:
        """Some of them."""
        facts, given = ([column[indices] for column in columns] for columns in (self.facts, self.given))
        rows = tuple([table.taken(indices) for table in self.rows])
        return Block(len(indices), self.base, tuple(facts), tuple(given), rows)

    def applicant(self, index: int) -> Data:
        """One of them as the backends for one applicant take it."""
        facts = tuple([int(column[index]) for column in self.facts])
        given = tuple([int(column[index]) for column in self.given])
        tables: list[list[tuple[int, ...]]] = []
        for table in self.rows:
            first, last = int(table.offsets[index]), int(table.offsets[index + 1])
            columns = [column[first:last].tolist() for column in table.columns]
            found = [tuple(map(int, row)) for row in zip(*columns, strict=True)]
            tables.append(found if columns else [()] * (last - first))
        return Data(self.base, facts, given, tuple(tables))


def block_of(people: Sequence[Data], layout: Layout, inputs: Mapping[str, Type]) -> Block:
    """Applicants that have been read one by one, as a block.

    `inputs` has the type of each fact (`name`) and attribute (`rows.name`), as the recorder has it.
    """
    facts = tuple(
        _column([person.facts[at] for person in people], inputs[name]) for at, name in enumerate(layout.facts)
    )
    given = tuple(
        np.array([person.given[at] for person in people], TRUTH) for at, _ in enumerate(layout.given)
    )
    tables = []
    for at, (rows, names) in enumerate(layout.columns.items()):
        counts = [len(person.rows[at]) for person in people]
        offsets = np.zeros(len(people) + 1, np.int64)
        np.cumsum(counts, out=offsets[1:])
        every = [row for person in people for row in person.rows[at]]
        columns = []
        for position, name in enumerate(names):
            values = [row[position] for row in every]
            if name.endswith("?"):
                columns.append(np.array(values, TRUTH))
            else:
                columns.append(_column(values, inputs[f"{rows}.{name}"]))
        tables.append(Rows(offsets, tuple(columns)))
    base = min((person.base for person in people), default=0)
    return Block(len(people), base, facts, given, tuple(tables))


def _column(values: Sequence[int], type_: Type) -> Column:
    return np.array(values, width_of(type_))
