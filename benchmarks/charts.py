"""The charts of the results. Their words are English and Chinese, as text that the reader's own fonts show."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.measure import BYTES
from benchmarks.peers.roster import contender

Results = Mapping[str, Any]
_OWN, _FLOOR = "#b5262a", "#777777"
_OTHERS = ("#1f5673", "#5b8e7d", "#8a6d3b", "#6b5b95", "#88a09e", "#3d3d3d", "#c08497", "#a3a380", "#457b9d")
_STYLES: dict[str, Any] = {
    "columns-2": "--",
    "fused": "-.",
    "fused-2": ":",
    "exact": (0, (1, 4)),
    BYTES: ":",
}
_GROWING = {"c": "#3d3d3d", "columns": _OWN, "fused": "#1f5673"}
_FONTS = ["DejaVu Sans", "WenQuanYi Micro Hei", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei"]
_PANELS = {
    "history": ("Twice the history\n历史加倍", "years of history 历史年数"),
    "spells": ("Twice the spells\n时段加倍", "spells of each applicant, about 每人时段数（约）"),
}


def draw(results: Results, folder: Path) -> None:
    """Write `scoring.svg` and `growth.svg`. Raises ImportError without matplotlib."""
    import matplotlib as mpl
    from matplotlib.font_manager import get_font_names

    mpl.use("svg")
    # The same results are to give the same bytes.
    mpl.rcParams |= {
        "svg.hashsalt": "jifen",
        "svg.fonttype": "none",
        "font.family": [name for name in _FONTS if name in get_font_names()],
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlelocation": "left",
        "axes.titlesize": 10,
    }
    with warnings.catch_warnings():
        # Where no font here has Chinese, only the widths of words are guessed.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        if any(one["sizes"] for one in results.get("scoring", {}).values()):
            _scoring(results, folder / "scoring.svg")
        if results.get("growth"):
            _growth(results, folder / "growth.svg")


def _scoring(results: Results, path: Path) -> None:
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter

    figure, axes = pyplot.subplots(figsize=(8, 5))
    others = iter(_OTHERS)
    measured = {key: one for key, one in results["scoring"].items() if one["sizes"]}
    for key, one in _slowest_first(measured):
        own = one["label"].startswith("Jifen")
        colour = _OWN if own else _FLOOR if key == BYTES else next(others, "#999999")
        points = [(int(size), cell) for size, cell in one["sizes"].items()]
        axes.plot([size for size, _ in points], [cell["fastest"] for _, cell in points], label=one["label"],
                  linestyle=_STYLES.get(key, "-"), color=colour, linewidth=1.8 if own else 1.1)  # fmt: skip
        for known in (True, False):
            some = [(size, cell["fastest"]) for size, cell in points if (cell["measured"] == size) is known]
            axes.scatter([size for size, _ in some], [value for _, value in some], s=16, color=colour,
                         facecolors=colour if known else "none", zorder=3)  # fmt: skip
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_formatter(FuncFormatter(_time))
    axes.grid(axis="y", color="#e6e6e6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_title("Time to score, warm 计分用时（预热后）")
    axes.set_xlabel("applicants; a hollow point is extrapolated  申请人数；空心点为推算")
    axes.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False, fontsize=8)
    _save(figure, path)


def _slowest_first(measured: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """In the order in which their lines end, so that the legend has it, too."""

    def last(one: tuple[str, Any]) -> float:
        cell: Mapping[str, float] = list(one[1]["sizes"].values())[-1]
        return -cell["fastest"]

    return sorted(measured.items(), key=last)


def _time(value: float, _: object = None) -> str:
    """A power of ten in its unit."""
    for scale, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * scale >= 0.999 or unit == "µs":
            return f"{value * scale:,.0f} {unit}" if value * scale > 99 else f"{value * scale:.3g} {unit}"
    raise AssertionError


def _growth(results: Results, path: Path) -> None:
    from matplotlib import pyplot
    from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

    growth = results["growth"]
    figure, both = pyplot.subplots(1, 2, figsize=(8.4, 4), sharey=True)
    every = [value for kind in _PANELS for one in growth[kind] for value in one["times"].values()]
    for axes, (kind, (title, label)) in zip(both, _PANELS.items(), strict=True):
        sizes = [one["size"] for one in growth[kind]]
        for key, colour in _GROWING.items():
            points = [(one["size"], one["times"][key]) for one in growth[kind] if key in one["times"]]
            if not points:
                continue
            (begin, first), *_ = points
            axes.plot(
                *zip(*points, strict=True), "o-", color=colour, label=contender(key).label, markersize=4
            )
            axes.plot(sizes, [first * size / begin for size in sizes], ":", color=colour, linewidth=0.8)
        axes.plot([], [], ":", color=_FLOOR, linewidth=0.8, label="in proportion 成正比时")
        axes.set_xscale("log", base=2)
        axes.set_yscale("log", base=2)
        axes.set_title(title)
        axes.set_xlabel(label)
        axes.xaxis.set_major_locator(FixedLocator(sizes))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_major_formatter(FuncFormatter(_time))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_ylim(min(every) / 1.2, max(every) * 1.6)
        axes.grid(axis="y", color="#e6e6e6", linewidth=0.6)
        axes.set_axisbelow(True)
    both[0].yaxis.set_major_locator(
        FixedLocator([value * 10.0**power for power in range(-4, 3) for value in (1, 2, 5)])
    )
    both[0].set_ylabel(f"time of {growth['applicants']:,} applicants\n{growth['applicants']:,} 名申请人用时")
    both[1].legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1.01, 0.5))
    figure.tight_layout(w_pad=2)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    from matplotlib import pyplot

    figure.savefig(path, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
    # Its lines end in spaces, which the repository does not have.
    path.write_text(
        "".join(f"{line.rstrip()}\n" for line in path.read_text(encoding="utf-8").splitlines()), "utf-8"
    )
