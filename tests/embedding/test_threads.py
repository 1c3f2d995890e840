"""One policy, many threads: the scorecards are those of a single thread, byte for byte."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from jifen.api import Policy, load
from jifen.errors import ApplicantError

from ..oracle.applicants import random_applicant
from .ferry import FILE, SOMEBODY, Document, changed

THREADS = 16
APPLICANTS = [random_applicant(random.Random(f"thread {n}")) for n in range(200)]


def at_once(policy: Policy, documents: list[Document]) -> list[list[str]]:
    """What each of the threads makes of the documents. All begin together, each with another document."""
    start = Barrier(THREADS)

    def work(thread: int) -> list[str]:
        start.wait()
        first = thread * len(documents) // THREADS
        found = {n: policy.score(documents[n]).to_json() for n in range(first, len(documents))}
        found |= {n: policy.score(documents[n]).to_json() for n in range(first)}
        return [found[n] for n in range(len(documents))]

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, range(THREADS)))


def test_threads_score_as_one_does() -> None:
    alone = load("tianjin/2022")
    expected = [alone.score(document).to_json() for document in APPLICANTS]
    assert len(set(expected)) == len(APPLICANTS)
    shared = load("tianjin/2022")  # nothing of it has been made yet: the threads make it all at the same time
    for found in at_once(shared, APPLICANTS):
        assert found == expected


def test_a_card_is_read_by_threads() -> None:
    expected = load(FILE).score(SOMEBODY).to_json()
    card = load(FILE).score(SOMEBODY)
    start = Barrier(THREADS)

    def work(_: int) -> tuple[str, object, object]:
        start.wait()
        return card.to_json(), card.total, card.lines

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(work, range(THREADS)))
    assert found == [(expected, card.total, card.lines)] * THREADS


def test_one_thread_s_mistake_stays_its_own() -> None:
    policy = load(FILE)
    good, bad = policy.score(SOMEBODY).to_json(), changed(("facts.children", "many"))
    start = Barrier(THREADS)

    def work(thread: int) -> str:
        start.wait()
        if thread % 2:
            return policy.score(SOMEBODY).to_json()
        with pytest.raises(ApplicantError) as caught:
            policy.score(bad)
        return caught.value.problems[0].path

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(work, range(THREADS)))
    assert found == ["facts.children", good] * (THREADS // 2)
