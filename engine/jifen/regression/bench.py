"""Runs the cases of one policy against its mutants, quickly.

Original and mutant of one choice of readings are recorded on one recorder, so equal results have equal slots: a case
whose slots have not moved cannot fail, and of a case whose slots have moved only the new operations are computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import Literal, NamedTuple

from jifen.applicant.read import Reader
from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import Cell, fill
from jifen.compile import Source, read
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import at
from jifen.errors import ApplicantError, PolicyError
from jifen.plan.plan import Operation
from jifen.plan.slots import Ref
from jifen.policy.layout import layout_of
from jifen.policy.names import Names
from jifen.regression import words
from jifen.regression.bench_ahead import Courses, Plans
from jifen.regression.cases import Case, read_cases
from jifen.regression.coverage import policy_of
from jifen.regression.mutants import mutants
from jifen.regression.replaced import readings_on
from jifen.regression.variants import Choice, Variant, choice_of, variant
from jifen.regression.watch import Watched, everything, watched_by

Fate = Literal["killed", "survived", "does not load", "same"]
"""Some case fails; none does; it is no policy; every result of the plan is what it was."""


class Bench:
    """One policy with its cases."""

    def __init__(self, cases: Path) -> None:
        path = policy_of(cases)
        self.source = read(path)
        self.policy = words.raw(at(self.source.document, ("policy",)))
        self.mutants = mutants(self.source.document, str(path))
        self.groups: dict[Choice, list[Case]] = {}
        listed = read_cases(cases)
        for case in listed:
            if case.course is None:
                self.groups.setdefault(choice_of(self.source, case.readings), []).append(case)
        self.courses = Courses(self.source, listed)
        self.plans = Plans(self.source, listed)
        self._grounds: dict[Choice, _Ground] = {}

    def fate(self, number: int) -> Fate:
        """What becomes of one mutant."""
        mutant = self.mutants[number]
        needed = readings_on(self.source.document, mutant.path)
        document = mutant.applied(self.source.document)
        changed = Source(document, self.source.options, ())
        if mutant.of in ("procedure", "levers"):
            # Neither gives points: only the cases that look at them are run.
            try:
                if mutant.of == "procedure":
                    return "killed" if self.courses.fail(changed) else "survived"
                return "killed" if self.plans.fail(changed, str(mutant.path[1])) else "survived"
            except PolicyError:
                return "does not load"
        of_inputs = mutant.of == "inputs"
        asked = [choice for choice in self._choices() if self._reads(choice, needed)]
        same = True
        try:
            for choice in asked:
                ground = self._ground(choice)
                if of_inputs:
                    if ground.fails_afresh(changed):
                        return "killed"
                    same = False
                    continue
                found = variant(changed, choice, ground.variant.ops)
                if ground.fails(found):
                    return "killed"
                same = same and everything(found) == ground.everything
            if not asked and not of_inputs:
                choice = choice_of(self.source, needed)
                ground = self._ground(choice)
                same = everything(variant(changed, choice, ground.variant.ops)) == ground.everything
        except PolicyError:
            return "does not load"
        return "same" if same and not of_inputs else "survived"

    def _choices(self) -> list[Choice]:
        """The choices of the cases, those with most cases first."""
        return sorted(self.groups, key=lambda choice: (-len(self.groups[choice]), choice))

    def _reads(self, choice: Choice, needed: dict[str, str]) -> bool:
        taken = dict(choice)
        return all(taken.get(name, self.source.options[name][1]) == option for name, option in needed.items())

    def _ground(self, choice: Choice) -> _Ground:
        ground = self._grounds.get(choice)
        if ground is None or len(ground.variant.ops.plan().operations) > MOST_OPERATIONS:
            ground = self._grounds[choice] = _Ground(self.source, choice, self.groups.get(choice, []))
        return ground


MOST_OPERATIONS = 40_000
"""A recorder that has grown beyond this is made anew."""


class _Seen(NamedTuple):
    """A case on the original: the data as read (None where it is refused), the slots it looks at, their values."""

    case: Case
    data: Data | None
    problems: tuple[str, ...]
    watched: tuple[Watched, ...]
    values: tuple[object, ...]
    cells: dict[int, Cell]


class _Ground:
    """The original under one choice of readings, with its cases."""

    def __init__(self, source: Source, choice: Choice, cases: Sequence[Case]) -> None:
        self.choice = choice
        self.variant = variant(source, choice)
        self.layout = layout_of(source.document, self.variant.rules)
        self.everything = everything(self.variant)
        self.cases = list(cases)
        self.seen = self._look(self.variant, self.layout)

    def _look(self, found: Variant, layout: Layout) -> list[_Seen]:
        reader = Reader(found.rules, layout)
        open_on = _open(found)
        operations = found.ops.plan().operations
        seen = []
        for case in self.cases:
            watched = watched_by(found, open_on, case.expect)
            try:
                data = reader.read(case.applicant).data
            except ApplicantError as error:
                problems = tuple(sorted({problem.path for problem in error.problems}))
                seen.append(_Seen(case, None, problems, watched, (), {}))
                continue
            cells: dict[int, Cell] = {}
            values = _values(operations, watched, layout, data, cells)
            if not values[0]:
                watched, values = watched[:1], values[:1]
            seen.append(_Seen(case, data, (), watched, values, cells))
        return seen

    def fails(self, changed: Variant) -> bool:
        """Whether some case sees another value than on the original."""
        open_on = _open(changed)
        operations = changed.ops.plan().operations
        for position, seen in enumerate(self.seen):
            if seen.data is None:
                continue
            try:
                watched = watched_by(changed, open_on, seen.case.expect)
            except KeyError:
                return True
            if not seen.values[0]:
                watched = watched[:1]
            if watched == seen.watched:
                continue
            cells = dict(seen.cells)
            if _values(operations, watched, self.layout, seen.data, cells) != seen.values:
                # What fails for one mutant often fails for the next.
                self.seen.insert(0, self.seen.pop(position))
                return True
        return False

    def fails_afresh(self, source: Source) -> bool:
        """The same for a document whose inputs have changed. Raises PolicyError."""
        found = variant(source, self.choice)
        layout = layout_of(source.document, found.rules)
        known = {seen.case.name: (seen.problems, seen.values) for seen in self.seen}
        return any(
            known[seen.case.name] != (seen.problems, seen.values) for seen in self._look(found, layout)
        )


def _values(
    operations: Sequence[Operation],
    watched: Sequence[Watched],
    layout: Layout,
    data: Data,
    cells: dict[int, Cell],
) -> tuple[object, ...]:
    """What a case sees; the cells computed are added to those that are known."""
    todo = [one.slot for one in watched]
    wanted: set[int] = set()
    while todo:
        slot = todo.pop()
        if slot not in wanted and slot not in cells:
            wanted.add(slot)
            todo.extend(operations[slot].args)
    fill(cells, operations, sorted(wanted), layout, data)
    return tuple(one.value(cells[one.slot]) for one in watched)


def _open(found: Variant) -> Ref:
    """Whether some round is open; always, where there are none."""
    rounds = Names(found.rules, found.ops, Diagnostics()).open_rounds()
    refs = [ref for _, ref in rounds]
    return reduce(found.ops.either, refs) if refs else found.ops.truth(True)
