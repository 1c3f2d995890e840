"""Invented people: the same for the same seed, of any slice, and as the declared distribution says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from textwrap import dedent

import pytest

from jifen.api import Policy, load
from jifen.compile import read as compiled
from jifen.errors import PolicyError
from jifen.policy.registry import Entry, registry
from jifen.regression.draws import month_number, month_text
from jifen.regression.impact_bins import bars
from jifen.regression.impact_sides import Version, nested, shifted
from jifen.regression.population import Population
from jifen.regression.population_file import Declared, beside, block, read, read_all

from .town import BASE, changed, version

DECLARED = """\
population: harbour/2024
note: invented
date: {from: 2024-02-01, to: 2024-03-31}
facts:
  landed: {from: 2000-01-01, to: 2020-12-31}
  permitted: {value: 2021-05-05}
  rank: {weights: {master: 0, mate: 1, hand: 3}}
  pilot: {weights: {"true": 1, "false": 1}}
timelines:
  moored:
    only_if: {pilot: true}
    spells: 2
    start: {from: 2015-01, to: 2015-12}
    length: {from: 12, to: 12}
    gap: {percent: 100, months: 3}
    open: 0
    attributes:
      quay: {weights: {north: 1, south: 1}, moves: 0}
"""


def town(folder: Path, text: str = BASE) -> Policy:
    return Policy(version(folder, "policy.yaml", text).source, {})


def declared(folder: Path, text: str = DECLARED) -> Declared:
    path = folder / "2024.population.yaml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_a_slice_is_part_of_the_whole(tmp_path: Path) -> None:
    rules = [town(tmp_path).rules]
    people = list(Population(rules, [declared(tmp_path)], 7).applicants(0, 60))
    assert list(Population(rules, [declared(tmp_path)], 7).applicants(40, 20)) == people[40:]
    assert list(Population(rules, [declared(tmp_path)], 8).applicants(0, 60)) != people
    assert people[17] == Population(rules, [declared(tmp_path)], 7).applicant(17)


def test_seeds_share_nobody(tmp_path: Path) -> None:
    rules = [town(tmp_path).rules]
    one, two = (Population(rules, [None], seed) for seed in (1, 2))
    first = {repr(person["facts"]) + repr(person["timelines"]) for person in one.applicants(0, 200)}
    assert not any(repr(p["facts"]) + repr(p["timelines"]) in first for p in two.applicants(0, 200))


def test_the_distribution_is_the_declared_one(tmp_path: Path) -> None:
    policy = town(tmp_path)
    made = Population([policy.rules], [declared(tmp_path)], 1)
    assert made.by_default == []
    people = list(made.applicants(0, 800))
    ranks = Counter(person["facts"]["rank"] for person in people)
    assert ranks["master"] == 0 and 150 <= ranks["mate"] <= 250
    assert all("2024-02-01" <= person["date"] <= "2024-03-31" for person in people)
    for person in people:
        spells = person["timelines"]["moored"]
        assert len(spells) == (2 if person["facts"]["pilot"] else 0)
        if spells:
            first, second = spells
            assert month_number(first["to"]) - month_number(first["from"]) == 11
            assert month_number(second["from"]) - month_number(first["to"]) == 4
            assert first["quay"] == second["quay"]
        policy.score(person)


def test_an_open_spell_and_absence(tmp_path: Path) -> None:
    text = DECLARED.replace("open: 0", "open: 100").replace("to: 2020-12-31}", "to: 2020-12-31, absent: 100}")
    people = list(Population([town(tmp_path).rules], [declared(tmp_path, text)], 1).applicants(0, 40))
    assert not any("landed" in person["facts"] for person in people)
    ends = [["to" in spell for spell in person["timelines"]["moored"]] for person in people]
    assert [True, False] in ends and all(end in ([True, False], []) for end in ends)


def test_without_a_file_everything_is_drawn_evenly(tmp_path: Path) -> None:
    policy = town(tmp_path)
    made = Population([policy.rules], [None], 1)
    assert made.by_default == ["landed", "permitted", "rank", "pilot", "moored", "moored.quay"]
    for person in made.applicants(0, 100):
        policy.score(person)


def test_options_that_only_one_side_knows_are_not_drawn_evenly(tmp_path: Path) -> None:
    after = town(
        tmp_path / "b",
        changed(("hand: {zh: 水手, en: hand}", "boy: {zh: 学徒, en: boy}"), (", hand: 0}", ", boy: 0}")),
    )
    made = Population([town(tmp_path / "a").rules, after.rules], [None, None], 1)
    assert {person["facts"]["rank"] for person in made.applicants(0, 100)} == {"master", "mate"}


@pytest.mark.parametrize("entry", registry(), ids=lambda entry: entry.id)
def test_shipped_policies_read_people_drawn_evenly(entry: object) -> None:
    policy = load(entry.path)  # type: ignore[attr-defined]
    for person in Population([policy.rules], [None], 3).applicants(0, 40):
        policy.read(nested(person))


SHIPPED = [entry for entry in registry() if beside(entry.path).is_file()]


def test_every_shipped_chain_of_versions_has_a_population() -> None:
    assert [entry.id for entry in registry() if not read_all(compiled(entry.path).files)] == []


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.id)
def test_shipped_populations_are_scored_and_some_qualify(entry: Entry) -> None:
    policy = load(entry.path)
    made = Population([policy.rules], read_all(compiled(entry.path).files), 1)
    assert made.by_default == []
    cards = [policy.score(person) for person in _in_rounds(policy, made, 60)]
    assert 6 <= sum(card.qualifies for card in cards) <= 45
    assert len({card.total for card in cards}) > 12


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.id)
def test_shipped_populations_name_what_the_policy_asks_for(entry: Entry) -> None:
    rules, said = load(entry.path).rules, read(beside(entry.path))
    first, second = said.path.read_text(encoding="utf-8").splitlines()[:2]
    assert first.endswith("$schema=../../schemas/population.schema.json")
    assert second == f"population: {entry.id}"
    assert said.facts.keys() <= rules.facts.keys()
    for listed, inputs in ((said.timelines, rules.timelines), (said.records, rules.records)):
        for name, told in listed.items():
            assert block(told.get("attributes")).keys() <= inputs[name].attributes.keys(), name


def test_a_version_takes_over_the_population_of_the_one_that_it_extends(tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "2024.yaml").write_text(BASE, encoding="utf-8")
    later = "in_force: {from: 2025-01-01, to: 2025-12-31}\n"
    later = f"policy: harbour/2025\ntitle: later\nextends: harbour/2024\n{later}"
    (folder / "2025.yaml").write_text(later, encoding="utf-8")
    own = """\
        population: harbour/2025
        date: {from: 2025-05-05, to: 2025-05-05}
        timelines: {moored: {spells: 1, attributes: {quay: {value: outer}}}}
        """
    (folder / "2025.population.yaml").write_text(dedent(own), encoding="utf-8")
    (folder / "2024.population.yaml").write_text(DECLARED, encoding="utf-8")
    source = compiled(folder / "2025.yaml")
    made = Population([Policy(source, {}).rules], read_all(source.files), 1)
    assert made.by_default == []
    for person in made.applicants(0, 40):
        assert person["date"] == "2025-05-05" and person["facts"]["permitted"] == "2021-05-05"
        spells = person["timelines"]["moored"]
        assert len(spells) == (1 if person["facts"]["pilot"] else 0)
        assert all(spell["quay"] == "outer" and spell["from"].startswith("2015") for spell in spells)


def _in_rounds(policy: Policy, people: Population, number: int) -> list[dict[str, object]]:
    side = Version(policy, "person")
    return [side.taken(person) for person in people.applicants(0, number)]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("master: 0, mate: 1, hand: 3", "master: 0, mate: 0, hand: 0", "JF812"),
        ("{from: 2000-01-01, to: 2020-12-31}", "{from: 2021-01-01, to: 2020-12-31}", "JF812"),
        ("{value: 2021-05-05}", "{value: 2021-05-05, from: 2020-01-01, to: 2020-02-01}", "JF813"),
        ("{value: 2021-05-05}", "{absent: 5}", "JF813"),
        ("{weights: {north: 1, south: 1}, moves: 0}", "{moves: 0}", "JF813"),
    ],
)
def test_what_cannot_be_drawn_is_refused(old: str, new: str, code: str, tmp_path: Path) -> None:
    assert DECLARED.count(old) == 1
    with pytest.raises(PolicyError) as caught:
        declared(tmp_path, DECLARED.replace(old, new))
    assert {one.code for one in caught.value.diagnostics} == {code}


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError):
        declared(tmp_path, DECLARED.replace("only_if", "onlyif"))


ROUNDS = """\
rounds:
  first: {label: first, apply: {from: 01-10, to: 04-30}, cutoff: {years: -1, month: 12, day: 31}}
  second: {label: second, apply: {from: 2024-07-01, to: 2024-10-31}, cutoff: {month: 6, day: 30}}

facts:
  landed"""


@pytest.mark.parametrize(
    ("day", "moved", "years"),
    [
        ("2024-02-29", "2024-02-29", 0),
        ("2024-01-01", "2024-01-10", 0),
        ("2024-05-10", "2024-04-30", 0),
        ("2024-06-10", "2024-07-01", 0),
        ("2024-05-31", "2024-04-30", 0),  # 31 days either way: the earlier
        ("2022-08-01", "2024-08-01", 2),
        ("2026-12-24", "2024-10-31", -2),
        ("2023-02-28", "2024-02-28", 1),
    ],
)
def test_a_day_is_moved_into_a_round(day: str, moved: str, years: int, tmp_path: Path) -> None:
    policy = town(tmp_path, changed(("facts:\n  landed", ROUNDS)))
    assert Version(policy, "person").day(day) == (moved, years)


def test_dates_some_years_later() -> None:
    assert shifted("2020-02-29", 1) == "2021-02-28" and shifted("2020-02-29", 4) == "2024-02-29"
    assert shifted("2019-12", -3) == "2016-12" and shifted(7, 3) == 7 and shifted("north", 3) == "north"
    assert month_text(month_number("2019-12") + 1) == "2020-01"


def test_bars_have_one_width_and_hold_everybody() -> None:
    from fractions import Fraction as F

    found = bars({F(-30): 1, F(-1, 3): 2, F(0): 9, F(1, 12): 4, F(5): 1, F(26): 1})
    assert sum(bar.number for bar in found) == 18
    assert {bar.high - bar.low for bar in found} == {F(5), F(0)}
    assert [bar.number for bar in found if bar.low == bar.high] == [9]
    assert [bar.number for bar in found if (bar.low, bar.high) == (0, 5)] == [5]
    assert [bar.number for bar in found if (bar.low, bar.high) == (-30, -25)] == [1]
    assert bars({}) == [] and [bar.number for bar in bars({F(0): 3})] == [3]
