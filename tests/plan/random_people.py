"""Random applicants: what the random plans can read, and values for it."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from jifen.backends.inputs import Data, Layout
from jifen.plan import types
from jifen.plan.plan import Plan
from jifen.plan.types import Kind, Type

from .direct import Direct, Row, Value, stored

MOST_ROWS = 4
FIRST_DAY, LAST_DAY = date(2015, 11, 28), date(2021, 3, 2)
FIRST, LAST = 2015 * 12 + 10, 2021 * 12 + 2
DAYS = Type(Kind.DATE, 1, 2015_11_28, 2021_03_02)
SOME_MONTHS = Type(Kind.MONTH, 1, FIRST, LAST)
OPTIONS = 4

FACTS: dict[str, Type] = {
    "people": types.number(1, 1, 6),
    "balance": types.number(1, -3, 3),
    "halves": types.number(2, -5, 9),
    "money": types.number(100, 0, 500),
    "flag": types.TRUTH,
    "day": DAYS,
    "born": DAYS,
    "month": SOME_MONTHS,
    "one": types.choice(OPTIONS),
    "many": types.choices(OPTIONS),
}
SPELLS: dict[str, Type] = {
    "from": SOME_MONTHS,
    "to": SOME_MONTHS,
    "rate": types.number(1, 0, 3),
    "flag": types.TRUTH,
    "one": types.choice(OPTIONS),
    "many": types.choices(OPTIONS),
}
EVENTS: dict[str, Type] = {
    "date": DAYS,
    "points": types.number(4, -6, 6),
    "divisor": types.number(1, 1, 3),
    "one": types.choice(OPTIONS),
}
ROWS: dict[str, dict[str, Type]] = {"spells": SPELLS, "events": EVENTS}
OPTIONAL = {"": ("halves", "flag"), "spells": ("rate",), "events": ("points",)}
INPUTS = FACTS | {
    f"{rows}.{name}": type_ for rows, columns in ROWS.items() for name, type_ in columns.items()
}


def values(type_: Type) -> st.SearchStrategy[Value]:
    """Values in the range of a type."""
    if type_.kind is Kind.NUMBER:
        return st.integers(type_.low, type_.high).map(lambda n: Fraction(n, type_.den))
    if type_.kind is Kind.TRUTH:
        return st.booleans()
    if type_.kind is Kind.DATE:
        return st.dates(FIRST_DAY, LAST_DAY)
    if type_.kind is Kind.CHOICES:
        return st.frozensets(st.integers(0, OPTIONS - 1))
    return st.integers(type_.low, type_.high) | st.sampled_from((type_.low, type_.high))


def given(name: str, type_: Type, rows: str) -> st.SearchStrategy[Value | None]:
    return values(type_) | st.none() if name in OPTIONAL[rows] else values(type_)


def row(rows: str) -> st.SearchStrategy[Row]:
    found = st.fixed_dictionaries({name: given(name, type_, rows) for name, type_ in ROWS[rows].items()})
    return found | found.map(forwards) if rows == "spells" else found


def forwards(spell: Row) -> Row:
    first, last = spell["from"], spell["to"]
    assert isinstance(first, int) and isinstance(last, int)
    return {**spell, "from": min(first, last), "to": max(first, last)}


class Person(NamedTuple):
    facts: Mapping[str, Value | None]
    rows: Mapping[str, list[Row]]


people: st.SearchStrategy[Person] = st.builds(
    Person,
    st.fixed_dictionaries({name: given(name, type_, "") for name, type_ in FACTS.items()}),
    st.fixed_dictionaries(
        {rows: st.just([]) | st.lists(row(rows), min_size=2, max_size=MOST_ROWS) for rows in ROWS}
    ),
)


def data_of(person: Person, layout: Layout, base: int) -> Data:
    """The applicant as the backends take it."""

    def cell(name: str, type_: Type, value: Value | None) -> int:
        return type_.low if value is None else stored(type_, value, base)

    facts = tuple(cell(name, FACTS[name], person.facts[name]) for name in layout.facts)
    given = tuple(int(person.facts[name] is not None) for name in layout.given)
    tables = []
    for rows, names in layout.columns.items():
        table = []
        for item in person.rows[rows]:
            found = []
            for name in names:
                if name.endswith("?"):
                    found.append(int(item[name[:-1]] is not None))
                else:
                    found.append(cell(name, ROWS[rows][name], item[name]))
            table.append(tuple(found))
        tables.append(table)
    return Data(base, facts, given, tuple(tables))


def base_for(direct: Direct, plan: Plan, slack: int) -> int:
    """A month before which no set of this applicant has any; the backends ask for one."""
    first = LAST
    for slot, cell in direct.values.items():
        if plan.operations[slot].type.kind is Kind.MONTHS:
            for months in cell if isinstance(cell, list) else [cell]:
                assert isinstance(months, frozenset)
                first = min(first, *months) if months else first
    return first - slack
