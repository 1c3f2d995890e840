"""What is done in a process of its own: `python -m benchmarks.jobs NAME JSON` prints what the function returns."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.answers import LINE, Answers, Different, compare, digests, of_scores
from benchmarks.peers.peer import POLICY, Absent, Peer
from benchmarks.peers.roster import contender
from benchmarks.timing import in_turns, once, timed

# The engine, and what needs it, is imported by those who use it: for who is measured it is part of the time to load.

Found = dict[str, Any]
CHECKED = 1000
"""People of a population whose answers by the engine are compared with those of its function for one."""
TURN = 0.05
"""Seconds that one of those who score a single applicant has before the next one's turn."""
SINGLE = 50
"""Documents that take turns where one applicant is timed."""


def populate(path: str, count: int, shape: dict[str, Any] | None = None, form: str = "arrow") -> Found:
    """Write a population into a file."""
    import jifen
    from benchmarks.population import Shape, batches

    policy = jifen.load(POLICY)
    people = batches(policy, count, Shape(**(shape or {})))
    first = next(people)
    if form == "parquet":
        with pq.ParquetWriter(path, first.schema) as file:
            file.write_batch(first)
            for batch in people:
                file.write_batch(batch)
    else:
        with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, first.schema) as stream:
            stream.write_batch(first)
            for batch in people:
                stream.write_batch(batch)
    return {"bytes": Path(path).stat().st_size}


def read(path: str) -> pa.Table:
    """A population into memory, not mapped: nothing waits for the disk later."""
    with pa.OSFile(path) as source:
        return pa.ipc.open_file(source).read_all()


def expect(path: str) -> Found:
    """The digests of what the engine answers over columns, once a part is compared with single applicants."""
    import jifen

    policy, table = jifen.load(POLICY), read(path)
    answers = of_scores(policy.score_table(table, backend="columns"))
    part = table.slice(max(0, table.num_rows - CHECKED))
    compare({name: column[-part.num_rows :] for name, column in answers.items()}, one_by_one(part))
    return {
        "digests": digests(answers),
        "applicants": table.num_rows,
        "qualify": int(np.count_nonzero(answers["qualifies"])),
        "on_the_line": int(np.count_nonzero(answers["total"] == LINE)),
    }


def one_by_one(table: pa.Table) -> Answers:
    """The answers of the function for one applicant."""
    from benchmarks.peers.engine import OneByOne

    exact = OneByOne()
    exact.load()
    return exact.answers(exact.score(exact.prepare(table)))


def check(key: str, most: int) -> Found:
    """Whether a peer has the engine's answers for people at the edges of the rules and on the line."""
    peer, absent = _loaded(key)
    if absent:
        return {"absent": absent}
    import jifen
    from benchmarks.hard_cases import hard_cases, on_the_line

    policy = jifen.load(POLICY)
    count = min(most, max(contender(key).most // 5, 20))
    for table in (hard_cases(policy, count), on_the_line(policy, count)):
        compare(one_by_one(table), peer.answers(peer.score(peer.prepare(table))))
    return {"checked": 2 * count}


def score(key: str, path: str, applicants: int, expected: dict[str, str], seconds: float) -> Found:
    """What it takes to load a peer, and to score a population cold and warm."""
    loading, (peer, absent) = once(lambda: _loaded(key))
    if absent:
        return {"absent": absent}
    table = read(path).slice(0, applicants)
    preparing, prepared = once(lambda: peer.prepare(table))
    if contender(key).takes != "tables":
        del table
    cold, scored = once(lambda: peer.score(prepared))
    if wrong := _wrong(peer.answers(scored), expected):
        return wrong
    del scored
    warm = timed(lambda: peer.score(prepared), seconds)
    return {
        "load": loading,
        "prepare": preparing,
        "first": cold,
        **warm._asdict(),
        "versions": peer.versions(),
    }


def turns(key: str, paths: list[str], expected: list[dict[str, str]], seconds: float) -> Found:
    """What each of some populations takes, one after the other and again: their times are compared."""
    peer, absent = _loaded(key)
    if absent:
        return {"absent": absent}
    prepared = [peer.prepare(read(path)) for path in paths]
    for one, own in zip(prepared, expected, strict=True):
        if wrong := _wrong(peer.answers(peer.score(one)), own):
            return wrong
    calls = [partial(peer.score, one) for one in prepared]
    return {"fastest": [one.fastest for one in in_turns(calls, seconds, least=5)]}


def repeat(key: str, path: str, times: int) -> Found:
    """Score a population so many times: whoever counts instructions takes what more times make more."""
    peer, absent = _loaded(key)
    if absent:
        return {"absent": absent}
    prepared = peer.prepare(read(path))
    for _ in range(times):
        peer.score(prepared)
    return {}


def _wrong(answers: Answers, expected: dict[str, str]) -> Found:
    """The answers that differ; empty where none does."""
    wrong = [name for name, digest in digests(answers).items() if digest != expected[name]]
    return {"different": f"other answers than the engine's: {', '.join(wrong)}"} if wrong else {}


def bytes_once(path: str, seconds: float) -> Found:
    """Reading every byte of a population once, eight at a time, on one thread; and how many there are."""
    buffers = [
        np.frombuffer(buffer, np.uint64, buffer.size // 8)
        for column in read(path).columns
        for chunk in column.chunks
        for buffer in chunk.buffers()
        if buffer is not None and buffer.size >= 8
    ]
    first, _ = once(lambda: sum(int(part.sum()) for part in buffers))
    warm = timed(lambda: [part.sum() for part in buffers], seconds)
    return {"first": first, **warm._asdict(), "bytes": sum(part.nbytes for part in buffers)}


def single(keys: list[str], seconds: float) -> dict[str, Found]:
    """One applicant after another, each from its document (or what the peer makes of it) to every answer."""
    import jifen
    from benchmarks.population import batches

    people = pa.Table.from_batches(batches(jifen.load(POLICY), SINGLE))
    expected = one_by_one(people)
    found: dict[str, Found] = {}
    prepared: dict[str, tuple[Peer, list[Any]]] = {}
    for key in keys:
        peer, absent = _loaded(key)
        if absent:
            found[key] = {"absent": absent}
            continue
        some = people.slice(0, min(SINGLE, contender(key).most))
        try:
            compare({name: column[: some.num_rows] for name, column in expected.items()},
                    peer.answers(peer.score(peer.prepare(some))))  # fmt: skip
        except Different as different:
            found[key] = {"different": str(different)}
            continue
        prepared[key] = peer, [peer.prepare(some.slice(row, 1)) for row in range(some.num_rows)]

    def all_of_them(peer: Peer, documents: list[Any]) -> None:
        for one in documents:
            peer.score(one)

    calls = [partial(all_of_them, *one) for one in prepared.values()]
    times = in_turns(calls, seconds * len(calls), TURN, least=5)
    for (key, (_, documents)), warm in zip(prepared.items(), times, strict=True):
        count = len(documents)
        found[key] = {"fastest": warm.fastest / count, "median": warm.median / count, "documents": count,
                      "runs": warm.runs}  # fmt: skip
    return {key: found[key] for key in keys}


def line(key: str, count: int) -> Found:
    """How many of those who are exactly on the line come out wrong."""
    peer, absent = _loaded(key)
    if absent:
        return {"absent": absent}
    import jifen
    from benchmarks.hard_cases import on_the_line

    answers = peer.answers(peer.score(peer.prepare(on_the_line(jifen.load(POLICY), count))))
    return {"applicants": count, "wrong": int(count - np.count_nonzero(answers["qualifies"]))}


def floor(people: str, scores: str, output: str, seconds: float) -> Found:
    """Reading a Parquet file of applicants, and writing one of scores as `jifen batch` writes it; nothing else."""
    from jifen.arrow.score import CHUNK

    written = pq.read_table(scores)

    def reading() -> None:
        for _ in pq.ParquetFile(people).iter_batches(batch_size=CHUNK):
            pass

    def writing() -> None:
        with pq.ParquetWriter(output, written.schema) as file:
            for batch in written.to_batches(max_chunksize=CHUNK * 8):
                file.write_batch(batch)

    return {"read": timed(reading, seconds).fastest, "write": timed(writing, seconds).fastest}


def _loaded(key: str) -> tuple[Peer, str]:
    peer = contender(key).make()
    try:
        peer.load()
    except Absent as absent:
        return peer, str(absent) or "not there"
    return peer, ""


JOBS: tuple[Callable[..., Any], ...] = (
    populate,
    expect,
    check,
    score,
    turns,
    repeat,
    bytes_once,
    single,
    line,
    floor,
)


def main() -> None:
    """Run one of `JOBS`."""
    _, name, arguments = sys.argv
    [function] = [one for one in JOBS if one.__name__ == name]
    print(json.dumps(function(**json.loads(arguments))))


if __name__ == "__main__":
    main()
