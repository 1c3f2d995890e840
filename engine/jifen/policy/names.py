"""What the names of a policy mean on the recorder: each definition is recorded once, when it is first read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import TypeVar

from jifen.document.diagnostics import Diagnostics, Message, suggest
from jifen.document.places import Place
from jifen.language import messages as wording
from jifen.language.evaluate import evaluate
from jifen.language.expression import Expression
from jifen.language.mistakes import Broken, LanguageError
from jifen.language.operators import as_month
from jifen.language.values import Day, Many, Num, One, Person, Series, Set, Truth, Value
from jifen.language.wrong import wrong
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.model import Anchor, Input, RecordList, Rules, Timeline
from jifen.policy.parts import report
from jifen.policy.rows import MonthSets, RecordSets

V = TypeVar("V")


class Names:
    """The names an expression can read, at the level of the applicant.

    The names of another person are a `PersonNames`: the inputs that the person shares, and every definition again
    over them; everything else is the applicant's.
    """

    person = ""

    def __init__(self, rules: Rules, ops: Recorder, diagnostics: Diagnostics) -> None:
        self.rules = rules
        self.ops = ops
        self.diagnostics = diagnostics
        self.reader = "definitions"
        self._reads: dict[str, set[str]] = {}
        self.application = Day(ops.fact("date"))
        self.age_from_day_after = rules.age == "day_after"
        self.months = MonthSets(self)
        self.records = RecordSets(self)
        self._values: dict[str, Value | None] = {}
        self._open: list[str] = []
        self.conditions: dict[Place, Fraction | None] = {}
        self.people = {name: PersonNames(self, name) for name in rules.people} if not self.person else {}

    def names(self) -> Iterable[str]:
        rules = self.rules
        rounds = (name for item in rules.rounds.values() for name in item.anchors)
        return [
            "application",
            *rounds,
            *(n for part in (rules.facts, rules.anchors, rules.values, rules.months) for n in part),
            *(n for part in (rules.records, rules.record_sets, rules.series, rules.monthly) for n in part),
            *rules.people,
        ]

    def given(self, name: str) -> Ref | None:
        fact = self.rules.facts.get(name)
        return None if fact is None or fact.required or fact.default is not None else self.ops.given(name)

    def needs(self, name: str) -> frozenset[str]:
        found: set[str] = set()
        seen: set[str] = set()
        todo = [name]
        while todo:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            if self.given(one) is not None:
                found.add(one)
            anchors = [item.anchors.get(one) for item in self.rules.rounds.values()]
            todo += [
                anchor.of.text for anchor in (*anchors, self.rules.anchors.get(one)) if anchor is not None
            ]
        return frozenset(found)

    def elsewhere(self, name: str) -> tuple[Message, dict[str, str]] | None:
        """What to say of a name that means something, but not to an expression of the applicant."""
        owners: list[Timeline | RecordList] = [*self.rules.timelines.values(), *self.rules.records.values()]
        for owner in owners:
            if name in owner.attributes:
                return wording.OF_THE_ROWS, {"rows": owner.name}
        people = [person.name for person in self.rules.people.values() if name in person.own]
        if people:
            return wording.OF_A_PERSON, {"people": ", ".join(people), "person": people[0]}
        if name in self.rules.scores or any(name == line.name for line in self.rules.every_indicator()):
            return wording.A_SCORE, {}
        return (wording.NO_CUTOFF, {}) if name == "cutoff" else None

    def used(self) -> frozenset[str]:
        """The names that the rules read, directly or through definitions."""
        found: set[str] = set()
        todo = list(self._reads.get("rules", ()))
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo.extend(self._reads.get(name, ()))
        return frozenset(found)

    @property
    def reading(self) -> str:
        """What reads names at present: a definition, or the rules."""
        return self._open[-1] if self._open else self.reader

    def note(self, name: str) -> None:
        """Remember that a name is read."""
        self._reads.setdefault(self.reading, set()).add(name)

    def find(self, name: str) -> Value | None:
        if name == "_":
            raise Broken(name)
        self.note(name)
        if name in self._values:
            value = self._values[name]
            if value is None:
                raise Broken(name)
            return value
        if name == "application":
            return self.application
        if name in self._open:
            path = " → ".join([*self._open[self._open.index(name) :], name])
            raise LanguageError(None, messages.CYCLE, path=path)
        if name in self.rules.timelines and name not in self.rules.months:
            raise LanguageError(None, wording.TIMELINE_NAME, name=name)
        self._open.append(name)
        try:
            value = self._values[name] = self._define(name)
        except Broken:
            self._values[name] = None
            raise
        finally:
            self._open.pop()
        if value is None:
            del self._values[name]
        return value

    def _define(self, name: str) -> Value | None:
        rules = self.rules
        if name in self.people:
            return Person(name, self.people[name])
        if name in rules.facts:
            return self.input(rules.facts[name], self.ops.fact(name))
        if name in rules.anchors:
            return self.anchor(rules.anchors[name])
        if any(name in item.anchors for item in rules.rounds.values()):
            return self._by_round(name)
        if name in rules.values:
            return self.value(rules.values[name].expression)
        if name in rules.months:
            return Set(self.months.of(rules.months[name]), name, rules.months[name].label)
        if name in rules.monthly:
            return self.months.monthly(rules.monthly[name])
        if self.input_name(name) in rules.records:
            return self.records.whole(name)
        if name in rules.record_sets:
            return self.records.of(rules.record_sets[name])
        if name in rules.series:
            series = rules.series[name]
            return Series(name, series.starts, series.values, series.unit)
        return None

    @staticmethod
    def input(declared: Input, ref: Ref) -> Value:
        """What a fact or attribute stands for."""
        if declared.type == "choice":
            return (Many if declared.many else One)(ref, declared.name, tuple(declared.options))
        if declared.type == "date":
            return Day(ref)
        if declared.type == "boolean":
            return Truth(ref)
        return Num(ref, "money" if declared.type == "money" else "")

    # anchors and rounds

    def open_rounds(self) -> Iterator[tuple[str, Ref]]:
        """Each round, and whether its window is open on the day of application."""
        ops, date = self.ops, self.application.ref
        for item in self.rules.rounds.values():
            if item.last > 1231:
                first, last = ops.date(item.first), ops.date(item.last)
                yield item.name, ops.both(ops.at_most(first, date), ops.at_most(date, last))
                continue
            day = ops.day_of_year(date)
            after, before = ops.at_most(ops.number(item.first), day), ops.at_most(day, ops.number(item.last))
            both = ops.both if item.first <= item.last else ops.either
            yield item.name, both(after, before)

    def _by_round(self, name: str) -> Value:
        found: Ref | None = None
        for round_name, is_open in reversed(list(self.open_rounds())):
            anchor = self.rules.rounds[round_name].anchors.get(name)
            if anchor is None:
                continue
            date = self.anchor(anchor).ref
            found = date if found is None else self.ops.choose(is_open, date, found)
        assert found is not None
        return Day(found)

    def anchor(self, anchor: Anchor) -> Day:
        """The date of an anchor."""
        ops = self.ops
        if anchor.fixed is not None:
            return Day(ops.date(anchor.fixed))
        optional = frozenset(name for name in self.rules.facts if self.given(name) is not None)
        date = self.date(anchor.of, "`of`", optional)
        if anchor.years or anchor.months or anchor.days:
            date = ops.shift(date, anchor.years, anchor.months, anchor.days)
        if anchor.year or anchor.month or anchor.day:
            day = anchor.day or (31 if anchor.month else None)
            date = ops.place(date, anchor.year, anchor.month, day)
        return Day(date)

    # expressions, with their mistakes reported

    @contextmanager
    def reporting(self, expression: Expression | None, place: Place) -> Iterator[None]:
        """Report a LanguageError as a diagnostic and raise Broken instead."""
        try:
            yield
        except LanguageError as error:
            report(self.diagnostics, error, expression, place)
            raise Broken(error.message.code) from None

    def unknown(
        self, name: str, names: Iterable[str], message: Message, place: Place, what: str, what_zh: str
    ) -> None:
        """Report a name that is not defined, and raise Broken."""
        near = suggest(name, names)
        self.diagnostics.add(
            message, place, near is not None, name=name, near=near or "", what=what, what_zh=what_zh
        )
        raise Broken(name)

    def value(self, expression: Expression, present: frozenset[str] = frozenset()) -> Value:
        """What an expression stands for. Raises Broken after reporting its mistakes."""
        with self.reporting(expression, expression.place):
            return evaluate(expression, self, present)

    def month(self, expression: Expression, where: str) -> Ref:
        """A month out of an expression that gives a month or a date."""
        value = self.value(expression)
        with self.reporting(expression, expression.place):
            return as_month(self.ops, value, where)

    def note_condition(self, expression: Expression, condition: Ref) -> None:
        """Remember a condition that is the same for everybody, unless it says so itself."""
        constant = self.ops.constant(condition)
        if expression.text not in ("true", "false"):
            before = self.conditions.get(expression.place, constant)
            self.conditions[expression.place] = constant if before == constant else None

    def date(self, expression: Expression, where: str, present: frozenset[str] = frozenset()) -> Ref:
        """A date out of the name of one. Raises Broken after reporting its mistakes."""
        value = self.typed(self.value(expression, present), Day, expression, where)
        return value.ref

    def typed(self, value: Value, wanted: type[V], expression: Expression, where: str) -> V:
        """The value, if it is of the type wanted; else Broken after reporting."""
        if isinstance(value, wanted):
            return value
        error = wrong(value, wanted, where)
        report(self.diagnostics, error, expression, expression.place)
        raise Broken(error.message.code)

    def input_name(self, name: str) -> str:
        """What an input is called in the policy's own lists: `name`, or `person.name`."""
        return name


class PersonNames(Names):
    """The names of another person."""

    def __init__(self, outer: Names, person: str) -> None:
        self.person = person
        self.outer = outer
        super().__init__(outer.rules, outer.ops, outer.diagnostics)
        self._reads = outer._reads
        self.conditions = outer.conditions

    def names(self) -> Iterable[str]:
        return [*self.rules.people[self.person].inputs, *self.outer.names()]

    def input_name(self, name: str) -> str:
        own = name in self.rules.people[self.person].inputs
        return f"{self.person}.{name}" if own else name

    @property
    def reading(self) -> str:
        return self._open[-1] if self._open else self.outer.reading

    def note(self, name: str) -> None:
        self._reads.setdefault(self.reading, set()).add(self.input_name(name))

    def given(self, name: str) -> Ref | None:
        return super().given(self.input_name(name))

    def needs(self, name: str) -> frozenset[str]:
        own = name in self.rules.people[self.person].inputs
        return super().needs(name) if own else self.outer.needs(name)

    def find(self, name: str) -> Value | None:
        rules = self.rules
        defined = (rules.months, rules.values, rules.record_sets, rules.monthly)
        if name in rules.people[self.person].inputs or any(name in part for part in defined):
            return super().find(name)
        return self.outer.find(name)

    def _define(self, name: str) -> Value | None:
        full = self.input_name(name)
        if full in self.rules.facts:
            return self.input(self.rules.facts[full], self.ops.fact(full))
        return super()._define(name)
