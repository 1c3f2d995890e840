"""Records the indicator tree: each rule once, its modifiers in their fixed order, then its group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, ParamSpec, TypeVar

from jifen.document.diagnostics import suggest
from jifen.language import messages as wording
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
from jifen.rules.per_record import per_record
from jifen.rules.per_unit import per_unit
from jifen.rules.points import flat, formula
from jifen.rules.scoring import Around, Scored

P = ParamSpec("P")
T = TypeVar("T")

RULES: dict[str, Callable[[Any, Around], Scored]] = {
    "points": flat,
    "lookup": lookup,
    "bands": bands,
    "accrue": accrue,
    "per_record": per_record,
    "per_unit": per_unit,
    "formula": formula,
}


def attempt(make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """What `make` gives, or None when it meets a mistake that has been reported."""
    try:
        return make(*args, **kwargs)
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
        return attempt(self._line, indicator, present)

    def _line(self, indicator: Indicator, present: frozenset[str]) -> Line:
        ops = self.ops
        names = self.names.people[indicator.person] if indicator.person else self.names
        found: list[tuple[Ref, tuple[Read, ...]] | None] = []
        inside = present
        if indicator.when is not None:
            found.append(attempt(self._when, indicator.when, names, present))
            inside = present | asked(indicator.when)
        declined: Ref | None = None
        if indicator.declinable is not None:
            declined = attempt(self._truth, indicator.declinable, names, present, "`declinable`")
            found.append(None if declined is None else (ops.invert(declined), ()))
        children: list[Line | None] = []
        if indicator.kind == "group":
            children = [self.line(child, inside) for child in indicator.children]
            scored = self._group(indicator, children, inside)
        else:
            scored = RULES[indicator.kind](indicator.rule, Around(names, inside))
        known = [item for item in found if item is not None]
        if len(known) < len(found) or None in children:
            raise Broken(indicator.path)
        applies = reduce(ops.both, (condition for condition, _ in known), ops.truth(True))
        seen = tuple(read for _, reads in known for read in reads)
        seen += tuple(Read(text, value, None) for text, value in scored.reads)
        uncapped, points = self._modified(indicator, applies, scored.points)
        members = tuple(line for line in children if line is not None)
        return Line(indicator, applies, uncapped, points, scored, seen, members, declined)

    def _when(
        self, expression: Expression, names: Names, present: frozenset[str]
    ) -> tuple[Ref, tuple[Read, ...]]:
        condition = self._truth(expression, names, present, "`when`")
        names.note_condition(expression, condition)
        return condition, read_by(names, expression, present)

    def _truth(self, expression: Expression, names: Names, present: frozenset[str], where: str) -> Ref:
        value = names.typed(Around(names, present).value(expression), Truth, expression, where)
        return value.ref

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

    def _group(self, group: Indicator, children: Sequence[Line | None], present: frozenset[str]) -> Scored:
        ops = self.ops
        choice = attempt(self._choice, group, present) if group.chosen is not None else None
        lines = [child for child in children if child is not None]
        if len(lines) < len(children) or (group.chosen is not None and choice is None):
            raise Broken(group.path)
        refs = [line.points for line in lines]
        found = ops.number(0)
        if choice is not None:
            for line in lines:
                picked = ops.equal(choice.ref, ops.option(choice.options.index(line.indicator.name)))
                found = ops.choose(picked, line.points, found)
        elif group.combine == "first":
            for line in reversed(lines):
                found = ops.choose(line.applies, line.points, found)
        elif refs:
            operation = {"highest": ops.maximum, "lowest": ops.minimum}.get(group.combine, ops.add)
            found = reduce(operation, refs)
        reads = ((group.chosen.text, choice),) if group.chosen is not None and choice is not None else ()
        return Scored(found, reads=reads)

    def _choice(self, group: Indicator, present: frozenset[str]) -> One:
        """The choice of one member of a group: each member is one of its options."""
        assert group.chosen is not None
        value = Around(self.names, present).value(group.chosen)
        choice = self.names.typed(value, One, group.chosen, "`chosen`")
        known = [child.name for child in group.children]
        missing = [option for option in choice.options if option not in known]
        for child in group.children:
            if child.name not in choice.options:
                near = suggest(child.name, missing)
                self.names.diagnostics.add(
                    wording.UNKNOWN_OPTION,
                    child.name_place or child.place,
                    near is not None,
                    name=choice.name,
                    option=child.name,
                    options=", ".join(choice.options),
                    near=near or "",
                )
        if set(known) - set(choice.options):
            raise Broken(group.path)
        if missing:
            listed = {"name": choice.name, "options": ", ".join(missing)}
            self.names.diagnostics.add(messages.CHOSEN_LACKS, group.chosen.place, True, **listed)
        return choice
