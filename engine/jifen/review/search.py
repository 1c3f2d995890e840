"""The search for changes under which the published parts come out: every candidate is scored, none is reckoned."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from jifen.errors import JifenError
from jifen.plan.slots import Ref
from jifen.policy.rows import timeline_of
from jifen.review.changes import Applicant, Change
from jifen.review.edits import Edit
from jifen.review.months import counted, natural_runs, within
from jifen.review.published import Published

if TYPE_CHECKING:
    from jifen.api import Policy, Scorecard

TOTAL = "total"
MOST = 20_000
"""How many changed applicants are scored for one review at most."""
MOST_READ = 40
"""How many pairs of readings are tried at most."""
MOST_PAIRED = 120
"""How many changes, each of which alters a part, are tried two at a time at most; the first ones, by the file."""


class Hit(NamedTuple):
    """Changes under which a part comes out as published; `parts` says so of every other part and of the total."""

    changes: tuple[Change, ...]
    card: Scorecard
    parts: Mapping[str, bool]


class Fewer(NamedTuple):
    """The part comes out with so many months of a timeline fewer, at `places` of the `of` that such a run can have.

    `alike` are the runs of just that length that the data itself marks off: spells, and runs left out or counted.
    """

    timeline: str
    months: int
    places: int
    of: int
    alike: tuple[tuple[int, int], ...]


class Reads(NamedTuple):
    """Readings under which a part comes out as published; `parts` says so of every other part and of the total."""

    readings: Mapping[str, str]
    parts: Mapping[str, bool]


class Search:
    """Scores changed applicants against a published score. `tried` counts them; no more than `most` are."""

    def __init__(
        self,
        policy: Policy,
        applicant: Applicant,
        published: Published,
        card: Scorecard,
        most: int = MOST,
    ) -> None:
        self.policy = policy
        self.applicant = applicant
        self.published = published
        self.card = card
        self.most = most
        self.tried = 0
        self.pairs_left = 0
        """Pairs, of changes or of readings, that were left untried."""
        self._refs: dict[str, Ref] = {path: policy.line(path).points for path in published.parts}
        self._wanted: dict[str, Fraction] = dict(published.parts)
        if published.total is not None:
            self._refs[TOTAL] = policy.recorded.deciding
            self._wanted[TOTAL] = published.total
        self._now = {path: card.integer(ref) for path, ref in self._refs.items()}

    @property
    def complete(self) -> bool:
        """Whether everything was tried that a review tries."""
        return self.tried < self.most and not self.pairs_left

    def differing(self) -> list[str]:
        """The parts that do not come out as published, and `total`."""
        return [path for path, ok in self.agreement(self.card).items() if not ok]

    def agreement(self, card: Scorecard) -> dict[str, bool]:
        """Of each part and the total, whether a card gives what was published."""
        printed = self.published.printing.printed
        return {path: printed(card.number(ref)) == self._wanted[path] for path, ref in self._refs.items()}

    def score(self, edits: Iterable[Edit]) -> Scorecard | None:
        """The card of a changed applicant; None where the policy does not take the change, or enough was tried."""
        if self.tried >= self.most:
            return None
        self.tried += 1
        try:
            return self.policy.score(self.applicant.changed(edits))
        except JifenError:
            return None

    def _altered(self, card: Scorecard) -> list[str]:
        return [path for path, ref in self._refs.items() if card.integer(ref) != self._now[path]]

    # one change, then two

    def hits(self, paths: list[str]) -> dict[str, list[Hit]]:
        """For each part, the changes under which it comes out: single ones, else two at a time."""
        found: dict[str, list[Hit]] = {path: [] for path in paths}
        altering: dict[str, list[Change]] = {path: [] for path in paths}
        for change in self._singles(paths):
            card = self.score([change.edit])
            if card is None:
                continue
            altered = self._altered(card)
            if not any(path in found for path in altered):
                continue
            parts = self.agreement(card)
            for path in altered:
                if path not in found:
                    continue
                if parts[path]:
                    found[path].append(Hit((change,), card, parts))
                elif change.kind != "end":
                    altering[path].append(change)
        for path in paths:
            if not found[path]:
                found[path] = list(self._pairs(path, altering[path][:MOST_PAIRED]))
                self.pairs_left += max(len(altering[path]) - MOST_PAIRED, 0)
        return found

    def _singles(self, paths: Iterable[str]) -> Iterator[Change]:
        read = self._inputs(self._refs[path] for path in paths)
        yield from self.applicant.changes(read)
        for name in self.applicant.rules.timelines:
            if name in read:
                for first, last in self._runs(name):
                    yield self.applicant.run(name, first, last)

    def _inputs(self, refs: Iterable[Ref]) -> set[str]:
        """The facts, timelines and record lists that some results depend on."""
        plan = self.policy.plan
        found: set[str] = set()
        for slot in plan.needed(ref.slot for ref in refs):
            operation = plan.operations[slot]
            if operation.kind in ("fact", "given"):
                found.add(str(operation.params[0]))
            elif operation.ranges_over:
                found.add(timeline_of(operation.ranges_over))
        return found

    def _runs(self, timeline: str) -> list[tuple[int, int]]:
        """The runs of months that the data, and the lines that read a timeline, mark off in it."""
        spells = [months for _, _, months in self.applicant.spells(timeline)]
        lines = self.policy.recorded.leaves()
        reading = [line.indicator.path for line in lines if timeline in self._inputs([line.points])]
        runs = natural_runs(self.card.to_dict(), reading, spells)
        return [run for run in runs if any(a <= run[1] and run[0] <= b for a, b in spells)]

    def _pairs(self, path: str, changes: list[Change]) -> Iterator[Hit]:
        for one, other in combinations(changes, 2):
            if not _together(one, other):
                continue
            card = self.score([one.edit, other.edit])
            if card is not None:
                parts = self.agreement(card)
                if parts[path]:
                    yield Hit((one, other), card, parts)

    # how many months

    def fewer(self, path: str) -> Fewer | None:
        """By how many months of one timeline fewer a part comes out; None where no number of months does it."""
        ref, wanted = self._refs[path], self._wanted[path]
        if self.published.printing.printed(self.card.number(ref)) <= wanted:
            return None
        months = counted(self.card.to_dict(), path)
        read = self._inputs([ref])
        for name in self.applicant.rules.timelines:
            spells = self.applicant.spells(name)
            held = [month for month in months if any(a <= month <= b for _, _, (a, b) in spells)]
            if name not in read or not held:
                continue
            for number in range(1, len(held) + 1):
                if self._comes_out(path, name, held[-number], held[-1]):
                    windows = [(held[at], held[at + number - 1]) for at in range(len(held) - number + 1)]
                    places = sum(self._comes_out(path, name, *window) for window in windows)
                    alike = [run for run in self._runs(name) if within(held, *run) == number]
                    marked = tuple(run for run in alike if self._comes_out(path, name, *run))
                    return Fewer(name, number, places, len(windows), marked)
        return None

    def _comes_out(self, path: str, timeline: str, first: int, last: int) -> bool:
        card = self.score([self.applicant.run(timeline, first, last).edit])
        return card is not None and self.agreement(card)[path]

    # readings

    def readings(self, paths: list[str], explained: Container[str]) -> dict[str, list[Reads]]:
        """For each part, the readings under which it comes out: single ones, else two at a time.

        To read a policy otherwise is to compile it: pairs are tried for parts that are not `explained` by any change,
        and no more than `MOST_READ` in all.
        """
        found: dict[str, list[Reads]] = {path: [] for path in paths}
        altering: dict[str, list[tuple[str, str]]] = {path: [] for path in paths}
        for name, reading in self.policy.rules.readings.items():
            for option in reading.options:
                if option != reading.chosen:
                    for path in self._read({name: option}, paths, found):
                        altering[path].append((name, option))
        lacking = [path for path in paths if not found[path] and path not in explained]
        pairs = {
            tuple(sorted((one, other))): None
            for path in lacking
            for one, other in combinations(altering[path], 2)
            if one[0] != other[0]
        }
        self.pairs_left += max(len(pairs) - MOST_READ, 0)
        for pair in list(pairs)[:MOST_READ]:
            self._read(dict(pair), lacking, found)
        return found

    def _read(self, taken: Mapping[str, str], paths: list[str], found: dict[str, list[Reads]]) -> list[str]:
        """Notes the parts that come out under other readings; the parts that are altered and do not."""
        parts, altered = self._read_otherwise(taken)
        for path in paths:
            if path in altered and parts[path]:
                found[path].append(Reads(taken, parts))
        return [path for path in paths if path in altered and not parts[path]]

    def _read_otherwise(self, taken: Mapping[str, str]) -> tuple[dict[str, bool], set[str]]:
        """Of each part whether it comes out, and the parts that are altered, under other readings."""
        policy = self.policy.with_readings(taken)
        try:
            card = policy.score(self.applicant.data)
        except JifenError:
            return {}, set()
        printed = self.published.printing.printed
        numbers = {path: card[path].points if path != TOTAL else card.total for path in self._refs}
        altered = {path for path, number in numbers.items() if number != self.card.number(self._refs[path])}
        return {path: printed(number) == self._wanted[path] for path, number in numbers.items()}, altered


def _together(one: Change, other: Change) -> bool:
    """Whether two changes can be made side by side: not of one value, nor of a row that is gone."""
    if one.path.partition("[")[0] != other.path.partition("[")[0]:
        return True
    if one.row < 0 or other.row < 0:
        return "record_more" in (one.kind, other.kind)
    if one.row != other.row:
        return True
    return one.path != other.path and not {"spell", "record"} & {one.kind, other.kind}
