"""The oracle itself against the worked examples W01 to W42 of the facts dossier (values copied by hand)."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from .calendar_months import Entry
from .people import LEASE, months, paid, person
from .tianjin_2022 import KINDS, READINGS, Applicant, Result, score

POLICY = Path(__file__).parents[2] / "policies" / "tianjin" / "2022.yaml"
PAID_SI_FROM = {12: "2021-01", 30: "2019-07", 36: "2019-01", 37: "2018-12", 40: "2018-09", 48: "2018-01"}


def insured(count: int) -> list[Entry]:
    return [paid(PAID_SI_FROM[count])]


YOUNG: dict[str, Any] = {"birth_date": "1988-07-01"}  # 33 in both rounds
CRIME: dict[str, Any] = {"offences": [{"kind": "crime", "date": "2020-05-11"}]}
W32: dict[str, Any] = {
    "timelines": {"insurance": insured(48), "housing_fund": [months("2018-01")]},
    **YOUNG,
    "education": "bachelor",
}
W18_HOMES = [months("2018-01", district="hexi"), months("2020-01", district="binhai")]
W21_HOME = {"from": "2020-03-10", "district": "jinnan", "proof": "contract_and_deed_tax"}
ENDORSED = [{"date": f"{year}-02-15"} for year in (2018, 2019, 2020, 2021, 2022)]
FIRST_ISSUE = {"date": "2017-02-15", "kind": "first_issue"}

EXAMPLES: dict[
    str, tuple[Applicant, str, bool, bool]
] = {  # id -> applicant, exact points, insured long enough, pass
    "W01": (
        person(
            timelines={
                "insurance": insured(36),
                "housing_fund": [months("2019-01")],
                "rented_home": [months("2020-01", "2021-12", **LEASE)],
            },
            **YOUNG,
            education="bachelor",
        ),
        "117",
        True,
        True,
    ),
    "W02": (
        person(
            timelines={
                "insurance": insured(37),
                "housing_fund": [months("2018-12")],
                "rented_home": [months("2021-01", "2021-12", **LEASE)],
            },
            records={"endorsements": [{"date": "2021-06-30"}]},
            **YOUNG,
            education="college",
        ),
        "1315/12",
        True,
        False,
    ),
    "W03": (person(timelines={"insurance": [paid("2019-02")]}), "385/6", True, False),
    "W04": (person(timelines={"insurance": insured(12)}), "22", True, False),
    "W05": (person(timelines={"insurance": [paid("2021-02")]}), "0", False, False),
    "W06": (person(timelines={"housing_fund": [months("2017-01")]}), "15", False, False),
    "W07": (person(timelines={"housing_fund": [months("2016-12")]}), "46/3", False, False),
    "W08": (
        person(timelines={"insurance": [paid("2020-10"), paid("2019-01", "2020-06")]}),
        "121/2",
        True,
        False,
    ),
    "W10": (
        person(timelines={"insurance": [paid("2019-06", "2021-06"), paid("2021-08")]}),
        "55",
        False,
        False,
    ),
    "W11": (
        person(
            timelines={
                "insurance": [
                    paid("2018-09", "2020-01"),
                    paid("2020-02", "2020-06", payment="back_paid"),
                    paid("2020-07"),
                ]
            }
        ),
        "385/6",
        True,
        False,
    ),
    "W13": (
        person(timelines={"insurance": [paid("2016-01", "2017-12", payment="individual"), paid("2018-01")]}),
        "94",
        True,
        False,
    ),
    "W14": (
        person(
            date="2022-07-20",
            timelines={"insurance": [paid("2012-07", "2019-06", payment="transferred"), paid("2019-07")]},
        ),
        "66",
        True,
        False,
    ),
    "W18": (person(timelines={"own_home": W18_HOMES}), "40", False, False),
    "W19": (
        person(
            timelines={
                "rented_home": [months("2017-01", "2019-12", **LEASE)],
                "own_home": [months("2020-01", district="xiqing")],
            }
        ),
        "40",
        False,
        False,
    ),
    "W21": (person(timelines={"own_home": [W21_HOME]}), "77/4", False, False),
    "W22": (
        person(timelines={"own_home": [months("2019-06", district="jinghai", held_by_spouse=True)]}),
        "31",
        False,
        False,
    ),
    "W24": (
        person(
            timelines={"rented_home": [months("2018-01", **LEASE)]},
            records={"endorsements": [*ENDORSED, FIRST_ISSUE]},
        ),
        "48",
        False,
        False,
    ),
    "W26a": (person(birth_date="1976-06-01"), "5", False, False),
    "W26b": (person(date="2022-07-20", birth_date="1976-06-01"), "0", False, False),
    "W28": (
        person(title="intermediate", skill="advanced", certificate_matches_post=True),
        "15",
        False,
        False,
    ),
    "W30a": (
        person(
            records={
                "contests": [
                    {"contest": "national_1", "rank": 20, "date": "2019-09-01"},
                    {"contest": "provincial_1", "rank": 10, "date": "2020-09-01"},
                ]
            }
        ),
        "30",
        False,
        False,
    ),
    "W30b": (
        person(
            records={
                "contests": [
                    {"contest": "national_2", "rank": 16, "date": "2019-09-01"},
                    {"contest": "provincial_1", "rank": 10, "date": "2020-09-01"},
                ]
            }
        ),
        "20",
        False,
        False,
    ),
    "W32a": (person(**W32, records=CRIME), "36", True, False),
    "W32b": (person(**W32), "136", True, True),
    "W33": (
        person(timelines={"insurance": insured(48), "housing_fund": [months("2020-01")]}, **YOUNG),
        "110",
        True,
        True,
    ),
    "W41": (person(timelines={"insurance": insured(12)}, records=CRIME, **YOUNG), "-68", True, False),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_worked_example(name: str) -> None:
    applicant, exact, eligible, passes = EXAMPLES[name]
    result = score(applicant)
    assert result["total"] == Fraction(exact)
    assert result["requirements"]["insured_long_enough"] is eligible
    assert result["qualifies"] is passes


ALTERNATIVES = [  # example, replaced reading, points; from the R-list and the texts of the examples
    ("W01", {"rate_change": "from_month_36"}, "235/2"),
    ("W05", {"under_12_months": "pro_rata"}, "121/6"),
    ("W11", {"excluded_months": "scored"}, "226/3"),
    ("W18", {"several_homes": "best_each_month"}, "50"),
    ("W21", {"partial_month": "started"}, "121/6"),
    ("W24", {"endorsement_window": "application"}, "54"),
    ("W24", {"first_issue": "endorsement"}, "54"),
    ("W26a", {"age_45": "nothing"}, "0"),
    ("W41", {"total_below_zero": "zero"}, "0"),
]


@pytest.mark.parametrize(("name", "readings", "exact"), ALTERNATIVES)
def test_worked_example_under_another_reading(name: str, readings: dict[str, str], exact: str) -> None:
    assert score(EXAMPLES[name][0], readings)["total"] == Fraction(exact)


def test_line_reached_exactly() -> None:
    assert not score(EXAMPLES["W33"][0], {"line_reached": "above"})["qualifies"]


SI = {12: "22", 24: "44", 35: "385/6", 36: "66", 37: "205/3", 38: "212/3", 39: "73", 40: "226/3"}
SI |= {11: "0", 42: "80", 47: "275/3", 48: "94", 51: "101", 54: "108", 60: "122", 72: "150"}
FUND = {12: "3", 24: "6", 36: "9", 37: "37/4", 48: "12", 59: "59/4", 60: "15", 61: "46/3", 72: "19", 84: "23"}


def months_before_2022(count: int) -> str:
    return f"{2022 - (count + 11) // 12}-{(-count) % 12 + 1:02}"


@pytest.mark.parametrize("count", SI)
def test_insurance_table(count: int) -> None:
    result = score(person(timelines={"insurance": [paid(months_before_2022(count))]}))
    assert result["insurance_months"] == dict.fromkeys(KINDS, count)
    assert result["points"]["basic/social_insurance"] == Fraction(SI[count])


@pytest.mark.parametrize("count", FUND)
def test_fund_table(count: int) -> None:
    result = score(person(timelines={"housing_fund": [months(months_before_2022(count))]}))
    assert result["months"]["basic/housing_fund"] == count
    assert result["points"]["basic/housing_fund"] == Fraction(FUND[count])


def own_home(**attributes: Any) -> Fraction:
    home = {"from": "2019-06", "district": "jinghai", **attributes}
    return score(person(timelines={"own_home": [home]}))["points"]["basic/living/home/own_home"]


def test_homes_that_do_not_count() -> None:
    assert own_home(proof="contract_only") == 0  # W21 without the deed-tax receipt
    assert own_home(held_by_spouse=True, bought_after_marriage=False) == 0  # W22
    assert own_home(co_owner="other") == 0  # W23
    assert own_home(co_owner="parent") == 31  # W23
    assert own_home(state="sold") == 0


def test_rent_counts_beside_a_home_that_does_not() -> None:  # W23
    homes = [months("2019-06", district="jinghai", co_owner="other")]
    result = score(person(timelines={"own_home": homes, "rented_home": [months("2020-01", **LEASE)]}))
    assert result["points"]["basic/living/home/rented_home"] == 12


@pytest.mark.parametrize(("day", "total"), [("2017-03-14", 136), ("2017-03-15", 36)])
def test_five_years(day: str, total: int) -> None:  # W32
    assert score(person(**W32, records={"offences": [{"kind": "crime", "date": day}]}))["total"] == total


def test_stopped_paying() -> None:  # W38
    one_year = person(timelines={"insurance": [paid("2021-01", "2022-01")]})
    three_years = person(timelines={"insurance": [paid("2019-01", "2022-01")]})
    both = {"still_paying": "both_routes"}
    assert not score(one_year)["requirements"]["insured_long_enough"]
    assert score(three_years)["requirements"]["insured_long_enough"]
    assert not score(three_years, both)["requirements"]["insured_long_enough"]


@pytest.mark.parametrize(
    ("finding", "serious", "application", "met"),
    [
        ("2022-03-01", False, "2022-04-30", True),
        ("2022-03-01", False, "2022-07-20", False),
        ("2021-03-01", False, "2022-03-15", False),
        ("2021-03-01", False, "2022-07-20", True),
        ("2019-03-01", True, "2022-03-15", False),
        ("2019-03-01", True, "2022-07-20", True),
    ],
)
def test_unit_sanction(finding: str, serious: bool, application: str, met: bool) -> None:  # W39, other years
    record = {"date": finding, "serious": serious}
    result = score(person(date=application, records={"unit_sanctions": [record]}))
    assert result["requirements"]["unit_not_barred"] is met


def test_occupation_needs_the_unit() -> None:  # W40
    fitter: dict[str, Any] = {"occupation": "very_scarce", "skill": "intermediate"}
    assert score(person(**fitter))["total"] == 0
    assert score(person(**fitter, occupation_matches_unit=True, certificate_matches_post=True))["total"] == 35


def test_six_months_at_stake() -> None:  # W42
    said, shown = (score(person(timelines={"insurance": insured(count)}))["total"] for count in (36, 30))
    assert said - shown == 11


def age_points(birth: str, day: str, **readings: str) -> Fraction:
    return score(person(date=day, birth_date=birth), readings)["points"]["basic/age"]


def test_age_is_completed_the_day_after() -> None:
    assert age_points("1986-03-15", "2022-03-15") == 10
    assert age_points("1986-03-15", "2022-03-16") == 5
    assert age_points("1986-03-15", "2022-03-15", birthday="birthday") == 5
    assert age_points("1976-02-29", "2022-02-28") == 5
    assert age_points("1976-02-29", "2022-03-01") == 0


@pytest.mark.parametrize(("base", "points"), [("7478", 10), ("7478.01", 20)])
def test_base_must_be_above_the_wage(base: str, points: int) -> None:
    skilled: dict[str, Any] = {
        "title": "intermediate",
        "skill": "intermediate",
        "certificate_matches_post": True,
    }
    result: Result = score(person(timelines={"insurance": [paid("2021-01", base=base)]}, **skilled))
    assert result["groups"]["basic/qualification"] == points


def test_spouse_needs_24_months() -> None:
    for start, points in (("2020-02", 0), ("2020-01", 20)):
        spouse = {"spouse_insurance": [months(start, payment="employer")]}
        result = score(person(timelines=spouse, married=True, spouse_employed_in_city=True))
        assert result["points"]["additional/marriage"] == points


def test_readings_are_those_of_the_policy() -> None:
    written = yaml.safe_load(POLICY.read_text(encoding="utf-8"))["readings"]
    assert {name: set(reading["options"]) for name, reading in written.items()} == {
        name: set(options) for name, options in READINGS.items()
    }
    assert {name: reading["default"] for name, reading in written.items()} == {
        name: options[0] for name, options in READINGS.items()
    }
