"""The folder beside an output in which its finished parts lie, with a manifest that names them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from jifen.batch.lock import Lock


class Part(NamedTuple):
    """A part that is finished: rows read, scored and refused, and a fingerprint of what was read where one is kept."""

    rows: int
    scored: int
    rejected: int
    seen: str = ""


def folder_of(output: Path) -> Path:
    """Where the parts of an output lie."""
    return output.with_name(f"{output.name}.parts")


class Parts:
    """The parts of one output. What lies there was made for `identity`, or it is thrown away."""

    def __init__(self, output: Path, identity: Mapping[str, object]) -> None:
        self.folder = folder_of(output)
        self._identity = identity
        self._lock = Lock(self.folder)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else works on the output meanwhile. Raises Held where somebody does."""
        self._lock.take()
        try:
            yield
        finally:
            self._lock.give_back()

    def taken_up(self) -> list[Part]:
        """The finished parts of an earlier run of the same; of anything else nothing is left."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            manifest = {}
        if manifest.get("of") == self._identity:
            return [Part(**part) for part in manifest["parts"]]
        self._clear()
        self.note([])
        return []

    def note(self, done: list[Part]) -> None:
        """Write the manifest, in one step: a part is finished when it stands there, and not before."""
        new = self.folder / "manifest.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump({"of": self._identity, "parts": [part._asdict() for part in done]}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / "manifest.json")

    def path(self, number: int, form: str) -> Path:
        """A file of a part: its `scores`, its `rejects` or, in a ranking, its `run`."""
        return self.folder / f"{number:06}.{form}"

    def remove(self) -> None:
        """Take the folder away."""
        self._clear()
        self._lock.remove()
        with suppress(OSError):  # something of somebody else's lies there
            self.folder.rmdir()

    def _clear(self) -> None:
        """Take away what is in the folder, the manifest first: without it nothing else counts."""
        (self.folder / "manifest.json").unlink(missing_ok=True)
        for one in self.folder.iterdir():
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            elif one != self._lock.path:
                one.unlink(missing_ok=True)
