"""From a partial applicant to bounds: runs the plan over what is known, and asks what each answer would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from jifen.applicant.partial import Partial, PartialReader
from jifen.backends.bounds import Bounder, Run
from jifen.bounds.questions import Questions
from jifen.bounds.reading import points, truth
from jifen.bounds.result import Bounds, Part, Requirement, State
from jifen.plan.slots import Ref
from jifen.policy.model import Requirement as Declared
from jifen.policy.recorded import Condition
from jifen.scorecard.numbers import date_text

if TYPE_CHECKING:
    from jifen.scheme import Scheme


class Assessor:
    """Bounds applicants under one policy. Made once; safe to share between threads."""

    def __init__(self, policy: Scheme) -> None:
        self.policy = policy
        self.reader = PartialReader(policy.reader)
        self.bounder = Bounder(policy.plan, self._outputs(), policy.layout)

    def _outputs(self) -> list[int]:
        recorded = self.policy.recorded
        refs = [line.points for line in recorded.every_line()]
        refs += [condition.met for condition in (*recorded.eligibility, *recorded.gates)]
        refs += [*recorded.scores.values(), recorded.eligible, recorded.qualifies, recorded.deciding]
        if recorded.line is not None:
            refs.append(recorded.line)
        return list(dict.fromkeys(ref.slot for ref in refs))

    def assess(self, applicant: Mapping[str, object]) -> Bounds:
        """The bounds of an applicant. Raises ApplicantError for what is stated wrongly."""
        partial = self.reader.read(applicant)
        self.policy.round_on(partial.date)
        run = self.bounder.run(partial.data)
        return _Result(self, partial, run).bounds()


class _Result:
    """The bounds out of one run."""

    def __init__(self, assessor: Assessor, partial: Partial, run: Run) -> None:
        self.assessor = assessor
        self.partial = partial
        self.run = run
        self.recorded = assessor.policy.recorded

    def bounds(self) -> Bounds:
        recorded = self.recorded
        return Bounds(
            policy=self.assessor.policy,
            applicant=self.partial.id,
            date=date_text(self.partial.date),
            total=points(self.run, recorded.deciding),
            scores={name: points(self.run, ref) for name, ref in recorded.scores.items()},
            line=None if recorded.line is None else points(self.run, recorded.line),
            parts=tuple(
                Part(
                    line.indicator.path,
                    line.indicator.label,
                    points(self.run, line.points),
                    self.waits_for(line.points),
                )
                for line in recorded.every_line()
            ),
            requirements=self.requirements(recorded.eligibility),
            gates=self.requirements(recorded.gates),
            eligible=truth(self.run, recorded.eligible),
            qualifies=truth(self.run, recorded.qualifies),
            waits_for=self.waits_for(recorded.qualifies),
            questions=Questions(self.assessor.policy, self.assessor.bounder, self.run).ranked(
                self.partial.missing
            ),
        )

    def waits_for(self, ref: Ref) -> tuple[str, ...]:
        deps = self.run.value(ref.slot).deps
        return tuple(one.path for one in self.partial.missing if deps >> one.number & 1)

    def requirements(self, conditions: Iterable[Condition]) -> tuple[Requirement, ...]:
        states: dict[bool | None, State] = {True: "met", False: "not_met", None: "open"}
        return tuple(
            Requirement(
                one.requirement.name,
                one.requirement.label,
                isinstance(one.requirement, Declared) and one.requirement.veto,
                states[truth(self.run, one.met)],
                self.waits_for(one.met),
            )
            for one in conditions
        )
