"""Runs cases, each against the policy beside its file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from jifen.api import Policy, load
from jifen.document.tree import Sequence
from jifen.errors import ApplicantError, JifenError, PolicyError
from jifen.regression.cases import Case, cases_files, read_cases
from jifen.regression.compare import Difference, differences, problem_differences


class Outcome(NamedTuple):
    """A case and what differs; nothing when it passes."""

    case: Case
    differences: tuple[Difference, ...]


class Runner:
    """Runs cases; each policy is loaded once for each choice of readings."""

    def __init__(self) -> None:
        self._policies: dict[tuple[Path, tuple[tuple[str, str], ...]], Policy] = {}

    def policy(self, case: Case) -> Policy:
        """The policy beside the case's file, under the case's readings."""
        path = case.file.with_name(case.file.name.removesuffix(".cases.yaml") + ".yaml")
        readings = tuple(sorted(case.readings.items()))
        key = (path, readings)
        if key not in self._policies:
            plain = self._policies.get((path, ())) or load(path)
            self._policies[path, ()] = plain
            self._policies[key] = plain.with_readings(case.readings) if readings else plain
        return self._policies[key]

    def run(self, case: Case) -> Outcome:
        """Score the case's applicant and compare. Raises PolicyError."""
        try:
            policy = self.policy(case)
        except (PolicyError, ApplicantError):
            raise
        except JifenError as error:
            return Outcome(case, (Difference("readings", case.place, "readings of the policy", str(error)),))
        if policy.id != case.policy:
            return Outcome(case, (Difference("policy", case.place, case.policy, policy.id),))
        try:
            card = policy.score(case.applicant)
        except ApplicantError as error:
            expected = case.expect.get("problems")
            if isinstance(expected, Sequence):
                return Outcome(case, problem_differences(error, expected))
            wrong = [
                Difference("applicant", case.place, "an applicant", f"{found.path}: {found.text('en')}")
                for found in error.problems
            ]
            return Outcome(case, tuple(wrong))
        return Outcome(case, differences(card, case.expect))


def collect(paths: Iterable[str], keyword: str | None = None) -> list[Case]:
    """The cases at or below some paths whose id holds the keyword. Raises PolicyError."""
    found = [case for path in cases_files(list(paths)) for case in read_cases(path)]
    if keyword:
        words = re.split(r"\s+and\s+", keyword.lower())
        found = [case for case in found if all(word in case.id.lower() for word in words)]
    return found
