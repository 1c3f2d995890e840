"""The result of scoring one applicant: frozen and lazy."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.applicant.read import Person
from jifen.plan.slots import Ref
from jifen.policy.recorded import Line

if TYPE_CHECKING:
    from jifen.policy.terms import Text
    from jifen.scheme import Scheme

NOT_IN_FORCE = "not_in_force"


class LedgerResult(NamedTuple):
    """The months counted in one ledger and the points they gave. `id` is "" when the line has only one."""

    id: str
    label: Text
    months: int
    points: Fraction


class LineResult(NamedTuple):
    """One line of the table: its path, label and points, and its ledgers if it counts months."""

    path: str
    label: Text
    points: Fraction
    ledgers: tuple[LedgerResult, ...]


class Card:
    """The numbers of one applicant under a policy, and the names they go by."""

    __slots__ = ("__dict__", "person", "policy", "values")

    policy: Scheme
    person: Person
    values: tuple[Any, ...]

    def __init__(self, policy: Scheme, person: Person, values: tuple[Any, ...]) -> None:
        put = object.__setattr__
        put(self, "policy", policy)
        put(self, "person", person)
        put(self, "values", values)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a scorecard does not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("a scorecard does not change")

    def number(self, ref: Ref) -> Fraction:
        """The exact number in a slot of the breakdown."""
        return Fraction(int(self.integer(ref)), ref.type.den)

    def integer(self, ref: Ref) -> int:
        """The integer in a slot of the breakdown."""
        value: int = self.values[self.policy.core.position[ref.slot]]
        return value

    @property
    def total(self) -> Fraction:
        """The score that decides."""
        return self.number(self.policy.recorded.deciding)

    @property
    def scores(self) -> dict[str, Fraction]:
        """Every named score."""
        return {name: self.number(ref) for name, ref in self.policy.recorded.scores.items()}

    @property
    def rank_keys(self) -> tuple[Fraction, ...]:
        """What a ranking compares, in order; empty where the policy does not rank."""
        return tuple(self.number(ref) for ref in self.policy.recorded.rank)

    @property
    def eligible(self) -> bool:
        """Whether every requirement is met."""
        return bool(self.integer(self.policy.recorded.eligible))

    @property
    def qualifies(self) -> bool:
        """Whether the applicant is eligible and the line is reached."""
        return bool(self.integer(self.policy.recorded.qualifies))

    @property
    def requirements(self) -> dict[str, bool]:
        """Each requirement, and whether it is met; a veto is met when it does not strike."""
        found = self.policy.recorded.eligibility
        return {condition.requirement.name: bool(self.integer(condition.met)) for condition in found}

    @property
    def warnings(self) -> tuple[str, ...]:
        """`not_in_force` for a date outside the policy's time in force, and the checks of the policy that strike."""
        checks = self.policy.recorded.checks
        found = () if self.policy.is_in_force(self.person) else (NOT_IN_FORCE,)
        return (*found, *(check.requirement.name for check in checks if self.integer(check.met)))

    def __getitem__(self, name: str) -> LineResult:
        line = self.policy.line(name)
        ledgers = tuple(
            LedgerResult(ledger.name, ledger.label, self.integer(ledger.months), self.number(ledger.points))
            for ledger in line.scored.ledgers
        )
        return LineResult(line.indicator.path, line.indicator.label, self.number(line.points), ledgers)

    @property
    def lines(self) -> tuple[LineResult, ...]:
        """Every line of the table, groups before what they hold."""
        found: list[Line] = self.policy.recorded.every_line()
        return tuple(self[line.indicator.path] for line in found)

    @cached_property
    def detail(self) -> tuple[Any, ...]:
        """The slots that only an explanation needs."""
        return self.policy.detail(self.person)

    @cached_property
    def round(self) -> str:
        """The name of the round that the application falls into, "" when the policy has none."""
        found = self.policy.round_on(self.person.date)
        return "" if found is None else found.name

    def __repr__(self) -> str:
        return f"<Scorecard {self.policy.id}: {self.total}, {'qualifies' if self.qualifies else 'does not qualify'}>"
