"""The oracle where no worked example exists: small cases reckoned by hand from the table and the readings."""

from fractions import Fraction
from typing import Any

import pytest

from .people import ALL, LEASE, months, paid, person
from .tianjin_2022 import Applicant, score

INSURANCE = "basic/social_insurance"
RENT = "basic/living/home/rented_home"
OWN = "basic/living/home/own_home"
FUND = "basic/housing_fund"


def points(applicant: Applicant, path: str, **readings: str) -> Fraction:
    return score(applicant, readings)["points"][path]


def with_timelines(**timelines: Any) -> Applicant:
    return person(timelines=timelines)


def test_a_month_counts_once() -> None:
    spells = [
        paid("2021-01", "2021-12"),
        paid("2020-07", "2021-03"),
        paid("2021-01", "2021-12"),
        paid("2021-12"),
    ]
    result = score(with_timelines(insurance=spells))
    assert set(result["insurance_months"].values()) == {18}
    assert result["points"][INSURANCE] == 33


def test_a_back_paid_spell_beside_a_paid_one_takes_nothing_away() -> None:
    spells = [paid("2021-01", "2021-12"), paid("2021-03", "2021-05", payment="back_paid"), paid("2022-01")]
    result = score(with_timelines(insurance=spells))
    assert result["requirements"]["insured_long_enough"]
    assert result["points"][INSURANCE] == 22


def test_insurances_have_their_own_months() -> None:
    """Pension 48, medical 12 of them the last, injury 6 before the pension began."""
    spells = [
        paid("2018-01", "2021-12", kind="pension"),
        paid("2021-01", "2021-12", kind=["medical"]),
        paid("2017-07", "2017-12", kind="injury"),
    ]
    applicant = with_timelines(insurance=spells)
    assert points(applicant, INSURANCE) == 42 + 3
    assert points(applicant, INSURANCE, under_12_months="pro_rata") == 42 + 3 + Fraction(3, 2)
    assert points(applicant, INSURANCE, months_counted_by="pension") == 42 + 4 + Fraction(3, 2)


def test_pension_of_11_months_decides_for_all() -> None:
    spells = [paid("2021-02", "2021-12", kind="pension"), paid("2020-01", "2021-12", kind="medical")]
    applicant = with_timelines(insurance=spells)
    assert points(applicant, INSURANCE) == 6
    assert points(applicant, INSURANCE, months_counted_by="pension") == 0


@pytest.mark.parametrize(("start", "expected"), [("2021-02", 0), ("2020-02", 22), ("2017-02", 66 + 28)])
def test_full_years(start: str, expected: int) -> None:
    """11, 23 and 59 months: whole years are credited, their months dealt to the low rate first."""
    assert points(with_timelines(insurance=[paid(start)]), INSURANCE, month_credit="full_years") == expected


def test_full_years_of_the_other_indicators() -> None:
    applicant = with_timelines(
        rented_home=[months("2015-01", "2016-11", **LEASE)],
        own_home=[months("2019-02", district="binhai")],
        housing_fund=[months("2015-02")],
    )
    result = score(applicant, {"month_credit": "full_years"})["points"]
    assert [result[RENT], result[OWN], result[FUND]] == [6, 30, 15 + 4]


def test_months_before_2014() -> None:
    """24 months before, 12 of the last: the three years are not reached, the score knows 36 months or 12."""
    applicant = with_timelines(insurance=[paid("2012-01", "2013-12"), paid("2020-12", "2021-11")])
    assert not score(applicant)["requirements"]["insured_long_enough"]
    assert points(applicant, INSURANCE) == 66
    assert points(applicant, INSURANCE, before_2014="not_counted") == 22


def test_rent_and_own_home_in_the_same_months() -> None:
    home = {"from": "2020-03-10", "district": "xiqing"}
    applicant = with_timelines(
        rented_home=[{"from": "2019-01-01", "to": "2020-06-15", **LEASE}], own_home=[home]
    )
    assert points(applicant, RENT) == Fraction(15, 2)  # 2019-01 to 2020-03
    assert points(applicant, RENT, rent_and_own="both") == Fraction(17, 2)  # to 2020-05
    assert points(applicant, RENT, partial_month="started") == 7  # to 2020-02
    assert points(applicant, RENT, partial_month="started", rent_and_own="both") == 9  # to 2020-06


def test_days_that_only_together_fill_a_month() -> None:
    leases = [
        {"from": "2021-01-01", "to": "2021-01-15", **LEASE},
        {"from": "2021-01-16", "to": "2021-02-28", **LEASE},
    ]
    applicant = with_timelines(rented_home=leases)
    assert points(applicant, RENT) == Fraction(1, 2)
    assert points(applicant, RENT, partial_month="started") == 1


def test_living_items_add_up_or_the_best_counts() -> None:
    applicant = with_timelines(
        rented_home=[months("2019-01", "2019-12", **LEASE)], own_home=[months("2020-01", district="heping")]
    )
    applicant["records"] = {
        "endorsements": [{"date": "2020-05-01"}, {"date": "2021-05-01", "province": "other"}]
    }
    assert score(applicant)["groups"]["basic/living"] == 6 + 20 + 6
    assert score(applicant, {"permit_with_home": "highest"})["groups"]["basic/living"] == 26


def test_fund_months_that_need_proof() -> None:
    old, zone = months("2003-01", "2004-06"), months("2014-07", "2015-06", development_zone=True)
    assert score(with_timelines(housing_fund=[old]))["months"][FUND] == 6
    assert score(with_timelines(housing_fund=[{**old, "proven": True}]))["months"][FUND] == 18
    assert score(with_timelines(housing_fund=[zone]))["months"][FUND] == 6
    assert score(with_timelines(housing_fund=[{**zone, "proven": True}]))["months"][FUND] == 12


def test_a_proven_fund_payment_counts_beside_an_unproven_one() -> None:
    old = months("2003-01", "2003-12")
    assert score(with_timelines(housing_fund=[{**old, "proven": True}, old]))["months"][FUND] == 12


def test_five_years_from_the_settlement() -> None:
    for day, application, cutoff in (("2016-12-31", 0, -100), ("2016-12-30", 0, 0), ("2022-01-01", -100, 0)):
        applicant = person(records={"offences": [{"kind": "crime", "date": day}]})
        assert points(applicant, "negative/offences") == application
        assert points(applicant, "negative/offences", five_years="cutoff") == cutoff


def test_negative_points_add_up() -> None:
    kinds = ("crime", "false_information", "false_information")
    records = {"offences": [{"kind": kind, "date": "2021-05-05"} for kind in kinds]}
    assert score(person(records=records))["total"] == -160


def test_insured_elsewhere_in_the_same_month() -> None:
    for elsewhere, met in ((months("2020-12", "2020-12"), True), (months("2020-12", "2021-01"), False)):
        applicant = with_timelines(insurance=[paid("2021-01")], insured_elsewhere=[elsewhere])
        assert score(applicant)["requirements"]["not_insured_elsewhere"] is met
        assert score(applicant, {"insured_elsewhere": "ignored"})["requirements"]["not_insured_elsewhere"]


def test_each_item_to_two_decimals() -> None:
    applicant = with_timelines(insurance=[paid("2019-02", kind=ALL)], housing_fund=[months("2016-12")])
    assert score(applicant)["total"] == Fraction("79.5")
    assert score(applicant, {"rounding": "each_item"})["total"] == Fraction("64.17") + Fraction("15.33")
    applicant["records"] = {"offences": [{"kind": "crime", "date": "2021-05-05"}]}
    assert score(applicant, {"rounding": "each_item"})["total"] == Fraction("-20.5")


def test_one_short_month_of_a_low_base_is_enough_to_fail() -> None:
    skilled: dict[str, Any] = {"skill": "technician", "certificate_matches_post": True}
    low = [
        paid("2021-01", "2021-06", base=9000),
        paid("2021-07", "2021-07", base=7000),
        paid("2021-08", base=9000),
    ]
    covered = [*low, paid("2021-07", "2021-07", base=9000)]
    for spells, expected in ((low, 0), (covered, 20)):
        applicant = person(timelines={"insurance": spells}, **skilled)
        assert points(applicant, "basic/qualification/skill") == expected
