"""The results as Markdown: a page of tables, and the short table of the README, which is kept equal to the JSON.

`python -m benchmarks.report` writes both from `benchmarks/results/results.json`; the charts, too, where matplotlib is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from benchmarks import charts, profile
from benchmarks.measure import BYTES
from benchmarks.peers.peer import ROOT
from benchmarks.peers.roster import contender
from benchmarks.targets import targets

Results = Mapping[str, Any]
FOLDER = ROOT / "benchmarks" / "results"
BEGIN, END = "<!-- benchmarks: begin -->", "<!-- benchmarks: end -->"
READMES = ("README.md", "README.zh-CN.md")
SECTIONS = {
    "service": "importing, loading, one scorecard and the parts of each",
    "scoring": "populations of several sizes",
    "line": "people exactly on the line",
    "single": "one warm applicant",
    "growth": "longer histories and more spells",
    "files": "Parquet to Parquet",
    "profile": "where the time goes",
}
"""What can be measured, in order."""
_FORM = {"tables": "Arrow", "arrays": "monthly arrays", "documents": "documents"}


def seconds(value: float) -> str:
    """A time with three digits."""
    for scale, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * scale >= 1 or unit == "µs":
            return f"{value * scale:.3g} {unit}" if value * scale < 999.5 else f"{value * scale:,.0f} {unit}"
    raise AssertionError


def times(value: float) -> str:
    """A ratio."""
    return f"{value:,.0f}" if value >= 99.5 else f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; all but the first column are numbers."""
    return [
        f"| {' | '.join(head)} |",
        f"|---|{'--:|' * (len(head) - 1)}",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]


def page(results: Results) -> str:
    """Everything."""
    lines = ["# Benchmarks", "", *_conditions(results)]
    for part in (_targets, _scoring, _sizes, _line, _single, _files, _growth, _service, _profile):
        lines += part(results)
    missing = [f"{name} ({said})" for name, said in SECTIONS.items() if not results.get(name)]
    if missing:
        lines += ["## Not measured in this run", "", f"{'; '.join(missing)}."]
    return "\n".join(lines).rstrip() + "\n"


def short(results: Results) -> str:
    """For the README: what a million applicants take, as a ratio to C on one thread."""
    size, base = _largest(results)
    rows = []
    for one in _measured(results, size):
        own = one["sizes"][size]
        mark = "" if own["measured"] == int(size) else "≈ "
        rows.append((one["label"], mark + seconds(own["fastest"]), mark + times(own["fastest"] / base)))
    return "\n".join(
        table((f"{int(size):,} applicants, all indicators and the verdict", "time", "to C"), rows)
    )


def _conditions(results: Results) -> list[str]:
    machine = results["machine"]
    versions: dict[str, str] = {}
    for one in results.get("scoring", {}).values():
        versions |= one.get("versions", {})
    said = [f"{name}: {value}" for name, value in {**machine, **versions}.items()]
    parts = ", ".join(f"{name} {took:.0f} s" for name, took in results.get("sections", {}).items())
    parts = f" ({parts})" if parts else ""
    return [
        f"`{results['policy']}`, commit {results['commit'] or 'unknown'}, {results['taken']:.0f} s in all"
        f"{parts}. "
        "Made by `make bench`; what is measured, and how, stands in [docs/benchmarks.md](../../docs/benchmarks.md).",
        "",
        "; ".join(said) + ".",
        "",
        *(f"**Failed:** {failure}\n" for failure in results.get("failures", ())),
    ]


def _targets(results: Results) -> list[str]:
    signs = {True: "met", False: "**missed**", None: "not measured"}
    rows = [
        (
            one.text,
            "–" if one.value is None else times(one.value),
            "–" if one.limit is None else f"{'at least' if one.least else 'at most'} {one.limit:g}",
            "for comparison" if one.limit is None else signs[one.met],
        )
        for one in targets(results)
    ]
    return ["## Targets", "", *table(("ratio", "measured", "target", ""), rows)]


def _measured(results: Results, size: str) -> list[Mapping[str, Any]]:
    """Those who were measured at a size, the fastest first."""
    found = [one for one in results.get("scoring", {}).values() if size in one["sizes"]]
    return sorted(found, key=lambda one: float(one["sizes"][size]["fastest"]))


def _largest(results: Results) -> tuple[str, float]:
    """The largest size, and the seconds of the first of the roster there."""
    first = _first(results)
    size = max(first["sizes"], key=int)
    return size, first["sizes"][size]["fastest"]


def _first(results: Results) -> Mapping[str, Any]:
    """With whom all others are compared: C by hand, unless it was left out."""
    found: Mapping[str, Any] = next(one for one in results["scoring"].values() if one["sizes"])
    return found


def _scoring(results: Results) -> list[str]:
    if not any(one["sizes"] for one in results.get("scoring", {}).values()):
        return []
    size, base = _largest(results)
    rows = []
    for one in _measured(results, size):
        own = one["sizes"][size]
        mark = "" if own["measured"] == int(size) else "≈ "
        rows.append(
            (
                one["label"],
                _FORM[one["takes"]],
                seconds(one["load"]) if "load" in one else "–",
                mark + seconds(own["prepare"]) if one["takes"] != "tables" else "–",
                mark + seconds(own["fastest"]),
                mark + seconds(own["median"]),
                mark + times(own["fastest"] / base),
                "–" if own["peak"] is None else f"{own['peak']:,.0f} MB",
            )
        )
    absent = [
        f"Left out: {one['label']} ({one.get('absent') or one.get('different') or one.get('failed')})."
        for one in results["scoring"].values()
        if not one["sizes"]
    ]
    head = (
        "",
        "from",
        "load",
        "prepare",
        "score, fastest",
        "score, median",
        f"to {_first(results)['label']}",
        "peak memory",
    )
    text = (
        "Time is of the clock on the wall; warm runs, after a first one. ≈ is extrapolated from fewer applicants. "
        "Preparing (into what a tool takes, where that is not Arrow) is not part of scoring. Peak memory is that of "
        "the whole process, with its applicants. Reading every byte is what memory allows; it scores nobody."
    )
    lines = [f"## {int(size):,} applicants", "", *table(head, rows), text, "", *_of_memory(results, size)]
    return [*lines, *absent, ""]


def _of_memory(results: Results, size: str) -> list[str]:
    """How far those who compute at the speed of machine code are from reading alone."""
    found = results["scoring"]
    if size not in found.get(BYTES, {}).get("sizes", {}):
        return []
    floor = found[BYTES]["sizes"][size]
    said = [
        f"{found[key]['label']} {times(found[key]['sizes'][size]['fastest'] / floor['fastest'])}"
        for key in ("c", "fused", "columns")
        if size in found.get(key, {}).get("sizes", {})
    ]
    read = f"{floor['bytes'] / 1e6:,.0f} MB are read at {floor['bytes'] / floor['fastest'] / 1e9:.3g} GB a second"
    return [f"{read}. As a multiple of that, on one thread: {', '.join(said)}.", ""]


def _sizes(results: Results) -> list[str]:
    found = [one for one in results.get("scoring", {}).values() if one["sizes"]]
    if not found:
        return []
    sizes = list(found[0]["sizes"])
    rows = []
    for one in found:
        cells = []
        for size in sizes:
            own = one["sizes"][size]
            cells.append(("" if own["measured"] == int(size) else "≈ ") + seconds(own["fastest"]))
        rows.append((one["label"], *cells))
    head = ("score, warm, fastest", *(f"{int(size):,} applicant{'s' * (size != '1')}" for size in sizes))
    return ["## By size", "", "![time by number of applicants](scoring.svg)", "", *table(head, rows)]


def _line(results: Results) -> list[str]:
    found = [one for one in results.get("line", {}).values() if "wrong" in one]
    if not found:
        return []
    rows = [(one["label"], f"{one['applicants']:,}", f"{one['wrong']:,}") for one in found]
    text = (
        "Eligible people whose total is exactly 110, so that all of them qualify. Those who write points as doubles, "
        "floats or decimals lose some: a twelfth is none of them."
    )
    return ["## Exactly on the line", "", text, "", *table(("", "people", "wrong"), rows)]


def _single(results: Results) -> list[str]:
    found = [one for one in results.get("single", {}).values() if "fastest" in one]
    if not found:
        return []
    base = found[0]["fastest"]
    rows = [
        (one["label"], seconds(one["fastest"]), seconds(one["median"]), times(one["fastest"] / base))
        for one in sorted(found, key=lambda one: float(one["fastest"]))
    ]
    head = ("", "fastest", "median", f"to {found[0]['label']}")
    return ["## One warm applicant", "", *table(head, rows)]


def _files(results: Results) -> list[str]:
    if not results.get("files"):
        return []
    rows = [
        (
            f"{int(count):,}",
            seconds(one["seconds"]),
            seconds(one["read"]),
            seconds(one["write"]),
            times(one["seconds"] / (one["read"] + one["write"])),
            f"{one['peak']:,.0f} MB",
            f"{one['megabytes'][0]:,.0f} MB",
            f"{one['megabytes'][1]:,.0f} MB",
        )
        for count, one in results["files"].items()
    ]
    head = (
        "applicants",
        "`jifen batch`",
        "read alone",
        "write alone",
        "ratio",
        "peak memory",
        "input",
        "output",
    )
    return ["## Parquet to Parquet", "", *table(head, rows)]


def _growth(results: Results) -> list[str]:
    growth = results.get("growth")
    if not growth:
        return []
    lines = ["## Growth", "", "![time by length of history and by spells](growth.svg)", ""]
    for kind, label in (("history", "years of history"), ("spells", "spells of each, about")):
        keys = list(dict.fromkeys(key for one in growth[kind] for key in one["times"]))
        rows = []
        for at, one in enumerate(growth[kind]):
            cells = []
            for key in keys:
                before = growth[kind][at - 1]["times"].get(key) if at else None
                own = one["times"].get(key)
                step = f" ({times(own / before)}×)" if own and before else ""
                cells.append(seconds(own) + step if own else "–")
            rows.append((f"{one['size']:g}", *cells))
        labels = [contender(key).label for key in keys]
        lines += table((f"{label}; {growth['applicants']:,} applicants", *labels), rows)
    return lines


def _service(results: Results) -> list[str]:
    rows = [
        (
            one["label"].replace("  ", "· "),
            f"{one['value']:.1f} {one['unit']}",
            f"{one['budget']:g} {one['unit']}" if one["budget"] else "",
        )
        for one in results.get("service", ())
    ]
    return ["## What a service feels", "", *table(("", "", "budget"), rows)] if rows else []


def _profile(results: Results) -> list[str]:
    return (
        ["## Where the time goes", "", *profile.lines(results["profile"])] if results.get("profile") else []
    )


def with_table(text: str, results: Results) -> str:
    """A README with its table between the marks written anew."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, "the README has no place for the table"
    return f"{before}{BEGIN}\n\n{short(results)}\n{END}{after}"


def main() -> None:
    """Write the page, the charts and the tables of the READMEs."""
    results = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    with suppress(ImportError):
        charts.draw(results, FOLDER)
    (FOLDER / "results.md").write_text(page(results), encoding="utf-8")
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        (ROOT / name).write_text(with_table(text, results), encoding="utf-8")


if __name__ == "__main__":
    main()
