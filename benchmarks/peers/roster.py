"""Everybody who is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from benchmarks.peers import (
    c_kernel,
    duckdb_sql,
    engine,
    numpy_by_hand,
    openfisca_system,
    plain_python,
    polars_frames,
    zen_model,
)
from benchmarks.peers.peer import Peer

MILLION = 1_000_000


class Contender(NamedTuple):
    """One of those who are measured: what it is called, and the most applicants that it is given."""

    key: str
    label: str
    make: Callable[[], Peer]
    takes: Literal["tables", "documents", "arrays"] = "tables"
    """In what the applicants lie in memory before the clock starts."""
    most: int = MILLION


ROSTER = (
    Contender("c", "C by hand", c_kernel.Kernel),
    Contender("c-2", "C by hand, 2 threads", lambda: c_kernel.Kernel(2)),
    Contender("columns", "Jifen, columns", lambda: engine.Table("columns", 1)),
    Contender("columns-2", "Jifen, columns, 2 threads", lambda: engine.Table("columns", 2)),
    Contender("fused", "Jifen, fused", lambda: engine.Table("fused", 1)),
    Contender("fused-2", "Jifen, fused, 2 threads", lambda: engine.Table("fused", 2)),
    Contender("numpy", "NumPy by hand", numpy_by_hand.ByHand),
    Contender("polars", "Polars", polars_frames.Frames),
    Contender("duckdb", "DuckDB SQL", duckdb_sql.Sql),
    Contender("openfisca", "OpenFisca, from Arrow", openfisca_system.FromArrow),
    Contender("openfisca-arrays", "OpenFisca, from monthly arrays", openfisca_system.System, "arrays"),
    Contender("exact", "Jifen, one by one", engine.OneByOne, "documents", 10_000),
    Contender("python", "plain Python", plain_python.PlainPython, "documents", 10_000),
    Contender("zen-counted", "ZEN, months counted for it", lambda: zen_model.Zen(True), "documents", 10_000),
    Contender("zen", "ZEN", lambda: zen_model.Zen(False), "documents", 1000),
)
"""The first is what the others are compared with."""

SINGLE = (
    *(one for one in ROSTER if one.takes == "documents"),
    Contender("openfisca-one", "OpenFisca", openfisca_system.OneByOne, "documents", 10),
)
"""Those who score a document at a time."""

DOUBLES = (
    Contender("polars-doubles", "Polars, points as doubles", lambda: polars_frames.Frames("doubles")),
    Contender("duckdb-doubles", "DuckDB SQL, points as doubles", lambda: duckdb_sql.Sql(numbers="doubles")),
    Contender(
        "openfisca-floats", "OpenFisca, points as floats", lambda: openfisca_system.System("floats"), "arrays"
    ),
    Contender(
        "zen-decimals", "ZEN, points as decimals", lambda: zen_model.Zen(True, "decimals"), "documents"
    ),
)
"""The same, written as comes to mind first. They are not timed: some of their answers are wrong."""


def contender(key: str) -> Contender:
    """Raises KeyError."""
    return {one.key: one for one in (*ROSTER, *SINGLE, *DOUBLES)}[key]
