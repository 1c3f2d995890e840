"""A spread as data: the shape that `schemas/spread.schema.json` describes."""

from __future__ import annotations

from typing import Any

from jifen.bounds.content import policy_part
from jifen.spread.result import Combination, ReadingSpread, Spread, Verdict
from jifen.version import __version__

FORMAT = "jifen-spread/1"


def content(spread: Spread) -> dict[str, Any]:
    """The spread as JSON has it: totals are exact texts."""
    policy = spread.policy
    return {
        "format": FORMAT,
        "engine": __version__,
        "policy": policy_part(policy),
        "applicant": spread.applicant,
        "date": spread.date,
        **_verdict(spread.verdict),
        "readings": [_reading(one) for one in spread.readings],
        "without_effect": list(spread.without_effect),
        "fixed": list(spread.fixed),
        "best": _combination(spread.best),
        "worst": _combination(spread.worst),
        "search": {
            "proof": spread.proof,
            "readings": list(spread.searched),
            "combinations": spread.combinations,
            "tried": spread.tried,
            "refused": spread.refused,
        },
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"total": str(verdict.total), "qualifies": verdict.qualifies}


def _combination(one: Combination) -> dict[str, Any]:
    return {"taken": dict(one.readings), **_verdict(one.verdict)}


def _reading(one: ReadingSpread) -> dict[str, Any]:
    return {
        "id": one.name,
        "question": one.question,
        "chosen": one.chosen,
        "label": one.label,
        "others": [
            {
                "option": other.option,
                "label": other.label,
                **_verdict(other.verdict),
                "changed": list(other.changed),
            }
            for other in one.others
        ],
    }
