"""Folds: the rows of each applicant as one value. Values and conditions lie in the order of the diagonals."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jifen.backends.columns.block import Column
from jifen.backends.columns.diagonals import Diagonals
from jifen.backends.columns.widths import fitting
from jifen.backends.columns.words import Months, count
from jifen.plan.types import Type

Truth = NDArray[np.bool_]


def _where(condition: Truth, values: Column) -> Column:
    """The values where the condition holds, else 0."""
    if len(condition) == 1 and condition[0]:
        return values
    found: Column = values * condition
    return found


def gather(rows: Diagonals, condition: Truth, months: Months) -> Months:
    """The months of all rows that meet the condition."""
    return tuple([rows.folded(np.bitwise_or, _where(condition, word)) for word in months])


def total(rows: Diagonals, condition: Truth, values: Column, type_: Type, result: np.dtype[Any]) -> Column:
    """The sum over the rows that meet the condition."""
    if len(values) == 1:
        times: Column = rows.folded(np.add, condition.astype(np.int32))
        found: Column = times.astype(result) * values.astype(result)
        return found
    width = summing(rows, type_)
    return rows.folded(np.add, _where(condition, values.astype(width, copy=False)))


def summing(rows: Diagonals, type_: Type, factor: int = 1) -> np.dtype[Any]:
    """The width that holds the sum of so many values of a type, times a factor."""
    most = max(rows.most, 1) * abs(factor)
    return fitting(min(type_.low, 0) * most, max(type_.high, 0) * most)


def best(rows: Diagonals, condition: Truth, values: Column, type_: Type) -> Column:
    """The highest among the rows that meet the condition, 0 when none does."""
    if type_.low >= 0:
        return rows.folded(np.maximum, _where(condition, values))
    width = fitting(type_.low - 1, max(type_.high - type_.low + 1, type_.high))
    above = values.astype(width, copy=False) - (type_.low - 1)
    found = rows.folded(np.maximum, _where(condition, above))
    return (found + (type_.low - 1)) * (found > 0)


def least(rows: Diagonals, condition: Truth, values: Column, type_: Type) -> Column:
    """The lowest among the rows that meet the condition, 0 when none does."""
    width = fitting(min(type_.low, 0), max(type_.high - type_.low, type_.high) + 1)
    below = type_.high + 1 - values.astype(width, copy=False)
    found = rows.folded(np.maximum, _where(condition, below))
    return (type_.high + 1 - found) * (found > 0)


def capped_total(
    rows: Diagonals,
    condition: Truth,
    values: Column,
    groups: Column,
    factor: int,
    cap: int,
    type_: Type,
) -> Column:
    """The sum over groups of each group's sum times `factor`, at most `cap` each."""
    width = summing(rows, Type(type_.kind, 1, min(type_.low, cap), max(type_.high, cap)), max(abs(factor), 1))
    found = np.zeros(rows.count, width)
    kept, owners = chosen_rows(rows, condition)
    if not len(kept):
        return found
    value, group = rows.restored(values)[kept].astype(width), sortable(rows.restored(groups)[kept])
    order = np.lexsort((group, owners))
    value, group, owners = value[order], group[order], owners[order]
    starts = np.flatnonzero(first_of_each(owners, group))
    sums = np.minimum(np.add.reduceat(value, starts) * factor, cap)
    np.add.at(found, owners[starts], sums)
    return found


def monthly_total(
    rows: Diagonals, condition: Truth, months: Months, values: Column, overlap: str, type_: Type
) -> Column:
    """A number for each month, added up; `overlap` says which counts where a month lies in several rows."""
    bits = 64 * max(len(months), 1)
    width = summing(rows, type_, bits)
    if overlap == "sum":
        each = values.astype(width) * count(months)
        return rows.folded(np.add, np.broadcast_to(_where(condition, each), rows.rows))
    found = np.zeros(rows.count, width)
    kept, owners = chosen_rows(rows, condition)
    value = rows.restored(values)[kept].astype(width)
    words = [rows.restored(word)[kept] for word in months]
    order: NDArray[np.intp] = np.arange(len(kept))
    if overlap != "first":
        key = sortable(value)
        order = np.lexsort((~key if overlap == "highest" else key, owners))
    numbers = numbered(owners)
    taken = [np.zeros(rows.count, np.uint64) for _ in words]
    # The first row of each applicant, then the second: none of these steps meets an applicant twice.
    for number in range(int(numbers.max(initial=-1)) + 1):
        here = order[np.flatnonzero(numbers == number)]
        own = owners[here]
        for word, seen in zip(words, taken, strict=True):
            new = word[here] & ~seen[own]
            found[own] += value[here] * np.bitwise_count(new)
            seen[own] |= new
    return found


def ordinal(rows: Diagonals, condition: Truth, keys: Column) -> Column:
    """The place of each row among those that meet the condition, by key and then by position; 0 for the others."""
    places = np.zeros(rows.rows, np.int32)
    kept, owners = chosen_rows(rows, condition)
    order = np.lexsort((sortable(rows.restored(keys)[kept]), owners))
    places[kept[order]] = numbered(owners) + 1
    return rows.arranged(places)


def leader(rows: Diagonals, condition: Truth, groups: Column, values: Column, highest: bool) -> Column:
    """Whether each row has the best value of its group; the first of equals leads. bool."""
    leads = np.zeros(rows.rows, np.bool_)
    kept, owners = chosen_rows(rows, condition)
    group, value = (sortable(rows.restored(column)[kept]) for column in (groups, values))
    order = np.lexsort((~value if highest else value, group, owners))
    leads[kept[order]] = first_of_each(owners[order], group[order])
    return rows.arranged(leads)


def chosen_rows(rows: Diagonals, condition: Truth) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The rows that meet a condition, in the order in which they lie in the block, and whose they are."""
    kept = np.flatnonzero(rows.restored(condition))
    return kept, rows.owners[kept]


def sortable(column: Column) -> Column:
    """Integers of a machine's width in the same order: Python's integers by their rank."""
    if column.dtype == object:
        return np.unique(column, return_inverse=True)[1]
    return column.astype(np.int8) if column.dtype == np.bool_ else column


def first_of_each(*columns: Column) -> Truth:
    """Whether an entry differs from the one before in any of some columns."""
    found = np.ones(len(columns[0]), np.bool_)
    if len(found):
        found[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return found


def numbered(owners: NDArray[np.intp]) -> NDArray[np.intp]:
    """The number of each entry, from 0, among those of the same owner; owners ascend."""
    at = np.arange(len(owners))
    starts = np.where(first_of_each(owners), at, 0)
    return at - np.maximum.accumulate(starts) if len(at) else at
