"""Checks on levers: what they change exists and may have these values, and a citation allows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from jifen.applicant.values import Wrong, converter
from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.places import Place
from jifen.levers import messages
from jifen.policy import messages as shared
from jifen.policy.levers import DONE, TIMELINES, Change, Lever, NewValue
from jifen.policy.model import Input, RecordList, Rules, Timeline

MOST_MONTHS: Final = 120
"""How far ahead a plan looks at most."""

_FACT = ("fact", "事实")
_TIMELINE = ("timeline", "时间线")
_RECORDS = ("record list", "记录")
_ATTRIBUTE = ("attribute", "属性")
_LEVER = ("lever", "办法")


def check_levers(rules: Rules, diagnostics: Diagnostics) -> None:
    """Note everything that is wrong with the levers of a policy, but for the conditions that they presume."""
    checks = _Checks(rules, diagnostics)
    for lever in rules.levers.values():
        checks.lever(lever)


class _Checks:
    def __init__(self, rules: Rules, diagnostics: Diagnostics) -> None:
        self.rules = rules
        self.diagnostics = diagnostics

    def lever(self, lever: Lever) -> None:
        add = self.diagnostics.add
        if not lever.cite:
            add(messages.UNCITED, lever.place, name=lever.name)
        if not lever.changes:
            add(messages.NO_CHANGE, lever.place)
        if lever.takes > MOST_MONTHS:
            add(messages.UNREACHABLE, lever.place, months=lever.takes, most=MOST_MONTHS)
        for word in lever.excludes:
            if word.text == lever.name:
                add(messages.EXCLUDES_ITSELF, word.place)
            else:
                self._known(word.text, self.rules.levers, word.place, _LEVER)
        for change in lever.changes:
            self._change(change)

    def _known(self, name: str, names: Iterable[str], place: Place, what: tuple[str, str]) -> bool:
        names = tuple(names)
        if name in names:
            return True
        near = suggest(name, names)
        texts = {"name": name, "near": near or "", "what": what[0], "what_zh": what[1]}
        self.diagnostics.add(shared.UNKNOWN_DEFINITION, place, near is not None, **texts)
        return False

    def _change(self, change: Change) -> None:
        rules, target = self.rules, change.target
        if change.kind == "set":
            if self._known(target, rules.facts, change.place, _FACT):
                self._value(change.values[0], rules.facts[target])
            return
        known: Mapping[str, Timeline] | Mapping[str, RecordList]
        known, what = (rules.timelines, _TIMELINE) if change.kind in TIMELINES else (rules.records, _RECORDS)
        if not self._known(target, known, change.place, what):
            return
        attributes = known[target].attributes
        for value in change.values:
            if self._known(value.name, attributes, value.name_place, _ATTRIBUTE):
                self._value(value, attributes[value.name])
        if change.kind in ("begin", "add"):
            given = {value.name for value in change.values}
            missing = [
                f"`{name}`" for name, item in attributes.items() if item.required and name not in given
            ]
            if missing:
                names = ", ".join(missing)
                self.diagnostics.add(messages.LACKS, change.place, target=target, names=names)

    def _value(self, value: NewValue, item: Input) -> None:
        if item.type == "date" and value.value == DONE:
            return
        try:
            converter(item)(value.value)
        except Wrong as wrong:
            hint = "near" in wrong.args_ or "{near}" not in wrong.message.hint_en
            self.diagnostics.add(wrong.message, value.place, hint, **wrong.args_)
