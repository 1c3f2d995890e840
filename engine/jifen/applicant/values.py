"""One value of an applicant's data as the integer that a plan works on."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache

from jifen.applicant import messages
from jifen.document.diagnostics import Message, suggest
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy.inputs import input_type
from jifen.policy.model import Input

Convert = Callable[[object], int]


def _shown(value: object, text_of: Callable[[object], str] = str) -> str:
    """A value as a message shows it. Python refuses to write integers of thousands of digits."""
    try:
        return text_of(value)
    except ValueError:
        return "…"


class Wrong(Exception):
    """A value cannot be read."""

    def __init__(self, message: Message, **args: str) -> None:
        super().__init__(message.code)
        self.message = message
        self.args_ = args


def converter(item: Input) -> Convert:
    """How the values of an input become integers. The function raises Wrong."""
    if item.type == "choice":
        return _several(item) if item.many else _one(item)
    if item.type == "date":
        return day if item.low is None and item.high is None else _bounded_day(item)
    if item.type == "boolean":
        return _boolean
    return _number(item)


def _bounded_day(item: Input) -> Convert:
    low, high = int(item.low or 0), int(item.high or 9999_12_31)

    def read(value: object) -> int:
        found = day(value)
        if not low <= found <= high:
            ends = {"low": _text(low) if low else "…", "high": _text(high) if item.high else "…"}
            raise Wrong(messages.OUT_OF_RANGE, value=_shown(value), **ends)
        return found

    return read


def _text(found: int) -> str:
    return f"{found // 10000}-{found // 100 % 100:02}-{found % 100:02}"


def _boolean(value: object) -> int:
    if value is True:
        return 1
    if value is False:
        return 0
    raise Wrong(
        messages.WRONG_TYPE, value=_shown(value, repr), wanted="true or false", wanted_zh="true 或 false"
    )


def _one(item: Input) -> Convert:
    positions = {option: position for position, option in enumerate(item.options)}

    def read(value: object) -> int:
        try:
            return positions[value]  # type: ignore[index]
        except (KeyError, TypeError):
            raise _no_option(item, value) from None

    return read


def _several(item: Input) -> Convert:
    bits = {option: 1 << position for position, option in enumerate(item.options)}

    def read(value: object) -> int:
        if isinstance(value, str):
            value = (value,)
        if not isinstance(value, (list, tuple)):
            raise Wrong(messages.NOT_A_LIST)
        found = 0
        for option in value:
            try:
                found |= bits[option]
            except (KeyError, TypeError):
                raise _no_option(item, option) from None
        if not found:
            raise Wrong(messages.EMPTY_CHOICE)
        return found

    return read


def _no_option(item: Input, value: object) -> Wrong:
    text = _shown(value)
    near = suggest(text, item.options)
    options = ", ".join(item.options)
    args = {"near": near} if near else {}
    return Wrong(messages.UNKNOWN_OPTION, value=text, options=options, **args)


def _number(item: Input) -> Convert:
    type_ = input_type(item)
    den, low, high = type_.den, type_.low, type_.high
    decimals = len(str(den)) - 1

    def read(value: object) -> int:
        if type(value) is int:
            found = value * den
        else:
            number = _exact(value, den == 1) * den
            if number.denominator != 1:
                if den == 1:
                    raise _not_a_number(value, True)
                raise Wrong(messages.TOO_FINE, value=_shown(value), decimals=str(decimals))
            found = int(number)
        if not low <= found <= high:
            ends = {"low": str(Fraction(low, den)), "high": str(Fraction(high, den))}
            raise Wrong(messages.OUT_OF_RANGE, value=_shown(value), **ends)
        return found

    return read


_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
"""A number as text. Python would read `1_0` and full-width digits, too, which are more often slips than numbers."""


def _exact(value: object, whole: bool) -> Fraction:
    if isinstance(value, float):
        raise Wrong(messages.BINARY_FLOAT, value=repr(value))
    if isinstance(value, (int, Decimal, Fraction, str)) and not isinstance(value, bool):
        if isinstance(value, str) and not _NUMBER.fullmatch(value):
            raise _not_a_number(value, whole)
        try:
            number = Decimal(value) if isinstance(value, str) else value
            if not isinstance(number, Decimal) or (number.is_finite() and abs(number.adjusted()) < 40):
                return Fraction(number)
        except (InvalidOperation, ValueError):
            pass
    raise _not_a_number(value, whole)


def _not_a_number(value: object, whole: bool) -> Wrong:
    wanted, wanted_zh = ("a whole number", "整数") if whole else ("a number", "数")
    return Wrong(messages.WRONG_TYPE, value=_shown(value, repr), wanted=wanted, wanted_zh=wanted_zh)


_YEARS = {f"{year}": year * 10000 for year in range(1900, 2200)}
_DAYS = {
    f"-{month:02}-{number:02}": month * 100 + number
    for month in range(1, 13)
    for number in range(1, monthrange(2001, month)[1] + 1)
}


def day(value: object) -> int:
    """A date, as text or as datetime.date, as YYYYMMDD. Raises Wrong."""
    try:
        return _YEARS[value[:4]] + _DAYS[value[4:]]  # type: ignore[index]
    except (KeyError, TypeError):
        return _unusual_day(value)


def _unusual_day(value: object) -> int:
    if isinstance(value, str) and len(value) == 10 and value[4] == "-" == value[7]:
        with suppress(ValueError):
            value = date.fromisoformat(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong(messages.NO_SUCH_DATE, value=_shown(value))
    if not 1900 <= value.year <= 2199:
        raise Wrong(messages.BEFORE_1900, value=_shown(value))
    return value.year * 10000 + value.month * 100 + value.day


@cache
def months() -> dict[object, int]:
    """Every month written YYYY-MM, as `year * 12 + month - 1`."""
    return {f"{month // 12}-{month % 12 + 1:02}": month for month in range(FIRST_MONTH, LAST_MONTH + 1)}


def first_month(value: object, started: bool) -> int:
    """The first month of a spell that begins on a day: that month if it began then, unless it must be whole."""
    month, number = month_and_day(value)
    return month + (not started and number > 1)


def both_months(first: object, last: object) -> tuple[int, int, int, int]:
    """First and last month of a spell given by days: of the whole months, then of the months begun. Raises Wrong."""
    begun, first_day = month_and_day(first)
    whole = begun + (first_day > 1)
    if last is None:
        return whole, LAST_MONTH, begun, LAST_MONTH
    ended, last_day = month_and_day(last)
    if ended < begun or (ended == begun and last_day and last_day < first_day):
        raise Wrong(messages.BACKWARDS, first=str(first), last=str(last))
    cut_short = 0 < last_day < monthrange(ended // 12, ended % 12 + 1)[1]
    return whole, ended - cut_short, begun, ended


def month_and_day(value: object) -> tuple[int, int]:
    """The month of a month or day, and the day in it; 0 for a month."""
    known = months().get(value) if isinstance(value, str) else None
    if known is not None:
        return known, 0
    try:
        found = day(f"{value}-01" if isinstance(value, str) and len(value) == 7 else value)
    except Wrong as wrong:
        message = messages.BEFORE_1900 if wrong.message is messages.BEFORE_1900 else messages.NO_SUCH_MONTH
        raise Wrong(message, value=_shown(value)) from None
    return found // 10000 * 12 + found // 100 % 100 - 1, found % 100
