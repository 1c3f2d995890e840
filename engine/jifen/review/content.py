"""A review as data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from jifen.review.changes import Change
from jifen.review.explain import Explanation
from jifen.review.months import Run, runs
from jifen.review.review import Difference, Review
from jifen.review.search import TOTAL
from jifen.review.values import Value
from jifen.scorecard.cites import cited
from jifen.scorecard.numbers import date_text, month_text
from jifen.version import __version__

FORMAT = "jifen-review/1"


def content(review: Review) -> dict[str, Any]:
    """The review as plain data: points as exact texts, months as in a scorecard, labels in every language."""
    policy, published, window = review.policy, review.published, review.window
    agreeing = set(published.parts) - {one.path for one in review.differences}
    found: dict[str, Any] = {
        "format": FORMAT,
        "engine": __version__,
        "policy": {"id": policy.id, "digest": policy.digest},
        "applicant": review.card.person.id,
        "published_on": date_text(published.date),
        "rounding": None
        if published.printing.to is None
        else {"to": str(published.printing.to), "by": "cut" if published.printing.cut else "nearest"},
        "window": None
        if window is None
        else {
            "opens": window.opens.isoformat(timespec="minutes"),
            "closes": window.end.closes.isoformat(timespec="minutes"),
            "hours": not window.end.whole_day,
            "closing_minute": "inside" if window.inside else "outside",
            "zone": window.zone,
            "provisional": [doubt.year for doubt in window.doubts],
            "state": None if review.now is None else window.state(review.now),
            "cite": cited(policy.rules, window.cite),
        },
        "now": None if review.now is None else _now(review, review.now),
        "differences": [_difference(one, review) for one in review.differences],
        "agree": [path for path in published.parts if path in agreeing],
        "together": review.together,
        "search": {"tried": review.tried, "bound": review.bound, "complete": review.complete},
    }
    return found


def _now(review: Review, now: datetime) -> str:
    """The minute judged, in the zone of the window where there is one."""
    return (now if review.window is None else review.window.local(now)).isoformat(timespec="minutes")


def _difference(one: Difference, review: Review) -> dict[str, Any]:
    fewer = one.fewer
    return {
        "path": one.path,
        "label": one.label,
        "published": str(one.published),
        "recomputed": str(one.recomputed),
        "printed": str(one.printed),
        "difference": str(one.size),
        "made_of": list(one.made_of),
        "explained": one.explained,
        "fewer": None
        if fewer is None
        else {
            "timeline": fewer.timeline,
            "months": fewer.months,
            "places": fewer.places,
            "of": fewer.of,
            "alike": _texts(fewer.alike),
        },
        "explanations": [_explanation(found, one.path) for found in one.explanations],
        "readings": [
            {"readings": dict(found.readings), "gives_total": found.total, "breaks": list(found.breaks)}
            for found in one.readings
        ],
        "evidence": list(one.evidence),
    }


def _explanation(found: Explanation, path: str) -> dict[str, Any]:
    return {
        "changes": [_change(change) for change in found.changes],
        "dates": list(found.dates),
        "months_lost": _texts(runs(found.moved.lost)),
        "months_gained": _texts(runs(found.moved.gained)),
        "reasons": [{"reason": reason.text, "cite": reason.cite} for reason in found.moved.reasons],
        "marks": [{"attribute": mark.attribute, "value": mark.value} for mark in found.marks],
        "gives_total": None if path == TOTAL else found.total,
        "gives": list(found.others),
        "breaks": list(found.breaks),
        "of_its_kind": found.of_kind,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "path": change.path,
        "label": change.of,
        "attribute": change.part or None,
        "before": None if change.before is None else _value(change.before),
        "after": [_value(value) for value in change.after],
        "months": None if change.months is None else _texts([change.months])[0],
        "moved": change.moved or None,
        "date": change.date or None,
    }


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.text, "label": value.label or None}


def _texts(found: Iterable[Run]) -> list[str]:
    return [
        month_text(first) if first == last else f"{month_text(first)}..{month_text(last)}"
        for first, last in found
    ]
