"""The mistake of a value that has another type than the one wanted, with advice for the frequent cases."""

from __future__ import annotations

from jifen.language import messages
from jifen.language.mistakes import LanguageError
from jifen.language.values import (
    NAMES,
    Day,
    Many,
    Month,
    Num,
    One,
    Records,
    Series,
    Set,
    Text,
    Texts,
    Truth,
    Value,
)

_PLACES: dict[str, str] = {
    "a comparison": "比较",
    "a condition": "条件",
    "a list in brackets": "括号中的列表",
    "a month set": "月份集",
    "points": "分值",
}

_ADVICE: dict[tuple[type, type], tuple[str, str]] = {
    (Num, Set): ("`count({name})` is how many months it has.", "`count({name})` 是它的月数。"),
    (Num, Records): ("`number({name})` is how many there are.", "`number({name})` 是它的条数。"),
    (Num, Series): ("`at({name}, month)` is its value in a month.", "`at({name}, 月份)` 是它在某月的值。"),
    (Num, Truth): ("Write `1 if … else 0`.", "请写 `1 if … else 0`。"),
    (Num, Text): ("A number stands without quotes.", "数不加引号。"),
    (Truth, Set): ("Write `count({name}) > 0`.", "请写 `count({name}) > 0`。"),
    (Truth, Records): ("Write `number({name}) > 0`.", "请写 `number({name}) > 0`。"),
    (Truth, Num): ("Compare it, such as `… > 0`.", "请写出比较，如 `… > 0`。"),
    (Truth, One): ('Compare it, such as `{name} == "{option}"`.', '请写出比较，如 `{name} == "{option}"`。'),
    (Truth, Many): ('Write `"{option}" in {name}`.', '请写 `"{option}" in {name}`。'),
    (Many, One): ('Write `{name} == "{option}"`.', '请写 `{name} == "{option}"`。'),
    (One, Many): ('Write `"{option}" in {name}`.', '请写 `"{option}" in {name}`。'),
    (Month, Num): ('A month is written in quotes, such as "2018-01".', '月份加引号，如 "2018-01"。'),
    (Day, Text): ("Name an anchor or a date of the applicant.", "请写时点或申请人的日期的名称。"),
    (Text, Num): ("Options are written in quotes.", "选项须加引号。"),
    (Texts, Num): ("Options are written in quotes.", "选项须加引号。"),
}


def wrong(value: Value, wanted: type, where: str) -> LanguageError:
    """The error for a value of another type than `wanted` at `where`: words known above, or code.

    A type that no value has stands for the name of an input.
    """
    advice, advice_zh = _ADVICE.get((wanted, type(value)), ("", ""))
    if wanted is One and "=" not in where:
        advice = advice_zh = ""
    names = {
        "name": getattr(value, "name", ""),
        "option": next(iter(getattr(value, "options", ())), ""),
    }
    if not names["name"] and "{name}" in advice:
        advice = advice_zh = ""
    named = NAMES.get(wanted, ("the name of an input", "输入项的名称"))
    hints = {"advice": advice.format(**names), "advice_zh": advice_zh.format(**names)} if advice else {}
    return LanguageError(
        None,
        messages.WRONG_TYPE,
        culprit=value,
        where=sentence(where),
        where_zh=_PLACES.get(where, f"{where} "),
        wanted=named[0],
        wanted_zh=named[1],
        found=NAMES[type(value)][0],
        found_zh=NAMES[type(value)][1],
        **hints,
    )


def sentence(text: str) -> str:
    """The text as the beginning of a sentence; code in backticks stays as it is."""
    return text[:1].upper() + text[1:]
