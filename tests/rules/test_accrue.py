"""`accrue`, option by option, on months that can be counted on the fingers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from tests.rules.town import card, policy_text, spells

SHIPS = "{cutter: 2, barge: 3}"
TWO = "tiers: [{first: {months: 24}, points: 1}, {points: 2}]"
THREE = "tiers: [{first: {years: 1}, points: 1}, {first: {months: 12}, points: 2}, {points: 3}]"
RATES = (
    "rates: [{to: 2020-12, points: 1}, {from: 2021-01, to: 2022-12, points: 2}, {from: 2023-01, points: 3}]"
)

# The rule, and the points of Jo (see town.py) with how they come about.
CASES: dict[str, tuple[str, str]] = {
    # 42 months
    "a point a month": ("months: served, points: 1", "42"),
    "a month is the measure unless stated": ("months: served, points: 1, per: month", "42"),
    "points a year, month by month": ("months: served, per: year, points: 5", "35/2"),  # 42 / 12 * 5
    "points of a third": ("months: served, points: 1/3", "14"),
    "points below zero": ("months: served, points: -2", "-84"),
    "points as an expression": ("months: served, points: children * 2", "252"),  # 42 * 3 * 2
    "no months": ("months: served & ashore, points: 1", "0"),
    "a set made on the spot": ("months: served.cutter - served.barge, points: 1", "30"),  # 36 - 6
    # 42 months are 3 full years; the runs of 30 and 12 months are 2 and 1
    "full years": ("months: served, credit: full_years, per: year, points: 5", "15"),
    "full years at points a month": ("months: served, credit: full_years, points: 1", "36"),
    "full years of each run": ("months: served, credit: full_years_of_each_run, per: year, points: 5", "15"),
    "month by month in words": ("months: served, credit: monthly, points: 1", "42"),
    # ledgers: cutter 36, barge 12; deck 30, engine 24
    "each option": (f"months: served, each: ship, points: {SHIPS}", "108"),  # 36 * 2 + 12 * 3
    "each option, the highest": (f"months: served, each: ship, combine: highest, points: {SHIPS}", "72"),
    "each option of several at once": ("months: served, each: duty, points: {deck: 1, engine: 10}", "270"),
    "each option at one rate": ("months: served, each: ship, points: 2", "96"),  # (36 + 12) * 2
    "each option by rows": (
        "months: served, each: ship, points: [{for: [cutter, barge], points: 2}]",
        "96",
    ),
    # each ledger is credited by itself: 3 years and 1
    "full years of each ledger": (
        f"months: served, each: ship, credit: full_years, per: year, points: {SHIPS}",
        "9",  # 3 * 2 + 1 * 3
    ),
    # one class a month: barge first takes 12 and leaves the cutter 30; cutter first takes 36 and leaves 6
    "by, barge first": (f"months: served, by: ship, priority: [barge, cutter], points: {SHIPS}", "96"),
    "by, cutter first": (f"months: served, by: ship, priority: [cutter, barge], points: {SHIPS}", "90"),
    "by, the highest rate first": (f"months: served, by: ship, priority: highest, points: {SHIPS}", "96"),
    "by, unless stated the highest": (f"months: served, by: ship, points: {SHIPS}", "96"),
    "by, the highest of rates below zero": (
        "months: served, by: ship, priority: highest, points: {cutter: -2, barge: -1}",
        "-72",  # the barge costs less: 12 * -1 + 30 * -2
    ),
    "by, the highest ledger": (
        f"months: served, by: ship, priority: [barge, cutter], combine: highest, points: {SHIPS}",
        "60",  # 30 * 2 against 12 * 3
    ),
    "by, several at once": (
        "months: served, by: duty, priority: [engine, deck], points: {deck: 1, engine: 10}",
        "258",  # 24 * 10 + (30 - 12) * 1
    ),
    # limits
    "a limit": ("months: served, points: 1, limit: 20", "20"),
    "a limit that is not reached": ("months: served, points: 1, limit: 50", "42"),
    "a limit on each ledger": (f"months: served, each: ship, limit: 20, points: {SHIPS}", "76"),  # 20*2+12*3
    "a limit on all classes": (
        f"months: served, by: ship, priority: [barge, cutter], limit: 20, points: {SHIPS}",
        "52",  # 12 * 3, then the 8 earliest of the cutter * 2
    ),
    "a limit by expression": ("months: served, points: 1, limit: count(ashore)", "5"),
    "a limit that is no whole number": ("months: served, points: 1, limit: count(ashore) / 2", "2"),
    "a limit below zero": ("months: served, points: 1, limit: count(ashore) - 9", "0"),
    "the earliest months are within the limit": (
        "months: served, rates: [{to: 2020-06, points: 10}, {from: 2020-07, points: 1}], limit: 8",
        "62",  # 6 * 10 + 2 * 1
    ),
    # tiers
    "tiers": (f"months: served, {TWO}", "60"),  # 24 * 1 + 18 * 2
    "three tiers": (f"months: served, {THREE}", "90"),  # 12 * 1 + 12 * 2 + 18 * 3
    "one tier": ("months: served, tiers: [{points: 2}]", "84"),
    "tiers a year": (f"months: served, per: year, {TWO}", "5"),  # 60 / 12
    "tiers in words": (f"months: served, mode: marginal, {TWO}", "60"),
    "the whole at the tier reached": (f"months: served, mode: whole, {TWO}", "84"),  # 42 * 2
    "the whole, the last month of a tier": (f"months: served, mode: whole, limit: 24, {TWO}", "24"),
    "the whole, the first month of the next": (f"months: served, mode: whole, limit: 25, {TWO}", "50"),
    "the whole of three": (f"months: served, mode: whole, limit: 24, {THREE}", "48"),  # 24 * 2
    "tiers of full years": (f"months: served, credit: full_years, {TWO}", "48"),  # 36: 24 * 1 + 12 * 2
    "the whole of full years": (f"months: served, credit: full_years, mode: whole, {TWO}", "72"),  # 36 * 2
    "tiers in each ledger": (f"months: served, each: ship, {TWO}", "60"),  # 24 + 12 * 2, and 12
    "tiers by option": (
        "months: served, each: ship, tiers: [{first: {months: 6}, points: {cutter: 1, barge: 2}},"
        " {points: {cutter: 3, barge: 4}}]",
        "132",  # 6 * 1 + 30 * 3, and 6 * 2 + 6 * 4
    ),
    # of all months served the first 24 end in 2021-12: 6 of the barge are before, 6 behind
    "tiers by the progress of another set": (f"months: served.barge, progress: served, {TWO}", "18"),
    "the whole by the progress of another set": (
        f"months: served.barge, progress: served, mode: whole, {TWO}",
        "24",  # 42 months of progress: 12 * 2
    ),
    # rates: 2020 has 12 months, 2021-01 to 2022-06 are 18, 2023 has 12
    "rates": (f"months: served, {RATES}", "84"),  # 12 * 1 + 18 * 2 + 12 * 3
    "rates open at both ends": ("months: served, rates: [{points: 2}]", "84"),
    "months of no rate": ("months: served, rates: [{from: 2021-01, to: 2021-12, points: 1}]", "12"),
    "rates by option": (
        "months: served, each: ship, rates: [{to: 2021-12, points: {cutter: 1, barge: 2}}, {from: 2022-01, points: 3}]",
        "90",  # cutter 24 * 1 + 12 * 3, barge 6 * 2 + 6 * 3
    ),
    "full years of each rate": (f"months: served, credit: full_years, {RATES}", "72"),  # 12 + 12 * 2 + 12 * 3
    # vesting
    "vested": ("months: served, points: 1, vest: {after: {months: 42}, credit: retroactive}", "42"),
    "not vested yet": ("months: served, points: 1, vest: {after: {months: 43}, credit: retroactive}", "0"),
    "vested in years": ("months: served, points: 1, vest: {after: {years: 3}, credit: retroactive}", "42"),
    "from then on": ("months: served, points: 1, vest: {after: {years: 3}, credit: from_then}", "6"),
    "from then on, not there yet": (
        "months: served, points: 1, vest: {after: {years: 4}, credit: from_then}",
        "0",
    ),
    "from then on, in tiers": (
        f"months: served, vest: {{after: {{years: 1}}, credit: from_then}}, {TWO}",
        "36",  # 30 left: 24 * 1 + 6 * 2
    ),
    "from then on, in full years": (
        "months: served, credit: full_years, per: year, points: 5, vest: {after: {months: 10}, credit: from_then}",
        "10",  # 32 left: 2 years
    ),
    "from then on, at the rates of the months left": (
        f"months: served, vest: {{after: {{years: 1}}, credit: from_then}}, {RATES}",
        "72",  # all of 2020 goes: 18 * 2 + 12 * 3
    ),
    "each ledger vests by itself": (
        f"months: served, each: ship, points: {SHIPS}, vest: {{after: {{years: 2}}, credit: retroactive}}",
        "72",  # the barge has 12
    ),
    "a ledger vests by the progress of another set": (
        "months: served.barge, progress: served, points: 1, vest: {after: {months: 42}, credit: retroactive}",
        "12",
    ),
    "months behind the progress of another set": (
        "months: served.barge, progress: served, points: 1, vest: {after: {years: 2}, credit: from_then}",
        "6",  # those behind 2021-12
    ),
    # a cap for each calendar year: 12, 12, 6 and 12 months
    "a cap for each year": ("months: served, points: 1, cap: {each: calendar_year, points: 10}", "36"),
    "a cap in points a year": (
        "months: served, per: year, points: 24, cap: {each: calendar_year, points: 15}",
        "57",  # 2 a month: 15 + 15 + 12 + 15
    ),
    "a cap with fractions": ("months: served, points: 1/3, cap: {each: calendar_year, points: 3.5}", "25/2"),
    "a cap in each ledger": (
        f"months: served, each: ship, points: {SHIPS}, cap: {{each: calendar_year, points: 20}}",
        "96",  # cutter 20 + 20 + 20, barge 18 + 18
    ),
    "a cap behind the waiting time": (
        "months: served, points: 1, vest: {after: {months: 15}, credit: from_then},"
        " cap: {each: calendar_year, points: 10}",
        "25",  # 2021 has 9 left, 2022 has 6, 2023 is capped at 10
    ),
    # a ledger for each spell: 24, 12 and 12 months
    "each spell": ("months: served, each: spell, points: 1", "48"),
    "each spell, the highest": ("months: served, each: spell, combine: highest, points: 1", "24"),
    "each spell by option": (
        "months: served, each: spell, by: ship, points: {cutter: 2, barge: 5}",
        "132",  # 24 * 2 + 12 * 5 + 12 * 2
    ),
    "each spell by option, the highest": (
        "months: served, each: spell, by: ship, combine: highest, points: {cutter: 2, barge: 5}",
        "60",
    ),
    "each spell in full years": (
        "months: served, each: spell, credit: full_years, per: year, points: 5",
        "20",  # 2, 1 and 1
    ),
    "each spell to a limit": ("months: served, each: spell, points: 1, limit: 10", "30"),
    "each spell by option to a limit": (
        "months: served, each: spell, by: ship, points: {cutter: 2, barge: 5}, limit: 10",
        "90",  # 10 * 2 + 10 * 5 + 10 * 2
    ),
    "each spell vests by itself": (
        "months: served, each: spell, points: 1, vest: {after: {years: 2}, credit: retroactive}",
        "24",
    ),
    "each spell with a cap for each year": (
        "months: served, each: spell, points: 1, cap: {each: calendar_year, points: 5}",
        "25",  # 5 + 5, 5 + 5, and 5
    ),
    "each spell of those that are kept": ("months: paid_months, each: spell, points: 1", "36"),
    "each spell of a part": (
        'months: \'during(served, "2021-10", "2022-02")\', each: spell, points: 1',
        "8",  # 3 + 5
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_accrue(name: str, tmp_path: Path) -> None:
    rule, points = CASES[name]
    assert card(policy_text(f"accrue: {{{rule}}}"), tmp_path)["x"].points == Fraction(points)


def test_runs_of_full_years(tmp_path: Path) -> None:
    """Runs of 30 and 11 months: 41 months are 3 full years, but of the runs only the first has any, 2."""
    service = spells("2020-01..2022-06", "2023-02..", ship="cutter", duty="deck")
    for credit, years in (("full_years", 3), ("full_years_of_each_run", 2)):
        rule = f"accrue: {{months: served, credit: {credit}, per: year, points: 1}}"
        assert card(policy_text(rule), tmp_path, service=service)["x"].points == years


def test_nobody_served(tmp_path: Path) -> None:
    for rule in (
        "points: 1",
        TWO,
        RATES,
        "points: 1, limit: 3",
        f"each: ship, points: {SHIPS}",
        "each: spell, points: 1",
    ):
        assert card(policy_text(f"accrue: {{months: served, {rule}}}"), tmp_path, service=[])["x"].points == 0


def test_a_spell_that_ends_before_it_counts_and_one_that_begins_after(tmp_path: Path) -> None:
    """The window is 2021-01 to the cutoff 2023-12: of 2020-06..2021-03 3 months are inside, of 2023-11.. 2."""
    text = policy_text("accrue: {months: window, points: 1}").replace(
        "months:\n", "months:\n  window: {of: service, from: 2021-01, to: cutoff}\n", 1
    )
    service = spells("2020-06..2021-03", "2023-11..", "2019-01..2020-12", ship="cutter", duty="deck")
    assert card(text, tmp_path, service=service)["x"].points == 5


def test_ledgers_tell_months_and_points(tmp_path: Path) -> None:
    found = card(policy_text(f"accrue: {{months: served, by: ship, points: {SHIPS}}}"), tmp_path)["x"].ledgers
    assert {ledger.id: (ledger.months, int(ledger.points)) for ledger in found} == {
        "barge": (12, 36),
        "cutter": (30, 60),
    }


def test_an_optional_option_of_nobody(tmp_path: Path) -> None:
    """A spell that states no ship is in no ledger, though it counts where no ledger is asked for."""
    optional = "ship: {label: ship, type: choice, required: false, options: {cutter: cutter, barge: barge}}"
    service = spells("2023-01..2023-06", duty="deck") + spells("2023-07..2023-08", ship="cutter", duty="deck")
    for rule, points in (
        ("points: 1", 8),
        (f"each: ship, points: {SHIPS}", 4),
        (f"by: ship, priority: [barge, cutter], points: {SHIPS}", 4),
    ):
        text = policy_text(f"accrue: {{months: served, {rule}}}").replace(
            "ship: {label: ship, type: choice, options: {cutter: cutter, barge: barge}}", optional
        )
        assert card(text, tmp_path, service=service)["x"].points == points
    text = policy_text("points: count(served.cutter) * 1").replace(
        "ship: {label: ship, type: choice, options: {cutter: cutter, barge: barge}}", optional
    )
    assert card(text, tmp_path, service=service)["x"].points == 2
