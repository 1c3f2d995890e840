"""Scores a file of applicants into another, part by part, so that a run that was cut off can be taken up again.

The parts lie beside the output in `<output>.parts`, with a manifest of those that are finished. When all are, they
are joined, the whole is moved into place, and the folder goes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jifen.arrow.score import TableScorer, in_order, rejects
from jifen.batch.sources import Source, source_of
from jifen.batch.writers import joined, writer_of
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen import Policy

PIECES = 8
"""Pieces of the input in a part: what is done again at most after a run was cut off."""
Tell = Callable[[int, int | None], None]


class Counts(NamedTuple):
    """Rows read, scored and refused; `resumed` of them had been done by an earlier run."""

    rows: int
    scored: int
    rejected: int
    resumed: int = 0


class Batch:
    """One file to be scored into another."""

    def __init__(
        self, policy: Policy, given: Path, output: Path, places: int | None = None, threads: int | None = None
    ) -> None:
        """Raises JifenError where the input cannot be read, ApplicantError where no row of it could be."""
        self._source: Source = source_of(given, policy.rules)
        self._scorer = TableScorer(policy, places)
        self._scores = self._scorer.schema(self._source.schema)
        problems = self._scores.get_field_index("problems")
        self._schema = self._scores.remove(problems).insert(0, pa.field("row", pa.int64()))
        self._threads = threads
        self._output = output
        self._folder = output.with_name(f"{output.name}.parts")
        self.rejects = output.with_name(f"{output.stem}.rejects.jsonl")
        """Where the problems go, one a line; there is no such file where there are none."""
        stat = given.stat()
        self._identity = {
            "engine": __version__,
            "policy": policy.digest,
            "input": [str(given.resolve()), stat.st_size, stat.st_mtime_ns],
            "output": [output.suffix, places],
        }

    def run(self, tell: Tell | None = None) -> Counts:
        """Score whatever is not done yet, and put the output into place. `tell` hears of rows done and of all rows."""
        done = self._taken_up()
        resumed = sum(part["rows"] for part in done)
        pieces = self._source.pieces()
        for _ in islice(pieces, PIECES * len(done)):
            pass
        for first in pieces:
            start = sum(one["rows"] for one in done)
            part = chain([first], islice(pieces, PIECES - 1))
            done.append(self._part(len(done), start, part, tell))
            self._note(done)
        self._finish(len(done))
        rows, scored, rejected = (sum(part[key] for part in done) for key in ("rows", "scored", "rejected"))
        return Counts(rows, scored, rejected, resumed)

    def _taken_up(self) -> list[dict[str, int]]:
        """The finished parts of an earlier run of the same; anything else that lies there goes."""
        try:
            manifest = json.loads((self._folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            manifest = {}
        if manifest.get("of") == self._identity:
            parts: list[dict[str, int]] = manifest["parts"]
            return parts
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        return []

    def _note(self, done: list[dict[str, int]]) -> None:
        """Write the manifest, in one step: a part is finished when it stands there, and not before."""
        new = self._folder / "manifest.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump({"of": self._identity, "parts": done}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._folder / "manifest.json")

    def _part(self, number: int, start: int, pieces: Iterator[Any], tell: Tell | None) -> dict[str, int]:
        rows = refused = 0
        writer = writer_of(self._named(number), self._schema, self._output.suffix)
        try:
            with self._named(number, "rejects").open("w", encoding="utf-8") as wrong:
                work = in_order(
                    lambda piece: self._source.score(self._scorer, piece, self._scores), pieces, self._threads
                )
                for scores in work:
                    kept = pc.equal(pc.list_value_length(scores.column("problems")), 0)
                    refused += scores.num_rows - pc.sum(kept).as_py()
                    for one in rejects(pa.Table.from_batches([scores])).to_pylist():
                        one["row"] += start + rows
                        wrong.write(json.dumps(one, ensure_ascii=False, default=str) + "\n")
                    at = pa.array(np.arange(start + rows, start + rows + scores.num_rows))
                    columns = [scores.column(name) for name in self._schema.names[1:]]
                    numbered = pa.RecordBatch.from_arrays([at, *columns], schema=self._schema)
                    writer.write(numbered.filter(kept) if refused else numbered)
                    rows += scores.num_rows
                    if tell is not None:
                        tell(start + rows, self._source.count)
        finally:
            writer.close()
        return {"rows": rows, "scored": rows - refused, "rejected": refused}

    def _named(self, number: int, form: str = "scores") -> Path:
        return self._folder / f"{number:06}.{form}"

    def _finish(self, count: int) -> None:
        """Join the parts and move the whole into place; only then does the folder go."""
        whole, wrong = self._folder / "whole", self._folder / "wrong"
        if not count:
            writer_of(self._named(0), self._schema, self._output.suffix).close()
            self._named(0, "rejects").touch()
        numbers = range(max(count, 1))
        joined((self._named(number) for number in numbers), whole, self._schema, self._output.suffix)
        joined((self._named(number, "rejects") for number in numbers), wrong, self._schema, ".jsonl")
        if wrong.stat().st_size:
            wrong.replace(self.rejects)
        else:
            self.rejects.unlink(missing_ok=True)
        whole.replace(self._output)
        shutil.rmtree(self._folder)
