"""One small change of a policy document."""

from __future__ import annotations

from typing import Literal, NamedTuple

from jifen.document.places import Place
from jifen.document.tree import Mapping, Node
from jifen.regression.edits import Told
from jifen.regression.replaced import Path, replaced

Part = Literal["inputs", "points", "procedure", "levers"]

INPUTS = ("facts", "timelines", "records", "people")


class Mutant(NamedTuple):
    """One change: where, in words, a case that would tell, and what stands at `path` instead (None: nothing)."""

    path: Path
    place: Place
    en: str
    zh: str
    told: Told
    node: Node | None

    @property
    def at(self) -> str:
        """The path in the tree, as a file of equivalent changes names it."""
        return "/".join(map(str, self.path))

    @property
    def of(self) -> Part:
        """What it changes: how data is read, what is made of it, the procedure, or the levers."""
        if self.path[0] in INPUTS:
            return "inputs"
        if self.path[0] == "procedure" or self.path[:2] == ("outcome", "validity"):
            return "procedure"
        return "levers" if self.path[0] == "levers" else "points"

    def applied(self, document: Mapping) -> Mapping:
        """The document with this change."""
        changed = replaced(document, self.path, self.node)
        assert isinstance(changed, Mapping)
        return changed
