"""A population of six, whose every figure was computed by hand, under two versions of the harbour's policy.

Old: berth 10 a year at North and 11 at South; masters 20, mates 10; time ashore 10 from 36 months; pilots 15; line 40.
New: South 12 a year; pilots 20; masters 15; line 40; mates have 0, and only whoever landed two years ago may apply.
"""

from __future__ import annotations

import json
import re
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from jifen.api import Policy
from jifen.regression.impact import Impact, impact, wilson
from jifen.regression.impact_page import People
from jifen.regression.impact_report import rendered

from .town import changed, compared

OLD = changed(("line: 110", "line: 40"))
NEW = (
    changed(
        ("line: 110", "line: 40"),
        ("policy: harbour/2024", "policy: harbour/2025"),
        ("south: 11,", "south: 12,"),
        ("    points: 15\n", "    points: 20\n"),
        ("master: 20, mate: 10", "master: 15, mate: 0"),
        ("application) >= 12\n", "application) >= 24\n"),
    )
    .replace("2024-01-01", "2025-01-01")
    .replace("2024-12-31", "2025-12-31")
)


def person(landed: str, rank: str, pilot: bool, quay: str, years: int) -> dict[str, Any]:
    """Applies on 2024-06-15; whole years at a quay, up to May 2024."""
    spell = {"from": f"{2024 - years}-06", "to": "2024-05", "quay": quay}
    return {
        "applicant": f"{rank}-{landed}",
        "date": "2024-06-15",
        "facts": {"landed": landed, "permitted": landed, "rank": rank, "pilot": pilot},
        "timelines": {"moored": [spell] if years else []},
    }


SIX = [
    # berth 2 × 10, master 20, ashore 10, pilot 15: 65 -> 20 + 15 + 10 + 20 = 65, as before
    person("2010-01-01", "master", True, "north", 2),
    # berth 3 × 11, hand 0, ashore 10: 43 -> 3 × 12 + 10 = 46, +3
    person("2015-01-01", "hand", False, "south", 3),
    # berth 2 × 11, mate 10, ashore 10: 42 -> 24 + 0 + 10 = 34, -8 and below the line
    person("2015-01-01", "mate", False, "south", 2),
    # hand, ashore 10, pilot 15, berth 1 × 10: 35 -> 10 + 10 + 20 = 40, +5 and over the line
    person("2015-01-01", "hand", True, "north", 1),
    # landed 17 months ago (5 points); master 20, pilot 15, berth 1 × 11: 51 -> 5 + 15 + 20 + 12 = 52, but not eligible
    person("2023-01-10", "master", True, "south", 1),
    # says nothing of the rank: refused by both
    {"date": "2024-06-15", "facts": {"landed": "2015-01-01", "permitted": "2015-01-01", "pilot": False}},
]


@pytest.fixture
def six(tmp_path: Path) -> Impact:
    return of(tmp_path, SIX)


def of(folder: Path, people: list[dict[str, Any]], sample: bool = False) -> Impact:
    comparison = compared(folder, OLD, NEW)
    before, after = (Policy(side.source, {}) for side in (comparison.before, comparison.after))
    return impact(before, after, people, sample=sample)


def test_the_counts(six: Impact) -> None:
    assert (six.size, six.compared) == (6, 5)
    assert (six.refused_before, six.refused_after, six.refused_both) == (0, 0, 1)
    assert six.refusals["before"] == {"facts.rank": 1, "timelines.moored": 1}
    assert (six.gain, six.lose, six.same) == (3, 1, 1)
    # 65, 43, 42 and 51 reached 40 before; 65, 46 and 40 do so now, and 52 is no longer eligible
    assert (six.qualified_before, six.qualified_after) == (4, 3)
    assert (six.came_over, six.fell_below) == (1, 2)
    assert six.differences == {
        Fraction(0): 1,
        Fraction(3): 1,
        Fraction(-8): 1,
        Fraction(5): 1,
        Fraction(1): 1,
    }
    assert six.sum == 1 and six.mean == Fraction(1, 5)
    assert (six.quantile(1, 2), six.quantile(1, 5), six.quantile(1, 1)) == (1, -8, 5)


def test_through_which_indicators(six: Impact) -> None:
    parts = {part.path: (part.up, part.down, part.total, part.helped, part.hurt) for part in six.parts}
    assert parts == {
        # South: +3, +2, +1
        "basic/berth": (3, 0, Fraction(6), 0, 0),
        # two masters lose 5, a mate 10, and falls below by it; the master who is not eligible fell by the same
        "basic/rank": (0, 3, Fraction(-20), 0, 2),
        "basic/stay": (0, 0, Fraction(0), 0, 0),
        # three pilots gain 5, one comes over the line by it
        "pilots": (3, 0, Fraction(15), 1, 0),
    }
    assert (six.rest.up, six.rest.down, six.rest.total) == (0, 0, 0)


def test_requirements(six: Impact) -> None:
    [requirement] = six.requirements
    assert (requirement.name, requirement.now_unmet, requirement.now_met) == ("landed_before", 1, 0)


def test_the_most_affected(six: Impact) -> None:
    assert [one.difference for one in six.profiles] == [-8, 5, 3, 1]


def test_all_dates_move_with_the_year(six: Impact) -> None:
    assert six.moved_dates == (0, 6)
    assert six.profiles[0].after["date"] == "2025-06-15"
    assert {spell["from"] for spell in six.profiles[0].applicant["timelines"]["moored"]} == {"2022-06"}


def test_dates_of_application_alone(tmp_path: Path) -> None:
    comparison = compared(tmp_path, OLD, NEW)
    before, after = (Policy(side.source, {}) for side in (comparison.before, comparison.after))
    found = impact(before, after, SIX, sample=False, moved="application")
    # A year later everybody has landed two years ago.
    assert (found.qualified_after, found.requirements[0].now_unmet) == (4, 0)


def test_wilson() -> None:
    # The values in Newcombe (1998), table I: 81 of 263 and 0 of 20, at 95 %.
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (Fraction(2553, 10000), Fraction(3662, 10000))
    low, high = wilson(0, 20)
    assert low == 0 and round(high, 4) == Fraction(1611, 10000)


def test_intervals_stand_only_where_people_are_a_sample(tmp_path: Path) -> None:
    whole, sample = of(tmp_path / "a", SIX), of(tmp_path / "b", SIX, sample=True)
    assert whole.share(3).low is None and sample.share(3).low is not None


PLAIN = People("six.jsonl", None, (), ())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_no_identity_is_told(six: Impact, tmp_path: Path, form: str, lang: Any) -> None:
    text = rendered(six, PLAIN, compared(tmp_path, OLD, NEW), form, lang, 80)
    assert "master-2010" not in text and "2010-01-01" not in text and "2023-01-10" not in text
    assert "2024-06-15" not in text


def test_the_text(six: Impact, tmp_path: Path) -> None:
    text = rendered(six, PLAIN, compared(tmp_path, OLD, NEW), "text", "en", 90)
    for line in (
        "Population: the 6 people of six.jsonl.",
        r"gain points +3 +60.0 %",
        r"come to qualify +1 +20.0 %",
        r"by both +1 +16.7 %",
        r"old: facts.rank \(1\)",
        r"mean \+0.2, median \+1",
        r"rank +0 +3 +-4 +0 +2",
        r"No. 1: 42 → 34 \(-8\)",
        r"ceases to qualify",
        r"old: South: 24 months × 11 a year = 22; new: South: 24 months × 12 a year = 24",
        r"berth, South: 11 → 12 points a year",
    ):
        assert re.search(line, " ".join(text.split())), line


def test_the_text_in_chinese(six: Impact, tmp_path: Path) -> None:
    text = rendered(six, PLAIN, compared(tmp_path, OLD, NEW), "text", "zh", 90)
    assert "第 1 位：42 → 34（-8）" in text and "不再合格" in text and "泊位：22 → 24" in text


def test_the_json(six: Impact, tmp_path: Path) -> None:
    report = json.loads(rendered(six, PLAIN, compared(tmp_path, OLD, NEW), "json", "en", 80))
    assert report["format"] == "jifen-impact/1"
    assert report["gain"] == {"number": 3} and report["mean"] == "1/5"
    assert sum(bar["number"] for bar in report["histogram"]) == 5
    assert report["population"]["dates_moved"] == {"from": 0, "to": 6, "with": "person"}


class Tags(HTMLParser):
    """Which tags there are, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_else(six: Impact, tmp_path: Path) -> None:
    page = rendered(six, PLAIN, compared(tmp_path, OLD, NEW), "html", "zh", 80)
    tags = Tags()
    tags.feed(page)
    assert tags.open == []
    assert {"script", "link", "img", "iframe"}.isdisjoint(tag for tag, _ in tags.seen)
    assert not any({"src", "href"} & attributes.keys() for _, attributes in tags.seen)
    assert [attributes["lang"] for tag, attributes in tags.seen if tag == "html"] == ["zh-CN"]
    assert all(attributes.get("aria-label") for tag, attributes in tags.seen if tag == "svg")
    assert "@page { size: A4" in page and "max-width: 34rem" in page


def test_labels_are_escaped(tmp_path: Path) -> None:
    before, after = (text.replace("en: berth}", 'en: "<b>&"}') for text in (OLD, NEW))
    comparison = compared(tmp_path, before, after)
    policies = [Policy(side.source, {}) for side in (comparison.before, comparison.after)]
    found = impact(policies[0], policies[1], SIX, sample=False)
    page = rendered(found, PLAIN, comparison, "html", "en", 80)
    assert "<b>" not in page and "&lt;b&gt;&amp;" in page


def test_nobody_at_all(tmp_path: Path) -> None:
    found = of(tmp_path, [])
    assert (found.size, found.compared, found.mean) == (0, 0, 0)
    for form in ("text", "markdown", "json", "html"):
        assert rendered(found, PLAIN, compared(tmp_path, OLD, NEW), form, "en", 80)


def test_the_same_policy_changes_nothing(tmp_path: Path) -> None:
    comparison = compared(tmp_path, OLD, OLD)
    policies = [Policy(side.source, {}) for side in (comparison.before, comparison.after)]
    found = impact(policies[0], policies[1], SIX, sample=False)
    assert (found.gain, found.lose, found.came_over, found.fell_below) == (0, 0, 0, 0)
    assert found.profiles == [] and found.moved_dates == (0, 0)
