"""Ways as data: the shape that `schemas/ways.schema.json` describes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jifen.bounds.content import policy_part
from jifen.levers.result import Best, Loss, Option, Step, Way, Ways
from jifen.levers.search import Fall
from jifen.levers.stage import Verdict
from jifen.scorecard.cites import cited
from jifen.scorecard.numbers import date_text
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen.scheme import Scheme

FORMAT = "jifen-ways/1"


def content(ways: Ways) -> dict[str, Any]:
    """The ways as JSON has them: points are exact texts, months numbers."""
    policy = ways.policy
    found: dict[str, Any] = {
        "format": FORMAT,
        "engine": __version__,
        "policy": policy_part(policy),
        "applicant": ways.applicant,
        "date": ways.date,
        "by": ways.by,
        "line": None if ways.line is None else str(ways.line),
        "levers": [_option(one, policy) for one in ways.options],
        "now": None if ways.now is None else _best(ways.now),
        "ways": [_way(one) for one in ways.ways],
        "best": None if ways.best is None else _best(ways.best),
        "search": {
            "combinations": ways.combinations,
            "days": list(ways.days),
            "unreadable": {name: str(error) for name, error in ways.unreadable.items()},
            "beyond": ways.beyond or None,
        },
    }
    if ways.target is not None:
        found["target"] = str(ways.target)
    return found


def _verdict(one: Verdict) -> dict[str, Any]:
    return {"total": str(one.total), "eligible": one.eligible}


def _best(one: Best) -> dict[str, Any]:
    return {"date": one.date, "levers": list(one.levers), **_verdict(one.verdict)}


def _option(one: Option, policy: Scheme) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.name, "label": one.label}
    if one.note:
        found["note"] = one.note
    cite = cited(policy.rules, one.cite)
    return {
        **found,
        "takes": one.takes,
        "begun": one.begun,
        "done": one.done,
        "state": one.state,
        "cite": cite,
    }


def _way(way: Way) -> dict[str, Any]:
    policy, round_ = way.policy, way.round
    return {
        "date": way.date,
        "policy": {"id": policy.id, "digest": policy.digest, "in_force": way.in_force},
        "round": None if round_ is None else {"id": round_.name, "label": round_.label},
        "line": None if way.line is None else str(way.line),
        "total": str(way.total),
        "steps": [_step(one) for one in way.steps],
        "losses": [_loss(one) for one in way.losses],
        "on_the_way": None if way.on_the_way is None else _fall(way.on_the_way),
    }


def _step(one: Step) -> dict[str, Any]:
    return {
        "lever": one.name,
        "begun": one.begun,
        "done": one.done,
        "alone": str(one.alone),
        "together": str(one.together),
        "without": _verdict(one.without),
    }


def _loss(one: Loss) -> dict[str, Any]:
    found: dict[str, Any] = {"id": one.name, "label": one.label, "because": one.because}
    if one.requirement:
        return {**found, "kind": "requirement"}
    return {**found, "kind": "indicator", "before": str(one.before), "after": str(one.after)}


def _fall(one: Fall) -> dict[str, Any]:
    return {
        "from": date_text(one.first),
        "to": date_text(one.last),
        "with": _verdict(one.verdict),
        "doing_nothing": _verdict(one.nothing),
    }
