"""Forecasts of invented people, every date and number counted by hand."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import jifen
from jifen.errors import ApplicantError, JifenError
from jifen.forecasting.result import Event, Forecast
from jifen.resources import schema_text

from .people import LATER, RUTH


def of(kind: str, forecast: Forecast) -> list[Event]:
    return [event for event in forecast.events if event.kind == kind]


@pytest.fixture(scope="module")
def ruth(request: pytest.FixtureRequest) -> Forecast:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIFEN_POLICIES", str(request.path.parent))
        return jifen.forecast(RUTH, place="bay", until="2028-12")


def test_each_round_until_the_end(ruth: Forecast) -> None:
    # 25, 31, 37, 43, 49 … months; a point each up to 36, two from then on; 10 then 5 for age; 20 less for the fine
    totals = [25 + 10 - 20, 31 + 5, 36 + 2 + 5, 36 + 14 + 5, 36 + 26 + 5, 36 + 38 + 5]
    assert [one.total for one in ruth.standings[:6]] == totals
    assert [one.round for one in ruth.standings[:2]] == ["spring", "autumn"]
    assert [one.first for one in ruth.standings[:3]] == [date(2024, 3, 5), date(2024, 9, 1), date(2025, 3, 1)]
    assert [one.settled for one in ruth.standings[:2]] == [date(2023, 12, 31), date(2024, 6, 30)]
    assert len(ruth.standings) == 10 and ruth.standings[-1].last == date(2028, 10, 31)


def test_the_first_round_that_meets_the_line(ruth: Forecast) -> None:
    assert ruth.first_position == 4 and ruth.first is ruth.standings[4]
    assert ruth.first_day == date(2026, 3, 1)
    assert jifen.forecast(RUTH, place="bay", until="2025-12").first is None


def test_a_birthday(ruth: Forecast) -> None:
    (band,) = of("band", ruth)
    assert (band.path, band.on, band.before, band.after) == ("age", date(2024, 5, 20), "10", "5")
    assert [(read.before, read.after["value"]) for read in band.reads] == [("35", "36")]
    assert band.opening == 1 and band.exact and band.cause == "time"


def test_a_tier(ruth: Forecast) -> None:
    # months 2021-12 to 2024-11 are 36
    (rate,) = of("rate", ruth)
    assert (rate.path, rate.on, rate.monthly, rate.month) == ("work", date(2024, 12, 1), True, 37)
    assert [(one.before, one.after, one.per) for one in rate.rates] == [("12", "24", "year")]
    assert rate.opening == 2


def test_a_record_that_leaves_its_window(ruth: Forecast) -> None:
    # five years from 2019-07-10 are over with 2024-07-10, which is inside
    (record,) = of("record", ruth)
    assert (record.on, record.record) == (date(2024, 7, 11), "2019-07-10")
    assert (record.before, record.after) == ("-20", "")


def test_rules_that_begin_and_end(ruth: Forecast) -> None:
    (begins,) = of("rules_begin", ruth)
    assert (begins.on, begins.before, begins.after) == (date(2026, 1, 1), "bay/2024", "bay/2026")
    assert begins.changes == () and begins.opening == 4
    (ends,) = of("rules_end", ruth)
    assert (ends.on, ends.before, ends.opening) == (date(2027, 1, 1), "bay/2026", 6)
    assert [one.beyond for one in ruth.standings] == [False] * 6 + [True] * 4
    assert [(one.id, one.end) for one in ruth.rules] == [
        ("bay/2024", date(2025, 12, 31)),
        ("bay/2026", date(2026, 12, 31)),
    ]


def test_what_is_assumed_holds_from_its_date_on() -> None:
    found = jifen.forecast(RUTH, place="bay", until="2028-12", assume=LATER)
    assert [one.total for one in found.standings[:5]] == [15, 36, 43, 70, 92]
    assert found.first_day == date(2025, 9, 1)
    band = of("band", found)[1]
    assert (band.path, band.on, band.cause, band.assumption) == ("school", date(2025, 6, 15), "assumption", 0)
    (begins,) = of("rules_begin", found)
    assert [(one.path, one.before, one.after) for one in begins.changes] == [("school", 15, 25)]
    (met,) = of("requirement", found)
    assert (met.path, met.on, met.after, met.assumption) == ("at_work", date(2026, 10, 5), "false", 1)
    autumn = found.standings[5]
    assert [(step.on, step.total, step.qualifies) for step in autumn.steps] == [
        (date(2026, 9, 1), Fraction(104), True),  # 74 for 55 months, 5, 25
        (date(2026, 10, 5), Fraction(98), False),  # 68 for 52 months, 5, 25
    ]
    # Work ended in March and the round settles to June: six months without a gap are gone.
    assert [name for name, _ in found.standings[6].unmet] == ["at_work"]


def test_a_spell_that_ended_stays_ended() -> None:
    ended = {**RUTH, "timelines": {"work": [{"from": "2021-12", "to": "2024-03"}]}}
    found = jifen.forecast(ended, place="bay", until="2026-12")
    assert [one.total for one in found.standings] == [15, 33, 33, 33, 33, 33]  # 28 months, 5
    (unmet,) = of("requirement", found)
    # The run back from the day of settlement is cut as soon as that day lies in April 2024.
    assert (unmet.path, unmet.after, unmet.settled, unmet.on) == ("at_work", "false", True, date(2024, 4, 1))


def test_one_policy_goes_on_beyond_its_end() -> None:
    found = jifen.forecast(RUTH, policy="bay/2024", until="2026-12")
    assert [one.id for one in found.rules] == ["bay/2024"]
    assert [one.beyond for one in found.standings] == [False] * 4 + [True] * 2
    assert of("rules_end", found)[0].on == date(2026, 1, 1)


def test_days_that_no_version_covers() -> None:
    found = jifen.forecast({**RUTH, "date": "2023-06-01"}, place="bay", until="2024-12")
    assert [(one.first, one.last) for one in found.uncovered] == [("2023-06-01", "2023-12-31")]
    assert found.standings[0].first == date(2024, 3, 1)
    with pytest.raises(JifenError, match="No version covers"):
        jifen.forecast({**RUTH, "date": "2023-06-01"}, place="bay", until="2023-12")


def test_it_is_the_score_of_each_day() -> None:
    """Whatever the plan's anchors are moved by, in force a forecast is what scoring says."""
    found = jifen.forecast(RUTH, place="bay", until="2026-12", assume=LATER)
    for one in found.standings:
        for step in one.steps:
            data: dict[str, Any] = {**RUTH, "date": step.on.isoformat()}
            if step.on >= date(2025, 6, 15):
                data["facts"] = {**RUTH["facts"], "school": "higher"}
            if step.on >= date(2026, 10, 5):
                data["timelines"] = {"work": [{"from": "2021-12", "to": "2026-03"}]}
            card = jifen.resolve("bay", on=step.on).score(data)
            assert (card.total, card.qualifies) == (step.total, step.qualifies)


def test_it_fits_its_schema(ruth: Forecast) -> None:
    validator = Draft202012Validator(json.loads(schema_text("forecast")))
    validator.validate(ruth.to_dict())
    found = jifen.forecast(RUTH, place="bay", until="2027-12", assume=LATER)
    validator.validate(found.to_dict())
    assert json.loads(found.to_json()) == found.to_dict()
    assert found.to_json() == jifen.forecast(RUTH, place="bay", until="2027-12", assume=LATER).to_json()
    Draft202012Validator(json.loads(schema_text("assumptions"))).validate(LATER)


def test_the_shape_of_assumptions() -> None:
    for given, path in (({}, ""), ({"assume": [{"date": "2024-03-01", "facts": 3}]}, "assume[0].facts")):
        with pytest.raises(ApplicantError, match="not the shape of assumptions") as raised:
            jifen.forecast(RUTH, place="bay", assume=given)
        assert [problem.path for problem in raised.value.problems] == [path]


def test_what_is_wrong_is_told() -> None:
    with pytest.raises(JifenError, match="one of `policy` and `place`"):
        jifen.forecast(RUTH)
    with pytest.raises(JifenError, match="before it begins"):
        jifen.forecast(RUTH, place="bay", until="2024-02")
    with pytest.raises(JifenError, match="at most 60 years"):
        jifen.forecast(RUTH, place="bay", until="2090-02")
    with pytest.raises(JifenError, match="such as 2030-12: soon"):
        jifen.forecast(RUTH, place="bay", until="soon")
    with pytest.raises(ApplicantError, match="date is missing"):
        jifen.forecast({"applicant": "x"}, place="bay")
    with pytest.raises(ApplicantError, match=r"facts\.birth_date"):
        jifen.forecast({**RUTH, "facts": {}}, place="bay")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"facts": {"school": "hihger"}}, "assume[0].facts.school"),
        ({"timelines": {"work": {"end": "2021-03"}}}, "assume[0].timelines.work.end"),
        ({"records": {"fynes": [{"date": "2025-01-01"}]}}, "assume[0].records.fynes"),
    ],
)
def test_an_assumption_that_is_wrong(change: dict[str, Any], path: str) -> None:
    assume = {"assume": [{"date": "2024-03-01", **change}]}
    with pytest.raises(ApplicantError) as raised:
        jifen.forecast(RUTH, place="bay", assume=assume)
    assert [problem.path for problem in raised.value.problems] == [path]


def test_the_example_of_assumptions() -> None:
    """Counted by hand: 107 7/12 in July 2025 and 126 1/12 in 2026; an endorsement gives 6, the degree 10 more."""
    folder = Path(__file__).parents[2] / "examples" / "tianjin"
    found = jifen.forecast(
        folder / "plan.yaml", place="tianjin", until="2026-03", assume=folder / "assumptions.yaml"
    )
    totals = [standing.steps[0].total for standing in found.standings]
    assert totals[1:] == [Fraction(1363, 12), Fraction(1705, 12)]
