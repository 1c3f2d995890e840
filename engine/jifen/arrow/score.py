"""Scores tables of applicants: batch by batch, on threads, in the order of the input."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa

from jifen.applicant.read import Person
from jifen.arrow import physical
from jifen.arrow.batches import column, is_open
from jifen.arrow.engines import COLUMNS, MANY, Backend, Columns, Engine, Found, fused
from jifen.arrow.refusals import PROBLEM, Refusals, encodable
from jifen.arrow.results import array_of, coded, codes, codes_type, outputs_of
from jifen.arrow.schema import APPLICANT, DATE, check_columns
from jifen.arrow.values import Truths
from jifen.arrow.verdicts import reasons_of, struck, warnings_of
from jifen.backends.columns.block import Column, block_of
from jifen.backends.inputs import Data
from jifen.errors import ApplicantError, Problem
from jifen.policy.inputs import input_types

if TYPE_CHECKING:
    from jifen.scheme import Scheme

CHUNK = 32_768
"""Applicants in a batch: enough that NumPy's own work outweighs the calls, few enough for the processor's caches."""
DOCUMENTS = pa.schema([(APPLICANT, pa.string()), (DATE, pa.date32())])
"""What stands in the result of documents that come from them."""
FUSED_CHUNK = 65_536
"""The same for a fused program, which has no columns in between."""
T = TypeVar("T")


class TableScorer:
    """Scores record batches for one policy. Immutable; safe to share between threads.

    The result has a row for each row of the input, in its order. `points.<line>`, `points.<line>:<ledger>`,
    `score.<name>`, `total`, `line` and `rank.<n>` are integers over the denominator in their field's metadata;
    `months.<line>:<ledger>` counts months; `met.<requirement>`, `gate.<name>`, `check.<name>`, `eligible` and
    `qualifies` are truths; `reasons` names the requirements and gates that are not met and `below_line`, `warnings`
    the checks that strike and `not_in_force`. Where a row cannot be read all of these are null and `problems` says
    why; elsewhere `problems` is empty. `places` adds to each number of points a column `<name>.decimal` rounded to
    so many decimals; `carry` names columns of the input that are passed on as they are. `texts`: values
    are texts as in CSV. `backend` is `fused` or `columns`; without one it is `fused` where `rows`, the number of
    applicants as far as it is known, makes up for compiling a program.
    """

    def __init__(
        self,
        policy: Scheme,
        places: int | None = None,
        carry: Collection[str] = (),
        texts: bool = False,
        backend: Backend | None = None,
        rows: int = 0,
    ) -> None:
        self.policy = policy
        self._carry = tuple(dict.fromkeys(carry))
        self._texts = texts
        self._types = input_types(policy.rules)
        self._outputs = outputs_of(policy, places)
        refs = dict.fromkeys(output.ref for output in self._outputs)
        self._slots = tuple(dict.fromkeys(ref.slot for ref in refs))
        self._at = {slot: position for position, slot in enumerate(self._slots)}
        chosen = policy.choosing_fact
        day = DATE if chosen is None else policy.layout.facts[chosen]
        self._days = tuple(dict.fromkeys((DATE, day)))
        """The facts that are the day of application and the day that must lie in the time in force."""
        self._rounds = list(policy.rules.rounds.values())
        self._codes = (reasons_of(policy), warnings_of(policy, day))
        self._columns = Columns(policy, self._slots, self._days, texts)
        self._engine = self._chosen(backend, rows)

    def _chosen(self, backend: str | None, rows: int) -> Engine:
        if self._texts or backend == COLUMNS or (backend is None and rows < MANY):
            return self._columns
        lists = [codes.flags for codes in self._codes]
        return fused(self.policy, self._slots, self._days, lists, self._columns) or self._columns

    def chunk(self, rows: int, threads: int) -> int:
        """How many of so many applicants a batch should have.

        Threads over columns wait for each other at each call of NumPy, so their batches are larger; a program takes
        still more at once, as long as each thread has some batches.
        """
        if self._engine is self._columns:
            return CHUNK if threads == 1 else 2 * CHUNK
        return max(FUSED_CHUNK, min(-(-rows // (4 * threads)), 4 * FUSED_CHUNK))

    def schema(self, given: pa.Schema | None) -> pa.Schema:
        """The schema of the result for a schema of applicants; None: they are documents.

        Raises ApplicantError where the schema cannot be read.
        """
        if given is None:
            fields = [
                *DOCUMENTS,
                *(pa.field(name, pa.string()) for name in self._carry if name not in DOCUMENTS.names),
            ]
        else:
            check_columns(self.policy.rules, given, self._carry)
            fields = [given.field(name) for name in self._passed(given)]
            if self._texts:
                fields = [DOCUMENTS.field(DATE) if field.name == DATE else field for field in fields]
        if self._rounds:
            fields.append(pa.field("round", pa.dictionary(pa.int8(), pa.string())))
        fields += [output.field for output in self._outputs]
        for name, own in zip(("reasons", "warnings"), self._codes, strict=True):
            fields.append(pa.field(name, codes_type(own.names)))
        fields.append(pa.field("problems", pa.list_(PROBLEM)))
        return pa.schema(fields, {"jifen.policy": self.policy.id, "jifen.digest": self.policy.digest})

    def batch(
        self,
        batch: pa.RecordBatch,
        schema: pa.Schema,
        wrong: Map[int, tuple[Problem, ...]] | None = None,
        document: Callable[[int], Map[str, object]] | None = None,
        carried: Sequence[pa.Array] | None = None,
    ) -> pa.RecordBatch:
        """The scores of a batch, as `schema` of its schema has them; `wrong` are rows that are refused anyway.

        `document` gives a row as it was before it became columns, for what must be read by itself. `carried` are the
        columns to be passed on, where they are not columns of the batch.
        """
        found = self._engine.found(batch)
        refused = Refusals(batch.num_rows)
        problems = self._closed(found) | dict(wrong or {})
        odd = np.setdiff1d(found.odd, np.array([*problems], np.intp))
        documents = map(document, odd.tolist()) if document else self._columns.reader.documents(batch, odd)
        for row in sorted([*odd.tolist(), *problems]):
            if row in problems:
                refused.add(row, problems[row])
                continue
            try:
                person = self._read(next(documents))
            except ApplicantError as error:
                refused.add(row, error.problems)
                continue
            values = self._columns.one(person.data)
            for one, value in zip([*found.slots, *found.facts], values, strict=True):
                one[row] = value
        names = self._passed(batch.schema) if carried is None else [APPLICANT, DATE]
        passed = [*(column(batch, name) for name in names), *(carried or ())]
        if schema.field(DATE).type != batch.schema.field(DATE).type:
            passed[names.index(DATE)] = _dates(found.facts[0], refused.scored)
        return self._result(passed, found, refused, schema)

    def documents(
        self, documents: Sequence[Map[str, object]], schema: pa.Schema, carried: Sequence[pa.Array] = ()
    ) -> pa.RecordBatch:
        """The scores of documents, each of which is read by itself; `schema` is that for documents.

        `carried` are the columns to be passed on.
        """
        count = len(documents)
        refused = Refusals(count)
        people: list[Data] = []
        for row, document in enumerate(documents):
            try:
                people.append(self._read(document).data)
            except ApplicantError as error:
                refused.add(row, error.problems)
        block = block_of(people, self.policy.layout, self._types)
        scored = refused.scored
        kept = np.arange(count) if scored is None else np.flatnonzero(scored)
        found = self._columns.of_block(block, kept, count)
        names = [document.get(APPLICANT) if isinstance(document, Map) else None for document in documents]
        passed = [
            pa.array([None if name is None else encodable(str(name)) for name in names], pa.string()),
            _dates(found.facts[0], refused.scored),
            *carried,
        ]
        return self._result(passed, found, refused, schema)

    def _closed(self, found: Found) -> dict[int, tuple[Problem, ...]]:
        """What is wrong with those on whose day no round is open, told once for each day."""
        said: dict[int, tuple[Problem, ...]] = {}
        days = found.facts[0][found.closed].tolist()
        for day in set(days):
            try:
                self.policy.round_on(day)
            except ApplicantError as error:
                said[day] = error.problems
        return {row: said[day] for row, day in zip(found.closed.tolist(), days, strict=True)}

    def _read(self, document: Map[str, object]) -> Person:
        person = self.policy.read(document)
        self.policy.round_on(person.date)
        return person

    def _result(
        self,
        passed: list[pa.Array],
        found: Found,
        refused: Refusals,
        schema: pa.Schema,
    ) -> pa.RecordBatch:
        count, scored = len(found.facts[0]), refused.scored
        arrays = [*passed]
        if self._rounds:
            arrays.append(self._round(found.facts[0], scored))
        slots = dict(zip(self._slots, found.slots, strict=True))
        arrays += [array_of(output, slots[output.ref.slot], scored) for output in self._outputs]
        facts = dict(zip(self._days, found.facts, strict=True))
        for at, (names, flags) in enumerate(self._codes):
            if found.lists is not None and scored is None:
                arrays.append(coded(names, *found.lists[at]))
            else:
                arrays.append(codes(names, struck(flags, self.policy.plan, slots, facts), count, scored))
        arrays.append(refused.column())
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def batches(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, threads: int | None = None
    ) -> Iterator[pa.RecordBatch]:
        """The scores of a stream of batches, in its order; no more than a few batches are held at a time."""
        return in_order(lambda batch: self.batch(batch, schema), batches, threads)

    def _passed(self, given: pa.Schema) -> list[str]:
        """The columns of the input that stand in the result."""
        return list(
            dict.fromkeys([*(name for name in (APPLICANT, DATE) if name in given.names), *self._carry])
        )

    def _round(self, day: Column, scored: Truths | None) -> pa.Array:
        """The name of the round that was open on each day."""
        found = np.zeros(len(day), np.int8)
        for position, one in reversed(list(enumerate(self._rounds))):
            found += (np.int8(position) - found) * is_open(day, one.first, one.last).view(np.int8)
        names = physical.texts([one.name for one in self._rounds])
        return pa.DictionaryArray.from_arrays(physical.array(found, scored), names)


def _dates(days: Column, scored: Truths | None) -> pa.Array:
    """Days YYYYMMDD as dates, null where a row is refused."""
    found = days.astype(np.int64)
    if scored is not None:
        found[~scored] = 1970_01_01
    months = (found // 10000 - 1970) * 12 + found // 100 % 100 - 1
    first = months.astype("M8[M]").astype("M8[D]")
    return physical.array((first + (found % 100 - 1)).astype("M8[D]"), scored)


def in_order(
    work: Callable[[T], pa.RecordBatch], given: Iterable[T], threads: int | None
) -> Iterator[pa.RecordBatch]:
    """Each piece worked on by some thread, and the results in the order of the pieces."""
    workers = threads or os.cpu_count() or 1
    if workers == 1:
        yield from map(work, given)
        return
    with ThreadPoolExecutor(workers) as pool:
        waiting: deque[Future[pa.RecordBatch]] = deque()
        for piece in given:
            waiting.append(pool.submit(work, piece))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def score_table(
    policy: Scheme,
    table: pa.Table,
    *,
    places: int | None = None,
    carry: Collection[str] = (),
    threads: int | None = None,
    backend: Backend | None = None,
) -> pa.Table:
    """The scores of a table of applicants: see `TableScorer`. `threads` is by default the number of processors.

    Raises ApplicantError where the table as a whole cannot be read: a column that nothing reads, a required one that
    is absent. What is wrong in single rows stands in `problems`; `refusals.rejects` lists it.
    """
    scorer = _scorer(policy, places, tuple(carry), backend, table.num_rows >= MANY)
    schema = scorer.schema(table.schema)
    workers = threads or os.cpu_count() or 1
    batches = table.to_batches(max_chunksize=scorer.chunk(table.num_rows, workers))
    return pa.Table.from_batches(scorer.batches(batches, schema, workers), schema)


@lru_cache(maxsize=8)
def _scorer(
    policy: Scheme, places: int | None, carry: tuple[str, ...], backend: Backend | None, many: bool
) -> TableScorer:
    """The scorer for tables of a policy: the next table finds its programs written."""
    return TableScorer(policy, places, carry, backend=backend, rows=MANY if many else 0)
