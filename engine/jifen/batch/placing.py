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
PLACE, GIVEN = "place", "rank.given"
PLACES = pa.schema([(ROW, pa.int64()), (PLACE, pa.int64())])
_LIMB = 62


class Ranking(NamedTuple):
    """How many were ranked and admitted, and what the last one admitted has of each thing compared.

    `given`: how many received a place, where places are given by preference.
    """

    ranked: int
    admitted: int | None
    line: tuple[Fraction, ...] | None
    given: int | None = None


class Ranker:
    """Ranks scores of one policy. `quota` is what the round announced where the policy states none.

    Raises ValueError for a policy that does not rank. Without any quota there are places, and nobody knows who is
    admitted.
    """

    fields: tuple[pa.Field, ...] = FIELDS
    """What it adds to scores."""
    found: pa.Schema = PLACES
    """What it finds for each row."""

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
        self.order = self.schema.names
        """By what it is sorted."""

    def keys(self, scores: pa.RecordBatch) -> pa.RecordBatch:
        """Those who qualify, as `schema`. The scores have a column `row`."""
        ranked = self.ranked(scores)
        return pa.RecordBatch.from_arrays([*self.compared(ranked), ranked.column(ROW)], schema=self.schema)

    def ranked(self, scores: pa.RecordBatch) -> pa.RecordBatch:
        """The scores of those who qualify."""
        return scores.filter(scores.column("qualifies"))

    def compared(self, ranked: pa.RecordBatch) -> list[pa.Array]:
        """The keys of some scores."""
        return [column for one in self._compared for column in one.descending(ranked)]

    def write_run(self, path: Path, keys: list[pa.RecordBatch]) -> None:
        """Keys that memory holds as a sorted run on disk."""
        write_run(path, keys, self.schema, self.order)

    def places(self, runs: list[Path], folder: Path) -> Iterator[pa.RecordBatch]:
        """The place of every row in the runs, as `found` and in the order of the rows."""
        names = (folder / f"ranking.{number}.run" for number in range(len(runs)))
        by_row = Sorter(self.found, [ROW], folder, "places")
        for batch in self.placed(merged(runs, self.schema, self.order, names)):
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

    def columns(self, found: pa.RecordBatch) -> list[pa.Array]:
        """The columns of `fields` for what was found, null for who is not ranked."""
        place = found.column(PLACE)
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
        self._waiting = ranker.found.empty_table()
        self._ranked = self._admitted = self._given = self._last = 0
        self._line: tuple[Fraction, ...] | None = None

    def placed(self, scores: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
        """Scores with the columns that the ranker adds behind them, as `schema` has them."""
        rows = scores.column(ROW).to_numpy()
        if len(rows):
            self._fetch(int(rows[-1]))
        held = self._waiting.column(ROW).to_numpy()
        upto = int(np.searchsorted(held, rows[-1], side="right")) if len(rows) else 0
        at = np.full(len(rows), -1)
        at[np.searchsorted(rows, held[:upto])] = np.arange(upto)
        found = self._waiting.take(physical.array(at, at >= 0)).combine_chunks()
        [batch] = found.to_batches() or [pa.RecordBatch.from_pylist([], self._ranker.found)]
        self._waiting = self._waiting.slice(upto)
        added = self._ranker.columns(batch)
        self._count(scores, batch.column(PLACE).fill_null(0).to_numpy())
        if GIVEN in batch.schema.names:
            self._given += batch.num_rows - batch.column(GIVEN).null_count
        return pa.RecordBatch.from_arrays([*scores.columns, *added], schema=schema)

    def _fetch(self, last: int) -> None:
        """Have the places of every row up to the last."""
        while not self._waiting.num_rows or self._waiting.column(ROW)[-1].as_py() < last:
            batch = next(self._places, None)
            if batch is None:
                return
            self._waiting = pa.concat_tables([self._waiting, pa.Table.from_batches([batch])]).combine_chunks()

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
        admitted = None if self._ranker.quota is None else self._admitted
        given = self._given if GIVEN in self._ranker.found.names else None
        return Ranking(self._ranked, admitted, self._line, given)


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
    found = [physical.array(np.arange(start)), physical.array(place, place != 0)]
    columns = ranker.columns(pa.RecordBatch.from_arrays(found, schema=PLACES))
    for field, column in zip(FIELDS, columns, strict=True):
        scores = scores.append_column(field, column)
    return scores
