"""A small policy with every kind of input, and somebody to change."""

import copy
from functools import cache
from pathlib import Path
from typing import Any

from jifen.api import Policy, load
from jifen.applicant.read import Reader
from jifen.errors import ApplicantError

FILE = Path(__file__).with_name("ferry.yaml")

Document = dict[str, Any]

SOMEBODY: Document = {
    "applicant": "somebody",
    "date": "2024-04-01",
    "facts": {
        "born": "1990-05-05",
        "licence": "2020-02-29",
        "children": 2,
        "savings": "1234.56",
        "height": "1.8",
        "resident": True,
        "rank": "mate",
        "tools": ["rope", "lamp"],
    },
    "timelines": {
        "crew": [
            {"from": "2021-01", "to": "2021-06", "ship": "big", "pay": 120},
            {"from": "2022-03", "ship": "small"},
        ],
        "lodging": [{"from": "2020-05-17", "to": "2020-09-03", "rent": 3}],
    },
    "records": {
        "rescues": [{"date": "2023-08-01", "people": 4, "proof": ["log"]}],
        "fines": [{"date": "2022-01-31"}],
    },
    "people": {
        "spouse": {
            "facts": {"born": "1991-01-01"},
            "timelines": {"crew": [{"from": "2023-01", "to": "2023-03", "ship": "big"}]},
        }
    },
}

REMOVED = object()


@cache
def policy() -> Policy:
    return load(FILE)


@cache
def reader() -> Reader:
    return Reader(policy().rules, policy().layout)


def changed(*changes: tuple[str, object]) -> Document:
    """Somebody, but for the values at these paths, written `timelines.crew.0.from`; REMOVED takes one away."""
    document: Document = copy.deepcopy(SOMEBODY)
    for path, value in changes:
        *above, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place: Any = document
        for part in above:
            place = place[part]
        if value is REMOVED:
            del place[last]
        elif isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
    return document


def problems(document: object) -> list[tuple[str, str]]:
    """Path and code of everything that is wrong, in the order it is told."""
    try:
        policy().score(document)  # type: ignore[arg-type]
    except ApplicantError as error:
        return [(problem.path, problem.message.code) for problem in error.problems]
    return []
