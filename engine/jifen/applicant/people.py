"""Other people in an applicant's data: their inputs as `person.input` beside the applicant's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SECTIONS = ("facts", "timelines", "records")


def flat(applicant: Mapping[str, Any], paths: dict[str, str]) -> dict[str, Any]:
    """The data with everybody's inputs in one mapping for each section.

    `paths` learns where each of them stood: `facts.spouse.birth_date` -> `people.spouse.facts.birth_date`.
    Raises TypeError where something is not a mapping, KeyError for a part that a person does not have.
    """
    found = {name: value for name, value in applicant.items() if name != "people"}
    own: dict[str, dict[str, Any]] = {}
    for section in SECTIONS:
        given = found.get(section, {})
        if isinstance(given, Mapping):
            found[section] = own[section] = dict(given)
    for person, parts in applicant["people"].items():
        for section, values in parts.items():
            if section not in SECTIONS:
                raise KeyError(f"people.{person}.{section}")
            for name, value in values.items():
                if section in own:
                    own[section][f"{person}.{name}"] = value
                paths[f"{section}.{person}.{name}"] = f"people.{person}.{section}.{name}"
    return found
