"""Whatever an applicant's data is made of: it is read, or refused with its problems, by both readers alike."""

import copy
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jifen.applicant.read import Person
from jifen.errors import ApplicantError

from .ferry import SOMEBODY, Document, reader

JUNK: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1.5,
    float("inf"),
    Decimal("NaN"),
    Decimal("-0"),
    "",
    "ab",
    "2",
    "2020-01",
    "2020-01-31",
    "1899-12",
    "2199-12-31",
    "big",
    date(2020, 2, 29),
    datetime(2020, 2, 29),
    [],
    ["ab"],
    ["rope"],
    [["rope"]],
    {},
    {"rope": 1},
    {"facts": {"born": "1980-01-01"}},
    [{}],
    [{"date": "2020-01-01"}],
    [{"from": "2020-01", "ship": "big"}],
    ("rope",),
    {"rope"},
    b"rope",
    object(),
)
NAMES = (
    "facts",
    "date",
    "born",
    "children",
    "crew",
    "from",
    "to",
    "ship",
    "spouse",
    "spouse.born",
    "x",
    1,
    None,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: the mapping or list, and the key or position in it."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        found.append((value, key))
        found += places(value[key])
    return found


@st.composite
def spoilt(draw: st.DrawFn) -> Document:
    """Somebody's data with a few parts replaced, taken away or added."""
    document: Document = copy.deepcopy(SOMEBODY)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(places(document)))
        how = draw(st.sampled_from(("replace", "replace", "remove", "add")))
        if how == "add" and isinstance(holder, dict):
            holder[draw(st.sampled_from(NAMES))] = copy.deepcopy(draw(st.sampled_from(JUNK)))
        elif how == "remove":
            del holder[key]
        else:
            holder[key] = copy.deepcopy(draw(st.sampled_from(JUNK)))
    return document


def read(document: object, carefully: bool) -> Person | None:
    """None when it is refused. Any other exception is a mistake of the reader."""
    try:
        return reader().read_carefully(document) if carefully else reader().read(document)
    except ApplicantError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.text("en") and problem.text("zh")
        return None


@settings(max_examples=600)
@given(spoilt())
@example({**SOMEBODY, "facts": "ab"})
@example({**SOMEBODY, "facts": None})
@example({**SOMEBODY, "facts": ["ab"]})
@example({**SOMEBODY, "facts": {**SOMEBODY["facts"], "tools": {"rope"}}})
@example({**SOMEBODY, "facts": {**SOMEBODY["facts"], "tools": {"rope": 1}}})
@example({**SOMEBODY, "people": {"spouse": None}})
@example({**SOMEBODY, "people": {None: {"facts": {}}}})
def test_spoilt_data(document: Document) -> None:
    assert read(document, carefully=False) == read(document, carefully=True)


@given(
    st.recursive(
        st.sampled_from(JUNK),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
        ),
        max_leaves=8,
    )
)
def test_data_of_nothing_but_junk(document: object) -> None:
    assert read(document, carefully=False) is None
    assert read(document, carefully=True) is None
