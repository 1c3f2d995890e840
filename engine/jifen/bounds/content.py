"""Bounds as data: the shape that `schemas/bounds.schema.json` describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jifen.bounds.result import Bounds, Question, Range, Requirement
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen.policy.recorded import Line
    from jifen.scheme import Scheme

FORMAT = "jifen-bounds/1"


def content(bounds: Bounds) -> dict[str, Any]:
    """The bounds as JSON has them: points are exact texts, what is open is null."""
    policy = bounds.policy
    rules, recorded = policy.rules, policy.recorded
    round_ = policy.round_on(int(bounds.date.replace("-", "")))
    outcome: dict[str, Any] = {"eligible": bounds.eligible, "qualifies": bounds.qualifies}
    if bounds.gates:
        outcome["gates"] = [_requirement(one) for one in bounds.gates]
    if bounds.line is not None:
        outcome["line"] = range_of(bounds.line)
        outcome["reached"] = "above" if rules.outcome.above else "at"
    outcome["waits_for"] = list(bounds.waits_for)
    return {
        "format": FORMAT,
        "engine": __version__,
        "policy": policy_part(policy),
        "applicant": bounds.applicant,
        "date": bounds.date,
        "round": None if round_ is None else {"id": round_.name, "label": round_.label},
        "eligibility": [_requirement(one) for one in bounds.requirements],
        "indicators": [_line(bounds, line) for line in recorded.lines],
        "scores": [
            {"id": name, "label": rules.scores[name].label, "points": range_of(found)}
            for name, found in bounds.scores.items()
        ],
        "total": range_of(bounds.total),
        "outcome": outcome,
        "questions": [_question(one) for one in bounds.questions],
    }


def policy_part(policy: Scheme) -> dict[str, Any]:
    """The policy as a scorecard names it."""
    rules = policy.rules
    first, last = rules.in_force
    return {
        "id": rules.id,
        "digest": policy.digest,
        "title": rules.title,
        "in_force": {"from": first, "to": last} if last else {"from": first},
        "readings": {name: reading.chosen for name, reading in rules.readings.items()},
    }


def range_of(found: Range) -> dict[str, str]:
    """Both ends as exact texts."""
    return {"low": str(found.low), "high": str(found.high)}


def _requirement(one: Requirement) -> dict[str, Any]:
    return {
        "id": one.name,
        "label": one.label,
        "kind": "veto" if one.veto else "require",
        "state": one.state,
        "waits_for": list(one.waits_for),
    }


def _line(bounds: Bounds, line: Line) -> dict[str, Any]:
    part = bounds[line.indicator.path]
    found: dict[str, Any] = {
        "id": line.indicator.name,
        "path": part.path,
        "label": part.label,
        "points": range_of(part.points),
        "waits_for": list(part.waits_for),
    }
    if line.children:
        found["indicators"] = [_line(bounds, child) for child in line.children]
    return found


def _question(one: Question) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": one.path,
        "kind": one.kind,
        "label": one.label,
        "moves": one.moves,
        "decides": one.decides,
        "width": str(one.width),
        "change": str(one.change),
        "complete": one.complete,
        "answers": [
            {
                "value": answer.value,
                "label": answer.label,
                "total": range_of(answer.total),
                "qualifies": answer.qualifies,
            }
            for answer in one.answers
        ],
    }
    if one.ask:
        found["ask"] = one.ask
    return found
