"""An input that may be absent: whatever stands in its place is never a reason to fail."""

from pathlib import Path
from typing import NamedTuple

import pytest

from jifen.api import Policy, load
from jifen.backends.interpret import interpreter

POLICY = """\
policy: absent/2024
title: Absent
in_force: {{from: 2024-01-01, to: 2024-12-31}}
sources: {{notice: {{title: Notice, kind: official}}}}
facts:
  x: {{required: false, {fact}}}
  sum: {{type: money, default: 100}}
anchors: {{{anchors}}}
indicators:
  one: {{cite: notice, points: '1 if given(x) and {condition} else 0'}}
  two: {{cite: notice, points: '2 if given(x) and {other} else 0'}}
  three: {{cite: notice, points: 4, when: given(x)}}
scores: {{total: {{sum: all}}}}
outcome: {{line: 1, cite: notice}}
"""


class Case(NamedTuple):
    """An optional fact, two conditions that read something computed of it, and a value for which both hold."""

    fact: str
    condition: str
    other: str
    value: object
    anchors: str = ""


DATE = "type: date"
RENEWED = "renewed: {of: x, years: 5, cite: notice}"
CASES = {
    "days": Case(
        DATE, "days_between(x, application) > 30", "days_between(x, application) < 9999", "2020-02-29"
    ),
    "months": Case(
        DATE, "months_between(x, application) > 30", "months_between(x, application) < 99", "2020-02-29"
    ),
    "age": Case(DATE, "age(x, application) >= 4", "age(x, application) < 5", "2020-02-29"),
    "month": Case(DATE, "month(x) == 2", "month(x) < 3", "2020-02-29"),
    "anchor": Case(DATE, "renewed > application", "month(renewed) == 2", "2020-02-29", RENEWED),
    "anchor of an anchor": Case(
        DATE,
        "month(end) == 12",
        "year(end) == 2025",
        "2020-02-29",
        f"{RENEWED}, end: {{of: renewed, month: 12}}",
    ),
    "share": Case("type: integer, from: 1, to: 5", "sum / x == 25", "sum / x < 26", 4),
    "floor": Case(
        "type: number, decimals: 1, from: 0.5, to: 9", "floor(sum / x) == 40", "floor(sum / x) < 41", "2.5"
    ),
    "quotient": Case("type: number, decimals: 1, from: 0.5, to: 9", "sum / x >= 40", "sum / x <= 40", "2.5"),
    "choice": Case(
        "type: choice, options: {mate: mate, master: master}", 'x == "master"', 'x != "mate"', "master"
    ),
}


@pytest.fixture
def policy(tmp_path: Path, request: pytest.FixtureRequest) -> Policy:
    case: Case = request.param
    path = tmp_path / "absent.yaml"
    path.write_text(POLICY.format(**case._asdict()), encoding="utf-8")
    return load(path)


VALUES = [pytest.param(case, case.value, id=name) for name, case in CASES.items()]


@pytest.mark.parametrize(("policy", "value"), VALUES, indirect=["policy"])
def test_what_is_given_is_read(policy: Policy, value: object) -> None:
    assert policy.score({"date": "2024-04-01", "facts": {"x": value}}).total == 7


@pytest.mark.parametrize(("policy", "value"), VALUES, indirect=["policy"])
def test_what_is_absent_is_not_looked_at(policy: Policy, value: object) -> None:
    for facts in ({}, {"x": None}):
        card = policy.score({"date": "2024-04-01", "facts": facts})
        assert card.total == 0
        assert card.to_dict()["scores"][0]["points"] == "0"


@pytest.mark.parametrize(("policy", "value"), VALUES, indirect=["policy"])
def test_every_operation_runs_without_it(policy: Policy, value: object) -> None:
    """The interpreter computes all of them, also those that a condition would have passed over."""
    data = policy.read({"date": "2024-04-01", "facts": {}}).data
    slots = range(len(policy.plan.operations))
    assert len(interpreter(policy.plan, slots, policy.layout)(data)) == len(slots)
