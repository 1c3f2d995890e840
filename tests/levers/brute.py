"""The search of ways written as plainly as can be: every set of levers on every day, each scored from its data."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from jifen import Policy
from jifen.levers.changes import Done, changed, moved

Found = list[tuple[str, tuple[str, ...]]]


def minimal(policy: Policy, applicant: Mapping[str, Any], days: list[str], names: list[str]) -> Found:
    """The sets that reach the line, each with its first day, unless a part of it does so as early."""
    levers = policy.rules.levers
    start = int(applicant["date"].replace("-", ""))
    done = [Done(moved(start, levers[name].takes), levers[name]) for name in names]
    apart = {frozenset((one, word.text)) for one in levers for word in levers[one].excludes}
    reached: list[tuple[int, frozenset[str]]] = []
    for day in days:
        on = int(day.replace("-", ""))
        for size in range(len(done) + 1):
            for chosen in combinations(done, size):
                own = frozenset(one.lever.name for one in chosen)
                if any(one.day > on for one in chosen) or any(pair <= own for pair in apart):
                    continue
                if policy.score(changed(applicant, chosen, on)).qualifies:
                    reached.append((on, own))
    least = [
        (on, own)
        for on, own in reached
        if not any(day <= on and other <= own and (day, other) != (on, own) for day, other in reached)
    ]
    return sorted((str(on), tuple(sorted(own))) for on, own in least)


def found(policy: Policy, applicant: Mapping[str, Any], **asked: Any) -> Found:
    """What the search finds, in the same form."""
    ways = policy.ways(dict(applicant), **asked)
    return sorted((way.date.replace("-", ""), tuple(sorted(way.levers))) for way in ways.ways)
