"""Checks the defaults that a policy states against the inputs they are for."""

from __future__ import annotations

from jifen.applicant.values import Wrong, converter
from jifen.document.diagnostics import Diagnostics
from jifen.policy.model import Input, RecordList, Rules, Timeline


def check_defaults(rules: Rules, diagnostics: Diagnostics) -> None:
    """Note every default that an applicant could not state."""
    inputs: list[Input] = list(rules.facts.values())
    owners: list[Timeline | RecordList] = [*rules.timelines.values(), *rules.records.values()]
    for owner in owners:
        inputs += owner.attributes.values()
    for item in inputs:
        if item.default is None:
            continue
        try:
            converter(item)(item.default)
        except Wrong as wrong:
            hint = "near" in wrong.args_ or "{near}" not in wrong.message.hint_en
            diagnostics.add(wrong.message, item.default_place or item.place, hint, **wrong.args_)
