"""What a rule is given to work with, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from jifen.document.diagnostics import Message, suggest
from jifen.document.places import Place
from jifen.language import messages as wording
from jifen.language.evaluate import evaluate
from jifen.language.expression import Expression
from jifen.language.mistakes import Broken, LanguageError, each
from jifen.language.months import Months, View
from jifen.language.values import UNITS, Many, Num, One, Quotient, Scope, Set, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.names import Names
from jifen.policy.parts import BROKEN
from jifen.policy.terms import Points, Text


class Piece(NamedTuple):
    """So many months at one rate."""

    months: Ref
    rate: Ref
    points: Ref


class Ledger(NamedTuple):
    """The months of one ledger, what was left out of them, and the points they gave."""

    name: str
    label: Text
    view: View
    months: Ref
    points: Ref
    pieces: tuple[Piece, ...]


class SpellLedgers(NamedTuple):
    """A ledger for each spell: row by row whether it counts, its months, and its points."""

    rows: str
    condition: Ref
    months: Ref
    points: Ref
    rate: Ref
    view: View


class RecordPoints(NamedTuple):
    """Row by row: the first reason why a record does not count (-1 when it does), and its points."""

    rows: str
    reason: Ref
    reasons: tuple[tuple[Text, tuple[str, ...]], ...]
    points: Ref


@dataclass(frozen=True)
class Scored:
    """The points of an indicator before the modifiers that every indicator can have."""

    points: Ref
    ledgers: tuple[Ledger, ...] = ()
    spells: SpellLedgers | None = None
    records: RecordPoints | None = None
    reads: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True)
class Around:
    """The names around a rule: those of the policy, inputs known to be given, and names of the rule's own."""

    policy: Names
    present: frozenset[str] = frozenset()
    own: Mapping[str, Value] = field(default_factory=dict)
    rows: Scope | None = None

    @property
    def ops(self) -> Recorder:
        """Where operations are recorded."""
        return self.policy.ops

    @property
    def age_from_day_after(self) -> bool:
        """As the policy counts."""
        return self.policy.age_from_day_after

    @property
    def _outer(self) -> Scope:
        return self.rows or self.policy

    def find(self, name: str) -> Value | None:
        """A name of the rule's own, else one around it."""
        return self.own[name] if name in self.own else self._outer.find(name)

    def names(self) -> list[str]:
        """Every name that can stand here."""
        return [*self.own, *self._outer.names()]

    def elsewhere(self, name: str) -> tuple[Message, dict[str, str]] | None:
        """What to say of a name that means something in another place."""
        return self._outer.elsewhere(name)

    def needs(self, name: str) -> frozenset[str]:
        """The optional inputs that must be known to be given before a name can be read."""
        return frozenset() if name in self.own else self._outer.needs(name)

    def given(self, name: str) -> Ref | None:
        """Whether an optional input is given."""
        return None if name in self.own else self._outer.given(name)

    def value(self, expression: Expression) -> Value:
        """What an expression stands for. Raises Broken after reporting its mistakes."""
        with self.policy.reporting(expression, expression.place):
            return evaluate(expression, self, self.present)

    def months(self, expression: Expression) -> Months:
        """A month set."""
        value = self.policy.typed(self.value(expression), Set, expression, "`months`")
        with self.policy.reporting(expression, expression.place):
            value.months.view(self.ops)
        return value.months

    def number(self, expression: Expression, where: str) -> Num:
        """A number with a fixed denominator."""
        value = self.value(expression)
        if isinstance(value, Quotient):
            with self.policy.reporting(expression, expression.place):
                raise LanguageError(expression.tree, wording.DIVISION)
        value = self.policy.typed(value, Num, expression, where)
        return value

    def points(self, expression: Expression) -> Ref:
        """A number that counts points, not months or money."""
        value = self.number(expression, "points")
        if value.unit not in ("", "points"):
            with self.policy.reporting(expression, expression.place):
                raise LanguageError(None, wording.NOT_POINTS, unit=value.unit, unit_zh=UNITS[value.unit][1])
        return value.ref

    def choice(self, expression: Expression, where: str) -> One | Many:
        """A choice."""
        value = self.value(expression)
        if not isinstance(value, (One, Many)):
            value = self.policy.typed(value, One, expression, where)
        assert isinstance(value, (One, Many))
        return value

    def table(
        self, points: Points, name: str, options: Sequence[str], default: Expression | None = None
    ) -> list[Ref]:
        """The points of each option, in the order of the options. A missing or unknown option is a mistake."""
        if points.single is not None:
            return [self.points(points.single)] * len(options)
        missing = [option for option in options if option not in points.table]
        if missing and default is None:
            listed = ", ".join(missing)
            self.policy.diagnostics.add(messages.LOOKUP_MISSING, points.place, name=name, options=listed)
        for option, place in points.options.items():
            if option not in options:
                near = suggest(option, missing or options)
                self.policy.diagnostics.add(
                    wording.UNKNOWN_OPTION,
                    place,
                    near is not None,
                    name=name,
                    option=option,
                    options=", ".join(options),
                    near=near or "",
                )
        each(self.points, [found for option, found in points.table.items() if option not in options])
        expressions = [points.table.get(option, default or BROKEN) for option in options]
        return each(self.points, expressions)

    def by_option(self, choice: Ref, rates: Sequence[Ref]) -> Ref:
        """The number that belongs to the option chosen."""
        ops = self.ops
        constants = [ops.constant(rate) for rate in rates]
        fixed = [value for value in constants if value is not None]
        if len(fixed) == len(rates):
            return ops.lookup(choice, tuple(fixed))
        found = rates[-1]
        for position in range(len(rates) - 2, -1, -1):
            found = ops.choose(ops.equal(choice, ops.option(position)), rates[position], found)
        return found

    def mistake(self, message: Message, place: Place, **args: str) -> NoReturn:
        """Report a mistake and leave this rule."""
        self.policy.diagnostics.add(message, place, True, **args)
        raise Broken(message.code)
