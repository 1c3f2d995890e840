"""Timelines and records in tables of their own give what they give as lists beside their applicants."""

import csv
import json
import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.arrow.tables import table_of
from tests.arrow.test_layouts import PEOPLE
from tests.batch.test_batch import QUAY

from jifen import ApplicantError, Policy, load
from jifen.arrow.long import joined
from jifen.batch import run as running
from jifen.batch import sorting, tables
from jifen.batch.long import LongSource
from jifen.batch.run import Batch
from jifen.batch.tables import CsvTable, ParquetTable, Table

LISTS = ("work", "home", "prizes", "partner.work")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(QUAY)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 4 applicants, parts of two, runs of 12 rows of which three are merged at a time."""
    monkeypatch.setattr(tables, "CHUNK", 4)
    monkeypatch.setattr(running, "PIECES", 2)
    monkeypatch.setattr(sorting, "RUN", 12)
    monkeypatch.setattr(sorting, "BLOCK", 3)
    monkeypatch.setattr(sorting, "FAN_IN", 3)


def crowd(seed: int, count: int) -> list[dict[str, Any]]:
    """Applicants of whom everything is known, in any order of their names; some have no spells, some wrong ones."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        person = deepcopy(PEOPLE[rng.randrange(3)])
        person["applicant"] = f"{rng.choice('abc')}{number}" if seed % 2 else f"{number:04}"
        for section in ("timelines", "records"):
            for name in person[section]:
                rows = person[section][name]
                person[section][name] = (
                    [deepcopy(row) for row in rng.choices(rows or [], k=rng.randrange(4))] if rows else []
                )
        for name in LISTS:
            section = "records" if name == "prizes" else "timelines"
            person.setdefault(section, {}).setdefault(name, [])
        if rng.random() < 0.1 and person["timelines"]["work"]:
            person["timelines"]["work"][0]["to"] = "1901-01"
        found.append(person)
    return found


def wide(policy: Policy, people: list[dict[str, Any]]) -> pa.Table:
    table = table_of(policy, people)
    return table.cast(pa.schema([field.with_nullable(True) for field in table.schema]))


def taken_apart(table: pa.Table, seed: int = 0) -> dict[str, pa.Table]:
    """The lists of a table as tables of their own, and what is left of it; in another order where a seed is given."""
    found = {"": table.drop_columns(LISTS)}
    for name in LISTS:
        lists = table.column(name).combine_chunks()
        entries = lists.flatten()
        columns = {field.name: entries.field(at) for at, field in enumerate(entries.type)}
        columns["applicant"] = table.column("applicant").take(lists.value_parent_indices())
        rows = pa.table(columns)
        if seed:
            # The rows of one applicant stay in their order, which the rejects name.
            names = rows.column("applicant").to_pylist()
            order = {one: random.Random(f"{seed}{one}").random() for one in names}
            rows = rows.take(sorted(range(len(names)), key=lambda row: order[names[row]]))
        found[name] = rows
    return found


def as_parquet(folder: Path, parts: Mapping[str, pa.Table]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for name, table in parts.items():
        path = folder / f"{name or 'persons'}.parquet"
        pq.write_table(table, path, row_group_size=7)
        found[name] = ParquetTable(path)
    return found


def as_csv(folder: Path, parts: Mapping[str, pa.Table]) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for name, table in parts.items():
        path = folder / f"{name or 'persons'}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(table.column_names)
            for row in zip(*table.to_pydict().values(), strict=True):
                rows.writerow([cell(*one) for one in zip(table.column_names, row, strict=True)])
        found[name] = CsvTable(path)
    return found


def cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list):
        return json.dumps(value)
    return f"{value // 12}-{value % 12 + 1:02}" if name in ("from", "to") else str(value)


FORMS: dict[str, Callable[[Path, Mapping[str, pa.Table]], dict[str, Table]]] = {
    "parquet": as_parquet,
    "csv": as_csv,
}


def source(given: Mapping[str, Table]) -> LongSource:
    return LongSource(given[""], {name: given[name] for name in LISTS})


def rejected(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shuffled", [0, 1], ids=["in-order", "shuffled"])
@pytest.mark.parametrize("seed", range(4))
def test_equals_the_lists(policy: Policy, tmp_path: Path, form: str, shuffled: int, seed: int) -> None:
    table = wide(policy, crowd(seed, 50))
    pq.write_table(table, tmp_path / "wide.parquet")
    one = Batch(policy, tmp_path / "wide.parquet", tmp_path / "one.parquet")
    apart = source(FORMS[form](tmp_path, taken_apart(table, shuffled * (seed + 1))))
    other = Batch(policy, apart, tmp_path / "other.parquet")
    counts = one.run()
    assert other.run() == counts and 0 < counts.rejected < 25
    assert pq.read_table(tmp_path / "other.parquet").equals(pq.read_table(tmp_path / "one.parquet"))
    assert rejected(other.rejects) == rejected(one.rejects)


@pytest.mark.parametrize("seed", range(4))
def test_in_memory(policy: Policy, seed: int) -> None:
    table = wide(policy, crowd(seed, 50))
    parts = taken_apart(table, seed % 2)
    persons = parts.pop("")
    assert policy.score_table(joined(persons, parts)).equals(policy.score_table(table))


def test_rows_in_order_are_not_copied(policy: Policy) -> None:
    parts = taken_apart(wide(policy, crowd(2, 50)))
    persons = parts.pop("")
    column = joined(persons, parts).column("work").chunk(0).values.field("from")
    assert column.buffers()[1].address == parts["work"].column("from").chunk(0).buffers()[1].address


def test_what_belongs_to_nobody(policy: Policy, tmp_path: Path) -> None:
    """Rows of a stranger, rows without a name, an applicant without one, and one who stands there twice."""
    people = crowd(2, 20)
    table = wide(policy, people)
    parts = taken_apart(table, 3)
    work = parts["work"]
    stranger = work.slice(0, 2).set_column(
        work.schema.get_field_index("applicant"), "applicant", pa.array(["nobody", None])
    )
    parts["work"] = pa.concat_tables([work.slice(0, 5), stranger, work.slice(5)])
    names = table.column("applicant").to_pylist()
    others = [*names[:4], None, *names[5:9], names[2], *names[10:]]
    parts[""] = parts[""].set_column(0, "applicant", pa.array(others))
    for name in LISTS:
        own = parts[name]["applicant"].to_pylist()
        kept = pa.array([one not in (names[4], names[9]) for one in own], pa.bool_())
        parts[name] = parts[name].filter(kept)
    work_names = parts["work"]["applicant"].to_pylist()
    batch = Batch(policy, source(as_parquet(tmp_path, parts)), tmp_path / "scores.parquet")
    counts = batch.run()
    told = rejected(batch.rejects)
    lost = [one for one in told if "table" in one]
    assert counts.lost == 2
    assert [(one["table"], one["row"], one["applicant"], one["code"]) for one in lost] == [
        ("work", work_names.index("nobody"), "nobody", "JF727"),
        ("work", work_names.index(None), None, "JF703"),
    ]
    own = {(one["row"], one["code"]) for one in told if "table" not in one}
    assert {(4, "JF703"), (9, "JF728")} <= own
    assert counts.rows == 20 and counts.rejected == len({row for row, _ in own})
    kept = pq.read_table(tmp_path / "scores.parquet")
    alone = policy.score_table(table)
    for row, total in zip(kept["row"].to_pylist(), kept["total"].to_pylist(), strict=True):
        assert total == alone["total"][row].as_py()


@pytest.mark.parametrize("persons", [["a", "a"], ["a", None]])
def test_in_memory_everybody_needs_a_name(persons: list[str | None]) -> None:
    with pytest.raises(ApplicantError, match=r"row for each"):
        joined(pa.table({"applicant": pa.array(persons, pa.string())}), {})


def test_in_memory_a_stranger_is_named() -> None:
    rows = pa.table({"applicant": ["a", "b", "b"], "from": [1, 2, 3]})
    with pytest.raises(ApplicantError, match=r"work: There is no applicant b\.$"):
        joined(pa.table({"applicant": ["a"]}), {"work": rows})


def test_tables_that_cannot_be_joined(tmp_path: Path) -> None:
    (tmp_path / "persons.csv").write_text("applicant,work\n", encoding="utf-8")
    (tmp_path / "work.csv").write_text("applicant,from\n", encoding="utf-8")
    (tmp_path / "none.csv").write_text("from\n", encoding="utf-8")
    persons, work, none = (CsvTable(tmp_path / f"{name}.csv") for name in ("persons", "work", "none"))
    for given, code in (
        ((persons, {"work": work}), "JF729"),
        ((work, {"home": none}), "JF703"),
        ((none, {}), "JF703"),
    ):
        with pytest.raises(ApplicantError) as told:
            LongSource(*given)
        assert [one.message.code for one in told.value.problems] == [code]


class CutOff(Exception):
    """The process was killed."""


@pytest.mark.parametrize("form", FORMS)
def test_a_run_that_was_cut_off(policy: Policy, tmp_path: Path, form: str) -> None:
    given = FORMS[form](tmp_path, taken_apart(wide(policy, crowd(1, 45)), 5))
    whole, output = tmp_path / "whole.csv", tmp_path / "scores.csv"
    Batch(policy, source(given), whole).run()

    def cut(done: int, _: int | None) -> None:
        if done > 20:
            raise CutOff

    with pytest.raises(CutOff):
        Batch(policy, source(given), output).run(cut)
    assert Batch(policy, source(given), output).run().resumed == {"parquet": 14, "csv": 16}[form]
    assert output.read_bytes() == whole.read_bytes()
