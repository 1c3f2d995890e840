"""Runs cases, each against the policy beside its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Sequence as Listed
from pathlib import Path
from typing import NamedTuple

from jifen.api import Policy, load
from jifen.document.tree import Sequence
from jifen.errors import ApplicantError, JifenError, PolicyError
from jifen.regression.cases import Case, cases_files, read_cases
from jifen.regression.compare import Difference, differences, problem_differences, problems, said
from jifen.regression.keyword import Wanted, everything
from jifen.regression.steps import Words

Progress = Callable[[int, int], None]
"""Told how many of how many cases are done."""


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
        """Score the case's applicant, or follow its course, and compare. Raises PolicyError."""
        try:
            policy = self.policy(case)
        except (PolicyError, ApplicantError):
            raise
        except JifenError as error:
            wanted = Words("readings of the policy", "政策的读法")
            return Outcome(
                case, (Difference("readings", case.place, wanted, Words(error.text("en"), error.text("zh"))),)
            )
        if policy.id != case.policy:
            return Outcome(case, (Difference("policy", case.place, said(case.policy), said(policy.id)),))
        if case.course is not None:
            from jifen.regression.courses import course_differences

            return Outcome(case, tuple(course_differences(policy.rules, case)))
        found: tuple[Difference, ...] = ()
        # What is expected only of other days may be expected of somebody who cannot apply today.
        if set(case.expect.keys()) - {"first_round", "plans"}:
            try:
                card = policy.score(case.applicant)
            except ApplicantError as error:
                expected = case.expect.get("problems")
                if isinstance(expected, Sequence):
                    return Outcome(case, problem_differences(error, expected))
                wanted = Words("data that can be scored", "可计分的数据")
                return Outcome(case, (Difference("applicant", case.place, wanted, problems(error)),))
            found = differences(card, case.expect)
        if case.expect.get("first_round") is not None:
            from jifen.regression.ahead import ahead_differences

            found = (*found, *ahead_differences(policy, case))
        if case.expect.get("plans") is not None:
            from jifen.regression.ways import ways_differences

            found = (*found, *ways_differences(policy, case))
        return Outcome(case, found)

    def all(self, cases: Listed[Case], progress: Progress | None = None) -> list[Outcome]:
        """Run cases in their order. Raises PolicyError."""
        found = []
        for done, case in enumerate(cases, 1):
            found.append(self.run(case))
            if progress is not None:
                progress(done, len(cases))
        return found


def collect(paths: Iterable[str], wanted: Wanted = everything) -> list[Case]:
    """The cases at or below some paths whose id is wanted. Raises PolicyError."""
    return [case for path in cases_files(list(paths)) for case in read_cases(path) if wanted(case.id)]
