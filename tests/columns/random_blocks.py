"""Random blocks for a policy: applicants that its readers would let through, drawn as columns."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from jifen import Policy
from jifen.backends.columns.block import Block, Column, Rows
from jifen.backends.columns.widths import width_of
from jifen.plan.types import LAST_MONTH, Kind, Type
from jifen.policy.inputs import input_types

LONGEST = 1_000_000


def random_block(policy: Policy, rng: Generator, count: int) -> Block:
    """Applicants at the time of the policy, each with some rows of everything."""
    types, layout = input_types(policy.rules), policy.layout
    year = int(policy.rules.in_force[0][:4])
    facts = tuple(drawn(rng, types[name], count, year - (name != "date") * 20) for name in layout.facts)
    given = tuple(rng.random(count) < 0.8 for _ in layout.given)
    tables = []
    base = year * 12
    for rows, names in layout.columns.items():
        counts = rng.choice([0, 1, 2, 3, 9], count, p=[0.3, 0.3, 0.2, 0.15, 0.05])
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        size = int(offsets[-1])
        first = rng.integers((year - 12) * 12, year * 12 + 14, size).astype(np.int32)
        last = first + rng.choice([-1, 0, 1, 11, 12, 13, 35, 36, 60], size).astype(np.int32)
        last[rng.random(size) < 0.2] = LAST_MONTH
        base = min([base, *first.tolist()])
        columns: list[Column] = []
        for name in names:
            if name in ("from", "to"):
                columns.append(first if name == "from" else last)
            elif name.endswith("?"):
                columns.append(rng.random(size) < 0.7)
            else:
                columns.append(drawn(rng, types[f"{rows}.{name}"], size, year - 6))
        tables.append(Rows(offsets, tuple(columns)))
    return Block(count, base, facts, given, tuple(tables))


def drawn(rng: Generator, type_: Type, count: int, year: int) -> Column:
    """Values of a type: dates within eight years, numbers that are small more often than large."""
    width = width_of(type_)
    if type_.kind is Kind.DATE:
        years = rng.integers(max(year, 1900), year + 8, count)
        days = rng.integers(1, 13, count) * 100 + rng.integers(1, 29, count)
        return (years * 10000 + np.where(rng.random(count) < 0.05, 1231, days)).astype(width)
    if type_.kind is not Kind.NUMBER:
        return rng.integers(type_.low, type_.high, count, endpoint=True).astype(width)
    spread: NDArray[np.int64] = rng.choice([1, 10, 100, 3000, LONGEST], count) * type_.den
    spread = np.minimum(spread, type_.high - type_.low)
    return (type_.low + rng.integers(0, spread, endpoint=True)).astype(width)
