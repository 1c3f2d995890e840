"""Runs the cases that look at procedures and levers against mutants of those."""

from __future__ import annotations

from collections.abc import Iterable

from jifen.api import Policy
from jifen.compile import Source
from jifen.document.tree import Mapping, Scalar, Sequence
from jifen.errors import JifenError, PolicyError
from jifen.regression.cases import Case
from jifen.regression.courses import course_differences
from jifen.regression.variants import Choice, choice_of, rules_of
from jifen.regression.ways import PLANS, ways_differences


class Courses:
    """The cases of the procedure."""

    def __init__(self, source: Source, cases: Iterable[Case]) -> None:
        self.groups: dict[Choice, list[Case]] = {}
        for case in cases:
            if case.course is not None:
                self.groups.setdefault(choice_of(source, case.readings), []).append(case)

    def fail(self, changed: Source) -> bool:
        """Whether some case fails under a changed document; all passed before. Raises PolicyError."""
        for choice, cases in self.groups.items():
            rules = rules_of(changed, choice)
            for at, case in enumerate(cases):
                if any(course_differences(rules, case)):
                    # What fails for one mutant often fails for the next.
                    cases.insert(0, cases.pop(at))
                    return True
        if not self.groups:
            rules_of(changed, ())
        return False


class Plans:
    """The cases that expect ways to the line."""

    def __init__(self, source: Source, cases: Iterable[Case]) -> None:
        self.options = source.options
        self.cases = [case for case in cases if case.expect.get(PLANS) is not None]

    def fail(self, changed: Source, lever: str) -> bool:
        """Whether some case that looks at a lever fails under a changed document. Raises PolicyError."""
        policies: dict[tuple[tuple[str, str], ...], Policy] = {}
        asked = [case for case in self.cases if _looks_at(case, lever)]
        if not asked:
            Policy(changed, {})
        # The fewer levers a case looks at the sooner it is done.
        for case in sorted(asked, key=lambda case: len(_among(case) or ()) or len(self.cases)):
            readings = tuple(sorted(case.readings.items()))
            if readings not in policies:
                policies[readings] = Policy(changed, dict(readings))
            try:
                if any(ways_differences(policies[readings], case)):
                    self.cases.insert(0, self.cases.pop(self.cases.index(case)))
                    return True
            except PolicyError:
                raise
            except JifenError:
                return True
        return False


def _among(case: Case) -> tuple[str, ...] | None:
    """The levers that a case looks at; None where it is all of them."""
    expected = case.expect.get(PLANS)
    listed = expected.get("among") if isinstance(expected, Mapping) else None
    if not isinstance(listed, Sequence):
        return None
    return tuple(item.raw for item in listed.items if isinstance(item, Scalar))


def _looks_at(case: Case, lever: str) -> bool:
    among = _among(case)
    return among is None or lever in among
