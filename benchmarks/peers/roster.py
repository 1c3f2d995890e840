"""Everybody who is measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from benchmarks.peers import c_kernel, engine, numpy_by_hand, plain_python
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
    Contender("exact", "Jifen, one by one", engine.OneByOne, "documents", 10_000),
    Contender("python", "plain Python", plain_python.PlainPython, "documents", 10_000),
)
"""The first is what the others are compared with."""


def contender(key: str) -> Contender:
    """Raises KeyError."""
    return {one.key: one for one in ROSTER}[key]
