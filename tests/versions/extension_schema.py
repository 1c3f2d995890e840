"""The schema that editors use for a version that extends another one, made from that of a whole policy.

What merges key by key may be given in part, and `null` removes what is inherited; a list is replaced,
so what stands in one must be whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from jifen.policy.inherit import IDENTITY

SCHEMAS: Final = Path(__file__).parent.parent.parent / "schemas"
WHOLE: Final = SCHEMAS / "policy.schema.json"
EXTENSION: Final = SCHEMAS / "policy-extension.schema.json"
REQUIRED: Final = ["policy", "title", "in_force", "extends"]
_POINTER: Final = "#/$defs/"
_INCOMPLETE: Final = frozenset({"required", "minProperties", "x-exactly-one", "x-at-most-one"})
_OUTSIDE: Final = ("description", "defaultSnippets", "examples")
_IS_NULL: Final = {"type": "null"}
_CHOICE: Final = ["reading"]


def extension(whole: dict[str, Any]) -> dict[str, Any]:
    """The schema of an extending version."""
    definitions = whole["$defs"]
    same = _same(definitions)
    part = _Part(definitions, definitions.keys() - same)
    parts = {_renamed(name): part.of(definitions[name]) for name in definitions.keys() - same}
    top = part.of({key: value for key, value in whole.items() if key != "$defs"})
    top |= {
        "$id": whole["$id"].replace("policy", "policy-extension"),
        "title": "Jifen policy that extends another version",
        "description": "在另一个版本上修改的积分政策 / a points policy that says what it changes of another version",
        "required": REQUIRED,
    }
    top["properties"] |= {key: whole["properties"][key] for key in whole["properties"] if key in IDENTITY}
    return {**top, "$defs": _used(top, {**definitions, **parts})}


def text() -> str:
    """The text that the file must have."""
    whole = json.loads(WHOLE.read_text(encoding="utf-8"))
    return json.dumps(extension(whole), ensure_ascii=False, indent=2) + "\n"


class _Part:
    """Makes the partial form of a schema; references to the definitions that `differ` lead to their partial forms."""

    def __init__(self, definitions: Mapping[str, Any], differ: Iterable[str]) -> None:
        self._definitions = definitions
        self._differ = frozenset(differ)

    def of(self, schema: Any) -> Any:
        if not isinstance(schema, dict):
            return schema
        if "$ref" in schema:
            name = schema["$ref"].removeprefix(_POINTER)
            return {**schema, "$ref": _POINTER + (_renamed(name) if name in self._differ else name)}
        made: dict[str, Any] = {}
        for keyword, value in schema.items():
            if keyword in _INCOMPLETE and value != _CHOICE:
                continue
            if keyword == "properties":
                value = {
                    key: part if key in _CHOICE else self._removable(part) for key, part in value.items()
                }
            elif keyword == "additionalProperties":
                value = self._removable(value)
            elif keyword in ("then", "else"):
                value = self.of(value)
            made[keyword] = value
        return made

    def _removable(self, schema: Any) -> Any:
        """The partial form of the value of a key, or null."""
        if not isinstance(schema, dict):
            return schema
        if schema.get("if") == _IS_NULL:
            return self.of(schema)
        outside = {key: value for key, value in schema.items() if key in _OUTSIDE}
        inside = {key: value for key, value in schema.items() if key not in _OUTSIDE}
        # While nothing is written an editor sees null, and looks for options no further than here.
        meant = self._definitions.get(schema.get("$ref", "").removeprefix(_POINTER), schema)
        if options := meant.get("enum") or meant.get("else", {}).get("enum"):
            outside.setdefault("examples", options)
        return {**outside, "if": _IS_NULL, "else": self.of(inside)}


def _renamed(name: str) -> str:
    return f"{name}_change"


def _same(definitions: dict[str, Any]) -> set[str]:
    """The definitions whose partial form is the definition itself."""
    same = set(definitions)
    while True:
        part = _Part(definitions, definitions.keys() - same)
        left = {name for name in same if part.of(definitions[name]) == definitions[name]}
        if left == same:
            return same
        same = left


def _used(top: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """The definitions that references lead to, in the order in which they are met."""
    found: dict[str, Any] = {}
    todo: list[Any] = [top]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                name = node["$ref"].removeprefix(_POINTER)
                if name not in found:
                    found[name] = definitions[name]
                    todo.append(definitions[name])
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return dict(sorted(found.items()))
