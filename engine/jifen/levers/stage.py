"""The rules of one version, ready to say what sets of levers come to on the days on which they are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.backends.inputs import Data
from jifen.levers.cells import Group, cells_of
from jifen.levers.changes import Done, changed, repeats

if TYPE_CHECKING:
    from jifen.policy.levers import Lever
    from jifen.scheme import Scheme

Key = tuple[int, ...]


class Verdict(NamedTuple):
    """What an applicant comes to: the total, whether eligible, and whether the line is reached."""

    total: Fraction
    eligible: bool
    reached: bool


class Day(NamedTuple):
    """What sets of levers come to on a day. `new` are verdicts that no day before had.

    The verdicts are the very list of the day before where nothing can have changed since.
    """

    verdicts: list[Verdict]
    new: list[Verdict]


class Stage:
    """One version. A set of levers is an integer with a bit for each of `done`, in its order.

    `target` replaces the line of the policy where it is not None.
    """

    def __init__(
        self, policy: Scheme, applicant: Mapping[str, Any], done: Sequence[Done], target: Fraction | None
    ) -> None:
        self.policy = policy
        self.applicant = applicant
        self.done = done
        recorded = policy.recorded
        self.den = recorded.deciding.type.den
        self.target = target
        outputs = [recorded.deciding.slot, recorded.eligible.slot, recorded.qualifies.slot]
        outputs += [gate.met.slot for gate in recorded.gates]
        names = list(dict.fromkeys(one.lever.name for one in done))
        self.cells = cells_of(policy.plan, outputs, policy.layout, touched_by([one.lever for one in done]))
        of = [names.index(one.lever.name) for one in done]
        self._columns = [_Column(self, group, of) for group in self.cells.groups]
        self._data: dict[tuple[int, Key], Data] = {}
        self._verdicts: dict[Key, Verdict] = {}
        self._last: tuple[Sequence[int], Day] | None = None
        self._repeating = [at for at, one in enumerate(done) if one.lever.every]

    def verdicts(self, sets: Sequence[int], on: int) -> Day:
        """What each set of levers comes to on a day YYYYMMDD.

        Raises ApplicantError where data cannot be read. Levers that are done later than the day must not be in a set.
        """
        counts = [(at, len(repeats(self.done[at], on))) for at in self._repeating]
        data = self.data_of(0, (), on)
        month = on // 10000 * 12 + on // 100 % 100 - 1
        base = Data(min(data.base, month), (on, *data.facts[1:]), data.given, data.rows)
        moved = [column.moves(sets, on, counts, base) for column in self._columns]
        if self._last is not None and self._last[0] is sets and not any(moved):
            return Day(self._last[1].verdicts, [])
        columns = [column.ids for column in self._columns]
        keys: list[Key] = list(zip(*columns, strict=True)) if columns else [()] * len(sets)
        verdicts = self._verdicts
        new: list[Verdict] = []
        for key in dict.fromkeys(keys):
            if key not in verdicts:
                verdicts[key] = self._verdict(key)
                new.append(verdicts[key])
        self._last = (sets, Day([verdicts[key] for key in keys], new))
        return self._last[1]

    def _verdict(self, key: Key) -> Verdict:
        values = [column.values[at] for column, at in zip(self._columns, key, strict=True)]
        total, eligible, qualifies, *gates = self.cells.of(values)
        points = Fraction(int(total), self.den)  # type: ignore[call-overload]
        reached = bool(qualifies)
        if self.target is not None:
            reached = bool(eligible) and all(gates) and points >= self.target
        return Verdict(points, bool(eligible), reached)

    def data_of(self, chosen: int, counts: Key, on: int) -> Data:
        """The data of a set of levers, read once: its date is that of the first day on which it was asked for."""
        data = self._data.get((chosen, counts))
        if data is None:
            data = self._data[chosen, counts] = self.policy.read(self.data(chosen, on)).data
        return data

    def data(self, chosen: int, on: int) -> dict[str, Any]:
        """The applicant's data on a day, with a set of levers done."""
        picked = [one for at, one in enumerate(self.done) if chosen >> at & 1]
        return changed(self.applicant, picked, on)


class _Column:
    """What one group of cells gives for each set of levers, kept from day to day while nothing in it moves."""

    def __init__(self, stage: Stage, group: Group, of: Sequence[int]) -> None:
        self.stage, self.group = stage, group
        self.mask = sum(1 << at for at, lever in enumerate(of) if group.mask >> lever & 1)
        self.values: list[tuple[object, ...]] = []
        self.ids: list[int] = []
        self._numbers: dict[tuple[object, ...], int] = {}
        self._sets: Sequence[int] | None = None
        self._parts: list[int] = []
        self._key: object = None
        self._known: dict[object, dict[int, int]] = {}

    def moves(self, sets: Sequence[int], on: int, counts: list[tuple[int, int]], base: Data) -> bool:
        """Bring `ids` to a day; whether any of them changes."""
        own = [(at, count) for at, count in counts if self.mask >> at & 1]
        steady = self.group.steady(base)
        key = (steady, tuple(own))
        if sets is self._sets and key == self._key:
            return False
        if sets is not self._sets:
            self._sets, self._parts = sets, [one & self.mask for one in sets]
        self._key = key
        known = self._known.setdefault(key, {})
        self._look(set(self._parts) - known.keys(), own, on, steady, known)
        before, self.ids = self.ids, [known[chosen] for chosen in self._parts]
        return self.ids != before

    def _look(
        self,
        parts: set[int],
        counts: list[tuple[int, int]],
        on: int,
        steady: tuple[object, ...],
        known: dict[int, int],
    ) -> None:
        """Run the program for parts of sets that are not known yet: the innermost loop of the search."""
        month = on // 10000 * 12 + on // 100 % 100 - 1
        program, numbers, values, data_of = self.group.program, self._numbers, self.values, self.stage.data_of
        for chosen in parts:
            done = tuple([at * 1000 + count for at, count in counts if chosen >> at & 1]) if counts else ()
            base, facts, given, rows = data_of(chosen, done, on)
            first = base if base < month else month
            found = program((first, (on, *facts[1:], *steady), given, rows))  # type: ignore[arg-type]
            number = numbers.get(found)
            if number is None:
                number = numbers[found] = len(values)
                values.append(found)
            known[chosen] = number


def touched_by(levers: Sequence[Lever]) -> dict[str, int]:
    """For facts (`facts.name`), timelines and record lists (`name`), a bit for each lever that changes them.

    A lever that stands there more than once has one bit, by its first place among the different ones.
    """
    found: dict[str, int] = {}
    names: dict[str, int] = {}
    for lever in levers:
        bit = 1 << names.setdefault(lever.name, len(names))
        for change in lever.changes:
            name = f"facts.{change.target}" if change.kind == "set" else change.target
            found[name] = found.get(name, 0) | bit
    return found
