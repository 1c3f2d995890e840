"""The rules of one version, ready to say what sets of levers come to on the days on which they are in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.backends.inputs import Data
from jifen.levers.cells import cells_of
from jifen.levers.changes import Done, changed, repeats

if TYPE_CHECKING:
    from jifen.scheme import Scheme

Key = tuple[int, ...]


class Verdict(NamedTuple):
    """What an applicant comes to: the total, whether eligible, and whether the line is reached."""

    total: Fraction
    eligible: bool
    reached: bool


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
        self.cells = cells_of(policy.plan, outputs, policy.layout, self._touched())
        self._data: dict[tuple[int, Key], Data] = {}
        self._ids: list[dict[tuple[object, ...], int]] = [{} for _ in self.cells.groups]
        self._values: list[list[tuple[object, ...]]] = [[] for _ in self.cells.groups]
        self._verdicts: dict[Key, Verdict] = {}
        self._last: tuple[Sequence[int], list[list[int]]] | None = None

    def _touched(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for position, one in enumerate(self.done):
            for change in one.lever.changes:
                name = f"facts.{change.target}" if change.kind == "set" else change.target
                found[name] = found.get(name, 0) | 1 << position
        return found

    def verdicts(self, sets: Sequence[int], on: int) -> tuple[list[Verdict], list[Verdict]]:
        """What each set of levers comes to on a day YYYYMMDD, and of these what no day before had.

        Raises ApplicantError where data cannot be read. Levers that are done later than the day must not be in a set.
        """
        counts = tuple([len(repeats(one, on)) if one.lever.every else 0 for one in self.done])
        columns: list[list[int]] = []
        parts = self._parts(sets)
        for group, ids, values, part in zip(self.cells.groups, self._ids, self._values, parts, strict=True):
            known: dict[int, int] = {}
            for chosen in set(part):
                data = self._read(chosen, counts, on)
                found = group.program(data)
                at = ids.setdefault(found, len(ids))
                if at == len(values):
                    values.append(found)
                known[chosen] = at
            columns.append([known[chosen] for chosen in part])
        keys: list[Key] = list(zip(*columns, strict=True)) if columns else [()] * len(sets)
        verdicts = self._verdicts
        new: list[Verdict] = []
        for key in dict.fromkeys(keys):
            if key not in verdicts:
                verdicts[key] = self._verdict(key)
                new.append(verdicts[key])
        return [verdicts[key] for key in keys], new

    def _parts(self, sets: Sequence[int]) -> list[list[int]]:
        """What of each set each group feels; kept for the next day, which mostly looks at the same sets."""
        if self._last is None or self._last[0] is not sets:
            masks = [group.mask for group in self.cells.groups]
            self._last = (sets, [[one & mask for one in sets] for mask in masks])
        return self._last[1]

    def _verdict(self, key: Key) -> Verdict:
        values = [known[at] for known, at in zip(self._values, key, strict=True)]
        total, eligible, qualifies, *gates = self.cells.of(values)
        points = Fraction(int(total), self.den)  # type: ignore[call-overload]
        reached = bool(qualifies)
        if self.target is not None:
            reached = bool(eligible) and all(gates) and points >= self.target
        return Verdict(points, bool(eligible), reached)

    def _read(self, chosen: int, counts: Key, on: int) -> Data:
        """The data of a set of levers, read once and then moved to other days."""
        own = tuple([count if chosen >> at & 1 else 0 for at, count in enumerate(counts)])
        data = self._data.get((chosen, own))
        if data is None:
            data = self.policy.read(self.data(chosen, on)).data
            self._data[chosen, own] = data
        base = min(data.base, on // 10000 * 12 + on // 100 % 100 - 1)
        return data._replace(base=base, facts=(on, *data.facts[1:]))

    def data(self, chosen: int, on: int) -> dict[str, Any]:
        """The applicant's data on a day, with a set of levers done."""
        picked = [one for at, one in enumerate(self.done) if chosen >> at & 1]
        return changed(self.applicant, picked, on)
