"""A town that does not exist, one of its people, and reviews of what its office might publish."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import jifen
from jifen.api import Policy
from jifen.review.review import Difference, Review, review

TOWN = Path(__file__).parent / "town.yaml"
# 2021-01 to 2021-12 and 2023-03 to 2024-02 are 24 months of steady work: 20 points. 2022-05 to 2022-10 are odd jobs.
# The home counts from 2022-02 to 2024-02, 25 months at 4 a year: 25/3. School 5, two children 4, one prize 9.
ANN: dict[str, Any] = {
    "applicant": "ann",
    "date": "2024-03-01",
    "facts": {"school": "low", "children": 2, "boat": True},
    "people": {"partner": {"facts": {"school": "low"}}},
    "timelines": {
        "work": [
            {"from": "2021-01", "to": "2021-12", "kind": "steady"},
            {"from": "2022-05", "to": "2022-10", "kind": "odd"},
            {"from": "2023-03", "kind": "steady"},
        ],
        "home": [{"from": "2022-02-15"}],
    },
    "records": {"prizes": [{"date": "2020-07-01", "rank": "first"}]},
}
PARTS = {"work": 20, "home": "8.33", "school": 5, "boat": 0, "children": 4, "partner": 0, "prizes": 9}


@cache
def town() -> Policy:
    return jifen.load(TOWN)


def ann(**sections: Any) -> dict[str, Any]:
    """Ann, with some sections replaced."""
    return {**deepcopy(ANN), **sections}


def published(total: object = "46.33", date: str = "2024-03-04", **parts: object) -> dict[str, Any]:
    """What the office publishes of Ann: what she has, but for some parts."""
    found = {"policy": "town/2024", "date": date, "parts": {**PARTS, **parts}}
    return found if total is None else {**found, "total": total}


def reviewed(applicant: dict[str, Any] | None = None, now: str | None = None, **said: Any) -> Review:
    """A review of Ann's score, with some parts published otherwise."""
    at = None if now is None else datetime.fromisoformat(now)
    return review(town(), applicant or ann(), published(**said), at)


def only(found: Review) -> Difference:
    """The one part that differs besides the total."""
    [one] = [one for one in found.differences if one.path != "total"]
    return one


def changed(one: Difference) -> list[tuple[Any, ...]]:
    """The explanations of a difference in short: kind, path, values, months or date of each change."""
    return [
        tuple(
            (change.kind, change.path, "/".join(value.text or "" for value in change.after))
            for change in explanation.changes
        )
        for explanation in one.explanations
    ]
