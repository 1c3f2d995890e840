"""The schema of extending versions says what that of whole policies says, of parts of them.

JIFEN_REWRITE=1 writes the file anew, as after every change of policy.schema.json.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from jifen.document.keywords import Schema
from jifen.document.tree import Plain, plain
from jifen.policy.inherit import IDENTITY

from .extension_schema import EXTENSION, REQUIRED, WHOLE, text
from .town import BASE, LAST, NEXT, tree


def test_the_file_is_made_from_that_of_whole_policies() -> None:
    if os.environ.get("JIFEN_REWRITE"):
        EXTENSION.write_text(text(), encoding="utf-8", newline="\n")
    assert EXTENSION.read_text(encoding="utf-8") == text(), "run this test with JIFEN_REWRITE=1"


def test_it_has_the_same_keys_with_the_same_descriptions() -> None:
    whole, part = (json.loads(path.read_text(encoding="utf-8")) for path in (WHOLE, EXTENSION))
    assert part["required"] == REQUIRED
    assert {key: value["description"] for key, value in part["properties"].items()} == {
        key: value["description"] for key, value in whole["properties"].items()
    }
    for key in IDENTITY:
        assert part["properties"][key] == whole["properties"][key]
    assert set(keys(part)) == set(keys(whole))


def keys(schema: Any) -> list[str]:
    found = []
    if isinstance(schema, dict):
        found += schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else {}
        for value in schema.values():
            found += keys(value)
    elif isinstance(schema, list):
        for value in schema:
            found += keys(value)
    return found


def breaches(data: Plain) -> list[tuple[str, str]]:
    schema = Schema(EXTENSION.read_text(encoding="utf-8"))
    return [(breach.keyword, "/".join(map(str, breach.path))) for breach in schema.breaches(data)]


@pytest.mark.parametrize("document", [NEXT, LAST, BASE + "extends: harbour/2021\n"])
def test_versions_of_the_town(document: str) -> None:
    assert breaches(plain(tree(document))) == []


HEAD = "policy: harbour/2023\ntitle: Harbour\nextends: harbour/2022\nin_force: {from: 2023-01-01}\n"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("indicators: {age: null, years: {bands: null}}", []),
        ("facts: {trade: {options: {pilot: null, diver: a diver}}}", []),
        ("outcome: {line: {reading: r, a: 1, b: null}, reached: null}", []),
        ("readings: {r: {default: b}}", []),
        ("indicators: {age: {lookup: {points: {a: 1, b: null}}}}", []),
        (
            "indicators: {age: {accrue: {tiers: [{of: a}]}}}",
            [
                ("additionalProperties", "indicators/age/accrue/tiers/0/of"),
                ("required", "indicators/age/accrue/tiers/0"),
            ],
        ),
        ("indicators: {age: {point: 1}}", [("additionalProperties", "indicators/age/point")]),
        ("indicators: {age: {when: {a: true}}}", [("required", "indicators/age/when")]),
        ("in_force: null", [("type", "in_force")]),
        ("uncovered: [{from: 2022-01-01}]", [("required", "uncovered/0"), ("required", "uncovered/0")]),
        ("reviewed_on: null", [("type", "reviewed_on")]),
    ],
)
def test_parts(document: str, expected: list[tuple[str, str]]) -> None:
    key = document.partition(":")[0]
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key}:")]
    assert breaches(plain(tree("\n".join([*lines, document])))) == expected


@pytest.mark.parametrize("key", REQUIRED)
def test_what_every_version_says_itself(key: str) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key}:")]
    assert breaches(plain(tree("\n".join(lines)))) == [("required", "")]
