"""Other people: inputs shared with the applicant, and inputs of their own, all under `person.input`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.language.expression import Expression
from jifen.policy import messages
from jifen.policy.model import Input, Person, RecordList, Rules, Timeline
from jifen.policy.rows import names_in
from jifen.policy.terms import Keep

T = TypeVar("T")


class Sharing:
    """Adds the inputs of other people to those of the applicant. They may be absent unless the person is required.

    `own` has, for each person, the inputs that only this person has.
    """

    def __init__(self, people: Mapping[str, Person], diagnostics: Diagnostics) -> None:
        self.people = people
        self.diagnostics = diagnostics
        self.found: set[tuple[str, str]] = set()
        self.known: list[str] = []

    def facts(self, all_: dict[str, Input], own: Mapping[str, Mapping[str, Input]]) -> dict[str, Input]:
        """The facts of the applicant and of everybody else."""
        for person, name, item in self._inputs(all_, own):
            required = item.required and person.required
            all_ |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", required=required)}
        return all_

    def timelines(
        self, all_: dict[str, Timeline], own: Mapping[str, Mapping[str, Timeline]]
    ) -> dict[str, Timeline]:
        """The timelines of the applicant and of everybody else."""
        for person, name, item in self._inputs(all_, own):
            optional = item.optional or not person.required
            all_ |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", optional=optional)}
        return all_

    def records(
        self, all_: dict[str, RecordList], own: Mapping[str, Mapping[str, RecordList]]
    ) -> dict[str, RecordList]:
        """The record lists of the applicant and of everybody else; the last section, so unknown names are known now."""
        for person, name, item in self._inputs(all_, own):
            optional = item.optional or not person.required
            all_ |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", optional=optional)}
        for person in self.people.values():
            for name in person.shares:
                if (person.name, name) not in self.found:
                    near = suggest(name, self.known)
                    self.diagnostics.add(
                        messages.UNKNOWN_DEFINITION,
                        person.share_places.get(name, person.place),
                        near is not None,
                        name=name,
                        near=near or "",
                        what="fact, timeline or record list",
                        what_zh="事实、时间线或记录",
                    )
        return all_

    def _inputs(
        self, all_: Mapping[str, T], own: Mapping[str, Mapping[str, T]]
    ) -> list[tuple[Person, str, T]]:
        self.known += all_
        found: list[tuple[Person, str, T]] = []
        for person in self.people.values():
            found += [(person, name, all_[name]) for name in person.shares if name in all_]
            found += [(person, name, item) for name, item in own.get(person.name, {}).items()]
        self.found |= {(person.name, name) for person, name, _ in found}
        return found


def defined_for(rules: Rules) -> dict[str, list[str]]:
    """The definitions that read what the applicant does not have, each with the people for whom it can be made."""
    applicant = {*rules.facts, *rules.timelines, *rules.records}
    missing = {name for person in rules.people.values() for name in person.own} - applicant
    reads = {name: set(_read_by(rules, name)) for name in _definitions(rules)}
    needs = {name: found & missing for name, found in reads.items()}
    for _ in reads:
        needs = {
            name: wants.union(*(needs.get(other, ()) for other in reads[name]))
            for name, wants in needs.items()
        }
    return {
        name: [person.name for person in rules.people.values() if wants <= set(person.inputs)]
        for name, wants in needs.items()
        if wants
    }


def _definitions(rules: Rules) -> list[str]:
    return [*rules.values, *rules.months, *rules.record_sets, *rules.monthly]


def _read_by(rules: Rules, name: str) -> Iterable[str]:
    """The names that a definition reads."""
    expressions: list[Expression | None] = []
    keep: tuple[Keep, ...] = ()
    if name in rules.values:
        expressions = [rules.values[name].expression]
    elif name in rules.monthly:
        expressions = [rules.monthly[name].over, rules.monthly[name].value]
    elif name in rules.record_sets:
        expressions, keep = [rules.record_sets[name].records], rules.record_sets[name].keep
    else:
        months = rules.months[name]
        if months.of is not None:
            yield months.of.text
        expressions, keep = [months.expression, months.first, months.end], months.keep
    expressions += [part for step in keep for part in (step.when, step.inside, step.outside)]
    for expression in expressions:
        if expression is not None:
            yield from names_in(expression)
