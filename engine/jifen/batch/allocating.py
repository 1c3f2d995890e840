"""Places by rank and preference over files of any size: one applicant after the other, the best first.

Who receives what is as in `jifen.batch.ranking`: equals choose in the order of their identifiers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa

from jifen.arrow.schema import APPLICANT
from jifen.batch.placing import FIELDS, GIVEN, PLACE, PLACES, ROW, Ranker
from jifen.batch.ranking import Serial

if TYPE_CHECKING:
    from jifen import Policy

_WANTED = "wanted"
_NAMES = pa.list_(pa.string())


class Seats(NamedTuple):
    """What an allocation is about: the column with each applicant's preferences, and the room in each place."""

    preferences: str
    places: Mapping[str, int]


def lists_names(type_: pa.DataType) -> bool:
    """Whether a column of some type can hold preferences: lists of texts, coded or not."""
    if not (pa.types.is_list(type_) or pa.types.is_large_list(type_)):
        return False
    entry = type_.value_type.value_type if pa.types.is_dictionary(type_.value_type) else type_.value_type
    return bool(pa.types.is_string(entry) or pa.types.is_large_string(entry))


class Allocator(Ranker):
    """Ranks, and gives whoever is admitted the first preference with room.

    Raises ValueError for a policy that does not allocate, and where nobody says how many are admitted.
    """

    fields = (*FIELDS, pa.field(GIVEN, pa.string()))
    found = PLACES.append(pa.field(GIVEN, pa.string()))

    def __init__(
        self, policy: Policy, scores: pa.Schema, seats: Seats, quota: int | None, substitutes: Path
    ) -> None:
        """`substitutes` is where those are told who would move up, where the policy has any."""
        super().__init__(policy, scores, quota)
        rule = policy.rules.outcome.allocate
        if rule is None or self.quota is None:
            raise ValueError(f"{policy.id} does not allocate, or to nobody knows how many")
        self._seats, self._rule, self._substitutes = seats, rule, substitutes
        own = [(APPLICANT, pa.string()), (ROW, pa.int64()), (_WANTED, _NAMES)]
        keys = [field for field in self.schema if field.name != ROW]
        self.schema = pa.schema([*keys, *own])
        self.order = [*(field.name for field in keys), APPLICANT, ROW]

    def keys(self, scores: pa.RecordBatch) -> pa.RecordBatch:
        """Those who qualify, as `schema`: an applicant without identifier comes before its equals."""
        ranked = self.ranked(scores)
        names = pa.nulls(ranked.num_rows, pa.string())
        if APPLICANT in ranked.schema.names:
            names = ranked.column(APPLICANT).cast(pa.string())
        wanted = ranked.column(self._seats.preferences).cast(_NAMES)
        columns = [*self.compared(ranked), names.fill_null(""), ranked.column(ROW), wanted]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def placed(self, ordered: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Keys in order as places and what is received; only the room that is left is remembered."""
        serial = Serial(self._seats.places, self._rule.preferences)
        latest: list[pa.RecordBatch] = []

        def noted() -> Iterator[pa.RecordBatch]:
            for batch in ordered:
                if batch.num_rows:
                    latest[:] = [batch]
                    yield batch

        with self._substitutes.open("w", encoding="utf-8") as file:
            for ranks in super().placed(noted()):
                yield self._served(latest[0], ranks, serial, file)
        if not self._rule.substitutes:
            self._substitutes.unlink()

    def _served(
        self, batch: pa.RecordBatch, ranks: pa.RecordBatch, serial: Serial, file: IO[str]
    ) -> pa.RecordBatch:
        """What the next ones receive; whoever preferred a place to that is written down as its substitute."""
        assert self.quota is not None
        place = ranks.column(PLACE)
        admitted = int(np.searchsorted(place.to_numpy(), self.quota, side="right"))
        names, rows, wanted = (
            batch.column(name)[:admitted].to_pylist() for name in (APPLICANT, ROW, _WANTED)
        )
        given: list[str | None] = []
        for name, row, preferences in zip(names, rows, wanted, strict=True):
            received, full = serial.give(preferences or ())
            given.append(received)
            for one in full:
                told = {"place": one, "row": row, "applicant": name}
                file.write(json.dumps(told, ensure_ascii=False) + "\n")
        rest: list[str | None] = [None] * (batch.num_rows - admitted)
        columns = [*ranks.columns, pa.array([*given, *rest], pa.string())]
        return pa.RecordBatch.from_arrays(columns, schema=self.found)

    def columns(self, found: pa.RecordBatch) -> list[pa.Array]:
        """The columns of `fields`."""
        return [*super().columns(found), found.column(GIVEN)]
