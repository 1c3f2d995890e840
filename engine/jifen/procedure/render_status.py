"""Where a case stands, as a page for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pendulum import DateTime

from jifen.policy.terms import Cite, Text
from jifen.procedure.case import written
from jifen.procedure.clock import Doubt, End
from jifen.procedure.refusals import cited, clock_label
from jifen.procedure.render_agenda import both, printed
from jifen.procedure.status import Offer, Status
from jifen.procedure.windows import procedure_of
from jifen.procedure.wording import word
from jifen.scorecard.lines import wrap
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick
from jifen.version import __version__

FORMAT = "jifen-status/1"


def table(status: Status, lang: Lang, width: int) -> str:
    """A page of a case: state, what may be done and until when, what comes by itself, what has happened."""
    return _Page(status, lang, width).text()


class _Page:
    def __init__(self, status: Status, lang: Lang, width: int) -> None:
        self.status, self.lang, self.width = status, lang, width
        self.procedure = procedure_of(status.rules)
        self.lines: list[str] = []
        self.cites: dict[str, int] = {}

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    def text(self) -> str:
        status = self.status
        self.lines = [pick(status.rules.title, self.lang), "═" * self.width]
        self.pair("case", status.case.id or "–")
        self.pair("policy", status.rules.id)
        if status.round:
            self.pair("round", pick(status.rules.rounds[status.round].label, self.lang))
        self.pair("on", f"{_minute(status.on)} ({self.procedure.zone or 'UTC'})")
        state = pick(status.state.label, self.lang)
        if status.since is not None:
            state += f"{self.word('comma')}{self.word('since', at=written(status.since))}"
        self.pair("state", state + self.marks(status.state.cite))
        if status.state.result:
            self.pair("result", self.word(status.state.result))
        self.validity()
        if status.state.note:
            self.pair("note", pick(status.state.note, self.lang))
        self.offers()
        self.silence()
        if status.overdue:
            self.head("overdue")
            # Several events may each be the answer that is late: they are told together.
            late: dict[str, list[str]] = {}
            for offer in status.overdue:
                if offer.due is not None:
                    late.setdefault(printed(offer.due), []).append(pick(offer.label, self.lang))
            for at, labels in late.items():
                quoted = self.word("or").join(f"“{label}”" for label in labels)
                self.item("!", self.word("was_due", labels=quoted, at=at))
        self.history()
        if status.doubts:
            self.head("provisional")
            for doubt in status.doubts:
                self.item("~", self.word("doubt", **_doubt(doubt)))
        if self.cites:
            self.head("sources")
            for said, number in self.cites.items():
                self.item(f"[{number}]", said)
        return "".join(f"{line.rstrip()}\n" for line in self.lines)

    def pair(self, key: str, text: str) -> None:
        first, *rest = wrap(self.word(key) + self.word("colon") + text, self.width)
        self.lines += [first, *(f"  {line}" for line in rest)]

    def head(self, key: str) -> None:
        self.lines += ["", self.word(key), "─" * self.width]

    def item(self, mark: str, text: str) -> None:
        first, *rest = wrap(f"{mark} {text}", self.width)
        self.lines += [first, *(f"  {line}" for line in rest)]

    def marks(self, cite: Iterable[Cite]) -> str:
        numbers = []
        for one in cite:
            said = cited(self.status.rules, one)[0 if self.lang == "en" else 1]
            numbers.append(self.cites.setdefault(said, len(self.cites) + 1))
        return f" [{']['.join(map(str, numbers))}]" if numbers else ""

    def named(self, state: str) -> str:
        return pick(self.procedure.states[state].label, self.lang)

    def parties(self, names: Iterable[str]) -> str:
        labels = [pick(self.procedure.parties.get(name, name), self.lang) for name in names]
        return self.word("or").join(labels) or self.word("anybody")

    def clock(self, name: str) -> str:
        return pick(clock_label(self.status.rules, name), self.lang)

    def offers(self) -> None:
        now = [offer for offer in self.status.offers if offer.chance == "now"]
        later = [offer for offer in self.status.offers if offer.chance != "now"]
        self.head("may")
        for offer in now:
            parts = [pick(offer.label, self.lang), self.word("by", by=self.parties(offer.by))]
            if offer.until is not None:
                parts.append(self.word("until", at=printed(offer.until)))
            if offer.due is not None:
                parts.append(self.word("due", at=printed(offer.due)))
            leads = f" {self.word('to', state=self.named(offer.to))}" if offer.to else ""
            self.item("✔", self.word("comma").join(parts) + leads + self.marks(offer.cite))
        if not now:
            self.item("–", self.word("over" if self.status.state.final else "nothing"))
        if not later and not self.status.blocked:
            return
        self.head("may_not")
        for offer in later:
            self.item(
                "✘",
                f"{pick(offer.label, self.lang)}{self.word('colon')}{self.why(offer)}{self.marks(offer.cite)}",
            )
        for name in self.status.blocked:
            label = pick(self.procedure.events[name].label, self.lang)
            self.item(
                "✘", f"{label}{self.word('colon')}{self.word('blocked')}{self.marks(self.status.state.cite)}"
            )

    def why(self, offer: Offer) -> str:
        if offer.chance == "not_yet" and offer.opens is not None:
            return self.word("not_yet", at=_minute(offer.opens))
        if offer.chance == "done" and offer.done is not None:
            return self.word("done", at=written(offer.done))
        if offer.chance == "unknown":
            return self.word("unknown", clock=self.clock(offer.waits_for))
        return self.word(offer.chance, at=printed(offer.until) if offer.until else "–")

    def silence(self) -> None:
        self.head("if_nobody")
        said = False
        for item in self.status.silence:
            state = self.named(item.to)
            if item.at is None:
                text = self.word("waits", clock=self.clock(item.waits_for), state=state)
            else:
                text = self.word("comes", at=_minute(item.at), state=state)
            if item.label:
                text += f"{self.word('colon')}{pick(item.label, self.lang)}"
            self.item("→", text + self.marks(item.cite))
            said = True
        for offer in [] if said else self.status.offers:
            if offer.chance == "now" and offer.until is not None and offer.to:
                at, label = printed(offer.until), pick(offer.label, self.lang)
                self.item("→", self.word("lost", at=at, label=label))
                said = True
        if not said:
            self.item("–", self.word("stays"))

    def validity(self) -> None:
        span, found = self.status.validity, self.status.rules.outcome.validity
        if found is None:
            return
        if span is None:
            if found.rounds == 1:
                self.pair("validity", self.word("one_round") + self.marks(found.cite))
            return
        parts = [self.word("valid_until", day=span.until)]
        if span.renew_from is not None:
            parts.append(self.word("renew_from", day=span.renew_from))
        if span.grace_to is not None:
            parts.append(self.word("grace_to", day=span.grace_to))
        if span.renew_to is not None:
            parts.append(self.word("renew_to", day=span.renew_to))
        self.pair("validity", self.word("comma").join(parts) + self.marks(span.cite))

    def history(self) -> None:
        if not self.status.steps:
            return
        self.head("history")
        for step in self.status.steps:
            if step.event:
                what = pick(self.procedure.events[step.event].label, self.lang)
            else:
                what = pick(step.move.label if step.move else "", self.lang) or self.word("by_itself")
            text = f"{written(step.at)}  {what}"
            if step.after != step.before:
                text += f" {self.word('to', state=self.named(step.after))}"
            if step.overdue is not None:
                text += f"{self.word('semicolon')}{self.word('late', at=printed(step.overdue))}"
            self.item("·", text)


def document(status: Status, digest: str) -> str:
    """The same as JSON: names and labels in both languages, moments with their offset."""
    rules, procedure, span = status.rules, procedure_of(status.rules), status.validity

    def named(name: str) -> dict[str, object]:
        return {"name": name, "label": both(procedure.states[name].label)}

    def waits(name: str) -> dict[str, object] | None:
        return {"name": name, "label": both(clock_label(rules, name))} if name else None

    def event(name: str, label: Text) -> dict[str, object]:
        return {"event": name, "label": both(label)}

    content = {
        "format": FORMAT,
        "engine": f"jifen {__version__}",
        "policy": {"id": rules.id, "digest": digest, "title": both(rules.title)},
        "case": status.case.id,
        "on": status.on.isoformat(),
        "zone": procedure.zone or "UTC",
        "round": status.round or None,
        "state": {
            **named(status.state.name),
            "since": _iso(status.since.moment) if status.since else None,
            "by": list(status.state.by),
            "result": status.state.result or None,
            "final": status.state.final,
            "note": both(status.state.note) if status.state.note else None,
            "cite": _cites(status.state.cite),
        },
        "may": [
            {
                **event(offer.event, offer.label),
                "now": offer.chance == "now",
                "chance": offer.chance,
                "by": list(offer.by),
                "to": offer.to or None,
                "opens": _iso(offer.opens),
                "until": _end(offer.until),
                "due": _end(offer.due),
                "runsFrom": waits(offer.waits_for),
                "done": _iso(offer.done.moment) if offer.done else None,
                "cite": _cites(offer.cite),
            }
            for offer in status.offers
        ],
        "blocked": [event(name, procedure.events[name].label) for name in status.blocked],
        "ifNobodyActs": [
            {
                "to": named(item.to),
                "at": _iso(item.at),
                "runsFrom": waits(item.waits_for),
                "without": item.without or None,
                "label": both(item.label) if item.label else None,
                "provisional": [_doubt(doubt) for doubt in item.doubts],
                "cite": _cites(item.cite),
            }
            for item in status.silence
        ],
        "overdue": [{**event(offer.event, offer.label), "due": _end(offer.due)} for offer in status.overdue],
        "history": [
            {
                "at": _iso(step.at.moment),
                "wholeDay": step.at.whole_day,
                "event": step.event or None,
                "by": step.by or None,
                "from": step.before,
                "to": step.after,
                "overdue": _end(step.overdue),
                "cite": _cites(step.move.cite) if step.move else [],
            }
            for step in status.steps
        ],
        "validity": {
            "until": span.until.isoformat(),
            "renewFrom": _day(span.renew_from),
            "graceTo": _day(span.grace_to),
            "renewTo": _day(span.renew_to),
            "phase": span.phase(status.on.date()),
            "afterGrace": both(span.after_grace) if span.after_grace else None,
            "cite": _cites(span.cite),
        }
        if span
        else None,
        "provisional": [_doubt(doubt) for doubt in status.doubts],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _minute(moment: DateTime) -> str:
    return moment.format("YYYY-MM-DD HH:mm")


def _iso(moment: DateTime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _day(day: object) -> str | None:
    return str(day) if day is not None else None


def _end(end: End | None) -> dict[str, object] | None:
    if end is None:
        return None
    return {
        "closes": end.closes.isoformat(),
        "lastMinuteInside": end.last == end.closes,
        "wholeDay": end.whole_day,
        "provisional": [_doubt(doubt) for doubt in end.doubts],
    }


def _doubt(doubt: Doubt) -> dict[str, object]:
    known = doubt.known
    return {"year": doubt.year, "said_by": known.said_by, "first": known.first, "last": known.last}


def _cites(cite: Iterable[Cite]) -> list[str]:
    return [str(one) for one in cite]
