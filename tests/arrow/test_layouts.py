"""The same applicants, laid out in every way that Arrow and the reader allow."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from jifen import Policy, load

from .tables import read, said, table_of

PEOPLE: list[dict[str, Any]] = [
    {
        "applicant": "everything",
        "date": "2024-03-05",
        "facts": {
            "born": "1990-02-28",
            "child": "2015-05-05",
            "height": "-4.5",
            "visits": 7,
            "member": True,
            "grade": "top",
            "tongues": ["b", "d"],
            "partner.member": False,
        },
        "timelines": {
            "work": [
                {"from": "2017-03", "to": "2020-12", "pay": "150.25", "trades": ["x", "z"], "note": 3},
                {"from": "2019-01", "pay": "260", "trades": ["y"], "shift": "night"},
            ],
            "home": [{"from": "2023-11", "to": "2023-12"}],
            "partner.work": [{"from": "2016-03", "pay": "500", "trades": ["x"]}],
        },
        "records": {"prizes": [{"date": "2020-01-31", "size": 12}, {"date": "1999-12-31", "size": 50}]},
    },
    {
        "applicant": "little",
        "date": "2024-11-30",
        "facts": {"born": "1930-01-01", "height": "300", "grade": "low"},
        "timelines": {"work": [], "home": [], "partner.work": []},
        "records": {"prizes": []},
    },
    {
        "applicant": "unknown homes",
        "date": "2025-01-31",
        "facts": {"born": "2001-12-31", "height": "0.1", "grade": "high", "member": False, "tongues": ["a"]},
        "timelines": {
            "work": [{"from": "2020-07", "to": "2020-07", "pay": "0", "trades": ["z", "y", "x"], "note": 1}],
            "partner.work": [{"from": "2020-07", "pay": "0.01", "trades": ["y"]}],
        },
        "records": {"prizes": [{"date": "2024-02-29", "size": 1}]},
    },
]


pytestmark = pytest.mark.usefixtures("backend")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(Path(__file__).with_name("quay.yaml"))


@pytest.fixture(scope="module")
def table(policy: Policy) -> pa.Table:
    return table_of(policy, PEOPLE)


@pytest.fixture(scope="module")
def expected(policy: Policy) -> list[dict[str, Any]]:
    return [said(policy, person) for person in PEOPLE]


def changed(
    table: pa.Table, of_type: Callable[[pa.DataType, str], pa.DataType], value: Callable[..., Any]
) -> pa.Table:
    """The table with other types, and with each leaf as `value` makes it of the leaf and its new type."""

    def retyped(type_: pa.DataType, name: str) -> pa.DataType:
        if pa.types.is_list(type_):
            return pa.list_(retyped(type_.value_type, name))
        if pa.types.is_struct(type_):
            return pa.struct([(one.name, retyped(one.type, one.name)) for one in type_])
        return of_type(type_, name)

    def revalued(given: Any, type_: pa.DataType, name: str) -> Any:
        if isinstance(given, list):
            return [revalued(one, type_.value_type, name) for one in given]
        if isinstance(given, dict):
            return {one.name: revalued(given[one.name], one.type, one.name) for one in type_}
        return None if given is None else value(given, type_, name)

    schema = pa.schema([(one.name, retyped(one.type, one.name)) for one in table.schema])
    rows = [
        {name: revalued(given, schema.field(name).type, name) for name, given in row.items()}
        for row in table.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema)


def month_text(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def as_text(type_: pa.DataType, name: str) -> pa.DataType:
    return type_ if pa.types.is_boolean(type_) else pa.string()


def text(given: Any, type_: pa.DataType, name: str) -> Any:
    if isinstance(given, bool):
        return given
    return month_text(given) if name in ("from", "to") else str(given)


def days(given: Any, type_: pa.DataType, name: str) -> Any:
    """Spells by days: from the first day of a month to the last."""
    if name not in ("from", "to"):
        return given
    month = given + (name == "to")
    first = np.datetime64(month_text(month), "D")
    return (first - (name == "to")).astype(date)


@pytest.mark.parametrize(
    "layout",
    [
        lambda table: table,
        lambda table: changed(table, as_text, text),
        lambda table: changed(
            table, lambda t, n: pa.large_string() if as_text(t, n) == pa.string() else t, text
        ),
        lambda table: changed(
            table,
            lambda t, n: pa.dictionary(pa.uint8(), pa.string()) if as_text(t, n) == pa.string() else t,
            text,
        ),
        lambda table: changed(table, lambda t, n: pa.date32() if n in ("from", "to") else t, days),
        lambda table: table.set_column(1, "date", table.column("date").dictionary_encode()),
        lambda table: changed(
            table, lambda t, n: pa.decimal128(30, 5) if pa.types.is_decimal(t) else t, lambda v, t, n: v
        ),
        lambda table: changed(
            table, lambda t, n: pa.decimal256(50, 3) if pa.types.is_decimal(t) else t, lambda v, t, n: v
        ),
        lambda table: changed(
            table, lambda t, n: pa.int16() if pa.types.is_integer(t) else t, lambda v, t, n: v
        ),
        lambda table: changed(
            table, lambda t, n: pa.uint64() if pa.types.is_integer(t) else t, lambda v, t, n: v
        ),
        lambda table: pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1, 2)]),
        lambda table: pa.concat_tables([table, table]).slice(2, 3).take([1, 2, 0]),
        lambda table: pa.concat_tables([table] * 9).slice(9, 3),
        lambda table: pa.table({name: table.column(name) for name in reversed(table.column_names)}),
        lambda table: table.cast(
            pa.schema(
                [
                    pa.field(
                        one.name,
                        pa.large_list(one.type.value_type) if pa.types.is_list(one.type) else one.type,
                    )
                    for one in table.schema
                ]
            )
        ),
    ],
    ids=[
        "canonical",
        "text",
        "large text",
        "dictionaries",
        "days",
        "dictionaries of dates",
        "more decimals",
        "decimal256",
        "int16",
        "uint64",
        "chunks",
        "taken",
        "slice",
        "reversed",
        "large lists",
    ],
)
def test_a_layout(
    policy: Policy, table: pa.Table, expected: list[Any], layout: Callable[[pa.Table], pa.Table]
) -> None:
    given = layout(table)
    assert given.num_rows == len(PEOPLE)
    assert read(policy.score_table(given)) == expected


def test_one_word_for_several_options(policy: Policy) -> None:
    """`tongues: b` where the canonical type is a list."""
    person = {**PEOPLE[1], "facts": {**PEOPLE[1]["facts"], "tongues": "b", "member": True}}
    given = table_of(policy, [person])
    at = given.schema.get_field_index("tongues")
    given = given.set_column(at, "tongues", pa.array(["b"]))
    assert read(policy.score_table(given)) == [said(policy, person)]


def test_columns_that_may_be_absent(policy: Policy, table: pa.Table) -> None:
    bare = {
        "applicant": "bare",
        "date": "2024-03-05",
        "facts": {"born": "1990-01-01", "height": "1", "grade": "low"},
        "timelines": {"work": [{"from": "2019-01", "pay": "900", "trades": ["x"]}], "partner.work": []},
        "records": {"prizes": []},
    }
    keep = ["date", "born", "height", "grade", "work", "partner.work", "prizes"]
    given = table_of(policy, [bare]).select(keep)
    work = given.schema.get_field_index("work")
    type_ = pa.list_(
        pa.struct(
            [
                (name, given.schema.field(work).type.value_type.field(name).type)
                for name in ("from", "pay", "trades")
            ]
        )
    )
    rows = [
        [{key: one[key] for key in ("from", "pay", "trades")} for one in row]
        for row in given.column("work").to_pylist()
    ]
    given = given.set_column(work, "work", pa.array(rows, type_))
    assert read(policy.score_table(given)) == [said(policy, bare)]


def test_columns_of_nulls(policy: Policy, table: pa.Table) -> None:
    given = table.slice(1, 1)
    for name in ("child", "member", "tongues", "home", "visits"):
        given = given.set_column(given.schema.get_field_index(name), name, pa.nulls(1))
    person = {**PEOPLE[1], "timelines": {"work": [], "partner.work": []}}
    assert read(policy.score_table(given)) == [said(policy, person)]


def test_entries_behind_a_null_list(policy: Policy, table: pa.Table) -> None:
    at = table.schema.get_field_index("home")
    homes = table.column("home").combine_chunks()
    offsets, entries = homes.buffers()[1], homes.values
    hidden = pa.Array.from_buffers(
        homes.type, 3, [pa.py_buffer(bytes([0b110])), offsets], 1, children=[entries]
    )
    assert hidden.to_pylist()[0] is None and homes.to_pylist()[0]
    found = read(policy.score_table(table.set_column(at, "home", hidden)))
    unknown = {name: value for name, value in PEOPLE[0]["timelines"].items() if name != "home"}
    assert found[0] == said(policy, {**PEOPLE[0], "timelines": unknown})


FORMS: list[tuple[str, pa.Array, list[str]]] = [
    ("grade", pa.array(["top", "low", "high"], pa.string_view()), ["", "", ""]),
    ("grade", pa.array([b"top", b"low", b"high"]), ["JF706"] * 3),
    ("grade", pa.array([1, 2, 3]), ["JF706"] * 3),
    ("grade", pa.array([{"x": 1}] * 3), ["JF706"] * 3),
    ("grade", pa.array([["top"], None, []]), ["JF706", "JF703", "JF706"]),
    ("height", pa.array([1, 2, None], pa.float32()), ["JF711", "JF711", "JF703"]),
    ("height", pa.array([10**30, 1, -6], pa.decimal128(38, 0)), ["JF707", "", "JF707"]),
    ("height", pa.array(["1.50", "1.55", "1.5"]), ["", "JF712", ""]),
    ("visits", pa.array(["7", "x", None]), ["", "JF705", ""]),
    ("visits", pa.array([2**63, 2**64 - 1, 1], pa.uint64()), ["JF707", "JF707", ""]),
    ("visits", pa.array([Decimal(7), Decimal(8), None]), ["", "", ""]),
    ("member", pa.array(["true", None, "false"]), ["JF705", "", "JF705"]),
    ("born", pa.array([date(2000, 1, 1)] * 3, pa.date64()), ["", "", ""]),
    ("born", pa.array([datetime(2000, 1, 1)] * 3), ["JF708"] * 3),
    ("born", pa.array(["2000-02-29", "2001-02-29", "2000-2-9"]), ["", "JF708", "JF708"]),
    ("tongues", pa.array([["a"], None, []], pa.list_view(pa.string())), ["", "", "JF715"]),
    ("tongues", pa.array([["a"], None, ["e"]], pa.list_(pa.string(), 1)), ["", "", "JF706"]),
    ("home", pa.array([[], None, []]), ["", "", ""]),
    ("home", pa.array([[{"from": "2020-01"}], None, [{"from": "2020-13"}]]), ["", "", "JF709"]),
    ("home", pa.array([[{"from": datetime(2020, 1, 1)}], None, []]), ["JF709", "", ""]),
    ("home", pa.array([[{"from": 2020.5}], [{"to": 24240.0}], []]), ["JF709", "JF703", ""]),
    ("applicant", pa.array([7, None, 9]), ["", "", ""]),
]


@pytest.mark.parametrize(
    ("name", "array", "said_of_it"), FORMS, ids=[f"{name} {array.type}" for name, array, _ in FORMS]
)
def test_a_form(policy: Policy, table: pa.Table, name: str, array: pa.Array, said_of_it: list[str]) -> None:
    """Whatever a column is made of: what the reader for one takes is taken, and the rest told by row."""
    at = table.schema.get_field_index(name)
    scores = policy.score_table(table.set_column(at, name, array))
    assert [one[0]["code"] if one else "" for one in scores.column("problems").to_pylist()] == said_of_it


def test_no_rows(policy: Policy, table: pa.Table) -> None:
    for given in (table.slice(0, 0), table.schema.empty_table()):
        scores = policy.score_table(given)
        assert scores.num_rows == 0 and "total" in scores.column_names


def test_decimals(policy: Policy, table: pa.Table, expected: list[dict[str, Any]]) -> None:
    """Halves are rounded away from zero."""
    scores = policy.score_table(table, places=2)
    for row, told in zip(scores.to_pylist(), expected, strict=True):
        for name, exact in told.items():
            if isinstance(exact, Fraction):
                size = (200 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
                assert row[f"{name}.decimal"] == Decimal(size if exact > 0 else -size).scaleb(-2)


def test_columns_that_are_passed_on(policy: Policy, table: pa.Table) -> None:
    given = table.append_column("street", pa.array(["Pier", None, "Quay"]))
    scores = policy.score_table(given, carry=["street", "date"])
    assert scores.column("street").equals(given.column("street"))
    assert scores.column_names.count("date") == 1


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_threads(policy: Policy, table: pa.Table, expected: list[Any], threads: int) -> None:
    given = pa.concat_tables([table] * 20)
    assert read(policy.score_table(given, threads=threads)) == expected * 20
