"""The scheme as a decision model of GoRules ZEN: one expression node.

With `counted` the months arrive counted, by Python and before the clock starts; without it the model counts them
itself, month by month over its arrays. Either way dates arrive as numbers such as 20220315 and months as year * 12 +
month - 1, which spares it the parsing. `numbers` says how points are written: as whole twelfths, or with a division by
12, as comes to mind first; ZEN computes with decimals, in which a twelfth is not exact either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import pyarrow as pa

from benchmarks.answers import KINDS, POINTS, Answers
from benchmarks.peers.peer import Absent
from benchmarks.peers.plain_python import HOMES

Numbers = Literal["twelfths", "decimals"]
Row = dict[str, Any]
_INSURANCE, _LIVING = "basic/social_insurance", "basic/living"
NAMES = {
    "basic": "points.basic",
    "insurance_points": f"points.{_INSURANCE}",
    **{f"insured_{kind}": f"points.{_INSURANCE}:{kind}" for kind in KINDS},
    **{f"months_{kind}": f"months.{_INSURANCE}:{kind}" for kind in KINDS},
    "living": f"points.{_LIVING}",
    "home": f"points.{_LIVING}/home",
    "leased": f"points.{_LIVING}/home/rented_home",
    "leased_months": f"months.{_LIVING}/home/rented_home",
    "owned": f"points.{_LIVING}/home/own_home",
    "endorsed": f"points.{_LIVING}/permit_endorsements",
    "fund": "points.basic/housing_fund",
    "fund_months": "months.basic/housing_fund",
    "aged": "points.basic/age",
    "educated": "points.basic/education",
    "qualification": "points.basic/qualification",
    "titled": "points.basic/qualification/title",
    "skilled": "points.basic/qualification/skill",
    "guide": "points.guide",
    "scarce": "points.guide/occupation",
    "additional": "points.additional",
    "marriage": "points.additional/marriage",
    "awards": "points.additional/awards",
    "negative": "points.negative",
    "offence": "points.negative/offences",
    "total": "total",
    "permit": "met.permit",
    "long_enough": "met.insured_long_enough",
    "young": "met.below_retirement_age",
    "not_elsewhere": "met.not_insured_elsewhere",
    "not_barred": "met.unit_not_barred",
    "eligible": "eligible",
    "qualifies": "qualifies",
}
"""Our names of the model's results, which cannot have a slash."""


class Zen:
    """A decision, evaluated for one applicant after the other."""

    def __init__(self, counted: bool, numbers: Numbers = "twelfths") -> None:
        self.counted, self.numbers = counted, numbers

    def load(self) -> None:
        try:
            import zen
        except ImportError as error:
            raise Absent("zen-engine is not installed") from error
        steps = {} if self.counted else {"counting": _node("counting", _counting(), True)}
        steps["rules"] = _node("rules", model(self.numbers), False)
        names = ["in", *steps, "out"]
        nodes = [
            {"id": "in", "name": "in", "type": "inputNode"},
            *steps.values(),
            {"id": "out", "name": "out", "type": "outputNode"},
        ]
        edges = [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairwise(names)]
        content = zen.ZenDecisionContent(json.dumps({"nodes": nodes, "edges": edges}))
        # An engine with a loader evaluates several times as fast as a decision that it has created.
        self._engine = zen.ZenEngine({"loader": lambda key: content})

    def prepare(self, table: pa.Table) -> list[Row]:
        rows = [_row(one) for one in table.to_pylist()]
        return [_counted(row) for row in rows] if self.counted else rows

    def score(self, prepared: Sequence[Row]) -> list[Row]:
        evaluate = self._engine.evaluate
        return [evaluate("rules", row)["result"] for row in prepared]

    def answers(self, scored: Sequence[Mapping[str, Any]]) -> Answers:
        found = {name: np.array([one[key] for one in scored]) for key, name in NAMES.items()}
        scale = 1 if self.numbers == "twelfths" else 12
        return found | {name: np.rint(found[name].astype(np.float64) * scale) for name in POINTS}

    def versions(self) -> dict[str, str]:
        return {"zen-engine": version("zen-engine")}


def _node(name: str, expressions: Sequence[tuple[str, str]], pass_through: bool) -> dict[str, Any]:
    own = [{"id": key, "key": key, "value": value} for key, value in expressions]
    content = {"expressions": own, "passThrough": pass_through, "inputField": None, "outputPath": None}
    return {"id": name, "name": name, "type": "expressionNode", "content": content}


def _counted(row: Row) -> Row:
    """A row with its months counted, and without the timelines, which are then read no more."""
    return {name: value for name, value in row.items() if name not in _TIMELINES} | months_of(row)


def _row(one: Mapping[str, Any]) -> Row:
    """An applicant as the model wants it; what is null has its default, and no list is absent."""

    def plain(name: str, value: Any) -> Any:
        if name == "date" or name == "birth_date":
            return value.year * 10_000 + value.month * 100 + value.day
        return float(value) if name == "base" and value is not None else value

    row: Row = {}
    for name, value in one.items():
        if isinstance(value, list):
            row[name] = [{key: plain(key, item) for key, item in entry.items()} for entry in value]
        else:
            row[name] = plain(name, value)
    for name in ("title", "skill", "occupation"):
        row[name] = row[name] or "none"
    for name in (*_TIMELINES, "endorsements", "contests", "offences", "unit_sanctions"):
        row[name] = row[name] or []
    on = row["date"]
    row["until"] = 2021 * 12 + 11 if on <= 20220430 else 2022 * 12 + 5
    row["settled"] = 20211231 if on <= 20220430 else 20220630
    row["now"] = on // 10_000 * 12 + on // 100 % 100 - 1
    row["this_round"] = 2 * (on // 10_000) + (on // 100 % 100 > 6)
    return row


_TIMELINES = ("insurance", "insured_elsewhere", "rented_home", "own_home", "housing_fund", "spouse_insurance")
_HOME = (
    "{0}.proof != 'contract_only' and {0}.co_owner != 'other' and ({0}.state ?? 'clear') == 'clear' "
    "and (not ({0}.held_by_spouse ?? false) or ({0}.bought_after_marriage ?? true))"
)


def months_of(row: Row) -> Row:
    """What the model would count, counted here."""

    def span(spell: Row, until: int, since: int = 0) -> range:
        last = until if spell["to"] is None else min(spell["to"], until)
        return range(max(spell["from"], since), last + 1)

    def union(spells: Sequence[range]) -> set[int]:
        return {month for spell in spells for month in spell}

    until, now = row["until"], row["now"]
    paid = [one for one in row["insurance"] if one["payment"] == "employer"]
    ledgers = {kind: union([span(one, until) for one in paid if kind in one["kind"]]) for kind in KINDS}
    homes = [
        one
        for one in row["own_home"]
        if one["proof"] != "contract_only"
        and one["co_owner"] != "other"
        and one["state"] in (None, "clear")
        and not (one["held_by_spouse"] and one["bought_after_marriage"] is False)
    ]
    leases = union([span(one, until) for one in row["rented_home"] if one["registered"]])
    fund = [
        span(one, until, 0 if one["proven"] else 2015 * 12 if one["development_zone"] else 2004 * 12)
        for one in row["housing_fund"]
    ]
    above = union([span(one, until) for one in paid if one["base"] is not None and one["base"] > 7478])
    spouse = [span(one, until) for one in row["spouse_insurance"] if one["payment"] == "employer"]
    abroad = union([span(one, now) for one in row["insured_elsewhere"]])
    pension_now = union([span(one, now) for one in paid if "pension" in one["kind"]])
    return {
        **{f"counted_{kind}": len(months) for kind, months in ledgers.items()},
        "pension_in_a_year": sum(until - 12 < month for month in ledgers["pension"]),
        "pension_since_2014": sum(month >= 2014 * 12 for month in ledgers["pension"]),
        "paying": now in pension_now,
        "above_in_a_year": sum(until - 12 < month for month in above),
        "months_twice": len(abroad & union([span(one, now) for one in paid])),
        "counted_leased": len(leases - union([span(one, until) for one in homes])),
        "counted_fund": len(union(fund)),
        "counted_spouse": len(union(spouse)),
        "homes": [{"months": len(span(one, until)), "rate": HOMES[one["district"]]} for one in homes],
    }


def _counting() -> list[tuple[str, str]]:
    """The expressions that count what `months_of` counts, under the same names."""

    def inside(spells: str, until: str = "until") -> str:
        return f"some({spells} as s, s.from <= m and m <= (s.to ?? {until}))"

    def count(spells: str, first: str, more: str = "", until: str = "until") -> str:
        return f"count([{first}..{until}] as m, {inside(spells, until)}{more})"

    def since(spells: str) -> str:
        """The first month of some spells; none begins after the one that is looked at last."""
        return f"min(flatMap([[{{from: now}}], {spells}], map(#, #.from)))"

    def all_of(spells: str, more: str = "") -> str:
        return f"len({spells}) == 0 ? 0 : {count(spells, since(spells), more)}"

    rates = ", ".join(f"{district}: {rate}" for district, rate in HOMES.items())
    found = [("paid", "filter(insurance, #.payment == 'employer')")]
    for kind in KINDS:
        found.append((f"of_{kind}", f"filter($.paid, contains(#.kind, '{kind}'))"))
        found.append((f"counted_{kind}", all_of(f"$.of_{kind}")))
    found += [
        ("pension_in_a_year", count("$.of_pension", "until - 11")),
        ("pension_since_2014", count("$.of_pension", "24168")),
        ("paying", "some($.of_pension as s, s.from <= now and now <= (s.to ?? now))"),
        ("above", "filter($.paid, (#.base ?? 0) > 7478)"),
        ("above_in_a_year", count("$.above", "until - 11")),
        (
            "months_twice",
            "len(insured_elsewhere) == 0 ? 0 : "
            + count(
                "$.paid", since("insured_elsewhere"), f" and {inside('insured_elsewhere', 'now')}", "now"
            ),
        ),
        ("own", f"filter(own_home as h, {_HOME.format('h')})"),
        ("registered", "filter(rented_home, #.registered)"),
        ("counted_leased", all_of("$.registered", f" and not {inside('$.own')}")),
        (
            "saved",
            "map(housing_fund as s, {to: s.to, from: max([s.from, (s.proven ?? false) ? 0 : "
            "(s.development_zone ?? false) ? 24180 : 24048])})",
        ),
        ("counted_fund", all_of("$.saved")),
        ("with_spouse", "filter(spouse_insurance, #.payment == 'employer')"),
        ("counted_spouse", all_of("$.with_spouse")),
        ("rates", f"{{{rates}}}"),
        (
            "homes",
            "map($.own as h, {months: max([0, min([h.to ?? until, until]) - h.from + 1]), rate: $.rates[h.district]})",
        ),
    ]
    return found


def model(numbers: Numbers) -> list[tuple[str, str]]:
    """The expressions from counted months to the verdict."""
    exact = numbers == "twelfths"

    def share(rate: int | str, months: str) -> str:
        return f"({months}) * {rate}" if exact else f"({months}) / 12 * {rate}"

    def whole(points: str) -> str:
        return f"12 * ({points})" if exact else f"({points})"

    def table(of: str, values: Mapping[str, int]) -> str:
        return "".join(f"{of} == '{key}' ? {value} : " for key, value in values.items()) + "0"

    found: list[tuple[str, str]] = []
    for kind in KINDS:
        low, high = (10, 12) if kind == "pension" else (3, 4)
        own = f"counted_{kind}"
        points = f"{share(low, f'min([{own}, 36])')} + {share(high, f'max([{own} - 36, 0])')}"
        found += [(f"months_{kind}", own), (f"insured_{kind}", f"{own} < 12 ? 0 : {points}")]
    title = table("title", {"senior": 30, "intermediate": 20, "junior": 15})
    skills = {"senior_technician": 30, "technician": 20, "advanced": 15, "intermediate": 10, "junior": 5}
    contests = {"national_1": 30, "national_2": 30, "provincial_1": 20, "provincial_2": 20}
    ranks = {"national_1": 20, "national_2": 15, "provincial_1": 10, "provincial_2": 6}
    matches = "(certificate_matches_post ?? false)"
    years = "map(filter(endorsements, (#.kind ?? 'endorsement') == 'endorsement' and #.province != 'other'"
    years += " and #.date <= settled), floor(#.date / 10000))"
    prizes = f"filter(contests, #.date <= date and #.rank <= ({table('#.contest', ranks)}))"
    crimes = "filter(offences, #.date >= date - 50000 and #.date <= date)"
    start = "(2 * floor(s.date / 10000) + (floor(s.date / 100) % 100 > 6 ? 1 : 0))"
    ban = "((s.serious ?? false) ? 6 : 2)"
    barred = f"some(unit_sanctions as s, {start} < this_round and this_round <= {start} + {ban})"
    found += [
        ("insurance_points", " + ".join(f"$.insured_{kind}" for kind in KINDS)),
        ("leased_months", "counted_leased"),
        ("leased", share(6, "counted_leased")),
        ("owned", f"len(homes) == 0 ? 0 : max(map(homes, {share('#.rate', '#.months')}))"),
        # An object holds a key once, so its keys are the different years.
        ("endorsed", whole(f"6 * len(keys(merge(map({years}, {{[string(#)]: 1}}))))")),
        ("home", "$.leased + $.owned"),
        ("living", "$.home + $.endorsed"),
        ("fund_months", "counted_fund"),
        ("fund", f"{share(3, 'min([counted_fund, 60])')} + {share(4, 'max([counted_fund - 60, 0])')}"),
        ("age", "floor((date - birth_date - 1) / 10000)"),
        ("aged", whole("$.age <= 35 ? 10 : $.age <= 45 ? 5 : 0")),
        ("educated", whole(table("education", {"bachelor": 20, "college": 10}))),
        ("well_paid", "above_in_a_year == 12"),
        (
            "titled",
            f"{matches} and ($.well_paid or not (title in ['senior', 'intermediate'])) ? {whole(title)} : 0",
        ),
        (
            "skilled",
            f"{matches} and ($.well_paid or not (skill in ['senior_technician', 'technician'])) "
            f"? {whole(table('skill', skills))} : 0",
        ),
        ("qualification", "max([$.titled, $.skilled])"),
        (
            "scarce",
            "(occupation_matches_unit ?? false) ? "
            + whole(table("occupation", {"very_scarce": 25, "scarce": 15, "general": 10}))
            + " : 0",
        ),
        ("guide", "$.scarce"),
        (
            "marriage",
            f"(married ?? false) and (spouse_employed_in_city ?? false) and counted_spouse >= 24 ? {whole('20')} : 0",
        ),
        ("prizes", prizes),
        ("awards", whole(f"len($.prizes) == 0 ? 0 : max(map($.prizes, {table('#.contest', contests)}))")),
        ("additional", "$.marriage + $.awards"),
        ("crimes", crimes),
        ("offence", whole("len($.crimes) == 0 ? 0 : sum(map($.crimes, #.kind == 'crime' ? -100 : -30))")),
        ("negative", "$.offence"),
        ("basic", "$.insurance_points + $.living + $.fund + $.aged + $.educated + $.qualification"),
        ("total", "$.basic + $.guide + $.additional + $.negative"),
        ("permit", "holds_permit"),
        ("long_enough", "(pension_in_a_year == 12 and paying) or pension_since_2014 >= 36"),
        ("young", "below_retirement_age"),
        ("not_elsewhere", "months_twice == 0"),
        ("not_barred", f"not {barred}"),
        ("eligible", "$.permit and $.long_enough and $.young and $.not_elsewhere and $.not_barred"),
        ("qualifies", f"$.eligible and $.total >= {whole('110')}"),
    ]
    return found
