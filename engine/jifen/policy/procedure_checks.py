"""Checks on a procedure: every name is one, every move has a cause, every state a way in and a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from zoneinfo import ZoneInfo

from jifen.document.diagnostics import Diagnostics, Message, suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.policy import procedure_messages as messages
from jifen.policy.model import Rules
from jifen.policy.procedure_model import ROUNDS, Point, Procedure, Window
from jifen.resources import calendar_names

_TERMS: Final = ("after", "within", "due")
_APPLICATION: Final = "application"


def check_procedure(document: Mapping, rules: Rules, diagnostics: Diagnostics) -> None:
    """Report what is wrong with the procedure and the validity of a resolved document."""
    node = document.get("procedure")
    if rules.procedure is not None and isinstance(node, Mapping):
        _Checks(node, rules.procedure, rules, diagnostics).all()
    outcome = document.get("outcome")
    validity = outcome.get("validity") if isinstance(outcome, Mapping) else None
    until = validity.get("until") if isinstance(validity, Mapping) else None
    if isinstance(until, Scalar):
        dates = [name for name, item in rules.facts.items() if item.type == "date"]
        dates += [
            *rules.anchors,
            *(name for one in rules.rounds.values() for name in one.anchors),
            _APPLICATION,
        ]
        dates += rules.procedure.dates if rules.procedure else ()
        _known(until, dates, messages.UNKNOWN_END, diagnostics)


def _known(node: Scalar, names: Iterable[str], message: Message, diagnostics: Diagnostics) -> None:
    names = tuple(names)
    if node.raw not in names:
        near = suggest(node.raw, names)
        diagnostics.add(
            message, node.place, near is not None, name=node.raw, near=near or "", known=", ".join(names)
        )


class _Checks:
    def __init__(self, node: Mapping, procedure: Procedure, rules: Rules, diagnostics: Diagnostics) -> None:
        self.node = node
        self.procedure = procedure
        self.rules = rules
        self.diagnostics = diagnostics
        self.windows = {
            ROUNDS,
            *procedure.windows,
            *(one.kind for one in procedure.windows.values() if one.kind),
        }
        self.clocks = {*procedure.events, *procedure.dates}

    def all(self) -> None:
        self.clock()
        for entry in _entries(self.node, "events"):
            days = entry.entry("days")
            if days is not None and not self.procedure.calendar:
                self.diagnostics.add(messages.NO_CALENDAR, days.key_place)
            self.names(entry, "by", self.procedure.parties, messages.UNKNOWN_PARTY)
            self.names(entry, "window", self.windows, messages.UNKNOWN_WINDOW)
            self.names(entry, "sets", self.procedure.dates, messages.UNKNOWN_CLOCK)
        for entry in _entries(self.node, "states"):
            self.names(entry, "by", self.procedure.parties, messages.UNKNOWN_PARTY)
            for key in ("allows", "blocks"):
                self.names(entry, key, self.procedure.events, messages.UNKNOWN_EVENT)
        for entry in _entries(self.node, "terms"):
            self.term(entry, None)
        for entry in _entries(self.node, "windows"):
            self.window(entry)
        moves = self.node.get("moves")
        for move in moves.items if isinstance(moves, Sequence) else ():
            if isinstance(move, Mapping):
                self.move(move)
        self.states()

    def clock(self) -> None:
        calendar, zone = self.node.get("calendar"), self.node.get("zone")
        if isinstance(calendar, Scalar):
            _known(calendar, calendar_names(), messages.UNKNOWN_CALENDAR, self.diagnostics)
        if isinstance(zone, Scalar) and not _is_zone(zone.raw):
            self.diagnostics.add(messages.UNKNOWN_ZONE, zone.place, name=zone.raw)

    def names(self, body: Mapping, key: str, known: Iterable[str], message: Message) -> None:
        """Report every name under a key that is none of those known."""
        for scalar in _scalars(body.get(key)):
            _known(scalar, sorted(known), message, self.diagnostics)

    def term(self, node: Node | None, window: Window | None) -> None:
        """A term that stands by itself, or is an end of a window."""
        if not isinstance(node, Mapping):
            return
        self.names(node, "since", self.clocks, messages.UNKNOWN_CLOCK)
        self.names(node, "before", self.procedure.dates, messages.UNKNOWN_CLOCK)
        before, days, at = (node.entry(key) for key in ("before", "working_days", "at"))
        if before is not None and node.get("since") is not None:
            self.diagnostics.add(messages.COUNTED_BOTH_WAYS, before.key_place)
        if days is not None and not self.procedure.calendar:
            self.diagnostics.add(messages.NO_CALENDAR, days.key_place)
        if at is not None and isinstance(at.value, Scalar):
            self.closing(window, at.value.raw, at.key_place)
        if window is not None and before is None and node.get("since") is None:
            self.diagnostics.add(messages.NEVER_STARTS, node.place)

    def window(self, body: Mapping) -> None:
        window = next(one for one in self.procedure.windows.values() if one.place == body.place)
        self.names(body, "round", self.rules.rounds, messages.UNKNOWN_ROUND)
        for key in ("from", "to"):
            self.term(body.get(key), window)
        if not self.procedure.zone:
            self.diagnostics.add(messages.NO_ZONE, body.place)
        opens, closes = window.opens, window.closes
        if isinstance(closes, Point) and not closes.whole_day:
            end = body.get("to")
            self.closing(window, f"{closes.moment:%H:%M}", end.place if end is not None else body.place)
        if isinstance(opens, Point) and isinstance(closes, Point) and closes.moment < opens.moment:
            texts = {"opens": _written(opens), "closes": _written(closes)}
            self.diagnostics.add(messages.CLOSES_FIRST, body.place, True, **texts)

    def closing(self, window: Window | None, time: str, place: Place) -> None:
        """Where an end has a minute, the policy says whether that minute is inside."""
        own = None
        for entry in _entries(self.node, "windows"):
            if window is not None and entry.place == window.place:
                own = entry.get("last_minute")
        if own is None and self.node.get("last_minute") is None:
            self.diagnostics.add(messages.NO_LAST_MINUTE, place, True, time=time)

    def move(self, body: Mapping) -> None:
        for key in ("from", "to"):
            self.names(body, key, self.procedure.states, messages.UNKNOWN_STATE)
        for key in ("on", "without"):
            self.names(body, key, self.procedure.events, messages.UNKNOWN_EVENT)
        self.names(body, "window", self.windows, messages.UNKNOWN_WINDOW)
        self.names(body, "by", self.procedure.parties, messages.UNKNOWN_PARTY)
        for key in _TERMS:
            self.term(body.get(key), None)
        if not any(body.get(key) is not None for key in ("on", "after", "window")):
            self.diagnostics.add(messages.NO_TRIGGER, body.place)

    def states(self) -> None:
        """Every state can be reached and, unless it is an end, left; one event leads from it to one state."""
        found = self.procedure
        if found.states and not found.begins:
            place = self.node.entry("states")
            where = place.key_place if place is not None else self.node.place
            self.diagnostics.add(messages.NO_BEGINNING, where, True, first=next(iter(found.states)))
        begins = self.node.get("begins")
        if isinstance(begins, Scalar):
            _known(begins, found.states, messages.UNKNOWN_STATE, self.diagnostics)
        section = self.node.get("states")
        reached = {move.to for move in found.moves} | {found.begins}
        for name, key_place, _ in section.entries if isinstance(section, Mapping) else ():
            state, moves = found.states[name], found.moves_from(name)
            if not moves and not state.final:
                self.diagnostics.add(messages.NO_WAY_OUT, key_place, True, name=name)
            if name not in reached and found.begins:
                self.diagnostics.add(messages.NO_WAY_IN, key_place, True, name=name)
            events = [move.on for move in moves if move.on]
            for move in moves:
                if state.final:
                    self.diagnostics.add(messages.OUT_OF_THE_END, move.place, True, name=name)
                if move.on and events.count(move.on) > 1:
                    self.diagnostics.add(messages.TWO_MOVES, move.place, True, state=name, event=move.on)
            for event in state.blocks:
                if event in events or event in state.allows:
                    self.diagnostics.add(messages.BLOCKED_MOVE, key_place, True, state=name, event=event)


def _entries(node: Mapping, key: str) -> Iterator[Mapping]:
    body = node.get(key)
    for entry in body.entries if isinstance(body, Mapping) else ():
        if isinstance(entry.value, Mapping):
            yield entry.value


def _scalars(node: Node | None) -> Iterator[Scalar]:
    for item in node.items if isinstance(node, Sequence) else (node,):
        if isinstance(item, Scalar):
            yield item


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return False
    return True


def _written(point: Point) -> str:
    return f"{point.moment:%Y-%m-%d}" if point.whole_day else f"{point.moment:%Y-%m-%dT%H:%M}"
