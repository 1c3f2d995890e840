"""The rules of a policy run on `Direct`, against the plan of the engine and its scorecards."""

import random
from fractions import Fraction
from functools import cache
from typing import Any, cast

import pytest

from jifen.api import Policy, load
from jifen.document.diagnostics import Diagnostics
from jifen.errors import ApplicantError
from jifen.plan.recorder import Recorder
from jifen.policy.record import Recorded, record
from jifen.regression.cases import Case, cases_files, read_cases
from jifen.resources import policies_dirs

from ..oracle.applicants import random_applicant
from .agreement import check_all_slots
from .direct import Direct
from .documents import direct

POLICY = "tianjin/2022"


@cache
def policy() -> Policy:
    return load(POLICY)


def other_readings() -> list[tuple[str, str]]:
    """Every option of every reading that is not the default."""
    return [
        (name, option)
        for name, reading in policy().rules.readings.items()
        for option in reading.options
        if option != reading.default
    ]


def recorded_on(policy: Policy, document: dict[str, Any]) -> tuple[Direct, Recorded]:
    values = direct(policy.rules, document)
    diagnostics = Diagnostics()
    recorded = record(policy.rules, cast(Recorder, values), diagnostics)
    assert recorded is not None and not diagnostics.errors
    return values, recorded


def compare(policy: Policy, document: dict[str, Any]) -> None:
    values, recorded = recorded_on(policy, document)
    assert values.plan() == policy.plan, "the rules depend on the applicant"
    check_all_slots(values, policy.plan, policy.layout, policy.read(document).data)
    card = policy.score(document)
    assert card.total == values[recorded.deciding]
    for line in recorded.every_line():
        assert card[line.indicator.path].points == values[line.points], line.indicator.path
        for ledger, direct_ledger in zip(card[line.indicator.path].ledgers, line.scored.ledgers, strict=True):
            assert (ledger.months, ledger.points) == (
                values[direct_ledger.months],
                values[direct_ledger.points],
            )
    for condition in recorded.eligibility:
        assert card.requirements[condition.requirement.name] == values[condition.met]
    assert card.eligible == values[recorded.eligible]
    assert card.qualifies == values[recorded.qualifies]


@pytest.mark.parametrize("part", range(4))
def test_default_readings(part: int) -> None:
    for seed in range(part * 25, part * 25 + 25):
        compare(policy(), random_applicant(random.Random(f"direct {seed}")))


@pytest.mark.parametrize(("name", "option"), other_readings())
def test_each_other_reading(name: str, option: str) -> None:
    changed = policy().with_readings({name: option})
    for seed in range(6):
        compare(changed, random_applicant(random.Random(f"{name} {option} {seed}")))


def cases() -> dict[str, list[Case]]:
    """The cases of every policy, by file."""
    files = cases_files([str(folder) for folder in policies_dirs()])
    return {file.relative_to(file.parent.parent).as_posix(): read_cases(file) for file in files}


def is_accepted(policy: Policy, case: Case) -> bool:
    try:
        policy.score(case.applicant)
    except ApplicantError:
        return False
    return True


@pytest.mark.parametrize(("file", "all_cases"), cases().items())
def test_the_cases_of_each_policy(file: str, all_cases: list[Case]) -> None:
    """Every sixth of those under the default readings, for time's sake."""
    policy = load(all_cases[0].policy)
    some = [case for case in all_cases if not case.readings][::6]
    accepted = [case for case in some if is_accepted(policy, case)]
    assert accepted
    for case in accepted:
        compare(policy, dict(case.applicant))


def test_the_points_are_fractions() -> None:
    values, recorded = recorded_on(policy(), random_applicant(random.Random(0)))
    assert all(isinstance(values[line.points], Fraction) for line in recorded.every_line())
