"""The quick keywords find what `jsonschema` finds by itself."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jifen.document.diagnostics import Diagnostics
from jifen.document.keywords import Schema
from jifen.document.tree import plain
from jifen.document.yaml_reader import read_path
from jifen.resources import schema_text

GOOD = Path(__file__).parent / "good"
OWN = {"x-given", "x-exactly-one", "x-at-most-one"}
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 13, Decimal("0.5"), "", "x", "7/24", "2024-01", "last", "highest", [], ["x"],
    [None], {}, {"x": 1}, {"reading": "r", "a": 1, "b": None}, {"reading": 3}, {"to": 1}, {"points": 1},
)  # fmt: skip


def good(name: str) -> Any:
    node = read_path(GOOD / f"everything.{name}.yaml", Diagnostics())
    assert node is not None
    return plain(node)


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Each container with each of its keys or indexes."""
    for step in list(data) if isinstance(data, dict) else range(len(data)):
        yield data, step
        if isinstance(data[step], dict | list):
            yield from places(data[step])


def spoil(data: Any, dice: random.Random) -> Any:
    """A copy of ``data`` with a few values replaced, dropped, or set beside others."""
    spoilt = copy.deepcopy(data)
    for _ in range(dice.randint(1, 3)):
        container, step = dice.choice(list(places(spoilt)))
        match dice.randrange(4):
            case 0:
                del container[step]
            case 1 if isinstance(container, dict):
                container[dice.choice(["reading", "points", "of", "Odd", "zh", "when"])] = dice.choice(ODD)
            case _:
                container[step] = copy.deepcopy(dice.choice(ODD))
    return spoilt


def found_by_jsonschema(schema: dict[str, Any], data: Any) -> set[tuple[str, ...]]:
    return {
        (str(error.validator), *map(str, error.absolute_path))
        for error in Draft202012Validator(schema).iter_errors(data)
    }


def found_by_jifen(schema: Schema, data: Any) -> set[tuple[str, ...]]:
    found = set()
    for breach in schema.breaches(data):
        path = [str(step) for step in breach.path]
        match breach.keyword:
            case "additionalProperties":
                found.add(("additionalProperties", *path[:-1]))
            case "propertyNames":
                found.add(("pattern", *path[:-1]))
            case keyword if keyword not in OWN:
                found.add((keyword, *path))
    return found


@pytest.mark.parametrize(
    ("name", "rounds"), [("policy", 60), ("applicant", 200), ("cases", 150), ("scorecard", 100)]
)
def test_the_same_is_found(name: str, rounds: int) -> None:
    text = schema_text(name)
    raw, schema = json.loads(text), Schema(text)
    original = good(name)
    assert found_by_jsonschema(raw, original) == found_by_jifen(schema, original) == set()
    dice = random.Random(20240315)
    spoilt = 0
    for _ in range(rounds):
        data = spoil(original, dice)
        found = found_by_jsonschema(raw, data)
        assert found_by_jifen(schema, data) == found
        spoilt += bool(found)
    assert spoilt > rounds / 2


def own(schema: str, data: Any) -> list[tuple[str, tuple[str, ...], dict[str, str]]]:
    return [
        (breach.keyword, breach.value.given, dict(breach.value.chosen))
        for breach in Schema(schema).breaches(data)
    ]


EXCLUSIVE = '{"properties": {"a": true, "b": true}, "x-exactly-one": ["a", "b"]}'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"a": 1}, []),
        ({"c": 1}, []),
        ("a", []),
        ({}, [("x-exactly-one", (), {})]),
        ({"a": None}, [("x-exactly-one", (), {})]),
        ({"a": 1, "b": 2}, [("x-exactly-one", ("a", "b"), {})]),
        ({"a": {"reading": "r", "x": 1, "y": None}, "b": {"reading": "r", "x": None, "y": 1}}, []),
        ({"a": {"reading": "r", "x": 1, "y": 2}}, []),
        ({"a": {"reading": "r", "x": 1, "y": None}}, [("x-exactly-one", (), {"r": "y"})]),
        (
            {"a": {"reading": "r", "x": {"reading": "s", "u": None, "v": 1}, "y": 1}},
            [("x-exactly-one", (), {"r": "x", "s": "u"})],
        ),
        (
            {"a": {"reading": "r", "x": 1, "y": None}, "b": {"reading": "s", "x": None, "y": 1}},
            [("x-exactly-one", ("a", "b"), {"r": "x", "s": "y"})],
        ),
    ],
)
def test_exactly_one(data: Any, expected: Any) -> None:
    assert sorted(own(EXCLUSIVE, data), reverse=True)[:1] == expected


def test_at_most_one() -> None:
    schema = EXCLUSIVE.replace("exactly", "at-most")
    assert own(schema, {}) == own(schema, {"a": 1}) == own(schema, 7) == []
    assert own(schema, {"a": 1, "b": 2}) == [("x-at-most-one", ("a", "b"), {})]


def test_a_required_key_is_given_under_every_reading() -> None:
    schema = '{"required": ["a"], "properties": {"a": true}}'
    assert own(schema, {"a": {"reading": "r", "x": 1, "y": 2}}) == []
    assert own(schema, {"a": {"reading": "r", "x": 1, "y": None}}) == [("x-given", (), {"r": "y"})]


def test_too_many_readings_are_left_to_the_builder() -> None:
    choice: Any = 1
    for number in range(20):
        choice = {"reading": f"r{number}", "x": None, "y": choice}
    assert own(EXCLUSIVE, {"a": choice}) == []


def test_only_annotations_stand_beside_a_reference() -> None:
    with pytest.raises(ValueError, match="beside"):
        Schema('{"$defs": {"a": {}}, "properties": {"b": {"$ref": "#/$defs/a", "type": "string"}}}')


def test_a_schema_may_be_true_or_false() -> None:
    schema = Schema('{"properties": {"a": true, "b": false}}')
    found = [(breach.keyword, breach.path) for breach in schema.breaches({"a": 1, "b": 1})]
    assert found == [("false", ("b",))]
