"""The schema files themselves: valid, precise, described in two languages, and of one mind."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import plain
from jifen.document.yaml_reader import read_path
from jifen.resources import schema_names, schema_text

NAMES = (
    "applicant",
    "assumptions",
    "bounds",
    "calendar",
    "cases",
    "equivalent",
    "forecast",
    "policy",
    "policy-extension",
    "population",
    "procedure-case",
    "published",
    "scorecard",
    "spread",
    "ways",
)
CHINESE = re.compile("[\u4e00-\u9fff]")
GOOD = Path(__file__).parent / "good"
# Ideas of one scheme or another. They belong into policies.
FOREIGN = (
    "insur",
    "pension",
    "permit",
    "hukou",
    "tianjin",
    "社保",
    "保险",
    "养老",
    "居住证",
    "落户",
    "天津",
    "公积金",
)


@pytest.fixture(params=NAMES)
def schema(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(schema_text(request.param))
    return loaded


def parts(schema: Any, path: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object and each subschema of a schema with its path."""
    if isinstance(schema, dict):
        yield path, schema
        for key, value in schema.items():
            if key not in ("defaultSnippets", "examples"):
                yield from parts(value, f"{path}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from parts(value, f"{path}/{index}")


def test_the_names() -> None:
    assert schema_names() == NAMES


def test_they_are_valid(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_nothing_blurs_a_message(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if not path.endswith("/properties"):
            assert part.keys().isdisjoint({"oneOf", "anyOf", "allOf", "not", "format", "$dynamicRef"}), path


def test_references_lead_to_definitions_and_all_are_used(schema: dict[str, Any]) -> None:
    used = {part["$ref"] for _, part in parts(schema) if "$ref" in part}
    assert used == {f"#/$defs/{name}" for name in schema["$defs"]}


def test_properties_are_described_in_two_languages(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if path.endswith("/properties") and "/if/" not in path:
            for key, value in part.items():
                chinese, _, english = value.get("description", "").partition(" / ")
                assert CHINESE.search(chinese), f"{path}/{key}"
                assert english and not CHINESE.search(english), f"{path}/{key}"


def test_forms_are_told_in_two_languages(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if path.endswith("/properties"):
            continue
        if "pattern" in part:
            assert "x-form" in part and "patternErrorMessage" in part, path
        if "x-form" in part:
            zh, en = part["x-form"]["zh"], part["x-form"]["en"]
            assert CHINESE.search(zh) and not CHINESE.search(en), path
            assert part.get("patternErrorMessage", f"应为{zh} / expected {en}") == f"应为{zh} / expected {en}"


def test_the_options_of_a_choice_are_what_may_stand_in_its_place() -> None:
    definitions = json.loads(schema_text("policy"))["$defs"]
    choices = 0
    for name, definition in definitions.items():
        for _, part in parts(definition):
            if "reading" in part.get("required", ()) and "properties" in part:
                option = part["additionalProperties"]
                assert option["if"] == {"type": "null"} and option["else"] == {"$ref": f"#/$defs/{name}"}
                choices += 1
    assert choices > 20


def test_shared_definitions_are_the_same() -> None:
    definitions = {name: json.loads(schema_text(name))["$defs"] for name in ("applicant", "policy", "cases")}
    for one, other, names in (
        # what an applicant may say is unknown, a case may not: it is scored
        ("applicant", "cases", ("day_or_month",)),
        ("policy", "cases", ("text", "name", "option", "date")),
    ):
        for name in names:
            assert definitions[one][name] == definitions[other][name]
    applicant = json.loads(schema_text("applicant"))
    assert applicant["properties"] == definitions["cases"]["applicant"]["properties"]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "policy-extension"])
def test_every_key_stands_in_the_examples(name: str) -> None:
    node = read_path(GOOD / f"everything.{name}.yaml", Diagnostics())
    assert node is not None
    written = set(keys(plain(node)))
    known = {
        key
        for path, part in parts(json.loads(schema_text(name)))
        if path.endswith("/properties")
        for key in part
    }
    assert known - written == set()


def keys(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from data
        for value in data.values():
            yield from keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys(value)


def test_they_know_no_scheme(schema: dict[str, Any]) -> None:
    text = json.dumps(schema, ensure_ascii=False).lower()
    assert [word for word in FOREIGN if word in text] == []
