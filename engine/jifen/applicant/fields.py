"""Inputs and their values as integers, and how what is wrong with them is said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from jifen.applicant import messages
from jifen.applicant.values import Convert, Wrong, converter
from jifen.document.diagnostics import Message, suggest
from jifen.errors import Problem
from jifen.policy.inputs import input_type
from jifen.policy.model import Input
from jifen.policy.terms import Text


class Field(NamedTuple):
    """An input, and how its values become integers."""

    name: str
    convert: Convert
    default: int
    """What stands for a value that is not given: the default, or where nothing looks at it, the lowest there is."""
    optional: bool
    required: bool
    item: Input


def field_of(item: Input) -> Field:
    """How the values of an input become integers."""
    convert = converter(item)
    optional = not item.required and item.default is None
    default = input_type(item).low if item.default is None else convert(item.default)
    return Field(item.name, convert, default, optional, item.required, item)


def taken(
    given: Mapping[object, object],
    fields: Sequence[Field],
    own: Collection[str],
    path: str,
    problems: list[Problem],
) -> tuple[list[int], list[int]]:
    """The values of the fields in a mapping, and whether each was given. Of other keys only `own` may be there."""
    values: list[int] = []
    flags: list[int] = []
    for name, convert, default, optional, required, item in fields:
        value, is_given = default, 0
        if name in given:
            raw = given[name]
            if raw is not None or not optional:
                is_given = 1
                try:
                    value = convert(raw)
                except Wrong as wrong:
                    problems.append(wrong_value(f"{path}.{name}", wrong, raw, item))
        elif required:
            problems.append(Problem(f"{path}.{name}", messages.MISSING, labels(item.label, name)))
        values.append(value)
        flags.append(is_given)
    names = {*own, *(item.name for item in fields)}
    for key in given:
        if key not in names:
            unknown_name(problems, f"{path}.{key}", str(key), sorted(names))
    return values, flags


def unknown_name(problems: list[Problem], path: str, name: str, names: Iterable[str]) -> None:
    """Note a name that nothing reads."""
    near = suggest(name, names)
    problems.append(Problem(path, messages.UNKNOWN, {"name": name, **({"near": near} if near else {})}))


def problem_at(path: str, wrong: Wrong) -> Problem:
    """What is wrong with a value."""
    message: Message = wrong.message
    return Problem(path, message, wrong.args_)


def wrong_value(path: str, wrong: Wrong, raw: object, item: Input) -> Problem:
    """What is wrong with a value; of one that is said to be unknown, that it is."""
    if isinstance(raw, Mapping) and not {"unknown", "from", "to"}.isdisjoint(raw):
        return Problem(path, messages.NOT_KNOWN, labels(item.label, item.name))
    return problem_at(path, wrong)


def wrong_end(path: str, wrong: Wrong, raw: object, name: str) -> Problem:
    """The same of an end of a spell or the date of a record."""
    if isinstance(raw, Mapping) and not {"unknown", "from", "to"}.isdisjoint(raw):
        zh = {"from": "起点", "to": "终点", "date": "日期"}[name]
        return Problem(path, messages.NOT_KNOWN, {"label": name, "label_zh": f"{zh}（{name}）"})
    return problem_at(path, wrong)


def labels(label: Text, name: str) -> dict[str, str]:
    """What an input is called in each language, with its name in the data."""
    texts = {"en": label, "zh": label} if isinstance(label, str) else label
    first = next(iter(texts.values()), name)
    en, zh = texts.get("en", first), texts.get("zh", first)
    return {"label": f"{en} ({name})", "label_zh": f"{zh}（{name}）"}
