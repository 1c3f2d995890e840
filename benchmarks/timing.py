"""How long a call takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Times(NamedTuple):
    """Seconds of some calls, of the clock on the wall."""

    fastest: float
    median: float
    runs: int


def timed(call: Callable[[], object], seconds: float, least: int = 3, most: int = 400) -> Times:
    """Calls until the time is over, no fewer than `least` of them and no more than `most`."""
    found: list[float] = []
    end = time.perf_counter() + seconds
    while len(found) < least or (len(found) < most and time.perf_counter() < end):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return Times(min(found), statistics.median(found), len(found))


def in_turns(
    calls: Sequence[Callable[[], object]], seconds: float, each: float = 0.0, least: int = 3
) -> list[Times]:
    """The same for several calls that take turns, so that what else the machine does falls on all of them.

    A turn is one call or, if `each` is longer, as many as begin within so many seconds.
    """
    found: list[list[float]] = [[] for _ in calls]
    end, rounds = time.perf_counter() + seconds, 0
    while rounds < least or time.perf_counter() < end:
        for times, call in zip(found, calls, strict=True):
            over = time.perf_counter() + each
            times.append(once(call)[0])
            while time.perf_counter() < over:
                times.append(once(call)[0])
        rounds += 1
    return [Times(min(times), statistics.median(times), len(times)) for times in found]


def once(call: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds of one call, and what it returns."""
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found
