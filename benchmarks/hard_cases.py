"""Applicants at the edges of the rules: those of the tests, and totals that lie exactly on the line."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.answers import KINDS, LINE
from benchmarks.peers.peer import ROOT
from benchmarks.population import codes, lists
from jifen.arrow.schema import schema_of

if TYPE_CHECKING:
    from jifen import Policy

Numbers = NDArray[np.int64]
SETTLED = 2021 * 12 + 11
"""The month to which the first round settles."""


def hard_cases(policy: Policy, count: int, seed: int = 1) -> pa.Table:
    """What the tests of the policy score beside their own reading of the rules: spells and dates of every shape."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from tests.arrow.tables import table_of
    from tests.oracle.applicants import random_applicant

    rng = random.Random(seed)
    return table_of(policy, [random_applicant(rng) for _ in range(count)])


def on_the_line(policy: Policy, count: int, seed: int = 1) -> pa.Table:
    """Eligible applicants whose total is exactly the line, most of whose parts are odd twelfths of a point.

    Months of each insurance are drawn, and a home, age, education and occupation; a lease and the housing fund then
    make up what is missing, six twelfths and three a month. Whoever cannot be made up for is drawn again.
    """
    rng = np.random.default_rng(seed)
    kept: list[dict[str, Numbers]] = []
    while sum(len(one["age"]) for one in kept) < count:
        kept.append(_drawn(rng, count))
    drawn = {name: np.concatenate([one[name] for one in kept])[:count] for name in kept[0]}
    return _table(policy, drawn, count)


def _drawn(rng: np.random.Generator, count: int) -> dict[str, Numbers]:
    paid = {kind: rng.integers(12, 80, count) for kind in KINDS}
    owned = rng.integers(0, 40, count)
    district = rng.integers(0, 4, count)
    age, education, occupation = (
        rng.integers(0, 3, count),
        rng.integers(0, 3, count),
        rng.integers(0, 4, count),
    )
    rest = LINE - owned * np.array([10, 11, 12, 15])[district]
    rest -= 12 * (np.array([10, 5, 0])[age] + np.array([20, 10, 0])[education])
    rest -= 12 * np.array([25, 15, 10, 0])[occupation]
    for kind, months in paid.items():
        low, high = (10, 12) if kind == "pension" else (3, 4)
        rest -= low * np.minimum(months, 36) + high * np.maximum(months - 36, 0)
    saved = rng.integers(0, 30, count) * 2 + (rest // 3) % 2
    leased = (rest - 3 * saved) // 6
    works = (rest % 3 == 0) & (saved <= 60) & (leased >= 0) & (leased <= 60) & (rest >= 3 * saved)
    drawn = {
        "owned": owned,
        "district": district,
        "age": age,
        "education": education,
        "occupation": occupation,
    }
    drawn |= paid | {"saved": saved, "leased": leased}
    return {name: values[works] for name, values in drawn.items()}


def _table(policy: Policy, drawn: dict[str, Numbers], count: int) -> pa.Table:
    schema = schema_of(policy)
    ones = np.ones(count, np.int64)

    def days(*texts: str) -> Numbers:
        return np.array(texts, "M8[D]").astype(np.int64)

    def dates(values: Numbers) -> pa.Array:
        return pa.array(values.astype(np.int32)).cast(pa.date32())

    def spells(name: str, first: Numbers, last: Numbers | None, **fields: pa.Array) -> pa.Array:
        """One spell for each; none where it would end before it begins."""
        counts = ones if last is None else (last >= first).astype(np.int64)
        chosen = counts == 1
        to = pa.nulls(count, pa.int32()) if last is None else pa.array(last.astype(np.int32))
        own = {"from": pa.array(first.astype(np.int32)), "to": to} | fields
        own = {key: one.filter(pa.array(chosen)) for key, one in own.items()}
        return lists(counts, own, schema.field(name).type)

    truth = pa.array(np.ones(count, np.bool_))
    home = SETTLED + 1 - drawn["owned"]
    columns: dict[str, pa.Array] = {
        "applicant": pa.array([f"line-{number}" for number in range(count)]),
        "date": dates(np.repeat(days("2022-03-15"), count)),
        "birth_date": dates(days("1990-05-01", "1980-05-01", "1970-05-01")[drawn["age"]]),
        "holds_permit": truth,
        "below_retirement_age": truth,
        "education": codes(drawn["education"], ["bachelor", "college", "none"]),
        "occupation": codes(drawn["occupation"], ["very_scarce", "scarce", "general", "none"]),
        "occupation_matches_unit": truth,
        "own_home": spells(
            "own_home",
            home,
            np.full(count, SETTLED),
            district=codes(drawn["district"], ["heping", "dongli", "wuqing", "binhai"]),
        ),
        "rented_home": spells("rented_home", home - drawn["leased"], home - 1, registered=truth),
        "housing_fund": spells("housing_fund", SETTLED + 1 - drawn["saved"], np.full(count, SETTLED)),
        "insurance": _insurance(drawn, count, schema.field("insurance").type),
    }
    arrays = []
    for field in schema:
        if field.name in columns:
            arrays.append(columns[field.name])
        elif pa.types.is_list(field.type):
            arrays.append(lists(0 * ones, {}, field.type))
        else:
            arrays.append(pa.nulls(count, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def _insurance(drawn: dict[str, Numbers], count: int, type_: pa.DataType) -> pa.Array:
    """A spell for each kind up to the day of settlement, and one of the pension that still runs."""
    first = np.stack([*(SETTLED + 1 - drawn[kind] for kind in KINDS), np.full(count, SETTLED + 1)], axis=1)
    last = np.tile([SETTLED] * len(KINDS) + [0], (count, 1))
    kinds = codes(np.tile([*range(len(KINDS)), 0], count), KINDS)
    fields = {
        "from": pa.array(first.ravel().astype(np.int32)),
        "to": pa.array(last.ravel().astype(np.int32), mask=last.ravel() == 0),
        "kind": pa.ListArray.from_arrays(np.arange(first.size + 1, dtype=np.int32), kinds),
        "payment": codes(np.zeros(first.size, np.int64), ["employer"]),
    }
    return lists(np.full(count, len(KINDS) + 1), fields, type_)
