"""Invented sailors of the harbour in `harbour.yaml`, with something missing."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import jifen
from jifen.api import Policy

HARBOUR = Path(__file__).parent / "harbour.yaml"

# At sea 2016-01 to 2023-12: 96 months, 3 years at 6 and 5 years at 12, 78 points. Aged 33: 20. A mate: 15. In all 113.
WHOLE: dict[str, Any] = {
    "applicant": "jo",
    "date": "2024-03-15",
    "facts": {"birth_date": "1990-05-05", "resident": True, "rank": "mate"},
    "timelines": {"service": [{"from": "2016-01", "ship": "cutter"}]},
    "records": {"fines": []},
}


@cache
def harbour() -> Policy:
    return jifen.load(HARBOUR)


def without(*paths: str, **changes: Any) -> dict[str, Any]:
    """The sailor without what the paths lead to, and with changes (`facts__rank`)."""
    found = copy.deepcopy(WHOLE)
    for path in paths:
        *steps, last = path.split(".")
        node = found
        for step in steps:
            node = node[step]
        del node[last]
    for path, value in changes.items():
        *steps, last = path.split("__")
        node = found
        for step in steps:
            node = node[step]
        node[last] = value
    return found


SEVERAL = without(
    "facts.rank",
    "facts.resident",
    facts__birth_date={"from": "1980-01-01", "to": "1988-12-31"},
    facts__guarantor={"unknown": True},
    facts__skills={"unknown": True},
    facts__children={"from": 1, "to": 4},
    timelines__service={
        "spells": [{"from": "2016-01", "to": {"from": "2017-03", "to": "2017-09"}, "ship": "cutter"}],
        "unknown": [{"from": "2019-01", "to": "2020-06"}],
    },
    records__fines={"records": [{"date": "2021-04-01", "kind": {"unknown": True}}], "unknown": True},
)
NOTHING = {"applicant": "anybody", "date": "2024-03-15"}
CERTAIN = without("facts.rank", facts__guarantor={"unknown": True})
BARRED = without("facts.rank", facts__resident=False)
GOLDEN: dict[str, dict[str, Any]] = {
    "several": SEVERAL,
    "nothing": NOTHING,
    "certain": CERTAIN,
    "barred": BARRED,
    "whole": WHOLE,
}
