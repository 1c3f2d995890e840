"""Runs every rule of a policy once on the recorder, and keeps where each result lies in the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.language.evaluate import asked
from jifen.language.expression import Expression
from jifen.language.reads import reads
from jifen.language.values import One, Truth, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.model import Indicator, Named, Requirement, Rounding, Rules
from jifen.policy.names import Broken, Names
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


class Read(NamedTuple):
    """Something a rule read: its text, what it stands for, and whether it was given (None: always)."""

    text: str
    value: Value
    given: Ref | None


@dataclass(frozen=True)
class Line:
    """A recorded indicator: whether it applies, its points before and after the cap, and how they came about."""

    indicator: Indicator
    applies: Ref
    uncapped: Ref
    points: Ref
    scored: Scored
    reads: tuple[Read, ...]
    children: tuple[Line, ...]


@dataclass(frozen=True)
class Condition:
    """A recorded requirement, veto, gate or check."""

    requirement: Requirement | Named
    met: Ref
    reads: tuple[Read, ...]


@dataclass(frozen=True)
class Recorded:
    """Where the results of a policy lie in the plan."""

    rules: Rules
    lines: tuple[Line, ...]
    eligibility: tuple[Condition, ...]
    gates: tuple[Condition, ...]
    checks: tuple[Condition, ...]
    scores: dict[str, Ref]
    anchors: dict[str, Ref]
    eligible: Ref
    qualifies: Ref
    used: frozenset[str]

    def leaves(self) -> list[Line]:
        """The lines that are not groups, in the order of the file."""
        found: list[Line] = []
        for line in self.lines:
            found.extend(_leaves(line))
        return found

    def every_line(self) -> list[Line]:
        """All lines, groups before what they hold."""
        return [line for top in self.lines for line in _with_children(top)]


def _leaves(line: Line) -> list[Line]:
    return [leaf for child in line.children for leaf in _leaves(child)] if line.children else [line]


def _with_children(line: Line) -> list[Line]:
    return [line, *(found for child in line.children for found in _with_children(child))]


def record(rules: Rules, ops: Recorder, diagnostics: Diagnostics) -> Recorded | None:
    """Record a policy. Every mistake found is added to `diagnostics`; None when there is any."""
    return _Recording(rules, ops, diagnostics).run()


class _Recording:
    def __init__(self, rules: Rules, ops: Recorder, diagnostics: Diagnostics) -> None:
        self.rules = rules
        self.ops = ops
        self.diagnostics = diagnostics
        self.names = Names(rules, ops, diagnostics)
        self.broken = False

    def run(self) -> Recorded | None:
        rules, ops = self.rules, self.ops
        self._define_all()
        lines = [self.line(indicator, frozenset()) for indicator in rules.indicators]
        eligibility = self._conditions(rules.eligibility.values())
        checks = self._conditions(rules.checks.values())
        if self._has_failed():
            return None
        known = tuple(line for line in lines if line is not None)
        scores = self._scores(known)
        gates = self._conditions(rules.outcome.gates)
        reached = self._reached(scores)
        if self._has_failed():
            return None
        eligible = reduce(ops.both, (condition.met for condition in eligibility), ops.truth(True))
        qualifies = reduce(ops.both, (gate.met for gate in gates), ops.both(eligible, reached))
        anchors = {name: self._anchor(name) for name in self._anchor_names()}
        return Recorded(
            rules,
            known,
            eligibility,
            gates,
            checks,
            scores,
            anchors,
            eligible,
            qualifies,
            self.names.used() | self._inputs_read(known, eligibility, checks, qualifies),
        )

    def _has_failed(self) -> bool:
        return self.broken or bool(self.diagnostics.errors)

    def _define_all(self) -> None:
        """Record every definition, so that the mistakes of those that nothing reads are found too."""
        rules = self.rules
        for part in (rules.anchors, rules.values, rules.months, rules.record_sets):
            for name, defined in part.items():
                self._try(lambda name=name, place=defined.place: self._find(name, place))  # type: ignore[misc]
        self.names.reader = "rules"

    def _find(self, name: str, place: Any) -> None:
        with self.names.reporting(None, place):
            self.names.find(name)

    def _try(self, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except Broken:
            self.broken = True
            return None

    # indicators

    def line(self, indicator: Indicator, present: frozenset[str]) -> Line | None:
        """An indicator, its group's members first."""
        try:
            return self._line(indicator, present)
        except Broken:
            self.broken = True
            return None

    def _line(self, indicator: Indicator, present: frozenset[str]) -> Line | None:
        ops = self.ops
        applies = ops.truth(True)
        seen: tuple[Read, ...] = ()
        if indicator.when is not None:
            present_inside = present | asked(indicator.when)
            value = Around(self.names, present).value(indicator.when)
            condition = self.names.typed(value, Truth, indicator.when, "`when`")
            assert isinstance(condition, Truth)
            applies = condition.ref
            seen = self._reads(indicator.when, present)
        else:
            present_inside = present
        children: tuple[Line, ...] = ()
        if indicator.kind == "group":
            lines = [self.line(child, present_inside) for child in indicator.children]
            if any(line is None for line in lines):
                return None
            children = tuple(line for line in lines if line is not None)
            scored = Scored(self._combined(indicator, children))
        else:
            rule: Rule = indicator.rule  # type: ignore[assignment]
            scored = RULES[indicator.kind](rule, Around(self.names, present_inside))
            seen += tuple(Read(text, value, None) for text, value in scored.reads)
        points = scored.points
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
        return Line(
            indicator, applies, uncapped, ops.choose(applies, points, nothing), scored, seen, children
        )

    def _combined(self, group: Indicator, children: tuple[Line, ...]) -> Ref:
        ops = self.ops
        refs = [child.points for child in children]
        how = group.combine
        if how.startswith("chosen:"):
            return self._chosen(group, how.removeprefix("chosen:"), children)
        if how == "first":
            found = ops.number(0)
            for child in reversed(children):
                found = ops.choose(child.applies, child.points, found)
            return found
        operation = {"highest": ops.maximum, "lowest": ops.minimum}.get(how, ops.add)
        return reduce(operation, refs) if refs else ops.number(0)

    def _chosen(self, group: Indicator, fact: str, children: tuple[Line, ...]) -> Ref:
        with self.names.reporting(None, group.place):
            choice = self.names.find(fact)
        if not isinstance(choice, One):
            self.names.unknown(
                fact, self.rules.facts, messages.UNKNOWN_DEFINITION, group.place, "choice", "选项"
            )
        assert isinstance(choice, One)
        found = self.ops.number(0)
        for child in children:
            if child.indicator.name not in choice.options:
                self.names.unknown(
                    child.indicator.name,
                    choice.options,
                    messages.UNKNOWN_DEFINITION,
                    group.place,
                    "option",
                    "选项",
                )
            picked = self.ops.equal(choice.ref, self.ops.option(choice.options.index(child.indicator.name)))
            found = self.ops.choose(picked, child.points, found)
        return found

    # requirements, scores, outcome

    def _conditions(self, defined: Iterable[Requirement | Named]) -> tuple[Condition, ...]:
        found = [self._try(lambda item=item: self._condition(item)) for item in defined]  # type: ignore[misc]
        return tuple(item for item in found if item is not None)

    def _condition(self, defined: Requirement | Named) -> Condition:
        expression = defined.expression
        value = self.names.typed(self.names.value(expression), Truth, expression, "a requirement")
        assert isinstance(value, Truth)
        veto = isinstance(defined, Requirement) and defined.veto
        met = self.ops.invert(value.ref) if veto else value.ref
        return Condition(defined, met, self._reads(expression, frozenset()))

    def _reads(self, expression: Expression, present: frozenset[str]) -> tuple[Read, ...]:
        optional = frozenset(name for name, item in self.rules.facts.items() if not item.required)
        around = Around(self.names, present | optional)
        found = []
        for part in reads(expression):
            value = around.value(part)
            if isinstance(value, Truth) and self.ops.constant(value.ref) is not None:
                continue
            found.append(Read(part.text, value, self.names.given(part.text)))
        return tuple(found)

    def _scores(self, lines: tuple[Line, ...]) -> dict[str, Ref]:
        known: dict[str, Ref] = {}
        for line in [found for top in lines for found in _with_children(top)]:
            known[line.indicator.path] = line.points
            known.setdefault(line.indicator.name, line.points)
        scores: dict[str, Ref] = {}
        for score in self.rules.scores.values():
            if score.parts is None:
                refs = [line.points for line in lines]
            else:
                missing = [part for part in score.parts if part not in known and part not in scores]
                if missing:
                    self._try(
                        lambda part=missing[0], place=score.place: self.names.unknown(  # type: ignore[misc]
                            part,
                            [*known, *scores],
                            messages.UNKNOWN_DEFINITION,
                            place,
                            "indicator or score",
                            "指标或总分",
                        )
                    )
                    continue
                refs = [scores[part] if part in scores else known[part] for part in score.parts]
            scores[score.name] = self._modified(
                reduce(self.ops.add, refs, self.ops.number(0)), score.rounding, score.floor, score.cap
            )
        return scores

    def _modified(self, points: Ref, rounding: Rounding | None, floor: Any, cap: Any) -> Ref:
        ops = self.ops
        if rounding is None and self.rules.rounding is not None and not self.rules.round_each:
            rounding = self.rules.rounding
        if rounding is not None:
            points = ops.round(points, rounding.to, rounding.ties)
        if floor is not None:
            points = ops.maximum(points, ops.number(floor))
        return points if cap is None else ops.minimum(points, ops.number(cap))

    def _reached(self, scores: dict[str, Ref]) -> Ref:
        outcome, ops = self.rules.outcome, self.ops
        if outcome.line is None:
            return ops.truth(True)
        if outcome.score not in scores:
            self._try(
                lambda: self.names.unknown(
                    outcome.score, scores, messages.UNKNOWN_DEFINITION, outcome.place, "score", "总分"
                )
            )
            return ops.truth(True)
        line, score = ops.number(outcome.line), scores[outcome.score]
        return ops.less(line, score) if outcome.above else ops.at_most(line, score)

    def _inputs_read(
        self,
        lines: tuple[Line, ...],
        eligibility: tuple[Condition, ...],
        checks: tuple[Condition, ...],
        qualifies: Ref,
    ) -> set[str]:
        """The timelines, record lists and attributes that some result depends on."""
        plan = self.ops.plan()
        outputs = [line.points.slot for line in lines]
        outputs += [condition.met.slot for condition in (*eligibility, *checks)]
        found: set[str] = set()
        for slot in plan.needed([*outputs, qualifies.slot]):
            operation = plan.operations[slot]
            rows = operation.ranges_over.partition("#")[0]
            if rows:
                found.add(rows)
            if operation.kind in ("column", "column_given"):
                found.add(f"{rows}.{operation.params[0]}")
        return found

    def _anchor_names(self) -> list[str]:
        in_rounds = [name for item in self.rules.rounds.values() for name in item.anchors]
        return list(dict.fromkeys([*in_rounds, *self.rules.anchors]))

    def _anchor(self, name: str) -> Ref:
        value = self.names.find(name)
        assert value is not None and hasattr(value, "ref")
        ref: Ref = value.ref
        return ref
