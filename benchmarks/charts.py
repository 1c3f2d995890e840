"""The charts of the results."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measure import BYTES

Results = Mapping[str, Any]
_OWN = "#b5262a"
_FLOOR = "#777777"
_OTHERS = ("#1f5673", "#5b8e7d", "#8a6d3b", "#6b5b95", "#88a09e", "#3d3d3d", "#c08497", "#a3a380", "#457b9d")


def draw(results: Results, folder: Path) -> None:
    """Write `scoring.svg` and `growth.svg`. Raises ImportError without matplotlib."""
    import matplotlib as mpl

    mpl.use("svg")
    # The same results are to give the same bytes.
    mpl.rcParams |= {
        "svg.hashsalt": "jifen",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    if any(one["sizes"] for one in results.get("scoring", {}).values()):
        _scoring(results, folder / "scoring.svg")
    if results.get("growth"):
        _growth(results, folder / "growth.svg")


def _scoring(results: Results, path: Path) -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(8, 5))
    others = iter(_OTHERS)
    for key, one in results["scoring"].items():
        if not one["sizes"]:
            continue
        own = one["label"].startswith("Jifen")
        colour = _OWN if own else _FLOOR if key == BYTES else next(others, "#999999")
        style = {"columns-2": "--", "fused": "-.", "fused-2": ":", "exact": (0, (1, 4)), BYTES: ":"}.get(
            key, "-"
        )
        points = [(int(size), cell) for size, cell in one["sizes"].items()]
        axes.plot([size for size, _ in points], [cell["fastest"] for _, cell in points], style, color=colour,
                  label=one["label"], linewidth=1.8 if own else 1.1)  # fmt: skip
        for measured in (True, False):
            some = [
                (size, cell["fastest"]) for size, cell in points if (cell["measured"] == size) is measured
            ]
            axes.scatter([size for size, _ in some], [value for _, value in some], s=16, color=colour,
                         facecolors=colour if measured else "none", zorder=3)  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("applicants (a hollow point is extrapolated)")
    axes.set_ylabel("seconds, warm")
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=8)
    _save(figure, path)


def _growth(results: Results, path: Path) -> None:
    from matplotlib import pyplot

    growth = results["growth"]
    figure, both = pyplot.subplots(1, 2, figsize=(8, 3.4))
    for axes, kind, label in zip(
        both, ("history", "spells"), ("years of history", "spells of each applicant"), strict=True
    ):
        sizes = [one["size"] for one in growth[kind]]
        keys = dict.fromkeys(key for one in growth[kind] for key in one["times"])
        most = 0.0
        for key, colour in zip(keys, ("#3d3d3d", _OWN, "#1f5673"), strict=False):
            values = [one["times"][key] for one in growth[kind]]
            most = max([most, *values])
            name = results.get("scoring", {}).get(key, {}).get("label", key)
            axes.plot(sizes, values, "o-", color=colour, label=name, markersize=4)
        first = max(one["times"].get("columns", 0) for one in growth[kind][:1])
        axes.plot(
            sizes, [first * size / sizes[0] for size in sizes], ":", color="#999999", label="in proportion"
        )
        axes.set_xlabel(label)
        axes.set_ylim(0, most * 1.15)
        axes.set_ylabel(f"seconds, {growth['applicants']:,} applicants")
        axes.legend(frameon=False, fontsize=8)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    from matplotlib import pyplot

    figure.savefig(path, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    # Its lines end in spaces, which the repository does not have.
    path.write_text(
        "".join(f"{line.rstrip()}\n" for line in path.read_text(encoding="utf-8").splitlines()), "utf-8"
    )
