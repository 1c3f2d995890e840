"""An applicant's document as `Direct` takes it, read plainly and without the reader of the engine."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from jifen.policy.inputs import input_types
from jifen.policy.model import Input, Rules

from .direct import Direct, Row, Value
from .exact import LAST_MONTH, month_of
from .exact import last_day_of as last_day

Document = Mapping[str, Any]


def direct(rules: Rules, document: Document) -> Direct:
    """The applicant of a valid document that spells dates, months and numbers as JSON does."""
    facts: dict[str, Value | None] = {"date": date.fromisoformat(document["date"])}
    for name, item in rules.facts.items():
        facts[name] = given(item, section(document, "facts"))
    rows: dict[str, list[Row]] = {}
    starts = sorted({start for series in rules.series.values() for start in series.starts})
    for timeline in rules.timelines.values():
        spells = section(document, "timelines").get(timeline.name) or []
        for form, started in (("", False), ("#started", True)):
            found = [spell_of(timeline.attributes, spell, started) for spell in spells]
            rows[timeline.name + form] = list(found)
            rows[f"{timeline.name}{form}#split"] = [part for spell in found for part in cut(spell, starts)]
    for records in rules.records.values():
        rows[records.name] = [
            {"date": date.fromisoformat(record["date"]), **attributes(records.attributes, record)}
            for record in section(document, "records").get(records.name) or []
        ]
    return Direct(input_types(rules), facts, rows)


def section(document: Document, name: str) -> dict[str, Any]:
    """One section of the applicant and, as `person.input`, of everybody else."""
    found = dict(document.get(name, {}))
    for person, parts in document.get("people", {}).items():
        found |= {f"{person}.{own}": value for own, value in parts.get(name, {}).items()}
    return found


def given(item: Input, values: Mapping[str, Any]) -> Value | None:
    raw = values.get(item.name, item.default)
    if raw is None:
        return None
    if item.type == "boolean":
        return bool(raw)
    if item.type == "date":
        return date.fromisoformat(raw)
    if item.type == "choice":
        options = list(item.options)
        if item.many:
            return frozenset(options.index(one) for one in ([raw] if isinstance(raw, str) else raw))
        return options.index(raw)
    return Fraction(str(raw))


def attributes(items: Mapping[str, Input], values: Mapping[str, Any]) -> dict[str, Value | None]:
    return {name: given(item, values) for name, item in items.items()}


def spell_of(items: Mapping[str, Input], spell: Mapping[str, str], started: bool) -> Row:
    """A spell with its first and last month: those it only began or ended in count when `started`."""
    start, stop = spell["from"], spell.get("to") or ""
    first, last = month_in(start), month_in(stop) if stop else LAST_MONTH
    if not started:
        first += day_in(start) not in (None, 1)
        end = day_in(stop)
        last -= end is not None and end != last_day(last // 12, last % 12 + 1)
    return {"from": first, "to": last, **attributes(items, spell)}


def month_in(text: str) -> int:
    return month_of(date.fromisoformat(text if len(text) == 10 else f"{text}-01"))


def day_in(text: str) -> int | None:
    return int(text[8:]) if len(text) == 10 else None


def cut(spell: Row, starts: list[int]) -> list[Row]:
    """The same months as several spells, none of which goes on over one of `starts`."""
    first, last = spell["from"], spell["to"]
    assert isinstance(first, int) and isinstance(last, int)
    inside = [start for start in starts if first < start <= last]
    ends = [*(start - 1 for start in inside), last]
    return [{**spell, "from": a, "to": b} for a, b in zip([first, *inside], ends, strict=True)]
