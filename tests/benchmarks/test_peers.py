"""Whoever is measured beside the engine gives its answers: on people at the edges of the rules and on the line too."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from benchmarks.answers import LINE, NAMES, Answers, Different, compare, of_scores
from benchmarks.hard_cases import hard_cases, on_the_line
from benchmarks.jobs import bytes_once, populate, read
from benchmarks.peers.openfisca_inputs import period_of
from benchmarks.peers.openfisca_system import groups
from benchmarks.peers.peer import POLICY, Absent
from benchmarks.peers.roster import ROSTER, Contender
from benchmarks.population import population

import jifen

COUNT = 300


@pytest.fixture(scope="module")
def policy() -> jifen.Policy:
    return jifen.load(POLICY)


@pytest.fixture(scope="module")
def people(policy: jifen.Policy) -> pa.Table:
    parts = [hard_cases(policy, COUNT), population(policy, COUNT), on_the_line(policy, COUNT)]
    return pa.concat_tables(part.cast(parts[0].schema) for part in parts)


@pytest.fixture(scope="module")
def expected(policy: jifen.Policy, people: pa.Table) -> Answers:
    return of_scores(policy.score_table(people))


def test_the_answers_are_all_that_the_engine_says_in_numbers(policy: jifen.Policy, people: pa.Table) -> None:
    scores = policy.score_table(people.slice(0, 1))
    said = {name for name in scores.column_names if name.startswith(("points.", "months.", "met."))}
    assert said | {"total", "eligible", "qualifies"} == set(NAMES)


def test_the_people_meet_what_is_hard(expected: Answers) -> None:
    """The line itself, ledgers on both sides of 12 and 36 months, and every column with more than one answer."""
    months = expected["months.basic/social_insurance:pension"]
    assert {0, 11, 12, 36, 37} <= set(months.tolist())
    assert (expected["total"] == LINE).sum() > COUNT
    for name, column in expected.items():
        assert len(set(column.tolist())) > 1, name


@pytest.mark.parametrize("contender", ROSTER, ids=lambda one: one.key)
def test_the_same_answers(contender: Contender, people: pa.Table, expected: Answers) -> None:
    peer = contender.make()
    try:
        peer.load()
    except Absent as absent:
        pytest.skip(str(absent))
    part = people if contender.most > COUNT * 3 else people.slice(COUNT - 50, 100)
    start = 0 if part is people else COUNT - 50
    own = {name: column[start : start + part.num_rows] for name, column in expected.items()}
    compare(own, peer.answers(peer.score(peer.prepare(part))))


def test_a_part_of_a_table(people: pa.Table, expected: Answers) -> None:
    """Slices of Arrow have offsets, and a batch that begins anywhere has the answers of its rows."""
    part = people.combine_chunks().slice(101, 333)
    own = {name: column[101 : 101 + 333] for name, column in expected.items()}
    for contender in ROSTER:
        if contender.takes == "tables":
            peer = contender.make()
            try:
                peer.load()
            except Absent:
                continue
            compare(own, peer.answers(peer.score(peer.prepare(part))))


def test_reading_alone_reads_every_byte(policy: jifen.Policy, tmp_path: Path) -> None:
    path = str(tmp_path / "people.arrow")
    populate(path, 500)
    buffers = [
        buffer
        for column in read(path).columns
        for chunk in column.chunks
        for buffer in chunk.buffers()
        if buffer is not None
    ]
    found = bytes_once(path, 0.0)
    assert sum(buffer.size for buffer in buffers) - 8 * len(buffers) < found["bytes"]
    assert found["bytes"] <= sum(buffer.size for buffer in buffers) and found["runs"] == 3


def test_months_of_spells(people: pa.Table) -> None:
    """What OpenFisca is given of one timeline, against counting month by month."""
    [group] = groups(people.slice(COUNT, 1))
    [row] = people.slice(COUNT, 1).to_pylist()
    last = min(2022 * 12 + 5 if row["date"].month > 6 else 2021 * 12 + 11, row["date"].year * 12 + 11)
    leased = {
        month
        for spell in row["rented_home"]
        if spell["registered"]
        for month in range(spell["from"], min(last, spell["to"] or last) + 1)
    }
    given = group.inputs["lease"]
    assert {period for period, counts in given.items() if counts[0]} == {period_of(month) for month in leased}
    assert max(given) == period_of(last) == group.settled


def test_a_difference_is_told(expected: Answers) -> None:
    wrong = {name: column.copy() for name, column in expected.items()}
    wrong["total"][7] += 1
    with pytest.raises(Different, match=r"total, row 7: .*; 1 rows differ"):
        compare(expected, wrong)
