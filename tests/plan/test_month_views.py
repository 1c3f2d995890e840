"""What counts of a timeline and what each step leaves out, against a walk over the spells month by month."""

from collections.abc import Callable
from typing import NamedTuple, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.language.months import Choosing, Joined, Months, Narrowed, OfTimeline, Only, Part, Reason, Step
from jifen.plan import types
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import Kind, Type

from .agreement import check_all_slots, meant
from .direct import Direct, Row, stored

BASE = 2019 * 12 + 4
MONTH = Type(Kind.MONTH, 1, BASE, BASE + 30)
INPUTS = {
    "first": MONTH,
    "end": MONTH,
    "today": MONTH,
    "other": MONTH,
    "spells.from": MONTH,
    "spells.to": MONTH,
    "spells.kept": types.TRUTH,
    "spells.early": types.TRUTH,
    "spells.kind": types.choice(3),
    "spells.kinds": types.choices(3),
}
CHOICES = {"kind": Choosing(False, ("a", "b", "c")), "kinds": Choosing(True, ("a", "b", "c"))}


def reason(text: str) -> Reason:
    return Reason(text, (), None)


class Situation(NamedTuple):
    """The spells, the window, a day of another set, and what is asked for."""

    spells: list[Row]
    first: int | None
    end: int
    today: int
    other: int
    order: tuple[str, ...]
    only: Only | None


MONTHS = st.integers(MONTH.low, MONTH.high)
SPELLS = st.fixed_dictionaries(
    {
        "from": MONTHS,
        "to": MONTHS,
        "kept": st.booleans(),
        "early": st.booleans(),
        "kind": st.integers(0, 2),
        "kinds": st.frozensets(st.integers(0, 2)),
    }
)
STEPS = ("kept", "in other", "early before other")
SITUATIONS = st.builds(
    Situation,
    st.lists(SPELLS, max_size=5),
    st.none() | MONTHS,
    MONTHS,
    MONTHS,
    MONTHS,
    st.permutations(STEPS).flatmap(lambda steps: st.integers(0, 3).map(lambda n: tuple(steps[:n]))),
    st.none() | st.builds(Only, st.sampled_from(("kind", "kinds")), st.integers(0, 2)),
)


# ---- as the rules build it


def direct_for(s: Situation) -> Direct:
    facts = {"first": s.first or BASE, "end": s.end, "today": s.today, "other": s.other}
    return Direct(INPUTS, facts, {"spells": s.spells})


def months_of(s: Situation, ops: Recorder) -> OfTimeline:
    def column(name: str) -> Ref:
        return ops.column("spells", name)

    other = ops.fact("other")
    until_other = ops.span(ops.month(BASE), other)
    steps = {
        "kept": Step(column("kept"), None, reason("kept")),
        "in other": Step(None, lambda o, months: o.meet(months, until_other), reason("in other")),
        "early before other": Step(
            None,
            lambda o, months: o.without(
                months, o.only_if(o.invert(column("early")), o.during(months, o.month(0), other))
            ),
            reason("early before other"),
        ),
    }
    return OfTimeline(
        None if s.first is None else ops.fact("first"),
        ops.fact("end"),
        "spells",
        column("from"),
        column("to"),
        tuple(steps[name] for name in s.order),
        reason("before"),
        reason("after"),
        ops.fact("today"),
        CHOICES,
    )


# ---- month by month


def walk(s: Situation, only: Only | None) -> tuple[set[int], dict[str, set[int]]]:
    """The months that count, and those that each reason leaves out."""
    kept: set[int] = set()
    left_out: dict[str, set[int]] = {name: set() for name in (*s.order, "after", "before")}
    for spell in s.spells:
        if only is not None and not holds(spell[only.attribute], only.option):
            continue
        first, last = spell["from"], spell["to"]
        assert isinstance(first, int) and isinstance(last, int)
        passes_as_a_whole = spell["kept"] or "kept" not in s.order
        for month in range(first, last + 1):
            if s.first is not None and month < s.first and passes_as_a_whole:
                left_out["before"].add(month)
            if s.end < month <= s.today and passes_as_a_whole:
                left_out["after"].add(month)
            if month > s.end or (s.first is not None and month < s.first):
                continue
            failed = next((step for step in s.order if not passes(s, spell, month, step)), None)
            (kept if failed is None else left_out[failed]).add(month)
    return kept, {
        name: months if name in ("after", "before") else months - kept for name, months in left_out.items()
    }


def holds(value: object, option: int) -> bool:
    return option in value if isinstance(value, frozenset) else value == option


def passes(s: Situation, spell: Row, month: int, step: str) -> bool:
    if step == "kept":
        return spell["kept"] is True
    if step == "in other":
        return month <= s.other
    return spell["early"] is True or month > s.other


def check(s: Situation, make: Callable[[Recorder], Months], only: Only | None) -> dict[str, frozenset[int]]:
    """The view on `Direct`, on the interpreter and as generated code, by reason; "" is what counts."""
    direct = direct_for(s)
    view = make(cast(Recorder, direct)).view(cast(Recorder, direct), only)
    plan = direct.plan()
    layout = Layout.of(plan)
    facts = tuple(stored(INPUTS[name], direct.facts[name], BASE) for name in layout.facts)
    rows = [
        tuple(
            stored(INPUTS[f"spells.{name}"], spell[name], BASE) for name in layout.columns.get("spells", ())
        )
        for spell in s.spells
    ]
    data = Data(BASE, facts, (), (rows,) if layout.columns else ())
    check_all_slots(direct, plan, layout, data)
    named: dict[str, Ref] = {"": view.ref, **{str(why.text): ref for why, ref in view.left_out}}
    found = generate(plan, [ref.slot for ref in named.values()], layout)(data)
    for (name, ref), cell in zip(named.items(), found, strict=True):
        assert meant(ref.type, cell, BASE) == direct[ref], name
    sets = {name: direct[ref] for name, ref in named.items()}
    assert all(isinstance(months, frozenset) for months in sets.values())
    return cast(dict[str, frozenset[int]], sets)


@given(SITUATIONS)
def test_each_month_counts_or_has_its_reason(s: Situation) -> None:
    found = check(s, lambda ops: months_of(s, ops), s.only)
    kept, left_out = walk(s, s.only)
    if s.first is None:
        assert not left_out.pop("before")
    assert found == {"": kept, **left_out}


@given(SITUATIONS)
def test_a_part_is_the_set_of_one_option(s: Situation) -> None:
    only = s.only or Only("kind", 1)

    def part(ops: Recorder) -> Months:
        whole = months_of(s, ops)
        return Part(whole.first, whole.end, whole, only)

    assert check(s, part, None)[""] == walk(s, only)[0]


@given(SITUATIONS)
def test_what_is_taken_of_a_set_leaves_the_rest_out(s: Situation) -> None:
    def narrowed(ops: Recorder) -> Months:
        whole = months_of(s, ops)
        other = ops.fact("other")
        return Narrowed(
            whole.first, whole.end, whole, lambda o, months: o.during(months, other, other), reason("not it")
        )

    found, (kept, _) = check(s, narrowed, None), walk(s, None)
    assert found[""] == kept & {s.other}
    assert found["not it"] == kept - {s.other}


@given(SITUATIONS, SITUATIONS)
def test_two_sets_together_leave_out_what_neither_counts(s: Situation, t: Situation) -> None:
    """The same spells in two windows."""
    t = t._replace(spells=s.spells, first=s.first, today=s.today, other=s.other, end=s.end)

    def joined(ops: Recorder) -> Months:
        one, other = months_of(s, ops), months_of(t, ops)
        return Joined(one.first, one.end, one, other)

    found = check(s, joined, None)
    (one, _), (other, _) = walk(s, None), walk(t, None)
    assert found[""] == one | other
    assert all(found[""].isdisjoint(months) for name, months in found.items() if name)


@settings(max_examples=60)
@given(SITUATIONS)
def test_single_spells_make_the_set(s: Situation) -> None:
    direct = direct_for(s)
    ops = cast(Recorder, direct)
    spells = months_of(s, ops).spells(ops)
    gathered = direct.gather(spells.rows, spells.condition, spells.ref)
    assert direct[gathered] == walk(s, None)[0]
