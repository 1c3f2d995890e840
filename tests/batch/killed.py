"""Runs batches that the system kills (SIGKILL) at one point after another, and takes each up again.

`python killed.py POLICY GIVEN OUTPUT STRIDE THREADS`, for `test_kills.py`; every STRIDE-th point is taken. A point is
whenever a file in the folder of the parts is opened, renamed or removed, a batch is written to one, or rows are told
of. Each run is a process forked from this one, which has loaded the policy and started no thread. Every third run is
killed twice, the second time while it is taken up again.
"""

import os
import signal
import sys
from pathlib import Path
from threading import RLock

from jifen import Policy, load
from jifen.batch import documents, sorting, tables
from jifen.batch import run as running
from jifen.batch.run import Batch
from jifen.batch.spill import Spill

POINTS = frozenset({"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"})


class Fuse:
    """Kills this process at a point."""

    def __init__(self, at: int) -> None:
        self.left = at
        self._lock = RLock()

    def burn(self) -> None:
        """One point more, on whatever thread."""
        with self._lock:
            self.left -= 1
            if not self.left:
                os.kill(os.getpid(), signal.SIGKILL)


def killed(policy: Policy, given: Path, output: Path, threads: int, at: int) -> bool:
    """Run a batch in a process that is killed at a point; whether it was, or came to its end before."""
    child = os.fork()
    if not child:
        fuse, folder = Fuse(at), f"{output.name}.parts"

        def hook(event: str, args: tuple[object, ...]) -> None:
            if event in POINTS and folder in str(args[0]):
                fuse.burn()

        write = Spill.write

        def written(self: Spill, batch: object) -> None:
            fuse.burn()
            write(self, batch)
            fuse.burn()

        Spill.write = written  # type: ignore[method-assign]
        sys.addaudithook(hook)
        code = 1
        try:
            Batch(policy, given, output, threads=threads).run(lambda done, whole: fuse.burn())
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if os.waitstatus_to_exitcode(status):
        raise SystemExit("a run failed")
    return False


def main(policy: Policy, given: Path, output: Path, stride: int, threads: int) -> None:
    """Print how many points there were, and stop at the first output that differs."""
    tables.CHUNK = documents.DOCUMENTS_AT_ONCE = 3
    running.PIECES = 2
    sorting.RUN, sorting.BLOCK, sorting.FAN_IN = 8, 4, 2
    rejects = output.with_name(f"{output.stem}.rejects.jsonl")
    never = 1 << 40
    killed(policy, given, output, threads, never)
    right = output.read_bytes(), rejects.read_bytes()
    at, points = 1, 0
    while True:
        output.write_bytes(b"before")
        rejects.unlink(missing_ok=True)
        if not killed(policy, given, output, threads, at):
            break
        if output.read_bytes() not in (b"before", right[0]):
            raise SystemExit(f"killed at point {at}, and half an output is in place")
        if points % 3 == 0:
            killed(policy, given, output, threads, at // 2 + 1)
        killed(policy, given, output, threads, never)
        if (output.read_bytes(), rejects.read_bytes()) != right:
            raise SystemExit(f"killed at point {at}, and taken up with another output")
        if output.with_name(f"{output.name}.parts").exists():
            raise SystemExit(f"killed at point {at}, and the parts were left")
        at, points = at + stride, points + 1
    print(points)


if __name__ == "__main__":
    main(load(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
