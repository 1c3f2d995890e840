"""Record batches through a plan: over columns, or through a fused program where numba is there."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from jifen.arrow.batches import BatchReader, closed
from jifen.backends.columns.block import Block, Column
from jifen.backends.columns.memory import keep_what_was_freed
from jifen.backends.columns.scorer import Scorer
from jifen.backends.fused.inputs import DONE, ODD, OUTSIDE, Flag
from jifen.backends.inputs import Data

if TYPE_CHECKING:
    from jifen.scheme import Scheme

COLUMNS = "columns"
FUSED = "fused"
Backend = Literal["columns", "fused"]
MANY = 100_000
"""Applicants from which on a program is compiled unasked. It takes as long as columns take for some millions."""
_FAR_APART = 1000
"""Where more applicants than this, and more than an eighth, have months too far apart, columns take the batch."""
NO_FUSED = (
    "未安装 {package}，改用较慢的 columns / "
    "{package} is not installed, columns are used and take longer: pip install 'jifen[fast]'"
)
List = tuple[Column, NDArray[np.int32]]
"""The codes of a list column, and where those of each applicant end; the first entry of the latter is 0."""


class Slower(UserWarning):
    """The fused backend was asked for, or would have been taken, and cannot be had."""


class Found(NamedTuple):
    """What is known of a batch: slots and facts as columns with an entry for each row, whatever it is where `odd`.

    `odd` are the rows that the exact reader must look at; in those that are `closed` nothing is wrong but that no
    round is open on their day. The day of application is the first fact. `lists` has the lists of codes, where they
    were made.
    """

    slots: list[Column]
    facts: list[Column]
    odd: NDArray[np.intp]
    closed: NDArray[np.intp]
    lists: list[List] | None = None


class Engine(Protocol):
    """Computes slots and facts for record batches. Immutable; safe to share between threads."""

    def found(self, batch: pa.RecordBatch) -> Found:
        """What is known of a batch, whose schema has passed `schema.check_columns`."""


class Columns:
    """Batches read into columns, and the plan over those."""

    def __init__(
        self, policy: Scheme, slots: Sequence[int], facts: Sequence[str], texts: bool = False
    ) -> None:
        self.reader = BatchReader(policy.rules, policy.layout, texts)
        keep_what_was_freed()
        self._policy, self._slots = policy, slots
        self._facts = [policy.layout.facts.index(name) for name in facts]

    @cached_property
    def _scorer(self) -> Scorer:
        """Made when it is first needed: beside a program it seldom is."""
        return Scorer(self._policy.plan, self._slots, self._policy.layout)

    def found(self, batch: pa.RecordBatch) -> Found:
        """What is known of a batch."""
        read = self.reader.read(batch)
        found = self.of_block(read.block, read.kept, batch.num_rows)
        if len(read.closed):
            found.facts[0][read.closed] = read.day[read.closed]
        return found._replace(odd=read.odd, closed=read.closed)

    def of_block(self, block: Block, kept: NDArray[np.intp], count: int) -> Found:
        """What is known of applicants that have been read, who are those rows among `count`; zero for the others."""
        slots, facts = self._scorer(block), [block.facts[at] for at in self._facts]
        if len(kept) != count:
            slots, facts = ([_spread(one, kept, count) for one in some] for some in (slots, facts))
        return Found(slots, facts, kept[:0], kept[:0])

    def one(self, data: Data) -> tuple[object, ...]:
        """Slots and facts of one applicant."""
        return (*self._scorer.one(data), *[data.facts[at] for at in self._facts])


class Fused:
    """Batches as they lie in memory, through a program of machine code."""

    def __init__(
        self,
        policy: Scheme,
        slots: Sequence[int],
        facts: Sequence[str],
        lists: Sequence[Sequence[Flag]],
        others: Columns,
    ) -> None:
        """`others` takes batches that are not for a program.

        Raises ImportError where numba is not there, Unsupported where the plan has no such program.
        """
        from jifen.arrow.feeds import FeedReader
        from jifen.backends.fused.inputs import Wanted
        from jifen.backends.fused.scorer import Fused as Programs

        self.reader = FeedReader(policy.rules, policy.layout)
        wanted = Wanted(tuple(slots), tuple(facts), tuple([tuple(flags) for flags in lists]))
        self.programs = Programs(policy.plan, wanted, policy.layout, self.reader.inputs, policy.id)
        self._rounds = [(item.first, item.last) for item in policy.rules.rounds.values()]
        self._others = others

    def found(self, batch: pa.RecordBatch) -> Found:
        """What is known of a batch."""
        feed, odd = self.reader.read(batch)
        results = self.programs.results(batch.num_rows)
        states = results.states
        if odd is not None:
            states[odd] = ODD
        if self.programs.run(feed.arguments, results, feed.latest):
            outside = int(np.count_nonzero(states == OUTSIDE))
            if outside > _FAR_APART and 8 * outside > batch.num_rows:
                return self._others.found(batch)
        done = states == DONE
        rows = np.flatnonzero(~done)
        shut = closed(self._rounds, results.facts[0])
        without = np.flatnonzero(shut & done) if shut is not None else rows[:0]
        return Found(
            results.slots,
            results.facts,
            rows,
            without,
            results.lists if results.at_once and not len(rows) else None,
        )


def fused(
    policy: Scheme,
    slots: Sequence[int],
    facts: Sequence[str],
    lists: Sequence[Sequence[Flag]],
    others: Columns,
) -> Fused | None:
    """The fused backend; None where it cannot be had, which is said where numba is missing."""
    try:
        from jifen.backends.fused.scorer import Unsupported
    except ModuleNotFoundError as error:
        say_missing((error.name or "").partition(".")[0])
        return None
    try:
        return Fused(policy, slots, facts, lists, others)
    except Unsupported:
        return None


@cache
def say_missing(package: str) -> None:
    """That a package is not installed; once in a process."""
    warnings.warn(NO_FUSED.format(package=package), Slower, stacklevel=3)


def _spread(values: Column, kept: NDArray[np.intp], count: int) -> Column:
    """Values of some rows among `count` rows; the others are 0."""
    found = np.zeros(count, values.dtype)
    found[kept] = values
    return found
