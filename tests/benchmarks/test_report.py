"""What is printed of the results: the pages are those of the data, and a target missed is said to be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from benchmarks.profile import Clock
from benchmarks.report import BEGIN, END, FOLDER, READMES, page, seconds, short, times
from benchmarks.targets import targets
from benchmarks.timing import in_turns

from benchmarks import charts

ROOT = Path(__file__).parents[2]
SIZES = ("1000", "1000000")


def contender(label: str, fastest: float, measured: int = 10**6) -> dict[str, Any]:
    """Somebody who takes so long for a million."""
    sizes = {
        size: {
            "prepare": 0.0,
            "first": 2 * fastest,
            "fastest": fastest * int(size) / 10**6,
            "median": fastest,
            "measured": min(int(size), measured),
            "peak": 100.0 if int(size) <= measured else None,
        }
        for size in SIZES
    }
    return {"label": label, "takes": "tables", "sizes": sizes, "load": 0.1, "versions": {label: "1"}}


@pytest.fixture
def results() -> dict[str, Any]:
    return {
        "policy": "harbour/2024",
        "commit": "0000000",
        "taken": 1.0,
        "machine": {"cores": 2},
        "scoring": {
            "c": contender("C", 0.2),
            "columns-2": contender("columns", 0.8),
            "polars": contender("Polars", 2.0),
            "duckdb": contender("DuckDB", 1.2),
            "openfisca": contender("OpenFisca", 9.0, 1000),
            "openfisca-arrays": contender("OpenFisca with arrays", 2.4),
            "fused": {"label": "fused", "takes": "tables", "sizes": {}, "absent": "not installed"},
            "bytes": {
                "label": "every byte",
                "takes": "tables",
                "sizes": {
                    size: {
                        "prepare": 0.0,
                        "fastest": int(size) / 5e7,
                        "median": 0.03,
                        "measured": int(size),
                        "peak": None,
                        "bytes": int(size) * 200,
                    }
                    for size in SIZES
                },
            },
        },
        "line": {"columns": {"label": "columns", "applicants": 10, "wrong": 0}},
        "growth": {
            "applicants": 10,
            "history": [{"size": 6, "times": {"columns": 1.0}}, {"size": 12, "times": {"columns": 1.5}}],
            "spells": [{"size": 6, "times": {"columns": 1.0}}, {"size": 12, "times": {"columns": 2.5}}],
        },
        "files": {
            "1000": {"seconds": 9.0, "peak": 200.0, "read": 1.0, "write": 0.5, "megabytes": [1.0, 2.0]},
            "1000000": {"seconds": 3.0, "peak": 220.0, "read": 1.0, "write": 0.5, "megabytes": [1.0, 2.0]},
        },
    }


def test_targets(results: dict[str, Any]) -> None:
    found = {one.text: (one.value and round(one.value, 6), one.met) for one in targets(results)}
    assert found["columns on 2 threads, to C on one"] == (4.0, True)
    assert found["the best of Polars and DuckDB, to columns on 2 threads"] == (1.5, False)
    assert found["OpenFisca from Arrow, to columns on 2 threads"] == (11.25, True)
    assert found["fused to C, both on one thread"] == (None, None)
    assert found["wrong verdicts of the engine on the line"] == (0, True)
    assert found["plain Python to the engine, one applicant"] == (None, None)
    assert found["Parquet to Parquet, to reading and writing alone, 1,000,000"] == (2.0, True)
    assert "Parquet to Parquet, to reading and writing alone, 1,000" not in found
    assert found["peak memory of the largest file to that of the smallest"] == (1.1, True)
    assert found["twice the months of history, the most that it takes, columns"] == (1.5, True)
    assert found["twice the spells, the most that it takes, columns"] == (2.5, False)


def test_what_is_missed_extrapolated_or_left_out_is_said(results: dict[str, Any]) -> None:
    lines = page(results).splitlines()
    assert "| twice the spells, the most that it takes, columns | 2.5 | at most 2 | **missed** |" in lines
    assert "| fused to C, both on one thread | – | at most 1.3 | not measured |" in lines
    assert "| the same from monthly arrays made ready | 3 | – | for comparison |" in lines
    assert "| OpenFisca | 9 ms | ≈ 9 s |" in lines
    assert "| score, warm, fastest | 1,000 applicants | 1,000,000 applicants |" in lines
    assert "Left out: fused (not installed)." in lines
    missing = lines[lines.index("## Not measured in this run") + 2]
    assert missing == (
        "service (importing, loading, one scorecard and the parts of each); single (one warm applicant); "
        "profile (where the time goes)."
    )


def test_reading_alone_stands_beside_those_who_score(results: dict[str, Any]) -> None:
    lines = page(results).splitlines()
    assert "| every byte | Arrow | – | – | 20 ms | 30 ms | 0.1 | – |" in lines
    assert "200 MB are read at 10 GB a second. As a multiple of that, on one thread: C 10." in lines


def test_the_short_table_has_ratios(results: dict[str, Any]) -> None:
    rows = short(results).splitlines()
    assert [row.partition(" |")[0].strip("| ") for row in rows[2:]] == [
        "every byte",
        "C",
        "columns",
        "DuckDB",
        "Polars",
        "OpenFisca with arrays",
        "OpenFisca",
    ]
    assert rows[3] == "| C | 200 ms | 1 |" and rows[8] == "| OpenFisca | ≈ 9 s | ≈ 45 |"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00007512, "75.1 µs"), (0.0123, "12.3 ms"), (1.0, "1 s"), (750.2, "750 s"), (1234.5, "1,234 s")],
)
def test_seconds(value: float, text: str) -> None:
    assert seconds(value) == text


def test_growth_with_somebody_left_out(results: dict[str, Any]) -> None:
    results["growth"]["history"][1]["times"]["fused"] = 0.5
    lines = page(results).splitlines()
    assert "| years of history; 10 applicants | Jifen, columns | Jifen, fused |" in lines
    assert "| 6 | 1 s | – |" in lines and "| 12 | 1.5 s (1.5×) | 500 ms |" in lines


def test_calls_that_take_turns() -> None:
    said: list[str] = []
    times = in_turns([lambda: said.append("a"), lambda: said.append("b")], 0.0, least=3)
    assert said == ["a", "b"] * 3
    assert [one.runs for one in times] == [3, 3] and all(0 < one.fastest <= one.median for one in times)


def test_the_parts_of_the_time(results: dict[str, Any]) -> None:
    parts = {"columns": [["span", 0.6], ["rest of it", 0.39], ["little", 0.01]], "batch": [["start", 2.0]]}
    counted = {"c": [2000.4, 800.0]}
    lines = page(results | {"profile": {"applicants": 1000, "parts": parts, "counted": counted}}).splitlines()
    assert "| columns, 1,000 applicants | share | ns an applicant |" in lines
    assert "| span | 60% | 600,000 |" in lines and "| everything else | 0% | 0 |" in lines
    assert "| `jifen batch`, Parquet to Parquet, 5,000 applicants | share | ns an applicant |" in lines
    assert "| start | 100% | 400,000 |" in lines and "| C by hand | 2,000 | 800 |" in lines


def test_a_call_that_is_timed_inside_another_is_not_counted_twice() -> None:
    moment = 0.0

    def work(taken: float) -> None:
        nonlocal moment
        moment += taken

    def steps() -> Iterator[None]:
        for taken in (1.0, 2.0):
            work(taken)
            inner(10.0)
            yield

    clock = Clock(lambda: moment)
    inner, each = clock.timed("inner", work), clock.each("each", steps)

    def whole() -> None:
        for _ in each():
            work(100.0)
        inner(30.0)

    assert clock.fastest(whole, 2) == [("everything else", 200.0), ("inner", 50.0), ("each", 3.0)]


def test_times() -> None:
    assert [times(value) for value in (0.957, 1.0, 45.04, 3849.7)] == ["0.957", "1", "45", "3,850"]


def test_the_charts_are_the_same_for_the_same_results(results: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip(
        "matplotlib", reason="the charts are drawn by `make bench`, which installs matplotlib"
    )
    drawn = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        charts.draw(results, tmp_path / name)
        drawn.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert drawn[0] == drawn[1] and set(drawn[0]) == {"scoring.svg", "growth.svg"}
    for name, words in (("scoring.svg", "every byte"), ("growth.svg", "历史加倍")):
        assert f">{words}</text>" in drawn[0][name].decode()


def test_the_pages_are_those_of_the_data() -> None:
    kept = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
    assert (FOLDER / "results.md").read_text(encoding="utf-8") == page(kept)
    for name in READMES:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert text.partition(BEGIN)[2].partition(END)[0].strip() == short(kept).strip(), name
