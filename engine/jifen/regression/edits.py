"""Small changes of numbers, months and dates, and what would tell a changed policy from the original."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_DAY_OF_YEAR = re.compile(r"\d\d-\d\d")


class Told(NamedTuple):
    """A case that would tell a change apart, in words."""

    en: str
    zh: str

    @staticmethod
    def exactly(left: str, right: str) -> Told:
        return Told(f"a case where {left} is exactly {right}", f"{left} 恰为 {right} 的用例")

    @staticmethod
    def equals(left: str, right: str) -> Told:
        return Told(f"a case with {left} == {right}", f"{left} 为 {right} 的用例")

    @staticmethod
    def holds(text: str) -> Told:
        return Told(
            f"a case where {text} holds and matters, and one where it does not",
            f"{text} 成立且有影响的用例，以及不成立的用例",
        )

    @staticmethod
    def one_of(left: str, right: str) -> Told:
        return Told(
            f"a case where just one of {left} and {right} holds", f"{left} 与 {right} 只成立其一的用例"
        )

    @staticmethod
    def only_fails(text: str) -> Told:
        return Told(f"a case where only {text} does not hold", f"只有 {text} 不成立的用例")

    @staticmethod
    def only_holds(text: str) -> Told:
        return Told(f"a case where only {text} holds", f"只有 {text} 成立的用例")

    @staticmethod
    def differ(text: str) -> Told:
        return Told(f"a case where both sides of {text} matter", f"{text} 两边都有影响的用例")

    @staticmethod
    def around(text: str) -> Told:
        return Told(
            f"a case with something in {text}, the first or last that counts",
            f"在 {text} 当月（日）有数据的用例",
        )

    @staticmethod
    def bound(key: str, path: tuple[str | int, ...], old: str, new: str, of: str) -> Told:
        """For a number that limits something: the value at which both sides of the change differ."""
        low, high = sorted((old, new), key=Decimal)
        if "steps" in path:
            return Told.exactly(of, high if key == "to" else low)
        if key == "line":
            return Told.exactly("the score", low)._replace(zh=f"分数恰为 {low} 的用例")
        if "vest" in path:
            return Told(f"a case with exactly {low} months", f"恰有 {low} 个月的用例")
        if "first" in path:
            return Told(f"a case with more than {low} of them", f"超过 {low} 个（月、条）的用例")
        if key == "floor":
            return Told(f"a case with less than {high} before the floor", f"下限之前低于 {high} 的用例")
        if key in ("cap", "limit"):
            return Told(f"a case with more than {low} before the {key}", f"上限之前超过 {low} 的用例")
        if key in ("years", "months", "days", "calendar_years", "month", "day", "year"):
            return Told(
                "a case with something just before or after the day that this gives",
                "在由此得出的日期前后有数据的用例",
            )
        return Told(f"a case that tells {old} from {new}", f"{old} 与 {new} 结果不同的用例")

    @staticmethod
    def matters(text: str) -> Told:
        return Told(f"a case whose expected result depends on {text}", f"结果取决于 {text} 的用例")


def nearby(text: str) -> tuple[str, str]:
    """The numbers one step above and below, a step being 1 in the last place."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else Decimal(1)
    return format(value + step, "f"), format(value - step, "f")


def later(text: str, by: int = 1) -> list[str]:
    """A date or month moved by a day or a month; nothing for another text, or where that is no date."""
    try:
        if _DAY.fullmatch(text):
            return [(date.fromisoformat(text) + timedelta(days=by)).isoformat()]
        if _DAY_OF_YEAR.fullmatch(text):
            return [(date.fromisoformat(f"2000-{text}") + timedelta(days=by)).isoformat()[5:]]
        if _MONTH.fullmatch(text):
            month = int(text[:4]) * 12 + int(text[5:]) - 1 + by
            return [f"{month // 12:04}-{month % 12 + 1:02}"]
    except (ValueError, OverflowError):
        return []
    return []
