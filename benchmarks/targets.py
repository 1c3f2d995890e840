"""What the engine has to reach, as ratios within one run, and whether it did."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple

Results = Mapping[str, Any]
LARGEST = "1000000"


class Target(NamedTuple):
    """A ratio that must not be above (or below) a limit. `value` is None where it was not measured.

    Without a limit it only stands beside another one, for comparison.
    """

    text: str
    value: float | None
    limit: float | None
    least: bool
    """Whether the ratio has to be at least the limit; at most otherwise."""

    @property
    def met(self) -> bool | None:
        if self.value is None or self.limit is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


def targets(results: Results) -> list[Target]:
    """All of them, from the results of one run."""

    def score(key: str) -> float | None:
        sizes = results.get("scoring", {}).get(key, {}).get("sizes", {})
        found: float | None = sizes.get(LARGEST, {}).get("fastest")
        return found

    def one(key: str) -> float | None:
        found: float | None = results.get("single", {}).get(key, {}).get("fastest")
        return found

    def ratio(above: float | None, below: float | None) -> float | None:
        return None if above is None or not below else above / below

    frames = [found for found in (score("polars"), score("duckdb")) if found is not None]
    lines = results.get("line", {})
    own = [lines[key]["wrong"] for key in ("columns", "fused", "exact") if "wrong" in lines.get(key, {})]
    found = [
        Target("columns on 2 threads, to C on one", ratio(score("columns-2"), score("c")), 5, False),
        Target(
            "the best of Polars and DuckDB, to columns on 2 threads",
            ratio(min(frames, default=None), score("columns-2")),
            2,
            True,
        ),
        Target(
            "OpenFisca from Arrow, to columns on 2 threads",
            ratio(score("openfisca"), score("columns-2")),
            10,
            True,
        ),
        Target(
            "the same from monthly arrays made ready",
            ratio(score("openfisca-arrays"), score("columns-2")),
            None,
            True,
        ),
        Target("fused to C, both on one thread", ratio(score("fused"), score("c")), 1.3, False),
        Target("fused to C, both on 2 threads", ratio(score("fused-2"), score("c-2")), 1.3, False),
        Target("wrong verdicts of the engine on the line", max(own, default=None), 0, False),
        Target("plain Python to the engine, one applicant", ratio(one("python"), one("exact")), 1, True),
        Target(
            "ZEN with counted months to the engine, one applicant",
            ratio(one("zen-counted"), one("exact")),
            1,
            True,
        ),
        Target("ZEN to the engine, one applicant", ratio(one("zen"), one("exact")), 20, True),
        Target(
            "OpenFisca to the engine, one applicant", ratio(one("openfisca-one"), one("exact")), 500, True
        ),
    ]
    files = {int(count): one for count, one in results.get("files", {}).items()}
    for count, one_ in sorted(files.items()):
        if count < int(LARGEST):
            continue  # the start of a process is most of it
        alone = one_["read"] + one_["write"]
        found.append(
            Target(
                f"Parquet to Parquet, to reading and writing alone, {count:,}",
                one_["seconds"] / alone,
                2.5,
                False,
            )
        )
        found.append(Target(f"peak memory of Parquet to Parquet in MB, {count:,}", one_["peak"], 1000, False))
    if len(files) > 1:
        peaks = [files[count]["peak"] for count in sorted(files)]
        found.append(
            Target(
                "peak memory of the largest file to that of the smallest", peaks[-1] / peaks[0], 1.25, False
            )
        )
    for kind, text in (("history", "twice the months of history"), ("spells", "twice the spells")):
        sizes = results.get("growth", {}).get(kind, [])
        for key in ("columns", "fused"):
            times = [size["times"][key] for size in sizes if key in size["times"]]
            steps = [after / before for before, after in pairwise(times)]
            if steps:
                found.append(Target(f"{text}, the most that it takes, {key}", max(steps), 2, False))
    return found
