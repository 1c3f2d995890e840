"""Tianjin 2022 scored by brute force.

Written from the printed rules and without the engine: months are sets of (year, month), every rule is a loop
over them, every number is a Fraction. It is slow and plain on purpose, and it takes valid applicants only.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, TypedDict

from .calendar_months import (
    Entry,
    Month,
    covered,
    day_of,
    last_day_of,
    run_ending_at,
    spell_months,
    years_after,
)

Applicant = dict[str, Any]
Readings = Mapping[str, str]

READINGS: dict[str, tuple[str, str]] = {  # name -> (default, alternative)
    "month_credit": ("monthly", "full_years"),
    "rate_change": ("from_month_37", "from_month_36"),
    "under_12_months": ("nothing", "pro_rata"),
    "months_counted_by": ("each_insurance", "pension"),
    "partial_month": ("whole", "started"),
    "rent_and_own": ("own_only", "both"),
    "several_homes": ("best_home", "best_each_month"),
    "excluded_months": ("not_scored", "scored"),
    "age_day": ("application", "cutoff"),
    "birthday": ("day_after", "birthday"),
    "age_45": ("scores", "nothing"),
    "permit_with_home": ("add", "highest"),
    "endorsement_window": ("cutoff", "application"),
    "first_issue": ("no_endorsement", "endorsement"),
    "endorsements_a_year": ("one", "every"),
    "rounding": ("exact", "each_item"),
    "five_years": ("application", "cutoff"),
    "total_below_zero": ("as_it_is", "zero"),
    "before_2014": ("counted", "not_counted"),
    "line_reached": ("at", "above"),
    "still_paying": ("one_year_route", "both_routes"),
    "insured_elsewhere": ("bars", "ignored"),
}

LINE = 110
KINDS = ("pension", "medical", "unemployment", "injury", "maternity")
LOW_RATE = {"pension": 10, "medical": 3, "unemployment": 3, "injury": 3, "maternity": 3}
HIGH_RATE = {"pension": 12, "medical": 4, "unemployment": 4, "injury": 4, "maternity": 4}
HOME_RATE = {
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
AWARD = {"national_1": (20, 30), "national_2": (15, 30), "provincial_1": (10, 20), "provincial_2": (6, 20)}
OFFENCE = {"false_information": -30, "crime": -100}
WAGE = {2018: 7540, 2019: 6323, 2020: 6777, 2021: 7478, 2022: 7919}  # yuan a month


class Result(TypedDict):
    """Points by indicator path, months by indicator path (social insurance: by kind), and the verdict."""

    cutoff: str
    points: dict[str, Fraction]
    groups: dict[str, Fraction]
    total: Fraction
    insurance_months: dict[str, int]
    months: dict[str, int]
    requirements: dict[str, bool]
    qualifies: bool


# ---- inputs


def cutoff_of(application: date) -> Month:
    if 1 <= application.month <= 4:
        return application.year - 1, 12
    if 7 <= application.month <= 10:
        return application.year, 6
    raise ValueError(f"no round is open on {application}")


def spells_of(applicant: Applicant, name: str) -> list[Entry]:
    return list(applicant.get("timelines", {}).get(name, []))


def records_of(applicant: Applicant, name: str) -> list[Entry]:
    return list(applicant.get("records", {}).get(name, []))


def kinds_of(spell: Entry) -> list[str]:
    kind: str | list[str] = spell["kind"]
    return [kind] if isinstance(kind, str) else kind


def employer_spells(spells: list[Entry]) -> list[Entry]:
    return [spell for spell in spells if spell["payment"] == "employer"]


def of_kind(spells: list[Entry], kind: str) -> list[Entry]:
    return [spell for spell in spells if kind in kinds_of(spell)]


# ---- the indicators


def years_of(months: int, read: Readings) -> Fraction:
    if read["month_credit"] == "full_years":
        return Fraction(months // 12)
    return Fraction(months, 12)


def scored_insurance(applicant: Applicant, cutoff: Month, read: Readings) -> dict[str, set[Month]]:
    spells = spells_of(applicant, "insurance")
    if read["excluded_months"] == "not_scored":
        spells = employer_spells(spells)
    spells = [spell for spell in spells if spell["payment"] != "transferred"]
    ledgers: dict[str, set[Month]] = {}
    for kind in KINDS:
        months = covered(of_kind(spells, kind), cutoff)
        if read["before_2014"] == "not_counted":
            months = {month for month in months if month >= (2014, 1)}
        ledgers[kind] = months
    return ledgers


def insurance_points(ledgers: dict[str, set[Month]], read: Readings) -> Fraction:
    by_pension = read["months_counted_by"] == "pension"
    low_months = 36 if read["rate_change"] == "from_month_37" else 35
    points = Fraction(0)
    for kind in KINDS:
        measure = ledgers["pension"] if by_pension else ledgers[kind]
        if read["under_12_months"] == "nothing" and len(measure) < 12:
            continue
        low = high = reached = 0
        for month in sorted(ledgers[kind] | measure):
            if month in measure:
                reached += 1
            if month in ledgers[kind]:
                if reached <= low_months:
                    low += 1
                else:
                    high += 1
        if (
            read["month_credit"] == "full_years"
        ):  # whole years are credited, their months dealt low rate first
            credited = (low + high) // 12 * 12
            low, high = min(low, credited), credited - min(low, credited)
        points += Fraction(low, 12) * LOW_RATE[kind] + Fraction(high, 12) * HIGH_RATE[kind]
    return points


def home_counts(home: Entry) -> bool:
    if home.get("proof", "title") == "contract_only":
        return False
    if home.get("co_owner", "none") == "other":
        return False
    if home.get("held_by_spouse", False) and not home.get("bought_after_marriage", True):
        return False
    return bool(home.get("state", "clear") == "clear")


def own_home_points(homes: list[Entry], cutoff: Month, read: Readings) -> Fraction:
    partial = read["partial_month"]
    if read["several_homes"] == "best_home":
        best = Fraction(0)
        for home in homes:
            months = len(spell_months(home, cutoff, partial))
            best = max(best, years_of(months, read) * HOME_RATE[home["district"]])
        return best
    rate_of: dict[Month, int] = {}
    for home in homes:
        for month in spell_months(home, cutoff, partial):
            rate_of[month] = max(rate_of.get(month, 0), HOME_RATE[home["district"]])
    points = Fraction(0)
    for rate in sorted(set(rate_of.values())):
        points += years_of(sum(1 for other in rate_of.values() if other == rate), read) * rate
    return points


def rented_months(applicant: Applicant, homes: list[Entry], cutoff: Month, read: Readings) -> set[Month]:
    leases = [lease for lease in spells_of(applicant, "rented_home") if lease["registered"]]
    months = covered(leases, cutoff, read["partial_month"])
    if read["rent_and_own"] == "own_only":
        months -= covered(homes, cutoff, read["partial_month"])
    return months


def endorsement_points(applicant: Applicant, application: date, cutoff: Month, read: Readings) -> Fraction:
    until = application if read["endorsement_window"] == "application" else last_day_of(cutoff)
    years: list[int] = []
    for record in records_of(applicant, "endorsements"):
        if record.get("province", "tianjin") == "other":
            continue
        if record.get("kind", "endorsement") == "first_issue" and read["first_issue"] == "no_endorsement":
            continue
        if day_of(record["date"]) <= until:
            years.append(day_of(record["date"]).year)
    return Fraction(6 * (len(set(years)) if read["endorsements_a_year"] == "one" else len(years)))


def fund_months(applicant: Applicant, cutoff: Month) -> set[Month]:
    """A month counts as soon as one payment of that month needs no proof or has it."""
    found: set[Month] = set()
    for spell in spells_of(applicant, "housing_fund"):
        for month in spell_months(spell, cutoff):
            needs_proof = month < (2004, 1) or (spell.get("development_zone", False) and month < (2015, 1))
            if spell.get("proven", False) or not needs_proof:
                found.add(month)
    return found


def fund_points(months: int, read: Readings) -> Fraction:
    return years_of(min(months, 60), read) * 3 + years_of(max(months - 60, 0), read) * 4


def age_on(birth: date, day: date, read: Readings) -> int:
    age = 0
    while True:
        birthday = years_after(birth, age + 1)
        completed = birthday <= day if read["birthday"] == "birthday" else birthday < day
        if not completed:
            return age
        age += 1


def age_points(birth: date, application: date, cutoff: Month, read: Readings) -> Fraction:
    age = age_on(birth, application if read["age_day"] == "application" else last_day_of(cutoff), read)
    if age <= 35:
        return Fraction(10)
    if age <= (45 if read["age_45"] == "scores" else 44):
        return Fraction(5)
    return Fraction(0)


def base_above_wage(applicant: Applicant, application: date, cutoff: Month) -> bool:
    above: set[Month] = set()
    for spell in employer_spells(spells_of(applicant, "insurance")):
        if "base" in spell and Fraction(str(spell["base"])) > WAGE[application.year - 1]:
            above |= spell_months(spell, cutoff)
    return run_ending_at(above, cutoff) >= 12


def award_points(applicant: Applicant, application: date) -> Fraction:
    best = 0
    for record in records_of(applicant, "contests"):
        places, points = AWARD[record["contest"]]
        if record["rank"] <= places and day_of(record["date"]) <= application:
            best = max(best, points)
    return Fraction(best)


def offence_points(applicant: Applicant, application: date, cutoff: Month, read: Readings) -> Fraction:
    until = application if read["five_years"] == "application" else last_day_of(cutoff)
    points = 0
    for record in records_of(applicant, "offences"):
        if years_after(until, -5) <= day_of(record["date"]) <= until:
            points += OFFENCE[record["kind"]]
    return Fraction(points)


# ---- the requirements


def unit_is_barred(applicant: Applicant, application: date) -> bool:
    this_round = application.year * 2 + (application.month > 6)
    for record in records_of(applicant, "unit_sanctions"):
        found = day_of(record["date"])
        round_of_finding = found.year * 2 + (found.month > 6)
        rounds_barred = 6 if record.get("serious", False) else 2
        if this_round in range(round_of_finding + 1, round_of_finding + rounds_barred + 1):
            return True
    return False


def requirements_met(
    applicant: Applicant, application: date, cutoff: Month, read: Readings
) -> dict[str, bool]:
    now = (application.year, application.month)
    paid = employer_spells(spells_of(applicant, "insurance"))
    pension = covered(of_kind(paid, "pension"), cutoff)
    one_year = run_ending_at(pension, cutoff) >= 12
    three_years = sum(1 for month in pension if month >= (2014, 1)) >= 36
    paying = now in covered(of_kind(paid, "pension"), now)
    long_enough = (one_year and paying) or three_years
    if read["still_paying"] == "both_routes":
        long_enough = (one_year or three_years) and paying
    twice = covered(paid, now) & covered(spells_of(applicant, "insured_elsewhere"), now)
    return {
        "permit": applicant["facts"]["holds_permit"],
        "insured_long_enough": long_enough,
        "below_retirement_age": applicant["facts"]["below_retirement_age"],
        "not_insured_elsewhere": read["insured_elsewhere"] == "ignored" or not twice,
        "unit_not_barred": not unit_is_barred(applicant, application),
    }


# ---- the whole


def two_decimals(points: Fraction) -> Fraction:
    cents = (abs(points) * 100 + Fraction(1, 2)) // 1
    return Fraction(cents, 100) if points >= 0 else -Fraction(cents, 100)


def score(applicant: Applicant, readings: Readings | None = None) -> Result:
    """Score one valid applicant document under the default readings, or with some of them replaced.

    `requirements` are true when fulfilled, so for a veto: when it does not apply.
    Raises ValueError when no round is open on the date, KeyError for an unknown reading or option.
    """
    read = {name: options[0] for name, options in READINGS.items()}
    for name, option in (readings or {}).items():
        if option not in READINGS[name]:
            raise KeyError(option)
        read[name] = option

    facts = applicant["facts"]
    application = day_of(applicant["date"])
    cutoff = cutoff_of(application)
    ledgers = scored_insurance(applicant, cutoff, read)
    homes = [home for home in spells_of(applicant, "own_home") if home_counts(home)]
    rented = rented_months(applicant, homes, cutoff, read)
    fund = fund_months(applicant, cutoff)
    spouse = covered(employer_spells(spells_of(applicant, "spouse_insurance")), cutoff)
    well_paid = base_above_wage(applicant, application, cutoff)
    matches = facts.get("certificate_matches_post", False)
    title, skill = facts.get("title", "none"), facts.get("skill", "none")
    title_counts = matches and (title not in ("senior", "intermediate") or well_paid)
    skill_counts = matches and (skill not in ("senior_technician", "technician") or well_paid)
    both_employed = facts.get("married", False) and facts.get("spouse_employed_in_city", False)
    occupation = facts.get("occupation", "none") if facts.get("occupation_matches_unit", False) else "none"

    points = {
        "basic/social_insurance": insurance_points(ledgers, read),
        "basic/living/home/rented_home": years_of(len(rented), read) * 6,
        "basic/living/home/own_home": own_home_points(homes, cutoff, read),
        "basic/living/permit_endorsements": endorsement_points(applicant, application, cutoff, read),
        "basic/housing_fund": fund_points(len(fund), read),
        "basic/age": age_points(day_of(facts["birth_date"]), application, cutoff, read),
        "basic/education": Fraction(EDUCATION[facts["education"]]),
        "basic/qualification/title": Fraction(TITLE[title] if title_counts else 0),
        "basic/qualification/skill": Fraction(SKILL[skill] if skill_counts else 0),
        "guide/occupation": Fraction(OCCUPATION[occupation]),
        "additional/marriage": Fraction(20 if both_employed and len(spouse) >= 24 else 0),
        "additional/awards": award_points(applicant, application),
        "negative/offences": offence_points(applicant, application, cutoff, read),
    }
    if read["rounding"] == "each_item":
        points = {path: two_decimals(value) for path, value in points.items()}

    home = points["basic/living/home/rented_home"] + points["basic/living/home/own_home"]
    permit = points["basic/living/permit_endorsements"]
    groups = {
        "basic/living/home": home,
        "basic/living": max(home, permit) if read["permit_with_home"] == "highest" else home + permit,
        "basic/qualification": max(points["basic/qualification/title"], points["basic/qualification/skill"]),
        "guide": points["guide/occupation"],
        "additional": points["additional/marriage"] + points["additional/awards"],
        "negative": points["negative/offences"],
    }
    single = ("basic/social_insurance", "basic/housing_fund", "basic/age", "basic/education")
    groups["basic"] = groups["basic/living"] + groups["basic/qualification"]
    for path in single:
        groups["basic"] += points[path]
    total = groups["basic"] + groups["guide"] + groups["additional"] + groups["negative"]
    if read["total_below_zero"] == "zero":
        total = max(total, Fraction(0))

    requirements = requirements_met(applicant, application, cutoff, read)
    reached = total > LINE if read["line_reached"] == "above" else total >= LINE
    return {
        "cutoff": last_day_of(cutoff).isoformat(),
        "points": points,
        "groups": groups,
        "total": total,
        "insurance_months": {kind: len(months) for kind, months in ledgers.items()},
        "months": {"basic/living/home/rented_home": len(rented), "basic/housing_fund": len(fund)},
        "requirements": requirements,
        "qualifies": reached and all(requirements.values()),
    }
