"""What a published score may say, and how printed numbers are rounded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jifen.errors import ApplicantError
from jifen.review.published import Printing
from jifen.review.review import review

from .town import ann, published, reviewed, town


@pytest.mark.parametrize(
    ("printing", "number", "printed"),
    [
        (Printing(), "1/3", "0.33"),
        (Printing(), "0.005", "0.01"),
        (Printing(), "-0.005", "-0.01"),
        (Printing(), "-0.004", "0"),
        (Printing(), "28/3", "9.33"),
        (Printing(Fraction(1, 100), cut=True), "0.999", "0.99"),
        (Printing(Fraction(1, 100), cut=True), "-0.999", "-0.99"),
        (Printing(Fraction(1)), "2.5", "3"),
        (Printing(Fraction(1, 2)), "2.3", "2.5"),
        (Printing(None), "28/3", "28/3"),
    ],
)
def test_printing(printing: Printing, number: str, printed: str) -> None:
    assert printing.printed(Fraction(number)) == Fraction(printed)


def test_the_rounding_that_is_stated_is_used() -> None:
    # 25/3 is 8.33 to the nearest hundredth, 8.3 cut off to a tenth, and nothing else exactly
    said = published(total=None)
    for rounding, home, count in (
        ({"to": "0.1", "by": "cut"}, "8.3", 0),
        ("exact", "25/3", 0),
        ("exact", "8.33", 1),
        ({"to": 1}, 8, 0),
    ):
        found = review(town(), ann(), {**said, "rounding": rounding, "parts": {"home": home}})
        assert len(found.differences) == count, rounding


def problems(said: dict[str, object]) -> list[tuple[str, str]]:
    with pytest.raises(ApplicantError) as caught:
        review(town(), ann(), {**published(), **said})
    return [(problem.path, problem.message.code) for problem in caught.value.problems]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    said = {
        "policy": "town/2023",
        "applicant": "bob",
        "date": "2024-02-30",
        "total": "46.333",
        "parts": {"wrk": 20, "home": 8.33, "basic/home": "8.33", "school": "5.001"},
    }
    assert problems(said) == [
        ("parts.wrk", "JF721"),
        ("parts.basic/home", "JF722"),
        ("parts.school", "JF723"),
        ("total", "JF723"),
        ("date", "JF708"),
        ("applicant", "JF724"),
        ("policy", "JF725"),
    ]


def test_a_score_is_not_published_before_the_application() -> None:
    assert problems({"date": "2024-02-29"}) == [("date", "JF726")]
    assert not reviewed(date="2024-03-01").differences


def test_the_nearest_name_is_suggested() -> None:
    with pytest.raises(ApplicantError) as caught:
        review(town(), ann(), published(wrk=20))
    assert "Did you mean work?" in caught.value.problems[0].hint_text("en")


def test_parts_stand_in_the_order_of_the_table() -> None:
    said = {**published(), "parts": {"prizes": 9, "more": 13, "work": 20}}
    assert list(review(town(), ann(), said).published.parts) == ["basic/work", "more", "more/prizes"]
