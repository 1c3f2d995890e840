"""Invented people at the harbour."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jifen

HARBOUR = Path(__file__).with_name("harbour.yaml")
POLICY = jifen.load(HARBOUR)


def jo(**changes: Any) -> dict[str, Any]:
    """Somebody who has driven a crane since 2022, soon to be 36; `facts__x` changes a fact, a name a section."""
    person: dict[str, Any] = {
        "applicant": "jo",
        "date": "2025-03-15",
        "facts": {"birth_date": "1990-05-02", "education": "school"},
        "timelines": {"work": [{"from": "2022-01", "trade": "crane"}]},
    }
    for name, value in changes.items():
        section, _, key = name.partition("__")
        if key:
            person[section] = {**person.get(section, {}), key: value}
        else:
            person[section] = value
    return person
