"""The engine itself, by the same questions as its peers."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from benchmarks.answers import NAMES, Answers, of_scores
from benchmarks.documents import Document, documents
from benchmarks.peers.peer import POLICY, Absent

if TYPE_CHECKING:
    from jifen import Scorecard


class Table:
    """A table of scores from a table of applicants."""

    def __init__(self, backend: str, threads: int) -> None:
        self.backend, self.threads = backend, threads

    def load(self) -> None:
        import jifen

        self._policy = jifen.load(POLICY)
        self._options: dict[str, Any] = {"threads": self.threads}
        if "backend" in inspect.signature(self._policy.score_table).parameters:
            self._options["backend"] = self.backend
        elif self.backend != "columns":
            raise Absent(f"the engine has no backend {self.backend}")
        if self.backend == "fused" and find_spec("numba") is None:
            raise Absent("numba is not installed")

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> pa.Table:
        return self._policy.score_table(prepared, **self._options)

    def answers(self, scored: pa.Table) -> Answers:
        return of_scores(scored)

    def versions(self) -> dict[str, str]:
        import jifen

        found = {"Jifen": jifen.__version__}
        if self.backend == "fused":
            import numba

            found["numba"] = numba.__version__
        return found


class OneByOne:
    """A scorecard for each document."""

    def load(self) -> None:
        import jifen

        self._policy = jifen.load(POLICY)

    def prepare(self, table: pa.Table) -> list[Document]:
        return documents(table)

    def score(self, prepared: Sequence[Document]) -> list[Scorecard]:
        return [self._policy.score(document) for document in prepared]

    def answers(self, scored: Sequence[Scorecard]) -> Answers:
        rows = [_row(card) for card in scored]
        return {name: np.array([row[name] for row in rows]) for name in NAMES}

    def versions(self) -> dict[str, str]:
        import jifen

        return {"Jifen": jifen.__version__}


def _row(card: Scorecard) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in card.lines:
        found[f"points.{line.path}"] = int(line.points * 12)
        for ledger in line.ledgers:
            own = f"{line.path}:{ledger.id}" if ledger.id else line.path
            found[f"months.{own}"] = ledger.months
            if ledger.id:
                found[f"points.{own}"] = int(ledger.points * 12)
    found |= {f"met.{name}": met for name, met in card.requirements.items()}
    found |= {"total": int(card.total * 12), "eligible": card.eligible, "qualifies": bool(card.qualifies)}
    return found
