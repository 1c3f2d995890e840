"""What is wrong with rows of a table, as Arrow holds it: path, code and message of each problem."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jifen.arrow import physical
from jifen.arrow.schema import APPLICANT
from jifen.arrow.values import Truths
from jifen.errors import Problem

PROBLEM = pa.struct([("path", pa.string()), ("code", pa.string()), ("message", pa.string())])
_AT_ONCE = 1024
"""Problems that are objects of Python at a time: those take ten times the memory."""


class Refusals:
    """The rows of a batch of so many that are refused, and why."""

    def __init__(self, count: int) -> None:
        self._refused = np.zeros(count, np.bool_)
        self._problems = np.zeros(count + 1, np.int32)
        self._waiting: list[dict[str, str]] = []
        self._settled: list[pa.Array] = []

    def add(self, row: int, problems: Sequence[Problem]) -> None:
        """Refuse a row, which must come after all that were refused before."""
        self._refused[row] = True
        self._problems[row + 1] = len(problems)
        self._waiting += [
            {"path": encodable(one.path), "code": one.message.code, "message": encodable(one.text("en"))}
            for one in problems
        ]
        if len(self._waiting) >= _AT_ONCE:
            self._settle()

    @property
    def scored(self) -> Truths | None:
        """Which rows are not refused; None where none is."""
        return ~self._refused if self._refused.any() else None

    def column(self) -> pa.Array:
        """The problems of each row, of which whoever is not refused has none."""
        self._settle()
        entries = pa.concat_arrays(self._settled) if self._settled else pa.nulls(0, PROBLEM)
        ends = pa.py_buffer(np.cumsum(self._problems, dtype=np.int32))
        count = len(self._refused)
        return pa.ListArray.from_buffers(pa.list_(PROBLEM), count, [None, ends], 0, children=[entries])

    def _settle(self) -> None:
        if self._waiting:
            self._settled.append(pa.array(self._waiting, PROBLEM))
            self._waiting = []


def rejects(scores: pa.Table) -> pa.Table:
    """What could not be read, one row for each problem: `row` (from 0), `applicant`, `path`, `code`, `message`."""
    rows = pc.list_parent_indices(scores.column("problems")).cast(pa.int64())
    problems = pc.list_flatten(scores.column("problems"))
    columns = {"row": rows}
    if APPLICANT in scores.column_names:
        columns[APPLICANT] = scores.column(APPLICANT).take(rows)
    for at, field in enumerate(PROBLEM):
        columns[field.name] = pc.struct_field(problems, [at])
    return pa.table(columns)


def is_refused(scores: pa.RecordBatch) -> Truths:
    """Which rows of scores have problems."""
    found: Truths = np.diff(physical.list_parts(scores.column("problems"))[0]) > 0
    return found


def encodable(text: str) -> str:
    """A text as Arrow can hold it: JSON may name half a character, which UTF-8 has no bytes for."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
