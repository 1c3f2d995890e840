"""The engine and its peers on the same applicants in one run: `make bench`, or `python -m benchmarks`.

Everybody's answers are compared with the engine's before anything is timed. See docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import charts, report
from benchmarks.measure import Plan, Section, commit
from benchmarks.peers.peer import POLICY
from benchmarks.peers.roster import DOUBLES, ROSTER, SINGLE
from benchmarks.targets import targets
from benchmarks.timing import once

SECTIONS = tuple(report.SECTIONS)
QUICK = ("service", "scoring", "single")


def main() -> int:
    """Measure, print and, unless it is quick, write `benchmarks/results/`. The status is 1 where a peer failed."""
    given = _arguments()
    plan = Plan(
        given.applicants or ([20_000] if given.quick else [1, 1000, 100_000, 1_000_000]),
        given.peers or (),
        given.seconds or (0.3 if given.quick else 2.0),
        2000 if given.quick else 20_000,
        5000 if given.quick else 50_000,
        [20_000] if given.quick else [250_000, 1_000_000, *([10_000_000] if given.ten_million else [])],
        given.quick,
    )
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="jifen-benchmarks-", dir=given.scratch) as folder:
        section = Section(plan, Path(folder), lambda line: print(line, file=sys.stderr, flush=True))
        results: dict[str, Any] = {"policy": POLICY, "commit": commit(), "machine": section.machine()}
        results["sections"] = {}
        for name in given.sections or (QUICK if given.quick else SECTIONS):
            took, results[name] = once(getattr(section, name))
            results["sections"][name] = took
            section.tell(f"{name} took {took:.0f} s")
    results |= {"failures": section.failures, "taken": time.perf_counter() - start}
    print(report.page(results))
    out = given.out or (None if given.quick or given.sections or given.peers else report.FOLDER)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        (out / "results.json").write_text(
            json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        (out / "results.md").write_text(report.page(results), encoding="utf-8")
        if out == report.FOLDER:
            report.main()
        else:
            charts.draw(results, out)
    missed = [one.text for one in targets(results) if one.met is False]
    print(f"{len(missed)} targets missed" + "".join(f"\n  {text}" for text in missed), file=sys.stderr)
    return 1 if section.failures else 0


def _arguments() -> argparse.Namespace:
    keys = list(dict.fromkeys(one.key for one in (*ROSTER, *SINGLE, *DOUBLES)))
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument(
        "--quick", action="store_true", help="fewer applicants, runs and sections; writes no results"
    )
    arguments.add_argument("--applicants", type=int, nargs="+", help="the sizes of the populations")
    arguments.add_argument(
        "--peers", nargs="+", choices=keys, metavar="PEER", help=f"only some of {', '.join(keys)}"
    )
    arguments.add_argument("--sections", nargs="+", choices=SECTIONS, help="only some parts")
    arguments.add_argument("--seconds", type=float, help="for the warm runs of each")
    arguments.add_argument("--ten-million", action="store_true", help="a file of ten million applicants too")
    arguments.add_argument("--out", type=Path, help="where the results go")
    arguments.add_argument("--scratch", type=Path, help="where populations lie meanwhile")
    return arguments.parse_args()


if __name__ == "__main__":
    sys.exit(main())
