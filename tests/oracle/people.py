"""Short ways to write an applicant down for the tests of the oracle."""

from typing import Any

from .calendar_months import Entry
from .tianjin_2022 import KINDS, Applicant

ALL = list(KINDS)
LEASE: dict[str, Any] = {"registered": True}


def person(
    date: str = "2022-03-15",
    timelines: dict[str, list[Entry]] | None = None,
    records: dict[str, list[Entry]] | None = None,
    **facts: Any,
) -> Applicant:
    """Somebody of 51 without points, unless told otherwise: nothing but what a test gives scores."""
    base = {
        "birth_date": "1970-06-01",
        "holds_permit": True,
        "below_retirement_age": True,
        "education": "none",
    }
    return {
        "applicant": "example",
        "date": date,
        "facts": {**base, **facts},
        "timelines": {"insurance": [], **(timelines or {})},
        "records": records or {},
    }


def paid(
    start: str, end: str | None = None, payment: str = "employer", kind: Any = ALL, **more: Any
) -> Entry:
    spell: Entry = {"kind": kind, "from": start, "payment": payment, **more}
    return spell if end is None else {**spell, "to": end}


def months(start: str, end: str | None = None, **more: Any) -> Entry:
    return {"from": start, **more} if end is None else {"from": start, "to": end, **more}
