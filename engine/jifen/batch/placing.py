"""Rankings of whole populations: the place of everybody in a table or in files of any size, all numbers exact.

Who is ranked, how ties share a place and who is admitted is as in `jifen.batch.ranking`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from jifen.arrow import physical
from jifen.arrow.results import DENOMINATOR, rank_keys
from jifen.batch.sorting import Sorter, merged, write_run

if TYPE_CHECKING:
    from jifen import Policy

ROW = "row"
FIELDS = (pa.field("rank.place", pa.int64()), pa.field("rank.admitted", pa.bool_()))
"""What a ranking adds to scores: the place among all who qualify (null for others), and whether it is admitted."""
PLACES = pa.schema([(ROW, pa.int64()), ("place", pa.int64())])
_LIMB = 62


class Ranking(NamedTuple):
    """How many were ranked and admitted, and what the last one admitted has of each thing compared."""

    ranked: int
    admitted: int | None
    line: tuple[Fraction, ...] | None


class Ranker:
    """Ranks scores of one policy. `quota` is what the round announced where the policy states none.

    Raises ValueError for a policy that does not rank. Without any quota there are places, and nobody knows who is
    admitted.
    """

    def __init__(self, policy: Policy, scores: pa.Schema, quota: int | None = None) -> None:
        rank = policy.rules.outcome.rank
        if rank is None:
            raise ValueError(f"{policy.id} does not rank")
        self.quota = rank.quota if quota is None else quota
        self._compared = [
            _Compared(scores.field(name), ref.type.low, ref.type.high)
            for name, ref in rank_keys(policy.recorded).items()
        ]
        self._keys = [f"key{number}" for number in range(sum(one.limbs for one in self._compared))]
        self.schema = pa.schema([*((name, pa.int64()) for name in self._keys), (ROW, pa.int64())])
        """What a ranking needs of scores: keys of which the best is the least, and the row."""

    def keys(self, scores: pa.RecordBatch) -> pa.RecordBatch:
        """Those who qualify, as `schema`. The scores have a column `row`."""
        ranked = scores.filter(scores.column("qualifies").fill_null(False))
        columns = [column for one in self._compared for column in one.descending(ranked)]
        return pa.RecordBatch.from_arrays([*columns, ranked.column(ROW)], schema=self.schema)

    def write_run(self, path: Path, keys: list[pa.RecordBatch]) -> None:
        """Keys that memory holds as a sorted run on disk."""
        write_run(path, keys, self.schema, self.schema.names)

    def places(self, runs: list[Path], folder: Path) -> Iterator[pa.RecordBatch]:
        """The place of every row in the runs, as `PLACES` and in the order of the rows."""
        names = (folder / f"ranking.{number}.run" for number in range(len(runs)))
        by_row = Sorter(PLACES, [ROW], folder, "places")
        for batch in self.placed(merged(runs, self.schema, self.schema.names, names)):
            by_row.add(batch)
        yield from by_row.batches()

    def placed(self, ordered: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Keys in order as places; equals have the place of their first."""
        done, last_place = 0, 0
        last: list[int] = []
        for batch in ordered:
            if not batch.num_rows:
                continue
            keys = np.stack([batch.column(name).to_numpy() for name in self._keys])
            before = np.column_stack([last or keys[:, 0] - 1, keys[:, :-1]])
            starts = (keys != before).any(axis=0)
            own = np.where(starts, np.arange(done + 1, done + 1 + batch.num_rows), last_place)
            place = np.maximum.accumulate(own)
            done, last, last_place = done + batch.num_rows, keys[:, -1].tolist(), int(place[-1])
            yield pa.RecordBatch.from_arrays([batch.column(ROW), physical.array(place)], schema=PLACES)

    def columns(self, place: pa.Array) -> list[pa.Array]:
        """The columns of `FIELDS` for places, null for who is not ranked."""
        if self.quota is None:
            return [place, pa.nulls(len(place), pa.bool_())]
        return [place, pc.less_equal(place, self.quota).fill_null(False)]

    def line(self, scores: pa.RecordBatch, row: int) -> tuple[Fraction, ...]:
        """What is compared of one row."""
        return tuple(one.number(scores, row) for one in self._compared)


class _Compared:
    """One of the numbers that a ranking compares: a column of scores, as int64 columns of which the least is best."""

    def __init__(self, field: pa.Field, low: int, high: int) -> None:
        self._name = field.name
        self._den = int(field.metadata[DENOMINATOR.encode()])
        self._high = high
        self._fits = pa.types.is_integer(field.type)
        self.limbs = 1 if self._fits else -(-(high - low).bit_length() // _LIMB)
        """How many columns."""

    def descending(self, scores: pa.RecordBatch) -> list[pa.Array]:
        """The columns; the complement turns the order round and, unlike the negative, always fits."""
        column = scores.column(self._name)
        if self._fits:
            return [physical.array(~physical.integers(column).astype(np.int64))]
        below = [self._high - int(value) for value in column.to_pylist()]
        mask = (1 << _LIMB) - 1
        return [
            pa.array([value >> _LIMB * limb & mask for value in below], pa.int64())
            for limb in reversed(range(self.limbs))
        ]

    def number(self, scores: pa.RecordBatch, row: int) -> Fraction:
        """The number of one row."""
        return Fraction(int(scores.column(self._name)[row].as_py()), self._den)


class Placer:
    """Adds places, which come in the order of rows, to scores that come in the same order; counts as it goes."""

    def __init__(self, ranker: Ranker, places: Iterator[pa.RecordBatch]) -> None:
        self._ranker = ranker
        self._places = places
        self._rows = np.empty(0, np.int64)
        self._held = np.empty(0, np.int64)
        self._ranked = self._admitted = self._last = 0
        self._line: tuple[Fraction, ...] | None = None

    def placed(self, scores: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        """Scores with the columns of `FIELDS` behind them, as `schema` has them."""
        rows = scores.column(ROW).to_numpy()
        if len(rows):
            self._fetch(int(rows[-1]))
        upto = int(np.searchsorted(self._rows, rows[-1], side="right")) if len(rows) else 0
        at = np.searchsorted(rows, self._rows[:upto])
        found = np.zeros(len(rows), np.int64)
        found[at] = self._held[:upto]
        self._rows, self._held = self._rows[upto:], self._held[upto:]
        self._count(scores, found)
        place = physical.array(found, found != 0)
        return pa.RecordBatch.from_arrays([*scores.columns, *self._ranker.columns(place)], schema=schema)

    def _fetch(self, last: int) -> None:
        """Have the places of every row up to the last."""
        while not len(self._rows) or int(self._rows[-1]) < last:
            batch = next(self._places, None)
            if batch is None:
                return
            self._rows = np.concatenate([self._rows, batch.column(ROW).to_numpy()])
            self._held = np.concatenate([self._held, batch.column("place").to_numpy()])

    def _count(self, scores: pa.RecordBatch, place: NDArray[np.int64]) -> None:
        self._ranked += int(np.count_nonzero(place))
        if self._ranker.quota is None:
            return
        inside = np.where(place <= self._ranker.quota, place, 0)
        self._admitted += int(np.count_nonzero(inside))
        if len(inside) and int(inside.max()) > self._last:
            self._last = int(inside.max())
            self._line = self._ranker.line(scores, int(inside.argmax()))

    def ranking(self) -> Ranking:
        """What has been counted."""
        return Ranking(self._ranked, None if self._ranker.quota is None else self._admitted, self._line)


def rank_table(policy: Policy, scores: pa.Table, quota: int | None = None) -> pa.Table:
    """Scores of `Policy.score_table` with the columns of `FIELDS` behind them, ranked in memory. Raises as `Ranker`."""
    ranker = Ranker(policy, scores.schema, quota)
    sorter = Sorter(ranker.schema, ranker.schema.names)
    start = 0
    for batch in scores.to_batches():
        rows = physical.array(np.arange(start, start + batch.num_rows))
        sorter.add(ranker.keys(batch.append_column(ROW, rows)))
        start += batch.num_rows
    place = np.zeros(start, np.int64)
    for batch in ranker.placed(sorter.batches()):
        place[batch.column(ROW).to_numpy()] = batch.column("place").to_numpy()
    columns = ranker.columns(physical.array(place, place != 0))
    for field, column in zip(FIELDS, columns, strict=True):
        scores = scores.append_column(field, column)
    return scores
