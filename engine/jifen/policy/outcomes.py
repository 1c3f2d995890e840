"""Records requirements, scores and the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jifen.document.places import Place
from jifen.language.mistakes import each
from jifen.language.values import Num, One, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.lines import attempt, read_by
from jifen.policy.model import Named, Requirement
from jifen.policy.names import Names
from jifen.policy.recorded import Condition, Line
from jifen.policy.scores import Scores
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
        found = [attempt(self._condition, item, own or {}) for item in defined]
        return tuple(item for item in found if item is not None)

    def _condition(self, defined: Requirement | Named, own: Mapping[str, Value]) -> Condition:
        expression = defined.expression
        found = Around(self.names, frozenset(), own).value(expression)
        value = self.names.typed(found, Truth, expression, "a condition")
        self.names.note_condition(expression, value.ref)
        veto = isinstance(defined, Requirement) and defined.veto
        met = self.ops.invert(value.ref) if veto else value.ref
        return Condition(defined, met, read_by(self.names, expression, frozenset(), own))

    # scores

    def scores(self, lines: Sequence[Line | None]) -> dict[str, Ref]:
        """The named totals: of everything, of some lines and scores, or an expression over them.

        A score with a mistake is 0 here, so that what reads it can be checked too.
        """
        return {name: score.ref for name, score in Scores(self.names, lines).all().items()}

    # the outcome

    def deciding(self, scores: Mapping[str, Ref]) -> Ref:
        """The score that the outcome looks at: by name, or the one that a fact chooses."""
        found = attempt(self._deciding, scores)
        return self.ops.number(0) if found is None else found

    def _deciding(self, scores: Mapping[str, Ref]) -> Ref:
        outcome = self.rules.outcome
        if outcome.chosen is None:
            return self._score(outcome.score, scores, outcome.score_place)
        choice = self.names.typed(self.names.value(outcome.chosen), One, outcome.chosen, "`chosen`")
        place = outcome.chosen.place
        found = each(lambda option: self._score(option, scores, place), choice.options)
        deciding = found[-1]
        for position in range(len(found) - 2, -1, -1):
            picked = self.ops.equal(choice.ref, self.ops.option(position))
            deciding = self.ops.choose(picked, found[position], deciding)
        return deciding

    def _score(self, name: str, scores: Mapping[str, Ref], place: Place) -> Ref:
        if name not in scores:
            self.names.unknown(name, scores, messages.UNKNOWN_DEFINITION, place, "score", "总分")
        return scores[name]

    def line(self, own: Mapping[str, Value]) -> Ref | None:
        """The line, None where there is none."""
        expression = self.rules.outcome.line
        if expression is None:
            return None
        return attempt(Around(self.names, frozenset(), own).points, expression)

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
        keys = [attempt(around.number, key, "`rank`") for key in (rank.by if rank else ())]
        return tuple(key.ref for key in keys if key is not None)


def as_names(scores: dict[str, Ref]) -> dict[str, Value]:
    """The scores as names that gates, lines and rankings can read."""
    return {name: Num(ref, "points") for name, ref in scores.items()}
