"""JSON Lines, and CSV with lists, by columns: the same scores, the same rejects, as one line after the other."""

import csv
import io
import json
import random
from collections.abc import Callable, Sequence
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from tests.arrow.test_layouts import PEOPLE
from tests.batch.test_batch import QUAY, nested

from jifen import Policy, load
from jifen.arrow.lines import LineReader
from jifen.arrow.schema import columns_of
from jifen.arrow.score import TableScorer
from jifen.batch import documents
from jifen.batch.run import Batch

Document = dict[str, Any]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(QUAY)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "DOCUMENTS_AT_ONCE", 16)
    monkeypatch.setattr(documents, "FEW", 2)


class Raw(str):
    """A text that stands in the line as it is, not in quotes."""


NUMBERS = [
    "0.1", "-4.5", "1e2", "1E+2", "1.0", "100", "-0", "0.10", "1.25", "1e-1", "299.99", "300.1", "12345678901234567890",
    "1e40", "1e400", "150.2500000000000000001", "NaN", "Infinity", "true", "null", "[]", "{}", "01", "1.", ".5", "+1",
    '"0.1"', '"1e2"', '"1E2"', '".5"', '"1."', '"+1"', '" 1"', '"1 "', '""', '"NaN"', '"0x10"', '"1_0"', '"１"',
    '"1,0"', '"1.e1"', '".1e1"', '"-.5"',
]  # fmt: skip
"""JSON's numbers, texts that are numbers or nearly, and what is none."""
OTHERS = [
    "null", "true", "false", '"true"', "1", '"a"', "[]", '["a"]', '["a", "a"]', '["a", null]', "{}",
    '{"unknown": true}', '"2020-02-30"', '"2020-02-29"', '"2020-2-9"', '"1850-01-01"', '"2020-01"', '"2020-01-15"',
    "2020", '"top"', '"\\u0061"', '"\\ud800"', '"梅"', '"tab\there"',
]  # fmt: skip


def line_of(document: Any, rng: random.Random | None = None) -> str:
    """A document as a line; texts of class Raw as they are, and, with a source of chance, blanks in other places."""
    gaps = rng.choice([(", ", ": "), (",", ":"), (" , ", " : "), (",\t", ":  ")]) if rng else (", ", ": ")

    def told(value: Any) -> str:
        if isinstance(value, Raw):
            return value
        if isinstance(value, dict):
            return (
                "{" + gaps[0].join(json.dumps(key) + gaps[1] + told(one) for key, one in value.items()) + "}"
            )
        if isinstance(value, list):
            return "[" + gaps[0].join(map(told, value)) + "]"
        return json.dumps(value, ensure_ascii=bool(rng and rng.random() < 0.5))

    return told(document)


def person(at: int = 0) -> Document:
    return nested(deepcopy(PEOPLE[at]))


PLACES: list[tuple[tuple[Any, ...], list[str]]] = [
    (("facts", "height"), NUMBERS),
    (("facts", "visits"), NUMBERS),
    (("timelines", "work", 0, "pay"), NUMBERS),
    (("timelines", "work", 0, "note"), NUMBERS),
    (("records", "prizes", 0, "size"), NUMBERS),
    *[
        (path, OTHERS)
        for path in (
            ("applicant",),
            ("date",),
            ("facts",),
            ("people",),
            ("timelines",),
            ("records",),
            ("facts", "born"),
            ("facts", "child"),
            ("facts", "member"),
            ("facts", "grade"),
            ("facts", "tongues"),
            ("facts", "unheard_of"),
            ("unheard_of",),
            ("people", "partner"),
            ("people", "partner", "facts", "member"),
            ("people", "partner", "timelines", "work"),
            ("timelines", "work"),
            ("timelines", "home"),
            ("timelines", "work", 1),
            ("timelines", "work", 0, "from"),
            ("timelines", "work", 0, "to"),
            ("timelines", "work", 0, "trades"),
            ("timelines", "work", 0, "shift"),
            ("timelines", "work", 0, "unheard_of"),
            ("records", "prizes"),
            ("records", "prizes", 0, "date"),
        )
    ],
]


def changed(path: tuple[Any, ...], raw: str, rng: random.Random | None = None) -> str:
    document: Any = person()
    part = document
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = Raw(raw)
    return line_of(document, rng)


def without(path: tuple[Any, ...]) -> str:
    document: Any = person()
    part = document
    for name in path[:-1]:
        part = part[name]
    if isinstance(part, list):
        del part[path[-1]]
    else:
        part.pop(path[-1], None)
    return line_of(document)


WHOLE = [
    "{", "}", "[1]", "null", "1", '"a"', "{}", "{} {}", "{}{}", line_of(person()) + " ", "\t" + line_of(person()),
    line_of(person()) + line_of(person(1)), line_of(person())[:-1] + ",}", "// a", line_of(person()) + "//",
    line_of(person())[:-1] + ', "date": "2024-03-06"}',
    line_of(person()).replace('"facts": {', '"facts": {"born": 1, '),
    line_of(person()).replace("everything", "every\x01thing"), line_of(person()).replace("everything", "e" * 5000),
    "\ufeff" + line_of(person()), line_of(person()).replace("everything", "\U0001f600 \\u6885"),
    '{"a":', '{"b": 1}', "'" + line_of(person()) + "'", line_of(person()).replace('"', "'"), "[" * 2000,
]  # fmt: skip


def both(
    policy: Policy,
    folder: Path,
    lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
    carry: Sequence[str] = (),
    form: str = ".jsonl",
) -> tuple[pa.Table, pa.Table, str, str]:
    """Scores and rejects of some lines: by columns, and one by one."""
    given = folder / f"given{form}"
    given.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    fast, slow = (Batch(policy, given, folder / f"{name}.parquet", carry=carry) for name in ("fast", "slow"))
    fast.run()
    with monkeypatch.context() as patch:
        patch.setattr(LineReader, "is_plain", lambda self, line: False)
        slow.run()
    told = [one.rejects.read_text(encoding="utf-8") if one.rejects.exists() else "" for one in (fast, slow)]
    found = [pq.read_table(folder / f"{name}.parquet") for name in ("fast", "slow")]
    return found[0], found[1], told[0], told[1]


@pytest.mark.parametrize(
    ("path", "values"), PLACES, ids=lambda one: ".".join(map(str, one)) if isinstance(one, tuple) else ""
)
def test_each_value_in_each_place(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: tuple[Any, ...], values: list[str]
) -> None:
    rng = random.Random(str(path))
    lines = [line for raw in values for line in (changed(path, raw), changed(path, raw, rng))]
    lines += [without(path), line_of(person(1)), line_of(person(2))]
    fast, slow, told, right = both(policy, tmp_path, lines, monkeypatch)
    assert told == right and fast.equals(slow)
    assert fast.num_rows >= 2 and right


def test_whole_lines(policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, slow, told, right = both(policy, tmp_path, WHOLE, monkeypatch)
    assert told == right and fast.equals(slow)
    assert fast.num_rows > 3


CARRY: list[tuple[str, ...]] = [(), ("ward",), ("ward", "to", "applicant"), ("ward", "facts"), ("born",)]


@pytest.mark.parametrize("carry", CARRY, ids=" ".join)
@pytest.mark.parametrize("seed", range(3))
def test_crowds(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, carry: tuple[str, ...]
) -> None:
    """Some lines in ten are wrong or odd; what is passed on is mostly a text, a number or a truth, or not there."""
    rng = random.Random(f"{seed} {carry}")
    usual = {
        name: rng.choice(['"north"', "7", "true"]) for name in carry if name not in ("applicant", "facts")
    }
    lines = []
    for _ in range(120):
        path, values = rng.choice(PLACES)
        document = person(rng.randrange(3))
        for name, raw in usual.items():
            if rng.random() < 0.9:
                document[name] = Raw(rng.choice([*NUMBERS, *OTHERS]) if rng.random() < 0.1 else raw)
        odd = [changed(path, rng.choice(values), rng), rng.choice(WHOLE), without(path)]
        lines.append(rng.choice(odd) if rng.random() < 0.2 else line_of(document, rng))
    fast, slow, told, right = both(policy, tmp_path, lines, monkeypatch, carry)
    assert told == right and fast.equals(slow)
    assert fast.num_rows > 80
    for name in carry:
        assert pc.count_distinct(fast.column(name)).as_py() > 1


@pytest.mark.parametrize("first", [None, '"a"', "7", "true"])
def test_each_value_passed_on(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str | None
) -> None:
    """Each by itself, or in one piece with a text, a number or a truth that is passed on already."""
    monkeypatch.setattr(documents, "DOCUMENTS_AT_ONCE", 1 if first is None else 2)
    values = [one for raw in [*NUMBERS, *OTHERS] for one in ([raw] if first is None else [first, raw])]
    lines = [line_of({**person(n % 3), "ward": Raw(one)}) for n, one in enumerate(values)]
    fast, slow, told, right = both(policy, tmp_path, lines, monkeypatch, ["ward"])
    assert told == right and fast.equals(slow)
    assert fast.num_rows > len(values) / 2


def cells_of(policy: Policy, document: Document) -> dict[str, str]:
    """A document as CSV has it, by columns."""
    found = {"applicant": document["applicant"], "date": document["date"], "ward": "north"}
    for column, (section, key) in columns_of(policy.rules).items():
        value = document.get(section, {}).get(key)
        if value is not None:
            found[column] = value if isinstance(value, str) else json.dumps(value)
    return found


def rows_of(cells: list[dict[str, str]], names: list[str]) -> list[str]:
    """Lines of CSV."""
    text = io.StringIO()
    rows = csv.DictWriter(text, names, lineterminator="\n")
    rows.writeheader()
    rows.writerows(cells)
    return text.getvalue().removesuffix("\n").split("\n")


@pytest.mark.parametrize("carry", [(), ("ward",), ("ward", "member")], ids=" ".join)
@pytest.mark.parametrize("seed", range(3))
def test_crowds_in_csv(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, carry: tuple[str, ...]
) -> None:
    """Cells that are wrong or odd, lists that have such values in them, and rows too short and too long."""
    rng = random.Random(f"{seed} {carry} csv")
    names = ["applicant", "date", *columns_of(policy.rules), *carry[:1]]
    crowd = []
    for _ in range(120):
        document = deepcopy(PEOPLE[rng.randrange(3)])
        cells = {name: text for name, text in cells_of(policy, document).items() if name in names}
        if rng.random() < 0.25:
            raw = rng.choice([*NUMBERS, *OTHERS, "1]}, {", "[1], []", "[{}]", "TRUE", "a"])
            column = rng.choice(names)
            lists = [name for name, text in cells.items() if text.startswith("[{")]
            if lists and rng.random() < 0.5:
                column = rng.choice(lists)
                entries = json.loads(cells[column])
                entries[0][rng.choice([*entries[0], "unheard_of"])] = Raw(raw)
                raw = line_of(entries)
            cells[column] = raw.strip('"') if rng.random() < 0.5 else raw
        crowd.append(cells)
    lines = rows_of(crowd, names)
    for _ in range(4):
        at = rng.randrange(1, len(lines))
        lines[at] = rng.choice([lines[at] + ",more", lines[at].rpartition(",")[0], "one"])
    fast, slow, told, right = both(policy, tmp_path, lines, monkeypatch, carry, ".csv")
    assert told == right and right and fast.equals(slow)
    assert fast.num_rows > 80


def test_csv_is_read_by_columns(policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = rows_of([cells_of(policy, PEOPLE[n % 3]) for n in range(40)], [*cells_of(policy, PEOPLE[0])])
    counted: list[int] = []
    scored: Callable[..., Any] = TableScorer.documents

    def documents_(self: TableScorer, some: list[Any], *more: Any) -> Any:
        counted.append(len(some))
        return scored(self, some, *more)

    monkeypatch.setattr(TableScorer, "documents", documents_)
    (tmp_path / "given.csv").write_text("\n".join(lines), encoding="utf-8")
    assert Batch(policy, tmp_path / "given.csv", tmp_path / "scores.csv", carry=["ward"]).run().scored == 40
    assert not counted


def test_no_binary_fraction(policy: Policy) -> None:
    """Of 0.1 and the double nearest to it only one is 0.1."""
    reader = LineReader(policy.rules)
    texts = ["0.1", "-0.1", "299.9", "1e-1"]
    found = reader.read([changed(("facts", "height"), text) for text in texts])
    assert found is not None
    assert found.batch.column("height").to_pylist() == [Decimal(text) for text in texts]
    assert pa.types.is_decimal128(found.batch.schema.field("height").type)


def test_plain_lines_are_read_by_columns(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else all of this would prove nothing."""
    asked: list[int] = []
    read: Callable[..., Any] = LineReader.read

    def counted(self: LineReader, lines: list[str], *carry: Any) -> Any:
        found = read(self, lines, *carry)
        asked.append(len(lines) if found is not None else 0)
        return found

    monkeypatch.setattr(LineReader, "read", counted)
    lines = [line_of(person(n % 3)) for n in range(40)]
    lines[7] = "{]}"
    fast, _, _, _ = both(policy, tmp_path, lines, monkeypatch)
    assert fast.num_rows == 39 and sum(asked) >= 37
