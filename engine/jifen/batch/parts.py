"""The folder beside an output in which its finished parts lie, with a manifest that names them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple


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

    def taken_up(self) -> list[Part]:
        """The finished parts of an earlier run of the same; of anything else nothing is left."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            manifest = {}
        if manifest.get("of") == self._identity:
            return [Part(**part) for part in manifest["parts"]]
        self.remove()
        self.folder.mkdir(parents=True)
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
        shutil.rmtree(self.folder, ignore_errors=True)
