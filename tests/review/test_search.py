"""What a review finds: hand-computed differences of Ann's score, and every explanation scored again."""

from __future__ import annotations

from fractions import Fraction

import pytest

from jifen.review.changes import Applicant
from jifen.review.published import Printing
from jifen.review.review import review
from jifen.review.search import MOST

from .town import ann, changed, only, published, reviewed, town


def test_nothing_differs() -> None:
    found = reviewed()
    assert found.differences == () and found.tried == 0 and found.complete
    assert town().score(ann()).total == Fraction(139, 3)  # printed 46.33


def test_months_fewer() -> None:
    one = only(reviewed(work=15, total="41.33"))  # 18 months of 24
    assert one.fewer is not None
    assert (one.fewer.timeline, one.fewer.months, one.fewer.places, one.fewer.of) == ("work", 6, 19, 19)
    assert one.fewer.alike == ()  # the six months of odd jobs are not among those counted
    assert changed(one) == [
        (("end", "timelines.work[0].to", "2021-06"),),
        (("end", "timelines.work[0].from", "2021-07"),),
        (("end", "timelines.work[2].from", "2023-09"),),
        (("end", "timelines.work[2].to", "2023-08"),),
    ]
    assert {explanation.total for explanation in one.explanations} == {True}


def test_a_spell_of_just_that_length() -> None:
    work = [
        {"from": "2021-01", "to": "2021-12", "kind": "steady"},
        {"from": "2022-05", "to": "2022-10", "kind": "steady"},
        {"from": "2023-03", "kind": "steady"},
    ]
    one = only(reviewed(ann(timelines={**ann()["timelines"], "work": work}), total=None))  # 30 months: 25
    assert one.fewer is not None and one.fewer.months == 6
    may, october = 2022 * 12 + 4, 2022 * 12 + 9
    assert one.fewer.alike == ((may, october),)
    assert changed(one)[:2] == [
        (("attribute", "timelines.work[1].kind", "odd"),),
        (("spell", "timelines.work[1]", ""),),
    ]
    left_out, dropped = one.explanations[:2]
    assert left_out.moved.lost == dropped.moved.lost == list(range(may, october + 1))
    assert [reason.text["en"] for reason in left_out.moved.reasons] == ["odd jobs do not count"]
    assert [cite["clause"] for cite in left_out.moved.reasons[0].cite] == ["2"]
    assert not dropped.moved.reasons and left_out.of_kind == dropped.of_kind == 1


def test_months_that_were_left_out_and_would_count() -> None:
    one = only(reviewed(work=25, total="51.33"))
    assert one.fewer is None
    assert changed(one)[0] == (("attribute", "timelines.work[1].kind", "steady"),)
    first = one.explanations[0]
    assert len(first.moved.gained) == 6 and not first.moved.lost
    assert [reason.text["zh"] for reason in first.moved.reasons] == ["零工不计"]


@pytest.mark.parametrize(
    ("said", "path", "expected"),
    [
        ({"school": 20, "total": "61.33"}, "basic/school", ("fact", "facts.school", "high")),
        ({"partner": 6, "total": "52.33"}, "more/partner", ("fact", "people.partner.facts.school", "high")),
        ({"prizes": 0, "total": "37.33"}, "more/prizes", ("record", "records.prizes[0]", "")),
        (
            {"prizes": 4, "total": "41.33"},
            "more/prizes",
            ("record_attribute", "records.prizes[0].rank", "second"),
        ),
        ({"prizes": 13, "total": "50.33"}, "more/prizes", ("record_more", "records.prizes", "")),
        ({"children": 6, "total": "48.33"}, "more/children", ("fact", "facts.children", "3")),
    ],
)
def test_one_change(said: dict[str, object], path: str, expected: tuple[str, str, str]) -> None:
    one = only(reviewed(**said))
    assert one.path == path
    assert changed(one) == [(expected,)]
    assert one.explanations[0].total is True and not one.explanations[0].breaks


def test_one_more_record_is_told_once_with_its_dates() -> None:
    [explanation] = only(reviewed(prizes=13, total="50.33")).explanations
    assert explanation.dates == tuple(f"{year}-03-01" for year in range(2024, 2018, -1))


def test_two_changes_only_where_one_is_not_enough() -> None:
    one = only(reviewed(prizes=8, total="45.33"))  # two second prizes
    assert changed(one) == [
        (("record_attribute", "records.prizes[0].rank", "second"), ("record_more", "records.prizes", ""))
    ]


def test_a_reading() -> None:
    one = only(reviewed(boat=3, total="49.33"))
    assert not one.explanations and one.explained
    assert [dict(found.readings) for found in one.readings] == [{"boats": "scores"}]
    assert one.readings[0].total is True


def test_a_reading_that_breaks_what_agreed() -> None:
    work = [{"from": "2021-01", "to": "2022-06", "kind": "steady"}]  # 18 months: 15, by full years 10
    person = ann(timelines={**ann()["timelines"], "work": work})
    found = review(town(), person, published(total=None, work=10))
    [reading] = only(found).readings
    assert dict(reading.readings) == {"counting": "full_years"}
    assert reading.total is None and reading.breaks == ()


def test_nothing_explains_it() -> None:
    one = only(reviewed(home="7.77", total="45.77"))
    assert not one.explained and one.fewer is None


def test_a_total_that_the_parts_make_up_is_not_looked_into() -> None:
    found = reviewed(work=15, school=20, total="56.33")
    assert [one.path for one in found.differences] == ["basic/school", "total", "basic/work"]
    total = found.differences[1]
    assert total.made_of == ("basic/work", "basic/school") and not total.explanations
    assert found.together is True


def test_a_total_that_the_parts_do_not_make_up() -> None:
    found = reviewed(work=15, total="45.33")
    total = next(one for one in found.differences if one.path == "total")
    assert total.made_of == () and not total.explanations


def test_a_group_is_made_of_what_it_holds() -> None:
    found = reviewed(total=None, **{"basic": "28.33", "work": 15})
    assert [(one.path, one.made_of) for one in found.differences] == [
        ("basic/work", ()),
        ("basic", ("basic/work",)),
    ]


def test_a_total_alone() -> None:
    one = reviewed(total=40).differences[0]
    assert one.path == "total" and {kind for found in one.explanations for kind in found.kinds} == {"end"}


def test_the_bound_holds_and_is_told() -> None:
    found = review(town(), ann(), published(work=15, total="41.33"), most=20)
    assert found.tried == found.bound == 20 and not found.complete
    assert reviewed(work=15, total="41.33").bound == MOST


def test_whatever_the_office_may_hold_otherwise_is_found_and_is_no_more_than_what_scores() -> None:
    policy, person = town(), Applicant(ann(), town().rules, 20240301)
    base = policy.score(ann())
    inputs = {"work", "home", "prizes", "school", "partner.school", "children", "boat"}
    printing = Printing()
    seen = 0
    for number, change in enumerate(person.changes(inputs)):
        card = policy.score(person.changed([change.edit])) if number % 3 == 0 else base
        paths = [
            path
            for path in ("basic/work", "basic/home", "basic/school", "more/prizes")
            if card[path].points != base[path].points
        ]
        if not paths:
            continue
        seen += 1
        parts = {path: str(printing.printed(card[path].points)) for path in paths}
        total = str(printing.printed(card.total))
        found = review(
            policy, ann(), {"policy": "town/2024", "date": "2024-03-04", "total": total, "parts": parts}
        )
        for one in found.differences:
            for explanation in one.explanations:
                again = policy.score(person.changed(part.edit for part in explanation.changes))
                value = again.total if one.path == "total" else again[one.path].points
                assert printing.printed(value) == one.published
        told = {
            (part.kind, part.path, value and value.text)
            for one in found.differences
            for explanation in one.explanations
            for part in explanation.changes
            for value in part.after or (None,)
        }
        assert (change.kind, change.path, change.after[0].text if change.after else None) in told
    assert seen > 20
