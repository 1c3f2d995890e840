"""The applicant's document, with the places of what stands in it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from jifen.cli import files
from jifen.cli.failure import DATA, Failure
from jifen.cli.mistakes import Found
from jifen.document.diagnostics import Diagnostic, Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Mapping, Plain, Sequence, plain
from jifen.document.yaml_reader import read
from jifen.errors import Problem

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


class Unreadable(Exception):
    """The document is no valid YAML or JSON. `found` says where, `texts` holds the text."""

    def __init__(self, found: list[Found], texts: dict[str, str]) -> None:
        super().__init__(found)
        self.found = found
        self.texts = texts


@dataclass(frozen=True)
class Applicant:
    """An applicant's document: its text, its tree, and the data in it."""

    file: str
    text: str
    tree: Mapping

    @classmethod
    def read(cls, path: str) -> "Applicant":
        """Read a YAML or JSON file, or standard input for `-`. Raises Failure or Unreadable."""
        name = "<stdin>" if path == files.STANDARD_INPUT else path
        raw = files.read(path)
        text = raw.decode("utf-8", "replace")
        diagnostics = Diagnostics()
        tree = read(_without_tabs(raw), name, diagnostics)
        if diagnostics.errors:
            raise Unreadable([("", one) for one in diagnostics.errors], {name: text})
        if not isinstance(tree, Mapping):
            raise Failure("not_mapping", DATA, path=name)
        return cls(name, text, tree)

    @property
    def data(self) -> dict[str, Plain]:
        found = plain(self.tree)
        assert isinstance(found, dict)
        return found

    def located(self, problems: Iterable[Problem]) -> list[Found]:
        """The problems as diagnostics in this file, in the order of the file."""
        found = [
            (
                problem.path,
                Diagnostic(
                    problem.message, self.place(problem.path), problem.args, bool(problem.hint_text("en"))
                ),
            )
            for problem in problems
        ]
        return sorted(found, key=lambda pair: pair[1])

    def place(self, path: str) -> Place:
        """Where `timelines.work[2].from` stands, or else the nearest thing around it."""
        node: object = self.tree
        place = self.tree.place
        for index, key in _STEP.findall(path):
            if isinstance(node, Mapping) and key and (entry := node.entry(key)) is not None:
                node, place = entry.value, entry.key_place
            elif isinstance(node, Sequence) and index and int(index) < len(node.items):
                node = node.items[int(index)]
                place = node.place
            else:
                break
        return place


def _without_tabs(raw: bytes) -> bytes:
    """JSON may be indented with tabs, YAML may not. In JSON no tab can stand inside a string."""
    if b"\t" not in raw or not raw.lstrip().startswith(b"{"):
        return raw
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return raw
    return raw.replace(b"\t", b" ")
