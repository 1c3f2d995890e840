"""Random plans on random applicants: both backends agree, with mathematics too, and within the declared ranges."""

from hypothesis import given, note, settings
from hypothesis import strategies as st

from jifen.backends.generate import generate, source_of
from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import interpreter
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder

from .agreement import check_all_slots
from .direct import Direct
from .random_people import INPUTS, Person, base_for, data_of, people
from .random_plans import Call, plans, replay, text_of


def run(calls: tuple[Call, ...], person: Person, slack: int) -> tuple[Direct, Plan, Layout, Data]:
    recorder = Recorder(INPUTS)
    replay(recorder, calls)
    plan = recorder.plan()
    direct = Direct(INPUTS, person.facts, person.rows)
    replay(direct, calls)
    assert direct.plan() == plan
    layout = Layout.of(plan)
    return direct, plan, layout, data_of(person, layout, base_for(direct, plan, slack))


@settings(max_examples=300, report_multiple_bugs=False)
@given(plans, people, st.integers(0, 20), st.data())
def test_plan(calls: tuple[Call, ...], person: Person, slack: int, data: st.DataObject) -> None:
    note(text_of(calls))
    direct, plan, layout, stored = run(calls, person, slack)
    check_all_slots(direct, plan, layout, stored)
    slots = st.integers(0, len(plan.operations) - 1)
    last = len(plan.operations) - 1
    outputs = data.draw(
        st.lists(slots.map(lambda slot: last - slot), min_size=1, max_size=6), label="outputs"
    )
    own = Layout.of(plan, plan.needed(outputs))
    for narrow, part in ((layout, stored), (own, data_of(person, own, stored.base))):
        expected = interpreter(plan, outputs, narrow)(part)
        assert generate(plan, outputs, narrow)(part) == expected, source_of(plan, outputs, narrow)
