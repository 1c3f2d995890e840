"""What the OpenFisca peer is given: each timeline as a truth for each month, and what the records come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.answers import KINDS
from benchmarks.peers.numpy_by_hand import (
    CONTESTS,
    DISTRICTS,
    EDUCATION,
    EMPLOYER,
    LAST,
    LAST_RANK,
    OCCUPATION,
    SKILL,
    TITLE,
    WAGE,
    Entries,
    entries,
    is_one,
    mapped,
    numbers,
    truths,
    ymd,
)

Array = NDArray[Any]
AFTER_SETTLEMENT = 4
"""Months after the day of settlement in which somebody may apply."""
HOME_RATES = (10, 11, 12, 15)
MONTHLY = (
    *(f"insured_{kind}" for kind in KINDS),
    "above_wage",
    "paid",
    "elsewhere",
    "lease",
    "home",
    "fund",
    "spouse",
)
CHOICES = {"education": EDUCATION, "title": TITLE, "skill": SKILL, "occupation": OCCUPATION}
BLOCK = 16_384
"""Applicants whose months stay in the cache while they are written."""
FACTS = (
    *("holds_permit", "below_retirement_age", "certificate_matches_post", "occupation_matches_unit"),
    *("married", "spouse_employed_in_city"),
)


class Group(NamedTuple):
    """Those of one round, or a part of them: their rows, and the values of each input by its period."""

    rows: Array
    settled: str
    inputs: dict[str, dict[str, Array]]


def period_of(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


def inputs_of(batch: pa.RecordBatch, rows: Array, second: bool) -> Group:
    count = len(rows)
    lists = {
        name: entries(batch, name)
        for name in batch.schema.names
        if pa.types.is_list(batch.schema.field(name).type)
    }
    year, month, _ = ymd(numbers(batch.column("date")))
    now = (year * 12 + month - 1).astype(np.int32)
    settled = 2022 * 12 + 5 if second else 2021 * 12 + 11
    begun = _first(lists.values(), settled)

    def covered(
        own: Entries, keep: Array | None = None, since: Array | None = None, at: int = begun, more: int = 0
    ) -> dict[str, Array]:
        """Which months count, from `at` to `more` months after the settlement; none after the application's."""
        first = numbers(own.fields["from"])
        first = np.maximum(first, at if since is None else np.maximum(since, at))
        last = np.minimum(numbers(own.fields["to"], LAST), now[own.rows] if more else settled)
        kept = np.flatnonzero(last >= first if keep is None else keep & (last >= first))
        begins, ends = first.take(kept) - at, last.take(kept) + 1 - at
        return _months(at, settled + more + 1 - at, count, own.rows.take(kept), begins, ends)

    paid = lists["insurance"]
    employer = is_one(paid.fields["payment"], EMPLOYER)
    kind = paid.fields["kind"]
    offsets = kind.offsets.to_numpy()
    items = kind.values.slice(offsets[0], offsets[-1] - offsets[0])
    bits = mapped(items, {name: 1 << at for at, name in enumerate(KINDS)})
    kinds = np.bitwise_or.reduceat(bits, offsets[:-1] - offsets[0]) if len(bits) else np.zeros(0, np.int32)
    base = paid.fields["base"].cast(pa.float64())
    above = employer & (numbers(base) > WAGE / 100)
    homes = lists["own_home"].fields
    counts = ~is_one(homes["proof"], ("contract_only",)) & ~is_one(homes["co_owner"], ("other",))
    counts &= is_one(homes["state"], ("clear",), True)
    counts &= ~truths(homes["held_by_spouse"]) | truths(homes["bought_after_marriage"], True)
    fund = lists["housing_fund"]
    proof = np.where(truths(fund.fields["development_zone"]), 2015 * 12, 2004 * 12).astype(np.int32)
    spouse = lists["spouse_insurance"]
    inputs: dict[str, dict[str, Array]] = {
        **{
            f"insured_{name}": covered(
                paid, employer & (kinds >> at & 1 != 0), more=AFTER_SETTLEMENT if name == "pension" else 0
            )
            for at, name in enumerate(KINDS)
        },
        "above_wage": covered(paid, above, at=settled - 11),
        "paid": covered(paid, employer, more=AFTER_SETTLEMENT),
        "elsewhere": covered(lists["insured_elsewhere"], more=AFTER_SETTLEMENT),
        "lease": covered(lists["rented_home"], truths(lists["rented_home"].fields["registered"])),
        "home": covered(lists["own_home"], counts),
        "fund": covered(fund, since=np.where(truths(fund.fields["proven"]), 0, proof)),
        "spouse": covered(spouse, is_one(spouse.fields["payment"], EMPLOYER)),
    }

    def eternal(name: str, values: Array) -> None:
        inputs[name] = {"eternity": values}

    eternal("begun", np.full(count, begun))
    eternal("application", numbers(batch.column("date")).astype("M8[D]"))
    eternal("birth", numbers(batch.column("birth_date")).astype("M8[D]"))
    for name in FACTS:
        eternal(name, truths(batch.column(name)))
    for name, worth in CHOICES.items():
        order = {option: at for at, option in enumerate([*worth, "none"])}
        eternal(name, mapped(batch.column(name), order, len(worth)))
    length = (
        np.maximum(np.minimum(numbers(homes["to"], LAST), settled) - numbers(homes["from"]) + 1, 0) * counts
    )
    rate = mapped(homes["district"], DISTRICTS)
    for one in HOME_RATES:
        eternal(f"longest_home_{one}", lists["own_home"].fold(np.maximum, length * (rate == one)))
    _of_records(lists, numbers(batch.column("date")), settled, eternal)
    return Group(rows, period_of(settled), inputs)


def _months(at: int, size: int, count: int, rows: Array, begins: Array, ends: Array) -> dict[str, Array]:
    """For each of `size` months from `at` on, which of `count` applicants have it in a spell; rows ascend."""
    found = np.empty((size, count), np.bool_)
    most = int(np.bincount(rows, minlength=1).max())
    own = np.int8 if most < 128 else np.int32
    for start in range(0, count, BLOCK):
        width = min(BLOCK, count - start)
        low, high = np.searchsorted(rows, (start, start + width))
        # Spells that begin less those that ended, month by month: how many there are.
        running = np.zeros((size + 1, width), own)
        columns, ones = rows[low:high] - start, np.ones(high - low, own)
        np.add.at(running.reshape(-1), begins[low:high] * width + columns, ones)
        np.subtract.at(running.reshape(-1), ends[low:high] * width + columns, ones)
        for month in range(size):
            if month:
                np.add(running[month], running[month - 1], out=running[month])
            np.not_equal(running[month], 0, out=found[month, start : start + width])
    return {period_of(at + month): found[month] for month in range(size)}


def _first(lists: Iterable[Entries], settled: int) -> int:
    """The first month of any spell; no later than a year before the settlement."""
    months = [numbers(own.fields["from"]) for own in lists if "from" in own.fields]
    return min(int(found.min(initial=settled - 11)) for found in months)


def _of_records(
    lists: Mapping[str, Entries], on: Array, settled: int, eternal: Callable[[str, Array], None]
) -> None:
    count = len(on)
    year, month, _ = ymd(on)
    own = lists["endorsements"]
    day = numbers(own.fields["date"])
    last = (np.datetime64(period_of(settled + 1), "D") - 1).astype(np.int32)
    kept = (
        is_one(own.fields["kind"], ("endorsement",), True)
        & ~is_one(own.fields["province"], ("other",))
        & (day <= last)
    )
    pairs = np.unique(own.rows[kept].astype(np.int64) * 10_000 + ymd(day[kept])[0])
    eternal("endorsed_years", np.bincount(pairs // 10_000, minlength=count))
    own = lists["contests"]
    kind = own.fields["contest"]
    wins = (numbers(own.fields["rank"]) <= mapped(kind, LAST_RANK)) & (
        numbers(own.fields["date"]) <= on[own.rows]
    )
    eternal("best_prize", own.fold(np.maximum, mapped(kind, CONTESTS) * wins))
    own = lists["offences"]
    days = numbers(own.fields["date"])
    before = on.astype("M8[D]").astype("M8[M]")
    since = ((before - 60).astype("M8[D]") + (on.astype("M8[D]") - before.astype("M8[D]"))).astype(np.int32)
    recent = (since[own.rows] <= days) & (days <= on[own.rows])
    for option in ("false_information", "crime"):
        eternal(
            f"recent_{option}",
            own.fold(np.add, (recent & is_one(own.fields["kind"], (option,))).astype(np.int32)),
        )
    own = lists["unit_sanctions"]
    found_year, found_month, _ = ymd(numbers(own.fields["date"]))
    found, now = found_year * 2 + (found_month > 6), (year * 2 + (month > 6))[own.rows]
    eternal(
        "unit_barred",
        own.fold(
            np.logical_or, (found < now) & (now <= found + np.where(truths(own.fields["serious"]), 6, 2))
        ),
    )
