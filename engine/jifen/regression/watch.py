"""What a case looks at: the slots of a plan that its expectations compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from jifen.document.tree import Mapping, Node
from jifen.plan.slots import Ref
from jifen.regression.variants import Variant
from jifen.scorecard.numbers import shown


class Watched(NamedTuple):
    """A slot, the denominator of its number, and whether only two decimals are looked at."""

    slot: int
    den: int
    shown: bool = False

    def value(self, cell: object) -> Fraction | str:
        """What a comparison sees of the cell."""
        assert isinstance(cell, int)
        number = Fraction(int(cell), self.den)
        return shown(number) if self.shown else number


def watched_by(variant: Variant, open_on: Ref, expect: Mapping) -> tuple[Watched, ...]:
    """What the expectations of a case compare; always whether a round is open. Raises KeyError for what is gone."""
    refs = [(open_on, False), *_Looks(variant).refs(expect)]
    return tuple(dict.fromkeys(Watched(ref.slot, ref.type.den, rounded) for ref, rounded in refs))


class _Looks:
    def __init__(self, variant: Variant) -> None:
        self.recorded = variant.recorded
        self.lines = {line.indicator.path: line for line in self.recorded.every_line()}
        names = [line.indicator.name for line in self.lines.values()]
        self.lines |= {
            line.indicator.name: line
            for line in list(self.lines.values())
            if names.count(line.indicator.name) == 1
        }

    def refs(self, expect: Mapping) -> Iterator[tuple[Ref, bool]]:
        """Each reference, and whether it is rounded for people."""
        for entry in expect.entries:
            if entry.key == "shown":
                yield self.recorded.deciding, True
            else:
                for ref in _LOOKS[entry.key](self, entry.value):
                    yield ref, False

    def parts(self, node: Node) -> list[Ref]:
        return [self.lines[name].points for name in _keys(node)]

    def scores(self, node: Node) -> list[Ref]:
        return [self.recorded.scores[name] for name in _keys(node)]

    def requirements(self, node: Node) -> list[Ref]:
        met = {condition.requirement.name: condition.met for condition in self.recorded.eligibility}
        return [met[name] for name in _keys(node)]

    def months(self, node: Node) -> list[Ref]:
        found = []
        for name in _keys(node):
            path, _, ledger = name.partition(".")
            found.append({one.name: one.months for one in self.lines[path].scored.ledgers}[ledger])
        return found

    def warnings(self, node: Node) -> list[Ref]:
        return [condition.met for condition in self.recorded.checks]


_LOOKS: dict[str, Callable[[_Looks, Node], list[Ref]]] = {
    "total": lambda looks, _: [looks.recorded.deciding],
    "qualifies": lambda looks, _: [looks.recorded.qualifies],
    "eligible": lambda looks, _: [looks.recorded.eligible],
    "problems": lambda looks, _: [],
    # What is expected of other days lies in no slot of this one.
    "first_round": lambda looks, _: [],
    "plans": lambda looks, _: [],
    "parts": _Looks.parts,
    "scores": _Looks.scores,
    "requirements": _Looks.requirements,
    "months": _Looks.months,
    "warnings": _Looks.warnings,
}


def everything(variant: Variant) -> tuple[int, ...]:
    """The slots of all results: two variants on one recorder that have the same are the same policy."""
    recorded = variant.recorded
    found = [
        ref.slot
        for ref in (*recorded.scores.values(), recorded.eligible, recorded.qualifies, recorded.deciding)
    ]
    for line in recorded.every_line():
        found += [line.points.slot, line.applies.slot, line.uncapped.slot]
        found += [ref.slot for ledger in line.scored.ledgers for ref in (ledger.months, ledger.points)]
    for condition in (*recorded.eligibility, *recorded.gates, *recorded.checks):
        found.append(condition.met.slot)
    return (*found, *(ref.slot for ref in recorded.rank), *(ref.slot for ref in recorded.anchors.values()))


def _keys(node: Node) -> tuple[str, ...]:
    return node.keys() if isinstance(node, Mapping) else ()
