"""Changes of marks as events: what happened, to which line, on which day or in which month."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from jifen.forecasting.between import Change
from jifen.forecasting.features import Node
from jifen.forecasting.result import Event, RateChange, ValueRead

_TRUTHS = ("requirement", "gate", "check", "condition", "cap")


class Shown(NamedTuple):
    """Where an event is first seen: the position and the first day of the opening, and the cause where it is known."""

    opening: int
    day: date
    by_rules: bool = False


def events_of(changes: Iterable[Change], lines: Mapping[str, Node], shown: Shown) -> list[Event]:
    """The events behind some changes, by day. `lines` are the lines of the table by path."""
    every = list(changes)
    told_otherwise = {one.mark.path for one in every if one.mark.kind == "condition"}
    found: dict[tuple[object, ...], Event] = {}
    for one in every:
        event = _event(one, lines, shown, told_otherwise)
        if event is None:
            continue
        # Ledgers side by side that change in the same month are told together.
        alone = () if event.rates else (event.record, event.before, event.after)
        key = (event.kind, event.path, event.on, *alone)
        same = found.get(key)
        found[key] = event if same is None else same._replace(rates=(*same.rates, *event.rates))
    started = {(one.path, one.on) for one in found.values() if one.kind == "start"}
    kept = [one for one in found.values() if one.kind != "rate" or (one.path, one.on) not in started]
    return sorted(kept, key=lambda one: one.on)


def _event(one: Change, lines: Mapping[str, Node], shown: Shown, conditions: set[str]) -> Event | None:
    kind, path = one.mark.kind, one.mark.path
    node = (one.after or one.before or _nothing).node
    line = lines.get(path)
    before, after = one.before, one.after
    event = Event(
        kind,  # type: ignore[arg-type]
        on=one.on or shown.day,
        monthly=False,
        opening=shown.opening,
        cause="rules" if shown.by_rules else "time",
        path=path,
        label=line["label"] if line is not None else node.get("label", ""),
        before="",
        after="",
        exact=one.on is not None,
        settled=one.on is not None and not one.applied,
        reads=_reads(before.node if before else {}, after.node if after else {}),
    )
    if kind in _TRUTHS:
        if kind == "condition" and (line is None or not _scores(before, after)):
            return None  # points that would be none either way
        truths = (bool(before and before.value), bool(after and after.value))
        return event._replace(before=str(truths[0]).lower(), after=str(truths[1]).lower())
    if kind == "band":
        if path in conditions:
            return None  # the condition says so already
        points = [one.node["points"] if one else "0" for one in (before, after)]
        return None if points[0] == points[1] else event._replace(before=points[0], after=points[1])
    if kind == "choice":
        ids = [str(one.value) if one else "" for one in (before, after)]
        labels = {child["id"]: child["label"] for child in node["indicators"]}
        names = (labels.get(ids[0], ""), labels.get(ids[1], ""))
        return event._replace(before=ids[0], after=ids[1], names=names, reads=())
    if kind == "line":
        ids = [str(one.value) if one else "" for one in (before, after)]
        return event._replace(before=ids[0], after=ids[1])
    if kind == "record":
        return _of_record(event, one)
    if kind == "rate":
        return _of_rate(event, one)
    return _of_start(event, one)


def _scores(*found: Any) -> bool:
    return any(one is not None and one.node.get("points", "0") != "0" for one in found)


def _of_record(event: Event, one: Change) -> Event | None:
    points = [
        found.node["points"] if found and found.node["counted"] else "" for found in (one.before, one.after)
    ]
    if points[0] == points[1]:
        return None  # left out for another reason
    node = (one.after or one.before or _nothing).node
    return event._replace(
        before=points[0],
        after=points[1],
        record=str(node["date"]),
        reason=node.get("reason") or "",
        reads=(),
    )


def _of_rate(event: Event, one: Change) -> Event | None:
    if one.before is None or one.after is None:
        return None  # months that begin to count are told as such
    pieces = [piece for piece in one.after.node["pieces"] if piece["months"]]
    old = [piece for piece in one.before.node["pieces"] if piece["months"]]
    if len(pieces) <= len(old):
        return None
    newest = pieces[-1]
    nth = sum(piece["months"] for piece in pieces[:-1]) + 1
    ledger = one.after.node
    rate = RateChange(ledger["id"], ledger["label"], old[-1]["rate"], newest["rate"], newest["per"])
    event = event._replace(month=nth, rates=(rate,), reads=())
    month = nth_month(ledger["counted"], nth)
    return event if month is None else event._replace(on=month, monthly=True, settled=False)


def _of_start(event: Event, one: Change) -> Event | None:
    before = bool(one.before and one.before.value)
    after = bool(one.after and one.after.value)
    if before is after:
        return None
    ledger = (one.after or one.before or _nothing).node
    pieces = [piece for piece in ledger["pieces"] if piece["months"]]
    newest, per = (pieces[-1]["rate"], pieces[-1]["per"]) if pieces else ("", "month")
    rates = ("", newest) if after else (newest, "")
    rate = RateChange(ledger["id"], ledger["label"], rates[0], rates[1], per)
    event = event._replace(
        before=str(before).lower(), after=str(after).lower(), rates=(rate,), reads=(), month=ledger["count"]
    )
    month = nth_month(ledger["counted"], ledger["count"]) if after else None
    return event if month is None else event._replace(on=month, monthly=True, settled=False)


_RUN = re.compile(r"(\d{4})-(\d{2})(?:\.\.(\d{4})-(\d{2}))?")


def nth_month(counted: Iterable[str], nth: int) -> date | None:
    """The first day of the nth month among runs such as `2019-01..2021-12`; None where there are fewer."""
    for run in counted:
        match = _RUN.fullmatch(run)
        assert match is not None
        first = int(match[1]) * 12 + int(match[2]) - 1
        last = int(match[3]) * 12 + int(match[4]) - 1 if match[3] else first
        if nth <= last - first + 1:
            month = first + nth - 1
            return date(month // 12, month % 12 + 1, 1)
        nth -= last - first + 1
    return None


def _reads(before: Node, after: Node) -> tuple[ValueRead, ...]:
    """What was read on both sides and has changed."""
    old = {value["text"]: value for value in before.get("values", ())}
    return tuple(
        ValueRead(old[value["text"]], old[value["text"]]["value"], value)
        for value in after.get("values", ())
        if value["text"] in old and old[value["text"]]["value"] != value["value"]
    )


class _Nothing(NamedTuple):
    value: object = None
    node: Mapping[str, Any] = {}


_nothing = _Nothing()


def by_opening(events: Iterable[Event]) -> Iterator[Event]:
    """Events in order: by opening, then by day."""
    yield from sorted(events, key=lambda one: (one.opening, one.on))
