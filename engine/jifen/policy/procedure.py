"""Reads the procedure of a policy, and the validity of its outcome, from the checked tree."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Map
from datetime import datetime, time
from typing import TypeVar, cast

from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.policy import messages
from jifen.policy import procedure_messages as wording
from jifen.policy.parts import Parts
from jifen.policy.procedure_model import (
    Event,
    Move,
    Once,
    Point,
    Procedure,
    Renewal,
    Result,
    State,
    Term,
    Unit,
    Validity,
    Window,
)
from jifen.policy.terms import Cite, Text

T = TypeVar("T")

_UNITS: tuple[Unit, ...] = ("working_days", "natural_days", "months")
_NOWHERE = Point(datetime(1900, 1, 1), True)


def procedure_of(parts: Parts, node: Node | None) -> Procedure | None:
    """The procedure, or None where the policy has none. Mistakes are added to the diagnostics of `parts`."""
    return _Reader(parts, node).procedure() if isinstance(node, Mapping) else None


def validity_of(parts: Parts, node: Node | None, procedure: Procedure | None) -> Validity | None:
    """How long a result is valid; None where the outcome says nothing of it."""
    if not isinstance(node, Mapping):
        return None
    length = node.get("for")
    months = years = rounds = 0
    if isinstance(length, Mapping):
        months, years, rounds = (parts.whole(length.get(key)) for key in ("months", "years", "rounds"))
    renewal, body = None, node.get("renew")
    if isinstance(body, Mapping):
        reader = _Reader(parts, Mapping((), body.place), procedure.terms if procedure else {})
        opens, grace, ends = (reader.term_or_name(body.get(key)) for key in ("opens", "grace", "ends"))
        renewal = Renewal(opens, grace, ends, parts.text(body.get("after_grace")))
    return Validity(
        parts.word(node.get("until")),
        months + 12 * years,
        rounds,
        renewal,
        parts.text(node.get("note")),
        parts.cites(node.get("cite")),
        node.place,
    )


class _Reader:
    def __init__(self, parts: Parts, node: Mapping, terms: Map[str, Term] | None = None) -> None:
        self.parts = parts
        self.node = node
        self.terms: Map[str, Term] = terms or {}
        self.cite: tuple[Cite, ...] = parts.cites(node.get("cite"))

    def section(self, name: str, make: Callable[[str, Mapping], T]) -> dict[str, T]:
        body = self.node.get(name)
        if not isinstance(body, Mapping):
            return {}
        return {
            entry.key: make(entry.key, entry.value)
            for entry in body.entries
            if isinstance(entry.value, Mapping)
        }

    def texts(self, name: str) -> dict[str, Text]:
        body = self.node.get(name)
        entries = body.entries if isinstance(body, Mapping) else ()
        return {entry.key: self.parts.text(entry.value, entry.key) for entry in entries}

    def procedure(self) -> Procedure:
        node, parts = self.node, self.parts
        self.terms = self.section("terms", lambda _, body: self.term(body))
        events = self.section("events", self.event)
        states = self.section("states", self.state)
        listed = node.get("moves")
        moves = tuple(
            self.move(item)
            for item in (listed.items if isinstance(listed, Sequence) else ())
            if isinstance(item, Mapping)
        )
        if not events:
            # A procedure without a section of events has those that its states and moves mention.
            names = [name for state in states.values() for name in state.allows]
            names += [move.on for move in moves if move.on]
            events = {name: Event(name, name, (), "", "", False, (), "", ()) for name in dict.fromkeys(names)}
        return Procedure(
            calendar=parts.word(node.get("calendar")),
            zone=parts.word(node.get("zone")),
            last_inside=parts.word(node.get("last_minute")) != "outside",
            begins=parts.word(node.get("begins")),
            parties=self.texts("parties"),
            dates=self.section("dates", lambda name, body: parts.text(body.get("label"), name)),
            windows=self.section("windows", self.window),
            terms=self.terms,
            events=events,
            states=states,
            moves=moves,
            materials=self.texts("materials"),
            note=parts.text(node.get("note")),
            cite=self.cite,
            place=node.place,
        )

    def cites(self, body: Mapping) -> tuple[Cite, ...]:
        """The citation of a part, or that of the procedure."""
        return self.parts.cites(body.get("cite")) or self.cite

    def term(self, body: Mapping) -> Term:
        none: Unit = ""
        unit = next((unit for unit in _UNITS if body.get(unit) is not None), none)
        at = self.parts.word(body.get("at"))
        return Term(
            self.parts.text(body.get("label")),
            unit,
            self.parts.whole(body.get(unit)) if unit else 0,
            self.parts.word(body.get("from")) == "same_day",
            self.parts.word(body.get("since")),
            self.parts.word(body.get("before")),
            body.get("until") is not None,
            _minute(at) if at else None,
            self.cites(body),
            body.place,
        )

    def term_or_name(self, node: Node | None) -> Term | None:
        if isinstance(node, Mapping):
            return self.term(node)
        if not isinstance(node, Scalar):
            return None
        if self.parts.known(node.raw, self.terms, wording.UNKNOWN_TERM, node.place):
            return self.terms[node.raw]
        return None

    def point(self, node: Node | None) -> Point | Term:
        if isinstance(node, Mapping):
            return self.term(node)
        assert isinstance(node, Scalar)
        try:
            found = datetime.fromisoformat(node.raw)
        except ValueError:
            self.parts.diagnostics.add(messages.BAD_DATE, node.place, text=node.raw)
            return _NOWHERE
        return Point(found, len(node.raw) == 10)

    def window(self, name: str, body: Mapping) -> Window:
        last = self.parts.word(body.get("last_minute")) or self.parts.word(self.node.get("last_minute"))
        return Window(
            name,
            self.parts.text(body.get("label"), name),
            self.parts.word(body.get("kind")),
            self.parts.word(body.get("round")),
            self.point(body.get("from")),
            self.point(body.get("to")),
            last != "outside",
            self.parts.text(body.get("note")),
            self.cites(body),
            body.place,
        )

    def event(self, name: str, body: Mapping) -> Event:
        return Event(
            name,
            self.parts.text(body.get("label"), name),
            self.parts.words(body.get("by")),
            self.parts.word(body.get("window")),
            cast(Once, self.parts.word(body.get("once"))),
            self.parts.word(body.get("days")) == "working",
            self.parts.words(body.get("sets")),
            self.parts.text(body.get("note")),
            self.cites(body),
        )

    def state(self, name: str, body: Mapping) -> State:
        return State(
            name,
            self.parts.text(body.get("label"), name),
            self.parts.words(body.get("by")),
            self.parts.words(body.get("allows")),
            self.parts.words(body.get("blocks")),
            cast(Result, self.parts.word(body.get("result"))),
            self.parts.word(body.get("final")) == "true",
            self.parts.text(body.get("note")),
            self.cites(body),
        )

    def move(self, body: Mapping) -> Move:
        after, within, due = (self.term_or_name(body.get(key)) for key in ("after", "within", "due"))
        return Move(
            self.parts.text(body.get("label")),
            self.parts.words(body.get("from")),
            self.parts.word(body.get("on")),
            self.parts.word(body.get("without")),
            after,
            within,
            due,
            self.parts.word(body.get("window")),
            self.parts.words(body.get("by")),
            self.parts.word(body.get("to")),
            self.parts.text(body.get("note")),
            self.cites(body),
            body.place,
        )


def _minute(text: str) -> int:
    found = time.fromisoformat(text)
    return found.hour * 60 + found.minute
