"""The meaning of every operation on Python integers.

A month set is an int whose bit i is the month `base + i`; `base` is the first month of any of the applicant's
spells, so no set has a month before it. Functions of BASED take `base` first; parameters follow arguments.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from jifen.plan.types import LAST_MONTH

SHORTEST = 28
"""The days that every month has."""


def round_to(n: int, den: int, ties: str) -> int:
    """n / den as a whole number; `ties` says how halves (or, for up and down, all parts) go."""
    if ties == "down_to":
        return n // den
    if ties == "up_to":
        return -(-n // den)
    if ties == "half_up":
        return (2 * n + den) // (2 * den)
    sign, size = (-1 if n < 0 else 1), abs(n)
    if ties == "up":
        return sign * -(-size // den)
    if ties == "down":
        return sign * (size // den)
    whole, rest = divmod(size, den)
    if 2 * rest > den or (2 * rest == den and (ties == "away_from_zero" or whole % 2)):
        whole += 1
    return sign * whole


def series(month: int, starts: Sequence[int], values: Sequence[int], _den: int) -> int:
    """The value in force in a month; the first holds before its start too."""
    return values[max(bisect_right(starts, month) - 1, 0)]


def age(born: int, on: int, day_after: bool) -> int:
    """Completed years. Somebody born on 29 February has the birthday on the 28th in a common year."""
    if day_after:
        return (on - born - (on != born)) // 10000
    if born % 10000 == 229 and not isleap(on // 10000):
        born -= 1
    return (on - born) // 10000


def started_years(since: int, on: int) -> int:
    """Years begun: an anniversary still belongs to the year before it."""
    return (on - since - 1) // 10000 + 1


def months_between(a: int, b: int) -> int:
    """Whole months from a to b by the day of the month; negative when b is earlier."""
    if b < a:
        return -months_between(b, a)
    months = (b // 10000 - a // 10000) * 12 + b // 100 % 100 - a // 100 % 100
    return months - (b % 100 < a % 100)


def to_date(day: int) -> date:
    """A calendar date out of YYYYMMDD."""
    return date(day // 10000, day // 100 % 100, day % 100)


def days_between(a: int, b: int) -> int:
    """Days from a to b."""
    return (to_date(b) - to_date(a)).days


_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """The days of a month."""
    return 29 if month == 2 and isleap(year) else _LENGTHS[month - 1]


def shift(day: int, years: int, months: int, days: int) -> int:
    """A date moved by years and months, its day kept or the month's last, then by days."""
    index = (day // 10000 + years) * 12 + day // 100 % 100 - 1 + months
    year, month = index // 12, index % 12 + 1
    if not days and day % 100 <= SHORTEST:
        return year * 10000 + month * 100 + day % 100
    moved = date(year, month, min(day % 100, month_length(year, month))) + timedelta(days)
    return moved.year * 10000 + moved.month * 100 + moved.day


def place(day: int, year: int | None, month: int | None, day_of_month: int | None) -> int:
    """A date with its year, month or day replaced; a day past the month's end is its last day."""
    year, month, number = year or day // 10000, month or day // 100 % 100, day_of_month or day % 100
    if number > SHORTEST:
        number = min(number, month_length(year, month))
    return year * 10000 + month * 100 + number


def month_end(month: int) -> int:
    """The last day of a month."""
    year, number = month // 12, month % 12 + 1
    return year * 10000 + number * 100 + month_length(year, number)


def span(base: int, first: int, last: int) -> int:
    """The months from first to last."""
    return (2 << last - base) - (1 << first - base) if first <= last else 0


def during(base: int, months: int, first: int, last: int) -> int:
    """The months of a set from first to last."""
    if last < base or last < first:
        return 0
    months &= (2 << min(last - base, months.bit_length())) - 1
    return months >> first - base << first - base if first > base else months


def earliest(months: int, n: int) -> int:
    """The n earliest months of a set."""
    if months.bit_count() <= n:
        return months
    rest = months
    for _ in range(n):
        rest &= rest - 1
    return months ^ rest


def nth(base: int, months: int, n: int) -> int:
    """The nth month of a set; the month after all others when it has fewer."""
    for _ in range(n - 1):
        months &= months - 1
    return base + (months & -months).bit_length() - 1 if months else LAST_MONTH


def streak(base: int, months: int, end: int) -> int:
    """The run without a gap that ends at `end`."""
    if end < base:
        return 0
    window = (2 << end - base) - 1
    return end - base + 1 - (window & ~months).bit_length()


def unbroken(base: int, months: int, end: int) -> int:
    """The months of the run without a gap that ends at `end`."""
    return span(base, end - streak(base, months, end) + 1, end)


def has(base: int, months: int, month: int) -> bool:
    """Whether a month is in a set."""
    return month >= base and bool(months >> month - base & 1)


def longest(months: int) -> int:
    """The longest run without a gap."""
    length = 0
    while months:
        months &= months << 1
        length += 1
    return length


def runs(months: int) -> list[tuple[int, int]]:
    """The runs of a set as (first bit, length), in order."""
    found = []
    at = 0
    while months:
        zeros = (months & -months).bit_length() - 1
        months >>= zeros
        ones = (~months & (months + 1)).bit_length() - 1
        found.append((at + zeros, ones))
        months >>= ones
        at += zeros + ones
    return found


def run_years(months: int) -> int:
    """Full years of each run, added up."""
    return sum(length // 12 for _, length in runs(months))


def yearly(base: int, months: int, rate: int, cap: int, _den: int) -> int:
    """`rate` for each month, at most `cap` in any calendar year."""
    total, offset = 0, base % 12
    months <<= offset
    while months:
        total += min((months & 0xFFF).bit_count() * rate, cap)
        months >>= 12
    return total


def total(conditions: Sequence[int], values: Sequence[int]) -> int:
    """The sum over the rows that meet the condition."""
    return sum(value for condition, value in zip(conditions, values, strict=True) if condition)


def best(conditions: Sequence[int], values: Sequence[int]) -> int:
    """The highest among the rows that meet the condition, 0 when none does."""
    return max((value for condition, value in zip(conditions, values, strict=True) if condition), default=0)


def least(conditions: Sequence[int], values: Sequence[int]) -> int:
    """The lowest among the rows that meet the condition, 0 when none does."""
    return min((value for condition, value in zip(conditions, values, strict=True) if condition), default=0)


def gather(conditions: Sequence[int], sets: Sequence[int]) -> int:
    """The months of all rows that meet the condition."""
    months = 0
    for condition, part in zip(conditions, sets, strict=True):
        if condition:
            months |= part
    return months


def capped_total(
    conditions: Sequence[int], values: Sequence[int], groups: Sequence[int], factor: int, cap: int
) -> int:
    """The sum over groups of each group's sum times `factor`, at most `cap` each."""
    sums: dict[int, int] = {}
    for condition, value, group in zip(conditions, values, groups, strict=True):
        if condition:
            sums[group] = sums.get(group, 0) + value
    return capped(sums.values(), factor, cap)


def capped(sums: Iterable[int], factor: int, cap: int) -> int:
    """Each sum times `factor`, at most `cap` of it, added up."""
    return sum(min(value * factor, cap) for value in sums)


def monthly_total(conditions: Sequence[int], sets: Sequence[int], values: Sequence[int], overlap: str) -> int:
    """A number for each month, added up; `overlap` says which counts where a month lies in several rows."""
    rows = [
        (value, months)
        for condition, months, value in zip(conditions, sets, values, strict=True)
        if condition
    ]
    if overlap == "sum":
        return sum(value * months.bit_count() for value, months in rows)
    if overlap != "first":
        rows.sort(key=lambda row: row[0], reverse=overlap == "highest")
    found = taken = 0
    for value, months in rows:
        found += value * (months & ~taken).bit_count()
        taken |= months
    return found


def ordinal(conditions: Sequence[int], keys: Sequence[int]) -> list[int]:
    """The place of each row among those that meet the condition, by key and then by position; 0 for the others."""
    places = [0] * len(keys)
    counted = sorted(
        (key, row) for row, (condition, key) in enumerate(zip(conditions, keys, strict=True)) if condition
    )
    for position, (_, row) in enumerate(counted, 1):
        places[row] = position
    return places


def leader(
    conditions: Sequence[int], groups: Sequence[int], values: Sequence[int], highest: bool
) -> list[int]:
    """Whether each row has the best value of its group; the first of equals leads."""
    ahead: dict[int, int] = {}
    for row, (condition, group) in enumerate(zip(conditions, groups, strict=True)):
        if not condition:
            continue
        other = ahead.get(group)
        if other is None or (values[row] > values[other] if highest else values[row] < values[other]):
            ahead[group] = row
    leaders = set(ahead.values())
    return [int(row in leaders) for row in range(len(groups))]


FUNCTIONS: dict[str, Callable[..., int]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b, *_: a * b,
    "scale": lambda a, factor, _den: a * factor,
    "floordiv": lambda a, b: a // b,
    "round": round_to,
    "min": min,
    "max": max,
    "lt": lambda a, b: a < b,
    "eq": lambda a, b: a == b,
    "and": lambda a, b: a and b,
    "not": lambda a: not a,
    "choose": lambda condition, a, b: a if condition else b,
    "lookup": lambda code, values, _den: values[code],
    "one_of": lambda code, mask: bool(mask >> code & 1),
    "contains": lambda flags, position: bool(flags >> position & 1),
    "series": series,
    "age": age,
    "started_years": started_years,
    "months_between": months_between,
    "days_between": days_between,
    "shift": shift,
    "place": place,
    "month_of": lambda day: day // 10000 * 12 + day // 100 % 100 - 1,
    "month_end": month_end,
    "year": lambda day: day // 10000,
    "month_number": lambda day: day // 100 % 100,
    "day_of_year": lambda day: day % 10000,
    "move_month": lambda month, by: month + by,
    "span": span,
    "meet": lambda a, b: a & b,
    "join": lambda a, b: a | b,
    "without": lambda a, b: a & ~b,
    "only_if": lambda condition, a: a if condition else 0,
    "during": during,
    "earliest": earliest,
    "nth": nth,
    "count": lambda months: months.bit_count(),
    "streak": streak,
    "unbroken": unbroken,
    "longest": longest,
    "run_years": run_years,
    "has": has,
    "yearly": yearly,
}

BASED = frozenset({"span", "during", "nth", "streak", "unbroken", "has", "yearly"})

FOLDS: dict[str, Callable[..., int]] = {
    "gather": gather,
    "total": total,
    "best": best,
    "least": least,
    "capped_total": capped_total,
    "monthly_total": monthly_total,
}

ORDERS: dict[str, Callable[..., list[int]]] = {"ordinal": ordinal, "leader": leader}
