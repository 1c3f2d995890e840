"""Each measurement in a process of its own, so that its memory and what it has warmed are its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.peers.peer import ROOT


class Failed(Exception):
    """A process ended otherwise than well; the message is the end of what it said."""


class Ended(NamedTuple):
    """What a process printed, the seconds that it took from start to end, and the most memory it had, in MB."""

    said: str
    seconds: float
    peak: float


KEPT = {"MALLOC_TRIM_THRESHOLD_": str(1 << 30), "MALLOC_MMAP_THRESHOLD_": str(1 << 25)}
"""Settings of the C library: what a warm run gives back stays with the process, so that the next one is warm too.

Otherwise half of the runs, by chance of what was imported, would fetch all their memory from the system again, which
costs the kernel in C a third of its time.
"""


def run(command: Sequence[str], settings: Mapping[str, str] | None = None) -> Ended:
    """A command, with some more variables in its environment. Raises Failed."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
        environment = {**os.environ, **(settings or {})}
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=wrong, env=environment)
        # wait4 says what this one child used; the parent's own figure would be the most of all its children.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        wrong.seek(0)
        if process.returncode:
            raise Failed(wrong.read().strip()[-2000:] or f"exit status {process.returncode}")
        return Ended(said.read(), seconds, usage.ru_maxrss / 1024)


def job(name: str, **arguments: Any) -> dict[str, Any]:
    """What a function of `benchmarks.jobs` returns, with `peak`: the most memory of its process, in MB."""
    ended = run([sys.executable, "-m", "benchmarks.jobs", name, json.dumps(arguments)], KEPT)
    found: dict[str, Any] = json.loads(ended.said.splitlines()[-1])
    return found | {"peak": ended.peak}
