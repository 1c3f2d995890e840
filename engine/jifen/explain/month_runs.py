"""Month sets of one applicant as integers over any first month, and the months that a function of them lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from jifen.scorecard.numbers import intervals


class Calendar(NamedTuple):
    """A set of months: bit i of `bits` is the month `first + i`, which may lie before any spell."""

    first: int
    bits: int

    @staticmethod
    def between(first: int, last: int) -> Calendar:
        """All months from `first` to `last`, both inside; none where they are the wrong way round."""
        return Calendar(first, (1 << max(last - first + 1, 0)) - 1)

    def _over(self, other: Calendar) -> tuple[int, int, int]:
        first = min(self.first, other.first)
        return first, self.bits << self.first - first, other.bits << other.first - first

    def without(self, other: Calendar) -> Calendar:
        """The months of this set that are not in the other."""
        first, one, two = self._over(other)
        return Calendar(first, one & ~two)

    def within(self, other: Calendar) -> Calendar:
        """The months of both."""
        first, one, two = self._over(other)
        return Calendar(first, one & two)

    def joined(self, other: Calendar) -> Calendar:
        """The months of either."""
        first, one, two = self._over(other)
        return Calendar(first, one | two)

    @property
    def size(self) -> int:
        """How many months."""
        return self.bits.bit_count()

    @property
    def earliest(self) -> int | None:
        """The first month; None where there is none."""
        return self.first + (self.bits & -self.bits).bit_length() - 1 if self.bits else None

    @property
    def latest(self) -> int | None:
        """The last month; None where there is none."""
        return self.first + self.bits.bit_length() - 1 if self.bits else None

    def runs(self) -> list[tuple[int, int]]:
        """The unbroken runs, first and last month of each."""
        found, bits, first = [], self.bits, self.first
        while bits:
            skipped = (bits & -bits).bit_length() - 1
            bits >>= skipped
            length = (~bits & (bits + 1)).bit_length() - 1
            bits >>= length
            first += skipped
            found.append((first, first + length - 1))
            first += length
        return found

    def texts(self) -> list[str]:
        """The runs as texts: `2019-01..2021-12`."""
        return intervals(self.first, self.bits)


class Missing(NamedTuple):
    """The months that are missing, and the one of them to look at first; None where there is none."""

    months: Calendar
    first: int | None


def missing(
    function: str,
    counted: Calendar,
    known: Calendar,
    window: tuple[int | None, int | None],
    needed: Fraction,
    month: int | None,
) -> Missing | None:
    """The months that a function of a month set lacks of what is needed.

    `known` are the months that lie in the set or were left out of it, `window` its first and last month, `needed`
    what the function should have come to, in its own unit (1 for `has`), `month` the month that `has` asks for.
    None where the function is none of months, or where its set has no last month.
    """
    first, last = window
    if function == "has" and month is not None:
        lacking = Calendar.between(month, month).without(counted)
        return Missing(lacking, lacking.earliest)
    if last is None:
        return None
    if function == "streak":
        lacking = Calendar.between(last - ceil(needed) + 1, last).without(counted)
        return Missing(lacking, lacking.latest)
    if function == "longest":
        return _beside_longest(counted, first, last)
    if function in ("count", "full_years"):
        begin = first if first is not None else known.earliest
        if begin is None:
            return None
        lacking = Calendar.between(begin, last).without(counted)
        return Missing(lacking, lacking.earliest)
    return None


def _beside_longest(counted: Calendar, first: int | None, last: int) -> Missing | None:
    """The months that would have made the longest run (of equal ones the latest) longer: those at its two ends."""
    runs = counted.runs()
    if not runs:
        return None
    low, high = max(runs, key=lambda run: (run[1] - run[0], run[1]))
    ends = [month for month in (low - 1, high + 1) if month <= last and (first is None or month >= first)]
    lacking = union(Calendar.between(month, month) for month in ends)
    return Missing(lacking, max(ends, default=None))


def union(sets: Iterable[Calendar]) -> Calendar:
    """The months of any of several sets."""
    found = Calendar(0, 0)
    for one in sets:
        found = found.joined(one) if found.bits else one
    return found


def by_reason(months: Calendar, left_out: Sequence[tuple[int, Calendar]]) -> list[tuple[int, Calendar]]:
    """The months in the order of the reasons for which they were left out, each once; -1 for those never there."""
    found = []
    for reason, these in left_out:
        part = months.within(these)
        if part.bits:
            found.append((reason, part))
            months = months.without(part)
    return [*found, (-1, months)] if months.bits else found
