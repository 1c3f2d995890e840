"""Rows that cannot be read are told as the reader for one applicant tells them; all others are scored."""

from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jifen import ApplicantError, Policy, load
from jifen.arrow import batches, refusals
from jifen.arrow.refusals import rejects

from .tables import read, said, table_of
from .test_layouts import PEOPLE

Row = dict[str, Any]


pytestmark = pytest.mark.usefixtures("backend")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(Path(__file__).with_name("quay.yaml"))


@pytest.fixture(scope="module")
def rows(policy: Policy) -> list[Row]:
    """Applicants in a table whose types allow more than the policy does."""
    found = table_of(policy, PEOPLE).to_pylist()
    for spell in [spell for row in found for name in ("work", "partner.work") for spell in row[name]]:
        spell["pay"] = str(spell["pay"])
    return found


@pytest.fixture(scope="module")
def schema(policy: Policy) -> pa.Schema:
    """Texts for options and money, and nulls wherever Arrow has room for them."""
    found = table_of(policy, []).schema
    spell = [
        ("from", pa.int32()),
        ("to", pa.int32()),
        ("pay", pa.string()),
        ("trades", pa.list_(pa.string())),
    ]
    work = pa.list_(pa.struct([*spell, ("shift", pa.string()), ("note", pa.int32())]))
    types = {"grade": pa.string(), "tongues": pa.list_(pa.string()), "work": work, "partner.work": work}
    types |= {
        "home": pa.list_(pa.struct(spell[:2])),
        "prizes": pa.list_(pa.struct([("date", pa.date32()), ("size", pa.int64())])),
    }
    return pa.schema([(one.name, types.get(one.name, one.type)) for one in found])


def scored(policy: Policy, rows: list[Row], schema: pa.Schema) -> pa.Table:
    return policy.score_table(pa.Table.from_pylist(rows, schema), threads=1)


MONTH = 2019 * 12
PLAIN: Row = {"grade": "top", "tongues": ["b", "d"]}

WRONG: dict[str, tuple[Row, list[tuple[str, str]]]] = {
    "no date": ({"date": None}, [("date", "JF703")]),
    "a date long ago": ({"date": date(1850, 1, 1)}, [("date", "JF716")]),
    "no round": ({"date": date(2024, 8, 1)}, [("date", "JF714")]),
    "no fact": ({"born": None}, [("facts.born", "JF703")]),
    "a fact out of range": ({"height": Decimal("300.1")}, [("facts.height", "JF707")]),
    "born too early": ({"born": date(1929, 12, 31)}, [("facts.born", "JF707")]),
    "born out of all time": ({"born": date(2200, 1, 1)}, [("facts.born", "JF716")]),
    "no option": ({"grade": "hihg"}, [("facts.grade", "JF706")]),
    "no option of several": ({"tongues": ["a", "e"]}, [("facts.tongues", "JF706")]),
    "no options at all": ({"tongues": []}, [("facts.tongues", "JF715")]),
    "an option that is null": ({"tongues": ["a", None]}, [("facts.tongues", "JF706")]),
    "no timeline": ({"work": None}, [("timelines.work", "JF703")]),
    "a spell that is null": ({"home": [{"from": MONTH}, None]}, [("timelines.home[1]", "JF701")]),
    "a spell without a start": ({"home": [{"to": MONTH}]}, [("timelines.home[0].from", "JF703")]),
    "a spell that ends first": (
        {"home": [{"from": MONTH, "to": MONTH - 1}]},
        [("timelines.home[0]", "JF710")],
    ),
    "a month that is none": ({"home": [{"from": 201901}]}, [("timelines.home[0].from", "JF709")]),
    "a spell without pay": (
        {"work": [{"from": MONTH, "trades": ["x"], "pay": "1"}, {"from": MONTH, "trades": ["x"]}]},
        [("timelines.work[1].pay", "JF703")],
    ),
    "pay in mills": (
        {"work": [{"from": MONTH, "trades": ["x"], "pay": "1.005"}]},
        [("timelines.work[0].pay", "JF712")],
    ),
    "pay that is no number": (
        {"partner.work": [{"from": MONTH, "trades": ["x"], "pay": "1e3"}]},
        [("people.partner.timelines.work[0].pay", "JF705")],
    ),
    "a prize without a date": ({"prizes": [{"size": 1}]}, [("records.prizes[0].date", "JF703")]),
    "a prize too large": (
        {"prizes": [{"size": 1, "date": date(2020, 1, 1)}, {"size": 51, "date": date(2020, 1, 1)}]},
        [("records.prizes[1].size", "JF707")],
    ),
    "too many prizes": (
        {"prizes": [{"size": 1, "date": date(2020, 1, 1)}] * 6},
        [("records.prizes", "JF713")],
    ),
    "all at once": (
        {"born": None, "grade": "x", "home": [{"from": None}]},
        [("facts.born", "JF703"), ("facts.grade", "JF706"), ("timelines.home[0].from", "JF703")],
    ),
}


@pytest.mark.parametrize(("change", "problems"), WRONG.values(), ids=WRONG.keys())
def test_one_row(
    policy: Policy, rows: list[Row], schema: pa.Schema, change: Row, problems: list[tuple[str, str]]
) -> None:
    given = deepcopy(rows)
    given.insert(1, {**deepcopy(rows[0]), "applicant": "wrong", **change})
    scores = scored(policy, given, schema)
    scores.validate(full=True)
    found = read(scores)
    assert [(path, code) for path, code, _ in found.pop(1)["problems"]] == problems
    assert found == [said(policy, person) for person in PEOPLE]
    listed = rejects(scores).to_pylist()
    assert [(one["row"], one["applicant"], one["path"], one["code"]) for one in listed] == [
        (1, "wrong", path, code) for path, code in problems
    ]
    kept = dict.fromkeys(scores.column_names) | {
        name: scores.column(name)[1].as_py() for name in ("applicant", "date", "problems")
    }
    assert scores.slice(1, 1).to_pylist() == [kept]


def test_what_only_the_careful_reader_takes(policy: Policy, rows: list[Row], schema: pa.Schema) -> None:
    """A row that columns do not hold, and that is right all the same, is scored."""
    given = deepcopy(rows)
    given[0]["tongues"] = ["b", "d", "b"]
    assert read(scored(policy, given, schema)) == [said(policy, person) for person in PEOPLE]


def test_no_round_and_something_else(policy: Policy, rows: list[Row], schema: pa.Schema) -> None:
    """What is wrong with the data comes first, as for one applicant; on other days nothing is read one by one."""
    closed, between = date(2024, 8, 1), date(2024, 10, 31)
    changes = [
        {"date": closed},
        {},
        {"date": closed, "born": None},
        {"date": between},
        {"date": date(2025, 1, 31)},
        {"date": closed, "tongues": ["b", "d", "b"]},
        {"date": None},
        {"date": date(2024, 11, 1)},
    ]
    given = [{**deepcopy(rows[0]), "applicant": str(n), **change} for n, change in enumerate(changes)]
    scores = scored(policy, given, schema)
    scores.validate(full=True)
    found = [(one["row"], one["path"], one["code"]) for one in rejects(scores).to_pylist()]
    assert found == [
        (0, "date", "JF714"),
        (2, "facts.born", "JF703"),
        (3, "date", "JF714"),
        (5, "date", "JF714"),
        (6, "date", "JF703"),
    ]
    told = rejects(scores).column("message").to_pylist()
    assert "2024-08-01" in told[0] and told[3] == told[0] and "2024-10-31" in told[2]
    assert scores.column("round").to_pylist()[4] == "winter" == scores.column("round").to_pylist()[7]
    assert scores.column("round").to_pylist()[0] is None and scores.column("date").to_pylist()[0] == closed


def test_no_round_is_no_matter_for_the_careful_reader(
    policy: Policy, rows: list[Row], schema: pa.Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [{**deepcopy(rows[0]), "date": date(2024, 8, 1 + n)} for n in range(9)]
    expected = rejects(scored(policy, given, schema))

    def never(document: object) -> None:
        raise AssertionError("read one by one")

    monkeypatch.setattr(policy, "read", never)
    assert rejects(scored(policy, given, schema)).equals(expected) and expected.num_rows == 9


def test_rows_read_by_themselves_together_and_apart(
    policy: Policy, rows: list[Row], schema: pa.Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether neighbours or not, each is the row that it was."""
    monkeypatch.setattr(batches, "_AT_ONCE", 2)
    odd, wrong = {"tongues": ["b", "d", "b"]}, {"grade": "hihg"}
    changes = [odd, odd, wrong, odd, {}, wrong, {}, {}, wrong, wrong, wrong, odd]
    given = [
        {**deepcopy(rows[0]), "applicant": str(n), "height": Decimal(n) / 10, **change}
        for n, change in enumerate(changes)
    ]
    scores = scored(policy, given, schema)
    usual = scored(policy, [{**one, **PLAIN} for one in given], schema)
    assert rejects(scores).column("row").to_pylist() == [2, 5, 8, 9, 10]
    assert rejects(scores).column("applicant").to_pylist() == ["2", "5", "8", "9", "10"]
    assert len(set(usual.column("total").to_pylist())) == len(changes)
    for name in ("applicant", "total", "qualifies"):
        expected = usual.column(name).to_pylist()
        found = scores.column(name).to_pylist()
        for row, change in enumerate(changes):
            refused = change is wrong and name != "applicant"
            assert found[row] == (None if refused else expected[row])


def test_problems_settled_in_pieces(
    policy: Policy, rows: list[Row], schema: pa.Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [{}, *(change for change, _ in WRONG.values()), {}]
    given = [{**deepcopy(rows[0]), "applicant": str(n), **change} for n, change in enumerate(changes)]
    whole = scored(policy, given, schema)
    monkeypatch.setattr(refusals, "_AT_ONCE", 2)
    assert scored(policy, given, schema).equals(whole)


def test_counts_add_up(policy: Policy, rows: list[Row], schema: pa.Schema) -> None:
    changes = [{}, *(change for change, _ in WRONG.values())] * 7
    given = [{**deepcopy(rows[n % 3]), "applicant": str(n), **change} for n, change in enumerate(changes)]
    table = pa.Table.from_pylist(given, schema)
    scores = policy.score_table(pa.concat_tables([table.slice(0, 50), table.slice(50)]), threads=2)
    refused = set(rejects(scores).column("row").to_pylist())
    assert scores.column("qualifies").null_count == len(refused) == len(WRONG) * 7
    assert scores.num_rows == len(given)
    assert rejects(scores).column("applicant").to_pylist() == [
        str(row) for row in rejects(scores).column("row").to_pylist()
    ]


def test_binary_fractions(policy: Policy, rows: list[Row], schema: pa.Schema) -> None:
    at = schema.get_field_index("height")
    given = [{**row, "height": 1.5} for row in rows]
    found = read(scored(policy, given, schema.set(at, pa.field("height", pa.float64()))))
    assert {one["problems"][0][:2] for one in found} == {("facts.height", "JF711")}


def test_the_table_as_a_whole(policy: Policy, rows: list[Row], schema: pa.Schema) -> None:
    table = pa.Table.from_pylist(rows, schema)
    table = table.drop_columns(["born", "work"]).append_column("wrok", pa.nulls(3))
    table = table.set_column(table.schema.get_field_index("home"), "home", pa.array([1, 2, 3]))
    prizes = pa.array([[{"date": date(2020, 1, 1), "seize": 4}]] * 3)
    table = table.set_column(table.schema.get_field_index("prizes"), "prizes", prizes)
    with pytest.raises(ApplicantError) as caught:
        policy.score_table(table, carry=["street"])
    found = [(one.path, one.message.code, one.args.get("near")) for one in caught.value.problems]
    assert found == [
        ("wrok", "JF704", "work"),
        ("street", "JF704", None),
        ("facts.born", "JF703", None),
        ("timelines.work", "JF703", None),
        ("timelines.home", "JF702", None),
        ("records.prizes[].seize", "JF704", "size"),
    ]
