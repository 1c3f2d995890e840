"""Questions put to the plan: has an applicant touched this element? See `elements` for what they mean."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import Cell, interpreter
from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node
from jifen.language.months import View
from jifen.language.operators import compare
from jifen.language.values import Many, Num, One, Quotient, Records, Set
from jifen.plan.slots import Ref
from jifen.policy.model import Indicator, Requirement
from jifen.policy.names import Names
from jifen.policy.outcomes import Outcomes
from jifen.policy.people import defined_for
from jifen.policy.recorded import Line
from jifen.policy.terms import Keep, Points
from jifen.regression.elements import Element
from jifen.regression.variants import Variant
from jifen.rules import model as rules
from jifen.rules.scoring import Around

Test = Callable[[Sequence[Cell]], bool]


class Probe(NamedTuple):
    """An element, the slots that tell whether it was touched, and how they tell it."""

    element: Element
    slots: tuple[int, ...]
    test: Test


def first(cells: Sequence[Cell]) -> bool:
    """Whether the only cell is true, or true in some row."""
    cell = cells[0]
    return any(cell) if isinstance(cell, list) else bool(cell)


class Probes:
    """The elements of one variant of a policy, each with its probe."""

    def __init__(self, variant: Variant) -> None:
        self.variant = variant
        self.ops = variant.ops
        self.names = Names(variant.rules, variant.ops, Diagnostics())
        self.reasons: dict[Place, tuple[str, Keep]] = {}
        self.found: list[Probe] = []
        self._all()

    @property
    def elements(self) -> list[Element]:
        """What can be touched."""
        return [probe.element for probe in self.found]

    def runner(self, layout: Layout) -> Callable[[Data], set[Element]]:
        """A function from an applicant's data to the elements that it touches."""
        slots = sorted({slot for probe in self.found for slot in probe.slots})
        position = {slot: at for at, slot in enumerate(slots)}
        program = interpreter(self.ops.plan(), slots, layout)

        def run(data: Data) -> set[Element]:
            cells = program(data)
            return {
                probe.element
                for probe in self.found
                if probe.test([cells[position[slot]] for slot in probe.slots])
            }

        return run

    # adding

    def add(self, element: Element, ref: Ref) -> None:
        """An element that is touched where a condition holds, for the applicant or in some row."""
        if self.ops.constant(ref) != 0:
            self.found.append(Probe(element, (ref.slot,), first))

    def ask(self, element: Element, refs: Sequence[Ref], test: Test) -> None:
        """An element that is touched where the cells pass a test."""
        self.found.append(Probe(element, tuple(ref.slot for ref in refs), test))

    def nonzero(self, ref: Ref) -> Ref:
        """Whether a number is not 0."""
        return self.ops.invert(self.ops.equal(ref, self.ops.number(0)))

    # everything

    def _all(self) -> None:
        recorded, ops = self.variant.recorded, self.ops
        for name, ref in self.names.open_rounds():
            self.add(Element(self.variant.rules.rounds[name].place, "round", name), ref)
        self._sets()
        for line in recorded.every_line():
            LineProbes(self, line).all()
        for condition in (*recorded.eligibility, *recorded.gates):
            defined = condition.requirement
            veto = isinstance(defined, Requirement) and defined.veto
            kind = "gate" if condition in recorded.gates else "veto" if veto else "requirement"
            self.add(Element(defined.place, kind, defined.name, "met"), condition.met)
            self.add(Element(defined.place, kind, defined.name, "failed"), ops.invert(condition.met))
        for check in recorded.checks:
            self.add(Element(check.requirement.place, "check", check.requirement.name), check.met)
        self._scores()
        outcome = self.variant.rules.outcome.place
        self.add(Element(outcome, "verdict", "", "qualifies"), recorded.qualifies)
        self.add(Element(outcome, "verdict", "", "does not qualify"), ops.invert(recorded.qualifies))

    def _sets(self) -> None:
        defined_in = self.variant.rules
        others = defined_for(defined_in)
        for name, months in defined_in.months.items():
            self.reasons |= {keep.place: (name, keep) for keep in months.keep}
            for whose in self._whose(others.get(name, ())):
                value = whose.find(name)
                assert isinstance(value, Set)
                self.left_out(value.months.view(self.ops))
        for name, records in defined_in.record_sets.items():
            for whose in self._whose(others.get(name, ())):
                base = whose.find(records.records.text)
                assert isinstance(base, Records)
                condition = base.condition
                steps = whose.records.steps(whose.records.scope(base.rows), records.keep)
                for keep, step in zip(records.keep, steps, strict=True):
                    assert step.ref is not None
                    failed = self.ops.both(condition, self.ops.invert(step.ref))
                    self.add(Element(keep.place, "keep", name, *reason(keep)), failed)
                    condition = self.ops.both(condition, step.ref)
                if records.within:
                    inside = whose.records.within(base.rows, records.within)
                    outside = self.ops.both(condition, self.ops.invert(inside))
                    self.add(Element(records.within.place, "window", name), outside)

    def _whose(self, people: Iterable[str]) -> list[Names]:
        listed: list[Names] = [self.names.people[person] for person in people]
        return listed or [self.names]

    def left_out(self, view: View) -> None:
        """The steps of a month set that left out some month of a view."""
        for why, months in view.left_out:
            if why.place in self.reasons:
                name, keep = self.reasons[why.place]
                some = self.ops.less(self.ops.number(0), self.ops.count(months))
                self.add(Element(keep.place, "keep", name, *reason(keep)), some)

    def _scores(self) -> None:
        """Scores with a cap: what they are without it."""
        scores = self.variant.rules.scores
        if not any(score.cap is not None for score in scores.values()):
            return
        free = {name: replace(score, cap=None) for name, score in scores.items()}
        names = Names(replace(self.variant.rules, scores=free), self.ops, Diagnostics())
        uncapped = Outcomes(names).scores(self.variant.recorded.lines)
        for name, score in scores.items():
            if score.cap is not None:
                place = place_of(self.variant.document, ("scores", name, "cap"), score.place)
                self.capped(place, name, uncapped[name], self.ops.number(score.cap))

    def capped(self, place: Place, name: str, before: Ref, limit: Ref) -> None:
        """A cap: reached where more stood before it."""
        over = self.ops.less(limit, before)
        self.add(Element(place, "cap", name, "reached"), over)
        left = self.ops.both(self.ops.invert(over), self.nonzero(before))
        self.add(Element(place, "cap", name, "not reached"), left)


def reason(keep: Keep) -> tuple[str, str]:
    """The text of a step's reason in English and Chinese, or in the language it has."""
    text = keep.reason
    if isinstance(text, str):
        return text, text
    some = next(iter(text.values()), "")
    return text.get("en", some), text.get("zh", some)


def place_of(document: Mapping, path: Iterable[str], otherwise: Place) -> Place:
    """Where a value stands in the resolved document."""
    node: Node | None = document
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return otherwise if node is None else node.place


def written_path(indicator: Indicator) -> str:
    """The path of an indicator as the file has it: without the person of a `for_each`."""
    if not indicator.person:
        return indicator.path
    parts = indicator.path.split("/")
    parts.remove(indicator.person)
    return "/".join(parts)


class LineProbes:
    """The probes of one line of the table."""

    def __init__(self, probes: Probes, line: Line) -> None:
        self.probes = probes
        self.ops = probes.ops
        self.line = line
        self.indicator = line.indicator
        self.path = written_path(line.indicator)
        names = probes.names
        person = line.indicator.person
        self.names: Names = names.people[person] if person else names
        self.scored = line.scored

    def all(self) -> None:
        """Whatever its kind."""
        line, probes, indicator = self.line, self.probes, self.indicator
        if not line.children:
            probes.add(Element(indicator.place, "indicator", self.path), probes.nonzero(line.points))
        if indicator.when is not None:
            probes.add(Element(indicator.when.place, "when", self.path), self.ops.invert(line.applies))
        if indicator.cap is not None:
            limit = self.ops.number(indicator.cap)
            probes.capped(self.place("cap"), self.path, line.uncapped, limit)
        rule = indicator.rule
        if isinstance(rule, rules.Bands):
            self._bands(rule)
        elif isinstance(rule, rules.Lookup):
            self._lookup(rule)
        elif isinstance(rule, rules.Accrue):
            self._accrue(rule)
        elif isinstance(rule, rules.PerRecord):
            from jifen.regression.record_probes import RecordProbes

            RecordProbes(self, rule).all()

    def place(self, *keys: str) -> Place:
        """Where a key of the indicator stands."""
        path = "/indicators/".join(["", *self.path.split("/")]).split("/")[1:]
        return place_of(self.probes.variant.document, (*path, *keys), self.indicator.place)

    def applied(self, ref: Ref) -> Ref:
        """Where the line applies too."""
        return self.ops.both(self.line.applies, ref)

    def option(self, points: Points, option: str) -> Element | None:
        """The row of a points table that holds an option; None where one rate is for all."""
        rate = points.table.get(option)
        if rate is None:
            return None
        together = [name for name, other in points.table.items() if other.place == rate.place]
        return Element(rate.place, "option", self.path, ", ".join(together))

    def _bands(self, rule: rules.Bands) -> None:
        value = self.scored.reads[0][1]
        assert isinstance(value, (Num, Quotient))
        before = self.ops.truth(False)
        for step in rule.steps:
            below = self.ops.truth(True)
            sign = ""
            if step.end is not None:
                end = Num(self.ops.number(step.end))
                below = compare(self.ops, ast.LtE if step.inside else ast.Lt, value, end)
                sign = f"{'<=' if step.inside else '<'} {step.end}"
            here = self.ops.both(below, self.ops.invert(before))
            element = Element(step.place, "band", self.path, sign or "the rest")
            self.probes.add(element, self.applied(here))
            before = below

    def _lookup(self, rule: rules.Lookup) -> None:
        choice = self.scored.reads[0][1]
        assert isinstance(choice, (One, Many))
        for position, name in enumerate(choice.options):
            element = self.option(rule.points, name)
            if element is None:
                continue
            if isinstance(choice, Many):
                taken = self.ops.contains(choice.ref, position)
            else:
                taken = self.ops.equal(choice.ref, self.ops.option(position))
            self.probes.add(element, self.applied(taken))

    def _accrue(self, rule: rules.Accrue) -> None:
        for ledger in self.scored.ledgers:
            self.probes.left_out(ledger.view)
            tables: list[tuple[Place | None, Points]] = [(tier.place, tier.points) for tier in rule.tiers]
            tables = tables or [(rate.place, rate.points) for rate in rule.rates]
            if rule.points is not None:
                tables = [(None, rule.points)]
            for at, (place, points) in enumerate(tables):
                piece = ledger.pieces[0 if rule.whole else at]
                some = self.applied(self.ops.less(self.ops.number(0), piece.months))
                if rule.whole:
                    rate = points.single or points.table[ledger.name]
                    own = Around(self.names, frozenset()).points(rate)
                    some = self.ops.both(some, self.ops.equal(piece.rate, own))
                if place is not None:
                    self.probes.add(Element(place, "tier", self.path, f"{at + 1}"), some)
                element = self.option(points, ledger.name)
                if element is not None:
                    self.probes.add(element, some)
            if rule.yearly_cap is not None:
                piece = ledger.pieces[0]
                share = self.ops.number(1) if not rule.yearly else self.ops.number(Fraction(1, 12))
                free = self.ops.multiply(self.ops.multiply(piece.months, piece.rate), share)
                cut = self.ops.less(piece.points, free)
                self._yearly(cut, self.probes.nonzero(piece.points))
        if self.scored.spells is not None:
            self._spells(rule)

    def _yearly(self, cut: Ref, some: Ref) -> None:
        place = self.place(self.indicator.kind, "cap")
        self.probes.add(Element(place, "cap", self.path, "reached"), cut)
        self.probes.add(
            Element(place, "cap", self.path, "not reached"), self.ops.both(self.ops.invert(cut), some)
        )

    def _spells(self, rule: rules.Accrue) -> None:
        spells = self.scored.spells
        assert spells is not None and rule.points is not None
        self.probes.left_out(spells.view)
        if not rule.by:
            return
        column = self.ops.column(spells.rows, rule.by.text)
        timeline = self.probes.variant.rules.timelines[spells.rows.partition("#")[0]]
        for position, name in enumerate(timeline.attributes[rule.by.text].options):
            element = self.option(rule.points, name)
            if element is not None:
                refs = (self.line.applies, spells.condition, spells.months, column)
                self.probes.ask(element, refs, _taken(position))


def _taken(position: int) -> Test:
    """Whether some row counts and has this option: applies, condition, months, column."""

    def test(cells: Sequence[Cell]) -> bool:
        applies, condition, months, column = cells
        assert isinstance(column, list)
        return bool(applies) and any(
            option == position and row_of(condition, row) and row_of(months, row)
            for row, option in enumerate(column)
        )

    return test


def row_of(cell: Cell, row: int) -> int:
    """The value of a cell in a row; one of the applicant is the same in all rows."""
    return cell[row] if isinstance(cell, list) else cell
