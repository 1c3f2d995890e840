"""The sort on disk: any rows, in runs and blocks so small that many are merged, come out as Python sorts them."""

import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from jifen.batch import sorting
from jifen.batch.sorting import Sorter
from jifen.batch.spill import read_back

SCHEMA = pa.schema(
    [("name", pa.string()), ("row", pa.int64()), ("kind", pa.dictionary(pa.int8(), pa.string()))]
)
NAMES = ["a", "aa", "b", "", "梅", "é", "\N{GRINNING FACE}", "\uff21", "z" * 40]
"""Python orders texts by code points, Arrow by the bytes of UTF-8: the same order."""


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sorting, "RUN", 8)
    monkeypatch.setattr(sorting, "BLOCK", 3)
    monkeypatch.setattr(sorting, "FAN_IN", 3)


def batch(rows: list[tuple[str, int, str]]) -> pa.RecordBatch:
    """Rows of which each batch has a dictionary of its own."""
    columns = [pa.array([row[at] for row in rows], SCHEMA.field(at).type) for at in range(3)]
    return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("count", [0, 1, 8, 9, 400])
@pytest.mark.parametrize("on_disk", [True, False])
def test_sorts(tmp_path: Path, seed: int, count: int, on_disk: bool) -> None:
    rng = random.Random(seed)
    # Some populations repeat few names, and some are sorted already, or the other way round.
    names = [rng.choice(NAMES[: rng.choice((1, 3, 9))]) + str(rng.randrange(3)) for _ in range(count)]
    if seed % 3:
        names.sort(reverse=seed % 3 == 2)
    rows = [(name, row, rng.choice("xyz")) for row, name in enumerate(names)]
    sorter = Sorter(SCHEMA, ["name", "row"], tmp_path if on_disk else None)
    at = 0
    while at < count:
        size = rng.randrange(1, 7)
        sorter.add(batch(rows[at : at + size]))
        at += size
    found = [row for one in sorter.batches() for row in zip(*one.to_pydict().values(), strict=True)]
    assert found == sorted(rows)
    runs = len(list(tmp_path.iterdir()))
    assert (runs > 20) is (on_disk and count == 400)


def test_a_block_of_each_run_and_the_next_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of runs one after the other the merge reads on in the first alone, until that is done."""
    read: list[int] = []

    def counted(path: Path) -> Iterator[pa.RecordBatch]:
        for one in read_back(path):
            read.append(one.num_rows)
            yield one

    monkeypatch.setattr(sorting, "read_back", counted)
    sorter = Sorter(SCHEMA, ["name", "row"], tmp_path)
    for row in range(24):
        sorter.add(batch([(f"{row:02}", row, "x")]))
    held = []
    given = 0
    for one in sorter.batches():
        given += one.num_rows
        held.append(sum(read) - given)
    assert given == 24 and max(held) <= 3 * (3 + 3)
