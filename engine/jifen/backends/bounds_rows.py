"""What folds the rows of a timeline or record list, where rows or their values may be unknown.

A `Row` stands for one row that is known to be there, for one that may be, or for any number of unknown rows of which
each can have any of the values. What such a row adds is bounded first, and multiplied by how often it may stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from jifen.backends.bounds_values import Pair, options_of
from jifen.plan.types import Kind


class Times(NamedTuple):
    """How many rows a row stands for, at least and at most, and a bit for each missing input that decides it."""

    least: int
    most: int
    deps: int = 0


ONCE = Times(1, 1)

Fold = Callable[..., Pair]


class _Entry(NamedTuple):
    """A row that may count: whether it surely does, its values, and for how many rows it stands."""

    sure: bool
    most: int
    values: tuple[Pair, ...]


def _entries(times: Sequence[Times], conditions: Sequence[Pair], *columns: Sequence[Pair]) -> list[_Entry]:
    return [
        _Entry(bool(condition[0]) and one.least > 0, one.most, tuple(values))
        for one, condition, *values in zip(times, conditions, *columns, strict=True)
        if condition[1] and one.most
    ]


def known(times: Sequence[Times], *columns: Sequence[Pair]) -> bool:
    """Whether every row is there and all its values are exact."""
    return all(one == ONCE for one in times) and all(
        low == high for column in columns for low, high in column
    )


def gather(times: Sequence[Times], conditions: Sequence[Pair], sets: Sequence[Pair]) -> Pair:
    surely = possibly = 0
    for entry in _entries(times, conditions, sets):
        possibly |= entry.values[0][1]
        if entry.sure:
            surely |= entry.values[0][0]
    return surely, possibly


def total(times: Sequence[Times], conditions: Sequence[Pair], values: Sequence[Pair]) -> Pair:
    low = high = 0
    for entry in _entries(times, conditions, values):
        first, last = _added(entry)
        low, high = low + first, high + last
    return low, high


def _added(entry: _Entry) -> Pair:
    """What the rows of an entry add to a sum: one row if it is sure, and then up to all the others."""
    low, high = entry.values[0]
    others = entry.most - entry.sure
    least, most = min(low, 0) * others, max(high, 0) * others
    return (low + least, high + most) if entry.sure else (least, most)


def best(times: Sequence[Times], conditions: Sequence[Pair], values: Sequence[Pair]) -> Pair:
    entries = _entries(times, conditions, values)
    if not entries:
        return 0, 0
    sure = [entry.values[0][0] for entry in entries if entry.sure]
    ends = [entry.values[0] for entry in entries]
    if sure:
        return max(sure), max(high for _, high in ends)
    return min(0, *(low for low, _ in ends)), max(0, *(high for _, high in ends))


def least(times: Sequence[Times], conditions: Sequence[Pair], values: Sequence[Pair]) -> Pair:
    low, high = best(times, conditions, [(-b, -a) for a, b in values])
    return -high, -low


def capped_total(
    times: Sequence[Times],
    conditions: Sequence[Pair],
    values: Sequence[Pair],
    groups: Sequence[Pair],
    factor: int,
    cap: int,
) -> Pair:
    """Each group that is settled by itself, then what rows of unsettled groups can add to or take from any group."""
    entries = _entries(times, conditions, values, groups)
    sums: dict[int, Pair] = {}
    sure: set[int] = set()
    loose: list[_Entry] = []
    for entry in entries:
        group = entry.values[1]
        if group[0] != group[1]:
            loose.append(entry)
            continue
        low, high = sums.get(group[0], (0, 0))
        first, last = _added(entry)
        sums[group[0]] = low + first, high + last
        if entry.sure:
            sure.add(group[0])
    low = high = 0
    for group_at, (first, last) in sums.items():
        parts = [min(first * factor, cap), min(last * factor, cap)]
        if group_at not in sure:
            parts.append(0)
        low, high = low + min(parts), high + max(parts)
    for entry in loose:
        # Joining a group adds to it at most what the rows have, and at most the cap where the group had nothing;
        # where the sum falls, the group loses at most what the rows take, or falls to a cap below zero.
        first, last = _added(entry)
        rising = max(last, 0) * factor
        taken = min(first, 0) * factor + min(cap, 0) * entry.most
        each = min(max(entry.values[0][1], 0) * factor, max(cap, 0)) * entry.most
        settled_low = any(one < 0 for one, _ in sums.values()) or any(e.values[0][0] < 0 for e in loose)
        high += rising if settled_low else min(rising, each)
        low += taken
    return low, high


def monthly_total(
    times: Sequence[Times],
    conditions: Sequence[Pair],
    sets: Sequence[Pair],
    values: Sequence[Pair],
    overlap: str,
) -> Pair:
    entries = _entries(times, conditions, sets, values)
    if overlap == "sum":
        low = high = 0
        for entry in entries:
            (surely, possibly), (first, last) = entry.values
            counts = surely.bit_count() if entry.sure else 0, possibly.bit_count()
            others = (entry.most - 1) * possibly.bit_count()
            low += min(first * counts[0], first * counts[1]) + min(first, 0) * others
            high += max(last * counts[0], last * counts[1]) + max(last, 0) * others
        return low, high
    low = high = 0
    for months, covers in _regions(entries):
        first, last = _month(entries, covers, overlap)
        low, high = low + first * months, high + last * months
    return low, high


def _regions(entries: Sequence[_Entry]) -> list[tuple[int, tuple[Pair, ...]]]:
    """How many months are alike, and for each entry whether it surely and possibly has them; no months of none."""
    everything = 0
    for entry in entries:
        everything |= entry.values[0][1]
    regions: list[tuple[int, tuple[Pair, ...]]] = [(everything, ())]
    for entry in entries:
        surely, possibly = entry.values[0]
        parts = ((surely, (1, 1)), (possibly & ~surely, (0, 1)), (~possibly, (0, 0)))
        regions = [
            (months & part, (*covers, cover))
            for months, covers in regions
            for part, cover in parts
            if months & part
        ]
    return [(months.bit_count(), covers) for months, covers in regions if months]


def _month(entries: Sequence[_Entry], covers: Sequence[Pair], overlap: str) -> Pair:
    """The number that counts in a month, 0 where no row has it."""
    possible = [entry.values[1] for entry, cover in zip(entries, covers, strict=True) if cover[1]]
    sure = [entry.values[1] for entry, cover in zip(entries, covers, strict=True) if cover[0] and entry.sure]
    low, high = min(one for one, _ in possible), max(one for _, one in possible)
    if not sure:
        return min(low, 0), max(high, 0)
    if overlap == "highest":
        return max(one for one, _ in sure), high
    if overlap == "lowest":
        return low, min(one for _, one in sure)
    return low, high


FOLDS: dict[str, Fold] = {
    "gather": gather,
    "total": total,
    "best": best,
    "least": least,
    "capped_total": capped_total,
    "monthly_total": monthly_total,
}


# places among rows


def ordinal(times: Sequence[Times], conditions: Sequence[Pair], keys: Sequence[Pair]) -> list[Pair]:
    """Known rows stand in the order of the list; unknown ones may stand anywhere in it."""
    found: list[Pair] = []
    for row, (one, condition, key) in enumerate(zip(times, conditions, keys, strict=True)):
        if not condition[1] or not one.most:
            found.append((0, 0))
            continue
        low, high = 1, one.most
        for other, (many, counts, rank) in enumerate(zip(times, conditions, keys, strict=True)):
            if other == row or not counts[1]:
                continue
            settled = one == ONCE and many == ONCE
            earlier = other < row
            if rank[0] < key[1] or (rank[0] == key[1] and (earlier or not settled)):
                high += many.most
            if counts[0] and (rank[1] < key[0] or (rank[1] == key[0] and earlier and settled)):
                low += many.least
        found.append((low if condition[0] else 0, high))
    return found


def leader(
    times: Sequence[Times],
    conditions: Sequence[Pair],
    groups: Sequence[Pair],
    values: Sequence[Pair],
    highest: bool,
    group_kind: Kind,
) -> list[Pair]:
    """Surely the leader if no other row can be ahead; not if one surely is."""
    if not highest:
        values = [(-b, -a) for a, b in values]
    found: list[Pair] = []
    rows = list(zip(times, conditions, groups, values, strict=True))
    for row, (one, condition, group, value) in enumerate(rows):
        surely, possibly = bool(condition[0]) and one == ONCE, bool(condition[1])
        for other, (many, counts, its_group, its_value) in enumerate(rows):
            if other == row or not counts[1] or not many.most:
                continue
            may, must = _same(group, its_group, group_kind)
            settled = one == ONCE and many == ONCE
            earlier = other < row
            if may and (its_value[1] > value[0] or (its_value[1] == value[0] and (earlier or not settled))):
                surely = False
            sure = must and counts[0] and many.least > 0
            if sure and (its_value[0] > value[1] or (its_value[0] == value[1] and earlier and settled)):
                possibly = False
        found.append((int(surely and possibly), int(possibly)))
    return found


def _same(a: Pair, b: Pair, kind: Kind) -> tuple[bool, bool]:
    """Whether two pairs may be, and must be, the same value."""
    if a == b and a[0] == a[1]:
        return True, True
    if kind is Kind.CHOICE:
        return bool(options_of(a) & options_of(b)), False
    return a[0] <= b[1] and b[0] <= a[1], False
