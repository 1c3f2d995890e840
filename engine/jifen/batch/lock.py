"""One run at a time works on an output: a lock of the system on a file, which goes when its process does."""

from __future__ import annotations

import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path

from jifen.batch import messages
from jifen.errors import JifenError, Problem

_FAR = 1 << 30
"""Windows lets nobody read the bytes that are locked: one is, where there are none."""


class Held(JifenError):
    """Another run is at work on the same output."""


class Lock:
    """The lock of a folder. Its file says whose it is; how old that file is says since when."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "lock"
        self._file: int | None = None

    def take(self) -> None:
        """Have the folder, made where it is not there, for this run alone. Raises Held where another has it."""
        while self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            except FileNotFoundError:
                continue  # whoever had it took the folder away just now
            if not _locked(file):
                os.close(file)
                raise self._held()
            if self._is_in_place(file):
                self._file = file
            else:
                os.close(file)
        os.ftruncate(self._file, 0)
        os.write(self._file, json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode())

    def give_back(self) -> None:
        """Let others have the folder; what lies in it stays."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def remove(self) -> None:
        """Take the file away, and then let go: in the other order another run would lose it."""
        if sys.platform == "win32":
            self.give_back()
        self.path.unlink(missing_ok=True)
        self.give_back()

    def _is_in_place(self, file: int) -> bool:
        try:
            return os.path.samestat(os.fstat(file), self.path.stat())
        except FileNotFoundError:
            return False

    def _held(self) -> Held:
        try:
            whose = json.loads(self.path.read_text(encoding="utf-8"))
            since = datetime.fromtimestamp(self.path.stat().st_mtime).isoformat(" ", "seconds")
            told = {"process": str(whose["process"]), "host": str(whose["host"]), "since": since}
        except (OSError, ValueError):  # it has just been taken, or just been given back
            told = {"process": "?", "host": "?", "since": "?"}
        return Held(Problem("", messages.HELD, {"folder": str(self.path.parent), **told}))


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(file, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        """Whether the file is this run's. Where the file system knows no locks it always is."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True
