"""Measures the search for ways: twelve levers that all go together, five years, a day in each month.

Run with `python benchmarks/levers.py`. The policy is drawn up here: parts that few levers touch, which is what the
search gains by, and then one part that all twelve touch, where it can gain nothing.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import jifen

HEAD = """\
policy: bench/2024
title: bench
in_force: {from: 2024-01-01}
sources: {notice: {title: n, kind: official}}
anchors: {cutoff: {label: c, of: application, months: -1, day: last}}
"""
APPLICANT = {"date": "2025-03-15", "timelines": {"work": [{"from": "2020-01", "grade": "low"}]}}


def spread(line: int) -> str:
    """Twelve levers: six on timelines, six on facts that meet in pairs."""
    facts = "".join(f"  f{n}: {{label: f, type: boolean, default: false}}\n" for n in range(6))
    homes = "".join(f"  h{n}: {{label: h, default: []}}\n" for n in range(5))
    sets = "".join(f"  m{n}: {{of: h{n}, to: cutoff}}\n" for n in range(5))
    lines = "".join(
        f"  a{n}: {{cite: notice, accrue: {{months: m{n}, per: year, points: {n + 3}}}}}\n" for n in range(5)
    )
    lines += "".join(f"  b{n}: {{cite: notice, points: 7, when: f{n} and f{n + 1}}}\n" for n in range(5))
    levers = "".join(
        f"  s{n}: {{label: s, takes: {{months: {2 * n}}}, set: {{f{n}: true}}, cite: notice}}\n"
        for n in range(6)
    )
    levers += "".join(
        f"  t{n}: {{label: t, takes: {{months: {n}}}, begin: {{h{n}: {{}}}}, cite: notice}}\n"
        for n in range(5)
    )
    levers += "  better: {label: b, takes: {months: 3}, replace: {work: {grade: high}}, cite: notice}\n"
    work = "  work: {label: w, attributes: {grade: {label: g, type: choice, options: {low: l, high: h}}}}\n"
    return (
        f"{HEAD}facts:\n{facts}timelines:\n{work}{homes}months:\n  worked: {{of: work, to: cutoff}}\n{sets}"
        "eligibility:\n  long: {label: l, require: streak(worked) >= 12, cite: notice}\nindicators:\n"
        "  work: {cite: notice, accrue: {months: worked, by: grade, priority: [high, low], per: year, "
        "points: {low: 3, high: 5}}}\n"
        f"{lines}outcome: {{line: {line}, cite: notice}}\nlevers:\n{levers}"
    )


def dense(line: int) -> str:
    """Twelve levers that all change the same timeline."""
    options = ", ".join(f"g{n}: g" for n in range(12))
    points = ", ".join(f"g{n}: {n + 1}" for n in range(12))
    order = ", ".join(f"g{n}" for n in range(12))
    levers = "".join(
        f"  t{n}: {{label: t, takes: {{months: {n}}}, begin: {{work: {{grade: g{n}}}}}, cite: notice}}\n"
        for n in range(12)
    )
    return (
        f"{HEAD}timelines:\n  work:\n    label: w\n    attributes:\n"
        f"      grade: {{label: g, type: choice, options: {{low: l, {options}}}}}\n"
        "months: {worked: {of: work, to: cutoff}}\n"
        "indicators:\n  work:\n    cite: notice\n    accrue:\n      months: worked\n      by: grade\n"
        f"      priority: [{order}, low]\n      per: year\n      points: {{low: 0, {points}}}\n"
        f"outcome: {{line: {line}, cite: notice}}\nlevers:\n{levers}"
    )


def main() -> None:
    """Print the seconds of each search, the fastest of three."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.yaml"
        for name, text in (
            ("parts, the line within reach", spread(60)),
            ("parts, out of reach", spread(1000)),
            ("one timeline, out of reach", dense(1000)),
        ):
            path.write_text(text, encoding="utf-8")
            policy = jifen.load(path)
            best = float("inf")
            for _ in range(3):
                start = time.perf_counter()
                ways = policy.ways(dict(APPLICANT))
                best = min(best, time.perf_counter() - start)
            size = f"{ways.combinations} combinations, {len(ways.days)} days, {len(ways.ways)} ways"
            print(f"{name:<32}{best:>8.2f} s   {size}")


if __name__ == "__main__":
    main()
