"""What was generalised for the constructs: how its parts go together, and what is said where they do not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import jifen

HEAD = """\
policy: mill/2024
title: Points of the mill
in_force: {from: 2024-01-01}
sources: {notice: {title: Notice of the mill, kind: official}}
"""
WORK = """\
timelines:
  work:
    label: work
    attributes: {shift: {label: shift, type: choice, options: {day: day, night: night}, default: day}}
months:
  worked: {of: work, to: application}
  nights: {of: work, keep: [{when: shift == "night", else: by day}], to: application}
"""
FOUR_YEARS = "tiers: [{first: {years: 4}, points: 1}, {points: 5}]"
LATER = "vest: {after: {months: 18}, credit: from_then}"
SPELLS = [
    {"from": "2020-01", "to": "2021-06", "shift": "night"},
    {"from": "2021-07", "to": "2023-06"},
    {"from": "2023-09"},
]
"""Up to 2024-06: 18 months by night, 24 by day, a gap of two months, 10 by day."""


def write(folder: Path, text: str) -> Path:
    """A policy of the mill."""
    path = folder / "mill.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def codes(folder: Path, text: str) -> list[str]:
    """What is wrong with a policy of the mill."""
    return [found.code for found in jifen.check(write(folder, text))]


def points(folder: Path, accrue: str) -> Fraction:
    """The points of one accrual for the spells above."""
    text = f"{WORK}indicators: {{x: {{label: x, cite: notice, accrue: {{{accrue}}}}}}}\n"
    data: dict[str, Any] = {"applicant": "x", "date": "2024-06-10", "timelines": {"work": SPELLS}}
    return jifen.load(write(folder, text)).score(data).total


@pytest.mark.parametrize(
    ("accrue", "expected"),
    [
        # 52 months in all; the first 18 wait, 34 are left: 2021-07..2023-06 and 2023-09..2024-06.
        (f"months: worked, points: 1, {LATER}", 34),
        (f"months: worked, points: 1, credit: full_years, {LATER}", 24),
        (f"months: worked, points: 1, credit: full_years_of_each_run, {LATER}", 24),
        (
            f"months: worked, tiers: [{{first: {{months: 12}}, points: 1}}, {{points: 2}}], {LATER}",
            12 + 2 * 22,
        ),
        (
            f"months: worked, mode: whole, tiers: [{{first: {{months: 40}}, points: 1}}, {{points: 2}}], {LATER}",
            34,
        ),
        (
            f"months: worked, rates: [{{to: 2022-12, points: 1}}, {{from: 2023-01, points: 10}}], {LATER}",
            18 + 10 * 16,
        ),
        # 6, 12, 10 and 6 of the months left lie in 2021, 2022, 2023 and 2024.
        (f"months: worked, points: 1, cap: {{each: calendar_year, points: 8}}, {LATER}", 6 + 8 + 8 + 6),
        (f"months: worked, points: 1, limit: 30, {LATER}", 12),
        # With `progress` the nights are waited for; all 18 of them lie before 2021-07.
        (f"months: worked, progress: nights, points: 1, {LATER}", 34),
        # Each spell waits by itself: 0, 24 - 18 and 0.
        (f"months: worked, each: spell, points: 1, {LATER}", 6),
        ("months: worked, each: spell, points: 1, vest: {after: {months: 18}, credit: retroactive}", 18 + 24),
        ("months: worked, each: spell, points: 1, limit: 12", 12 + 12 + 10),
        (
            "months: worked, each: spell, combine: highest, points: 1, cap: {each: calendar_year, points: 8}",
            6 + 8 + 6,
        ),
        # Full years reach a tier: of 52 months 48 are credited, which is still in the first.
        (
            f"months: worked, per: year, credit: full_years, mode: whole, {FOUR_YEARS}",
            4,
        ),
    ],
)
def test_parts_of_accrue_go_together(accrue: str, expected: int, tmp_path: Path) -> None:
    assert points(tmp_path, accrue) == expected


def test_full_years_have_no_cap_a_year(tmp_path: Path) -> None:
    text = "accrue: {months: worked, points: 1, credit: full_years, cap: {each: calendar_year, points: 8}}"
    assert codes(tmp_path, f"{WORK}indicators: {{x: {{label: x, cite: notice, {text}}}}}\n") == ["JF525"]


def test_tiers_for_each_option_of_what_is_no_choice(tmp_path: Path) -> None:
    records = "records: {fires: {label: fires, attributes: {size: {label: size, type: integer}}}}\n"
    tiers = "tiers: [{first: 1, points: 5}, {points: 1}]"
    for each in ("size", "sise"):
        rule = f"per_record: {{of: fires, each: {each}, {tiers}}}"
        found = codes(tmp_path, f"{records}indicators: {{x: {{label: x, cite: notice, {rule}}}}}\n")
        assert {"JF310", "JF401"} & set(found)


PEOPLE = """\
facts: {income: {label: income, type: money}}
people:
  spouse:
    label: spouse
    shares: [income]
    facts: {local: {label: from here, type: boolean, default: false}}
    timelines: {lease: {label: lease, attributes: {paid: {label: paid, type: boolean}}}}
    records: {prizes: {label: prizes, attributes: {rank: {label: rank, type: integer}}}}
months: {leased: {of: lease, keep: [{when: paid, else: not paid}], to: application}}
record_sets:
  old: {of: prizes, keep: [{when: date < "2022-01-01"}]}
  firsts: {of: old, keep: [{when: rank == 1}]}
values: {years: {is: floor(count(leased) / 12)}}
"""
TABLE = """\
indicators:
  own: {label: own income, cite: notice, points: 1, when: income > 1000}
  lease: {label: lease, cite: notice, points: 2 * spouse.years, when: spouse.local}
  prizes: {label: prizes, cite: notice, points: "5 * number(spouse.firsts) + total(spouse.firsts, rank)"}
  income: {label: income, cite: notice, points: 3, when: given(spouse.income) and spouse.income > 1000}
"""


def test_inputs_of_a_person_alone(tmp_path: Path) -> None:
    assert codes(tmp_path, PEOPLE + TABLE) == []
    policy = jifen.load(tmp_path / "mill.yaml")
    spouse = {
        "facts": {"local": True, "income": "2000"},
        "timelines": {
            "lease": [{"from": "2021-07", "to": "2023-06", "paid": True}, {"from": "2023-07", "paid": False}]
        },
        "records": {"prizes": [{"date": "2020-01-01", "rank": 1}, {"date": "2021-01-01", "rank": 2}]},
    }
    alone: dict[str, Any] = {"applicant": "x", "date": "2024-06-10", "facts": {"income": "500"}}
    assert policy.score(alone).total == 0
    found = policy.score({**alone, "people": {"spouse": spouse}})
    assert [line.points for line in found.lines] == [0, 4, 6, 3]


def test_the_applicant_does_not_have_what_is_somebody_else_s(tmp_path: Path) -> None:
    assert codes(tmp_path, PEOPLE + TABLE) == []
    with pytest.raises(jifen.ApplicantError) as caught:
        jifen.load(tmp_path / "mill.yaml").score(
            {"applicant": "x", "date": "2024-06-10", "facts": {"income": "500", "local": True}}
        )
    assert [problem.path for problem in caught.value.problems] == ["facts.local"]


@pytest.mark.parametrize(
    ("said", "instead", "expected"),
    [
        ("when: spouse.local", "when: local", ["JF310"]),
        ("2 * spouse.years", "2 * years", ["JF514"]),
        ("of: lease,", "of: leasse,", ["JF514"]),
        ("when: income > 1000", "when: true", ["JF526"]),
        ("5 * number(spouse.firsts) + total(spouse.firsts, rank)", "5", ["JF510"] * 3),
        ("shares: [income]", "shares: [income, local]", ["JF515"]),
        ("facts: {local:", "facts: {leased: {label: x, type: boolean}, local:", ["JF515", "JF405"]),
    ],
)
def test_mistakes_about_people(said: str, instead: str, expected: list[str], tmp_path: Path) -> None:
    text = PEOPLE + TABLE
    assert said in text
    assert codes(tmp_path, text.replace(said, instead)) == expected


def test_points_in_value_have_the_range_of_their_band(tmp_path: Path) -> None:
    """The most a line can give is what a person can get, not what the formula gives far outside its band."""
    steps = "[{to: 35, points: 20}, {below: 45, points: 20 - 2 * (value - 35)}, {points: value - 45}]"
    text = f"""
facts:
  age: {{label: age, type: integer, from: 0, to: 60}}
  half: {{label: half, type: number, decimals: 1, from: 0, to: 60}}
indicators:
  age: {{label: age, cite: notice, bands: {{of: age, steps: {steps}}}}}
  half: {{label: half, cite: notice, bands: {{of: half, steps: {steps}}}}}
"""
    assert codes(tmp_path, text) == []
    policy = jifen.load(tmp_path / "mill.yaml")
    for age, points in ((35, 20), (36, 18), (44, 2), (45, 0), (60, 15)):
        card = policy.score({"applicant": "x", "date": "2024-06-10", "facts": {"age": age, "half": age}})
        assert [line.points for line in card.lines] == [points, points]
        assert [line["max"] for line in card.to_dict()["indicators"]] == ["20", "20"]
    half = {"applicant": "x", "date": "2024-06-10", "facts": {"age": 0, "half": "44.9"}}
    assert policy.score(half)["half"].points == Fraction("0.2")


def test_points_of_a_record_know_what_its_steps_have_asked(tmp_path: Path) -> None:
    records = "records: {fires: {label: fires, attributes: {size: {label: size, type: integer, required: false}}}}\n"
    rule = "per_record: {of: fires, keep: [{when: given(size) and size > 1, else: small}], points: 2 * size}"
    text = f"{records}indicators: {{x: {{label: x, cite: notice, {rule}}}}}\n"
    assert codes(tmp_path, text) == []
    assert codes(tmp_path, text.replace("given(size) and size > 1", "true")) == ["JF405"]
    fires = [{"date": "2020-01-01", "size": 5}, {"date": "2021-01-01"}, {"date": "2022-01-01", "size": 1}]
    write(tmp_path, text)
    card = jifen.load(tmp_path / "mill.yaml").score(
        {"applicant": "x", "date": "2024-06-10", "records": {"fires": fires}}
    )
    assert card.total == 10
