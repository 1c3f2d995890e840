"""Rankings of populations: places, ties and who is admitted are those of `rank_cards`, in memory and over files."""

import json
import random
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jifen import Policy, load
from jifen.arrow.schema import schema_of
from jifen.batch import run as running
from jifen.batch import sorting, tables
from jifen.batch.placing import Ranker, rank_table
from jifen.batch.ranking import rank_cards
from jifen.batch.run import Batch
from jifen.cli import main

PIER = Path(__file__).with_name("pier.yaml")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(PIER)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 10 applicants, merged three at a time."""
    monkeypatch.setattr(tables, "CHUNK", 5)
    monkeypatch.setattr(running, "PIECES", 2)
    monkeypatch.setattr(sorting, "RUN", 16)
    monkeypatch.setattr(sorting, "BLOCK", 4)
    monkeypatch.setattr(sorting, "FAN_IN", 3)


def crowd(seed: int, count: int) -> list[dict[str, Any]]:
    """Applicants among whom many are equal; some are too young, some have no merit on record."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        facts: dict[str, Any] = {
            "merit": rng.randint(-3, 3),
            "wealth": rng.choice((-999999999999, -1, 0, 1, 999999999999)),
            "age": rng.randint(0, 9),
        }
        if rng.random() < 0.1:
            del facts["merit"]
        found.append({"applicant": str(number), "date": "2024-05-01", "facts": facts})
    return found


def table_of(policy: Policy, people: list[dict[str, Any]]) -> pa.Table:
    schema = pa.schema([field.with_nullable(True) for field in schema_of(policy)])
    columns = {name: [person["facts"].get(name) for person in people] for name in schema.names[2:]}
    columns["applicant"] = [person["applicant"] for person in people]
    columns["date"] = pa.array([person["date"] for person in people]).cast(pa.date32())
    return pa.table(columns, schema)


def expected(
    policy: Policy, people: list[dict[str, Any]], quota: int | None
) -> dict[str, tuple[int | None, bool]]:
    """The place of everybody who can be scored, and whether it is admitted, one by one."""
    cards = [policy.score(person) for person in people if "merit" in person["facts"]]
    places: dict[str, tuple[int | None, bool]] = {card.person.id: (None, False) for card in cards}
    return places | {one.id: (one.place, one.admitted) for one in rank_cards(cards, quota)}


def told(scores: pa.Table) -> dict[str, tuple[int | None, bool]]:
    names = ("applicant", "rank.place", "rank.admitted")
    return {
        name: (place, admitted)
        for name, place, admitted in zip(*(scores.column(one).to_pylist() for one in names), strict=True)
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("count", [0, 1, 9, 200])
@pytest.mark.parametrize("quota", [None, 0, 1, 17, 1000])
def test_over_files(policy: Policy, tmp_path: Path, seed: int, count: int, quota: int | None) -> None:
    people = crowd(seed, count)
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    pq.write_table(table_of(policy, people), given)
    counts = Batch(policy, given, output, quota=quota).run()
    right = expected(policy, people, quota)
    scores = pq.read_table(output)
    assert told(scores) == right
    assert scores.column("row").to_pylist() == [int(name) for name in right]
    assert counts.ranking is not None
    assert counts.ranking.ranked == sum(place is not None for place, _ in right.values())
    assert counts.ranking.admitted == sum(admitted for _, admitted in right.values())
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".parts"] == []


@pytest.mark.parametrize("seed", range(6))
def test_in_memory(policy: Policy, seed: int) -> None:
    people = crowd(seed, 200)
    table = table_of(policy, people)
    scores = rank_table(policy, policy.score_table(pa.concat_tables([table.slice(0, 90), table.slice(90)])))
    right = expected(policy, people, None)
    found = told(scores)
    assert {name: found[name] for name in right} == right
    assert {found[name] for name in found.keys() - right.keys()} == {(None, False)}


def test_the_line_is_what_the_last_one_admitted_has(policy: Policy, tmp_path: Path) -> None:
    people = crowd(1, 300)
    given = tmp_path / "given.parquet"
    pq.write_table(table_of(policy, people), given)
    counts = Batch(policy, given, tmp_path / "scores.csv", quota=20).run()
    cards = [policy.score(person) for person in people if "merit" in person["facts"]]
    last = min(one.keys for one in rank_cards(cards, 20) if one.admitted)
    assert counts.ranking is not None and counts.ranking.line == last
    assert last[1] % 1 != 0 or last[0] % 1 != 0


def test_who_is_admitted_is_open_without_a_quota(tmp_path: Path) -> None:
    text = PIER.read_text(encoding="utf-8").replace("    quota: 60\n", "")
    (tmp_path / "pier.yaml").write_text(text, encoding="utf-8")
    policy = load(tmp_path / "pier.yaml")
    scores = rank_table(policy, policy.score_table(table_of(policy, crowd(3, 50))))
    assert set(scores.column("rank.admitted").to_pylist()) == {None}
    assert scores.column("rank.place").null_count < 50


def test_a_policy_that_does_not_rank() -> None:
    policy = load(Path(__file__).parents[1] / "arrow" / "quay.yaml")
    with pytest.raises(ValueError, match="does not rank"):
        Ranker(policy, pa.schema([]))


class CutOff(Exception):
    """The process was killed."""


def test_a_ranking_that_was_cut_off(policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, output, whole = (tmp_path / f"{name}.parquet" for name in ("given", "scores", "whole"))
    pq.write_table(table_of(policy, crowd(2, 95)), given)
    Batch(policy, given, whole).run()

    def cut(done: int, _: int | None) -> None:
        if done > 55:
            raise CutOff

    with pytest.raises(CutOff):
        Batch(policy, given, output).run(cut)
    before = Ranker.places

    def places(self: Ranker, runs: list[Path], folder: Path) -> Any:
        for number, batch in enumerate(before(self, runs, folder)):
            if number == 3:
                raise CutOff
            yield batch

    with monkeypatch.context() as patch:
        patch.setattr(Ranker, "places", places)
        with pytest.raises(CutOff):
            Batch(policy, given, output).run()
    assert not output.exists()
    assert Batch(policy, given, output).run().resumed == 95
    assert output.read_bytes() == whole.read_bytes()


def run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main([*words, "--lang", "en"])
    return status, capsys.readouterr().err


def test_the_command(policy: Policy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    people = [person for person in crowd(4, 120) if "merit" in person["facts"]]
    given, output = tmp_path / "given.jsonl", tmp_path / "scores.jsonl"
    given.write_text("".join(json.dumps(person) + "\n" for person in people), encoding="utf-8")
    words = ["batch", str(given), str(output), "--policy", str(PIER)]
    status, said = run([*words, "--quota", "5"], capsys)
    right = expected(policy, people, 5)
    ranked = sum(place is not None for place, _ in right.values())
    admitted = sum(one for _, one in right.values())
    assert status == 0 and f"{ranked} ranked, {admitted} admitted" in said
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert {row["applicant"]: (row["rank.place"], row["rank.admitted"]) for row in rows} == right
    status, said = run([*words[:-1], "tests/arrow/quay.yaml", "--quota", "5"], capsys)
    assert status == 2 and "quay/2024" in said
