"""The search of ways written as plainly as can be: every set of levers on every day, each scored from its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, product
from typing import Any

from jifen import Policy
from jifen.errors import ApplicantError
from jifen.levers.changes import Done, changed, moved
from jifen.policy.levers import Lever

Found = list[tuple[str, tuple[str, ...]]]


def days(policy: Policy, first: str, by: str) -> list[int]:
    """Every day from one to another on which one can apply."""
    found = []
    now = date.fromisoformat(first)
    while now <= date.fromisoformat(by):
        on = int(now.strftime("%Y%m%d"))
        try:
            policy.round_on(on)
            found.append(on)
        except ApplicantError:
            pass
        now += timedelta(days=1)
    return found


def open_to(policy: Policy, applicant: Mapping[str, Any], lever: Lever, done: list[Done], on: int) -> bool:
    """Whether what a lever presumes holds on a day, others being done: asked of a policy with that as a requirement."""
    for one in policy.recorded.levers:
        if one.requirement.name == lever.name:
            from jifen.backends.interpret import interpreter

            data = policy.read(changed(applicant, done, on)).data
            return bool(interpreter(policy.plan, [one.met.slot], policy.layout)(data)[0])
    return True


def begun(
    policy: Policy, applicant: Mapping[str, Any], levers: tuple[Lever, ...], waits: tuple[int, ...], by: int
) -> list[Done] | None:
    """When each of some levers is begun and done, going day by day; None where one of them never is."""
    now = date.fromisoformat(applicant["date"])
    first = int(now.strftime("%Y%m%d"))
    left = list(range(len(levers)))
    done: list[Done] = []
    wait_of = {lever.name: wait for lever, wait in zip(levers, waits, strict=True)}
    for at in [at for at in left if open_to(policy, applicant, levers[at], [], first)]:
        left.remove(at)
        later = moved(first, waits[at])
        done.append(Done(moved(later, levers[at].takes), levers[at], later))
    while left and first <= by:
        for at in list(left):
            if open_to(policy, applicant, levers[at], done, first):
                left.remove(at)
                later = moved(first, waits[at])
                done.append(Done(moved(later, levers[at].takes), levers[at], later))
        now += timedelta(days=1)
        first = int(now.strftime("%Y%m%d"))
    if left or any(one.day > by for one in done):
        return None
    for one in done:
        others = [other for other in done if other is not one]
        if wait_of[one.lever.name] and not open_to(policy, applicant, one.lever, others, one.begun):
            return None
    return done


def minimal(policy: Policy, applicant: Mapping[str, Any], by: str, names: list[str]) -> Found:
    """The sets that reach the line, each with its first day, unless a part of it does so as early."""
    levers = policy.rules.levers
    apart = {frozenset((one, word.text)) for one in levers for word in levers[one].excludes}
    tried = days(policy, applicant["date"], by)
    reached: dict[frozenset[str], int] = {}
    for own, done in _schedules(policy, applicant, names, apart, int(by.replace("-", ""))):
        for on in tried:
            if on >= reached.get(own, 99999999) or any(one.day > on for one in done):
                continue
            if policy.score(changed(applicant, done, on)).qualifies:
                reached[own] = on
                break
    least = [
        (on, own)
        for own, on in reached.items()
        if not any(day <= on and other < own for other, day in reached.items())
    ]
    return sorted((str(on), tuple(sorted(own))) for on, own in least)


def _schedules(
    policy: Policy, applicant: Mapping[str, Any], names: list[str], apart: set[frozenset[str]], by: int
) -> Iterator[tuple[frozenset[str], list[Done]]]:
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            if any(pair <= set(chosen) for pair in apart):
                continue
            levers = tuple(policy.rules.levers[name] for name in chosen)
            for waits in product(*(range(lever.waits + 1) for lever in levers)):
                done = begun(policy, applicant, levers, waits, by)
                if done is not None:
                    yield frozenset(chosen), done


def found(policy: Policy, applicant: Mapping[str, Any], **asked: Any) -> Found:
    """What the search finds, in the same form."""
    ways = policy.ways(dict(applicant), **asked)
    return sorted((way.date.replace("-", ""), tuple(sorted(way.levers))) for way in ways.ways)
