"""Groups, roundings for the whole policy, scores, the outcome, and checks."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.rules.town import HEAD, card, jo, load

# Of the lines of a group: a has 7, b -2, c 4 but does not apply, d 1/3.
LINES = "{a: {points: 7}, b: {points: -2}, c: {points: 4, when: not sails}, d: {points: 1/3}}"

# What a group says beside its lines, and its points.
GROUPS: dict[str, tuple[str, str, str]] = {
    "the sum": ("", LINES, "16/3"),  # 7 - 2 + 0 + 1/3
    "the sum in words": ("combine: sum", LINES, "16/3"),
    "the highest": ("combine: highest", LINES, "7"),
    "the lowest": ("combine: lowest", LINES, "-2"),
    "the first": ("combine: first", LINES, "7"),
    "the first that applies": (
        "combine: first",
        "{c: {points: 4, when: not sails}, b: {points: -2}, a: {points: 7}}",
        "-2",
    ),
    "the first of none": ("combine: first", "{c: {points: 4, when: not sails}}", "0"),
    "a line that does not apply is 0": (
        "combine: highest",
        "{b: {points: -2}, c: {points: 4, when: not sails}}",
        "0",
    ),
    "the one chosen": (
        "combine: {chosen: rank}",
        "{master: {points: 9}, mate: {points: 5}, hand: {points: 1}}",
        "5",
    ),
    "the one chosen does not apply": (
        "combine: {chosen: rank}",
        "{master: {points: 9}, mate: {points: 5, when: not sails}, hand: {points: 1}}",
        "0",
    ),
    "chosen without a line": ("combine: {chosen: rank}", "{master: {points: 9}, hand: {points: 1}}", "0"),
    "a cap": ("cap: 5", LINES, "5"),
    "a floor": ("floor: 6", LINES, "6"),
    "rounded": ("round: 1", LINES, "5"),
    "rounded, floor and cap": ("round: 1, floor: 2, cap: 4.5", LINES, "9/2"),
    "when": ("when: not sails", LINES, "0"),
    "when, with a floor": ("when: not sails, floor: 6", LINES, "0"),
    "a group in a group": ("cap: 20", f"{{inner: {{cap: 5, indicators: {LINES}}}, a: {{points: 7}}}}", "12"),
    "the highest of groups": (
        "combine: highest",
        "{one: {indicators: {a: {points: 3}, b: {points: 3}}}, two: {indicators: {a: {points: 5}}}}",
        "6",
    ),
    "what a group asks holds inside": (
        "when: given(height)",
        "{a: {points: height * 4}}",
        "7",
    ),
    "declined": ("declinable: sails", LINES, "0"),
    "a line declined": ("", "{a: {points: 7, declinable: sails}, b: {points: -2}}", "-2"),
}


def group(extra: str, lines: str) -> str:
    extra = f"{extra}, " if extra else ""
    return f"{HEAD}indicators:\n  x: {{label: x, cite: notice, {extra}indicators: {lines}}}\n"


@pytest.mark.parametrize("name", GROUPS)
def test_group(name: str, tmp_path: Path) -> None:
    extra, lines, points = GROUPS[name]
    assert card(group(extra, lines), tmp_path)["x"].points == Fraction(points)


THIRDS = "indicators:\n" + "".join(f"  {name}: {{cite: notice, points: 1/3}}\n" for name in "abc")


@pytest.mark.parametrize(
    ("more", "total"),
    [
        ("", "1"),
        ("rounding: {each: indicator, to: 0.01}\n", "99/100"),
        ("rounding: {each: indicator, to: 0.01, ties: up}\n", "51/50"),
        ("rounding: {each: total, to: 2, ties: up}\n", "2"),
        ("rounding: {each: total, to: 2, ties: down}\n", "0"),
        ("scores: {total: {sum: all, round: 0.4}}\n", "6/5"),  # a half: 1 is as near to 0.8 as to 1.2
        ("rounding: {each: total, to: 2}\nscores: {total: {sum: all, round: 0.4}}\n", "6/5"),
        ("scores: {total: {sum: all, floor: 3}}\n", "3"),
        ("scores: {total: {sum: all, cap: 0.5}}\n", "1/2"),
        ("scores: {total: {sum: [a, b]}}\n", "2/3"),
        ("scores: {total: {sum: [a, a]}}\n", "2/3"),
        ("scores: {total: {sum: [part, c], cap: 0.9}, part: {sum: [a, b], cap: 0.5}}\n", "5/6"),
        ("scores: {total: {of: part * 2 + c}, part: {sum: [a]}}\n", "1"),
        ("scores: {total: {of: 'max(part, 0.5)'}, part: {sum: [a]}}\n", "1/2"),
        ("scores: {total: {of: part * children, round: 0.5}, part: {sum: [a]}}\n", "1"),
    ],
)
def test_scores(more: str, total: str, tmp_path: Path) -> None:
    assert card(HEAD + THIRDS + more, tmp_path).total == Fraction(total)


def test_a_rounding_of_its_own_goes_before_that_of_the_policy(tmp_path: Path) -> None:
    rounding = "rounding: {each: indicator, to: 0.01}\n"
    text = f"{HEAD}{rounding}indicators: {{a: {{cite: notice, points: 1/3, round: 0.1}}}}\n"
    assert card(text, tmp_path).total == Fraction(3, 10)


def test_scores_by_path(tmp_path: Path) -> None:
    """Two lines have one name; their paths tell them apart."""
    text = f"{HEAD}indicators:\n"
    for name, points in (("sea", 3), ("land", 4)):
        text += (
            f"  {name}: {{cite: notice, indicators: {{home: {{points: {points}}}, work: {{points: 1}}}}}}\n"
        )
    text += "scores: {total: {sum: all}, homes: {sum: [sea/home, land/home]}, land_only: {sum: [land]}}\n"
    assert card(text, tmp_path).scores == {"total": 9, "homes": 7, "land_only": 5}


LINE = "indicators: {a: {cite: notice, points: children}}\n"


@pytest.mark.parametrize(
    ("outcome", "qualifying"),
    [
        ("line: 3, cite: notice", {3, 4}),
        ("line: 3, reached: at, cite: notice", {3, 4}),
        ("line: 3, reached: above, cite: notice", {4}),
        ("line: 2.5, cite: notice", {3, 4}),
        ("line: crew - 3, cite: notice", {4}),
        ("requirements: all", {0, 2, 3, 4}),
        ("gates: [{require: total >= 2}, {require: total <= 3}]", {2, 3}),
        ("line: 3, gates: [{require: double == 8}], cite: notice", {4}),
        ("line: 5, score: double, cite: notice", {3, 4}),
    ],
)
def test_outcome(outcome: str, qualifying: set[int], tmp_path: Path) -> None:
    scores = "scores: {total: {sum: all}, double: {of: total * 2}}\n"
    policy = load(f"{HEAD}{LINE}{scores}outcome: {{{outcome}}}\n", tmp_path)
    assert {n for n in (0, 2, 3, 4) if policy.score(jo(children=n)).qualifies} == qualifying


def test_the_score_that_is_chosen_decides(tmp_path: Path) -> None:
    scores = "scores: {master: {of: a * 10}, mate: {of: a + 1}, hand: {sum: [a]}}\n"
    text = f"{HEAD}{LINE}{scores}outcome: {{score: {{chosen: rank}}, line: 4, cite: notice}}\n"
    policy = load(text, tmp_path)
    found = {rank: policy.score(jo(rank=rank)) for rank in ("master", "mate", "hand")}
    assert {rank: card.total for rank, card in found.items()} == {"master": 30, "mate": 4, "hand": 3}
    assert {rank: card.qualifies for rank, card in found.items()} == {
        "master": True,
        "mate": True,
        "hand": False,
    }


def test_requirements_and_vetoes(tmp_path: Path) -> None:
    text = f"""{HEAD}{LINE}eligibility:
  served: {{label: served, require: count(served) >= 42}}
  graver: {{label: no grave fine, veto: number(grave_fines) > 0}}
outcome: {{line: 1, cite: notice}}
"""
    policy = load(text, tmp_path)
    found = policy.score(jo())
    assert found.requirements == {"served": True, "graver": False}
    assert (found.eligible, found.qualifies) == (False, False)
    found = policy.score(jo(fines=[]))
    assert (found.eligible, found.qualifies) == (True, True)
    found = policy.score(jo(fines=[], children=0))
    assert (found.eligible, found.qualifies) == (True, False)


def test_checks_warn(tmp_path: Path) -> None:
    text = f"""{HEAD}{LINE}checks:
  rich: {{label: rich, when: savings > 2499.99}}
  fined: {{label: fined, when: 'total(fines, amount) > 135'}}
"""
    policy = load(text, tmp_path)
    assert policy.score(jo()).warnings == ("fined",)
    assert policy.score(jo(savings=2500, fines=[])).warnings == ("rich",)
