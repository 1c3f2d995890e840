"""Random plans on random applicants, several in a block: every slot is what the interpreter says."""

from hypothesis import given, note, settings
from hypothesis import strategies as st
from tests.plan.direct import Direct
from tests.plan.random_people import INPUTS, Person, base_for, data_of, people
from tests.plan.random_plans import Call, plans, replay, text_of

from jifen.backends.columns import meaning
from jifen.backends.inputs import Layout
from jifen.backends.interpret import interpreter
from jifen.backends.semantics import FOLDS, FUNCTIONS, ORDERS
from jifen.plan.recorder import Recorder

from .agreement import check, together


def test_every_operation_has_a_meaning() -> None:
    assert set(meaning.FUNCTIONS) == set(FUNCTIONS)
    assert set(meaning.FOLDS) == set(FOLDS)
    assert set(meaning.ORDERS) == set(ORDERS)


@settings(max_examples=120, report_multiple_bugs=False)
@given(plans, st.lists(people, min_size=1, max_size=6), st.integers(0, 70))
def test_plan(calls: tuple[Call, ...], crowd: list[Person], slack: int) -> None:
    note(text_of(calls))
    recorder = Recorder(INPUTS)
    replay(recorder, calls)
    plan = recorder.plan()
    layout = Layout.of(plan)
    read = []
    for person in crowd:
        direct = Direct(INPUTS, person.facts, person.rows)
        replay(direct, calls)
        read.append(data_of(person, layout, base_for(direct, plan, slack)))
    slots = range(len(plan.operations))
    check(plan, slots, layout, together(read, layout, INPUTS), interpreter(plan, slots, layout))
