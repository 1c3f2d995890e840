"""Changes of an applicant's data that a review tries: each is one thing that the office may hold otherwise.

Nothing here knows what a change does to the points: that is found by scoring the changed applicant.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from jifen.applicant.people import flat
from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.policy.terms import Text
from jifen.review.edits import Data, Edit, adding, dropping, replacing, setting, stating
from jifen.review.spells import months_of, moved, without_months
from jifen.review.values import Value, more, others

Kind = Literal[
    "attribute",
    "attribute_everywhere",
    "spell",
    "run",
    "fact",
    "record",
    "record_attribute",
    "record_more",
    "end",
]
FURTHEST = 24
"""How many months an end of a spell is moved at most."""
YEARS = 6
"""In how many years, back from the application, one more record is tried."""


class Change(NamedTuple):
    """One thing held otherwise. `path` leads to it in the applicant's file; `months` is the spell or run it is about.

    `of` is the label of the list or fact, `part` that of the attribute. `moved` is how far an end is moved, in
    months, `side` which. `edit` carries it out on a copy, see `Applicant.changed`.
    """

    kind: Kind
    path: str
    of: Text
    edit: Edit
    part: Text = ""
    before: Value | None = None
    after: tuple[Value, ...] = ()
    months: tuple[int, int] | None = None
    moved: int = 0
    side: str = ""
    date: str = ""
    row: int = -1


class Applicant:
    """An applicant's data with everybody's inputs side by side, and the changes that can be made to it."""

    def __init__(self, data: Mapping[str, Any], rules: Rules, applied: int) -> None:
        self.rules = rules
        self.applied = applied
        self.paths: dict[str, str] = {}
        self.data: Data = flat(data, self.paths) if "people" in data else dict(data)
        self.end = applied // 10000 * 12 + applied // 100 % 100 - 1
        """The month of the application, where a spell that still runs is taken to end."""

    def changed(self, edits: Iterable[Edit]) -> Data:
        """The data with some changes carried out."""
        data = {**self.data, "facts": dict(self.data.get("facts") or {})}
        for section in ("timelines", "records"):
            data[section] = {name: list(rows or ()) for name, rows in (self.data.get(section) or {}).items()}
        for edit in edits:
            edit(data)
        for section in ("timelines", "records"):
            data[section] = {
                name: [row for row in rows if row is not None] for name, rows in data[section].items()
            }
        return data

    def spells(self, timeline: str) -> list[tuple[int, dict[str, Any], tuple[int, int]]]:
        """The spells of a timeline that have a month: position, spell, first and last month."""
        found = []
        for position, spell in enumerate(self.data.get("timelines", {}).get(timeline) or ()):
            months = months_of(spell, self.rules.timelines[timeline].started)
            if months[0] <= min(months[1], self.end):
                found.append((position, spell, (months[0], min(months[1], self.end))))
        return found

    def where(self, section: str, name: str) -> str:
        """Where a list or a fact stands in the applicant's file."""
        path = f"{section}.{name}"
        return self.paths.get(path, path)

    # the changes

    def changes(self, read: Container[str]) -> Iterator[Change]:
        """Every change to the inputs named, but for the runs of months that only a scorecard knows; see `run`."""
        timelines = [item for item in self.rules.timelines.values() if item.name in read]
        for timeline in timelines:
            yield from self._of_timeline(timeline)
        for records in self.rules.records.values():
            if records.name in read:
                yield from self._of_records(records)
        for fact in self.rules.facts.values():
            if fact.name in read:
                yield from self._of_fact(fact)
        for timeline in timelines:
            yield from self._ends(timeline)

    def run(self, timeline: str, first: int, last: int) -> Change:
        """Some months taken out of every spell of a timeline."""
        declared = self.rules.timelines[timeline]

        def edit(data: Data) -> None:
            rows = data["timelines"][timeline]
            kept = [
                part
                for row in rows
                if row is not None
                for part in without_months(row, first, last, declared.started)
            ]
            data["timelines"][timeline] = kept

        path = self.where("timelines", timeline)
        return Change("run", path, declared.label, edit, months=(first, last))

    def _of_timeline(self, timeline: Timeline) -> Iterator[Change]:
        name, path = timeline.name, self.where("timelines", timeline.name)
        spells = self.spells(name)
        for position, spell, months in spells:
            for item in timeline.attributes.values():
                at = f"{path}[{position}].{item.name}"
                for before, after, value in others(item, spell.get(item.name)):
                    edit = setting("timelines", name, (position,), item.name, value)
                    yield Change(
                        "attribute",
                        at,
                        timeline.label,
                        edit,
                        item.label,
                        before,
                        (after,),
                        months,
                        row=position,
                    )
        for position, _, months in spells:
            edit = dropping("timelines", name, position)
            yield Change("spell", f"{path}[{position}]", timeline.label, edit, months=months, row=position)
        for item in timeline.attributes.values():
            alike: dict[str, list[int]] = {}
            for position, spell, _ in spells:
                alike.setdefault(str(spell.get(item.name)), []).append(position)
            for positions in alike.values():
                if len(positions) < 2:
                    continue
                given = spells[[at for at, _, _ in spells].index(positions[0])][1].get(item.name)
                for before, after, value in others(item, given):
                    edit = setting("timelines", name, tuple(positions), item.name, value)
                    at = f"{path}[*].{item.name}"
                    yield Change(
                        "attribute_everywhere", at, timeline.label, edit, item.label, before, (after,)
                    )

    def _ends(self, timeline: Timeline) -> Iterator[Change]:
        name, path = timeline.name, self.where("timelines", timeline.name)
        for by in range(1, FURTHEST + 1):
            for position, spell, months in self.spells(name):
                for side in ("to", "from"):
                    for step in (-by, by):
                        changed = moved(spell, side, step, self.end)
                        if changed is None:
                            continue
                        edit = replacing("timelines", name, position, changed)
                        yield Change(
                            "end",
                            f"{path}[{position}].{side}",
                            timeline.label,
                            edit,
                            before=Value(_month(spell.get(side)), ""),
                            after=(Value(_month(changed[side]), ""),),
                            months=months,
                            moved=step,
                            side=side,
                            row=position,
                        )

    def _of_records(self, records: RecordList) -> Iterator[Change]:
        name, path = records.name, self.where("records", records.name)
        rows = self.data.get("records", {}).get(name) or ()
        for position, row in enumerate(rows):
            on = str(row.get("date", ""))
            edit = dropping("records", name, position)
            yield Change("record", f"{path}[{position}]", records.label, edit, date=on, row=position)
            for item in records.attributes.values():
                at = f"{path}[{position}].{item.name}"
                for before, after, value in others(item, row.get(item.name)):
                    edit = setting("records", name, (position,), item.name, value)
                    yield Change(
                        "record_attribute",
                        at,
                        records.label,
                        edit,
                        item.label,
                        before,
                        (after,),
                        date=on,
                        row=position,
                    )
        for extra, label in more(records, rows):
            for years in range(YEARS):
                dated = {"date": _years_before(self.applied, years), **extra}
                yield Change(
                    "record_more",
                    path,
                    records.label,
                    adding("records", name, dated),
                    part=label,
                    date=dated["date"],
                )

    def _of_fact(self, fact: Input) -> Iterator[Change]:
        path = self.where("facts", fact.name)
        given = (self.data.get("facts") or {}).get(fact.name)
        for before, after, value in others(fact, given):
            yield Change("fact", path, fact.label, stating(fact.name, value), before=before, after=(after,))


def _month(written: object) -> str | None:
    return None if written is None else str(written)[:7]


def _years_before(day: int, years: int) -> str:
    year, month, number = day // 10000 - years, day // 100 % 100, day % 100
    return f"{year}-{month:02}-{min(number, 28):02}"
