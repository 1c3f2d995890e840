"""A forecast as data: the shape that `schemas/forecast.schema.json` describes."""

from __future__ import annotations

from datetime import date
from typing import Any

from jifen.forecasting.result import Event, Forecast, PartChange, RulesUsed, Standing
from jifen.scorecard.numbers import shown
from jifen.version import __version__

FORMAT = "jifen-forecast/1"


def content(forecast: Forecast) -> dict[str, Any]:
    """The forecast as plain data: points as exact texts, days as YYYY-MM-DD, months as YYYY-MM."""
    position = forecast.first_position
    return {
        "format": FORMAT,
        "engine": __version__,
        "applicant": forecast.applicant,
        "place": forecast.place,
        "from": forecast.since.isoformat(),
        "to": forecast.until.isoformat(),
        "rules": [_rules(one) for one in forecast.rules],
        "uncovered": [{"from": one.first, "to": one.last, "why": one.why} for one in forecast.uncovered],
        "assumptions": [{"date": one.date.isoformat(), "label": one.label} for one in forecast.assumptions],
        "first": None
        if position is None
        else {"opening": position, "date": forecast.first_day.isoformat() if forecast.first_day else ""},
        "openings": [_standing(one, forecast) for one in forecast.standings],
        "events": [_event(one) for one in forecast.events],
    }


def _rules(one: RulesUsed) -> dict[str, Any]:
    return {
        "id": one.id,
        "digest": one.digest,
        "title": one.title,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "ends": _text(one.end),
        "rounds": one.has_rounds,
    }


def _standing(one: Standing, forecast: Forecast) -> dict[str, Any]:
    return {
        "policy": forecast.rules[one.rules].id,
        "round": {"id": one.round, "label": one.label} if one.round else None,
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "moved": one.moved,
        "present_rules": one.beyond,
        "settled_to": _text(one.settled),
        "line": None if one.line is None else str(one.line),
        "steps": [
            {
                "from": step.on.isoformat(),
                "total": str(step.total),
                "shown": shown(step.total),
                "eligible": step.eligible,
                "qualifies": step.qualifies,
            }
            for step in one.steps
        ],
        "meets_from": _text(one.meets),
        "unmet": [{"id": name, "label": label} for name, label in one.unmet],
        "changes": [_change(change) for change in one.changes],
        "problems": [
            {"path": problem.path, "message": {"en": problem.text("en"), "zh": problem.text("zh")}}
            for problem in one.problems
        ],
    }


def _event(one: Event) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "on": one.on.isoformat()[:7] if one.monthly else one.on.isoformat(),
        "exact": one.exact,
        "settled": one.settled,
        "opening": one.opening,
        "cause": one.cause,
        "assumption": one.assumption,
        "path": one.path,
        "label": one.label,
        "before": one.before,
        "after": one.after,
        "month": one.month or None,
        "record": one.record or None,
        "names": [one.names[0] or None, one.names[1] or None],
        "reason": one.reason or None,
        "values": [
            {"text": read.reading["text"], "before": read.before, "after": read.after["value"]}
            for read in one.reads
        ],
        "rates": [
            {
                "ledger": rate.id,
                "label": rate.label,
                "before": rate.before,
                "after": rate.after,
                "per": rate.per,
            }
            for rate in one.rates
        ],
        "changes": [_change(change) for change in one.changes],
    }


def _change(one: PartChange) -> dict[str, Any]:
    return {
        "path": one.path,
        "label": one.label,
        "before": str(one.before),
        "after": str(one.after),
        "months": one.months,
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
