"""What a case expects of a procedure: where a course of events leads, what is refused, when windows are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from typing import NamedTuple

from pendulum import DateTime

from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import ApplicantError, JifenError
from jifen.policy.model import Rules
from jifen.policy.procedure_model import Term, Window
from jifen.procedure.case import Case as Application
from jifen.procedure.case import read_case
from jifen.procedure.clock import Clock, End
from jifen.procedure.course import Course, follow, move_on
from jifen.procedure.refusals import REASONS
from jifen.procedure.status import Offer, Status, status
from jifen.procedure.windows import procedure_of, window
from jifen.regression.cases import Case
from jifen.regression.compare import Difference, problems, said
from jifen.regression.steps import Words

_ANYBODY = "anybody"
_NOTHING = Words("nothing of that name", "没有此名")
_NO_TIME = Words("no such time", "没有这一时间")


def course_differences(rules: Rules, case: Case) -> Iterator[Difference]:
    """What differs from what a case of the procedure expects. The case is not scored."""
    expect = case.expect
    windows = expect.get("windows")
    if isinstance(windows, Mapping):
        yield from _windows(rules, windows)
    refused, standing = expect.get("refused"), expect.get("status")
    if refused is None and standing is None:
        return
    try:
        application = read_case(rules, case.course)
    except JifenError as error:
        yield Difference("course", case.place, Words("a course of events", "事件的经过"), _told(error))
        return
    if isinstance(refused, Scalar):
        yield from _refused(rules, application, refused)
    if isinstance(standing, Mapping):
        yield from _standing(rules, application, standing)


def _told(error: JifenError) -> Words:
    return problems(error) if isinstance(error, ApplicantError) else Words(error.text("en"), error.text("zh"))


# refusals


def _refused(rules: Rules, application: Application, expected: Scalar) -> Iterator[Difference]:
    """All events but the last must be allowed; the last must be refused for this reason."""
    wanted = said(expected.raw)
    try:
        follow(rules, application)
    except ApplicantError as error:
        [problem] = error.problems
        last = application.events[-1].path if application.events else ""
        if problem.path != last:
            yield Difference("refused", expected.place, wanted, problems(error))
        elif REASONS[problem.message.code] != expected.raw:
            reason = REASONS[problem.message.code]
            because = Words(problem.text("en"), problem.text("zh"))
            yield Difference("refused", expected.place, wanted, said(reason), because=because, becomes=reason)
        return
    yield Difference("refused", expected.place, wanted, Words("allowed", "允许"))


# where a case stands


def _standing(rules: Rules, application: Application, expected: Mapping) -> Iterator[Difference]:
    asked = expected.get("on")
    # A day alone is looked at as it ends.
    on = Clock(procedure_of(rules)).start(asked.raw).last if isinstance(asked, Scalar) else None
    try:
        found = _Standing(rules, follow(rules, application, on), status(rules, application, on))
    except JifenError as error:
        yield Difference(
            "status", expected.place, Words("a course that is allowed", "允许的经过"), _told(error)
        )
        return
    for entry in expected.entries:
        if entry.key != "on":
            yield from _CHECKS[entry.key](found, entry.value, f"status.{entry.key}")


class _Standing(NamedTuple):
    rules: Rules
    course: Course
    status: Status

    def offers(self) -> dict[str, Offer]:
        return {offer.event: offer for offer in self.status.offers}

    def because(self) -> tuple[Place | None, Words]:
        """The last change of the case: the move that the policy writes, and what happened."""
        if not self.status.steps:
            return None, Words("", "")
        step = self.status.steps[-1]
        when = step.at.moment.format("YYYY-MM-DD HH:mm")
        text = f"{when} {step.event or '…'}: {step.before} → {step.after}"
        return (step.move.place if step.move else None), said(text)

    def state(self, node: Node, what: str) -> Iterator[Difference]:
        yield from self.word(node, what, self.status.state.name)

    def round(self, node: Node, what: str) -> Iterator[Difference]:
        yield from self.word(node, what, self.status.round or "none")

    def result(self, node: Node, what: str) -> Iterator[Difference]:
        yield from self.word(node, what, self.status.state.result or "none")

    def word(self, node: Node, what: str, actual: str) -> Iterator[Difference]:
        for one in _text(node, what, actual):
            rule, because = self.because()
            yield one._replace(rule=rule, because=because)

    def by(self, node: Node, what: str) -> Iterator[Difference]:
        yield from _names(node, what, self.status.state.by or (_ANYBODY,))

    def may(self, node: Node, what: str) -> Iterator[Difference]:
        now = {offer.event: offer.by for offer in self.status.offers if offer.chance == "now"}
        if isinstance(node, Sequence):
            yield from _names(node, what, tuple(now))
            return
        assert isinstance(node, Mapping)
        by = {entry.key: _listed(entry.value) for entry in node.entries}
        actual = {name: tuple(sorted(parties or (_ANYBODY,))) for name, parties in now.items()}
        if by != actual:
            yield Difference(what, node.place, said(_parties(by)), said(_parties(actual)))

    def blocked(self, node: Node, what: str) -> Iterator[Difference]:
        yield from _names(node, what, self.status.blocked)

    def overdue(self, node: Node, what: str) -> Iterator[Difference]:
        yield from _names(node, what, tuple(offer.event for offer in self.status.overdue))

    def opens(self, node: Node, what: str) -> Iterator[Difference]:
        for name, wanted, offer in self._each(node):
            yield from _when(f"{what}.{name}", wanted, offer, _first(offer.opens if offer else None))

    def until(self, node: Node, what: str) -> Iterator[Difference]:
        for name, wanted, offer in self._each(node):
            yield from _when(f"{what}.{name}", wanted, offer, _last(offer.until if offer else None))

    def due(self, node: Node, what: str) -> Iterator[Difference]:
        for name, wanted, offer in self._each(node):
            move = move_on(self.course, name) if offer else None
            rule = move.due.place if move and move.due else None
            for one in _when(f"{what}.{name}", wanted, offer, _last(offer.due if offer else None)):
                yield one._replace(rule=rule)

    def _each(self, node: Node) -> Iterator[tuple[str, Node, Offer | None]]:
        assert isinstance(node, Mapping)
        offers = self.offers()
        for entry in node.entries:
            yield entry.key, entry.value, offers.get(entry.key)

    def if_nobody_acts(self, node: Node, what: str) -> Iterator[Difference]:
        assert isinstance(node, Mapping)
        coming = {item.to: item for item in self.status.silence}
        for entry in node.entries:
            item = coming.pop(entry.key, None)
            yield from _when(f"{what}.{entry.key}", entry.value, item, _first(item.at if item else None))
        for name in coming:
            yield Difference(what, node.place, Words("nothing more", "没有其他变化"), said(name))

    def validity(self, node: Node, what: str) -> Iterator[Difference]:
        assert isinstance(node, Mapping)
        span, lasts = self.status.validity, self.rules.outcome.validity
        actual: dict[str, object] = {}
        if lasts is not None:
            actual |= {"months": lasts.months, "rounds": lasts.rounds}
        if span is not None:
            days = {"until": span.until, "renew_from": span.renew_from, "grace_to": span.grace_to}
            actual |= {name: day for name, day in days.items() if day is not None}
            actual |= {"renew_to": span.renew_to} if span.renew_to is not None else {}
            actual["phase"] = span.phase(self.status.on.date())
        for entry in node.entries:
            here = f"{what}.{entry.key}"
            if entry.key not in actual:
                yield Difference(here, entry.value.place, said(_raw(entry.value)), _NOTHING)
            else:
                for one in _text(entry.value, here, str(actual[entry.key])):
                    yield one._replace(rule=lasts.place if lasts else None)

    def provisional(self, node: Node, what: str) -> Iterator[Difference]:
        yield from _truth(node, what, bool(self.status.doubts))


_CHECKS: dict[str, Callable[[_Standing, Node, str], Iterator[Difference]]] = {
    "state": _Standing.state,
    "round": _Standing.round,
    "result": _Standing.result,
    "by": _Standing.by,
    "may": _Standing.may,
    "blocked": _Standing.blocked,
    "opens": _Standing.opens,
    "until": _Standing.until,
    "due": _Standing.due,
    "if_nobody_acts": _Standing.if_nobody_acts,
    "overdue": _Standing.overdue,
    "validity": _Standing.validity,
    "provisional": _Standing.provisional,
}


# windows and terms


def _windows(rules: Rules, expected: Mapping) -> Iterator[Difference]:
    for entry in expected.entries:
        body, what = entry.value, f"windows.{entry.key}"
        assert isinstance(body, Mapping)
        start, round_, at = (_raw(node) if node else None for node in map(body.get, ("start", "round", "at")))
        try:
            found = window(rules, entry.key, at or start or rules.in_force[0], start, round_)
        except JifenError as error:
            yield Difference(what, entry.key_place, Words("a window", "时间窗"), _told(error))
            continue
        part = _defined(rules, entry.key)
        # A window that ends with its day is printed as a day.
        whole_day = (found.closes.hour, found.closes.minute) == (23, 59)
        said_of = {
            "opens": _first(found.opens) or "",
            "closes": found.closes.format("YYYY-MM-DD" if whole_day else "YYYY-MM-DDTHH:mm"),
            "last_minute": "inside" if found.last_inside else "outside",
        }
        truths = {"open": found.is_open, "provisional": bool(found.provisional)}
        for key, _, node in body.entries:
            if key in said_of:
                found_here = _text(node, f"{what}.{key}", said_of[key])
            elif key in truths:
                found_here = _truth(node, f"{what}.{key}", truths[key])
            else:
                continue
            for one in found_here:
                yield one._replace(rule=part.place if part else None)


def _defined(rules: Rules, name: str) -> Window | Term | None:
    procedure = procedure_of(rules)
    return procedure.windows.get(name) or procedure.terms.get(name)


# values


def _text(node: Node, what: str, actual: str) -> Iterator[Difference]:
    """A word or a moment; between a day and its minute a space is as good as a T."""
    wanted = _raw(node)
    if wanted.replace(" ", "T") != actual:
        yield Difference(what, node.place, said(wanted), said(actual), becomes=actual)


def _when(what: str, node: Node, there: object, actual: str | None) -> Iterator[Difference]:
    if there is None:
        yield Difference(what, node.place, said(_raw(node)), _NOTHING)
    elif actual is None:
        yield Difference(what, node.place, said(_raw(node)), _NO_TIME)
    else:
        yield from _text(node, what, actual)


def _truth(node: Node, what: str, actual: bool) -> Iterator[Difference]:
    assert isinstance(node, Scalar)
    if node.value is not actual:
        yield Difference(what, node.place, said(node.raw), said(str(actual).lower()), becomes=actual)


def _names(node: Node, what: str, actual: tuple[str, ...]) -> Iterator[Difference]:
    wanted = _listed(node)
    if wanted != tuple(sorted(actual)):
        before, after = (said(", ".join(names) or "[]") for names in (wanted, sorted(actual)))
        alone = actual[0] if isinstance(node, Scalar) and len(actual) == 1 else None
        yield Difference(what, node.place, before, after, becomes=alone or actual)


def _listed(node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return tuple(sorted(_raw(item) for item in items))


def _parties(by: Map[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{name}: {'/'.join(parties)}" for name, parties in sorted(by.items())) or "–"


def _first(moment: DateTime | None) -> str | None:
    """A first minute; midnight is the day itself."""
    if moment is None:
        return None
    return moment.format("YYYY-MM-DDTHH:mm" if moment.hour or moment.minute else "YYYY-MM-DD")


def _last(end: End | None) -> str | None:
    """A last minute as it is printed; the day itself where the whole day is inside."""
    return end and end.closes.format("YYYY-MM-DD" if end.whole_day else "YYYY-MM-DDTHH:mm")


def _raw(node: Node) -> str:
    return node.raw if isinstance(node, Scalar) else ""
