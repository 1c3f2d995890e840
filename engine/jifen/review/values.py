"""What else a value of an applicant could be, and which records could stand besides those that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from jifen.policy.model import Input, RecordList
from jifen.policy.terms import Text


class Value(NamedTuple):
    """A value as it stands in the data, and its label; None: nothing is stated."""

    text: str | None
    label: Text


def others(item: Input, given: object) -> Iterator[tuple[Value, Value, object]]:
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


def more(records: RecordList, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[dict[str, Any], Text]]:
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
