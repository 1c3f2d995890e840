"""Records the indicator tree: each rule once, its modifiers in their fixed order, then its group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

from jifen.language.evaluate import asked
from jifen.language.expression import Expression
from jifen.language.mistakes import Broken
from jifen.language.reads import reads
from jifen.language.values import One, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.model import Indicator
from jifen.policy.names import Names
from jifen.policy.recorded import Line, Read
from jifen.policy.rows import names_in
from jifen.rules.accrue import accrue
from jifen.rules.bands import bands
from jifen.rules.lookup import lookup
from jifen.rules.model import Rule
from jifen.rules.per_record import per_record
from jifen.rules.per_unit import per_unit
from jifen.rules.points import flat, formula
from jifen.rules.scoring import Around, Scored

RULES: dict[str, Callable[[Any, Around], Scored]] = {
    "points": flat,
    "lookup": lookup,
    "bands": bands,
    "accrue": accrue,
    "per_record": per_record,
    "per_unit": per_unit,
    "formula": formula,
}


def attempt(make: Callable[[], Any]) -> Any:
    """What `make` gives, or None when it meets a mistake that has been reported."""
    try:
        return make()
    except Broken:
        return None


def read_by(
    names: Names, expression: Expression, present: frozenset[str], own: Mapping[str, Value] | None = None
) -> tuple[Read, ...]:
    """The names and calls in an expression, with what they stand for."""
    rules = names.rules
    optional = frozenset(name for name, item in rules.facts.items() if not item.required)
    optional |= {name.removeprefix(f"{names.person}.") for name in optional}
    around = Around(names, present | optional, own or {})
    found = []
    for part in reads(expression):
        value = around.value(part)
        if isinstance(value, Truth) and names.ops.constant(value.ref) is not None:
            continue
        found.append(Read(part.text, value, _given(names, part)))
    return tuple(found)


def _given(names: Names, part: Expression) -> Ref | None:
    """Whether every optional input in an expression is given; None when it has none."""
    given = [ref for name in sorted(names_in(part)) if (ref := names.given(name)) is not None]
    return reduce(names.ops.both, given) if given else None


class Lines:
    """Records indicators."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.rules = names.rules
        self.ops = names.ops

    def line(self, indicator: Indicator, present: frozenset[str]) -> Line | None:
        """An indicator, its group's members first; None when it has a mistake."""
        line: Line | None = attempt(lambda: self._line(indicator, present))
        return line

    def _line(self, indicator: Indicator, present: frozenset[str]) -> Line | None:
        ops = self.ops
        names = self.names.people[indicator.person] if indicator.person else self.names
        applies = ops.truth(True)
        seen: tuple[Read, ...] = ()
        inside = present
        if indicator.when is not None:
            value = Around(names, present).value(indicator.when)
            condition = names.typed(value, Truth, indicator.when, "`when`")
            assert isinstance(condition, Truth)
            applies = condition.ref
            seen = read_by(names, indicator.when, present)
            inside = present | asked(indicator.when)
        declined = self._declined(indicator)
        if declined is not None:
            applies = ops.both(applies, ops.invert(declined))
        children: tuple[Line, ...] = ()
        if indicator.kind == "group":
            lines = [self.line(child, inside) for child in indicator.children]
            if any(line is None for line in lines):
                return None
            children = tuple(line for line in lines if line is not None)
            scored = self._combined(indicator, children)
        else:
            rule: Rule = indicator.rule  # type: ignore[assignment]
            scored = RULES[indicator.kind](rule, Around(names, inside))
        seen += tuple(Read(text, value, None) for text, value in scored.reads)
        uncapped, points = self._modified(indicator, applies, scored.points)
        return Line(indicator, applies, uncapped, points, scored, seen, children, declined)

    def _modified(self, indicator: Indicator, applies: Ref, points: Ref) -> tuple[Ref, Ref]:
        """Points after rounding, floor, cap and `when`; the first without the cap."""
        ops = self.ops
        rounding = indicator.rounding
        if rounding is None and self.rules.round_each and indicator.kind != "group":
            rounding = self.rules.rounding
        if rounding is not None:
            points = ops.round(points, rounding.to, rounding.ties)
        if indicator.floor is not None:
            points = ops.maximum(points, ops.number(indicator.floor))
        nothing = ops.number(0)
        uncapped = ops.choose(applies, points, nothing)
        if indicator.cap is not None:
            points = ops.minimum(points, ops.number(indicator.cap))
        return uncapped, ops.choose(applies, points, nothing)

    def _declined(self, indicator: Indicator) -> Ref | None:
        """Whether the applicant declines an indicator that may be declined."""
        name = indicator.declinable
        if not name:
            return None
        with self.names.reporting(None, indicator.place):
            choice = self.names.find(name)
        if not isinstance(choice, Truth):
            self._unknown(name, self.rules.facts, indicator, "fact that is true or false", "是否类的事实")
        assert isinstance(choice, Truth)
        return choice.ref

    def _combined(self, group: Indicator, children: tuple[Line, ...]) -> Scored:
        ops = self.ops
        refs = [child.points for child in children]
        how = group.combine
        if how.startswith("chosen:"):
            return self._chosen(group, how.removeprefix("chosen:"), children)
        if how == "first":
            found = ops.number(0)
            for child in reversed(children):
                found = ops.choose(child.applies, child.points, found)
            return Scored(found)
        operation = {"highest": ops.maximum, "lowest": ops.minimum}.get(how, ops.add)
        return Scored(reduce(operation, refs) if refs else ops.number(0))

    def _chosen(self, group: Indicator, fact: str, children: tuple[Line, ...]) -> Scored:
        with self.names.reporting(None, group.place):
            choice = self.names.find(fact)
        if not isinstance(choice, One):
            self._unknown(fact, self.rules.facts, group, "choice", "选项")
        assert isinstance(choice, One)
        found = self.ops.number(0)
        for child in children:
            name = child.indicator.name
            if name not in choice.options:
                self._unknown(name, choice.options, group, "option", "选项")
            picked = self.ops.equal(choice.ref, self.ops.option(choice.options.index(name)))
            found = self.ops.choose(picked, child.points, found)
        return Scored(found, reads=((fact, choice),))

    def _unknown(self, name: str, names: Any, indicator: Indicator, what: str, what_zh: str) -> None:
        self.names.unknown(name, names, messages.UNKNOWN_DEFINITION, indicator.place, what, what_zh)
