"""One version of a policy as it scores a population that was made for two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from jifen.api import Policy
from jifen.applicant.people import SECTIONS
from jifen.errors import ApplicantError, Problem
from jifen.policy.model import Round

Moved = Literal["person", "application"]
"""What is moved by whole years where a date does not lie in a version's time: all dates, or that of application."""

_END = date(2199, 12, 31)
_WINDOWS_AT_MOST = 40


class Result(NamedTuple):
    """What one version says of one person: the slots of the breakdown."""

    values: tuple[Any, ...]
    total: int
    qualifies: bool


class Version:
    """A policy that takes of an applicant what it asks for, on a day on which it accepts applications."""

    def __init__(self, policy: Policy, moved: Moved, base: Version | None = None) -> None:
        self.policy = policy
        self.moved = moved
        self.base = base
        """The version that the days are taken from, so that both sides look at the same time of the year."""
        rules, position = policy.rules, policy.core.position
        first, last = rules.in_force
        self.first = date.fromisoformat(first)
        self.last = date.fromisoformat(last) if last else _END
        self.windows = [
            window for item in rules.rounds.values() for window in _windows(item, self.first, self.last)
        ]
        self._total = position[policy.recorded.deciding.slot]
        self._qualifies = position[policy.recorded.qualifies.slot]
        self.den = policy.recorded.deciding.type.den
        self._names: dict[str, dict[str, tuple[str, ...]]] = {
            "facts": dict.fromkeys(rules.facts, ()),
            "timelines": {name: tuple(item.attributes) for name, item in rules.timelines.items()},
            "records": {name: tuple(item.attributes) for name, item in rules.records.items()},
        }
        self._dates = {
            "facts": {name for name, item in rules.facts.items() if item.type == "date"},
            **{
                section: {
                    f"{name}.{inner.name}"
                    for name, item in listed.items()
                    for inner in item.attributes.values()
                    if inner.type == "date"
                }
                for section, listed in (("timelines", rules.timelines), ("records", rules.records))
            },
        }
        self._days: dict[str, tuple[str, int]] = {}
        self._people = bool(rules.people)
        self.moved_dates = 0
        """How many applications were put on another day."""

    def score(self, applicant: Mapping[str, Any]) -> Result:
        """Score a flat document of an applicant. Raises ApplicantError."""
        person = self.policy.read(self.taken(applicant))
        self.policy.round_on(person.date)
        values = self.policy.run(person)
        return Result(values, int(str(values[self._total])), bool(values[self._qualifies]))

    def taken(self, applicant: Mapping[str, Any]) -> dict[str, Any]:
        """What this version asks of an applicant, moved into its time."""
        text = applicant.get("date")
        if not isinstance(text, str):
            return nested(applicant) if self._people else dict(applicant)
        day, years = self.day(text)
        if day != text:
            self.moved_dates += 1
        if self.moved == "application":
            years = 0
        found: dict[str, Any] = {"applicant": "", "date": day}
        for section in SECTIONS:
            given = applicant.get(section) or {}
            found[section] = self._section(section, given, years) if isinstance(given, Mapping) else given
        return nested(found) if self._people else found

    def day(self, text: str) -> tuple[str, int]:
        """The day on which this version is asked for an application of a day, and the years between them.

        It is the day itself (or that of `base`) where the version is in force and a round is open; else the
        same day of the nearest year in force, and from there the nearest day of a round.
        """
        known = self._days.get(text)
        if known is None:
            start, before = self.base.day(text) if self.base else (text, 0)
            day, years = self._moved_day(start)
            known = self._days[text] = day, before + years
        return known

    def _moved_day(self, text: str) -> tuple[str, int]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return text, 0
        years = 0
        if not self.first <= day <= self.last:
            near = self.first if day < self.first else self.last
            choices = [near.year - day.year + shift for shift in (-1, 0, 1)]
            years = min(choices, key=lambda by: (self._outside(_plus(day, by)), abs(by)))
            day = min(max(_plus(day, years), self.first), self.last)
        if self.windows and not any(first <= day <= last for first, last in self.windows):
            days = [min(max(day, first), last) for first, last in self.windows]
            day = min(days, key=lambda one: (abs((one - day).days), one))
        return day.isoformat(), years

    def _outside(self, day: date) -> int:
        return max((self.first - day).days, (day - self.last).days, 0)

    def _section(self, section: str, given: Mapping[str, Any], years: int) -> dict[str, Any]:
        names, dates = self._names[section], self._dates[section]
        found: dict[str, Any] = {}
        for name, value in given.items():
            attributes = names.get(name)
            if attributes is None:
                continue
            if section == "facts":
                found[name] = shifted(value, years) if years and name in dates else value
            elif isinstance(value, list):
                own = ("from", "to") if section == "timelines" else ("date",)
                found[name] = [
                    {
                        key: shifted(inner, years)
                        if years and (key in own or f"{name}.{key}" in dates)
                        else inner
                        for key, inner in row.items()
                        if key in own or key in attributes
                    }
                    if isinstance(row, Mapping)
                    else row
                    for row in value
                ]
            else:
                found[name] = value
        return found


def flattened(applicant: Mapping[str, Any]) -> dict[str, Any]:
    """An applicant with everybody's inputs in one mapping for each section. Raises ApplicantError."""
    from jifen.applicant import messages
    from jifen.applicant.people import flat

    if "people" not in applicant:
        return dict(applicant)
    try:
        return flat(applicant, {})
    except (AttributeError, TypeError, KeyError):
        raise ApplicantError([Problem("people", messages.NOT_A_MAPPING)]) from None


def nested(applicant: Mapping[str, Any]) -> dict[str, Any]:
    """An applicant whose inputs `person.input` stand below that person again."""
    found = {name: value for name, value in applicant.items() if name not in SECTIONS}
    people: dict[str, dict[str, dict[str, Any]]] = {}
    for section in SECTIONS:
        own: dict[str, Any] = {}
        given = applicant.get(section) or {}
        if not isinstance(given, Mapping):
            found[section] = given
            continue
        for name, value in given.items():
            person, dot, inner = name.partition(".")
            if dot:
                people.setdefault(person, {}).setdefault(section, {})[inner] = value
            else:
                own[name] = value
        found[section] = own
    return {**found, "people": people} if people else found


def shifted(value: object, years: int) -> object:
    """A date or a month some years later; anything else unchanged."""
    if not isinstance(value, str) or len(value) not in (7, 10) or not value[:4].isdigit():
        return value
    moved = f"{int(value[:4]) + years:04}{value[4:]}"
    if moved.endswith("-02-29") and not _is_leap(int(moved[:4])):
        return moved[:-2] + "28"
    return moved


def _plus(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _windows(item: Round, first: date, last: date) -> list[tuple[date, date]]:
    """The windows of a round while its version is in force."""
    found: list[tuple[date, date]] = []
    if item.last > 1231:
        found.append((_number(item.first), _number(item.last)))
    else:
        for year in range(first.year - 1, min(last.year, first.year + _WINDOWS_AT_MOST) + 1):
            end = year + (item.last < item.first)
            found.append((_number(year * 10000 + item.first), _number(end * 10000 + item.last)))
    return [(max(a, first), min(b, last)) for a, b in found if a <= last and b >= first]


def _number(day: int) -> date:
    year, month, number = day // 10000, day // 100 % 100, day % 100
    if (month, number) == (2, 29) and not _is_leap(year):
        number = 28
    return date(year, month, number)
