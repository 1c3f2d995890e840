"""Searches the readings of a policy for what is best and worst for one applicant.

Compiling a policy under one choice of readings takes tens of milliseconds, so only what is needed is compiled: every
single change once for each policy, then, for one applicant, combinations of those readings alone that changed
something. All of them are recorded on one recorder, which shares what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import NamedTuple

from jifen.applicant.read import Person
from jifen.backends.inputs import Layout
from jifen.backends.interpret import interpreter
from jifen.compile import Source
from jifen.errors import PolicyError
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy.recorded import Recorded
from jifen.regression.variants import choice_of, variant
from jifen.spread.result import Proof, Verdict

MOST_COMBINATIONS = 1024
"""Of more combinations than this, not every one is tried."""

Choice = Mapping[str, str]
Key = tuple[tuple[str, str], ...]


class Outcome(NamedTuple):
    """What a policy under one choice makes of an applicant: the verdict, lines and requirements by name."""

    verdict: Verdict
    parts: Mapping[str, Fraction]


class _Places(NamedTuple):
    """Where the results of one choice lie in the plan."""

    total: Ref
    verdict: Ref
    parts: Mapping[str, Ref]

    def refs(self) -> list[Ref]:
        return [self.total, self.verdict, *self.parts.values()]


def _places(recorded: Recorded) -> _Places:
    parts = {line.indicator.path: line.points for line in recorded.every_line()}
    conditions = (*recorded.eligibility, *recorded.gates)
    parts |= {f"eligibility.{condition.requirement.name}": condition.met for condition in conditions}
    return _Places(recorded.deciding, recorded.qualifies, parts)


class Found(NamedTuple):
    """The result of a search, see `Spread`."""

    base: Outcome
    singles: Mapping[tuple[str, str], Outcome]
    best: tuple[Choice, Verdict]
    worst: tuple[Choice, Verdict]
    searched: tuple[str, ...]
    proof: Proof
    combinations: int
    tried: int
    refused: int


class Searcher:
    """Searches the readings of one policy. Made once; safe to share between threads."""

    def __init__(self, source: Source, chosen: Choice, layout: Layout) -> None:
        self.source = source
        self.chosen = dict(chosen)
        self.layout = layout
        self.free = {name: options for name, (options, _) in source.options.items() if name not in chosen}

    def taken(self, name: str) -> str:
        """The option of a reading that is taken now."""
        return self.chosen.get(name, self.source.options[name][1])

    def record(self, choices: Iterable[Choice]) -> tuple[Plan, dict[Key, _Places | None]]:
        """The plan of some choices, and where the results of each lie; None for one that is no policy."""
        ops: Recorder | None = None
        found: dict[Key, _Places | None] = {}
        for choice in choices:
            try:
                taken = choice_of(self.source, {**self.chosen, **choice})
                made = variant(self.source, taken, ops)
            except PolicyError:
                found[key_of(choice)] = None
                continue
            ops = made.ops
            found[key_of(choice)] = _places(made.recorded)
        return (ops or Recorder({})).plan(), found

    @cached_property
    def singles(self) -> tuple[Plan, dict[Key, _Places | None]]:
        """The policy as it is taken, and with every single change of a free reading."""
        choices: list[Choice] = [{}]
        choices += [{name: other} for name in self.free for other in self.others(name)]
        return self.record(choices)

    def others(self, name: str) -> list[str]:
        """The options of a reading that are not taken now."""
        return [option for option in self.free[name] if option != self.taken(name)]

    def search(self, person: Person) -> Found:
        """The best and the worst for one applicant."""
        return _Search(self, person).found()


def key_of(choice: Choice) -> Key:
    """A choice as something that can be looked up."""
    return tuple(sorted(choice.items()))


class _Search:
    """The search for one applicant. `known` has the outcome of every choice that was tried."""

    def __init__(self, searcher: Searcher, person: Person) -> None:
        self.searcher = searcher
        self.person = person
        self.known: dict[Key, Outcome | None] = {}
        self._evaluate(*searcher.singles)

    def _evaluate(self, plan: Plan, places: Mapping[Key, _Places | None]) -> None:
        refs = [ref for one in places.values() if one is not None for ref in one.refs()]
        slots = list(dict.fromkeys(ref.slot for ref in refs))
        cells = dict(
            zip(slots, interpreter(plan, slots, self.searcher.layout)(self.person.data), strict=True)
        )

        def number(ref: Ref) -> Fraction:
            return Fraction(int(cells[ref.slot]), ref.type.den)  # type: ignore[arg-type]

        for key, one in places.items():
            self.known[key] = one and Outcome(
                Verdict(bool(cells[one.verdict.slot]), number(one.total)),
                {name: number(ref) for name, ref in one.parts.items()},
            )

    def outcomes(self, choices: Sequence[Choice]) -> list[Outcome | None]:
        """What some choices make of the applicant; those not known yet are compiled together."""
        new = {key_of(choice): choice for choice in choices if key_of(choice) not in self.known}
        if new:
            self._evaluate(*self.searcher.record(new.values()))
        return [self.known[key_of(choice)] for choice in choices]

    def found(self) -> Found:
        base = self.known[()]
        assert base is not None
        singles = {
            key[0]: outcome for key, outcome in self.known.items() if len(key) == 1 and outcome is not None
        }
        searched = {name for (name, _), outcome in singles.items() if outcome != base}
        while True:
            names = tuple(name for name in self.searcher.free if name in searched)
            count = prod(len(self.searcher.free[name]) for name in names)
            proof: Proof = "exhaustive" if count <= MOST_COMBINATIONS else "coordinate"
            ends = (
                self._exhaustive(names)
                if proof == "exhaustive"
                else (self._climb(names, 1), self._climb(names, -1))
            )
            more = self._matter_now(ends, searched)
            if not more:
                break
            searched |= more
        best, worst = ((choice, self._verdict(choice)) for choice in ends)
        refused = sum(outcome is None for outcome in self.known.values())
        return Found(base, singles, best, worst, names, proof, count, len(self.known), refused)

    def _verdict(self, choice: Choice) -> Verdict:
        outcome = self.known[key_of(choice)]
        assert outcome is not None
        return outcome.verdict

    def _changes(self, names: Sequence[str]) -> Iterator[Choice]:
        """Every combination of the options of some readings, each as what differs from what is taken now."""
        for options in product(*(self.searcher.free[name] for name in names)):
            yield {
                name: option
                for name, option in zip(names, options, strict=True)
                if option != self.searcher.taken(name)
            }

    def _exhaustive(self, names: Sequence[str]) -> tuple[Choice, Choice]:
        choices = sorted(self._changes(names), key=len)  # of equals, the one that changes the fewest readings
        outcomes = zip(choices, self.outcomes(choices), strict=True)
        known = [(choice, outcome.verdict) for choice, outcome in outcomes if outcome is not None]
        best, worst = known[0], known[0]
        for one in known:
            best = one if one[1] > best[1] else best
            worst = one if one[1] < worst[1] else worst
        return best[0], worst[0]

    def _climb(self, names: Sequence[str], sign: int) -> Choice:
        """Takes the best (or worst) single change again and again, until there is none."""
        here: Choice = {}
        while True:
            steps = list(self._steps(here, names))
            outcomes = zip(steps, self.outcomes(steps), strict=True)
            known = [(outcome.verdict, choice) for choice, outcome in outcomes if outcome is not None]
            ahead = [one for one in known if _better(one[0], self._verdict(here), sign)]
            if not ahead:
                return here
            best = ahead[0]
            for one in ahead:
                best = one if _better(one[0], best[0], sign) else best
            here = best[1]

    def _steps(self, here: Choice, names: Iterable[str]) -> Iterator[Choice]:
        """Everything that differs from a choice in one reading."""
        for name in names:
            now = here.get(name, self.searcher.taken(name))
            for option in self.searcher.free[name]:
                if option != now:
                    step = {**here, name: option}
                    if option == self.searcher.taken(name):
                        del step[name]
                    yield step

    def _matter_now(self, ends: tuple[Choice, Choice], searched: set[str]) -> set[str]:
        """Readings that change nothing by themselves but do so on top of the best or the worst combination."""
        rest = [name for name in self.searcher.free if name not in searched]
        found: set[str] = set()
        for end in ends:
            here = self.known[key_of(end)]
            steps = list(self._steps(end, rest))
            for step, outcome in zip(steps, self.outcomes(steps), strict=True):
                if outcome is not None and outcome != here:
                    found |= {name for name in rest if name in step}
        return found


def _better(one: Verdict, other: Verdict, sign: int) -> bool:
    return one > other if sign > 0 else one < other
