"""Places by rank and preference over files: who receives what, and who would move up, is as in `allocate_cards`."""

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.batch.test_placing import PIER, small  # noqa: F401
from tests.constructs.constructs import path_of

from jifen import ApplicantError, JifenError, Policy, load
from jifen.batch.allocating import Seats
from jifen.batch.ranking import allocate_cards
from jifen.batch.run import Batch
from jifen.cli import main

TOWN = path_of(48)
PLACES = {"north": 7, "south": 3, "east": 20, "west": 0}


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load(TOWN)


def crowd(seed: int, count: int) -> list[dict[str, Any]]:
    """Applicants among whom many are equal, in no order, with some to five preferences, none or nothing at all."""
    rng = random.Random(seed)
    found = []
    for name in rng.sample(range(10_000), count):
        wanted = rng.choices([*PLACES, "elsewhere"], (5, 5, 3, 1, 1), k=rng.randrange(6))
        found.append(
            {
                "applicant": rng.choice(["", "é", "梅"]) + str(name),
                "earned": rng.randint(0, 12) if rng.random() < 0.95 else 301,
                "wanted": wanted if rng.random() < 0.95 else None,
            }
        )
    return found


def written(policy: Policy, people: list[dict[str, Any]], path: Path, coded: bool = False) -> None:
    table = pa.table(
        {
            "applicant": pa.array([one["applicant"] for one in people], pa.string()),
            "date": pa.array(["2024-06-10"] * len(people), pa.string()).cast(pa.date32()),
            "earned": pa.array([one["earned"] for one in people], pa.int64()),
            "wanted": pa.array([one["wanted"] for one in people], pa.list_(pa.string())),
        }
    )
    if coded:
        lists = table.column("wanted").combine_chunks()
        values = pa.ListArray.from_arrays(
            lists.offsets, lists.values.dictionary_encode(), mask=lists.is_null()
        )
        table = table.set_column(3, "wanted", values)
    pq.write_table(table, path)


def told(path: Path) -> dict[str, tuple[str, ...]]:
    """The substitutes of each place, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    if not path.exists():
        return {}
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        found[one["place"]].append(one["applicant"])
    return {place: tuple(names) for place, names in found.items()}


@pytest.mark.parametrize("coded", [False, True], ids=["texts", "codes"])
@pytest.mark.parametrize("count", [0, 1, 120])
@pytest.mark.parametrize("quota", [None, 0, 1, 25])
def test_over_files(policy: Policy, tmp_path: Path, count: int, quota: int | None, coded: bool) -> None:
    people = crowd(count + (quota or 7), count)
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    written(policy, people, given, coded)
    work = Batch(policy, given, output, quota=quota, seats=Seats("wanted", PLACES))
    counts = work.run()
    cards = [
        policy.score(
            {"applicant": one["applicant"], "date": "2024-06-10", "facts": {"earned": one["earned"]}}
        )
        for one in people
        if one["earned"] <= 300
    ]
    wanted = {one["applicant"]: one["wanted"] or () for one in people}
    right = allocate_cards(cards, wanted, PLACES, quota)
    scores = pq.read_table(output)
    names = scores.column("applicant").to_pylist()
    admitted = {
        name: place
        for name, place, inside in zip(
            names,
            scores.column("rank.given").to_pylist(),
            scores.column("rank.admitted").to_pylist(),
            strict=True,
        )
        if inside
    }
    assert admitted == right.places
    assert sum(place is not None for place in scores.column("rank.given").to_pylist()) == sum(
        place is not None for place in admitted.values()
    )
    assert told(work.substitutes) == {place: some for place, some in right.substitutes.items() if some}
    assert counts.ranking is not None
    assert counts.ranking.given == sum(place is not None for place in right.places.values())
    rows = scores.column("row").to_pylist()
    assert [people[row]["applicant"] for row in rows] == names
    assert not (tmp_path / "scores.parquet.parts").exists()
    assert not work.substitutes.exists() or work.substitutes.stat().st_size
    if count == 120 and quota is None:
        assert counts.ranking.given == sum(PLACES.values()) and len(set(admitted.values())) == 4


def test_taken_up_again(policy: Policy, tmp_path: Path) -> None:
    """Other seats begin anew; the same go on, and say the same."""
    given, output, whole = (tmp_path / f"{name}.parquet" for name in ("given", "scores", "whole"))
    written(policy, crowd(5, 60), given)
    seats = Seats("wanted", PLACES)
    Batch(policy, given, whole, seats=seats).run()

    def cut(done: int, _: int | None) -> None:
        if done > 40:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Batch(policy, given, output, seats=seats).run(cut)
    assert Batch(policy, given, output, seats=seats).run().resumed > 0
    assert pq.read_table(output).equals(pq.read_table(whole))
    for name in ("substitutes", "rejects"):
        assert (tmp_path / f"scores.{name}.jsonl").read_bytes() == (
            tmp_path / f"whole.{name}.jsonl"
        ).read_bytes()
    with pytest.raises(ZeroDivisionError):
        Batch(policy, given, output, seats=seats).run(cut)
    assert Batch(policy, given, output, seats=Seats("wanted", {**PLACES, "west": 1})).run().resumed == 0


def test_the_command(policy: Policy, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given, output = tmp_path / "given.parquet", tmp_path / "scores.csv"
    written(policy, crowd(6, 40), given)
    words = ["batch", str(given), str(output), "--policy", str(TOWN), "--lang", "en", "--quota", "9"]
    words += ["--preferences", "wanted", "--seats", "north=2", "--seats", "south=1"]
    status = main([*words, "--format", "json"])
    counts = json.loads(capsys.readouterr().out)
    assert counts["ranking"]["given"] == 3 and status == (1 if counts["rejected"] else 0)
    main(words)
    said = capsys.readouterr().err
    assert "; 3 given a place" in said and str(tmp_path / "scores.substitutes.jsonl") in said


@pytest.mark.parametrize(
    ("options", "policy_file", "said"),
    [
        (["--seats", "north=2"], TOWN, "go together"),
        (["--preferences", "wanted"], TOWN, "go together"),
        (["--preferences", "wanted", "--seats", "north"], TOWN, "PLACE=NUMBER"),
        (["--preferences", "wanted", "--seats", "north=-1"], TOWN, "PLACE=NUMBER"),
        (["--preferences", "wanted", "--seats", "north=1"], PIER, "does not give places by preference"),
    ],
)
def test_wrong_usage(
    policy: Policy,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    policy_file: Path,
    said: str,
) -> None:
    given = tmp_path / "given.parquet"
    written(policy, crowd(6, 4), given)
    words = ["batch", str(given), str(tmp_path / "scores.csv"), "--policy", str(policy_file), "--lang", "en"]
    assert main([*words, *options]) == 2
    assert said in capsys.readouterr().err


def test_no_preferences(policy: Policy, tmp_path: Path) -> None:
    """A column of something else, none, and documents."""
    given, lines = tmp_path / "given.parquet", tmp_path / "given.jsonl"
    written(policy, crowd(6, 4), given)
    lines.write_text('{"applicant": "mei"}\n', encoding="utf-8")
    with pytest.raises(JifenError, match="earned must be a column of lists of texts"):
        Batch(policy, given, tmp_path / "scores.csv", carry=["wanted"], seats=Seats("earned", PLACES))
    with pytest.raises(ApplicantError, match="wunted"):
        Batch(policy, given, tmp_path / "scores.csv", carry=["wanted"], seats=Seats("wunted", PLACES))
    with pytest.raises(JifenError, match="must be a column of lists of texts"):
        Batch(policy, lines, tmp_path / "scores.csv", seats=Seats("wanted", PLACES))


def test_no_identifier(policy: Policy, tmp_path: Path) -> None:
    """Among equals they come first, in the order of their rows."""
    given, output = tmp_path / "given.parquet", tmp_path / "scores.parquet"
    names = ["b", None, "a", None]
    people = [{"applicant": name, "earned": 10, "wanted": ["north"]} for name in names]
    written(policy, people, given)
    for seats, expected in ((1, [1]), (2, [1, 3]), (3, [1, 2, 3])):
        Batch(policy, given, output, seats=Seats("wanted", {"north": seats})).run()
        column = pq.read_table(output).column("rank.given").to_pylist()
        assert [row for row, place in enumerate(column) if place == "north"] == expected
    assert told(tmp_path / "scores.substitutes.jsonl") == {"north": ("b",)}
