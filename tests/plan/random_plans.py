"""Random plans: calls of the recorder's methods on whatever earlier calls have made."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type

from .direct import Direct
from .random_people import FACTS, FIRST, INPUTS, LAST, MOST_ROWS, OPTIONAL, OPTIONS, ROWS

T = TypeVar("T")

NUMBER, TRUTH, DATE, MONTH = Kind.NUMBER, Kind.TRUTH, Kind.DATE, Kind.MONTH
CHOICE, CHOICES, MONTHS = Kind.CHOICE, Kind.CHOICES, Kind.MONTHS
ALL_KINDS = (NUMBER, TRUTH, DATE, MONTH, CHOICE, CHOICES, MONTHS)

TIES = ("away_from_zero", "half_even", "half_up", "up", "down", "down_to", "up_to")

LISTED = ("capped_total", "monthly_total")


class At(NamedTuple):
    """An argument: what the call at this position gave."""

    position: int


@dataclass(frozen=True)
class Call:
    method: str
    args: tuple[object, ...]


def text_of(calls: tuple[Call, ...]) -> str:
    """The calls, one a line."""
    lines = []
    for position, call in enumerate(calls):
        args = [f"v{arg.position}" if isinstance(arg, At) else str(arg) for arg in call.args]
        lines.append(f"v{position} = {call.method}({', '.join(args)})")
    return "\n".join(lines)


def replay(ops: Recorder | Direct, calls: tuple[Call, ...]) -> list[Ref]:
    """The calls on a recorder, or on anything with its methods."""
    refs: list[Ref] = []
    for call in calls:
        args = [refs[arg.position] if isinstance(arg, At) else arg for arg in call.args]
        refs.append(getattr(ops, call.method)(*args))
    return refs


# ---- one call


class Drawing:
    """Makes calls; knows the slot that each has given. Every decision is a byte of the call's own."""

    def __init__(self) -> None:
        self.ops = Recorder(INPUTS)
        self.calls: list[Call] = []
        self.refs: list[Ref] = []
        self.bytes: Iterator[int] = iter(())

    def make(self, maker: "Maker", decisions: bytes) -> None:
        self.bytes = iter(decisions)
        with suppress(LookupError):
            maker(self)

    def add(self, method: str, *args: object) -> At:
        given = [self.refs[arg.position] if isinstance(arg, At) else arg for arg in args]
        self.calls.append(Call(method, args))
        self.refs.append(getattr(self.ops, method)(*given))
        return At(len(self.refs) - 1)

    def whole(self, low: int, high: int) -> int:
        return low + next(self.bytes, 0) % (high - low + 1)

    def pick(self, found: Sequence[T]) -> T:
        return found[self.whole(0, len(found) - 1)]

    def fraction(self, low: int = -6, high: int = 12) -> Fraction:
        return Fraction(self.whole(low, high), self.pick((1, 2, 3, 12)))

    def any(self, rows: str, *kinds: Kind, fits: Callable[[Type], bool] = lambda _: True) -> At:
        """An earlier result that can stand beside others of these rows. Raises LookupError when there is none."""
        found = [
            position
            for position, ref in enumerate(self.refs)
            if ref.rows in ("", rows) and ref.type.kind in kinds and tame(ref.type) and fits(ref.type)
        ]
        if not found:
            raise LookupError
        return At(self.pick(found[-5:] if self.whole(0, 1) else found))

    def rows(self) -> str:
        return self.pick(("spells", "events"))

    def anywhere(self) -> str:
        return self.pick(("", "spells", "events"))


Maker = Callable[[Drawing], object]


def tame(type_: Type) -> bool:
    """Whether numbers are small enough, and dates near enough, to go on with."""
    if type_.kind is DATE:
        return type_.low >= 1930_01_01 and type_.high <= 2100_12_31
    return type_.kind is not NUMBER or (type_.den < 10**7 and max(-type_.low, type_.high) < 10**15)


def two(method: str, *kinds: Kind) -> Maker:
    def make(d: Drawing) -> None:
        rows, kind = d.anywhere(), d.pick(kinds)
        d.add(method, d.any(rows, kind), d.any(rows, kind))

    return make


def one(method: str, kind: Kind) -> Maker:
    return lambda d: d.add(method, d.any(d.anywhere(), kind))


def constant(d: Drawing) -> None:
    method = d.pick(("number", "truth", "date", "month", "option"))
    values: dict[str, object] = {
        "number": d.fraction(),
        "truth": d.whole(0, 1) == 1,
        "date": d.whole(2015, 2021) * 10000 + d.whole(1, 12) * 100 + d.pick((1, 15, 28)),
        "month": d.pick((*range(FIRST - 2, LAST + 2), 0, 9999 * 12)),
        "option": d.whole(0, OPTIONS - 1),
    }
    d.add(method, values[method])


def month_end(d: Drawing) -> None:
    rows = d.anywhere()
    d.add(
        "month_end", d.any(rows, MONTH, fits=lambda type_: type_.low // 12 >= 1 and type_.high // 12 < 9999)
    )


def is_divisor(type_: Type) -> bool:
    return type_.den == 1 and type_.low >= 1 and type_.high <= 6


def rounding(d: Drawing) -> None:
    unit = Fraction(d.whole(1, 12), d.whole(1, 12))
    a = d.any(d.anywhere(), NUMBER)
    if d.whole(0, 1):
        d.add("floor", a, unit)
    else:
        d.add("round", a, unit, d.pick(TIES))


def division(d: Drawing) -> None:
    rows = d.anywhere()
    if d.whole(0, 1):
        d.add("share", d.any(rows, NUMBER), d.any(rows, NUMBER, fits=is_divisor))
    else:
        d.add("floor_quotient", d.any(rows, NUMBER), d.any(rows, NUMBER, fits=lambda type_: type_.low > 0))


def options(d: Drawing) -> None:
    method, rows = d.pick(("one_of", "contains", "lookup")), d.anywhere()
    if method == "one_of":
        some = d.whole(0, 2**OPTIONS - 1)
        d.add(method, d.any(rows, CHOICE), frozenset(n for n in range(OPTIONS) if some >> n & 1))
    elif method == "contains":
        d.add(method, d.any(rows, CHOICES), d.whole(0, OPTIONS - 1))
    else:
        d.add(method, d.any(rows, CHOICE), tuple(d.fraction() for _ in range(OPTIONS)))


def choosing(d: Drawing) -> None:
    rows, kind = d.anywhere(), d.pick(ALL_KINDS)
    d.add("choose", d.any(rows, TRUTH), d.any(rows, kind), d.any(rows, kind))


def series(d: Drawing) -> None:
    starts = sorted({d.whole(FIRST - 3, LAST + 3) for _ in range(d.whole(1, 4))})
    d.add("series", d.any(d.anywhere(), MONTH), tuple(starts), tuple(d.fraction() for _ in starts))


def calendar(d: Drawing) -> None:
    method, rows = d.pick(("age", "shift", "place", "move_month")), d.anywhere()
    if method == "age":
        d.add(method, d.any(rows, DATE), d.any(rows, DATE), d.whole(0, 1) == 1)
    elif method == "shift":
        d.add(method, d.any(rows, DATE), d.whole(-6, 6), d.whole(-30, 30), d.whole(-70, 70))
    elif method == "place":
        date = d.any(rows, DATE)
        d.add(method, date, *(d.pick((None, d.whole(*ends))) for ends in ((2014, 2022), (1, 12), (1, 31))))
    else:
        d.add(method, d.any(rows, MONTH), d.whole(-40, 40))


def part_of_a_set(d: Drawing) -> None:
    method = d.pick(("only_if", "during", "earliest", "nth", "streak", "unbroken", "has", "yearly"))
    rows = d.anywhere()
    a = d.any(rows, MONTHS)
    if method == "only_if":
        d.add(method, d.any(rows, TRUTH), a)
    elif method == "during":
        d.add(method, a, d.any(rows, MONTH), d.any(rows, MONTH))
    elif method == "earliest":
        d.add(method, a, d.any(rows, NUMBER))
    elif method == "nth":
        d.add(method, a, d.whole(1, 30))
    elif method == "yearly":
        d.add(method, a, d.fraction(0, 12), d.fraction(0, 60))
    else:
        d.add(method, a, d.any(rows, MONTH))


def fold(d: Drawing) -> None:
    method, rows = d.pick(("gather", "tally", "total", "best", "least", *LISTED)), d.rows()
    condition = d.any(rows, TRUTH)
    if method == "gather":
        d.add(method, rows, condition, d.any(rows, MONTHS))
    elif method == "tally":
        d.add(method, rows, condition, MOST_ROWS)
    elif method == "total":
        d.add(method, rows, condition, d.any(rows, NUMBER), MOST_ROWS)
    elif method == "capped_total":
        group = d.any(rows, NUMBER, CHOICE)
        d.add(method, rows, condition, d.any(rows, NUMBER), group, d.fraction(0, 12), MOST_ROWS)
    elif method == "monthly_total":
        overlap = d.pick(("sum", "highest", "lowest", "first"))
        d.add(method, rows, condition, d.any(rows, MONTHS), d.any(rows, NUMBER), overlap)
    else:
        d.add(method, rows, condition, d.any(rows, NUMBER))


def order(d: Drawing) -> None:
    rows = d.rows()
    condition = d.any(rows, TRUTH)
    if d.whole(0, 1):
        d.add("ordinal", rows, condition, d.any(rows, NUMBER, DATE), MOST_ROWS)
    else:
        group = d.any(rows, NUMBER, CHOICE)
        d.add("leader", rows, condition, group, d.any(rows, NUMBER), d.whole(0, 1) == 1)


MAKERS: tuple[Maker, ...] = (
    constant,
    *(two(method, NUMBER) for method in ("add", "subtract", "multiply")),
    *(two(method, NUMBER, MONTH, DATE) for method in ("minimum", "maximum", "less", "at_most")),
    two("equal", NUMBER, MONTH, DATE, CHOICE, TRUTH),
    *(two(method, TRUTH) for method in ("both", "either")),
    *(two(method, DATE) for method in ("months_between", "days_between", "started_years")),
    two("months_apart", MONTH),
    *(two(method, MONTHS) for method in ("meet", "join", "without")),
    *[two("span", MONTH)] * 3,
    one("invert", TRUTH),
    *(one(method, DATE) for method in ("month_of", "year", "month_number", "day_of_year")),
    month_end,
    *(one(method, MONTHS) for method in ("count", "longest", "run_years")),
    rounding,
    division,
    options,
    choosing,
    series,
    *[calendar] * 2,
    *[part_of_a_set] * 7,
    *[fold] * 6,
    *[order] * 3,
)


def calls_of(parts: Sequence[tuple[Maker, bytes]]) -> tuple[Call, ...]:
    """Calls that read all inputs and then make something of them."""
    d = Drawing()
    for name in FACTS:
        d.add("fact", name)
    for rows, columns in ROWS.items():
        for name in columns:
            d.add("column", rows, name)
    for rows, names in OPTIONAL.items():
        for name in names:
            d.add(*(("column_given", rows, name) if rows else ("given", name)))
    first, last, flag, day, month = (
        At(d.calls.index(Call(*call)))
        for call in (
            ("column", ("spells", "from")),
            ("column", ("spells", "to")),
            ("column", ("spells", "flag")),
            ("fact", ("day",)),
            ("fact", ("month",)),
        )
    )
    months = d.add("span", first, last)
    d.add("gather", "spells", flag, months)
    d.add("gather", "spells", d.add("invert", flag), months)
    d.add("span", d.add("month_of", day), month)
    d.add("span", d.add("maximum", first, month), last)
    for maker, decisions in parts:
        d.make(maker, decisions)
    return tuple(d.calls)


parts = st.tuples(st.sampled_from(MAKERS), st.binary(min_size=10, max_size=14))
plans: st.SearchStrategy[tuple[Call, ...]] = st.lists(
    st.lists(parts, min_size=1, max_size=12), min_size=3, max_size=8
).map(lambda lists: calls_of([part for parts in lists for part in parts]))
