"""From a checked document to the frozen model."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Node, Sequence, plain
from jifen.plan.sets import MOST_ROWS
from jifen.policy import messages, model
from jifen.policy.indicators import Indicators
from jifen.policy.levers import read_levers
from jifen.policy.parts import MOST_TIME, Parts
from jifen.policy.people import Sharing
from jifen.policy.procedure import procedure_of, validity_of
from jifen.policy.procedure_model import Procedure

T = TypeVar("T")

SECTIONS = ("facts", "timelines", "records")
CUTOFF = {"zh": "结算日", "en": "cutoff"}


def build(
    document: Mapping,
    readings: Map[str, model.Reading],
    diagnostics: Diagnostics,
    files: Map[str, tuple[str, ...]] | None = None,
) -> model.Rules:
    """The model of a document whose readings are resolved. Mistakes are added to `diagnostics`.

    `files` has the lines of each file, for the places of mistakes.
    """
    return _Build(document, diagnostics, files).rules(readings)


def read_readings(
    document: Mapping, chosen: Map[str, str], diagnostics: Diagnostics
) -> dict[str, model.Reading]:
    """The readings that a document declares, with the option taken of each."""
    build = _Build(document, diagnostics)
    return build.section("readings", lambda name, body: build.reading(name, body, chosen))


class _Build(Parts):
    def __init__(
        self,
        document: Mapping,
        diagnostics: Diagnostics,
        files: Map[str, tuple[str, ...]] | None = None,
    ) -> None:
        sources = document.get("sources")
        super().__init__(diagnostics, sources.keys() if isinstance(sources, Mapping) else (), files)
        self.document = document
        self.procedure: Procedure | None = None

    def section(self, name: str, make: Callable[[str, Mapping], T]) -> dict[str, T]:
        return _each(self.document.get(name), make)

    def of_people(self, name: str, make: Callable[[str, Mapping], T]) -> dict[str, dict[str, T]]:
        """A section of inputs that each person has alone."""
        return self.section("people", lambda _, body: _each(body.get(name), make))

    def rules(self, readings: Map[str, model.Reading]) -> model.Rules:
        document = self.document
        self.procedure = procedure_of(self, document.get("procedure"))
        force = document.get("in_force")
        counting = document.get("counting")
        rounding = document.get("rounding")
        people = self.section("people", self.person)
        labels = {name: person.label for name, person in people.items()}
        indicators = Indicators(self.diagnostics, self.sources, labels, self.files)
        shared = Sharing(people, self.diagnostics)
        each = self.word(rounding.get("each")) if isinstance(rounding, Mapping) else ""
        return model.Rules(
            id=self.word(document.get("policy")),
            title=self.text(document.get("title")),
            in_force=_window(self, force),
            reviewed_on=self.word(document.get("reviewed_on")),
            sources=self.section("sources", self.source),
            readings=readings,
            rounds=self.section("rounds", self.round),
            anchors=self.section("anchors", self.anchor),
            age="day_after"
            if isinstance(counting, Mapping) and self.word(counting.get("age")) == "day_after"
            else "birthday",
            people=people,
            facts=shared.facts(self.section("facts", self.input), self.of_people("facts", self.input)),
            timelines=shared.timelines(
                self.section("timelines", self.timeline), self.of_people("timelines", self.timeline)
            ),
            records=shared.records(
                self.section("records", self.record_list), self.of_people("records", self.record_list)
            ),
            series=self.section("series", self.series),
            months=self.section("months", self.month_set),
            record_sets=self.section("record_sets", indicators.record_set),
            values=self.section("values", self.named),
            monthly=self.section("monthly", self.monthly),
            eligibility=self.section("eligibility", self.requirement),
            indicators=indicators.tree(document.get("indicators"), ""),
            rounding=self.rounding(rounding),
            round_each=each == "indicator",
            scores=self.section("scores", self.score) or {"total": _total(document)},
            outcome=self.outcome(document.get("outcome")),
            checks=self.section("checks", self.check),
            place=document.place,
            procedure=self.procedure,
            levers=read_levers(document.get("levers"), self),
        )

    def source(self, name: str, body: Mapping) -> model.Source:
        return model.Source(
            name,
            self.text(body.get("title"), name),
            kind=self.word(body.get("kind")),
            issuer=self.word(body.get("issuer")),
            number=self.word(body.get("number")),
            date=self.word(body.get("date")),
            url=self.word(body.get("url")),
            note=self.text(body.get("note")),
        )

    def reading(self, name: str, body: Mapping, chosen: Map[str, str]) -> model.Reading:
        options = body.get("options")
        assert isinstance(options, Mapping)
        default = self.word(body.get("default"))
        return model.Reading(
            name,
            self.text(body.get("question"), name),
            {key: self.text(value, key) for key, _, value in options.entries},
            default,
            chosen.get(name, default),
            self.cites(body.get("cite")),
            body.place,
        )

    def round(self, name: str, body: Mapping) -> model.Round:
        apply = body.get("apply")
        assert isinstance(apply, Mapping)
        anchors = {}
        cutoff = body.get("cutoff")
        if isinstance(cutoff, Mapping):
            anchors["cutoff"] = replace(
                self.anchor("cutoff", cutoff), label=self.text(cutoff.get("label")) or CUTOFF
            )
        more = body.get("anchors")
        if isinstance(more, Mapping):
            anchors |= {
                key: self.anchor(key, value) for key, _, value in more.entries if isinstance(value, Mapping)
            }
        first, last = self.day_of_year(apply.get("from")), self.day_of_year(apply.get("to"))
        cite = self.cites(body.get("cite"))
        label = self.text(body.get("label"), name)
        return model.Round(name, label, first, last, anchors, cite, body.place, apply.place)

    def anchor(self, name: str, body: Mapping) -> model.Anchor:
        day = body.get("day")
        return model.Anchor(
            name,
            self.text(body.get("label"), name),
            self.reference(body.get("of"), "application", body.place),
            self._moved("years", body),
            self._moved("months", body),
            self._moved("days", body),
            self.within_reach("year", body, 1900, 2199) or None,
            self.whole(body.get("month")) or None,
            31 if self.word(day) == "last" else self.whole(day) or None,
            self.day(body.get("date")),
            self.cites(body.get("cite")),
            body.place,
        )

    def _moved(self, unit: str, body: Mapping) -> int:
        return self.within_reach(unit, body, -MOST_TIME[unit], MOST_TIME[unit])

    def input(self, name: str, body: Mapping) -> model.Input:
        options, low = body.get("options"), body.get("from")
        default = body.get("default")
        required = default is None and self.word(body.get("required")) != "false"
        return model.Input(
            name,
            self.word(body.get("type")),
            self.text(body.get("label"), name),
            {key: self.text(value, key) for key, _, value in options.entries}
            if isinstance(options, Mapping)
            else {},
            self.word(body.get("many")) == "true",
            required,
            plain(default) if default is not None else None,
            self.whole(body.get("decimals"), 2),
            self._bound(body, "from"),
            self._bound(body, "to"),
            body.place,
            self.word(body.get("status")) == "declared",
            default.place if default is not None else None,
            low.place if low is not None else None,
        )

    def _bound(self, body: Mapping, key: str) -> Fraction | None:
        if self.word(body.get("type")) != "date":
            return self.number(body.get(key))
        day = self.day(body.get(key))
        return None if day is None else Fraction(day)

    def _attributes(self, body: Mapping) -> dict[str, model.Input]:
        attributes = body.get("attributes")
        if not isinstance(attributes, Mapping):
            return {}
        return {
            key: self.input(key, value) for key, _, value in attributes.entries if isinstance(value, Mapping)
        }

    def timeline(self, name: str, body: Mapping) -> model.Timeline:
        started = self.word(body.get("months")) == "started"
        label = self.text(body.get("label"), name)
        most = self.whole(body.get("at_most"), MOST_ROWS)
        return model.Timeline(
            name, label, self._attributes(body), started, _optional(self, body), most, body.place
        )

    def record_list(self, name: str, body: Mapping) -> model.RecordList:
        label, at_most = self.text(body.get("label"), name), self.whole(body.get("at_most"), 1000)
        return model.RecordList(
            name, label, self._attributes(body), at_most, _optional(self, body), body.place
        )

    def series(self, name: str, body: Mapping) -> model.Series:
        rows = body.get("rows")
        assert isinstance(rows, Sequence)
        starts: list[int] = []
        values = []
        for row in rows.items:
            assert isinstance(row, Mapping)
            start, value = self.month(row.get("from")), self.number(row.get("value"))
            assert start is not None and value is not None
            if starts and start <= starts[-1]:
                self.diagnostics.add(messages.SERIES_ORDER, row.place, month=self.word(row.get("from")))
                start = starts[-1] + 1
            self.cites(row.get("cite"))
            starts.append(start)
            values.append(value)
        self.cites(body.get("cite"))
        unit = "money" if self.word(body.get("type")) == "money" else ""
        return model.Series(
            name, self.text(body.get("label"), name), tuple(starts), tuple(values), unit, body.place
        )

    def month_set(self, name: str, body: Mapping) -> model.MonthSet:
        of, sets, last = (
            self.mention(body.get("of")),
            self.document.get("months"),
            self.duration(body.get("last")),
        )
        inherits = of is not None and isinstance(sets, Mapping) and sets.get(of.text) is not None
        if of is not None and not inherits and body.get("to") is None:
            self.diagnostics.add(messages.NO_END, of.place, name=name)
        keep = Indicators(self.diagnostics, self.sources, files=self.files).keeps(body.get("keep"))
        return model.MonthSet(
            name,
            self.text(body.get("label"), name),
            of,
            keep,
            self.month_expression(body.get("from")),
            self.month_expression(body.get("to")),
            self.expression(body.get("is")),
            last.in_months if last else 0,
            self.cites(body.get("cite")),
            body.place,
        )

    def named(self, name: str, body: Mapping) -> model.Named:
        expression = self.required(body.get("is"))
        return model.Named(
            name, self.text(body.get("label"), name), expression, self.cites(body.get("cite")), body.place
        )

    def check(self, name: str, body: Mapping) -> model.Named:
        expression = self.required(body.get("when"))
        return model.Named(
            name, self.text(body.get("label"), name), expression, self.cites(body.get("cite")), body.place
        )

    def monthly(self, name: str, body: Mapping) -> model.MonthlyValue:
        over, value = self.required(body.get("over")), self.required(body.get("value"))
        self.cites(body.get("cite"))
        overlap = self.word(body.get("overlap"), "highest")
        return model.MonthlyValue(name, self.text(body.get("label"), name), over, value, overlap, body.place)

    def person(self, name: str, body: Mapping) -> model.Person:
        required = self.word(body.get("required")) == "true"
        label, shares = self.text(body.get("label"), name), self.words(body.get("shares"))
        own = [key for part in SECTIONS for key in _each(body.get(part), lambda key, _: key)]
        listed = body.get("shares")
        mentions = [self.mention(item) for item in listed.items] if isinstance(listed, Sequence) else []
        places = {word.text: word.place for word in mentions if word is not None}
        return model.Person(name, label, shares, tuple(own), required, body.place, places)

    def requirement(self, name: str, body: Mapping) -> model.Requirement:
        veto = body.get("veto")
        expression = self.required(veto if veto is not None else body.get("require"))
        label, cite = self.text(body.get("label"), name), self.cites(body.get("cite"))
        return model.Requirement(name, label, veto is not None, expression, cite, body.place)

    def score(self, name: str, body: Mapping) -> model.Score:
        parts = body.get("sum")
        listed = [self.mention(part) for part in parts.items] if isinstance(parts, Sequence) else []
        return model.Score(
            name,
            self.text(body.get("label"), name),
            tuple(part for part in listed if part is not None) or None,
            self.expression(body.get("of")),
            self.rounding(body.get("round")),
            *self.bounds(body),
            body.place,
        )

    def outcome(self, node: Node | None) -> model.Outcome:
        if not isinstance(node, Mapping):
            place = self.document.place
            return model.Outcome("total", None, False, (), None, (), (), place, None, place)
        gates, score = node.get("gates"), node.get("score")
        chosen = score.get("chosen") if isinstance(score, Mapping) else None
        return model.Outcome(
            f"chosen:{self.word(chosen)}" if chosen else self.word(score, "total"),
            self.expression(node.get("line")),
            self.word(node.get("reached")) == "above",
            tuple(
                self.requirement(f"gate_{position}", gate)
                for position, gate in enumerate(gates.items if isinstance(gates, Sequence) else (), 1)
                if isinstance(gate, Mapping)
            ),
            self.rank(node.get("rank")),
            self.words(node.get("recognised")),
            self.cites(node.get("cite")),
            node.place,
            self.expression(chosen),
            score.place if score else node.place,
            self.allocate(node.get("allocate")),
            validity_of(self, node.get("validity"), self.procedure),
        )

    def allocate(self, node: Node | None) -> model.Allocate | None:
        if not isinstance(node, Mapping):
            return None
        self.cites(node.get("cite"))
        return model.Allocate(
            self.whole(node.get("preferences")), self.word(node.get("substitutes")) == "true"
        )

    def rank(self, node: Node | None) -> model.Rank | None:
        if not isinstance(node, Mapping):
            return None
        keys = node.get("by")
        by = tuple(self.required(key) for key in (keys.items if isinstance(keys, Sequence) else [keys]))
        joint = self.word(node.get("at_the_line")) == "joint"
        return model.Rank(by, self.whole(node.get("quota")) or None, joint, node.place)


def _each(node: Node | None, make: Callable[[str, Mapping], T]) -> dict[str, T]:
    if not isinstance(node, Mapping):
        return {}
    return {key: make(key, body) for key, _, body in node.entries if isinstance(body, Mapping)}


def _optional(parts: Parts, body: Mapping) -> bool:
    return body.get("default") is not None or parts.word(body.get("required")) == "false"


def _window(parts: Parts, force: Node | None) -> tuple[str, str]:
    if not isinstance(force, Mapping):
        return "", ""
    parts.day(force.get("from"))
    parts.day(force.get("to"))
    return parts.word(force.get("from")), parts.word(force.get("to"))


def _total(document: Mapping) -> model.Score:
    return model.Score("total", {"zh": "总分", "en": "total"}, None, None, None, None, None, document.place)
