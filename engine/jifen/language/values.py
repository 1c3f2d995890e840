"""What an expression stands for while it is recorded: a slot of the plan with its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jifen.language.months import Months
from jifen.plan.slots import Ref


@dataclass(frozen=True, slots=True)
class Num:
    """A number. `unit` is months, years, days, money, points, or "" for a plain number."""

    ref: Ref
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quotient:
    """a / b before it is compared, floored or rounded; b is above zero."""

    above: Num
    below: Num
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Day:
    """A date."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class One:
    """One option of a choice."""

    ref: Ref
    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Several options of a choice at once."""

    ref: Ref
    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in quotes: an option of a choice, or a month."""

    text: str


@dataclass(frozen=True, slots=True)
class Texts:
    """Several texts in quotes, as `in` takes them."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Set:
    """A month set; `name` is how the expression calls it."""

    months: Months
    name: str


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a record list that meet a condition."""

    rows: str
    condition: Ref
    at_most: int
    name: str


@dataclass(frozen=True, slots=True)
class Monthly:
    """A number for each month of a month set, held by the rows of its timeline."""

    months: Months
    rows: str
    condition: Ref
    span: Ref
    value: Num


@dataclass(frozen=True, slots=True)
class Series:
    """A series of reference values by month; the first value holds for earlier months too."""

    name: str
    starts: tuple[int, ...]
    values: tuple[Fraction, ...]
    unit: str


Value = Num | Quotient | Truth | Day | Month | One | Many | Text | Texts | Set | Records | Monthly | Series

NAMES: dict[type, tuple[str, str]] = {
    Num: ("a number", "数"),
    Quotient: ("a division", "除式"),
    Truth: ("true or false", "真假值"),
    Day: ("a date", "日期"),
    Month: ("a month", "月份"),
    One: ("a choice", "选项"),
    Many: ("several choices", "多个选项"),
    Text: ("a text in quotes", "引号中的文字"),
    Texts: ("a list of texts", "一组文字"),
    Set: ("a month set", "月份集合"),
    Records: ("a record set", "记录集合"),
    Monthly: ("a number for each month", "逐月数值"),
    Series: ("a series", "参考数值序列"),
}

UNITS: dict[str, tuple[str, str]] = {
    "": ("a plain number", "纯数"),
    "months": ("months", "月数"),
    "years": ("years", "年数"),
    "days": ("days", "天数"),
    "money": ("an amount of money", "金额"),
    "points": ("points", "分值"),
}
