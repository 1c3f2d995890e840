"""`points`, `formula`, `lookup`, `bands` and `per_unit`, and the conditions and bounds that every line can have."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.rules.town import card, policy_text

CHILDREN = "bands: {of: children, steps: [{below: 2, points: 0}, {to: 3, points: 5}, {points: 9}]}"
SLIDING = 'bands: {of: children, steps: [{to: 2, points: 10}, {below: 6, points: "10 - (value - 2) / 3"}, {points: 1}]}'
SHARE = "bands: {of: savings / crew, steps: [{to: 357, points: 1}, {to: 358, points: 2}, {points: 3}]}"
TOOLS = "lookup: {of: tools, points: {rope: 1, knife: 10, lamp: 100}}"
RANKS = "lookup: {of: rank, points: {master: 10, mate: 5.5, hand: 0}}"

# Jo has 3 children, a crew of 7, 1.75 of height, savings of 2499.99, is a mate, with rope and lamp, and sails.
CASES: dict[str, tuple[str, str]] = {
    "points": ("points: 5", "5"),
    "points with decimals": ("points: 5.25", "21/4"),
    "points as a fraction": ('points: "7/24"', "7/24"),
    "points below zero": ("points: -3", "-3"),
    "points by expression": ("points: children * 2 + 1", "7"),
    "formula": ("formula: 'min(children, 2) * 3'", "6"),
    "formula with a division": ("formula: children / 4", "3/4"),
    "formula with a share": ("formula: '10 / max(children, 1)'", "10/3"),
    "formula rounded": ("formula: 'round_half_up(savings / crew, 0.01) * 1'", "35714/100"),  # 357.1414...
    "when it holds": ("points: 5, when: sails", "5"),
    "when it does not": ("points: 5, when: not sails", "0"),
    "when with what may be absent": ("points: 5, when: given(height) and height > 1.74", "5"),
    "points of what may be absent": ("points: height * 4, when: given(height)", "7"),
    # lookup
    "lookup": (RANKS, "11/2"),
    "lookup by rows": (
        "lookup: {of: rank, points: [{for: [master, mate], points: 4}, {for: hand, points: 1}]}",
        "4",
    ),
    "lookup by expression": ("lookup: {of: rank, points: {master: 1, mate: children * 2, hand: 0}}", "6"),
    "lookup with a default": ("lookup: {of: rank, points: {master: 1}, default: 3}", "3"),
    "lookup, not the default": ("lookup: {of: rank, points: {mate: 1}, default: 3}", "1"),
    "lookup of several at once": (TOOLS, "101"),
    "lookup of several, with a default": ("lookup: {of: tools, points: {rope: 1}, default: 3}", "4"),
    # bands
    "a band": (CHILDREN, "5"),
    "a band with its value": (SLIDING, "29/3"),  # 10 - 1 / 3
    "a band of months": ("bands: {of: count(served), steps: [{below: 42, points: 1}, {points: 2}]}", "2"),
    "a band of months, inside": (
        "bands: {of: count(served), steps: [{to: 42, points: 1}, {points: 2}]}",
        "1",
    ),
    "a band of a fraction": (
        'bands: {of: children / 4, steps: [{below: "3/4", points: 1}, {points: 2}]}',
        "2",
    ),
    "a band of a decimal": (
        "when: given(height), bands: {of: height, steps: [{below: 1.75, points: 1}, {points: 2}]}",
        "2",
    ),
    "a band of a quotient": (SHARE, "2"),  # 2499.99 / 7 = 357.14
    "a band with points by expression": (
        "bands: {of: children, steps: [{to: 3, points: crew * 2}, {points: 0}]}",
        "14",
    ),
    # per unit: of 2499.99, 1499.99 are above 1000
    "per unit": ("per_unit: {of: savings, unit: 500, points: 2}", "8"),
    "per unit above": ("per_unit: {of: savings, above: 1000, unit: 500, points: 2}", "4"),
    "per unit above what there is": ("per_unit: {of: savings, above: 3000, unit: 500, points: 2}", "0"),
    "per unit, below zero": ("per_unit: {of: savings, above: 1000, unit: 500, points: -2}", "-4"),
    "per unit of months": ("per_unit: {of: count(served), unit: 12, points: 3}", "9"),
    "per unit of a fraction": ('per_unit: {of: children, unit: "2/3", points: 1}', "4"),  # 4.5 units
    "per unit, exactly full": ("per_unit: {of: children, above: 1, unit: 0.5, points: 1}", "4"),
    "per unit of a quotient": ("per_unit: {of: savings / crew, unit: 100, points: 2}", "6"),  # 357.14
    "per unit of a quotient, above": (
        "per_unit: {of: savings / crew, above: 57.5, unit: 100, points: 2}",
        "4",
    ),
    "per unit with points by expression": ("per_unit: {of: children, unit: 1, points: crew}", "21"),
    # what every line can have, always in this order: round, floor, cap, when
    "rounded": ("points: 14/3, round: 0.01", "467/100"),
    "rounded to a half": ("points: 14/3, round: 0.5", "9/2"),
    "rounded up": ("points: 14/3, round: {to: 0.1, ties: up}", "47/10"),
    "rounded down": ("points: 14/3, round: {to: 0.1, ties: down}", "46/10"),
    "a half away from zero": ("points: -2.5, round: 1", "-3"),
    "a half to even": ("points: 2.5, round: {to: 1, ties: half_even}", "2"),
    "a floor": ("points: -2.5, floor: 0", "0"),
    "a cap": ("points: 14, cap: 10", "10"),
    "rounded, then the floor": ("points: 4.4, round: 1, floor: 4.2", "21/5"),
    "rounded, then the cap": ("points: 14.6, round: 1, cap: 14.8", "74/5"),
    "the floor below the cap": ("points: 3, floor: 5, cap: 8", "5"),
    "neither floor nor cap": ("points: 6, floor: 5, cap: 8", "6"),
    "no floor where it does not apply": ("points: 3, floor: 5, when: not sails", "0"),
    "no cap where it does not apply": ("points: -9, cap: -2, when: not sails", "0"),
    "a cap below zero": ("points: -1, cap: -2", "-2"),
}


@pytest.mark.parametrize("name", CASES)
def test_line(name: str, tmp_path: Path) -> None:
    rule, points = CASES[name]
    assert card(policy_text(rule), tmp_path)["x"].points == Fraction(points)


EDGES = {0: 0, 1: 0, 2: 5, 3: 5, 4: 9, 12: 9}
SLOPE = {2: 10, 3: Fraction(29, 3), 5: 9, 6: 1, 12: 1}


@pytest.mark.parametrize(
    ("rule", "expected"), [(CHILDREN, EDGES), (SLIDING, SLOPE)], ids=["steps", "sliding"]
)
def test_edges_of_bands(rule: str, expected: dict[int, object], tmp_path: Path) -> None:
    text = policy_text(rule)
    for children, points in expected.items():
        assert card(text, tmp_path, children=children)["x"].points == points


def test_edges_of_a_quotient_are_exact(tmp_path: Path) -> None:
    """357 for each of 7 is 2499: a hundredth more is another band."""
    for savings, points in (("2498.99", 1), ("2499", 1), ("2499.01", 2), ("2506", 2), ("2506.01", 3)):
        assert card(policy_text(SHARE), tmp_path, savings=savings)["x"].points == points


def test_options(tmp_path: Path) -> None:
    for rank, points in (("master", 10), ("mate", Fraction(11, 2)), ("hand", 0)):
        assert card(policy_text(RANKS), tmp_path, rank=rank)["x"].points == points
    for tools, sum_ in ((["rope"], 1), ("lamp", 100), (["rope", "knife", "lamp"], 111)):
        assert card(policy_text(TOOLS), tmp_path, tools=tools)["x"].points == sum_


def test_what_is_absent_gives_nothing(tmp_path: Path) -> None:
    text = policy_text("points: height * 4, when: given(height)")
    assert card(text, tmp_path, height=None)["x"].points == 0
