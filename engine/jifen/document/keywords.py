"""JSON Schema 2020-12 by `jsonschema`, made quick for documents of some thousand nodes.

`jsonschema` makes a new validator at every step down into a schema. Here the references of a schema
are resolved once, its annotations are dropped, and the keywords that step down walk the result
directly. What a keyword means stays as it is in `jsonschema`; the tests hold the two equal.
Two keywords are added: `x-exactly-one` and `x-at-most-one` list keys that exclude each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import Any, Final, NamedTuple, TypeAlias

from jsonschema import Draft202012Validator, ValidationError, validators

Json: TypeAlias = Any
Errors: TypeAlias = Iterable[ValidationError]
Keyword: TypeAlias = Callable[[Any, Json, Json, "Part"], Errors | None]


class Step(NamedTuple):
    """One keyword of a schema, ready to be called."""

    keyword: str
    run: Keyword
    value: Json


class Part(dict[str, Json]):
    """A schema without references and annotations. Its subschemas are parts, possibly itself.

    What a branch of an `if` belongs to stands in it under `x-whole`: there is written what is wanted.
    """

    steps: tuple[Step, ...] = ()


class Breach(NamedTuple):
    """Where data breaks a schema. ``value`` is what ``keyword`` says in ``schema``.

    The path of `additionalProperties` and `propertyNames` ends in the key. The value of `required`
    is the missing key, that of `x-exactly-one` and `x-at-most-one` a Clash; so is that of `x-given`,
    which stands for `required` where a key is there but a choice of readings leaves it out.
    """

    keyword: str
    value: Json
    instance: Json
    path: tuple[str | int, ...]
    schema: Mapping[str, Json]


class Clash(NamedTuple):
    """Of keys that exclude each other those that are ``given`` under a choice of readings."""

    keys: tuple[str, ...]
    given: tuple[str, ...]
    chosen: Mapping[str, str]


class Schema:
    """A schema file, ready to check data against. References lead into its own `$defs` only."""

    def __init__(self, text: str) -> None:
        raw = json.loads(text)
        definitions = {f"#/$defs/{name}": (Part(), schema) for name, schema in raw.get("$defs", {}).items()}
        parts = {reference: part for reference, (part, _) in definitions.items()}
        for part, schema in definitions.values():
            _fill(part, schema, parts)
        root = Part()
        _fill(root, {key: value for key, value in raw.items() if key != "$defs"}, parts)
        self._validator = _VALIDATOR(root)

    def breaches(self, data: Json) -> Iterator[Breach]:
        """What is wrong with ``data``: dict, list, str, int, Decimal, bool and None."""
        for error in self._validator.iter_errors(data):
            yield Breach(
                error.validator, error.validator_value, error.instance, tuple(error.path), error.schema
            )


_KINDS: Final[Mapping[type, frozenset[str]]] = {
    str: frozenset({"string"}),
    bool: frozenset({"boolean"}),
    int: frozenset({"integer", "number"}),
    Decimal: frozenset({"number"}),
    type(None): frozenset({"null"}),
    list: frozenset({"array"}),
    dict: frozenset({"object"}),
}
_ONE: Final = frozenset({"if", "then", "else", "items", "additionalProperties", "propertyNames"})
_MANY: Final = frozenset({"properties", "$defs"})
_ANNOTATIONS: Final = frozenset(
    (
        "$schema",
        "$id",
        "$comment",
        "title",
        "description",
        "examples",
        "defaultSnippets",
        "patternErrorMessage",
    )
)
_MOST_CASES: Final = 256


def _part(schema: Json, parts: Mapping[str, Part]) -> Part | bool:
    if isinstance(schema, bool):
        return schema
    if "$ref" in schema:
        if schema.keys() - _ANNOTATIONS != {"$ref"}:
            raise ValueError(f"only annotations may stand beside $ref: {schema}")
        return parts[schema["$ref"]]
    part = Part()
    _fill(part, schema, parts)
    return part


def _fill(part: Part, schema: Mapping[str, Json], parts: Mapping[str, Part]) -> None:
    for keyword, value in schema.items():
        if keyword in _ONE:
            part[keyword] = _part(value, parts)
        elif keyword in _MANY:
            part[keyword] = {name: _part(item, parts) for name, item in value.items()}
        elif keyword == "pattern":
            part[keyword] = re.compile(value)
        elif keyword not in _ANNOTATIONS:
            part[keyword] = value
    for branch in ("then", "else"):
        if "$ref" not in schema.get(branch, {"$ref": ""}):
            part[branch]["x-whole"] = part
    runs: Mapping[str, Keyword] = _VALIDATOR.VALIDATORS
    part.steps = tuple(
        Step(keyword, runs[keyword], value) for keyword, value in part.items() if keyword in runs
    )


def errors_below(validator: Any, instance: Json, part: Part | bool) -> list[ValidationError]:
    """What is wrong with ``instance`` by ``part``; the paths begin at ``instance``."""
    if isinstance(part, bool):
        return [] if part else [_error("false", part, instance, Part())]
    found: list[ValidationError] = []
    for keyword, run, value in part.steps:
        errors = run(validator, value, instance, part)
        if errors:
            for error in errors:
                if not isinstance(error.validator, str):
                    error.validator, error.validator_value = keyword, value
                    error.instance, error.schema = instance, part
                found.append(error)
    return found


def _below(validator: Any, step: str | int, instance: Json, part: Part | bool) -> list[ValidationError]:
    found = errors_below(validator, instance, part)
    for error in found:
        error.path.appendleft(step)
    return found


def _error(keyword: str, value: Json, instance: Json, part: Part, *path: str) -> ValidationError:
    return ValidationError(
        keyword, validator=keyword, validator_value=value, path=path, instance=instance, schema=part
    )


def _type(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    kinds = _KINDS[type(instance)]
    if isinstance(value, str):
        return () if value in kinds else (_error("type", [value], instance, part),)
    for kind in value:
        if kind in kinds:
            return ()
    return (_error("type", value, instance, part),)


def _pattern(validator: Any, value: re.Pattern[str], instance: Json, part: Part) -> Errors:
    if isinstance(instance, str) and not value.search(instance):
        return (_error("pattern", value.pattern, instance, part),)
    return ()


def _enum(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    # Python calls 1 and true equal, JSON does not; the options of Jifen's schemas are all texts.
    return () if isinstance(instance, str) and instance in value else (_error("enum", value, instance, part),)


def _properties(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, dict):
        return ()
    found: list[ValidationError] = []
    for key, item in instance.items():
        below = value.get(key)
        if below is not None:
            found += _below(validator, key, item, below)
    return found


def _additional(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, dict):
        return ()
    known = part.get("properties", ())
    found: list[ValidationError] = []
    for key, item in instance.items():
        if key in known:
            continue
        if value is False:
            found.append(_error("additionalProperties", value, instance, part, key))
        else:
            found += _below(validator, key, item, value)
    return found


def _names(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, dict):
        return ()
    bad = [key for key in instance if errors_below(validator, key, value)]
    return [_error("propertyNames", value, key, value, key) for key in bad]


def _items(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, list):
        return ()
    found: list[ValidationError] = []
    for index, item in enumerate(instance):
        found += _below(validator, index, item, value)
    return found


def _if(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    branch = part.get("else" if errors_below(validator, instance, value) else "then", True)
    return errors_below(validator, instance, branch)


def _required(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, dict):
        return ()
    missing = [_error("required", key, instance, part) for key in value if key not in instance]
    for key in value:
        if _is_choice(instance.get(key)):
            missing += _clashes("x-given", [key], instance, part, 1)
    return missing


def _exactly_one(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    if not isinstance(instance, dict):
        return ()
    # With an unknown key beside it is no error to have none: that one is misspelt.
    least = 0 if instance.keys() - part["properties"].keys() else 1
    return _clashes("x-exactly-one", value, instance, part, least)


def _at_most_one(validator: Any, value: Json, instance: Json, part: Part) -> Errors:
    return () if not isinstance(instance, dict) else _clashes("x-at-most-one", value, instance, part, 0)


def _clashes(
    keyword: str, keys: list[str], instance: Json, part: Part, least: int
) -> Sequence[ValidationError]:
    """The first choice of readings under which fewer than ``least``, or several, of the keys have a value."""
    present = [key for key in keys if key in instance]
    readings: dict[str, dict[str, None]] = {}
    for key in present:
        _collect(instance[key], readings)
    cases = 1
    for options in readings.values():
        cases *= len(options)
    if cases > _MOST_CASES:
        return ()
    for case in product(*readings.values()):
        chosen = dict(zip(readings, case, strict=True))
        given = tuple(key for key in present if _has_value(instance[key], chosen))
        if not least <= len(given) <= 1:
            return (_error(keyword, Clash(tuple(keys), given, chosen), instance, part),)
    return ()


def _is_choice(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("reading"), str)


def _collect(value: Json, readings: dict[str, dict[str, None]]) -> None:
    """Note the options of every choice that a null option of ``value`` depends on."""
    if _is_choice(value):
        options = [key for key in value if key != "reading"]
        if any(value[key] is None or isinstance(value[key], dict) for key in options):
            readings.setdefault(value["reading"], {}).update(dict.fromkeys(options))
            for key in options:
                _collect(value[key], readings)


def _has_value(value: Json, chosen: Mapping[str, str]) -> bool:
    while _is_choice(value) and value["reading"] in chosen:
        value = value.get(chosen[value["reading"]], True)
    return value is not None


_extend: Callable[..., Any] = validators.extend
_VALIDATOR: Final = _extend(
    Draft202012Validator,
    {
        "type": _type,
        "pattern": _pattern,
        "enum": _enum,
        "properties": _properties,
        "additionalProperties": _additional,
        "propertyNames": _names,
        "items": _items,
        "if": _if,
        "required": _required,
        "x-exactly-one": _exactly_one,
        "x-at-most-one": _at_most_one,
    },
)
