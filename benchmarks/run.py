"""Measures what a service feels: importing, loading, scoring one applicant, writing the whole scorecard.

Run with `make bench`. Each figure is the fastest of many short windows, so that other work on the machine
matters little; each is followed by its parts. The peer is the month-by-month scorer of the tests, in plain Python,
checked for the same answer before it is timed.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import jifen

ROOT = Path(__file__).resolve().parent.parent
POLICY = "tianjin/2022"
APPLICANT = ROOT / "examples" / "tianjin" / "applicant.yaml"


def fastest(call: Callable[[], object], times: int, windows: int) -> float:
    """Seconds for one call: the fastest window of `times` calls."""
    best = float("inf")
    for _ in range(windows):
        start = time.perf_counter()
        for _ in range(times):
            call()
        best = min(best, (time.perf_counter() - start) / times)
    return best


def start_up(statement: str, runs: int = 15) -> float:
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


def row(label: str, seconds: float, unit: str, budget: float | None = None) -> None:
    """One line of the table; a budget is in the same unit."""
    scale = {"ms": 1e3, "µs": 1e6}[unit]
    value = seconds * scale
    verdict = "" if budget is None else f"   budget {budget:g} {unit}, {value / budget:.0%} of it"
    print(f"{label:<44}{value:>9.1f} {unit}{verdict}")


def main() -> None:
    """Print the four figures, the parts of each, and the peer."""
    from jifen.api import read_applicant
    from jifen.backends.generate import generate
    from jifen.compile import compile_policy, from_node, read
    from jifen.document.diagnostics import Diagnostics
    from jifen.document.schema import check
    from jifen.document.yaml_reader import read_path
    from jifen.policy.registry import path_of

    print(f"jifen {jifen.__version__}, Python {platform.python_version()}, {platform.machine()}, {POLICY}\n")

    row("import jifen, over bare Python", start_up("import jifen"), "ms", 80)
    row(
        "  import and load, for a process that scores",
        start_up(f"import jifen; jifen.load({POLICY!r})"),
        "ms",
    )

    policy = jifen.load(POLICY)
    path = path_of(POLICY)
    node = read_path(path, Diagnostics())
    assert node is not None
    source = read(path)
    compiled = compile_policy(source, {})
    print()
    row("load: read, check, compile", fastest(lambda: jifen.load(POLICY), 1, 40), "ms", 60)
    row("  read the YAML with places", fastest(lambda: read_path(path, Diagnostics()), 1, 40), "ms")
    row("  check against the schema", fastest(lambda: check(node, "policy", Diagnostics()), 1, 40), "ms")
    row("  names, citations", fastest(lambda: from_node(node, Diagnostics()), 1, 20), "ms")
    row("  model and plan", fastest(lambda: compile_policy(source, {}), 1, 40), "ms")
    generated = fastest(lambda: generate(compiled.plan, policy.core.slots, compiled.layout), 1, 40)
    row("  generate and compile the function", generated, "ms")

    applicant = read_applicant(str(APPLICANT))
    card = policy.score(applicant)
    card.to_json()
    person = card.person
    spells = sum(len(rows) for rows in applicant["timelines"].values())  # type: ignore[attr-defined]
    print()
    score = fastest(lambda: policy.score(applicant), 20, 400)
    row(f"score one dict ({spells} spells), every slot", score, "µs", 60)
    row("  read the dict", fastest(lambda: policy.read(applicant), 20, 400), "µs")
    row("  run the plan", fastest(lambda: policy.run(person), 20, 400), "µs")

    print()
    row(
        "score one dict, the whole card as JSON",
        fastest(lambda: policy.score(applicant).to_json(), 5, 400),
        "µs",
        300,
    )
    explanation = fastest(lambda: policy.detail(person), 20, 400)
    row("  the explanation, and every other reading", explanation, "µs")
    row("  write the text", fastest(card.to_json, 5, 400), "µs")

    _peer(policy, applicant, score)


def _peer(policy: jifen.Policy, applicant: object, score: float) -> None:
    sys.path.insert(0, str(ROOT))
    from tests.oracle.tianjin_2022 import score as plain

    plain_applicant = _as_text(applicant)
    answer = plain(plain_applicant)["total"]
    assert Fraction(answer) == policy.score(applicant).total, "the peer gives another answer"  # type: ignore[arg-type]
    peer = fastest(lambda: plain(plain_applicant), 1, 60)
    print()
    row("plain Python, month by month", peer, "µs")
    print(f"{'  jifen is faster by':<44}{peer / score:>9.1f} times")


def _as_text(value: object) -> dict[str, object]:
    assert isinstance(value, dict)
    return value


if __name__ == "__main__":
    main()
