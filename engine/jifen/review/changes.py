"""Changes of an applicant's data that a review tries: each is one thing that the office may hold otherwise.

Nothing here knows what a change does to the points: that is found by scoring the changed applicant.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from jifen.applicant.people import flat
from jifen.policy.model import Input, RecordList, Rules, Text, Timeline
from jifen.review.spells import months_of, moved, without_months

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
Data = dict[str, Any]
Edit = Callable[[Data], None]

FURTHEST = 24
"""How many months an end of a spell is moved at most."""
YEARS = 6
"""In how many years, back from the application, one more record is tried."""


class Value(NamedTuple):
    """A value as it stands in the data, and its label; None: nothing is stated."""

    text: str | None
    label: Text


class Change(NamedTuple):
    """One thing held otherwise. `path` leads to it in the applicant's file; `months` is the spell or run it is about.

    `of` is the label of the list or fact, `part` that of the attribute. `moved` is how far an end is moved, in
    months, `side` which. `edit` carries it out on a copy made by `copied`.
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
                for before, after, value in _others(item, spell.get(item.name)):
                    edit = _setting("timelines", name, (position,), item.name, value)
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
            edit = _dropping("timelines", name, position)
            yield Change("spell", f"{path}[{position}]", timeline.label, edit, months=months, row=position)
        for item in timeline.attributes.values():
            alike: dict[str, list[int]] = {}
            for position, spell, _ in spells:
                alike.setdefault(str(spell.get(item.name)), []).append(position)
            for positions in alike.values():
                if len(positions) < 2:
                    continue
                given = spells[[at for at, _, _ in spells].index(positions[0])][1].get(item.name)
                for before, after, value in _others(item, given):
                    edit = _setting("timelines", name, tuple(positions), item.name, value)
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
                        edit = _replacing("timelines", name, position, changed)
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
            edit = _dropping("records", name, position)
            yield Change("record", f"{path}[{position}]", records.label, edit, date=on, row=position)
            for item in records.attributes.values():
                at = f"{path}[{position}].{item.name}"
                for before, after, value in _others(item, row.get(item.name)):
                    edit = _setting("records", name, (position,), item.name, value)
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
        for extra, label in _more(records, rows):
            for years in range(YEARS):
                dated = {"date": _years_before(self.applied, years), **extra}
                yield Change(
                    "record_more",
                    path,
                    records.label,
                    _adding("records", name, dated),
                    part=label,
                    date=dated["date"],
                )

    def _of_fact(self, fact: Input) -> Iterator[Change]:
        path = self.where("facts", fact.name)
        given = (self.data.get("facts") or {}).get(fact.name)
        for before, after, value in _others(fact, given):
            yield Change("fact", path, fact.label, _stating(fact.name, value), before=before, after=(after,))


# what else a value could be


def _others(item: Input, given: object) -> Iterator[tuple[Value, Value, object]]:
    """The value as it is, and each other one that is worth a try: options, yes and no, a neighbouring integer."""
    stated = item.default if given is None else given
    before = _value(item, stated)
    if item.type == "boolean":
        for flag in (True, False):
            if flag is not stated:
                yield before, _value(item, flag), flag
    elif item.type == "choice" and item.many:
        held = [stated] if isinstance(stated, str) else list(stated) if isinstance(stated, list) else []
        for option in item.options:
            other = [one for one in held if one != option] if option in held else [*held, option]
            if other:
                yield before, _value(item, other), other
    elif item.type == "choice":
        for option in item.options:
            if option != stated:
                yield before, _value(item, option), option
    elif item.type == "date" and stated is not None:
        for day in _neighbours(str(stated)):
            yield before, _value(item, day), day
    elif item.type == "integer" and isinstance(stated, int):
        for number in (stated - 1, stated + 1):
            yield before, _value(item, number), number


def _neighbours(written: str) -> list[str]:
    """A day and a year before and after a date."""
    on = date.fromisoformat(written)
    years = [on.replace(year=on.year + by, day=min(on.day, 28)) for by in (-1, 1)]
    return [other.isoformat() for other in (on - timedelta(1), on + timedelta(1), *years)]


def _value(item: Input, value: object) -> Value:
    if value is None:
        return Value(None, "")
    if isinstance(value, bool):
        return Value("true" if value else "false", "")
    if isinstance(value, list):
        labels = [item.options.get(one, one) for one in value]
        by_language = {
            lang: sign.join(one if isinstance(one, str) else one.get(lang, "") for one in labels)
            for lang, sign in (("zh", "、"), ("en", ", "))
        }
        return Value(",".join(map(str, value)), by_language)
    return Value(str(value), item.options.get(str(value), ""))


def _more(records: RecordList, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], Text]]:
    """Records that could stand besides those that do: each as one that does, or one for each option of a choice."""
    required = [item for item in records.attributes.values() if item.required]
    choices = [item for item in records.attributes.values() if item.type == "choice" and not item.many]
    seen: list[dict[str, Any]] = []
    for row in rows:
        extra = {name: value for name, value in row.items() if name != "date"}
        if extra not in seen:
            seen.append(extra)
            yield extra, _label(choices, extra)
    lacking = [item for item in required if item not in choices and item.type != "boolean"]
    if lacking:
        return  # what would have to be made up would decide the points
    plain = {item.name: False for item in required if item.type == "boolean"}
    for item in choices[:1]:
        for option in item.options:
            extra = {
                **plain,
                **{other.name: next(iter(other.options)) for other in choices if other.required},
            }
            extra[item.name] = option
            if extra not in seen:
                seen.append(extra)
                yield extra, item.options[option]
    if not choices and plain not in seen:
        yield plain, ""


def _label(choices: Iterable[Input], row: Mapping[str, Any]) -> Text:
    for item in choices:
        if item.name in row:
            return item.options.get(str(row[item.name]), "")
    return ""


def _years_before(day: int, years: int) -> str:
    year, month, number = day // 10000 - years, day // 100 % 100, day % 100
    return f"{year}-{month:02}-{min(number, 28):02}"


def _month(written: object) -> str | None:
    return None if written is None else str(written)[:7]


# how a change is carried out; a row that is dropped leaves a gap, so that the others keep their positions


def _setting(section: str, name: str, positions: tuple[int, ...], key: str, value: object) -> Edit:
    def edit(data: Data) -> None:
        rows = data[section][name]
        for position in positions:
            if rows[position] is not None:
                rows[position] = {**rows[position], key: value}

    return edit


def _replacing(section: str, name: str, position: int, row: Mapping[str, Any]) -> Edit:
    def edit(data: Data) -> None:
        data[section][name][position] = row

    return edit


def _dropping(section: str, name: str, position: int) -> Edit:
    def edit(data: Data) -> None:
        data[section][name][position] = None

    return edit


def _adding(section: str, name: str, row: Mapping[str, Any]) -> Edit:
    def edit(data: Data) -> None:
        data[section].setdefault(name, []).append(row)

    return edit


def _stating(name: str, value: object) -> Edit:
    def edit(data: Data) -> None:
        data["facts"][name] = value

    return edit
