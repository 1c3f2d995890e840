"""Days and months for the oracle: a month is (year, month), a set of months is a Python set."""

from datetime import date, timedelta
from typing import Any

Month = tuple[int, int]
Entry = dict[str, Any]


def day_of(text: str) -> date:
    return date.fromisoformat(text)


def month_of(text: str) -> Month:
    return int(text[:4]), int(text[5:7])


def following(month: Month) -> Month:
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def preceding(month: Month) -> Month:
    year, number = month
    return (year - 1, 12) if number == 1 else (year, number - 1)


def last_day_of(month: Month) -> date:
    year, number = following(month)
    return date(year, number, 1) - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes 28 February in a common year."""
    if (day.month, day.day) == (2, 29):
        return last_day_of((day.year + years, 2))
    return date(day.year + years, day.month, day.day)


def spell_months(spell: Entry, until: Month, partial: str = "whole") -> set[Month]:
    """The months of one spell up to `until`; months that its days cover only in part: see `partial`."""
    start: str = spell["from"]
    end: str | None = spell.get("to")
    stop = until if end is None else min(month_of(end), until)
    found: set[Month] = set()
    month = month_of(start)
    while month <= stop:
        found.add(month)
        month = following(month)
    if partial == "whole":
        if len(start) == 10 and day_of(start).day != 1:
            found.discard(month_of(start))
        if end is not None and len(end) == 10 and day_of(end) != last_day_of(month_of(end)):
            found.discard(month_of(end))
    return found


def covered(spells: list[Entry], until: Month, partial: str = "whole") -> set[Month]:
    found: set[Month] = set()
    for spell in spells:
        for month in spell_months(spell, until, partial):
            found.add(month)
    return found


def run_ending_at(months: set[Month], end: Month) -> int:
    length = 0
    while end in months:
        length += 1
        end = preceding(end)
    return length
