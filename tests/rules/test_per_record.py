"""`per_record`, option by option, on five fines (see town.py)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.rules.town import card, policy_text

KINDS = "by: kind, points: {light: 1, grave: 10}"

# By date: light 2019-05-06 (10), grave 2020-02-29 (20.5), grave 2020-03-01 (5), light 2023-12-31 (0),
# grave 2024-05-06 (100), the day of application; the cutoff is 2023-12-31.
CASES: dict[str, tuple[str, str]] = {
    "each record": ("of: fines, points: 2", "10"),
    "points below zero": ("of: fines, points: -2", "-10"),
    "by option": (f"of: fines, {KINDS}", "32"),  # 2 * 1 + 3 * 10
    "by rows": ("of: fines, by: kind, points: [{for: [light, grave], points: 3}]", "15"),
    "by option with words of its own": (
        "of: fines, by: kind, points: {light: {points: 1, label: a light one, cite: notice#2}, grave: 10}",
        "32",
    ),
    "points of the record's own": ("of: fines, points: amount * 1", "271/2"),  # 10 + 20.5 + 5 + 0 + 100
    "points of record and applicant": ("of: fines, points: act * children", "36"),  # (1 + 2 + 2 + 3 + 4) * 3
    "a named set of records": ("of: grave_fines, points: 2", "6"),
    # keep
    "keep": ('of: fines, keep: [{when: kind == "grave", else: light}], points: 2', "6"),
    "keep twice": (
        'of: fines, keep: [{when: kind == "grave", else: light}, {when: amount > 5, else: small}], points: 2',
        "4",
    ),
    "keep by the date": ("of: fines, keep: [{when: date <= cutoff, else: late}], points: 2", "8"),
    "keep of a set": ("of: grave_fines, keep: [{when: amount > 5, else: small}], points: 2", "4"),
    # windows: back from the application to 2019-05-06, the very day of the first fine
    "within years": ("of: fines, within: {years: 5, before: application}, points: 2", "10"),
    "within years, the edge inside": (
        "of: fines, within: {years: 5, before: application, edge: inside}, points: 2",
        "10",
    ),
    "within years, the edge outside": (
        "of: fines, within: {years: 5, before: application, edge: outside}, points: 2",
        "8",
    ),
    "within, before the cutoff": ("of: fines, within: {years: 5, before: cutoff}, points: 2", "8"),
    "within months": (
        "of: fines, within: {months: 50, before: application}, points: 2",
        "4",
    ),  # to 2020-03-06
    "within more months": (
        "of: fines, within: {months: 51, before: application}, points: 2",
        "8",
    ),  # to 2020-02-06
    "within days": ("of: fines, within: {days: 127, before: application}, points: 2", "4"),  # to 2023-12-31
    "within days, the edge outside": (
        "of: fines, within: {days: 127, before: application, edge: outside}, points: 2",
        "2",
    ),
    # four years back from a 29 February there is one; three years back it is the 28th
    "within, from a leap day": ("of: fines, within: {years: 4, before: leap_day}, points: 2", "6"),
    "within, from a leap day, outside": (
        "of: fines, within: {years: 4, before: leap_day, edge: outside}, points: 2",
        "4",
    ),
    "calendar years": ("of: fines, within: {calendar_years: 2, before: application}, points: 2", "4"),
    "calendar years before the cutoff": (
        "of: fines, within: {calendar_years: 1, before: cutoff}, points: 2",
        "2",
    ),
    "one calendar year more": ("of: fines, within: {calendar_years: 5, before: application}, points: 2", "8"),
    "a window of one kind": (
        "of: fines, by: kind, points: {light: {points: 1, within: {years: 1, before: application}}, grave: 10}",
        "31",
    ),
    "a window of each kind": (
        "of: fines, by: kind, points: {light: {points: 1, within: {years: 1, before: application}},"
        " grave: {points: 10, within: {months: 50, before: application}}}",
        "11",
    ),
    "a window for all and one of a kind": (
        "of: fines, within: {years: 4, before: application}, by: kind,"
        " points: {light: {points: 1, within: {years: 5, before: application}}, grave: 10}",
        "11",  # both must hold: 2023-12-31 and 2024-05-06
    ),
    # tiers, by date whatever the order in which the records are given
    "tiers": ("of: fines, tiers: [{first: 1, points: 20}, {first: 2, points: 5}, {points: 1}]", "32"),
    "one tier": ("of: fines, tiers: [{points: 3}]", "15"),
    "tiers of what is kept": (
        'of: fines, keep: [{when: kind == "grave", else: light}], tiers: [{first: 1, points: 20}, {points: 1}]',
        "22",
    ),
    "tiers of what is in the window": (
        "of: fines, within: {years: 1, before: application}, tiers: [{first: 1, points: 20}, {points: 1}]",
        "21",
    ),
    "tiers by option": (
        "of: fines, by: kind, tiers: [{first: 1, points: {light: 1, grave: 10}}, {points: {light: 2, grave: 20}}]",
        "63",  # light first: 1, then 20 + 20 + 2 + 20
    ),
    "tiers of each option": (
        "of: fines, by: kind, each: kind,"
        " tiers: [{first: 1, points: {light: 1, grave: 10}}, {points: {light: 2, grave: 20}}]",
        "53",  # light 1 and 2, grave 10, 20 and 20
    ),
    "tiers with the record's own points": (
        "of: fines, tiers: [{first: 2, points: amount * 1}, {points: 0}]",
        "61/2",  # 10 + 20.5
    ),
    # one act counts once
    "the higher of one act": ("of: fines, points: amount * 1, distinct: act, counts: highest", "261/2"),
    "the higher unless stated": ("of: fines, points: amount * 1, distinct: act", "261/2"),
    "the lower of one act": ("of: fines, points: amount * 1, distinct: act, counts: lowest", "115"),
    "one of each kind": ("of: fines, points: amount * 1, distinct: kind", "110"),
    "one of equals": ("of: fines, points: 3, distinct: act", "12"),
    # combination
    "the highest": ("of: fines, points: amount * 1, combine: highest", "100"),
    "the lowest": ("of: fines, points: amount * 1, combine: lowest", "0"),
    "the highest below zero": ("of: fines, by: kind, points: {light: -1, grave: -5}, combine: highest", "-1"),
    "the lowest below zero": ("of: fines, by: kind, points: {light: -1, grave: -5}, combine: lowest", "-5"),
    "the sum in words": ("of: fines, points: 2, combine: sum", "10"),
    # rounding of each record: thirds of 10, 20.5, 5, 0 and 100
    "each rounded": ("of: fines, points: amount / 3, round: 1", "45"),  # 3 + 7 + 2 + 0 + 33
    "each rounded up": (
        "of: fines, points: amount / 3, round: {to: 1, ties: up}",
        "47",
    ),  # 4 + 7 + 2 + 0 + 34
    "each cut off": ("of: fines, points: amount / 3, round: {to: 1, ties: down}", "43"),  # 3 + 6 + 1 + 0 + 33
    "halves to even": (
        "of: fines, points: amount / 10, round: {to: 1, ties: half_even}",
        "13",
    ),  # 1 + 2 + 0 + 10
    "halves away from zero": ("of: fines, points: amount / 10, round: 1", "14"),  # 1 + 2 + 1 + 0 + 10
    "each rounded, then the highest of one act": (
        "of: fines, points: amount / 3, round: 1, distinct: act",
        "43",  # 3 + 7 + 0 + 33
    ),
    # a cap for each calendar year: 2019 one, 2020 two, 2023 one, 2024 one
    "a cap for each year": ("of: fines, points: 3, cap: {each: calendar_year, points: 5}", "14"),
    "a cap of a fraction": ("of: fines, points: 3, cap: {each: calendar_year, points: 2.5}", "10"),
    "a cap behind rounding": (
        "of: fines, points: amount / 3, round: 1, cap: {each: calendar_year, points: 8}",
        "19",  # 3, 7 + 2 capped at 8, 0, 33 capped at 8
    ),
    "a cap behind one act counts once": (
        "of: fines, points: 4, distinct: act, cap: {each: calendar_year, points: 6}",
        "16",  # 4, 4, 4, 4
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_per_record(name: str, tmp_path: Path) -> None:
    rule, points = CASES[name]
    assert card(policy_text(f"per_record: {{{rule}}}"), tmp_path)["x"].points == Fraction(points)


@pytest.mark.parametrize(
    "rule",
    [
        "points: 3",
        KINDS,
        "tiers: [{first: 1, points: 20}, {points: 1}]",
        "points: 3, distinct: act",
        "points: 3, combine: highest",
        "points: -3, combine: lowest",
        "points: 3, cap: {each: calendar_year, points: 5}",
    ],
)
def test_no_record_gives_nothing(rule: str, tmp_path: Path) -> None:
    assert card(policy_text(f"per_record: {{of: fines, {rule}}}"), tmp_path, fines=[])["x"].points == 0


def test_records_of_one_day_count_in_the_order_given(tmp_path: Path) -> None:
    text = policy_text("per_record: {of: fines, tiers: [{first: 1, points: amount * 1}, {points: 0}]}")
    fines = [{"kind": "light", "act": 1, "amount": amount, "date": "2024-01-01"} for amount in (7, 9)]
    assert card(text, tmp_path, fines=fines)["x"].points == 7
    assert card(text, tmp_path, fines=fines[::-1])["x"].points == 9


def test_a_record_of_the_day_after_is_outside(tmp_path: Path) -> None:
    text = policy_text("per_record: {of: fines, within: {years: 5, before: cutoff}, points: 1}")
    for day, points in (("2018-12-30", 0), ("2018-12-31", 1), ("2023-12-31", 1), ("2024-01-01", 0)):
        fines = [{"kind": "light", "act": 1, "date": day}]
        assert card(text, tmp_path, fines=fines)["x"].points == points


def test_the_first_reason_is_told(tmp_path: Path) -> None:
    rule = (
        'per_record: {of: fines, keep: [{when: kind == "grave", else: light ones do not count}],'
        " within: {years: 1, before: application}, points: 1, distinct: act}"
    )
    line = card(policy_text(rule), tmp_path).to_dict()["indicators"][0]
    assert [(record["counted"], record.get("reason")) for record in line["records"]] == [
        (True, None),
        (False, "light ones do not count"),
        (False, {"zh": "不在所计期间内", "en": "outside the window"}),
        (False, {"zh": "不在所计期间内", "en": "outside the window"}),
        (False, "light ones do not count"),
    ]
