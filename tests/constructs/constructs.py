"""The policies of this folder: one for each numbered construct, named `cNN_name.yaml`."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Node, Scalar, at
from jifen.document.yaml_reader import read
from jifen.errors import raise_errors

FOLDER = Path(__file__).parent
NUMBERS = range(1, 60)
_NAME = re.compile(r"c(\d\d)_[a-z0-9_]+\.yaml")
BEGIN, END = "# construct", "# end"


class Construct(NamedTuple):
    """A policy of this folder: its number, its file and its tree."""

    number: int
    path: Path
    tree: Node

    @property
    def name(self) -> str:
        """The file without its ending, such as `c01_bands`."""
        return self.path.stem

    def said(self, *path: str) -> str:
        """The English text at a path of the tree."""
        found = at(self.tree, (*path, "en"))
        assert isinstance(found, Scalar)
        return found.raw

    @property
    def excerpts(self) -> list[str]:
        """What stands between each `# construct` and its `# end`."""
        found: list[list[str]] = []
        inside = False
        for line in self.path.read_text(encoding="utf-8").splitlines():
            assert line not in (BEGIN, END) or inside is (line == END), f"{self.path}: {line} out of place"
            if line == BEGIN:
                found.append([])
            elif line != END and inside:
                found[-1].append(line)
            inside = line != END and (inside or line == BEGIN)
        assert not inside, f"{self.path}: no {END}"
        return ["\n".join(lines).strip("\n") for lines in found]


@cache
def constructs() -> tuple[Construct, ...]:
    """Every construct, by number."""
    found = []
    for path in sorted(FOLDER.glob("c*.yaml")):
        if not path.name.endswith(".cases.yaml"):
            match = _NAME.fullmatch(path.name)
            assert match, path
            diagnostics = Diagnostics()
            tree = read(path.read_bytes(), str(path), diagnostics)
            raise_errors(diagnostics)
            assert isinstance(tree, Mapping)
            found.append(Construct(int(match[1]), path, tree))
    return tuple(found)


def path_of(number: int) -> Path:
    """The policy of a construct."""
    [found] = [construct.path for construct in constructs() if construct.number == number]
    return found
