"""Folds below guards happen exactly where their conditions hold."""

import itertools
from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from jifen.backends.generate import source_of
from jifen.backends.guards import Block, Conditions, Conjunct, block
from jifen.backends.inputs import Layout
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import TRUTH, choice, number

CONJUNCTS = [Conjunct(slot) for slot in range(6)]
ITEMS = st.lists(st.lists(st.sampled_from(CONJUNCTS), unique=True).map(tuple), max_size=9)


def happening(body: Block, truths: Mapping[int, bool]) -> Iterator[int]:
    yield from body.folds
    for inner in body.blocks:
        if all(truths[one.slot] for one in inner.guard):
            yield from happening(inner, truths)


@given(ITEMS)
def test_each_fold_happens_once_where_all_that_it_asks_for_holds(items: list[tuple[Conjunct, ...]]) -> None:
    body = block([(asked, 100 + at) for at, asked in enumerate(items)])
    for values in itertools.product((False, True), repeat=len(CONJUNCTS)):
        truths = dict(enumerate(values))
        expected = [100 + at for at, asked in enumerate(items) if all(truths[one.slot] for one in asked)]
        assert sorted(happening(body, truths)) == expected


def test_what_all_ask_for_is_asked_once() -> None:
    one, two, three = CONJUNCTS[:3]
    body = block([((one, two), 100), ((two,), 101), ((three, two), 102)])
    [outer] = body.blocks
    assert outer.guard == (two,) and outer.folds == (101,)
    assert {inner.guard: inner.folds for inner in outer.blocks} == {(one,): (100,), (three,): (102,)}


def recorded() -> tuple[Recorder, Ref, Ref]:
    recorder = Recorder({"spells.kind": choice(4), "spells.paid": TRUTH, "spells.rate": number(1, 0, 9)})
    return recorder, recorder.column("spells", "kind"), recorder.column("spells", "paid")


def asked(recorder: Recorder, condition: Ref) -> tuple[Conjunct, ...] | None:
    plan = recorder.plan()
    return Conditions(plan, plan.needed([condition.slot])).conjuncts(condition.slot)


def test_comparisons_of_one_choice_are_one_question() -> None:
    recorder, kind, paid = recorded()
    no_first = recorder.invert(recorder.equal(kind, recorder.option(0)))
    no_third = recorder.invert(recorder.equal(kind, recorder.option(2)))
    both = recorder.both(recorder.both(no_first, paid), no_third)
    assert asked(recorder, both) == (Conjunct(kind.slot, 0b1010), Conjunct(paid.slot))


def test_what_cannot_be_has_no_conjuncts() -> None:
    recorder, kind, _ = recorded()
    first, second = (recorder.equal(kind, recorder.option(at)) for at in (0, 1))
    assert asked(recorder, recorder.both(first, second)) is None
    assert asked(recorder, recorder.truth(False)) is None
    assert asked(recorder, recorder.truth(True)) == ()


def test_what_only_one_fold_reads_stands_below_its_guard() -> None:
    recorder, _, paid = recorded()
    rate = recorder.column("spells", "rate")
    squared = recorder.multiply(rate, rate)
    total = recorder.total("spells", paid, recorder.add(squared, squared), 9)
    plan = recorder.plan()
    lines = source_of(plan, [total.slot], Layout.of(plan)).splitlines()
    [guard] = [at for at, line in enumerate(lines) if line.lstrip().startswith("if ")]
    [product] = [at for at, line in enumerate(lines) if "*" in line]
    assert product > guard
