"""What an expression stands for while it is recorded: a slot of the plan with its meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from jifen.document.diagnostics import Message
from jifen.language.months import Months
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref


@dataclass(frozen=True, slots=True)
class Num:
    """A number. `unit` is months, years, days, money, points, or "" for a plain number."""

    ref: Ref
    unit: str = ""
    inverse: Ref | None = None
    """1 / the number, where it is known exactly (the value of a series)."""


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
    """A month set; `name` is how the expression calls it, `label` how people are told of it."""

    months: Months
    name: str
    label: str | Mapping[str, str] = ""

    def called(self, lang: str) -> str:
        """What the set is called in a sentence."""
        if isinstance(self.label, str):
            return self.label or self.name
        return self.label.get(lang) or next(iter(self.label.values()), self.name)


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a record list that meet a condition."""

    rows: str
    condition: Ref
    at_most: int
    name: str
    fields: Mapping[str, Num] = field(default_factory=dict)
    """The attributes that are numbers, row by row."""


@dataclass(frozen=True, slots=True)
class Monthly:
    """A number for each month of a month set, held by the spells of its timeline.

    `overlap` says which counts where a month has several: sum, highest, lowest or first.
    """

    months: Months
    value: Num
    overlap: str


class Scope(Protocol):
    """What the names around an expression mean: implemented by the policy, read by the evaluator."""

    @property
    def ops(self) -> Recorder:
        """Where operations are recorded."""

    @property
    def age_from_day_after(self) -> bool:
        """Whether a year of age is complete only the day after the birthday."""

    def find(self, name: str) -> Value | None:
        """What a name stands for, None when nothing has it.

        Raises LanguageError for a name that cannot stand here, Broken for a wrong definition.
        """

    def names(self) -> Iterable[str]:
        """Every name that can stand here."""

    def elsewhere(self, name: str) -> tuple[Message, dict[str, str]] | None:
        """For a name that cannot stand here but means something in another place: what to say of it."""

    def needs(self, name: str) -> frozenset[str]:
        """The optional inputs that must be known to be given before a name can be read."""

    def given(self, name: str) -> Ref | None:
        """Whether an optional input is given; None when the name is not an optional input."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody else, whose inputs and month sets stand behind a dot."""

    name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Series:
    """A series of reference values by month; the first value holds for earlier months too."""

    name: str
    starts: tuple[int, ...]
    values: tuple[Fraction, ...]
    unit: str


Value = (
    Num
    | Quotient
    | Truth
    | Day
    | Month
    | One
    | Many
    | Text
    | Texts
    | Set
    | Records
    | Monthly
    | Series
    | Person
)

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
    Set: ("a month set", "月份集"),
    Records: ("a record set", "记录集"),
    Monthly: ("a number for each month", "逐月数值"),
    Series: ("a series", "参考数值序列"),
    Person: ("a person", "另一个人"),
}

UNITS: dict[str, tuple[str, str]] = {
    "": ("a plain number", "纯数"),
    "months": ("months", "月数"),
    "years": ("years", "年数"),
    "days": ("days", "天数"),
    "money": ("an amount of money", "金额"),
    "points": ("points", "分值"),
}
