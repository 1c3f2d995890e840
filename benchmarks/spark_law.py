"""What runs on one core and on two say of many: a fixed time, a time for each applicant, and how much cores hinder.

A run of n applicants on N cores takes `a + n * w(N) / N`: `a` is the time until the first task runs and after the last,
`w` the core seconds of an applicant. Two bounds follow for more cores than were measured.

- *shared nothing*: w stays as on two cores. So it is where cores come in machines like the one measured.
- *serial*: whatever two cores lose is work that only one can do at a time (Amdahl's law, which is the universal
  scalability law without its quadratic term). So it would be if all cores shared what the two share.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from typing import Any, NamedTuple

CORES = (1, 2)
PEOPLE = 300_000_000
MORE = (2, 16, 64, 256, 1024)
Results = Mapping[str, Any]


class Run(NamedTuple):
    """Seconds on the wall, and of all processors together."""

    seconds: float
    processor: float


class Law(NamedTuple):
    """Fixed seconds, core seconds of an applicant on one core and on two, and the share that is serial."""

    fixed: float
    alone: float
    beside: float
    serial: float

    def shared_nothing(self, people: int, cores: int) -> float:
        """Seconds, if cores of other machines do not hinder each other."""
        return self.fixed + people * self.beside / cores

    def amdahl(self, people: int, cores: int) -> float:
        """Seconds, if what two cores lose is serial."""
        return self.fixed + people * self.alone * ((1 - self.serial) / cores + self.serial)


def speedup(results: Results) -> tuple[float, float, float]:
    """Two cores against one, of runs that followed each other: median, least, greatest."""
    pairs = zip(_seconds(results, "many", 1), _seconds(results, "many", 2), strict=True)
    found = sorted(one / two for one, two in pairs)
    return statistics.median(found), found[0], found[-1]


def law(results: Results) -> Law:
    """Fitted to the medians of the runs."""
    few, many = results["applicants"]["few"], results["applicants"]["many"]
    short, long = ([statistics.median(_seconds(results, name, n)) for n in CORES] for name in ("few", "many"))
    alone, beside = (n * (long[at] - short[at]) / (many - few) for at, n in enumerate(CORES))
    fixed = max(short[1] - few * beside / 2, 0.0)
    return Law(fixed, alone, beside, max(beside / alone - 1, 0.0))


def _seconds(results: Results, name: str, cores: int) -> list[float]:
    return [run[0] for run in results["runs"][name][str(cores)]]


def page(results: Results) -> str:
    """The tables of the guide."""
    few, many = results["applicants"]["few"], results["applicants"]["many"]
    machine, versions = results["machine"], results["versions"]
    lines = [
        f"{machine['processor']}; Spark {versions['spark']}, Arrow {versions['arrow']}, Python {machine['python']}. "
        f"`{results['policy']}` with every indicator, Parquet to Parquet, median of "
        f"{len(results['runs']['many']['1'])} warm runs.",
        "",
        f"| cores | {many:,} applicants | core seconds | {few:,} applicants |",
        "|--:|--:|--:|--:|",
    ]
    for cores in CORES:
        spent = statistics.median(run[1] for run in results["runs"]["many"][str(cores)])
        long, short = (statistics.median(_seconds(results, name, cores)) for name in ("many", "few"))
        lines.append(f"| {cores} | {long:.1f} s | {spent:.1f} s | {short:.2f} s |")
    middle, least, most = speedup(results)
    fitted = law(results)
    lines += [
        "",
        f"Two cores are {middle:.2f} times as fast as one ({least:.2f} to {most:.2f} in runs that followed each "
        f"other). Fitted: *a* = {fitted.fixed:.2f} s, *w*(1) = {fitted.alone * 1e6:.1f} µs, "
        f"*w*(2) = {fitted.beside * 1e6:.1f} µs, σ = {fitted.serial:.3f}.",
        "",
        f"| cores | {PEOPLE:,} people, sharing nothing | if what two cores lose is serial |",
        "|--:|--:|--:|",
    ]
    for cores in MORE:
        both = (fitted.shared_nothing(PEOPLE, cores), fitted.amdahl(PEOPLE, cores))
        lines.append(f"| {cores:,} | {duration(both[0])} | {duration(both[1])} |")
    return "\n".join(lines) + "\n"


def duration(seconds: float) -> str:
    """A time with two digits or so."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
