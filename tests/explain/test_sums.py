"""The sums behind the points, and what lost, computed by hand. Months count up to 2023-12."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from jifen.explain.arithmetic import equals, number, summed, units

from .harbour import load, person


def explained(folder: Path, indicator: str, jo: dict[str, Any], more: str = "") -> dict[str, Any]:
    found: dict[str, Any] = load(folder, indicator=indicator, more=more).score(jo).explain()["indicators"][0]
    return found


def test_tiers(tmp_path: Path) -> None:
    # 2020-02 to 2023-12 are 47 months: 36 at 10 a year, 11 at 12 a year.
    rule = "accrue: {months: served, per: year, tiers: [{first: {months: 36}, points: 10}, {points: 12}]}"
    node = explained(tmp_path, rule, person("2020-02.."))
    assert node["ledgers"][0]["arithmetic"] == "36 × 10/12 + 11 × 12/12 = 41"
    assert (node["timelines"], node["window"]) == (["service"], {"to": "2023-12"})


def test_months_that_do_not_yet_count(tmp_path: Path) -> None:
    rule = (
        "accrue: {months: served, per: month, points: 0.5, vest: {after: {months: 12}, credit: retroactive}}"
    )
    node = explained(tmp_path, rule, person("2023-03.."))
    assert node["ledgers"][0]["arithmetic"] == "10 × 0.5 = 5 → 0"


def test_the_best_of_several_spells(tmp_path: Path) -> None:
    rule = (
        "accrue: {months: served, each: spell, by: ship, combine: highest, per: year,"
        " points: {cutter: 6, barge: 12}}"
    )
    jo = person("2022-01..2022-12", "2023-01..2023-06")
    jo["timelines"]["service"][1]["ship"] = "barge"
    node = explained(tmp_path, rule, jo)
    assert [one["arithmetic"] for one in node["ledgers"]] == ["12 × 6/12 = 6", "6 × 12/12 = 6"]
    assert node["choice"] == {"combine": "highest", "counts": "1", "lost": [{"id": "2", "points": "6"}]}


GROUP = """combine: highest, indicators: {
  a: {label: a, points: 3, when: sails},
  b: {label: b, lookup: {of: rank, points: {master: 9, mate: 5}}}}"""


def test_the_highest_of_a_group_and_what_lost(tmp_path: Path) -> None:
    node = explained(tmp_path, GROUP, person())
    assert node["arithmetic"] == "max(3, 5) = 5"
    assert node["choice"] == {"combine": "highest", "counts": "b", "lost": [{"id": "a", "points": "3"}]}


def test_the_first_of_a_group(tmp_path: Path) -> None:
    node = explained(tmp_path, GROUP.replace("highest", "first"), person(sails=False))
    assert node["choice"] == {"combine": "first", "counts": "b", "lost": [{"id": "a", "points": "0"}]}


def test_a_cap_and_a_rounding(tmp_path: Path) -> None:
    # 7 months at 1 a year are 7/12, rounded to 0.6; with 100 months 8.3, capped at 8.
    rule = "accrue: {months: served, per: year, points: 1}, round: {to: 0.1}, cap: 8"
    node = explained(tmp_path, rule, person("2023-06.."))
    assert node["adjusted"] == {"before": "7/12", "after": "3/5"}
    assert node["cap"] is None
    node = explained(tmp_path, rule, person("2015-09.."))
    assert node["cap"] == {"limit": "8", "before": "83/10"}


def test_units_bands_and_formulas(tmp_path: Path) -> None:
    node = explained(
        tmp_path, "per_unit: {of: savings, above: 1000, unit: 500, points: 2}", person(savings=2700)
    )
    assert node["arithmetic"] == "⌊(2700 − 1000) ÷ 500⌋ × 2 = 6"
    rule = "bands: {of: count(served), steps: [{below: 12, points: 1}, {to: 24, points: 2}, {points: 3}]}"
    assert [
        explained(tmp_path, rule, person(start))["band"]
        for start in ("2023-02..", "2023-01..", "2022-01..", "2021-12..")
    ] == [0, 1, 1, 2]
    node = explained(tmp_path, "formula: '2 * min(fine_years, 3) + 1'", person("2022-01.."))
    assert node["arithmetic"] == "2 × min(2, 3) + 1 = 5"
    assert node["values"][0] == {
        "text": "fine_years",
        "in_words": {"zh": "years of service", "en": "years of service"},
        "value": "2",
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [("41", "41"), ("11/2", "5.5"), ("28/3", "28/3"), ("-1/4", "-0.25"), ("1/10000", "0.0001")],
)
def test_numbers(value: str, text: str) -> None:
    assert number(value) == text


def test_longer_sums() -> None:
    assert summed([Fraction(2), Fraction(-3)], Fraction(-1)) == "2 − 3 = −1"
    assert summed([Fraction(2)] * 9 + [Fraction(1, 2)], Fraction(37, 2)) == "9 × 2 + 0.5 = 18.5"
    assert summed([Fraction(2), Fraction(2)], Fraction(3)) == "2 + 2 = 4 → 3"
    assert equals("5", Fraction(5), Fraction(5)) == "5"
    assert units(Fraction(9), Fraction(0), Fraction(10), Fraction(0)) == "0"


def test_the_timelines_as_stated(tmp_path: Path) -> None:
    card = load(tmp_path).score(person("2022-11..", "2023-01..2023-02", shore=["2020-01..2020-03"]))
    service, shore = card.explain()["timelines"]
    # Up to the month of the application, 2024-05: 2 + 12 + 5 months.
    assert (service["spells"], service["count"], service["covered"]) == (2, 19, ["2022-11..2024-05"])
    assert (shore["id"], shore["covered"]) == ("shore", ["2020-01..2020-03"])
