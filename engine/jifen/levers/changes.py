"""What levers make of an applicant's data. The data itself is never changed: what differs is copied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from jifen.applicant.values import month_and_day
from jifen.policy.levers import DONE, Change, Lever
from jifen.scorecard.numbers import date_text, month_text

Spell = Mapping[str, Any]


class Done(NamedTuple):
    """A lever, and the days YYYYMMDD on which it is done and begun."""

    day: int
    lever: Lever
    begun: int = 0


def moved(on: int, months: int) -> int:
    """A day YYYYMMDD some months on, at the latest the last day of that month."""
    month = on // 10000 * 12 + on // 100 % 100 - 1 + months
    after = date((month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (after - timedelta(days=1)).day
    return (month // 12) * 10000 + (month % 12 + 1) * 100 + min(on % 100, last)


def changed(applicant: Mapping[str, Any], done: Iterable[Done], on: int) -> dict[str, Any]:
    """The data of an applicant who applies on the day `on` and has by then done what is done.

    Levers change the data in the order of their days, those of one day in the order given. What would be done later
    is left out.
    """
    data = dict(applicant)
    data["date"] = date_text(on)
    for one in sorted((one for one in done if one.day <= on), key=lambda one: one.day):
        for change in one.lever.changes:
            _CHANGES[change.kind](data, change, one, on)
    return data


def _section(data: dict[str, Any], section: str, target: str) -> tuple[dict[str, Any], str]:
    """A copy, put in place, of the mapping that holds an input; and what the input is called there."""
    person, _, name = target.rpartition(".")
    owner = data
    if person:
        data["people"] = people = dict(data.get("people") or {})
        people[person] = owner = dict(people.get(person) or {})
    owner[section] = found = dict(owner.get(section) or {})
    return found, name


def _rows(data: dict[str, Any], section: str, target: str) -> list[Any]:
    """A copy, put in place, of a timeline or record list."""
    found, name = _section(data, section, target)
    rows = found[name] = list(found.get(name) or ())
    return rows


def _values(change: Change, on: int) -> dict[str, Any]:
    """The values that a change gives; what is not given keeps its default."""
    return {value.name: date_text(on) if value.value == DONE else value.value for value in change.values}


def _set(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    facts, name = _section(data, "facts", change.target)
    facts[name] = _values(change, one.day)[change.target]


def _begin(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    rows = _rows(data, "timelines", change.target)
    rows.append({"from": date_text(one.day), **_values(change, one.day)})


def _resume(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    rows = _rows(data, "timelines", change.target)
    if not rows or not all(_ended(row, one.day) for row in rows):
        return
    again = {name: value for name, value in max(rows, key=_last).items() if name not in ("from", "to")}
    rows.append({"from": date_text(one.day), **again, **_values(change, one.day)})


def _replace(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    # A month cut in two would count for neither spell, so one begins where a month does.
    first = one.day // 10000 * 12 + one.day // 100 % 100 - 1 + (one.day % 100 > 1)
    last = first - 1 - one.lever.gap
    rows = _rows(data, "timelines", change.target)
    kept: list[Any] = []
    for row in rows:
        if _first(row) > one.day or (row.get("to") is not None and month_and_day(row["to"])[0] < first):
            kept.append(row)
            continue
        if month_and_day(row["from"])[0] <= last:
            kept.append({**row, "to": month_text(last)})
        kept.append({**row, "from": month_text(first), **_values(change, one.day)})
    rows[:] = kept


def _end(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    rows = _rows(data, "timelines", change.target)
    before = date(one.day // 10000, one.day // 100 % 100, one.day % 100) - timedelta(days=1)
    kept = [row for row in rows if _ended(row, one.day) or _first(row) < one.day]
    rows[:] = [row if _ended(row, one.day) else {**row, "to": before.isoformat()} for row in kept]


def _add(data: dict[str, Any], change: Change, one: Done, on: int) -> None:
    rows = _rows(data, "records", change.target)
    for at in repeats(one, on):
        rows.append({"date": date_text(at), **_values(change, at)})


def repeats(one: Done, on: int) -> list[int]:
    """The days up to `on` on which a lever adds its records."""
    found = [one.day]
    while one.lever.every and (at := moved(one.day, one.lever.every * len(found))) <= on:
        found.append(at)
    return found


def _first(row: Spell) -> int:
    """The first day of a spell, YYYYMMDD."""
    month, number = month_and_day(row["from"])
    return month // 12 * 10000 + (month % 12 + 1) * 100 + (number or 1)


def _last(row: Spell) -> int:
    """The last day of a spell that has an end; of a month, 31."""
    month, number = month_and_day(row["to"])
    return month // 12 * 10000 + (month % 12 + 1) * 100 + (number or 31)


def _ended(row: Spell, on: int) -> bool:
    """Whether a spell is over before a day."""
    return row.get("to") is not None and _last(row) < on


_CHANGES = {
    "set": _set,
    "begin": _begin,
    "resume": _resume,
    "replace": _replace,
    "end": _end,
    "add": _add,
}
