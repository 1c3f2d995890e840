"""A plan for applicants: the program for short histories, the one for long ones, and who is left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jifen.backends.columns.block import Block, Column
from jifen.backends.columns.scorer import Scorer
from jifen.backends.fused.blocks import feed_of
from jifen.backends.fused.inputs import DONE, OUTSIDE, TO_DO, Inputs, Wanted
from jifen.backends.fused.program import Arguments, Program, Results, Widths
from jifen.backends.fused.texts import unsupported
from jifen.backends.inputs import Layout
from jifen.plan.plan import Plan
from jifen.plan.types import FIRST_DATE, FIRST_MONTH, LAST_MONTH

WORDS = (4, 8)
"""Words of the month sets: 21 years, and 42 for those whose months lie further apart."""
AFTER = 24
"""Months that a set has room for after the month of the last application."""
FEW = 50
"""So many applicants beyond the first window are left to the exact backend before the second is compiled."""


class Unsupported(Exception):
    """A plan has no fused program: the columns backend takes it."""


class Fused:
    """The programs of one plan. Immutable; safe to share between threads, which run side by side."""

    def __init__(
        self,
        plan: Plan,
        wanted: Wanted,
        layout: Layout,
        inputs: Inputs,
        title: str = "a plan",
        words: Sequence[int] = WORDS,
    ) -> None:
        """Raises Unsupported."""
        reason = unsupported(plan, wanted, inputs)
        if reason is not None:
            raise Unsupported(reason)
        self.plan, self.wanted, self.layout, self.inputs = plan, wanted, layout, inputs
        self._widths = Widths.of(plan, wanted, inputs)
        self._programs = [Program(plan, wanted, layout, inputs, count, title) for count in words]

    def run(self, given: Arguments, results: Results, last: int, checked: bool = True) -> int:
        """Compute everybody whose state is TO_DO; how many were left. `last` is a month of a late application."""
        for number, program in enumerate(self._programs):
            outside = results.states == OUTSIDE
            if number and np.count_nonzero(outside) <= FEW:
                break
            # Whom a program cannot do has another state than whom it is to do: its later passes leave him out.
            results.states[outside] = TO_DO
            base = min(max(last + AFTER, FIRST_MONTH + program.months - 1), LAST_MONTH) - program.months + 1
            program(results, given, base, checked)
            results.at_once = not number and bool((results.states == DONE).all())
        left = np.flatnonzero(results.states != DONE)
        for column in (*results.slots, *results.facts) if len(left) else ():
            column[left] = 0
        return len(left)

    def results(self, count: int) -> Results:
        """Room for the results of so many applicants."""
        return Results(self.wanted, self._widths, count)


class BlockScorer:
    """The slots of some programs for blocks, as `columns.scorer.Scorer` has them."""

    def __init__(self, programs: Fused) -> None:
        self._programs = programs
        self._others = Scorer(programs.plan, programs.wanted.slots, programs.layout)

    def __call__(self, block: Block) -> list[Column]:
        """Each slot as a column with an entry for each applicant of the block; dtypes as `widths.width_of`."""
        results = self.results(block)
        left = np.flatnonzero(results.states == OUTSIDE)
        if len(left):
            for column, values in zip(results.slots, self._others(block.taken(left)), strict=True):
                column[left] = values
        return results.slots

    def results(self, block: Block) -> Results:
        """What the programs alone say. Nobody is checked: a block has been read."""
        results = self._programs.results(block.count)
        feed = feed_of(block, self._programs.layout, self._programs.inputs)
        self._programs.run(feed.arguments, results, self._latest(block), False)
        return results

    def _latest(self, block: Block) -> int:
        """The last month of an application; without such a fact, so that the first window begins with the block."""
        facts = self._programs.layout.facts
        if "date" not in facts:
            return block.base + 64 * WORDS[0] - AFTER - 1
        day = int(block.facts[facts.index("date")].max(initial=FIRST_DATE))
        return day // 10000 * 12 + day // 100 % 100 - 1
