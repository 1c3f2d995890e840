"""The meaning of every operation that works on single values, on pairs: what it yields for any of their members.

Each function takes pairs (see `bounds_values`) and yields one that holds the result of every choice from them. An
operation that only rises or falls with an argument is asked at the ends alone.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Sequence

from jifen.backends import semantics as exact
from jifen.backends.bounds_values import Pair, options_of

TRUE, FALSE, OPEN = (1, 1), (0, 0), (0, 1)

MOST_ENDS = 1200
"""How many possible ends of a run are tried one by one."""


def _corners(results: Sequence[int]) -> Pair:
    return min(results), max(results)


def add(a: Pair, b: Pair) -> Pair:
    return a[0] + b[0], a[1] + b[1]


def sub(a: Pair, b: Pair) -> Pair:
    return a[0] - b[1], a[1] - b[0]


def mul(a: Pair, b: Pair, *_: object) -> Pair:
    return _corners([x * y for x in a for y in b])


def scale(a: Pair, factor: int, _den: int) -> Pair:
    return (a[0] * factor, a[1] * factor) if factor >= 0 else (a[1] * factor, a[0] * factor)


def floordiv(a: Pair, b: Pair) -> Pair:
    """The divisor is above zero: its type says so."""
    return _corners([x // y for x in a for y in b])


def round_to(a: Pair, den: int, ties: str) -> Pair:
    return exact.round_to(a[0], den, ties), exact.round_to(a[1], den, ties)


def minimum(a: Pair, b: Pair) -> Pair:
    return min(a[0], b[0]), min(a[1], b[1])


def maximum(a: Pair, b: Pair) -> Pair:
    return max(a[0], b[0]), max(a[1], b[1])


def less(a: Pair, b: Pair) -> Pair:
    if a[1] < b[0]:
        return TRUE
    return FALSE if a[0] >= b[1] else OPEN


def equal(a: Pair, b: Pair) -> Pair:
    return OPEN if a[0] <= b[1] and b[0] <= a[1] else FALSE


def equal_choice(a: Pair, b: Pair) -> Pair:
    return OPEN if options_of(a) & options_of(b) else FALSE


def both(a: Pair, b: Pair) -> Pair:
    return a[0] & b[0], a[1] & b[1]


def invert(a: Pair) -> Pair:
    return 1 - a[1], 1 - a[0]


def lookup(code: Pair, values: Sequence[int], _den: int) -> Pair:
    mask = options_of(code)
    return _corners([value for position, value in enumerate(values) if mask >> position & 1])


def one_of(code: Pair, wanted: int) -> Pair:
    mask = options_of(code)
    if not mask & wanted:
        return FALSE
    return OPEN if mask & ~wanted else TRUE


def contains(flags: Pair, position: int) -> Pair:
    return flags[0] >> position & 1, flags[1] >> position & 1


def series(month: Pair, starts: Sequence[int], values: Sequence[int], _den: int) -> Pair:
    first, last = (max(bisect_right(starts, end) - 1, 0) for end in month)
    return _corners(values[first : last + 1])


# dates


def age(born: Pair, on: Pair, day_after: bool) -> Pair:
    return exact.age(born[1], on[0], day_after), exact.age(born[0], on[1], day_after)


def started_years(since: Pair, on: Pair) -> Pair:
    return exact.started_years(since[1], on[0]), exact.started_years(since[0], on[1])


def months_between(a: Pair, b: Pair) -> Pair:
    return exact.months_between(a[1], b[0]), exact.months_between(a[0], b[1])


def days_between(a: Pair, b: Pair) -> Pair:
    return exact.days_between(a[1], b[0]), exact.days_between(a[0], b[1])


def shift(day: Pair, years: int, months: int, days: int) -> Pair:
    return exact.shift(day[0], years, months, days), exact.shift(day[1], years, months, days)


def place(day: Pair, year: int | None, month: int | None, number: int | None) -> Pair:
    """Rises with the date unless a smaller unit than the one replaced is kept and begins anew."""
    low, high = day
    wraps = (year is not None and low // 10000 != high // 10000) or (
        month is not None and number is None and low // 100 != high // 100
    )
    if not wraps:
        return exact.place(low, year, month, number), exact.place(high, year, month, number)
    first, last = year or low // 10000, year or high // 10000
    start, end = month or 1, month or 12
    earliest_day = exact.SHORTEST if month is None else monthrange(first, start)[1]
    last_day = monthrange(last, end)[1]
    return (
        first * 10000 + start * 100 + min(number or 1, earliest_day),
        last * 10000 + end * 100 + min(number or last_day, last_day),
    )


def month_of(day: Pair) -> Pair:
    return day[0] // 10000 * 12 + day[0] // 100 % 100 - 1, day[1] // 10000 * 12 + day[1] // 100 % 100 - 1


def month_end(month: Pair) -> Pair:
    return exact.month_end(month[0]), exact.month_end(month[1])


def year(day: Pair) -> Pair:
    return day[0] // 10000, day[1] // 10000


def month_number(day: Pair) -> Pair:
    same = day[0] // 10000 == day[1] // 10000
    return (day[0] // 100 % 100, day[1] // 100 % 100) if same else (1, 12)


def day_of_year(day: Pair) -> Pair:
    same = day[0] // 10000 == day[1] // 10000
    return (day[0] % 10000, day[1] % 10000) if same else (101, 1231)


def move_month(month: Pair, by: int) -> Pair:
    return month[0] + by, month[1] + by


# month sets: (surely, possibly)


def span(base: int, first: Pair, last: Pair) -> Pair:
    return exact.span(base, first[1], last[0]), exact.span(base, first[0], last[1])


def join(a: Pair, b: Pair) -> Pair:
    return a[0] | b[0], a[1] | b[1]


def take_away(a: Pair, b: Pair) -> Pair:
    return a[0] & ~b[1], a[1] & ~b[0]


def only_if(condition: Pair, a: Pair) -> Pair:
    return a[0] if condition[0] else 0, a[1] if condition[1] else 0


def during(base: int, months: Pair, first: Pair, last: Pair) -> Pair:
    return (
        exact.during(base, months[0], first[1], last[0]),
        exact.during(base, months[1], first[0], last[1]),
    )


def earliest(months: Pair, n: Pair) -> Pair:
    """Surely, if it is among the first even with all that may be there; possibly, unless sure ones are enough."""
    surely, possibly = months
    sure = surely & exact.earliest(possibly, n[0])
    if n[1] <= 0:
        return 0, 0
    if surely.bit_count() < n[1]:
        return sure, possibly
    return sure, possibly & ((1 << exact.earliest(surely, n[1]).bit_length()) - 1)


def nth(base: int, months: Pair, n: int) -> Pair:
    return exact.nth(base, months[1], n), exact.nth(base, months[0], n)


def count(months: Pair) -> Pair:
    return months[0].bit_count(), months[1].bit_count()


def streak(base: int, months: Pair, end: Pair) -> Pair:
    if end[1] - end[0] > MOST_ENDS:
        return 0, exact.longest(months[1])
    ends = range(end[0], end[1] + 1)
    return (
        min(exact.streak(base, months[0], at) for at in ends),
        max(exact.streak(base, months[1], at) for at in ends),
    )


def unbroken(base: int, months: Pair, end: Pair) -> Pair:
    if end[0] != end[1]:
        return 0, exact.during(base, months[1], base, end[1])
    return exact.unbroken(base, months[0], end[0]), exact.unbroken(base, months[1], end[0])


def longest(months: Pair) -> Pair:
    return exact.longest(months[0]), exact.longest(months[1])


def run_years(months: Pair) -> Pair:
    return exact.run_years(months[0]), exact.run_years(months[1])


def has(base: int, months: Pair, month: Pair) -> Pair:
    low, high = max(month[0], base), min(month[1], base + months[1].bit_length())
    possibly = exact.during(base, months[1], low, high) != 0
    surely = month[0] >= base and (
        exact.during(base, months[0], *month).bit_count() == month[1] - month[0] + 1
    )
    return int(surely), int(possibly)


def yearly(base: int, months: Pair, rate: int, cap: int, den: int) -> Pair:
    return _corners([exact.yearly(base, part, rate, cap, den) for part in months])


MEANING: dict[str, Callable[..., Pair]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "scale": scale,
    "floordiv": floordiv,
    "round": round_to,
    "min": minimum,
    "max": maximum,
    "lt": less,
    "eq": equal,
    "and": both,
    "not": invert,
    "lookup": lookup,
    "one_of": one_of,
    "contains": contains,
    "series": series,
    "age": age,
    "started_years": started_years,
    "months_between": months_between,
    "days_between": days_between,
    "shift": shift,
    "place": place,
    "month_of": month_of,
    "month_end": month_end,
    "year": year,
    "month_number": month_number,
    "day_of_year": day_of_year,
    "move_month": move_month,
    "span": span,
    "meet": both,
    "join": join,
    "without": take_away,
    "only_if": only_if,
    "during": during,
    "earliest": earliest,
    "nth": nth,
    "count": count,
    "streak": streak,
    "unbroken": unbroken,
    "longest": longest,
    "run_years": run_years,
    "has": has,
    "yearly": yearly,
}
"""Every operation but `choose`, which needs to know of what kind its branches are."""
