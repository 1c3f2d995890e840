"""What the Python workers of a cluster do: they compile a policy once for each process, and score batches by it."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa

from jifen.arrow.score import TableScorer
from jifen.errors import JifenError, Problem
from jifen.spark import messages
from jifen.spark.columns import plain
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen.scheme import Scheme


@dataclass(frozen=True)
class Parcel:
    """A policy on its way to the workers, who need no file of it. The same digest by the same engine is the same."""

    engine: str
    digest: str
    content: bytes = field(compare=False, repr=False)

    @staticmethod
    def of(policy: Scheme) -> Parcel:
        """The policy as bytes."""
        return Parcel(__version__, policy.digest, zlib.compress(pickle.dumps(policy)))

    def opened(self) -> Scheme:
        """The policy, compiled. Raises JifenError where another version of the engine has packed it."""
        if self.engine != __version__:
            raise JifenError(
                Problem("", messages.OTHER_ENGINE, {"driver": self.engine, "worker": __version__})
            )
        policy: Scheme = pickle.loads(zlib.decompress(self.content))
        return policy


@lru_cache(maxsize=8)
def scorer_of(parcel: Parcel, places: int | None, carry: tuple[str, ...]) -> TableScorer:
    """What scores by a policy; made once in a process, however many tasks it is given."""
    return TableScorer(parcel.opened(), places, carry)


def scored(
    batches: Iterable[pa.RecordBatch],
    parcel: Parcel,
    names: Sequence[str],
    places: int | None,
    carry: tuple[str, ...],
) -> Iterator[pa.RecordBatch]:
    """The scores of each batch, without dictionaries; `names` are those of its columns.

    One batch after the other: the cores of an executor are kept busy by its tasks.
    """
    for batch in batches:
        scorer = scorer_of(parcel, places, carry)
        given = pa.RecordBatch.from_arrays(batch.columns, list(names))
        found = scorer.batch(given, scorer.schema(given.schema))
        columns = [_plain(column) for column in found.columns]
        yield pa.RecordBatch.from_arrays(columns, found.schema.names)


def _plain(array: pa.Array) -> pa.Array:
    type_ = plain(array.type)
    return array if array.type == type_ else array.cast(type_)
