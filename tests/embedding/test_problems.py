"""What is wrong with an applicant's data: each message, its path, and all of them at once."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from jifen.applicant import messages
from jifen.document.diagnostics import Message
from jifen.errors import ApplicantError

from .ferry import REMOVED, changed, policy, problems

CASES: list[tuple[str, object, str, str]] = [  # what is changed, to what, the path told, the code
    ("facts", [], "facts", "JF701"),
    ("facts", None, "facts", "JF701"),
    ("timelines", "none", "timelines", "JF701"),
    ("records", 0, "records", "JF701"),
    ("timelines.crew.1", "2022-03", "timelines.crew[1]", "JF701"),
    ("records.rescues.0", ["2023-08-01"], "records.rescues[0]", "JF701"),
    ("people", ["spouse"], "people", "JF701"),
    ("timelines.crew", {"from": "2021-01"}, "timelines.crew", "JF702"),
    ("timelines.lodging", "", "timelines.lodging", "JF702"),
    ("records.fines", 0, "records.fines", "JF702"),
    ("facts.tools", 7, "facts.tools", "JF702"),
    ("date", REMOVED, "date", "JF703"),
    ("facts.born", REMOVED, "facts.born", "JF703"),
    ("timelines.crew", REMOVED, "timelines.crew", "JF703"),
    ("timelines.crew", None, "timelines.crew", "JF703"),
    ("timelines.crew.0.from", REMOVED, "timelines.crew[0].from", "JF703"),
    ("timelines.crew.1.ship", REMOVED, "timelines.crew[1].ship", "JF703"),
    ("records.rescues", REMOVED, "records.rescues", "JF703"),
    ("records.rescues.0.date", REMOVED, "records.rescues[0].date", "JF703"),
    ("records.rescues.0.people", REMOVED, "records.rescues[0].people", "JF703"),
    ("name", "Ann", "name", "JF704"),
    ("facts.childs", 1, "facts.childs", "JF704"),
    ("timelines.crews", [], "timelines.crews", "JF704"),
    ("timelines.crew.0.until", "2021-06", "timelines.crew[0].until", "JF704"),
    ("records.rescues.0.proofs", ["log"], "records.rescues[0].proofs", "JF704"),
    ("people.spouse.fact", {}, "people.spouse.fact", "JF704"),
    ("people.spouse.facts.age", 30, "people.spouse.facts.age", "JF704"),
    ("facts.resident", "yes", "facts.resident", "JF705"),
    ("facts.resident", 1, "facts.resident", "JF705"),
    ("facts.children", True, "facts.children", "JF705"),
    ("facts.children", "two", "facts.children", "JF705"),
    ("facts.children", "1.5", "facts.children", "JF705"),
    ("facts.children", None, "facts.children", "JF705"),
    ("facts.savings", Decimal("NaN"), "facts.savings", "JF705"),
    ("facts.savings", "Infinity", "facts.savings", "JF705"),
    ("facts.savings", Decimal("1E+400"), "facts.savings", "JF705"),
    ("facts.savings", "１２", "facts.savings", "JF705"),
    ("facts.savings", "1_000", "facts.savings", "JF705"),
    ("facts.savings", " 12", "facts.savings", "JF705"),
    ("facts.savings", "1e3", "facts.savings", "JF705"),
    ("facts.savings", "5.", "facts.savings", "JF705"),
    ("facts.savings", [1], "facts.savings", "JF705"),
    ("facts.rank", "captain", "facts.rank", "JF706"),
    ("facts.rank", ["mate"], "facts.rank", "JF706"),
    ("facts.tools", ["rope", "saw"], "facts.tools", "JF706"),
    ("timelines.crew.0.ship", "bg", "timelines.crew[0].ship", "JF706"),
    ("people.spouse.timelines.crew.0.ship", "bg", "people.spouse.timelines.crew[0].ship", "JF706"),
    ("facts.children", -1, "facts.children", "JF707"),
    ("facts.children", 10, "facts.children", "JF707"),
    ("facts.height", "0.4", "facts.height", "JF707"),
    ("facts.height", Fraction(26, 10), "facts.height", "JF707"),
    ("records.rescues.0.people", 0, "records.rescues[0].people", "JF707"),
    ("date", "2024-02-30", "date", "JF708"),
    ("date", "20240401", "date", "JF708"),
    ("date", "2024-W10-1", "date", "JF708"),
    ("date", datetime(2024, 4, 1), "date", "JF708"),
    ("facts.born", 19900505, "facts.born", "JF708"),
    ("records.fines.0.date", "2022-01", "records.fines[0].date", "JF708"),
    ("people.spouse.facts.born", "1991", "people.spouse.facts.born", "JF708"),
    ("timelines.crew.0.from", "2021-13", "timelines.crew[0].from", "JF709"),
    ("timelines.crew.0.to", "2021-02-29", "timelines.crew[0].to", "JF709"),
    ("timelines.crew.0.from", 202101, "timelines.crew[0].from", "JF709"),
    ("timelines.crew.0.to", "2020-12", "timelines.crew[0]", "JF710"),
    ("timelines.lodging.0.to", "2020-05-16", "timelines.lodging[0]", "JF710"),
    ("timelines.lodging.0.to", date(2020, 5, 16), "timelines.lodging[0]", "JF710"),
    ("timelines.lodging.0.to", "2020-04", "timelines.lodging[0]", "JF710"),
    ("facts.savings", 1234.56, "facts.savings", "JF711"),
    ("facts.children", 2.0, "facts.children", "JF711"),
    ("facts.children", float("nan"), "facts.children", "JF711"),
    ("timelines.crew.0.pay", 120.0, "timelines.crew[0].pay", "JF711"),
    ("facts.savings", "0.001", "facts.savings", "JF712"),
    ("facts.savings", Fraction(1, 3), "facts.savings", "JF712"),
    ("facts.height", Decimal("1.75"), "facts.height", "JF712"),
    ("records.rescues", [{"date": "2023-08-01", "people": 1}] * 4, "records.rescues", "JF713"),
    ("date", "2024-06-01", "date", "JF714"),
    ("facts.tools", [], "facts.tools", "JF715"),
    ("records.rescues.0.proof", [], "records.rescues[0].proof", "JF715"),
    ("date", "1899-12-31", "date", "JF716"),
    ("facts.born", date(2200, 1, 1), "facts.born", "JF716"),
    ("timelines.crew.0.from", "1899-12", "timelines.crew[0].from", "JF716"),
    ("timelines.lodging.0.to", "2200-01-01", "timelines.lodging[0].to", "JF716"),
    ("facts.children", {"unknown": True}, "facts.children", "JF717"),
    ("facts.born", {"from": "1990-01-01", "to": "1990-12-31"}, "facts.born", "JF717"),
    ("timelines.crew", {"unknown": True}, "timelines.crew", "JF717"),
    ("timelines.crew.0.ship", {"unknown": True}, "timelines.crew[0].ship", "JF717"),
    ("timelines.crew.0.to", {"from": "2021-01", "to": "2021-05"}, "timelines.crew[0].to", "JF717"),
    ("records.fines.0.date", {"unknown": True}, "records.fines[0].date", "JF717"),
]


def test_somebody_has_no_problem() -> None:
    assert problems(changed()) == []


@pytest.mark.parametrize(("path", "value", "where", "code"), CASES)
def test_each_problem(path: str, value: object, where: str, code: str) -> None:
    assert problems(changed((path, value))) == [(where, code)]


def all_messages() -> dict[str, Message]:
    found = [value for value in vars(messages).values() if isinstance(value, Message)]
    return {message.code: message for message in found if message.code.startswith("JF7")}


def test_every_message_has_a_case() -> None:
    assert {code for _, _, _, code in CASES} == set(all_messages())


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("path", "value", "where", "code"), CASES)
def test_the_sentences_are_whole(path: str, value: object, where: str, code: str, lang: str) -> None:
    with pytest.raises(ApplicantError) as caught:
        policy().score(changed((path, value)))
    (problem,) = caught.value.problems
    sentence = problem.text(lang)
    assert sentence and "{" not in sentence.replace(repr(value), "").replace(str(value), "")
    assert "{" not in problem.hint_text(lang)
    assert caught.value.text(lang) == f"{where}{'：' if lang == 'zh' else ': '}{sentence}"
    assert str(caught.value) == caught.value.text("en")


SUGGESTIONS = [
    ("fact", {}, "facts"),
    ("facts.childs", 1, "children"),
    ("timelines.crews", [], "crew"),
    ("timelines.crew.0.shp", "big", "ship"),
    ("records.rescue", [], "rescues"),
    ("facts.rank", "maste", "master"),
    ("facts.tools", ["knif"], "knife"),
]


@pytest.mark.parametrize(("path", "value", "near"), SUGGESTIONS)
def test_the_nearest_name_is_suggested(path: str, value: object, near: str) -> None:
    with pytest.raises(ApplicantError) as caught:
        policy().score(changed((path, value)))
    (problem,) = caught.value.problems
    assert problem.hint_text("en") == f"Did you mean {near}?"


def test_a_name_like_nothing_has_no_suggestion() -> None:
    with pytest.raises(ApplicantError) as caught:
        policy().score(changed(("facts.zzz", 1)))
    assert [problem.hint_text("en") for problem in caught.value.problems] == [""]


def test_everything_is_said_at_once() -> None:
    document = changed(
        ("date", "soon"),
        ("facts.born", REMOVED),
        ("facts.children", 3.5),
        ("facts.hobby", "chess"),
        ("timelines.crew.0.from", "2021-14"),
        ("timelines.crew.0.ship", "raft"),
        ("timelines.crew.1.pay", -5),
        ("timelines.lodging", None),
        ("timelines.travel", []),
        ("records.rescues.0.date", REMOVED),
        ("records.rescues.0.people", 100),
        ("records.fines", {}),
        ("people.spouse.facts.born", "?"),
    )
    expected = {
        ("date", "JF708"),
        ("facts.born", "JF703"),
        ("facts.children", "JF711"),
        ("facts.hobby", "JF704"),
        ("timelines.crew[0].from", "JF709"),
        ("timelines.crew[0].ship", "JF706"),
        ("timelines.crew[1].pay", "JF707"),
        ("timelines.travel", "JF704"),
        ("records.rescues[0].date", "JF703"),
        ("records.rescues[0].people", "JF707"),
        ("records.fines", "JF702"),
        ("people.spouse.facts.born", "JF708"),
    }
    found = problems(document)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_misspelt_date_of_a_record_is_missing_and_unknown() -> None:
    document = changed(("records.fines", [{"dat": "2022-01-31"}]))
    assert set(problems(document)) == {("records.fines[0].date", "JF703"), ("records.fines[0].dat", "JF704")}


def test_a_misspelt_beginning_of_a_spell_is_missing_and_unknown() -> None:
    document = changed(("timelines.crew", [{"form": "2021-01", "ship": "raft"}]))
    assert set(problems(document)) == {
        ("timelines.crew[0].from", "JF703"),
        ("timelines.crew[0].form", "JF704"),
        ("timelines.crew[0].ship", "JF706"),
    }


def test_somebody_unknown_among_the_people() -> None:
    child = {"facts": {"born": "2015-01-01"}, "records": {"fines": []}}
    assert problems(changed(("people.child", child))) == [
        ("people.child.facts.born", "JF704"),
        ("people.child.records.fines", "JF704"),
    ]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_of_thousands_of_digits_is_out_of_range(sign: int) -> None:
    assert problems(changed(("facts.children", sign * 10**5000))) == [("facts.children", "JF707")]


@pytest.mark.parametrize("document", [[], (), 3, None, True])
def test_what_is_no_mapping_at_all(document: object) -> None:
    assert problems(document) == [("", "JF701")]
