"""The scheme as one SQL statement over the Arrow table; months are bits of integers, 60 of them in each.

`numbers` says how points are written: as whole twelfths, or as doubles (a rate is a year's, months are divided by 12),
which is what comes to mind first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.answers import KINDS, NAMES, POINTS, Answers
from benchmarks.peers.peer import Absent

Numbers = Literal["twelfths", "doubles"]
FIRST_COUNTED, LAST, IN_A_WORD = 2014 * 12, 2022 * 12 + 9, 60

MACROS = f"""
create or replace macro word(first, last, w) as
  case when greatest(first - {IN_A_WORD} * w, 0) <= least(last - {IN_A_WORD} * w, {IN_A_WORD - 1})
  then (1::bigint << (least(last - {IN_A_WORD} * w, {IN_A_WORD - 1}) + 1)::bigint)
     - (1::bigint << greatest(first - {IN_A_WORD} * w, 0)::bigint)
  else 0 end;
create or replace macro round_of(day) as 2 * year(day) + (month(day) > 6)::int;
"""


class Sql:
    """One statement, run on so many threads."""

    def __init__(self, threads: int = 2, numbers: Numbers = "twelfths") -> None:
        self.threads, self.numbers = threads, numbers

    def load(self) -> None:
        try:
            import duckdb
        except ImportError as error:
            raise Absent("duckdb is not installed") from error
        self._version = duckdb.__version__
        self._connection = duckdb.connect(config={"threads": self.threads})
        self._connection.execute(MACROS)

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> pa.Table:
        first = min(
            pc.min(pc.list_flatten(prepared.column(at)).combine_chunks().field("from")).as_py() or LAST
            for at, field in enumerate(prepared.schema)
            if pa.types.is_list(field.type) and field.type.value_type.get_field_index("from") >= 0
        )
        people = prepared.append_column("row", pa.array(np.arange(prepared.num_rows, dtype=np.int32)))
        self._connection.register("people", people)
        try:
            return self._connection.sql(statement(min(first, FIRST_COUNTED), self.numbers)).to_arrow_table()
        finally:
            self._connection.unregister("people")

    def answers(self, scored: pa.Table) -> Answers:
        order = np.argsort(scored.column("row").to_numpy())
        found = {name: scored.column(name).to_numpy()[order] for name in NAMES}
        if self.numbers == "doubles":
            found |= {name: np.rint(found[name] * 12) for name in POINTS}
        return found

    def versions(self) -> dict[str, str]:
        return {"DuckDB": self._version}


def statement(base: int, numbers: Numbers) -> str:
    """The statement for histories that begin with the month `base`, or later."""
    words = range((LAST - base) // IN_A_WORD + 1)
    exact = numbers == "twelfths"

    def points(rate: int | str, months: str) -> str:
        return f"({months}) * {rate}" if exact else f"({months}) / 12.0 * {rate}"

    def whole(number: int | str) -> str:
        return f"12 * {number}" if exact else f"{number}::double"

    def word(end: str, w: int, first: str = 'e."from"') -> str:
        return f'word({first} - {base}, least(coalesce(e."to", {end}), {end}) - {base}, {w})'

    def sets(name: str, end: str, keep: str = "true", first: str = 'e."from"') -> str:
        """The words of a set: of entries `e` that are kept, from `first` to the earlier of their end and `end`."""
        return ", ".join(
            f"bit_or(case when {keep} then {word(end, w, first)} else 0 end) as {name}_{w}" for w in words
        )

    def unnested(column: str, more: str = "") -> str:
        return f"(select row, until, now, settled, date{more}, unnest({column}) as e from dated)"

    def size(name: str, mask: Sequence[str] | None = None) -> str:
        some = (f"bit_count({name}_{w}{'' if mask is None else f' & {mask[w]}'})::int" for w in words)
        return f"coalesce({' + '.join(some)}, 0)"

    def between(first: str, last: str) -> list[str]:
        return [f"word({first} - {base}, {last} - {base}, {w})" for w in words]

    def cases(of: str, values: dict[str, int]) -> str:
        return (
            f"case {of} "
            + " ".join(f"when '{key}' then {value}" for key, value in values.items())
            + " else 0 end"
        )

    employer = "e.payment = 'employer'"
    ledgers = ", ".join(
        f"bit_or(case when {if_} then {set_}_{w} else 0 end) as {name}_{w}"
        for name, if_, set_ in (
            *((k, f"is_{k}", "settled") for k in KINDS),
            ("above", "more", "settled"),
            ("paid", "true", "now"),
        )
        for w in words
    )
    spells = ", ".join(f"{word('until', w)} as settled_{w}, {word('now', w)} as now_{w}" for w in words)
    inner = ("heping", "hedong", "hexi", "nankai", "hebei", "hongqiao")
    rate = "case " + " ".join(
        f"when e.district in ({', '.join(repr(one) for one in some)}) then {value}"
        for some, value in ((inner, 10), (("dongli", "xiqing", "jinnan", "beichen"), 11), (("binhai",), 15))
    )
    home = (
        "coalesce(e.proof, 'title') <> 'contract_only' and coalesce(e.co_owner, 'none') <> 'other' and "
        "(not coalesce(e.held_by_spouse, false) or coalesce(e.bought_after_marriage, true)) and "
        "coalesce(e.state, 'clear') = 'clear'"
    )
    proof = (
        "case when coalesce(e.proven, false) then 0 "
        "when coalesce(e.development_zone, false) then 24180 else 24048 end"
    )
    length = 'greatest(least(coalesce(e."to", until), until) - e."from" + 1, 0)'
    title = {"senior": 30, "intermediate": 20, "junior": 15}
    skill = {"senior_technician": 30, "technician": 20, "advanced": 15, "intermediate": 10, "junior": 5}
    year, three = between("until - 11", "until"), between(str(FIRST_COUNTED), "until")
    not_owned = [f"~coalesce(owned_{w}, 0)" for w in words]
    elsewhere = " or ".join(f"(paid_{w} & elsewhere_{w}) <> 0" for w in words)
    of_kind = ", ".join(f'months_{k} as "months.basic/social_insurance:{k}"' for k in KINDS)
    insurance = ", ".join(
        f"case when months_{k} < 12 then 0 else {points(10 if k == 'pension' else 3, f'least(months_{k}, 36)')}"
        f" + {points(12 if k == 'pension' else 4, f'greatest(months_{k} - 36, 0)')} end as insured_{k}"
        for k in KINDS
    )
    fund = f"{points(3, 'least(fund_months, 60)')} + {points(4, 'greatest(fund_months - 60, 0)')}"
    return f"""
with dated as (
  select *,
    case when month(date) <= 4 then (year(date) - 1) * 12 + 11 else year(date) * 12 + 5 end as until,
    case when month(date) <= 4 then make_date(year(date) - 1, 12, 31) else make_date(year(date), 6, 30) end as settled,
    year(date) * 12 + month(date) - 1 as now
  from people),
spells as (
  select row, {spells}, coalesce(e.base > 7478, false) as more,
    e."from" <= now and coalesce(e."to", now) >= now as today,
    {", ".join(f"list_contains(e.kind, '{k}') as is_{k}" for k in KINDS)}
  from {unnested("insurance")} where {employer}),
insured as (select row, {ledgers}, bool_or(is_pension and today) as paying from spells group by row),
abroad as (select row, {sets("elsewhere", "now")} from {unnested("insured_elsewhere")} group by row),
leases as (select row, {sets("leased", "until", "e.registered")} from {unnested("rented_home")} group by row),
homes as (
  select row, {sets("owned", "until", home)},
    max(case when {home} then {points(f"({rate} else 12 end)", length)} else 0 end) as own
  from {unnested("own_home")} group by row),
funds as (
  select row, {sets("fund", "until", first=f'greatest(e."from", {proof})')}
  from {unnested("housing_fund")} group by row),
spouses as (select row, {sets("spouse", "until", employer)} from {unnested("spouse_insurance")} group by row),
permits as (
  select row, count(distinct year(e.date)) as years from {unnested("endorsements")}
  where coalesce(e.kind, 'endorsement') = 'endorsement' and coalesce(e.province, 'tianjin') <> 'other'
    and e.date <= settled group by row),
prizes as (
  select row, max({cases("e.contest", {"national_1": 30, "national_2": 30, "provincial_1": 20, "provincial_2": 20})})
    as award from {unnested("contests")} where e.date <= date and
    e.rank <= {cases("e.contest", {"national_1": 20, "national_2": 15, "provincial_1": 10, "provincial_2": 6})}
  group by row),
crimes as (
  select row, sum({cases("e.kind", {"false_information": -30, "crime": -100})})::int as offence
  from {unnested("offences")} where e.date between date - interval 5 year and date group by row),
bars as (
  select row, bool_or(round_of(e.date) < round_of(date) and
    round_of(date) <= round_of(e.date) + case when coalesce(e.serious, false) then 6 else 2 end) as barred
  from {unnested("unit_sanctions")} group by row),
counted as (
  select dated.*, own, years, award, offence,
    {", ".join(f"{size(kind)} as months_{kind}" for kind in KINDS)},
    {size("leased", not_owned)} as leased_months, {size("fund")} as fund_months, {size("spouse")} as spouse_months,
    coalesce(paying, false) and {size("pension", year)} = 12 or {size("pension", three)} >= 36 as long_enough,
    {size("above", year)} = 12 as well_paid,
    not coalesce({elsewhere}, false) as not_elsewhere, not coalesce(barred, false) as not_barred,
    date_diff('year', birth_date, date)
      - ((month(date), day(date)) <= (month(birth_date), day(birth_date)))::int as age
  from dated left join insured using (row) left join abroad using (row) left join leases using (row)
    left join homes using (row) left join funds using (row) left join spouses using (row)
    left join permits using (row) left join prizes using (row) left join crimes using (row) left join bars using (row)),
items as (
  select *, {insurance}, {points(6, "leased_months")} as leased, coalesce(own, 0) as owned,
    {whole("6")} * coalesce(years, 0) as endorsed, {fund} as fund,
    {whole("case when age <= 35 then 10 when age <= 45 then 5 else 0 end")} as aged,
    {whole(cases("education", {"bachelor": 20, "college": 10}))} as educated,
    case when coalesce(certificate_matches_post, false) and (well_paid or coalesce(title, 'none') not in
      ('senior', 'intermediate')) then {whole(cases("title", title))} else 0 end as titled,
    case when coalesce(certificate_matches_post, false) and (well_paid or coalesce(skill, 'none') not in
      ('senior_technician', 'technician')) then {whole(cases("skill", skill))} else 0 end as skilled,
    case when coalesce(occupation_matches_unit, false) then
      {whole(cases("occupation", {"very_scarce": 25, "scarce": 15, "general": 10}))} else 0 end as scarce,
    case when coalesce(married and spouse_employed_in_city, false) and spouse_months >= 24 then {whole(20)}
      else 0 end as marriage,
    {whole("coalesce(award, 0)")} as awards, {whole("coalesce(offence, 0)")} as negative,
    holds_permit and long_enough and below_retirement_age and not_elsewhere and not_barred as eligible
  from counted),
groups as (
  select *, {" + ".join(f"insured_{kind}" for kind in KINDS)} as ledgers, leased + owned as home,
    greatest(titled, skilled) as qualification, marriage + awards as additional
  from items),
sums as (
  select *, ledgers + (home + endorsed) + fund + aged + educated + qualification as basic from groups),
totals as (select *, basic + scarce + additional + negative as total from sums)
select row, basic as "points.basic", ledgers as "points.basic/social_insurance",
  {", ".join(f'insured_{k} as "points.basic/social_insurance:{k}"' for k in KINDS)}, {of_kind},
  home + endorsed as "points.basic/living", home as "points.basic/living/home",
  leased as "points.basic/living/home/rented_home", leased_months as "months.basic/living/home/rented_home",
  owned as "points.basic/living/home/own_home", endorsed as "points.basic/living/permit_endorsements",
  fund as "points.basic/housing_fund", fund_months as "months.basic/housing_fund", aged as "points.basic/age",
  educated as "points.basic/education", qualification as "points.basic/qualification",
  titled as "points.basic/qualification/title", skilled as "points.basic/qualification/skill",
  scarce as "points.guide", scarce as "points.guide/occupation", additional as "points.additional",
  marriage as "points.additional/marriage", awards as "points.additional/awards", negative as "points.negative",
  negative as "points.negative/offences", total, holds_permit as "met.permit",
  long_enough as "met.insured_long_enough", below_retirement_age as "met.below_retirement_age",
  not_elsewhere as "met.not_insured_elsewhere", not_barred as "met.unit_not_barred", eligible,
  eligible and total >= {whole(110)} as qualifies
from totals
"""
