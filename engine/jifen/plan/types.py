"""The types of a plan's slots: what a slot holds, its static denominator, and the range it can take.

A number is a Python int over a denominator known when the plan is made. A date is the int YYYYMMDD, a month the
int `year * 12 + month - 1`, a choice the position of its option, several choices at once a bit mask over the
options, a truth 0 or 1, and a month set a set of months.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

FIRST_MONTH = 1900 * 12
LAST_MONTH = 2199 * 12 + 11
FIRST_DATE = 1900_01_01
LAST_DATE = 2199_12_31


class Kind(Enum):
    """What a slot holds."""

    NUMBER = "number"
    TRUTH = "truth"
    DATE = "date"
    MONTH = "month"
    CHOICE = "choice"
    CHOICES = "choices"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a slot: `low` and `high` bound the stored integer (for a month set: its months)."""

    kind: Kind
    den: int = 1
    low: int = 0
    high: int = 0

    def bounds(self) -> tuple[Fraction, Fraction]:
        """The lowest and the highest number the slot can hold."""
        return Fraction(self.low, self.den), Fraction(self.high, self.den)


TRUTH = Type(Kind.TRUTH, 1, 0, 1)
DATE = Type(Kind.DATE, 1, FIRST_DATE, LAST_DATE)
MONTH = Type(Kind.MONTH, 1, FIRST_MONTH, LAST_MONTH)
MONTHS = Type(Kind.MONTHS, 1, FIRST_MONTH, LAST_MONTH)


def number(den: int, low: int, high: int) -> Type:
    """The type of a number stored over `den`."""
    return Type(Kind.NUMBER, den, low, high)


def choice(size: int) -> Type:
    """The type of one option out of `size`."""
    return Type(Kind.CHOICE, 1, 0, max(size - 1, 0))


def choices(size: int) -> Type:
    """The type of any number of options out of `size`."""
    return Type(Kind.CHOICES, 1, 0, (1 << size) - 1)


def union(a: Type, b: Type) -> Type:
    """The type that holds whatever either of two types of the same kind and denominator holds."""
    return Type(a.kind, a.den, min(a.low, b.low), max(a.high, b.high))
