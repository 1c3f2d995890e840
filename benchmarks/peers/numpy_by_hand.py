"""The scheme in NumPy: months as bits in 64-bit words, the entries of a list folded with `reduceat`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.answers import KINDS, LINE, Answers

Array = NDArray[Any]
FIRST_COUNTED, LAST = 2014 * 12, 2022 * 12 + 9
EMPLOYER = ("employer",)
LOW, HIGH = (10, 3, 3, 3, 3), (12, 4, 4, 4, 4)
DISTRICTS = {
    **dict.fromkeys(("heping", "hedong", "hexi", "nankai", "hebei", "hongqiao"), 10),
    **dict.fromkeys(("dongli", "xiqing", "jinnan", "beichen"), 11),
    **dict.fromkeys(("wuqing", "baodi", "ninghe", "jinghai", "jizhou"), 12),
    "binhai": 15,
}
EDUCATION = {"bachelor": 20, "college": 10}
TITLE = {"senior": 30, "intermediate": 20, "junior": 15}
SKILL = {"senior_technician": 30, "technician": 20, "advanced": 15, "intermediate": 10, "junior": 5}
OCCUPATION = {"very_scarce": 25, "scarce": 15, "general": 10}
CONTESTS = {"national_1": 30, "national_2": 30, "provincial_1": 20, "provincial_2": 20}
LAST_RANK = {"national_1": 20, "national_2": 15, "provincial_1": 10, "provincial_2": 6}
OFFENCES = {"false_information": -30, "crime": -100}
WAGE = 747_800
"""The average wage of 2021, in cents."""


class ByHand:
    """The answers of each batch of a table."""

    def load(self) -> None:
        """Nothing is to be made."""

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> list[dict[str, Array]]:
        return [_batch(batch) for batch in prepared.to_batches(max_chunksize=16_384)]

    def answers(self, scored: list[dict[str, Array]]) -> Answers:
        return {name: np.concatenate([part[name] for part in scored]) for name in scored[0]}

    def versions(self) -> dict[str, str]:
        return {"NumPy": np.__version__}


class Entries(NamedTuple):
    """The entries of a list column: for each its row and its fields."""

    offsets: Array
    rows: Array
    fields: Mapping[str, pa.Array]

    def fold(self, ufunc: np.ufunc, values: Array) -> Array:
        """One value a row from those of its entries; of sets of months each word."""
        if values.ndim == 2:
            return np.stack([self.fold(ufunc, word) for word in values])
        found = np.zeros(len(self.offsets) - 1, values.dtype)
        some = np.diff(self.offsets) > 0
        if len(values):
            found[some] = ufunc.reduceat(values, self.offsets[:-1][some])
        return found


def entries(batch: pa.RecordBatch, name: str) -> Entries:
    column = batch.column(name)
    offsets = column.offsets.to_numpy()
    inner = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    fields = {field.name: inner.field(at) for at, field in enumerate(inner.type)}
    offsets = offsets - offsets[0]
    return Entries(offsets, np.repeat(np.arange(len(column), dtype=np.int32), np.diff(offsets)), fields)


def numbers(array: pa.Array, missing: int = 0) -> Array:
    """The values of a column of 32 or 64 bits."""
    if pa.types.is_date32(array.type):
        array = array.view(pa.int32())
    found: Array = (array.fill_null(missing) if array.null_count else array).to_numpy()
    return found


def truths(array: pa.Array, missing: bool = False) -> Array:
    found: Array = (array.fill_null(missing) if array.null_count else array).to_numpy(zero_copy_only=False)
    return found


def mapped(array: pa.Array, worth: Mapping[str, int], missing: int = 0) -> Array:
    """What each option is worth; options that are not named are worth 0."""
    of_code = np.array(
        [*(worth.get(option, 0) for option in array.dictionary.to_pylist()), missing], np.int32
    )
    found: Array = of_code[numbers(array.indices, len(of_code) - 1)]
    return found


def is_one(array: pa.Array, options: Sequence[str], missing: bool = False) -> Array:
    found: Array = mapped(array, dict.fromkeys(options, 1), int(missing)) != 0
    return found


def ymd(days: Array) -> tuple[Array, Array, Array]:
    """Years, months and days of the month of days since 1970."""
    moments = days.astype("M8[D]")
    months = moments.astype("M8[M]")
    number = months.astype(np.int64) + 1970 * 12
    return number // 12, number % 12 + 1, (moments - months).astype(np.int64) + 1


class _Months:
    """Sets of months of a batch: a row for each word, the first of which begins with the month `base`."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.words = (LAST - base) // 64 + 1
        bits = np.tri(64 * self.words + 1, 64 * self.words, -1, np.uint8)
        self.below: Array = np.packbits(bits, axis=1, bitorder="little").view(np.uint64).T.copy()

    def between(self, first: Array, last: Array) -> Array:
        """The months from first to last; none where last is before first."""
        first = np.clip(first - self.base, 0, 64 * self.words)
        last = np.maximum(np.minimum(last + 1 - self.base, 64 * self.words), first)
        return np.stack([word.take(last) & ~word.take(first) for word in self.below])

    def of(self, some: Entries, until: Array, keep: Array | None = None, since: Array | None = None) -> Array:
        first = numbers(some.fields["from"])
        first = first if since is None else np.maximum(first, since)
        found = self.between(first, _last(some, until))
        if keep is not None:
            found *= keep
        return found


def _last(some: Entries, until: Array) -> Array:
    return np.minimum(numbers(some.fields["to"], LAST), until[some.rows])


def count(months: Array) -> Array:
    found: Array = np.bitwise_count(months).sum(axis=0, dtype=np.int32)
    return found


def _batch(batch: pa.RecordBatch) -> dict[str, Array]:
    lists = {
        name: entries(batch, name)
        for name in batch.schema.names
        if pa.types.is_list(batch.schema.field(name).type)
    }
    firsts = [
        numbers(one.fields["from"]).min(initial=FIRST_COUNTED)
        for one in lists.values()
        if "from" in one.fields
    ]
    months = _Months(min(firsts))
    day = numbers(batch.column("date"))
    year, month, of_month = ymd(day)
    first_round = month <= 4
    until = np.where(first_round, (year - 1) * 12 + 11, year * 12 + 5).astype(np.int32)
    now = (year * 12 + month - 1).astype(np.int32)
    found: dict[str, Array] = {}

    insured = _insurance(lists["insurance"], months, until, now, found)
    elsewhere = lists["insured_elsewhere"].fold(np.bitwise_or, months.of(lists["insured_elsewhere"], now))
    found["met.not_insured_elsewhere"] = ~np.any(insured.paid & elsewhere, axis=0)
    _living(lists, months, until, np.where(first_round, 0, 1), found)
    _fund(lists["housing_fund"], months, until, found)
    _facts(batch, (year, month, of_month), insured.well_paid, found)
    spouse = lists["spouse_insurance"]
    works = spouse.fold(np.bitwise_or, months.of(spouse, until, is_one(spouse.fields["payment"], EMPLOYER)))
    both = truths(batch.column("married")) & truths(batch.column("spouse_employed_in_city"))
    found["points.additional/marriage"] = np.where(both & (count(works) >= 24), 240, 0)
    _records(lists, day, year, month, found)
    found["met.permit"] = truths(batch.column("holds_permit"))
    found["met.below_retirement_age"] = truths(batch.column("below_retirement_age"))
    _sums(found)
    return found


class _Insured(NamedTuple):
    paid: Array
    well_paid: Array


def _insurance(own: Entries, months: _Months, until: Array, now: Array, found: dict[str, Array]) -> _Insured:
    kind = own.fields["kind"]
    offsets = kind.offsets.to_numpy()
    bits = mapped(
        kind.values.slice(offsets[0], offsets[-1] - offsets[0]),
        {name: 1 << at for at, name in enumerate(KINDS)},
    )
    kinds = np.bitwise_or.reduceat(bits, offsets[:-1] - offsets[0]) if len(bits) else np.zeros(0, np.int32)
    employer = is_one(own.fields["payment"], EMPLOYER)
    to_now = months.of(own, now, employer)
    settled = months.of(own, until, employer)
    points = np.zeros(len(until), np.int32)
    for at, name in enumerate(KINDS):
        ledger = own.fold(np.bitwise_or, settled * (kinds >> at & 1).astype(np.uint64))
        counted = count(ledger)
        low = np.minimum(counted, 36)
        worth = np.where(counted < 12, 0, low * LOW[at] + (counted - low) * HIGH[at])
        found[f"months.basic/social_insurance:{name}"] = counted
        found[f"points.basic/social_insurance:{name}"] = worth
        points += worth
        if name == "pension":
            year = count(ledger & months.between(until - 11, until)) == 12
            three = count(ledger & months.between(np.full_like(until, FIRST_COUNTED), until)) >= 36
    running = (
        employer
        & (kinds & 1 != 0)
        & (numbers(own.fields["from"]) <= now[own.rows])
        & (_last(own, now) == now[own.rows])
    )
    found["met.insured_long_enough"] = year & own.fold(np.logical_or, running) | three
    found["points.basic/social_insurance"] = points
    base = own.fields["base"]
    # A decimal of 128 bits: its lower half holds every sum of money there is.
    cents = np.frombuffer(base.buffers()[1], np.int64).reshape(-1, 2)[
        base.offset : base.offset + len(base), 0
    ]
    above = truths(base.is_valid()) & (cents > WAGE)
    well = own.fold(np.bitwise_or, settled * above)
    return _Insured(own.fold(np.bitwise_or, to_now), count(well & months.between(until - 11, until)) == 12)


def _living(
    lists: Mapping[str, Entries], months: _Months, until: Array, second: Array, found: dict[str, Array]
) -> None:
    homes, leases, permits = lists["own_home"], lists["rented_home"], lists["endorsements"]
    field = homes.fields
    counts = ~is_one(field["proof"], ("contract_only",)) & ~is_one(field["co_owner"], ("other",))
    counts &= is_one(field["state"], ("clear",), True)
    counts &= ~truths(field["held_by_spouse"]) | truths(field["bought_after_marriage"], True)
    length = np.maximum(_last(homes, until) - numbers(field["from"]) + 1, 0) * counts
    own = homes.fold(np.maximum, length * mapped(field["district"], DISTRICTS))
    owned = homes.fold(np.bitwise_or, months.of(homes, until, counts))
    leased = leases.fold(np.bitwise_or, months.of(leases, until, truths(leases.fields["registered"])))
    rented = count(leased & ~owned)
    settled = np.array(["2021-12-31", "2022-06-30"], "M8[D]").astype(np.int32)[second]
    day = numbers(permits.fields["date"])
    kept = is_one(permits.fields["kind"], ("endorsement",), True) & ~is_one(
        permits.fields["province"], ("other",)
    )
    kept &= day <= settled[permits.rows]
    pairs = np.unique(permits.rows[kept].astype(np.int64) * 10_000 + ymd(day[kept])[0])
    endorsed = np.bincount(pairs // 10_000, minlength=len(until)) * 72
    found["months.basic/living/home/rented_home"] = rented
    found["points.basic/living/home/rented_home"] = rented * 6
    found["points.basic/living/home/own_home"] = own
    found["points.basic/living/home"] = rented * 6 + own
    found["points.basic/living/permit_endorsements"] = endorsed
    found["points.basic/living"] = rented * 6 + own + endorsed


def _fund(own: Entries, months: _Months, until: Array, found: dict[str, Array]) -> None:
    proof = np.where(truths(own.fields["development_zone"]), 2015 * 12, 2004 * 12)
    since = np.where(truths(own.fields["proven"]), 0, proof)
    counted = count(own.fold(np.bitwise_or, months.of(own, until, since=since)))
    low = np.minimum(counted, 60)
    found["months.basic/housing_fund"] = counted
    found["points.basic/housing_fund"] = low * 3 + (counted - low) * 4


def _facts(
    batch: pa.RecordBatch, on: tuple[Array, Array, Array], well_paid: Array, found: dict[str, Array]
) -> None:
    born = ymd(numbers(batch.column("birth_date")))
    before, after = (year * 10_000 + month * 100 + day for year, month, day in (born, on))
    age = (after - before - 1) // 10_000
    matches = truths(batch.column("certificate_matches_post"))
    best = None
    for name, worth in (("title", TITLE), ("skill", SKILL)):
        points = mapped(batch.column(name), worth) * 12
        points = np.where(matches & ((points < 240) | well_paid), points, 0)
        found[f"points.basic/qualification/{name}"] = points
        best = points if best is None else np.maximum(best, points)
    assert best is not None
    found["points.basic/qualification"] = best
    found["points.basic/age"] = np.where(age <= 35, 120, np.where(age <= 45, 60, 0))
    found["points.basic/education"] = mapped(batch.column("education"), EDUCATION) * 12
    matches = truths(batch.column("occupation_matches_unit"))
    found["points.guide/occupation"] = mapped(batch.column("occupation"), OCCUPATION) * 12 * matches


def _records(
    lists: Mapping[str, Entries], on: Array, year: Array, month: Array, found: dict[str, Array]
) -> None:
    own = lists["contests"]
    kind = own.fields["contest"]
    wins = (numbers(own.fields["rank"]) <= mapped(kind, LAST_RANK)) & (
        numbers(own.fields["date"]) <= on[own.rows]
    )
    found["points.additional/awards"] = own.fold(np.maximum, mapped(kind, CONTESTS) * wins) * 12
    own = lists["offences"]
    days = numbers(own.fields["date"])
    # No day of application is a 29 February, so five years before is the same day of another year.
    since = ((year - 5 - 1970).astype("M8[Y]").astype("M8[M]") + (month - 1)).astype("M8[D]")
    since = since.astype(np.int32) + on - on.astype("M8[D]").astype("M8[M]").astype("M8[D]").astype(np.int32)
    counts = (since[own.rows] <= days) & (days <= on[own.rows])
    found["points.negative/offences"] = own.fold(np.add, mapped(own.fields["kind"], OFFENCES) * counts) * 12
    own = lists["unit_sanctions"]
    found_year, found_month, _ = ymd(numbers(own.fields["date"]))
    since, now = found_year * 2 + (found_month > 6), (year * 2 + (month > 6))[own.rows]
    barred = (since < now) & (now <= since + np.where(truths(own.fields["serious"]), 6, 2))
    found["met.unit_not_barred"] = ~own.fold(np.logical_or, barred)


def _sums(found: dict[str, Array]) -> None:
    basic = ("social_insurance", "living", "housing_fund", "age", "education", "qualification")
    found["points.basic"] = np.sum([found[f"points.basic/{name}"] for name in basic], axis=0)
    found["points.guide"] = found["points.guide/occupation"]
    found["points.additional"] = found["points.additional/marriage"] + found["points.additional/awards"]
    found["points.negative"] = found["points.negative/offences"]
    groups = ("basic", "guide", "additional", "negative")
    found["total"] = np.sum([found[f"points.{name}"] for name in groups], axis=0)
    eligible = found["met.permit"] & found["met.insured_long_enough"] & found["met.below_retirement_age"]
    found["eligible"] = eligible & found["met.not_insured_elsewhere"] & found["met.unit_not_barred"]
    found["qualifies"] = found["eligible"] & (found["total"] >= LINE)
