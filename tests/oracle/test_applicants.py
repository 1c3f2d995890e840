"""The random applicants: valid by the inputs the policy declares, and able to tell the readings apart."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from .applicants import random_applicant
from .tianjin_2022 import READINGS, score

POLICY = yaml.safe_load(
    (Path(__file__).parents[2] / "policies" / "tianjin" / "2022.yaml").read_text(encoding="utf-8")
)
PEOPLE = [random_applicant(random.Random(seed)) for seed in range(1000)]
RESULTS = [score(applicant) for applicant in PEOPLE]


def is_required(declared: dict[str, Any]) -> bool:
    return "default" not in declared and declared.get("required", True)


def wrong_values(values: dict[str, Any], declared: dict[str, Any]) -> list[str]:
    """What is unknown, missing or no option among the values of one fact list, spell or record."""
    found = [f"unknown {name}" for name in values if name not in declared]
    found += [
        f"missing {name}" for name, item in declared.items() if is_required(item) and name not in values
    ]
    for name, value in values.items():
        item = declared.get(name, {})
        if item.get("type") == "choice":
            picked = value if isinstance(value, list) else [value]
            if isinstance(value, list) and not (item.get("many") and 0 < len(set(value)) == len(value)):
                found.append(f"bad list {name}")
            found += [f"no option {name}: {option}" for option in picked if option not in item["options"]]
        if item.get("type") == "boolean" and not isinstance(value, bool):
            found.append(f"no boolean {name}")
    return found


def without(entry: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


def check_validity(applicant: dict[str, Any]) -> None:
    assert json.loads(json.dumps(applicant)) == applicant
    assert wrong_values(applicant["facts"], POLICY["facts"]) == []
    assert wrong_values(applicant["timelines"], POLICY["timelines"]) == []
    assert wrong_values(applicant.get("records", {}), POLICY["records"]) == []
    for name, spells in applicant["timelines"].items():
        declared = POLICY["timelines"][name]
        for spell in spells:
            assert wrong_values(without(spell, "from", "to"), declared.get("attributes", {})) == []
            end = spell.get("to", "9999-12" if len(spell["from"]) == 7 else "9999-12-31")
            assert spell["from"] <= end
            assert len(end) == len(spell["from"]) == 7 or (
                "months" in declared and len(end) == len(spell["from"])
            )
    for name, records in applicant.get("records", {}).items():
        declared = POLICY["records"][name]
        assert len(records) <= declared["at_most"]
        for record in records:
            assert wrong_values(without(record, "date"), declared["attributes"]) == []


def test_applicants_are_valid() -> None:
    for applicant in PEOPLE:
        check_validity(applicant)


def test_many_totals_are_near_the_line() -> None:
    assert sum(result["total"] == 110 for result in RESULTS) >= 30
    assert sum(abs(result["total"] - 110) <= 2 for result in RESULTS) >= 150
    assert sum(result["qualifies"] for result in RESULTS) >= 150


def test_each_requirement_is_met_and_missed() -> None:
    results = [result["requirements"] for result in RESULTS]
    for name in results[0]:
        assert sum(result[name] for result in results) >= 100, name
        assert sum(not result[name] for result in results) >= 20, name


def test_each_indicator_scores_and_does_not() -> None:
    results = [result["points"] for result in RESULTS]
    for path in results[0]:
        assert sum(result[path] != 0 for result in results) >= 50, path
        assert sum(result[path] == 0 for result in results) >= 50, path


@pytest.mark.parametrize("name", READINGS)
def test_each_reading_matters_to_some(name: str) -> None:
    other = {name: READINGS[name][1]}
    changed = sum(
        score(person, other) != result for person, result in zip(PEOPLE[:300], RESULTS[:300], strict=True)
    )
    assert changed >= 3
