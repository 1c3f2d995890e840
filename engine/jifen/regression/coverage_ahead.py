"""What cases touch of a procedure and of the levers: states, moves, windows, terms, and levers of some way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import ApplicantError, JifenError
from jifen.policy.model import Rules
from jifen.policy.procedure_model import Move, Procedure, Term
from jifen.procedure.case import Case as Application
from jifen.procedure.case import read_case
from jifen.procedure.clock import Clock
from jifen.procedure.course import Course, follow, move_on
from jifen.regression.cases import Case
from jifen.regression.elements import Element
from jifen.regression.ways import PLANS


class Ahead:
    """The elements of the procedure and of the levers of a policy under one choice of readings."""

    def __init__(self, document: Mapping, rules: Rules) -> None:
        self.rules = rules
        self.states = {name: Element(place, "state", name) for name, place in _keys(document, "states")}
        procedure = rules.procedure
        self.moves: dict[Place, Element] = {}
        self.windows: dict[str, Element] = {}
        self.terms: dict[str, Element] = {}
        if procedure is not None:
            self.moves = {one.place: Element(one.place, "move", _shown(one)) for one in procedure.moves}
            self.windows = {
                name: Element(one.place, "time_window", name) for name, one in procedure.windows.items()
            }
            self.terms = {name: Element(one.place, "term", name) for name, one in procedure.terms.items()}
        self.levers = {name: Element(one.place, "lever", name) for name, one in rules.levers.items()}

    @property
    def elements(self) -> list[Element]:
        """What can be touched."""
        sections = (self.states, self.moves, self.windows, self.terms, self.levers)
        return [element for section in sections for element in section.values()]

    def touched_by(self, case: Case) -> set[Element]:
        """What a case touches: where its course leads, what it asks the time of, the levers of its ways."""
        found = {self.levers[name] for name in _levers(case.expect) if name in self.levers}
        if self.rules.procedure is None or case.course is None:
            return found
        asked = case.expect.get("windows")
        for name in asked.keys() if isinstance(asked, Mapping) else ():
            found |= {self.terms[name]} if name in self.terms else set()
            found |= self._windows(self.rules.procedure, name)
        try:
            application = read_case(self.rules, case.course)
            found |= self._of_course(self.rules.procedure, application, _moment(case.expect))
        except JifenError:
            pass
        return found

    def _of_course(self, procedure: Procedure, application: Application, on: str | None) -> set[Element]:
        until = Clock(procedure).start(on).last if on else None
        found: set[Element] = set()
        try:
            course = follow(self.rules, application, until)
        except ApplicantError as error:
            # What is refused touches what it was judged by, and all that came before it.
            [problem] = error.problems
            count = [event.path for event in application.events].index(problem.path)
            refused = application.events[count]
            course = follow(
                self.rules, replace(application, events=application.events[:count]), refused.at.moment
            )
            found |= self._judged(procedure, course, refused.event)
        if application.start is None and not application.events:
            return found
        names = [course.state, *(name for step in course.steps for name in (step.before, step.after))]
        found |= {self.states[name] for name in names if name in self.states}
        for step in course.steps:
            if step.move is not None:
                found.add(self.moves[step.move.place])
                found |= self._terms(step.move)
            if step.event:
                found |= self._windows(procedure, procedure.events[step.event].window)
                found |= self._windows(procedure, step.move.window if step.move else "")
        for move in procedure.moves_from(course.state):
            found |= self._terms(move) | self._windows(procedure, move.window)
        return found

    def _judged(self, procedure: Procedure, course: Course, event: str) -> set[Element]:
        move = move_on(course, event)
        found = self._windows(procedure, procedure.events[event].window)
        return found | (self._windows(procedure, move.window) | self._terms(move) if move else set())

    def _windows(self, procedure: Procedure, kind: str) -> set[Element]:
        return {self.windows[one.name] for one in procedure.windows_of(kind)} if kind else set()

    def _terms(self, move: Move) -> set[Element]:
        used: list[Term] = [one for one in (move.after, move.within, move.due) if one is not None]
        places = {one.place for one in used}
        return {element for element in self.terms.values() if element.place in places}


def _keys(document: Mapping, section: str) -> Iterator[tuple[str, Place]]:
    procedure = document.get("procedure")
    body = procedure.get(section) if isinstance(procedure, Mapping) else None
    for entry in body.entries if isinstance(body, Mapping) else ():
        yield entry.key, entry.key_place


def _shown(move: Move) -> str:
    cause = move.on or move.window or "…"
    return f"{'/'.join(move.sources)} → {cause} → {move.to}"


def _moment(expect: Mapping) -> str | None:
    standing = expect.get("status")
    on = standing.get("on") if isinstance(standing, Mapping) else None
    return on.raw if isinstance(on, Scalar) else None


def _levers(expect: Mapping) -> Iterator[str]:
    """The levers of the ways that a case expects, which are those that are found."""
    plans = expect.get(PLANS)
    ways: Node | None = plans.get("ways") if isinstance(plans, Mapping) else None
    for way in ways.items if isinstance(ways, Sequence) else ():
        listed = way.get("levers") if isinstance(way, Mapping) else None
        for item in listed.items if isinstance(listed, Sequence) else ():
            if isinstance(item, Scalar):
                yield item.raw
