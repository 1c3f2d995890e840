"""Scores applicants of a file into another, part by part, so that a run that was cut off can be taken up again.

The parts lie beside the output in `<output>.parts`, with a manifest of those that are finished. Each is written to
the output as it is finished or, in a ranking, when all are and the places are known. Then the whole is moved into
place, and the folder goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from jifen.arrow import physical
from jifen.arrow.engines import Backend
from jifen.arrow.refusals import is_refused, rejects
from jifen.arrow.score import TableScorer, in_order
from jifen.batch import messages
from jifen.batch.allocating import Allocator, Seats, lists_names
from jifen.batch.inputs import source_of
from jifen.batch.parts import Part, Parts
from jifen.batch.placing import ROW, Placer, Ranker, Ranking
from jifen.batch.sources import Source
from jifen.batch.spill import Spill, read_back
from jifen.batch.writers import Writer, writer_of
from jifen.errors import JifenError, Problem
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen import Policy

PIECES = 8
"""Pieces of the input in a part: what is done again at most after a run was cut off."""
_LINES = 1024
"""Problems that are written at a time."""
Tell = Callable[[int, int | None], None]


class Counts(NamedTuple):
    """Rows read, scored and refused; `resumed` of them had been done by an earlier run. And what a ranking found."""

    rows: int
    scored: int
    rejected: int
    resumed: int = 0
    ranking: Ranking | None = None
    lost: int = 0
    """Rows of other tables that belong to no applicant."""


class Batch:
    """One file to be scored into another. A policy that ranks ranks whoever qualifies of all who are in the file."""

    def __init__(
        self,
        policy: Policy,
        given: Path | Source,
        output: Path,
        places: int | None = None,
        threads: int | None = None,
        carry: Collection[str] = (),
        quota: int | None = None,
        backend: Backend | None = None,
        seats: Seats | None = None,
    ) -> None:
        """Raises JifenError where the input cannot be read, ApplicantError where no row of it could be.

        `places`, `carry`, `threads` and `backend` are those of `Policy.score_table`, `quota` is that of `Ranker` and
        `seats` that of `Allocator`.
        """
        if seats is not None:
            carry = [*carry, seats.preferences]
        self._source: Source = source_of(given, policy.rules, carry) if isinstance(given, Path) else given
        documents = self._source.schema is None
        rows = 0 if documents else self._source.count or 0
        self._scorer = TableScorer(policy, places, carry, self._source.texts, backend, rows)
        self._scores = self._scorer.schema(self._source.schema)
        problems = self._scores.get_field_index("problems")
        self._kept = self._scores.remove(problems).insert(0, pa.field(ROW, pa.int64()))
        self._threads = threads
        self._output = output
        self.rejects = output.with_name(f"{output.stem}.rejects.jsonl")
        """Where the problems go, one a line; there is no such file where there are none."""
        self.substitutes = output.with_name(f"{output.stem}.substitutes.jsonl")
        """Where those are told who would move up, as the rejects, where places are given by preference."""
        identity = {
            "engine": __version__,
            "policy": policy.digest,
            "input": self._source.identity,
            "output": [
                output.suffix,
                places,
                list(carry),
                quota,
                seats and [seats.preferences, dict(seats.places)],
            ],
        }
        self._parts = Parts(output, identity)
        self._moving_up = self._parts.folder / "substitutes"
        self._ranker = self._ranker_of(policy, quota, seats)
        self._schema = self._kept
        for field in self._ranker.fields if self._ranker else ():
            self._schema = self._schema.append(field)

    def _ranker_of(self, policy: Policy, quota: int | None, seats: Seats | None) -> Ranker | None:
        if seats is not None:
            if self._source.schema is None or not lists_names(self._kept.field(seats.preferences).type):
                raise JifenError(Problem("", messages.NO_PREFERENCES, {"column": seats.preferences}))
            return Allocator(policy, self._kept, seats, quota, self._moving_up)
        return None if policy.rules.outcome.rank is None else Ranker(policy, self._kept, quota)

    def run(self, tell: Tell | None = None) -> Counts:
        """Score whatever is not done yet, and put the output into place. `tell` hears of rows done and of all rows.

        Raises Held where another run is at work on the same output.
        """
        with self._parts.held():
            return self._run(tell)

    def _run(self, tell: Tell | None) -> Counts:
        done = self._parts.taken_up()
        self._source.prepare(self._parts.folder)
        resumed = sum(part.rows for part in done)
        whole = self._parts.folder / "whole"
        ranking: Ranking | None = None
        writer = writer_of(whole, self._schema, self._output.suffix)
        try:
            finished = self._finished(done, tell)
            if self._ranker is None:
                self._written(finished, writer)
            else:
                ranking = self._ranked(self._ranker, [*finished], writer)
        finally:
            writer.close()
        lost = self._put_into_place(whole, len(done))
        scored, rejected = sum(part.scored for part in done), sum(part.rejected for part in done)
        return Counts(scored + rejected, scored, rejected, resumed, ranking, lost)

    def _written(self, numbers: Iterable[int], writer: Writer) -> None:
        """Write parts, each while the next is scored; on one thread, one after the other."""
        paths = (self._parts.path(number, "scores") for number in numbers)
        if self._threads == 1:
            for path in paths:
                writer.write(read_back(path))
            return
        with ThreadPoolExecutor(1) as pen:
            last: Future[None] | None = None
            for path in paths:
                if last is not None:
                    last.result()
                last = pen.submit(writer.write, read_back(path))
            if last is not None:
                last.result()

    def _finished(self, done: list[Part], tell: Tell | None) -> Iterator[int]:
        """The numbers of the parts, each as soon as it is finished; `done` grows with them."""
        yield from range(len(done))
        pieces = self._source.pieces(PIECES * len(done))
        scored = in_order(
            lambda piece: self._source.score(self._scorer, piece, self._scores), pieces, self._threads
        )
        for first in scored:
            part = chain([first], islice(scored, PIECES - 1))
            done.append(self._part(len(done), sum(one.rows for one in done), part, tell))
            self._parts.note(done)
            yield len(done) - 1

    def _part(self, number: int, start: int, scored: Iterator[pa.RecordBatch], tell: Tell | None) -> Part:
        rows = refused = 0
        keys: list[pa.RecordBatch] = []
        spill = Spill(self._parts.path(number, "scores"), self._kept)
        try:
            with self._parts.path(number, "rejects").open("w", encoding="utf-8") as wrong:
                for scores in scored:
                    kept = self._told_apart(scores, start + rows, wrong)
                    spill.write(kept)
                    if self._ranker is not None:
                        keys.append(self._ranker.keys(kept))
                    rows += scores.num_rows
                    refused += scores.num_rows - kept.num_rows
                    if tell is not None:
                        tell(start + rows, self._source.count)
                wrong.flush()
                os.fsync(wrong.fileno())
        finally:
            spill.close()
        if self._ranker is not None:
            self._ranker.write_run(self._parts.path(number, "run"), keys)
        return Part(rows, rows - refused, refused)

    def _told_apart(self, scores: pa.RecordBatch, start: int, wrong: IO[str]) -> pa.RecordBatch:
        """The rows that were scored, numbered from `start`; what is wrong with the others is written."""
        rows = physical.array(np.arange(start, start + scores.num_rows))
        columns = [scores.column(name) for name in self._kept.names[1:]]
        numbered = pa.RecordBatch.from_arrays([rows, *columns], schema=self._kept)
        refused = is_refused(scores)
        if not refused.any():
            return numbered
        for some in rejects(pa.Table.from_batches([scores])).to_batches(max_chunksize=_LINES):
            for one in some.to_pylist():
                one["row"] += start
                wrong.write(json.dumps(one, ensure_ascii=False, default=str) + "\n")
        return numbered.filter(physical.array(~refused))

    def _ranked(self, ranker: Ranker, numbers: Iterable[int], writer: Writer) -> Ranking:
        """Write the parts with everybody's place, once all are there."""
        runs = [self._parts.path(number, "run") for number in numbers]
        placer = Placer(ranker, ranker.places(runs, self._parts.folder))
        for number in range(len(runs)):
            scores = read_back(self._parts.path(number, "scores"))
            writer.write(placer.placed(batch, self._schema) for batch in scores)
        return placer.ranking()

    def _put_into_place(self, whole: Path, count: int) -> int:
        """Join the problems, and move both files into place; only then does the folder go. How many rows are lost."""
        wrong, lost = self._parts.folder / "wrong", 0
        with wrong.open("wb") as out:
            for number in range(count):
                with self._parts.path(number, "rejects").open("rb") as file:
                    shutil.copyfileobj(file, out)
            for row in self._source.lost():
                out.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                lost += 1
        if wrong.stat().st_size:
            wrong.replace(self.rejects)
        else:
            self.rejects.unlink(missing_ok=True)
        if self._moving_up.exists() and self._moving_up.stat().st_size:
            self._moving_up.replace(self.substitutes)
        elif isinstance(self._ranker, Allocator):
            self.substitutes.unlink(missing_ok=True)
        whole.replace(self._output)
        self._parts.remove()
        return lost
