"""Records requirements, scores and the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any

from jifen.document.places import Place
from jifen.language.values import Num, One, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.lines import attempt, read_by
from jifen.policy.model import Named, Requirement, Rounding, Score
from jifen.policy.names import Names
from jifen.policy.recorded import Condition, Line, with_children
from jifen.rules.scoring import Around


class Outcomes:
    """Records what decides, once the lines are recorded."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.rules = names.rules
        self.ops = names.ops

    def conditions(
        self, defined: Iterable[Requirement | Named], own: Mapping[str, Value] | None = None
    ) -> tuple[Condition, ...]:
        """Requirements, gates or checks; those with a mistake are left out. `own` adds names."""
        found = [attempt(lambda item=item: self._condition(item, own or {})) for item in defined]  # type: ignore[misc]
        return tuple(item for item in found if item is not None)

    def _condition(self, defined: Requirement | Named, own: Mapping[str, Value]) -> Condition:
        expression = defined.expression
        found = Around(self.names, frozenset(), own).value(expression)
        value = self.names.typed(found, Truth, expression, "a requirement")
        assert isinstance(value, Truth)
        veto = isinstance(defined, Requirement) and defined.veto
        met = self.ops.invert(value.ref) if veto else value.ref
        return Condition(defined, met, read_by(self.names, expression, frozenset(), own))

    # scores

    def scores(self, lines: tuple[Line, ...]) -> dict[str, Ref]:
        """The named totals: of everything, or of some lines and scores."""
        known: dict[str, Ref] = {}
        for line in [found for top in lines for found in with_children(top)]:
            known[line.indicator.path] = line.points
            known.setdefault(line.indicator.name, line.points)
        scores: dict[str, Ref] = {}
        for score in self.rules.scores.values():
            found = attempt(lambda score=score: self._score(score, lines, known, scores))  # type: ignore[misc]
            if found is not None:
                scores[score.name] = found
        return scores

    def _score(
        self, score: Score, lines: tuple[Line, ...], parts: dict[str, Ref], scores: dict[str, Ref]
    ) -> Ref:
        if score.expression is not None:
            points = Around(self.names, frozenset(), as_names(scores)).points(score.expression)
            return self._modified(points, score.rounding, score.floor, score.cap)
        known = {**parts, **scores}
        refs = [line.points for line in lines] if score.parts is None else []
        for part in score.parts or ():
            if part not in known:
                self._unknown(part, known, score.place, "indicator or score", "指标或总分")
            refs.append(known[part])
        total = reduce(self.ops.add, refs, self.ops.number(0))
        return self._modified(total, score.rounding, score.floor, score.cap)

    def _modified(
        self, points: Ref, rounding: Rounding | None, floor: Fraction | None, cap: Fraction | None
    ) -> Ref:
        ops = self.ops
        if rounding is None and self.rules.rounding is not None and not self.rules.round_each:
            rounding = self.rules.rounding
        if rounding is not None:
            points = ops.round(points, rounding.to, rounding.ties)
        if floor is not None:
            points = ops.maximum(points, ops.number(floor))
        return points if cap is None else ops.minimum(points, ops.number(cap))

    # the outcome

    def deciding(self, scores: dict[str, Ref]) -> Ref:
        """The score that the outcome looks at: by name, or the one that a fact chooses."""
        found: Ref | None = attempt(lambda: self._deciding(self.rules.outcome.score, scores))
        return self.ops.number(0) if found is None else found

    def _deciding(self, name: str, scores: dict[str, Ref]) -> Ref:
        place = self.rules.outcome.place
        if not name.startswith("chosen:"):
            if name not in scores:
                self._unknown(name, scores, place, "score", "总分")
            return scores[name]
        fact = name.removeprefix("chosen:")
        with self.names.reporting(None, place):
            choice = self.names.find(fact)
        if not isinstance(choice, One):
            self._unknown(fact, self.rules.facts, place, "choice", "选项")
        assert isinstance(choice, One)
        found: Ref | None = None
        for position, option in reversed(list(enumerate(choice.options))):
            score = self._deciding(option, scores)
            picked = self.ops.equal(choice.ref, self.ops.option(position))
            found = score if found is None else self.ops.choose(picked, score, found)
        assert found is not None
        return found

    def line(self, own: Mapping[str, Value]) -> Ref | None:
        """The line, None where there is none."""
        expression = self.rules.outcome.line
        if expression is None:
            return None
        ref: Ref | None = attempt(lambda: Around(self.names, frozenset(), own).points(expression))
        return ref

    def reached(self, deciding: Ref, line: Ref | None) -> Ref:
        """Whether the deciding score is at (or above) the line."""
        ops = self.ops
        if line is None:
            return ops.truth(True)
        return ops.less(line, deciding) if self.rules.outcome.above else ops.at_most(line, deciding)

    def rank(self, own: Mapping[str, Value]) -> tuple[Ref, ...]:
        """What a ranking compares, in order."""
        rank = self.rules.outcome.rank
        around = Around(self.names, frozenset(), own)
        keys = [attempt(lambda key=key: around.number(key, "rank").ref) for key in (rank.by if rank else ())]  # type: ignore[misc]
        return tuple(key for key in keys if key is not None)

    def _unknown(self, name: str, names: Any, place: Place, what: str, what_zh: str) -> None:
        self.names.unknown(name, names, messages.UNKNOWN_DEFINITION, place, what, what_zh)


def as_names(scores: dict[str, Ref]) -> dict[str, Value]:
    """The scores as names that gates, lines and rankings can read."""
    return {name: Num(ref, "points") for name, ref in scores.items()}
