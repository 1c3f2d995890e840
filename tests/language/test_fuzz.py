"""Random text and random expressions: a mistake in words or a value, and nothing else ever."""

from __future__ import annotations

from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.language.harbour import document, names, row_names

from jifen.applicant.read import Reader
from jifen.backends.generate import generate
from jifen.backends.inputs import Data
from jifen.compile import Compiled, compile_policy, from_node
from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.language import messages
from jifen.language.evaluate import evaluate
from jifen.language.expression import Expression, parse
from jifen.language.mistakes import LanguageError
from jifen.language.values import NAMES, Day, Month, Num, Scope, Truth
from jifen.plan.recorder import Recorder
from jifen.policy.rows import RowNames

PLACE = Place("town.yaml", 1, 1, 1, 1)

LIKELY = st.text(
    st.sampled_from("abcxyz_019.,()[]{}+-*/<>=!&|\"'# \n\t\\;:@$%^~`?ABZ积，（")
    | st.characters(codec="utf-8"),
    max_size=60,
)


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=80) | LIKELY)
def test_any_text_is_parsed_or_refused(text: str) -> None:
    try:
        found = parse(text, PLACE)
    except LanguageError as error:
        error.message.text("en", {**error.args_})
        error.message.text("zh", {**error.args_})
        Expression(text, parse("0", PLACE).tree, PLACE).place_of(error.node)
    else:
        assert isinstance(found, Expression)


OPTIONS = [
    "master",
    "mate",
    "rope",
    "cutter",
    "deck",
    "grave",
    "light",
    "2024-01",
    "2019-10",
    "nothing",
    "2020-13",
]
APPLICANT = [
    "born",
    "children",
    "crew",
    "height",
    "savings",
    "sails",
    "rank",
    "tools",
    "cutoff",
    "spring",
    "half",
]
APPLICANT += [
    "application",
    "wage",
    "share",
    "fines",
    "grave_fines",
    "served",
    "on_land",
    "service",
    "true",
    "kind",
]
APPLICANT += [
    "served.cutter",
    "served.deck",
    "served.duty.engine",
    "served.nothing",
    "rank.master",
    "born.x.y.z",
]
ROWS = ["ship", "duty", "pay", "paid", "date", "amount"]
FUNCTIONS = [
    "count",
    "full_years",
    "streak",
    "longest",
    "has",
    "last",
    "first",
    "during",
    "age",
    "started_years",
]
FUNCTIONS += [
    "months_between",
    "days_between",
    "year",
    "month",
    "at",
    "number",
    "mean",
    "total",
    "min",
    "max",
]
FUNCTIONS += ["clamp", "floor", "ceil", "round_half_up", "given", "nothing"]


def expressions(leaves: list[str]) -> st.SearchStrategy[str]:
    leaf = (
        st.sampled_from(leaves)
        | st.sampled_from(OPTIONS).map(lambda text: f'"{text}"')
        | st.sampled_from(["0", "1", "12", "0.5", "0.01", "36", "2019", "999999999999999999"])
    )

    def inside(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        operators = st.sampled_from(
            ["+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "&", "|", "in", "not in"]
        )
        return st.one_of(
            st.builds("({} {} {})".format, part, operators | st.sampled_from(["and", "or"]), part),
            st.builds("({} if {} else {})".format, part, part, part),
            st.builds("not {}".format, part).map("({})".format),
            st.builds("-{}".format, part),
            st.builds("({}, {})".format, part, part),
            st.builds(
                lambda name, values: f"{name}({', '.join(values)})",
                st.sampled_from(FUNCTIONS),
                st.lists(part, max_size=3),
            ),
        )

    return st.recursive(leaf, inside, max_leaves=8)


BETWEEN = ["age", "started_years", "months_between", "days_between"]
NUMBERS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(
            ["children", "crew", "savings", "half", "0", "1", "12", "0.5", "7", "at(wage, spring)"]
        ),
        st.builds("count({})".format, SETS),
        st.builds("{}({})".format, st.sampled_from(["full_years", "longest", "streak"]), SETS),
        st.builds("({} {} {})".format, NUMBERS, st.sampled_from("+-*/"), NUMBERS),
        st.builds("({} if {} else {})".format, NUMBERS, TRUTHS, NUMBERS),
        st.builds("{}({}, {})".format, st.sampled_from(["min", "max"]), NUMBERS, NUMBERS),
        st.builds("clamp({}, 1, 5)".format, NUMBERS),
        st.builds("{}({})".format, st.sampled_from(["floor", "ceil"]), NUMBERS),
        st.builds("{}({} / crew)".format, st.sampled_from(["floor", "ceil"]), NUMBERS),
        st.builds("round_half_up({} / max(1, {}), 0.01)".format, NUMBERS, NUMBERS),
        st.builds("round_half_up({}, 0.5)".format, NUMBERS),
        st.builds("{}({}, {})".format, st.sampled_from(BETWEEN), DAYS, DAYS),
        st.builds("{}({})".format, st.sampled_from(["year", "month"]), DAYS),
        st.builds("-{}".format, NUMBERS),
        st.sampled_from(["number(fines)", "total(fines, amount)", "floor(mean(share))"]),
    )
)
DAYS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["born", "application", "cutoff", "spring"]),
        st.builds("({} if {} else {})".format, DAYS, TRUTHS, DAYS),
    )
)
SETS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["served", "on_land", "served.cutter", "served.deck"]),
        st.builds("({} {} {})".format, SETS, st.sampled_from("&|-"), SETS),
        st.builds("during({}, {}, cutoff)".format, SETS, st.sampled_from(['"2018-01"', "born", "spring"])),
        st.builds("last({}, {})".format, SETS, st.sampled_from(["1", "12", "400"])),
        st.builds("first({}, {})".format, SETS, NUMBERS),
    )
)
TRUTHS: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(["sails", "true", 'rank == "mate"', '"rope" in tools', 'rank in ("mate", "hand")']),
        st.builds("({} {} {})".format, NUMBERS, st.sampled_from(["<", "<=", "==", "!="]), NUMBERS),
        st.builds("({} / crew <= {})".format, NUMBERS, NUMBERS),
        st.builds("({} < {})".format, DAYS, DAYS),
        st.builds("({} {} {})".format, TRUTHS, st.sampled_from(["and", "or"]), TRUTHS),
        st.builds("(not {})".format, TRUTHS),
        st.builds("has({}, {})".format, SETS, st.sampled_from(["cutoff", '"2021-11"'])),
        st.sampled_from(["given(height)", "(given(height) and height > 1.5)"]),
    )
)


@cache
def compiled() -> Compiled:
    return compile_policy(from_node(document(), Diagnostics()), {})


@cache
def rows(name: str) -> RowNames:
    return row_names(name)


PERSON: dict[str, object] = {
    "date": "2024-05-06",
    "facts": {
        "born": "1990-02-28",
        "children": 3,
        "crew": 7,
        "height": "1.75",
        "savings": "1234.5",
        "rank": "mate",
        "tools": ["rope", "lamp"],
    },
    "timelines": {
        "service": [
            {"from": "2018-03", "to": "2021-12", "ship": "barge", "duty": "deck", "pay": 90},
            {"from": "2021-10", "ship": "cutter", "duty": ["deck", "engine"], "paid": False},
        ],
        "ashore": [{"from": "2020-01", "to": "2020-06"}],
    },
    "records": {"fines": [{"date": "2020-02-29", "kind": "light", "amount": 5}]},
}


@settings(max_examples=700, deadline=None)
@given(expressions(APPLICANT))
@example("first(served, 0.5)")
@example("floor(savings / crew)")
@example("ceil(-savings / crew)")
@example("mean(share) > 0.5")
@example("last(share, 12)")
def test_an_expression_is_a_value_or_a_mistake(text: str) -> None:
    scope = names()
    value = value_or_none(text, scope)
    if isinstance(value, (Num, Truth, Day, Month)):
        assert_in_range(value.ref.slot, scope.ops)


@settings(max_examples=400, deadline=None)
@given(expressions([*ROWS, *APPLICANT]), st.sampled_from(["service", "fines"]))
@example("given(pay) and pay > wage", "service")
def test_an_expression_over_rows_is_a_value_or_a_mistake(text: str, name: str) -> None:
    value_or_none(text, rows(name))


EXCUSES = {"UNITS", "DIVISION", "MAYBE_ZERO", "UNCLEAR_END", "TOO_BIG", "EMPTY_PERIOD", "TOO_LARGE"}
EXCUSED = {getattr(messages, name).code for name in EXCUSES}


@settings(max_examples=120, deadline=None)
@given(NUMBERS | TRUTHS)
def test_a_well_typed_expression_is_computed_within_its_range(text: str) -> None:
    scope = names()
    try:
        value = evaluate(parse(text, PLACE), scope)
    except LanguageError as error:
        whole = "`first` needs a whole number" in error.message.text("en", error.args_ | {"advice": ""})
        assert error.message.code in EXCUSED or whole, error.message.text("en", error.args_)
        return
    if isinstance(value, (Num, Truth)):
        assert_in_range(value.ref.slot, scope.ops)


def value_or_none(text: str, scope: Scope) -> object:
    expression = parse(text, PLACE)
    try:
        value = evaluate(expression, scope)
    except LanguageError as error:
        for one in error.all:
            assert one.node is not None or one.message.code in ("JF307", "JF308")
            for lang in ("en", "zh"):
                one.message.text(lang, one.args_)
        return None
    assert type(value) in NAMES
    return value


def assert_in_range(slot: int, ops: Recorder) -> None:
    """What the expression gives for one person lies in the range that its type states."""
    person = town_person()
    (found,) = generate(ops.plan(), [slot], compiled().layout)(person)
    type_ = ops.plan().operations[slot].type
    assert isinstance(found, int)
    assert type_.low <= found <= type_.high


@cache
def town_person() -> Data:
    return Reader(compiled().rules, compiled().layout).read(PERSON).data
