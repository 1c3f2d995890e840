"""The scheme in plain Python: a document in, every number of the scorecard out. Months are sets, points twelfths."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.answers import LINE, NAMES, Answers
from benchmarks.documents import Document, documents

RATES = {
    "pension": (10, 12),
    "medical": (3, 4),
    "unemployment": (3, 4),
    "injury": (3, 4),
    "maternity": (3, 4),
}
HOMES = {
    **dict.fromkeys(("heping", "hedong", "hexi", "nankai", "hebei", "hongqiao"), 10),
    **dict.fromkeys(("dongli", "xiqing", "jinnan", "beichen"), 11),
    **dict.fromkeys(("wuqing", "baodi", "ninghe", "jinghai", "jizhou"), 12),
    "binhai": 15,
}
EDUCATION = {"bachelor": 20, "college": 10, "none": 0}
TITLE = {"senior": 30, "intermediate": 20, "junior": 15, "none": 0}
SKILL = {
    "senior_technician": 30,
    "technician": 20,
    "advanced": 15,
    "intermediate": 10,
    "junior": 5,
    "none": 0,
}
OCCUPATION = {"very_scarce": 25, "scarce": 15, "general": 10, "none": 0}
CONTESTS = {"national_1": (20, 30), "national_2": (15, 30), "provincial_1": (10, 20), "provincial_2": (6, 20)}
OFFENCES = {"false_information": -30, "crime": -100}
WAGE = 7478
FIRST_COUNTED = 2014 * 12

Entry = Mapping[str, Any]


class PlainPython:
    """One applicant after the other."""

    def load(self) -> None:
        """Nothing is to be made."""

    def prepare(self, table: pa.Table) -> list[Document]:
        return documents(table)

    def score(self, prepared: Sequence[Document]) -> list[dict[str, int]]:
        return [score(document) for document in prepared]

    def answers(self, scored: Sequence[Mapping[str, int]]) -> Answers:
        return {name: np.array([one[name] for one in scored]) for name in NAMES}

    def versions(self) -> dict[str, str]:
        return {"Python": platform.python_version()}


def month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def period(spell: Entry, until: int) -> range:
    """The months of a spell."""
    end = min(month(spell["to"]), until) if "to" in spell else until
    return range(month(spell["from"]), end + 1)


def months(spells: Iterable[Entry], until: int) -> set[int]:
    found: set[int] = set()
    for spell in spells:
        found.update(period(spell, until))
    return found


def ends_with(paid: set[int], until: int, length: int) -> bool:
    return all(one in paid for one in range(until - length + 1, until + 1))


def round_of(day: date) -> int:
    return 2 * day.year + (day.month > 6)


def score(applicant: Document) -> dict[str, int]:
    """Every column of the answers, for one applicant."""
    facts, timelines, records = applicant["facts"], applicant["timelines"], applicant["records"]
    on = date.fromisoformat(applicant["date"])
    now = on.year * 12 + on.month - 1
    settled = date(2021, 12, 31) if on.month <= 4 else date(2022, 6, 30)
    until = settled.year * 12 + settled.month - 1
    found: dict[str, int] = {}

    ledgers: dict[str, set[int]] = {kind: set() for kind in RATES}
    above: set[int] = set()
    employed: set[int] = set()
    paying = False
    for spell in timelines["insurance"]:
        if spell["payment"] != "employer":
            continue
        whole = period(spell, now)
        settled_part = range(whole.start, min(whole.stop, until + 1))
        employed.update(whole)
        for kind in spell["kind"]:
            ledgers[kind].update(settled_part)
        if "pension" in spell["kind"] and now in whole:
            paying = True
        if "base" in spell and Decimal(spell["base"]) > WAGE:
            above.update(settled_part)
    insurance = 0
    for kind, (low, high) in RATES.items():
        counted = len(ledgers[kind])
        points = low * min(counted, 36) + high * max(counted - 36, 0) if counted >= 12 else 0
        insurance += points
        found[f"months.basic/social_insurance:{kind}"] = counted
        found[f"points.basic/social_insurance:{kind}"] = points
    found["points.basic/social_insurance"] = insurance

    owned: set[int] = set()
    own = 0
    for home in timelines.get("own_home", ()):
        if home.get("proof") == "contract_only" or home.get("co_owner") == "other":
            continue
        if home.get("held_by_spouse") and not home.get("bought_after_marriage", True):
            continue
        if home.get("state", "clear") != "clear":
            continue
        held = period(home, until)
        owned.update(held)
        own = max(own, len(held) * HOMES[home["district"]])
    leases = [lease for lease in timelines.get("rented_home", ()) if lease["registered"]]
    rented = len(months(leases, until) - owned)
    years = set()
    for record in records.get("endorsements", ()):
        if record.get("kind", "endorsement") == "endorsement" and record.get("province") != "other":
            day = date.fromisoformat(record["date"])
            if day <= settled:
                years.add(day.year)
    found["months.basic/living/home/rented_home"] = rented
    found["points.basic/living/home/rented_home"] = 6 * rented
    found["points.basic/living/home/own_home"] = own
    found["points.basic/living/home"] = home_points = 6 * rented + own
    found["points.basic/living/permit_endorsements"] = 72 * len(years)
    found["points.basic/living"] = living = home_points + 72 * len(years)

    saved: set[int] = set()
    for spell in timelines.get("housing_fund", ()):
        paid = period(spell, until)
        if not spell.get("proven"):
            proof = 2015 * 12 if spell.get("development_zone") else 2004 * 12
            paid = range(max(paid.start, proof), paid.stop)
        saved.update(paid)
    found["months.basic/housing_fund"] = len(saved)
    found["points.basic/housing_fund"] = fund = 3 * min(len(saved), 60) + 4 * max(len(saved) - 60, 0)

    born = date.fromisoformat(facts["birth_date"])
    age = on.year - born.year - ((on.month, on.day) <= (born.month, born.day))
    found["points.basic/age"] = aged = 120 if age <= 35 else 60 if age <= 45 else 0
    found["points.basic/education"] = education = 12 * EDUCATION[facts["education"]]

    well_paid = ends_with(above, until, 12)
    matches = facts.get("certificate_matches_post", False)
    title, skill = facts.get("title", "none"), facts.get("skill", "none")
    of_title = 12 * TITLE[title] if matches and (well_paid or title not in ("senior", "intermediate")) else 0
    of_skill = (
        12 * SKILL[skill]
        if matches and (well_paid or skill not in ("senior_technician", "technician"))
        else 0
    )
    found["points.basic/qualification/title"] = of_title
    found["points.basic/qualification/skill"] = of_skill
    found["points.basic/qualification"] = qualification = max(of_title, of_skill)
    found["points.basic"] = basic = insurance + living + fund + aged + education + qualification

    scarce = OCCUPATION[facts.get("occupation", "none")] if facts.get("occupation_matches_unit") else 0
    found["points.guide"] = found["points.guide/occupation"] = 12 * scarce

    marriage = 0
    if facts.get("married") and facts.get("spouse_employed_in_city"):
        spouse = [spell for spell in timelines.get("spouse_insurance", ()) if spell["payment"] == "employer"]
        marriage = 240 if len(months(spouse, until)) >= 24 else 0
    award = 0
    for record in records.get("contests", ()):
        last, points = CONTESTS[record["contest"]]
        if record["rank"] <= last and date.fromisoformat(record["date"]) <= on:
            award = max(award, points)
    found["points.additional/marriage"] = marriage
    found["points.additional/awards"] = 12 * award
    found["points.additional"] = additional = marriage + 12 * award

    offences = 0
    since = on.replace(year=on.year - 5)
    for record in records.get("offences", ()):
        if since <= date.fromisoformat(record["date"]) <= on:
            offences += OFFENCES[record["kind"]]
    found["points.negative"] = found["points.negative/offences"] = negative = 12 * offences
    found["total"] = total = basic + 12 * scarce + additional + negative

    pension = ledgers["pension"]
    three_years = sum(one >= FIRST_COUNTED for one in pension) >= 36
    long_enough = three_years or (paying and ends_with(pension, until, 12))
    twice = bool(employed & months(timelines.get("insured_elsewhere", ()), now))
    barred = False
    for record in records.get("unit_sanctions", ()):
        start = round_of(date.fromisoformat(record["date"]))
        barred |= start < round_of(on) <= start + (6 if record.get("serious") else 2)
    permit, young = facts["holds_permit"], facts["below_retirement_age"]
    found["met.permit"] = permit
    found["met.insured_long_enough"] = long_enough
    found["met.below_retirement_age"] = young
    found["met.not_insured_elsewhere"] = not twice
    found["met.unit_not_barred"] = not barred
    found["eligible"] = eligible = permit and long_enough and young and not twice and not barred
    found["qualifies"] = eligible and total >= LINE
    return found
