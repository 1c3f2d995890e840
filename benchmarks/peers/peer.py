"""What the harness asks of whoever is measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

    from benchmarks.answers import Answers

POLICY = "tianjin/2022"
ROOT = Path(__file__).parents[2]


class Absent(Exception):
    """What a peer needs is not installed; the message says what."""


class Peer(Protocol):
    """A way to score applicants. `load` comes first, once; what it imports and builds is the time to load."""

    def load(self) -> None:
        """Raises Absent."""

    def prepare(self, table: pa.Table) -> Any:
        """The applicants in the form in which the tool takes them; the table itself where it takes tables."""

    def score(self, prepared: Any) -> Any:
        """Everything that `answers` needs, of all applicants."""

    def answers(self, scored: Any) -> Answers:
        """The columns of a result, in the order of the applicants."""

    def versions(self) -> dict[str, str]:
        """Of what it is made of, by name."""
