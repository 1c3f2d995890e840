"""The days that a forecast looks at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jifen.applicant import messages as applicant_messages
from jifen.applicant.values import Wrong, day
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.forecasting import messages
from jifen.forecasting.assumptions import last_day
from jifen.forecasting.days import of_integer

YEARS = 4
"""Without an end a forecast goes to the end of the fourth year after the one in which it begins."""
MOST_YEARS = 60


def span_of(data: Mapping[str, Any], since: date | str | None, until: date | str | None) -> tuple[date, date]:
    """The first and the last day. Raises ApplicantError for the applicant's own date, JifenError for the others."""
    first = _day("date", data) if since is None else _moment(since, "since")
    last = date(first.year + YEARS, 12, 31) if until is None else _moment(until, "until")
    _check_span(first, last)
    return first, last


def _day(name: str, data: Mapping[str, Any]) -> date:
    if data.get(name) is None:
        args = {"label": "date", "label_zh": "申请日期（date）"}
        raise ApplicantError([Problem(name, applicant_messages.MISSING, args)])
    try:
        return of_integer(day(data[name]))
    except Wrong as wrong:
        raise ApplicantError([Problem(name, wrong.message, wrong.args_)]) from None


def _moment(given: date | str, name: str) -> date:
    try:
        return last_day(given) if name == "until" else of_integer(day(given))
    except Wrong:
        raise JifenError(Problem("", messages.NO_END, {"text": str(given)})) from None


def _check_span(first: date, last: date) -> None:
    texts = {"first": first.isoformat(), "last": last.isoformat()}
    if last < first:
        raise JifenError(Problem("", messages.BACKWARDS, texts))
    if last.year - first.year > MOST_YEARS:
        raise JifenError(Problem("", messages.TOO_LONG, {**texts, "years": str(MOST_YEARS)}))
