"""Sorts more rows than memory should hold: sorted runs on disk, of which a block each is looked at to merge them.

Keys ascend and together are different in every row, so there is one order and equal inputs give equal outputs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jifen.batch.spill import read_back, spilled

RUN = 1 << 18
"""Rows that are sorted in memory at once."""
BLOCK = 1 << 13
"""Rows of a run that are in memory while runs are merged."""
FAN_IN = 128
"""Runs that are merged at once; where there are more, some are made into one first."""


class Sorter:
    """Sorts record batches of one schema by some of its columns: in memory, or in a folder that must be there.

    The keys must not be null. `add` what there is, then ask for `batches` once. `name` tells its files from others.
    """

    def __init__(
        self, schema: pa.Schema, keys: Sequence[str], folder: Path | None = None, name: str = "sort"
    ) -> None:
        self._schema = schema
        self._keys = tuple(keys)
        self._names = None if folder is None else (folder / f"{name}.{number}.run" for number in count())
        self._runs: list[Path] = []
        self._waiting: list[pa.RecordBatch] = []
        self._rows = 0
        self._last: tuple[Any, ...] | None = None
        self._in_order = True

    def add(self, batch: pa.RecordBatch) -> None:
        """Take rows in. As long as they come in order they are not sorted."""
        if not batch.num_rows:
            return
        if self._in_order:
            first, last = (key_of(batch, self._keys, row) for row in (0, batch.num_rows - 1))
            self._in_order = (self._last is None or self._last <= first) and _ascends(batch, self._keys)
            self._last = last
        self._waiting.append(batch)
        self._rows += batch.num_rows
        if self._rows >= RUN and self._names is not None:
            self._spill(self._names)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """Every row that was added, in order."""
        if self._names is None or not self._runs:
            yield from self._sorted_here()
            return
        if self._rows:
            self._spill(self._names)
        if self._in_order:
            for run in self._runs:
                yield from read_back(run)
            return
        yield from merged(self._runs, self._schema, self._keys, self._names)

    def _spill(self, names: Iterator[Path]) -> None:
        self._runs.append(spilled(next(names), self._schema, self._sorted_here()))
        self._waiting, self._rows = [], 0

    def _sorted_here(self) -> Iterator[pa.RecordBatch]:
        if self._in_order:
            return iter(pa.Table.from_batches(self._waiting, self._schema).to_batches(max_chunksize=BLOCK))
        return _sorted(self._waiting, self._schema, self._keys)


def key_of(batch: pa.RecordBatch, keys: Sequence[str], row: int) -> tuple[Any, ...]:
    """The keys of a row."""
    return tuple([batch.column(name)[row].as_py() for name in keys])


def upto(batch: pa.RecordBatch, keys: Sequence[str], bound: tuple[Any, ...], first: int = 0) -> int:
    """The place after the last row of a sorted batch whose keys are no greater than a bound; from a row on."""
    columns = [batch.column(name) for name in keys]
    return bisect_right(
        range(batch.num_rows),
        bound,
        lo=first,
        key=lambda row: tuple([column[row].as_py() for column in columns]),
    )


def _ascends(batch: pa.RecordBatch, keys: Sequence[str]) -> bool:
    """Whether no row comes before the one above it."""
    below = pa.scalar(True)
    for name in reversed(keys):
        column = batch.column(name)
        upper, lower = column[:-1], column[1:]
        below = pc.or_(pc.less(upper, lower), pc.and_(pc.equal(upper, lower), below))
    found: bool = pc.all(below).as_py() is not False
    return found


def write_run(path: Path, batches: Sequence[pa.RecordBatch], schema: pa.Schema, keys: Sequence[str]) -> Path:
    """Batches that memory holds as one sorted run on disk."""
    return spilled(path, schema, _sorted(batches, schema, keys))


def merged(
    runs: Sequence[Path], schema: pa.Schema, keys: Sequence[str], names: Iterator[Path]
) -> Iterator[pa.RecordBatch]:
    """The rows of sorted runs in order. `names` are for longer runs, made where there are too many to merge at once."""
    made: set[Path] = set()
    while len(runs) > FAN_IN:
        longer = []
        for first in range(0, len(runs), FAN_IN):
            some = runs[first : first + FAN_IN]
            longer.append(spilled(next(names), schema, _merge(some, schema, keys)))
            for run in made.intersection(some):
                run.unlink()
        made = set(longer)
        runs = longer
    yield from _merge(runs, schema, keys)


class _Run:
    """A sorted run: one block of it, and where in it the merge is."""

    def __init__(self, path: Path, keys: Sequence[str]) -> None:
        self._blocks = read_back(path)
        self._keys = keys
        self.block: pa.RecordBatch | None = None
        self._next = next(self._blocks, None)
        self.advance()

    @property
    def is_last(self) -> bool:
        """Whether nothing comes after the block."""
        return self._next is None

    def advance(self) -> None:
        """Go on to the next block."""
        self.block, self._next = self._next, next(self._blocks, None) if self._next is not None else None
        self._at = 0

    def last_key(self) -> tuple[Any, ...]:
        """The keys of the block's last row."""
        assert self.block is not None
        return key_of(self.block, self._keys, self.block.num_rows - 1)

    def upto(self, bound: tuple[Any, ...] | None) -> pa.RecordBatch:
        """The rows not taken yet whose keys are no greater than a bound (None: every one), which are then taken."""
        assert self.block is not None
        first, size = self._at, self.block.num_rows
        self._at = size if bound is None else upto(self.block, self._keys, bound, first)
        return self.block.slice(first, self._at - first)

    def is_taken(self) -> bool:
        """Whether every row of the block has been taken."""
        return self.block is not None and self._at == self.block.num_rows


def _merge(paths: Iterable[Path], schema: pa.Schema, keys: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Whatever does not exceed the least last key of any block is here in full: nothing smaller can come after."""
    runs = [run for run in (_Run(path, keys) for path in paths) if run.block is not None]
    while runs:
        bound = min((run.last_key() for run in runs if not run.is_last), default=None)
        yield from _sorted([run.upto(bound) for run in runs], schema, keys)
        for run in runs:
            if run.is_taken():
                run.advance()
        runs = [run for run in runs if run.block is not None]


def _sorted(
    batches: Sequence[pa.RecordBatch], schema: pa.Schema, keys: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    batches = [batch for batch in batches if batch.num_rows]
    table = pa.Table.from_batches(batches, schema)
    if len(batches) > 1:
        table = table.unify_dictionaries()
    if table.num_rows:
        table = table.sort_by([(name, "ascending") for name in keys])
    yield from table.combine_chunks().to_batches(max_chunksize=BLOCK)
