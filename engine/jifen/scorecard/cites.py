"""Citations as results show them: with the titles of their sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jifen.policy.model import Rules
from jifen.policy.terms import Cite


def cited(rules: Rules, cites: Iterable[Cite | str]) -> list[dict[str, Any]]:
    """Citations, also as they are written (`source#clause`), each with the title of its source."""
    found = []
    for cite in cites:
        source, _, clause = str(cite).partition("#")
        part: dict[str, Any] = {"clause": clause} if clause else {}
        found.append({"source": source, "title": rules.sources[source].title, **part})
    return found
