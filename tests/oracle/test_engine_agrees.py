"""The engine against the oracle: random applicants under the default readings, each other, and mixtures."""

import json
import random
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Protocol, cast

import pytest

import jifen

from .applicants import random_applicant
from .tianjin_2022 import READINGS, Applicant, score


class Ledger(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def months(self) -> int: ...


class Indicator(Protocol):
    @property
    def points(self) -> object: ...
    @property
    def ledgers(self) -> Iterable[Ledger]: ...


class Card(Protocol):
    def __getitem__(self, path: str) -> Indicator: ...
    @property
    def total(self) -> object: ...
    @property
    def qualifies(self) -> bool: ...
    @property
    def requirements(self) -> Mapping[str, bool]: ...


class Policy(Protocol):
    def score(self, applicant: Applicant) -> Card: ...
    def with_readings(self, readings: Mapping[str, str]) -> "Policy": ...


@pytest.fixture(scope="module")
def policy() -> Policy:
    return cast(Policy, jifen.load("tianjin/2022"))


def exact(points: object) -> Fraction:
    return Fraction(str(points))


def differences(card: Card, applicant: Applicant, readings: Mapping[str, str]) -> dict[str, str]:
    """What the engine and the oracle say differently, by path: `engine != oracle`."""
    expected = score(applicant, readings)
    engine: dict[str, object] = {path: exact(card[path].points) for path in expected["points"]}
    oracle: dict[str, object] = dict(expected["points"])
    for path, points in expected["groups"].items():
        engine[path], oracle[path] = exact(card[path].points), points
    for path, count in expected["months"].items():
        engine[f"{path} months"] = sum(ledger.months for ledger in card[path].ledgers)
        oracle[f"{path} months"] = count
    insured = {ledger.id: ledger.months for ledger in card["basic/social_insurance"].ledgers}
    for kind, count in expected["insurance_months"].items():
        engine[f"{kind} months"], oracle[f"{kind} months"] = insured.get(kind, 0), count
    for name, met in expected["requirements"].items():
        engine[name], oracle[name] = card.requirements[name], met
    engine["total"], oracle["total"] = exact(card.total), expected["total"]
    engine["qualifies"], oracle["qualifies"] = card.qualifies, expected["qualifies"]
    return {path: f"{engine[path]} != {oracle[path]}" for path in oracle if engine[path] != oracle[path]}


def compare(policy: Policy, seeds: Iterable[int], readings: Mapping[str, str]) -> None:
    """Fails with the shortest of the applicants about whom the two disagree."""
    wrong: list[tuple[str, dict[str, str]]] = []
    for seed in seeds:
        applicant = random_applicant(random.Random(seed))
        found = differences(policy.score(applicant), applicant, readings)
        if found:
            wrong.append((json.dumps(applicant), found))
    if wrong:
        text, found = min(wrong, key=lambda case: len(case[0]))
        pytest.fail(f"{len(wrong)} applicants differ under {dict(readings)}; the shortest: {found}\n{text}")


@pytest.mark.parametrize("part", range(10))
def test_default_readings(policy: Policy, part: int) -> None:
    compare(policy, range(part * 500, part * 500 + 500), {})


@pytest.mark.parametrize("name", READINGS)
def test_other_reading(policy: Policy, name: str) -> None:
    readings = {name: READINGS[name][1]}
    compare(policy.with_readings(readings), range(10_000, 10_300), readings)


def mixture(seed: int) -> dict[str, str]:
    """Any options together, but for one pair that the rules leave open: full years of changing homes."""
    rng = random.Random(seed)
    chosen = {name: rng.choice(options) for name, options in READINGS.items()}
    if chosen["month_credit"] == "full_years":
        chosen["several_homes"] = "best_home"
    return chosen


@pytest.mark.parametrize("seed", range(25))
def test_mixed_readings(policy: Policy, seed: int) -> None:
    readings = mixture(seed)
    compare(policy.with_readings(readings), range(20_000 + seed * 40, 20_040 + seed * 40), readings)
