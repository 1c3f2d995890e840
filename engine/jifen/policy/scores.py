"""Records scores: named totals of lines and of other scores, in whatever order the file has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from jifen.language.mistakes import Broken, LanguageError, each
from jifen.language.operators import check_size
from jifen.language.values import Num, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.lines import attempt
from jifen.policy.model import Score
from jifen.policy.names import Names
from jifen.policy.recorded import Line, with_children
from jifen.policy.terms import Word
from jifen.rules.scoring import Around


class Scores:
    """Records the scores of a policy, each when it is first read."""

    def __init__(self, names: Names, lines: Sequence[Line | None]) -> None:
        self.names = names
        self.rules = names.rules
        self.ops = names.ops
        self.lines = lines
        recorded = [found for top in lines if top is not None for found in with_children(top)]
        self.points = {line.indicator.path: line.points for line in recorded}
        self.paths: dict[str, list[str]] = {}
        for indicator in self.rules.every_indicator():
            for name in dict.fromkeys((indicator.name, indicator.path)):
                self.paths.setdefault(name, []).append(indicator.path)
        self.found: dict[str, Num | None] = {}
        self.open: list[str] = []

    def all(self) -> dict[str, Num]:
        """Every score; one with a mistake is 0."""
        nothing = Num(self.ops.number(0), "points")
        return {name: attempt(self.score, name) or nothing for name in self.rules.scores}

    def score(self, name: str) -> Num:
        """A score. Raises Broken after reporting its mistakes."""
        if name not in self.found:
            self.open.append(name)
            try:
                self.found[name] = None
                self.found[name] = self._recorded(self.rules.scores[name])
            finally:
                self.open.pop()
        found = self.found[name]
        if found is None:
            raise Broken(name)
        return found

    def _recorded(self, score: Score) -> Num:
        if score.expression is not None:
            points = Around(self.names, frozenset(), _Totals(self)).points(score.expression)
        elif score.parts is None:
            if any(line is None for line in self.lines):
                raise Broken(score.name)
            refs = [line.points for line in self.lines if line is not None]
            points = reduce(self.ops.add, refs, self.ops.number(0))
        else:
            points = reduce(self.ops.add, each(self._part, score.parts), self.ops.number(0))
        with self.names.reporting(None, score.place):
            check_size(points)
        return Num(self._modified(score, points), "points")

    def _part(self, part: Word) -> Ref:
        name, place = part
        with self.names.reporting(None, place):
            value = self.value(name)
        if value is None:
            known = [*self.paths, *self.rules.scores]
            self.names.unknown(name, known, messages.UNKNOWN_DEFINITION, place, "line or score", "指标或总分")
        assert value is not None
        return value.ref

    def value(self, name: str) -> Num | None:
        """A score or a line by its name, None where there is none. Raises LanguageError or Broken."""
        paths = self.paths.get(name, [])
        if name in self.open and not paths:
            circle = [*self.open[self.open.index(name) :], name]
            raise LanguageError(None, messages.CYCLE, path=" → ".join(circle))
        if name in self.rules.scores and name not in self.open:
            return self.score(name)
        if len(paths) > 1:
            raise LanguageError(None, messages.AMBIGUOUS_LINE, name=name, paths=", ".join(paths))
        if not paths:
            return None
        if paths[0] not in self.points:
            raise Broken(name)
        return Num(self.points[paths[0]], "points")

    def _modified(self, score: Score, points: Ref) -> Ref:
        ops, rounding = self.ops, score.rounding
        if rounding is None and self.rules.rounding is not None and not self.rules.round_each:
            rounding = self.rules.rounding
        if rounding is not None:
            points = ops.round(points, rounding.to, rounding.ties)
        if score.floor is not None:
            points = ops.maximum(points, ops.number(score.floor))
        return points if score.cap is None else ops.minimum(points, ops.number(score.cap))


class _Totals(Mapping[str, Value]):
    """The lines and scores by name, for the expression of a score."""

    def __init__(self, scores: Scores) -> None:
        self.scores = scores

    def __getitem__(self, name: str) -> Value:
        found = self.scores.value(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self.scores.paths or name in self.scores.rules.scores

    def __iter__(self) -> Iterator[str]:
        return iter({**self.scores.paths, **self.scores.rules.scores})

    def __len__(self) -> int:
        return len(list(iter(self)))
