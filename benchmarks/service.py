"""What a service feels: importing, loading, scoring one applicant, writing the whole scorecard, and the parts of each.

Each figure is the fastest of many short windows, so that other work on the machine matters little.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import jifen
from benchmarks.peers.peer import POLICY, ROOT

APPLICANT = ROOT / "examples" / "tianjin" / "applicant.yaml"


class Figure(NamedTuple):
    """What a step takes and, where it has a budget, may take: in milliseconds (ms) or microseconds (µs)."""

    label: str
    value: float
    unit: str
    budget: float | None = None

    def __str__(self) -> str:
        share = (
            f"   budget {self.budget:g} {self.unit}, {self.value / self.budget:.0%} of it"
            if self.budget
            else ""
        )
        return f"{self.label:<44}{self.value:>9.1f} {self.unit}{share}"


def fastest(call: Callable[[], object], times: int, windows: int) -> float:
    """Seconds for one call: the fastest window of `times` calls."""
    best = float("inf")
    for _ in range(windows):
        start = time.perf_counter()
        for _ in range(times):
            call()
        best = min(best, (time.perf_counter() - start) / times)
    return best


def start_up(statement: str, runs: int) -> float:
    """Seconds that Python takes to start and run a statement, over a bare start: the median of paired runs."""
    found = []
    for _ in range(runs):
        pair = []
        for code in (statement, "pass"):
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            pair.append(time.perf_counter() - begin)
        found.append(pair[0] - pair[1])
    return statistics.median(found)


def figures(quick: bool = False) -> Iterator[Figure]:
    """The four figures, each followed by its parts; `quick` looks at fewer windows."""
    from jifen.applicant.files import read_applicant
    from jifen.backends.generate import generate
    from jifen.compile import compile_policy, from_node, read
    from jifen.document.diagnostics import Diagnostics
    from jifen.document.schema import check
    from jifen.document.yaml_reader import read_path
    from jifen.policy.registry import path_of

    runs, loads, windows = (5, 8, 80) if quick else (15, 40, 400)

    def ms(label: str, seconds: float, budget: float | None = None) -> Figure:
        return Figure(label, seconds * 1e3, "ms", budget)

    def us(label: str, seconds: float, budget: float | None = None) -> Figure:
        return Figure(label, seconds * 1e6, "µs", budget)

    yield ms("import jifen, over bare Python", start_up("import jifen", runs), 80)
    whole = start_up(f"import jifen; jifen.load({POLICY!r})", runs)
    yield ms("  import and load, for a process that scores", whole)

    policy, path = jifen.load(POLICY), path_of(POLICY)
    node = read_path(path, Diagnostics())
    assert node is not None
    source = read(path)
    compiled = compile_policy(source, {})
    slots = policy.core.slots
    yield ms("load: read, check, compile", fastest(lambda: jifen.load(POLICY), 1, loads), 60)
    yield ms("  read the YAML with places", fastest(lambda: read_path(path, Diagnostics()), 1, loads))
    yield ms("  check against the schema", fastest(lambda: check(node, "policy", Diagnostics()), 1, loads))
    yield ms("  names, citations", fastest(lambda: from_node(node, Diagnostics()), 1, loads))
    yield ms("  model and plan", fastest(lambda: compile_policy(source, {}), 1, loads))
    generated = fastest(lambda: generate(compiled.plan, slots, compiled.layout), 1, loads)
    yield ms("  generate and compile the function", generated)

    applicant = read_applicant(str(APPLICANT))
    card = policy.score(applicant)
    card.to_json()
    person = card.person
    yield us("score one dict, every slot", fastest(lambda: policy.score(applicant), 20, windows), 60)
    yield us("  read the dict", fastest(lambda: policy.read(applicant), 20, windows))
    yield us("  run the plan", fastest(lambda: policy.run(person), 20, windows))

    whole = fastest(lambda: policy.score(applicant).to_json(), 5, windows)
    yield us("score one dict, the whole card as JSON", whole, 300)
    explanation = fastest(lambda: policy.detail(person), 20, windows)
    yield us("  the explanation, and every other reading", explanation)
    yield us("  write the text", fastest(card.to_json, 5, windows))


if __name__ == "__main__":
    for figure in figures():
        print(figure)
