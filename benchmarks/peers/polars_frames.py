"""The scheme as one lazy query of Polars; months are bits of integers, 60 of them in each.

`numbers` says how points are written: as whole twelfths, or as doubles (a rate is a year's, months are divided by 12),
which is what comes to mind first. The number of threads is that of the process: POLARS_MAX_THREADS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from benchmarks.answers import KINDS, NAMES, POINTS, Answers
from benchmarks.peers.numpy_by_hand import (
    CONTESTS,
    DISTRICTS,
    EDUCATION,
    LAST_RANK,
    OCCUPATION,
    OFFENCES,
    SKILL,
    TITLE,
)
from benchmarks.peers.peer import Absent

if TYPE_CHECKING:
    import polars as pl

Numbers = Literal["twelfths", "doubles"]
FIRST_COUNTED, LAST, IN_A_WORD = 2014 * 12, 2022 * 12 + 9, 60
TIMELINES = ("insurance", "insured_elsewhere", "rented_home", "own_home", "housing_fund", "spouse_insurance")


class Frames:
    """One query."""

    def __init__(self, numbers: Numbers = "twelfths") -> None:
        self.numbers = numbers

    def load(self) -> None:
        try:
            import polars
        except ImportError as error:
            raise Absent("polars is not installed") from error
        self._version = polars.__version__

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> pl.DataFrame:
        import polars as pl

        people = pl.from_arrow(prepared)
        assert isinstance(people, pl.DataFrame)
        firsts = [
            people.lazy().select(pl.col(name).explode().struct.field("from").min().alias(name))
            for name in TIMELINES
        ]
        known = [one.item() for one in pl.collect_all(firsts)]
        base = min([FIRST_COUNTED, *(one for one in known if one is not None)])
        return _Query(base, self.numbers).of(people.lazy().with_row_index("row")).collect()

    def answers(self, scored: pl.DataFrame) -> Answers:
        ordered = scored.sort("row")
        found: dict[str, Any] = {name: ordered[name].to_numpy() for name in NAMES}
        if self.numbers == "doubles":
            found |= {name: np.rint(found[name] * 12) for name in POINTS}
        return found

    def versions(self) -> dict[str, str]:
        return {"Polars": self._version}


class _Query:
    """The query for histories that begin with the month `base`, or later."""

    def __init__(self, base: int, numbers: Numbers) -> None:
        self.base = base
        self.exact = numbers == "twelfths"
        self.words = range((LAST - base) // IN_A_WORD + 1)

    def share(self, rate: int | pl.Expr, months: pl.Expr) -> pl.Expr:
        """The points of some months at so many points a year."""
        return months * rate if self.exact else months / 12.0 * rate

    def whole(self, points: pl.Expr) -> pl.Expr:
        import polars as pl

        return points * 12 if self.exact else points.cast(pl.Float64)

    def word(self, first: pl.Expr, last: pl.Expr, w: int) -> pl.Expr:
        """The months from first to last, those of one word."""
        import polars as pl

        two, start = pl.lit(2, pl.Int64), self.base + IN_A_WORD * w
        low = (first - start).clip(0, IN_A_WORD)
        high = (last + 1 - start).clip(0, IN_A_WORD)
        return (two.pow(high) - two.pow(low)).clip(lower_bound=0)

    def size(self, name: str, mask: Sequence[pl.Expr] | None = None) -> pl.Expr:
        """How many months are in a set, or in the part of it that a mask names."""
        import polars as pl

        words = [
            pl.col(f"{name}_{w}") if mask is None else pl.col(f"{name}_{w}") & mask[w] for w in self.words
        ]
        return pl.sum_horizontal(word.bitwise_count_ones().cast(pl.Int32) for word in words)

    def between(self, first: pl.Expr, last: pl.Expr) -> list[pl.Expr]:
        return [self.word(first, last, w) for w in self.words]

    def of(self, people: pl.LazyFrame) -> pl.LazyFrame:
        import polars as pl

        col, date = pl.col, pl.col("date")
        year, month = date.dt.year().cast(pl.Int32), date.dt.month().cast(pl.Int32)
        first_round = month <= 4
        dated = people.with_columns(
            until=pl.when(first_round).then((year - 1) * 12 + 11).otherwise(year * 12 + 5),
            settled=pl.when(first_round).then(pl.date(year - 1, 12, 31)).otherwise(pl.date(year, 6, 30)),
            now=year * 12 + month - 1,
            round=_round(date),
        )
        found = dated.drop(*TIMELINES, "endorsements", "contests", "offences", "unit_sanctions")
        for part in (*self._timelines(dated), *_records(dated)):
            found = found.join(part, on="row", how="left")
        words = [f"{name}_{w}" for name in (*KINDS, *_SETS) for w in self.words]
        counts = ("own", "years", "award", "offence")
        found = found.with_columns(
            pl.col(*words, *counts).fill_null(0), pl.col("today", "barred").fill_null(False)
        )
        elsewhere = [(col(f"paid_{w}") & col(f"elsewhere_{w}")) != 0 for w in self.words]
        a_year, three = (
            self.between(first, col("until")) for first in (col("until") - 11, pl.lit(FIRST_COUNTED))
        )
        birth = col("birth_date")
        unborn = (month * 100 + date.dt.day()) <= (birth.dt.month().cast(pl.Int32) * 100 + birth.dt.day())
        counted = found.with_columns(
            *(self.size(kind).alias(f"months_{kind}") for kind in KINDS),
            leased_months=self.size("leased", [-1 - col(f"owned_{w}") for w in self.words]),
            fund_months=self.size("fund"),
            spouse_months=self.size("spouse"),
            long_enough=(col("today") & (self.size("pension", a_year) == 12))
            | (self.size("pension", three) >= 36),
            well_paid=self.size("above", a_year) == 12,
            not_elsewhere=~pl.any_horizontal(elsewhere),
            age=year - birth.dt.year() - unborn.cast(pl.Int32),
        )
        return self._sums(self._items(counted))

    def _timelines(self, dated: pl.LazyFrame) -> list[pl.LazyFrame]:
        import polars as pl

        col = pl.col

        def spells(name: str) -> pl.LazyFrame:
            own = (
                dated.select("row", "until", "now", name)
                .explode(name)
                .filter(col(name).is_not_null())
                .unnest(name)
            )
            return own.with_columns(to=col("to").fill_null(LAST))

        def words(name: str, end: str, first: pl.Expr | None = None) -> list[pl.Expr]:
            start = col("from") if first is None else first
            last = pl.min_horizontal("to", end)
            return [self.word(start, last, w).alias(f"{name}_{w}") for w in self.words]

        def folded(own: pl.LazyFrame, *names: str) -> pl.LazyFrame:
            sets = [col(f"{name}_{w}").bitwise_or() for name in names for w in self.words]
            return own.group_by("row").agg(*sets)

        employer = col("payment") == "employer"
        paid = spells("insurance").filter(employer)
        paid = paid.with_columns(
            *words("settled", "until"),
            *words("paid", "now"),
            *(col("kind").list.contains(pl.lit(kind)).alias(f"is_{kind}") for kind in KINDS),
            more=(col("base") > 7478).fill_null(False),
        )
        today = col("is_pension") & (col("from") <= col("now")) & (col("to") >= col("now"))
        insured = paid.group_by("row").agg(
            *(
                (col(f"settled_{w}") * col(keep)).bitwise_or().alias(f"{name}_{w}")
                for name, keep in (*((kind, f"is_{kind}") for kind in KINDS), ("above", "more"))
                for w in self.words
            ),
            *(col(f"paid_{w}").bitwise_or() for w in self.words),
            today=today.any(),
        )
        abroad = folded(spells("insured_elsewhere").with_columns(words("elsewhere", "now")), "elsewhere")
        leases = folded(
            spells("rented_home").filter("registered").with_columns(words("leased", "until")), "leased"
        )
        homes = spells("own_home").filter(
            col("proof").ne_missing("contract_only"),
            col("co_owner").ne_missing("other"),
            ~col("held_by_spouse").fill_null(False) | col("bought_after_marriage").fill_null(True),
            col("state").is_null() | (col("state") == "clear"),
        )
        length = (pl.min_horizontal("to", "until") - col("from") + 1).clip(lower_bound=0)
        own = homes.with_columns(
            *words("owned", "until"), own=self.share(_worth("district", DISTRICTS), length)
        )
        owned = own.group_by("row").agg(
            *(col(f"owned_{w}").bitwise_or() for w in self.words), col("own").max()
        )
        proof = pl.when(col("development_zone").fill_null(False)).then(2015 * 12).otherwise(2004 * 12)
        since = (
            pl.when(col("proven").fill_null(False))
            .then(col("from"))
            .otherwise(pl.max_horizontal("from", proof))
        )
        fund = folded(spells("housing_fund").with_columns(words("fund", "until", since)), "fund")
        spouse = folded(
            spells("spouse_insurance").filter(employer).with_columns(words("spouse", "until")), "spouse"
        )
        return [insured, abroad, leases, owned, fund, spouse]

    def _items(self, counted: pl.LazyFrame) -> pl.LazyFrame:
        import polars as pl

        col, whole = pl.col, self.whole
        matches = col("certificate_matches_post").fill_null(False)
        title, skill = _worth("title", TITLE), _worth("skill", SKILL)
        married = col("married").fill_null(False) & col("spouse_employed_in_city").fill_null(False)

        def if_(condition: pl.Expr, points: pl.Expr) -> pl.Expr:
            return whole(pl.when(condition).then(points).otherwise(0))

        def tiers(months: pl.Expr, first: int, low: int, high: int) -> pl.Expr:
            return self.share(low, months.clip(upper_bound=first)) + self.share(
                high, (months - first).clip(lower_bound=0)
            )

        items = counted.with_columns(
            *(
                pl.when(col(f"months_{kind}") >= 12)
                .then(tiers(col(f"months_{kind}"), 36, *((10, 12) if kind == "pension" else (3, 4))))
                .otherwise(0)
                .alias(f"insured_{kind}")
                for kind in KINDS
            ),
            leased=self.share(6, col("leased_months")),
            endorsed=whole(6 * col("years").cast(pl.Int32)),
            fund=tiers(col("fund_months"), 60, 3, 4),
            aged=whole(pl.when(col("age") <= 35).then(10).when(col("age") <= 45).then(5).otherwise(0)),
            educated=whole(_worth("education", EDUCATION)),
            titled=if_(matches & (col("well_paid") | (title < 20)), title),
            skilled=if_(matches & (col("well_paid") | (skill < 20)), skill),
            scarce=if_(col("occupation_matches_unit").fill_null(False), _worth("occupation", OCCUPATION)),
            marriage=if_(married & (col("spouse_months") >= 24), pl.lit(20)),
            awards=whole(col("award")),
            negative=whole(col("offence")),
            eligible=col("holds_permit")
            & col("long_enough")
            & col("below_retirement_age")
            & col("not_elsewhere")
            & ~col("barred"),
        )
        return items

    def _sums(self, items: pl.LazyFrame) -> pl.LazyFrame:
        import polars as pl

        col = pl.col
        summed = (
            items.with_columns(
                ledgers=pl.sum_horizontal(*(f"insured_{kind}" for kind in KINDS)),
                home=col("leased") + col("own"),
                qualification=pl.max_horizontal("titled", "skilled"),
                additional=col("marriage") + col("awards"),
            )
            .with_columns(living=col("home") + col("endorsed"))
            .with_columns(
                basic=pl.sum_horizontal("ledgers", "living", "fund", "aged", "educated", "qualification")
            )
            .with_columns(total=pl.sum_horizontal("basic", "scarce", "additional", "negative"))
        )
        insurance, living = "basic/social_insurance", "basic/living"
        return summed.select(
            "row",
            "total",
            "eligible",
            *(col(f"insured_{kind}").alias(f"points.{insurance}:{kind}") for kind in KINDS),
            *(col(f"months_{kind}").alias(f"months.{insurance}:{kind}") for kind in KINDS),
            *(
                col(own).alias(name)
                for name, own in {
                    "points.basic": "basic",
                    f"points.{insurance}": "ledgers",
                    f"points.{living}": "living",
                    f"points.{living}/home": "home",
                    f"points.{living}/home/rented_home": "leased",
                    f"months.{living}/home/rented_home": "leased_months",
                    f"points.{living}/home/own_home": "own",
                    f"points.{living}/permit_endorsements": "endorsed",
                    "points.basic/housing_fund": "fund",
                    "months.basic/housing_fund": "fund_months",
                    "points.basic/age": "aged",
                    "points.basic/education": "educated",
                    "points.basic/qualification": "qualification",
                    "points.basic/qualification/title": "titled",
                    "points.basic/qualification/skill": "skilled",
                    "points.guide": "scarce",
                    "points.guide/occupation": "scarce",
                    "points.additional": "additional",
                    "points.additional/marriage": "marriage",
                    "points.additional/awards": "awards",
                    "points.negative": "negative",
                    "points.negative/offences": "negative",
                    "met.permit": "holds_permit",
                    "met.insured_long_enough": "long_enough",
                    "met.below_retirement_age": "below_retirement_age",
                    "met.not_insured_elsewhere": "not_elsewhere",
                }.items()
            ),
            (~col("barred")).alias("met.unit_not_barred"),
            (col("eligible") & (col("total") >= (110 * 12 if self.exact else 110))).alias("qualifies"),
        )


_SETS = ("above", "paid", "elsewhere", "leased", "owned", "fund", "spouse")


def _round(day: pl.Expr) -> pl.Expr:
    import polars as pl

    return day.dt.year() * 2 + (day.dt.month() > 6).cast(pl.Int32)


def _worth(column: str, values: Mapping[str, int]) -> pl.Expr:
    import polars as pl

    return pl.col(column).cast(pl.String).replace_strict(values, default=0, return_dtype=pl.Int32)


def _records(dated: pl.LazyFrame) -> list[pl.LazyFrame]:
    import polars as pl

    col = pl.col

    def records(name: str) -> pl.LazyFrame:
        own = dated.select("row", "round", "settled", pl.col("date").alias("on"), name)
        return own.explode(name).filter(col(name).is_not_null()).unnest(name)

    permits = records("endorsements").filter(
        col("kind").is_null() | (col("kind") == "endorsement"),
        col("province").ne_missing("other"),
        col("date") <= col("settled"),
    )
    prizes = records("contests").filter(col("rank") <= _worth("contest", LAST_RANK), col("date") <= col("on"))
    crimes = records("offences").filter(col("date").is_between(col("on").dt.offset_by("-5y"), col("on")))
    found = _round(col("date"))
    ban = pl.when(col("serious").fill_null(False)).then(6).otherwise(2)
    barred = (found < col("round")) & (col("round") <= found + ban)
    return [
        permits.group_by("row").agg(years=col("date").dt.year().n_unique()),
        prizes.group_by("row").agg(award=_worth("contest", CONTESTS).max()),
        crimes.group_by("row").agg(offence=_worth("kind", OFFENCES).sum()),
        records("unit_sanctions").group_by("row").agg(barred=barred.any()),
    ]
