"""The words of a refusal in both languages: labels instead of names, and the citation of the rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from jifen.policy.model import Rules
from jifen.policy.procedure_model import Event, State
from jifen.policy.terms import Cite, Text
from jifen.procedure import messages
from jifen.procedure.case import written
from jifen.procedure.clock import Start
from jifen.procedure.windows import procedure_of
from jifen.scorecard.wording import pick

_SPANS: Final = {
    "case": ("in a case", "每宗"),
    "month": ("in a month", "每月"),
    "year": ("in a year", "每年"),
}

REASONS: Final = {
    messages.NOT_HERE.code: "not_here",
    messages.BLOCKED.code: "blocked",
    messages.OVER.code: "over",
    messages.NOT_YET.code: "not_yet",
    messages.CLOSED.code: "closed",
    messages.TOO_LATE.code: "too_late",
    messages.ONCE.code: "once",
    messages.WRONG_PARTY.code: "wrong_party",
    messages.NO_WINDOW.code: "no_window",
    messages.DAY_OFF.code: "day_off",
}
"""Why an event is refused, in one word for each code."""


class Said:
    """Words for what is said of one event. Each method gives words to fill a message in, English and Chinese."""

    def __init__(self, rules: Rules, event: Event) -> None:
        self._rules = rules
        self._procedure = procedure_of(rules)
        self._event = _pair("label", event.label)

    def times(self, **times: str) -> dict[str, str]:
        return {**self._event, **times}

    def state(self, state: State, since: Start | None) -> dict[str, str]:
        return {**self._event, **_pair("state", state.label), "since": written(since) if since else "–"}

    def listed(self, events: Iterable[str]) -> dict[str, str]:
        """What may be done instead."""
        known = [self._procedure.events[name].label for name in dict.fromkeys(events)]
        return {
            "known": ", ".join(pick(text, "en") for text in known) or "nothing",
            "known_zh": "、".join(pick(text, "zh") for text in known) or "无",
        }

    def parties(self, wanted: Iterable[str], given: str) -> dict[str, str]:
        names = [self._procedure.parties.get(name, name) for name in wanted]
        return {
            **self._event,
            "wanted": " or ".join(pick(text, "en") for text in names),
            "wanted_zh": "或".join(pick(text, "zh") for text in names),
            **_pair("name", self._procedure.parties.get(given, given)),
        }

    def span(self, once: str) -> dict[str, str]:
        en, zh = _SPANS[once]
        return {"span": en, "span_zh": zh}

    def window(self, label: Text) -> dict[str, str]:
        return {**self._event, **_pair("window", label)}

    def waits(self, name: str) -> dict[str, str]:
        """Why it is not known when a window is open."""
        label = clock_label(self._rules, name)
        return {
            "why": f"it runs from “{pick(label, 'en')}”, which the case does not state",
            "why_zh": f"自“{pick(label, 'zh')}”起算，而案件文件没有写",
        }

    def cited(self, cite: Iterable[Cite]) -> dict[str, str]:
        """The citation, in brackets; empty where there is none."""
        said = [cited(self._rules, one) for one in cite]
        return {
            "cite": f"({'; '.join(en for en, _ in said)})" if said else "",
            "cite_zh": f"（{'；'.join(zh for _, zh in said)}）" if said else "",
        }


def cited(rules: Rules, cite: Cite) -> tuple[str, str]:
    """A citation in words, English and Chinese."""
    source = rules.sources.get(cite.source)
    title = source.title if source else cite.source
    en, zh = pick(title, "en"), pick(title, "zh")
    if not cite.clause:
        return en, zh
    if not cite.clause.isdecimal():
        return f"{en}, {cite.clause}", f"{zh} {cite.clause}"
    return f"{en}, clause {cite.clause}", f"{zh} 第{cite.clause}条"


def clock_label(rules: Rules, name: str) -> Text:
    """The label of what a term runs from: an event or a date of the case."""
    procedure = procedure_of(rules)
    if name in procedure.dates:
        return procedure.dates[name]
    return procedure.events[name].label if name in procedure.events else name


def _pair(key: str, text: Text) -> dict[str, str]:
    return {key: pick(text, "en"), f"{key}_zh": pick(text, "zh")}
