"""The days on which an application is tried, and the rules in force on each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from jifen.compile import read
from jifen.errors import ApplicantError
from jifen.levers.changes import moved
from jifen.policy.registry import Entry, registry
from jifen.scheme import Scheme

RulesOn = Callable[[int], Scheme | None]
"""The policy for an application on a day YYYYMMDD, None where there is none."""


class Day(NamedTuple):
    """A day YYYYMMDD on which one can apply, and the policy then."""

    on: int
    policy: Scheme


def days(first: int, by: int, extra: Iterable[int], rules_on: RulesOn) -> Iterator[Day]:
    """The first day on which one can apply in each month from a day to another, and the days of `extra`.

    Of the first month only the days from the first one on.
    """
    wanted: dict[int, Day] = {}
    month, last = first // 100, by // 100
    while month <= last:
        for number in range(1, 32):
            on = month * 100 + number
            found = _open(on, rules_on) if first <= on <= by and _is_day(on) else None
            if found is not None:
                wanted[on] = found
                break
        month += 89 if month % 100 == 12 else 1
    for on in extra:
        if on not in wanted and first <= on <= by and (found := _open(on, rules_on)) is not None:
            wanted[on] = found
    return iter(sorted(wanted.values(), key=lambda day: day.on))


def _is_day(on: int) -> bool:
    return moved(on, 0) == on


def _open(on: int, rules_on: RulesOn) -> Day | None:
    policy = rules_on(on)
    if policy is None:
        return None
    try:
        policy.round_on(on)
    except ApplicantError:
        return None
    return Day(on, policy)


class Versions:
    """The versions of a place, each loaded when a day first needs it. After the last one it goes on being used."""

    def __init__(self, place: str, readings: Mapping[str, str], known: Scheme) -> None:
        self.entries = [entry for entry in registry() if entry.place == place]
        self.readings = readings
        self._loaded: dict[str, Scheme] = {known.id: known}

    def on(self, day: int) -> Scheme | None:
        """The policy for a day; None on a day that no version covers."""
        text = date(day // 10000, day // 100 % 100, day % 100).isoformat()
        found = None
        for entry in self.entries:
            if entry.in_force_from <= text and (not entry.in_force_to or text <= entry.in_force_to):
                found = entry
        last = self.entries[-1]
        if found is None and last.in_force_to and text > last.in_force_to:
            found = last
        if found is None:
            return None
        if found.id not in self._loaded:
            self._loaded[found.id] = self._load(found)
        return self._loaded[found.id]

    def _load(self, entry: Entry) -> Scheme:
        source = read(entry.path)
        known = {name: option for name, option in self.readings.items() if name in source.options}
        return Scheme(source, known)
