"""The days on which an application is tried, and the rules in force on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from jifen.compile import read
from jifen.errors import ApplicantError
from jifen.levers.later_rounds import with_later_rounds
from jifen.policy.registry import Entry, registry
from jifen.scheme import Scheme

RulesOn = Callable[[int], "Scheme | None"]
"""The policy for an application on a day YYYYMMDD, None where there is none."""

_DAY = timedelta(days=1)


class Day(NamedTuple):
    """A day YYYYMMDD on which one can apply, and the policy then.

    `stated` is the policy as it is written; `policy` is the same with its rounds of later years, where the day lies
    after the last round that it states.
    """

    on: int
    policy: Scheme
    stated: Scheme


def days(first: int, by: int, rules_on: RulesOn) -> Iterator[Day]:
    """Every day from one to another on which one can apply."""
    now, last = _date(first), _date(by)
    later: dict[str, Scheme] = {}
    while now <= last:
        on = now.year * 10000 + now.month * 100 + now.day
        policy = rules_on(on)
        if policy is not None:
            used = policy
            if on > _last_stated(policy):
                if policy.id not in later:
                    later[policy.id] = with_later_rounds(policy, last.year)
                used = later[policy.id]
            if _is_open(used, on):
                yield Day(on, used, policy)
        now += _DAY


def _last_stated(policy: Scheme) -> int:
    """The last day of rounds with dates of their own; beyond every day where there are none."""
    ends = [item.last for item in policy.rules.rounds.values()]
    return max(ends) if ends and min(ends) > _YEARLY else _FOREVER


_YEARLY = 1231
_FOREVER = 99991231


def _is_open(policy: Scheme, on: int) -> bool:
    try:
        policy.round_on(on)
    except ApplicantError:
        return False
    return True


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)


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
