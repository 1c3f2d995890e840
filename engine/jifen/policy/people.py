"""Other people: the same inputs again, under `person.input`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.policy import messages
from jifen.policy.model import Input, Person, RecordList, Timeline


class Sharing:
    """Adds the inputs that each person shares with the applicant. They may be absent unless the person is required."""

    def __init__(self, people: Mapping[str, Person], diagnostics: Diagnostics) -> None:
        self.people = people
        self.diagnostics = diagnostics
        self.found: set[tuple[str, str]] = set()
        self.known: list[str] = []

    def facts(self, own: dict[str, Input]) -> dict[str, Input]:
        """The facts of the applicant and of everybody else."""
        for person, name in self._shares(own):
            item = own[name]
            required = item.required and person.required
            own |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", required=required)}
        return own

    def timelines(self, own: dict[str, Timeline]) -> dict[str, Timeline]:
        """The timelines of the applicant and of everybody else."""
        for person, name in self._shares(own):
            item = own[name]
            optional = item.optional or not person.required
            own |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", optional=optional)}
        return own

    def records(self, own: dict[str, RecordList]) -> dict[str, RecordList]:
        """The record lists of the applicant and of everybody else; the last section, so unknown names are known now."""
        for person, name in self._shares(own):
            item = own[name]
            optional = item.optional or not person.required
            own |= {f"{person.name}.{name}": replace(item, name=f"{person.name}.{name}", optional=optional)}
        for person in self.people.values():
            for name in person.shares:
                if (person.name, name) not in self.found:
                    near = suggest(name, self.known)
                    self.diagnostics.add(
                        messages.UNKNOWN_DEFINITION,
                        person.place,
                        near is not None,
                        name=name,
                        near=near or "",
                        what="fact, timeline or record list",
                        what_zh="事实、时间线或记录",
                    )
        return own

    def _shares(self, own: Mapping[str, object]) -> list[tuple[Person, str]]:
        self.known += own
        found = [(person, name) for person in self.people.values() for name in person.shares if name in own]
        self.found |= {(person.name, name) for person, name in found}
        return found
