"""What a case cannot say: rankings, allocations, versions by date, and what a scorecard shows. Named by number."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.api import Scorecard
from jifen.batch.ranking import allocate_cards, rank_cards
from jifen.regression.cases import Case, read_cases

from .constructs import path_of


def case(number: int, name: str) -> Case:
    """A case of a construct."""
    path = path_of(number)
    [found] = [item for item in read_cases(path.with_name(f"{path.stem}.cases.yaml")) if item.name == name]
    return found


def card(number: int, name: str) -> Scorecard:
    """The scorecard of a case."""
    found = case(number, name)
    return jifen.load(path_of(number), dict(found.readings)).score(found.applicant)


def ranked(number: int, people: dict[str, dict[str, Any]]) -> list[tuple[str, int, bool]]:
    """The ranking of several people under a construct: name, place, whether admitted."""
    policy = jifen.load(path_of(number))
    cards = [policy.score({"applicant": name, "date": "2024-06-10", **data}) for name, data in people.items()]
    return [(row.id, row.place, row.admitted) for row in rank_cards(cards)]


def test_c15_the_choice_and_what_was_declined_are_shown() -> None:
    housing = card(15, "the line with fewer points is chosen").to_dict()["indicators"][0]
    assert [(read["text"], read["value"]) for read in housing["values"]] == [("housing_route", "rent")]
    declined = card(15, "the district is declined").to_dict()["indicators"]
    assert [line.get("declined", False) for line in declined] == [False, True, False]


def test_c25_each_month_left_out_has_its_reason() -> None:
    [ledger] = card(25, "each reason once").to_dict()["indicators"][0]["ledgers"]
    assert [(item["reason"]["en"], item["months"]) for item in ledger["left_out"]] == [
        ("back-paid", ["2023-07"]),
        ("transferred in", ["2023-08"]),
        ("the payer is not the employer of the contract", ["2023-09"]),
        ("the base is not the wage that was taxed", ["2023-10"]),
        ("insured elsewhere at the same time", ["2023-11"]),
    ]
    kept = card(25, "a month that another spell keeps").to_dict()["indicators"][0]["ledgers"]
    assert [item["left_out"] for item in kept] == [[]]


def test_c40_what_is_only_declared_makes_the_card_provisional() -> None:
    found = card(40, "as declared")
    assert [item["id"] for item in found.to_dict()["provisional"]] == ["penalties"]
    assert card(40, "one penalty is found").total - found.total == -10


def test_c42_all_ties_at_the_line_are_admitted() -> None:
    scores = ["120.50", "119.00", "118.20", "117.00", "116.40", "116.40", "116.40", "115.00"]
    people: dict[str, dict[str, Any]] = {
        f"p{at}": {"facts": {"earned": score}} for at, score in enumerate(scores)
    }
    people["no_permit"] = {"facts": {"earned": "130.00", "permit": False}}
    found = ranked(42, people)
    assert [name for name, _, admitted in found if admitted] == ["p0", "p1", "p2", "p3", "p4", "p5", "p6"]
    assert [place for _, place, _ in found] == [1, 2, 3, 4, 5, 5, 5, 8]


def test_c42_a_quota_that_is_not_reached() -> None:
    assert ranked(42, {"only": {"facts": {"earned": "1.00"}}}) == [("only", 1, True)]
    assert rank_cards([]) == []


def person(earned: int, medical: str, permit: str, registered_on: str) -> dict[str, Any]:
    """Somebody of the tie-break town."""
    return {
        "facts": {"earned": earned, "registered_on": registered_on},
        "timelines": {"medical": [{"from": medical}], "permit": [{"from": permit}]},
    }


def test_c43_keys_are_compared_in_order() -> None:
    base = person(90, "2020-01", "2020-01", "2020-01-01")
    found = ranked(
        43,
        {
            "late": person(90, "2020-01", "2020-01", "2021-01-01"),
            "base": base,
            "short_permit": person(90, "2020-01", "2023-01", "2019-01-01"),
            "short_insurance": person(90, "2022-01", "2010-01", "2010-01-01"),
            "lower": person(89, "2000-01", "2000-01", "2000-01-01"),
        },
    )
    assert [name for name, _, _ in found] == ["base", "late", "short_permit", "short_insurance", "lower"]
    assert [admitted for _, _, admitted in found] == [True, True, False, False, False]


def test_c43_who_is_equal_in_all_shares_the_place() -> None:
    base = person(90, "2020-01", "2020-01", "2020-01-01")
    found = ranked(
        43, {"best": person(95, "2020-01", "2020-01", "2020-01-01"), "a": base, "b": base, "c": base}
    )
    assert found == [("best", 1, True), ("a", 2, True), ("b", 2, True), ("c", 2, True)]


def test_c44_the_ranking_does_not_see_what_qualifies() -> None:
    found = ranked(
        44,
        {
            "base_only": {"facts": {"years": 15}},
            "higher_total": {"facts": {"years": 14, "education": "bachelor"}},
            "with_bonus": {"facts": {"years": 12, "education": "bachelor"}},
            "below_the_line": {"facts": {"years": 16, "fines": 2}},
        },
    )
    assert found == [("base_only", 1, True), ("higher_total", 2, True), ("with_bonus", 3, False)]


PREFERENCES = {
    "a": ["north"],
    "b": ["north", "south"],
    "c": ["north", "south", "east"],
    "d": ["east", "east", "east", "west"],
}
PLACES = {"north": 1, "south": 1, "east": 1, "west": 5}


def test_c48_places_are_given_by_rank_and_preference() -> None:
    """The policy allows 3 preferences, so the fourth of d is not looked at."""
    policy = jifen.load(path_of(48))
    points = {"d": 1, "b": 3, "c": 2, "a": 4}
    cards = [
        policy.score({"applicant": name, "date": "2024-06-10", "facts": {"earned": n}})
        for name, n in points.items()
    ]
    found = allocate_cards(cards, PREFERENCES, PLACES)
    assert found.places == {"a": "north", "b": "south", "c": "east", "d": None}
    assert found.substitutes == {"north": ("b", "c"), "south": ("c",), "east": ("d",), "west": ()}
    assert allocate_cards(cards, PREFERENCES, PLACES, quota=1).places == {"a": "north"}


def test_c48_a_policy_that_does_not_allocate() -> None:
    with pytest.raises(ValueError, match="allocates"):
        allocate_cards([card(42, "whoever is eligible takes part")], {}, {})
    assert allocate_cards([], {}, {}).places == {}


OLD = """\
policy: boundstone/2017
title: Points of Boundstone, 2017
in_force: {from: 2017-01-01, to: 2017-12-31}
sources: {notice: {title: Notice of 2016, kind: official}}
timelines: {moved: {label: moved out}}
months: {outside: {of: moved, from: 2017-01, to: application}}
indicators: {moved: {label: moved out, cite: notice, accrue: {months: outside, points: 2}}}
"""
NEW = """\
policy: boundstone/2018
extends: boundstone/2017
title: Points of Boundstone, 2018
in_force: {from: 2018-01-01, to: 2026-12-31}
months: {outside: {from: 2018-01}}
"""


@pytest.fixture
def boundstone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions of one place, which begin to count in different months."""
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path))
    (tmp_path / "boundstone").mkdir()
    for version, text in (("2017", OLD), ("2018", NEW)):
        (tmp_path / "boundstone" / f"{version}.yaml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("boundstone")
def test_c51_the_date_chooses_the_version() -> None:
    moved = {"timelines": {"moved": [{"from": "2017-07"}]}}
    totals = {}
    for day in ("2017-12-31", "2018-01-01"):
        policy = jifen.resolve("boundstone", on=day)
        totals[policy.id] = policy.score({"applicant": "x", "date": day, **moved}).total
    assert totals == {"boundstone/2017": 12, "boundstone/2018": 2}


@pytest.mark.usefixtures("boundstone")
def test_c52_past_the_end_nothing_is_chosen() -> None:
    assert jifen.resolve("boundstone", on=date(2026, 12, 31)).id == "boundstone/2018"
    with pytest.raises(jifen.JifenError, match="2027-01-01"):
        jifen.resolve("boundstone", on="2027-01-01")


def test_c52_a_card_of_a_policy_that_is_over_says_so() -> None:
    [warning] = card(52, "the day after").to_dict()["warnings"]
    assert warning["id"] == "not_in_force"
    assert "2023-01-01 – 2026-12-31" in warning["label"]["en"]


@pytest.mark.parametrize(
    ("number", "stated", "instead", "code"),
    [
        (55, "until: endorsed_to", "until: 2026-05-20", "JF205"),
        (56, "{working_days: 22, from: next_day, cite: notice#2}", "22", "JF203"),
        (56, "{working_days: 22,", "{days: 22,", "JF201"),
        (57, '"2025-10-10T09:00"', "2025-10-10T9", "JF205"),
        (57, "last_minute: inside", "note: closes at five", "JF565"),
        (58, "once: month", "once: moon", "JF204"),
        (59, "on: register, within: {natural_days: 2}, to: registered", "on: register", "JF202"),
    ],
)
def test_c55_to_c59_the_process_has_a_form(
    number: int, stated: str, instead: str, code: str, tmp_path: Path
) -> None:
    """A term has its unit, a window its hours, a move its end; what stands there instead is refused."""
    text = path_of(number).read_text(encoding="utf-8")
    assert stated in text
    path = tmp_path / "policy.yaml"
    path.write_text(text.replace(stated, instead), encoding="utf-8")
    assert {found.code for found in jifen.check(path)} == {code}
