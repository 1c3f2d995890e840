"""A case: what has happened to one application, as a list of events. Everything wrong with it is found at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from jifen.document.diagnostics import Message, suggest
from jifen.errors import ApplicantError, Problem
from jifen.policy.model import Rules
from jifen.procedure import messages
from jifen.procedure.clock import Clock, Start
from jifen.procedure.windows import procedure_of

_TOP: Final = ("case", "policy", "round", "dates", "start", "events", "note")
_EVENT: Final = ("event", "at", "by", "sets", "note")
_START: Final = ("state", "at")


@dataclass(frozen=True)
class Happened:
    """One event of a case: its name, when, by whom ("" where it is not said), and the dates that it sets."""

    event: str
    at: Start
    by: str = ""
    sets: Mapping[str, Start] = field(default_factory=dict)
    path: str = ""


@dataclass(frozen=True)
class Case:
    """One application. `start` is the state in which it is first seen, and when; None for the policy's `begins`."""

    id: str
    round: str
    dates: Mapping[str, Start]
    start: tuple[str, Start] | None
    events: tuple[Happened, ...]


def read_case(rules: Rules, data: object) -> Case:
    """The case that a mapping describes, for a policy. Raises ApplicantError with every problem and its path."""
    return _Reader(rules).read(data)


class _Reader:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.procedure = procedure_of(rules)
        self.clock = Clock(self.procedure)
        self.problems: list[Problem] = []

    def read(self, data: object) -> Case:
        top = self.mapping(data, "", _TOP)
        round_ = self.name(top, "round", "", self.rules.rounds, messages.UNKNOWN_ROUND)
        dates = self.dates(top.get("dates"), "dates")
        start = None
        if top.get("start") is not None:
            body = self.mapping(top["start"], "start", _START)
            state = self.name(body, "state", "start.", self.procedure.states, messages.UNKNOWN_STATE, True)
            at = self.start(body, "at", "start.")
            start = (state, at) if at is not None else None
        events = self.events(top.get("events"), start[1] if start else None)
        if self.problems:
            raise ApplicantError(self.problems)
        return Case(str(top.get("case", "")), round_, dates, start, events)

    def wrong(self, path: str, message: Message, **args: str) -> None:
        self.problems.append(Problem(path, message, args))

    def mapping(self, data: object, path: str, keys: Iterable[str]) -> Mapping[str, object]:
        """A mapping with some of these keys; else problems and what there is."""
        if not isinstance(data, Mapping):
            self.wrong(path, messages.NOT_A_MAPPING)
            return {}
        for key in data:
            if key not in keys:
                self.unknown(f"{path}.{key}" if path else str(key), messages.UNKNOWN_KEY, str(key), keys)
        return data

    def unknown(self, path: str, message: Message, name: str, known: Iterable[str]) -> None:
        near = suggest(name, known)
        self.wrong(path, message, name=name, **({"near": near} if near else {}))

    def name(
        self,
        body: Mapping[str, object],
        key: str,
        path: str,
        known: Iterable[str],
        message: Message,
        required: bool = False,
    ) -> str:
        """A name that must be known; "" where there is none."""
        found = body.get(key)
        if found is None:
            if required:
                self.wrong(path.rstrip("."), messages.LACKS, key=key)
            return ""
        if found not in tuple(known):
            self.unknown(path + key, message, str(found), known)
        return str(found)

    def start(self, body: Mapping[str, object], key: str, path: str) -> Start | None:
        found = body.get(key)
        if found is None:
            self.wrong(path.rstrip("."), messages.LACKS, key=key)
            return None
        try:
            # What is given in Python may be a date or a moment.
            return self.clock.start(found.isoformat() if isinstance(found, date) else str(found))
        except ValueError:
            self.wrong(path + key, messages.NO_MOMENT, value=_shown(found))
            return None

    def dates(self, data: object, path: str) -> dict[str, Start]:
        if data is None:
            return {}
        found = {}
        for name, value in self.mapping(data, path, self.procedure.dates).items():
            if name not in self.procedure.dates:
                self.problems.pop()
                self.unknown(f"{path}.{name}", messages.UNKNOWN_DATE, str(name), self.procedure.dates)
                continue
            text = value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else value
            try:
                if not isinstance(text, str) or len(text) != 10:
                    raise ValueError(text)
                found[name] = self.clock.start(text)
            except ValueError:
                self.wrong(f"{path}.{name}", messages.NO_DATE, value=_shown(value))
        return found

    def events(self, data: object, before: Start | None) -> tuple[Happened, ...]:
        if data is None:
            return ()
        if not isinstance(data, list | tuple):
            self.wrong("events", messages.NOT_A_LIST)
            return ()
        found = []
        for index, item in enumerate(data):
            path = f"events[{index}]"
            body = self.mapping(item, path, _EVENT)
            name = self.name(body, "event", f"{path}.", self.procedure.events, messages.UNKNOWN_EVENT, True)
            by = self.name(body, "by", f"{path}.", self.procedure.parties, messages.UNKNOWN_PARTY)
            sets = self.dates(body.get("sets"), f"{path}.sets")
            event = self.procedure.events.get(name)
            for key in sets:
                if event is not None and key not in event.sets:
                    label = _label(event.label, name)
                    wanted = ", ".join(event.sets) or "–"
                    self.wrong(f"{path}.sets.{key}", messages.WRONG_DATES, wanted=wanted, name=key, **label)
            at = self.start(body, "at", f"{path}.")
            if at is None:
                continue
            if before is not None and at.last < before.moment:
                texts = {"at": written(at), "before": written(before)}
                self.wrong(f"{path}.at", messages.DISORDER, **texts)
            before = at
            found.append(Happened(name, at, by, sets, path))
        return tuple(found)


def written(start: Start) -> str:
    """A moment as people write it: the day, and the minute where it is known."""
    return start.moment.format("YYYY-MM-DD" if start.whole_day else "YYYY-MM-DD HH:mm")


def _label(text: object, name: str) -> dict[str, str]:
    if isinstance(text, Mapping):
        return {"label": str(text.get("en", name)), "label_zh": str(text.get("zh", name))}
    return {"label": str(text), "label_zh": str(text)}


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
