"""Several options in a list: whatever the dictionary, the lengths and the place in memory, as the columns read them."""

import numpy as np
import pyarrow as pa
import pytest
from benchmarks.population import population

from jifen import Policy, load

PEOPLE = 400


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load("tianjin/2022")


def with_kinds(table: pa.Table, lists: list[list[int]], names: list[str]) -> pa.Table:
    """The same people with other kinds of insurance: codes of a dictionary, whose memory ends with the last of them."""
    insurance = table.column("insurance").combine_chunks()
    spells = insurance.values
    codes = np.array([code for one in lists for code in one], np.int16)
    offsets = np.cumsum([0, *map(len, lists)]).astype(np.int32)
    indices = pa.Array.from_buffers(pa.int16(), len(codes), [None, pa.py_buffer(codes.tobytes())])
    kinds = pa.ListArray.from_arrays(
        pa.array(offsets), pa.DictionaryArray.from_arrays(indices, pa.array(names))
    )
    fields = [kinds if field.name == "kind" else spells.field(field.name) for field in spells.type]
    changed = pa.StructArray.from_arrays(fields, [field.name for field in spells.type])
    at = table.schema.get_field_index("insurance")
    column = pa.ListArray.from_arrays(insurance.offsets, changed)
    return table.set_column(at, "insurance", column)


NAMES = ["pension", "medical", "unemployment", "injury", "maternity"]


@pytest.mark.parametrize(
    "names",
    [NAMES, NAMES[::-1], [*NAMES, *NAMES[:3]], NAMES * 2],
    ids=["as_declared", "backwards", "eight", "more_than_eight"],
)
def test_dictionaries(policy: Policy, names: list[str]) -> None:
    table = population(policy, PEOPLE, seed=5)
    count = len(table.column("insurance").combine_chunks().values)
    rng = np.random.default_rng(len(names))
    lists = [
        rng.permutation(len(names))[: rng.integers(1, len(names) + 1)].tolist() if rng.random() < 0.95 else []
        for _ in range(count)
    ]
    lists[-3:] = [[0], [1, 2], [0, 1, 2, 3, 4]]
    made = with_kinds(table, lists, names)
    by_columns, fused = (policy.score_table(made, backend=one) for one in ("columns", "fused"))
    assert fused.equals(by_columns)
    refused = [bool(told) for told in fused.column("problems").to_pylist()]
    assert refused == [
        any(not spell["kind"] for spell in spells) for spells in made.column("insurance").to_pylist()
    ]
    assert 0 < sum(refused) < PEOPLE
    for start in (0, 1, 7, 333):
        assert policy.score_table(made.slice(start), backend="fused").equals(by_columns.slice(start))
