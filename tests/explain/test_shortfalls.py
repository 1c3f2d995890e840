"""What is missing where a condition fails, with months counted by hand. Months count up to 2023-12."""

from __future__ import annotations

from pathlib import Path

import pytest

from .harbour import condition, person

NOT_PAID = {
    "reason": {"zh": "未付", "en": "not paid"},
    "cite": [{"source": "notice", "clause": "2", "title": {"zh": "通知", "en": "Notice"}}],
}


def test_a_streak_that_is_broken(tmp_path: Path) -> None:
    # 2023-06 to 2023-12 are 7 months; 2023-05 is not covered, 2023-01 to 2023-04 are.
    found = condition(tmp_path, "streak(served) >= 12", person("2022-09..2023-04", "2023-06.."))
    assert (found["holds"], found["found"], found["against"], found["short"]) == (False, "7", "12", "5")
    (months,) = found["months"]
    assert months["missing"] == [{"count": 1, "months": ["2023-05"]}]
    assert (months["first_missing"], months["to"]) == ("2023-05", "2023-12")
    assert months["counted"] == ["2022-09..2023-04", "2023-06..2023-12"]


def test_a_streak_broken_by_months_that_do_not_count(tmp_path: Path) -> None:
    # Back from 2023-12: 10 to 12 paid (3), 08 to 09 unpaid, 07 not covered, 01 to 06 paid: 9 of 12 are paid.
    jo = person("2023-01..2023-06", "2023-10..", unpaid=["2023-08..2023-09"])
    (months,) = condition(tmp_path, "streak(served) >= 12", jo)["months"]
    assert months["missing"] == [
        {"count": 2, "months": ["2023-08..2023-09"], **NOT_PAID},
        {"count": 1, "months": ["2023-07"]},
    ]
    assert months["first_missing"] == "2023-09"


def test_a_streak_of_nobody(tmp_path: Path) -> None:
    (months,) = condition(tmp_path, "streak(served) > 2", person())["months"]
    assert months["missing"] == [{"count": 3, "months": ["2023-10..2023-12"]}]
    assert months["first_missing"] == "2023-12"


def test_too_few_months_in_all(tmp_path: Path) -> None:
    # 2021-01 to 2021-10 (10) and 2023-03 to 2023-12 (10): 20 of 24. Between them 2021-11 to 2023-02, 16 months.
    found = condition(tmp_path, "count(served) >= 24", person("2021-01..2021-10", "2023-03.."))
    assert (found["found"], found["short"], found["unit"]) == ("20", "4", "months")
    assert found["months"][0]["missing"] == [{"count": 16, "months": ["2021-11..2023-02"]}]
    assert found["months"][0]["first_missing"] == "2021-11"


def test_too_few_months_of_a_period(tmp_path: Path) -> None:
    # In 2022-07 to 2023-06 only 2022-10 to 2023-03 are covered: 6 of 9 months; 3 before and 3 after are not.
    require = 'count(during(served, "2022-07", "2023-06")) >= 9'
    found = condition(tmp_path, require, person("2022-10..2023-03"))
    assert found["short"] == "3"
    (months,) = found["months"]
    assert months["missing"] == [{"count": 6, "months": ["2022-07..2022-09", "2023-04..2023-06"]}]
    assert (months["first_missing"], months["from"], months["to"]) == ("2022-07", "2022-07", "2023-06")


def test_too_few_of_the_last_months(tmp_path: Path) -> None:
    # The last 6 months are 2023-07 to 2023-12, of which 2023-11 and 2023-12 are covered.
    found = condition(tmp_path, "count(last(served, 6)) == 6", person("2023-11.."))
    assert found["months"][0]["missing"] == [{"count": 4, "months": ["2023-07..2023-10"]}]


def test_too_few_full_years(tmp_path: Path) -> None:
    # 2022-06 to 2023-12 are 19 months, 1 full year.
    found = condition(tmp_path, "full_years(served) >= 2", person("2022-01..2022-01", "2022-06.."))
    assert (found["found"], found["short"], found["unit"]) == ("1", "1", "years")
    assert found["months"][0]["missing"] == [{"count": 4, "months": ["2022-02..2022-05"]}]


def test_the_longest_run_is_too_short(tmp_path: Path) -> None:
    # Runs of 5 and of 4 months; the one of 5 could have begun in 2022-01 or gone on in 2022-07.
    found = condition(tmp_path, "longest(served) >= 6", person("2022-02..2022-06", "2023-01..2023-04"))
    assert (found["found"], found["short"]) == ("5", "1")
    assert found["months"][0]["missing"] == [{"count": 2, "months": ["2022-01", "2022-07"]}]
    assert found["months"][0]["first_missing"] == "2022-07"


def test_a_month_that_is_not_there(tmp_path: Path) -> None:
    found = condition(tmp_path, "has(served, cutoff)", person("2020-01..2022-12", unpaid=["2023-12.."]))
    assert (found["holds"], found["wanted"], found["found"]) == (False, "holds", "false")
    assert found["months"][0]["missing"] == [{"count": 1, "months": ["2023-12"], **NOT_PAID}]
    assert found["months"][0]["first_missing"] == "2023-12"


def test_months_that_should_not_be(tmp_path: Path) -> None:
    # At sea and ashore at once: 2022-03 and 2022-04.
    found = condition(
        tmp_path, "veto: count(served & ashore) > 0", person("2022-01..2022-04", shore=["2022-03..2022-09"])
    )
    assert (found["text"], found["wanted"], found["short"]) == ("count(served & ashore) <= 0", "at_most", "2")
    assert found["months"][0]["counted"] == ["2022-03..2022-04"]
    assert "missing" not in found["months"][0]


def test_a_named_value_is_told_by_its_meaning(tmp_path: Path) -> None:
    found = condition(tmp_path, "seasoned and sails", person("2023-01..", sails=False))
    seasoned, sails = found["tests"]
    assert seasoned["label"] == {"zh": "老水手", "en": "seasoned"}
    assert (seasoned["tests"][0]["found"], seasoned["tests"][0]["short"]) == ("12", "24")
    assert (sails["text"], sails["wanted"], sails["found"]) == ("sails", "holds", "false")


def test_a_named_number_still_knows_its_months(tmp_path: Path) -> None:
    found = condition(tmp_path, "fine_years >= 2", person("2023-02.."))
    assert (found["text"], found["found"], found["short"]) == ("fine_years >= 2", "0", "2")
    # From 2023-02 to 2023-12 nothing is missing: the months lacking lie before.
    assert "missing" not in found["months"][0]


def test_all_and_any_and_not(tmp_path: Path) -> None:
    require = 'not (rank == "master" and count(served) < 6) and (sails or streak(served) >= 3)'
    found = condition(tmp_path, require, person("2023-12..", rank="master"))
    first, second = found["tests"]
    assert (found["combine"], first["combine"], second["combine"]) == ("all", "any", "any")
    assert [one["text"] for one in first["tests"]] == ['rank != "master"', "count(served) >= 6"]
    assert [one["holds"] for one in first["tests"]] == [False, False]
    assert [one["holds"] for one in second["tests"]] == [True, False]
    assert first["tests"][0]["found_shown"] == {"zh": "船长", "en": "master"}


def test_records_that_bar(tmp_path: Path) -> None:
    found = condition(tmp_path, "number(grave_fines) == 0", person(fines=["2021-05-06", "2022-07-08"]))
    assert [(one["index"], one["date"]) for one in found["records"]] == [(0, "2021-05-06"), (1, "2022-07-08")]
    assert (found["found"], found["against"], found["short"]) == ("2", "0", "2")


@pytest.mark.parametrize(
    ("require", "facts", "wanted", "found", "short"),
    [
        # Born on 1 January 1990, 34 on 6 May 2024.
        ("age(born, application) <= 30", {}, "at_most", "34", "4"),
        ("30 > age(born, application)", {}, "below", "34", "5"),
        ("savings >= 100.50", {"savings": 100}, "at_least", "100", "1/2"),
        ('rank in ("master",)', {}, "one_of", "mate", None),
        ('"knife" in tools', {}, "contains", "rope", None),
        ('born < "1980-01-01"', {}, "below", "1990-01-01", None),
    ],
)
def test_what_is_not_of_months(
    tmp_path: Path, require: str, facts: dict[str, object], wanted: str, found: str, short: str | None
) -> None:
    test = condition(tmp_path, require, person(**facts))
    assert (test["holds"], test["wanted"], test["found"], test.get("short")) == (False, wanted, found, short)


def test_an_input_that_was_not_stated(tmp_path: Path) -> None:
    found = condition(tmp_path, "given(height) and height >= 1.5", person())
    assert [one.get("stated") for one in found["tests"]] == [None, False]


def test_a_chain_of_comparisons(tmp_path: Path) -> None:
    found = condition(tmp_path, "6 <= count(served) <= 8", person("2023-04.."))
    assert [(one["wanted"], one["holds"], one.get("short")) for one in found["tests"]] == [
        ("at_least", True, None),
        ("at_most", False, "1"),
    ]


def test_what_is_the_same_for_everybody_is_not_told(tmp_path: Path) -> None:
    found = condition(tmp_path, "true and count(served) >= 1", person())
    assert found["text"] == "count(served) >= 1"
