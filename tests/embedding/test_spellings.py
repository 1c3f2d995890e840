"""The same applicant written in other ways has the same scorecard."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from .ferry import REMOVED, SOMEBODY, Document, changed, policy, reader

SAME: list[tuple[str, list[object]]] = [
    ("date", ["2024-04-01", date(2024, 4, 1)]),
    ("facts.born", ["1990-05-05", date(1990, 5, 5)]),
    ("facts.children", [2, "2", Decimal(2), Decimal("2.0"), Fraction(2), "2.00"]),
    ("facts.savings", ["1234.56", Decimal("1234.56"), Fraction(123456, 100), "1234.560"]),
    ("facts.height", ["1.8", Decimal("1.80"), Fraction(9, 5)]),
    ("facts.tools", [["rope", "lamp"], ["lamp", "rope"], ("rope", "lamp"), ["lamp", "lamp", "rope"]]),
    ("facts.rank", ["mate"]),
    ("records.rescues.0.proof", ["log", ["log"], ("log",)]),
    ("timelines.crew.0.pay", [120, "120", Decimal("120.00")]),
    ("timelines.crew.0.from", ["2021-01", "2021-01-01", date(2021, 1, 1)]),
    ("timelines.crew.0.to", ["2021-06", "2021-06-30", date(2021, 6, 30)]),
    ("timelines.crew.1.to", [REMOVED, None]),
    (
        "timelines.lodging.0.from",
        ["2020-05", "2020-05-17", "2020-05-31", date(2020, 5, 1)],
    ),  # months begun count
    ("timelines.lodging.0.to", ["2020-09", "2020-09-01", "2020-09-03", date(2020, 9, 30)]),
    ("timelines.lodging", [[{"from": "2020-05", "to": "2020-09"}], ({"from": "2020-05", "to": "2020-09"},)]),
    ("facts.savings", [REMOVED, None]),
    ("facts.licence", [REMOVED, None]),
    ("records.fines", [[], (), None, REMOVED]),
    ("people", [REMOVED, {}, {"spouse": {}}, {"spouse": {"facts": {}}}]),
]


def card_of(document: Mapping[str, object]) -> str:
    return policy().score(document).to_json()


@pytest.mark.parametrize(("path", "spellings"), SAME)
def test_one_value_in_several_spellings(path: str, spellings: list[object]) -> None:
    cards = set()
    for value in spellings:
        absent = value is REMOVED and path.endswith(".to")  # SOMEBODY leaves it out there
        cards.add(card_of(changed() if absent else changed((path, value))))
    assert len(cards) == 1


DIFFERENT: list[tuple[str, object, object]] = [
    ("facts.children", 2, 3),
    ("facts.tools", ["rope", "lamp"], ["rope"]),
    ("timelines.crew.0.from", "2021-01-01", "2021-01-02"),  # whole months: January is gone
    ("timelines.crew.0.to", "2021-06-30", "2021-06-29"),
    ("timelines.lodging.0.from", "2020-05-31", "2020-06-01"),
    ("timelines.lodging.0.to", "2020-09-01", "2020-08-31"),
    ("facts.savings", "1234.56", "1234.57"),
    ("facts.licence", "2020-02-29", REMOVED),
    ("records.rescues", [], [{"date": "2023-08-01", "people": 4}]),
]


@pytest.mark.parametrize(("path", "one", "other"), DIFFERENT)
def test_other_values_have_another_total(path: str, one: object, other: object) -> None:
    """So that the cards above are not alike whatever is written."""
    totals = [policy().score(changed((path, value))).total for value in (one, other)]
    assert totals[0] != totals[1]


def test_an_empty_list_is_not_a_missing_one_where_it_is_required() -> None:
    assert policy().score(changed(("timelines.crew", []))).total < policy().score(changed()).total
    assert reader().read(changed(("timelines.lodging", REMOVED))) == reader().read(
        changed(("timelines.lodging", []))
    )


def test_a_spell_of_days_counts_whole_months_or_months_begun() -> None:
    """From 17 May to 3 September: three whole months, five begun. `crew` wants whole ones, `lodging` those begun."""
    days = {"from": "2020-05-17", "to": "2020-09-03"}
    card = policy().score(
        changed(("timelines.crew", [{**days, "ship": "small"}]), ("timelines.lodging", [days]))
    )
    assert {ledger.id: ledger.months for ledger in card["service"].ledgers} == {"big": 0, "small": 3}
    assert card["lodging"].points == 5


def test_days_inside_one_month() -> None:
    days = {"from": "2020-05-02", "to": "2020-05-30"}
    card = policy().score(
        changed(("timelines.crew", [{**days, "ship": "small"}]), ("timelines.lodging", [days]))
    )
    assert card["service"].points == 0
    assert card["lodging"].points == 1


# ---- documents at random


def texts_of_days(low: date, high: date) -> st.SearchStrategy[str]:
    return st.dates(low, high).map(date.isoformat)


def optional(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


def merged(*parts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for part in parts for key, value in part.items()}


MONTHS = st.integers(2018 * 12, 2024 * 12).map(lambda month: f"{month // 12}-{month % 12 + 1:02}")
ENDS = st.tuples(MONTHS, MONTHS).map(lambda ends: {"from": min(ends), "to": max(ends)})
DAYS = st.tuples(*[texts_of_days(date(2018, 1, 1), date(2024, 12, 31))] * 2)
DATED = DAYS.map(lambda days: {"from": min(days), "to": max(days)})
SPELLS = st.one_of(ENDS, DATED, MONTHS.map(lambda month: {"from": month}))
CREW = st.builds(
    merged,
    SPELLS,
    st.fixed_dictionaries({"ship": st.sampled_from(("big", "small"))}),
    optional(pay=st.integers(0, 300)),
)
LODGING = st.builds(merged, SPELLS, optional(rent=st.integers(0, 3)))
RESCUE = st.builds(
    merged,
    st.fixed_dictionaries(
        {"date": texts_of_days(date(2019, 1, 1), date(2024, 4, 30)), "people": st.integers(1, 99)}
    ),
    optional(proof=st.lists(st.sampled_from(("log", "witness")), min_size=1, unique=True)),
)
FACTS = st.builds(
    merged,
    st.fixed_dictionaries(
        {"born": texts_of_days(date(1950, 1, 1), date(2005, 12, 31)), "resident": st.booleans()}
    ),
    optional(
        licence=texts_of_days(date(2000, 1, 1), date(2024, 1, 1)),
        children=st.integers(0, 9),
        savings=st.decimals(0, 99999, places=2).map(str),
        height=st.decimals(Decimal("0.5"), Decimal("2.5"), places=1).map(str),
        rank=st.sampled_from(("master", "mate", "none")),
        tools=st.lists(st.sampled_from(("rope", "knife", "lamp")), min_size=1, unique=True),
    ),
)
PEOPLE: st.SearchStrategy[Document] = st.fixed_dictionaries(
    {
        "date": texts_of_days(date(2024, 3, 1), date(2024, 5, 31)),
        "facts": FACTS,
        "timelines": st.fixed_dictionaries(
            {"crew": st.lists(CREW, max_size=4)}, optional={"lodging": st.lists(LODGING, max_size=3)}
        ),
        "records": st.fixed_dictionaries(
            {"rescues": st.lists(RESCUE, max_size=3)},
            optional={
                "fines": st.lists(
                    st.fixed_dictionaries({"date": texts_of_days(date(2019, 1, 1), date(2024, 1, 1))}),
                    max_size=3,
                )
            },
        ),
    },
    optional={
        "applicant": st.text(max_size=5),
        "people": optional(spouse=optional(timelines=optional(crew=st.lists(CREW, max_size=2)))),
    },
)


def respelt(value: Any, key: str, draw: st.DataObject) -> Any:
    """The same value in another spelling, at random."""
    if isinstance(value, dict):
        items = draw.draw(st.permutations(list(value.items())))
        found = {name: respelt(item, name, draw) for name, item in items}
        return draw.draw(st.sampled_from((found, MappingProxyType(found))))
    if isinstance(value, list):
        if key in ("tools", "proof") and len(value) == 1 and draw.draw(st.booleans()):
            return value[0]
        items = [respelt(item, "", draw) for item in value]
        return draw.draw(st.sampled_from((list, tuple)))(items)
    if key in ("born", "licence", "date") or (
        isinstance(value, str) and len(value) == 10 and key in ("from", "to")
    ):
        return draw.draw(st.sampled_from((value, date.fromisoformat(value))))
    if key in ("savings", "height", "pay") or (isinstance(value, int) and not isinstance(value, bool)):
        exact = Decimal(value)
        return draw.draw(st.sampled_from((value, exact, str(exact), Fraction(exact))))
    return value


@given(PEOPLE, st.data())
def test_documents_in_another_spelling(document: Document, data: st.DataObject) -> None:
    other = respelt(document, "", data)
    assert card_of(other) == card_of(document)


def shuffled(rows: dict[str, list[Any]], draw: st.DataObject) -> dict[str, list[Any]]:
    return {name: list(draw.draw(st.permutations(items))) for name, items in rows.items()}


@given(PEOPLE, st.data())
def test_the_order_of_spells_and_records_does_not_matter(document: Document, data: st.DataObject) -> None:
    rows = {section: shuffled(document[section], data) for section in ("timelines", "records")}
    card, other = policy().score(document), policy().score({**document, **rows})
    assert other.lines == card.lines
    assert (other.total, other.qualifies) == (card.total, card.qualifies)


@given(PEOPLE)
def test_a_document_survives_json_and_yaml(document: Document) -> None:
    again = json.loads(json.dumps(document), parse_float=Decimal)
    assert reader().read(again) == reader().read(document)


@given(PEOPLE)
def test_both_readers_read_the_same(document: Document) -> None:
    assert reader().read(document) == reader().read_carefully(document)


def test_files(tmp_path: Path) -> None:
    """A path of a YAML or JSON file is as good as the mapping in it; its numbers are decimals, not floats."""
    written = changed(("facts.height", 1.8), ("facts.savings", 1234.56))
    as_json, as_yaml = tmp_path / "somebody.json", tmp_path / "somebody.yaml"
    as_json.write_text(json.dumps(written), encoding="utf-8")
    as_yaml.write_text(yaml.safe_dump(written), encoding="utf-8")
    expected = card_of(SOMEBODY)
    for path in (as_json, as_yaml, str(as_json)):
        assert policy().score(path).to_json() == expected
