"""The changes of single expressions."""

import pytest

from jifen.document.places import Place
from jifen.language.expression import parse
from jifen.regression.edits import later, nearby
from jifen.regression.expression_mutants import edits


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("age >= 35", ["age > 35", "age >= 34"]),
        ("age < 35", ["age <= 35", "age < 34"]),
        ("35 < age", ["35 <= age", "36 < age"]),
        ("rate > 0.80", ["rate >= 0.80", "rate > 0.81"]),
        ("kind == 'sea'", ["kind != 'sea'"]),
        ('kind not in ("sea", "shore")', [
            'kind in ("sea", "shore")', 'kind not in ("shore",)', 'kind not in ("sea",)',
        ]),
        ("a and (b or c)", [
            "a or (b or c)", "(b or c)", "a", "a and (b and c)", "a and (c)", "a and (b)",
        ]),
        ("not (a)", ["a"]),
        ("count(x & y)", ["count(x | y)", "count(x)"]),
        ("min(a, 3)", ["max(a, 3)", "min(a, 4)"]),
        ("2 if a else b", ["2 if not (a) else b", "3 if a else b"]),
        ('during(x, "2013-12", end)', ['during(x, "2014-01", end)']),
        ("城 >= 1", []),
        ("name", []),
    ],
)  # fmt: skip
def test_edits(text: str, changed: list[str]) -> None:
    assert [edit.text for edit in edits(text)] == changed
    for edit in edits(text):
        parse(edit.text, Place("", 1, 1, 1, 1))


def test_each_place_of_a_number_is_changed_alone() -> None:
    assert [edit.text for edit in edits("2 * a + 2")] == ["2 * a - 2", "2 * a + 3", "3 * a + 2"]


def test_what_would_tell() -> None:
    told = {edit.after: edit.told.en for edit in edits("age(birth_date, today) <= 35 and member")}
    assert told["age(birth_date, today) < 35"] == "a case where age(birth_date, today) is exactly 35"
    assert told["36"] == "a case where age(birth_date, today) is exactly 36"
    assert told["age(birth_date, today) <= 35"] == "a case where only member does not hold"


def test_numbers_and_dates() -> None:
    assert nearby("0.01") == ("0.02", "0.00")
    assert nearby("-30") == ("-29", "-31")
    assert later("2024-02-28") == ["2024-02-29"]
    assert later("2019-12") == ["2020-01"]
    assert later("12-31") == ["01-01"]
    assert later("04-30", -1) == ["04-29"]
    assert later("2023-02-30") == later("spring") == []
