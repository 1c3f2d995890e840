"""The Arrow schema of a policy's applicants: a row each, facts as columns, lists of structs for the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from jifen.applicant import messages
from jifen.arrow import physical
from jifen.document.diagnostics import suggest
from jifen.errors import ApplicantError, Problem
from jifen.plan.types import Kind
from jifen.policy.inputs import input_type
from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.policy.terms import Text

if TYPE_CHECKING:
    from jifen.scheme import Scheme

APPLICANT, DATE = "applicant", "date"
_MONTHS = "year * 12 + month - 1"


def schema_of(policy: Scheme) -> pa.Schema:
    """The canonical types, and in the metadata of each field what it is called and whether it may be null."""
    rules = policy.rules
    fields = [
        pa.field(APPLICANT, pa.string(), metadata=_labels({"en": "identifier", "zh": "编号"})),
        pa.field(DATE, pa.date32(), False, _labels({"en": "date of application", "zh": "申请日期"})),
    ]
    for name, item in rules.facts.items():
        fields.append(_field(column_of("facts", name), _type(item), item.label, not item.required))
    for name, timeline in rules.timelines.items():
        own = [
            pa.field(
                "from",
                pa.int32(),
                False,
                _labels({"en": f"first month, {_MONTHS}", "zh": f"首月，{_MONTHS}"}),
            ),
            pa.field(
                "to",
                pa.int32(),
                True,
                _labels({"en": "last month; null: still running", "zh": "末月；空为至今"}),
            ),
        ]
        fields.append(_list("timelines", name, timeline, own))
    for name, records in rules.records.items():
        own = [pa.field("date", pa.date32(), False, _labels({"en": "date", "zh": "日期"}))]
        fields.append(_list("records", name, records, own))
    return pa.schema(fields, {"jifen.policy": policy.id, "jifen.months": _MONTHS})


def described(policy: Scheme, lang: str) -> str:
    """The schema as text: each column with its type and its label, lists with what their entries hold."""
    lines: list[tuple[str, str, str]] = []
    for field in schema_of(policy):
        lines += _lines(field, lang, 0)
    widths = [max(len(line[at]) for line in lines) for at in (0, 1)]
    texts = [f"{name:<{widths[0]}}  {type_:<{widths[1]}}  {label}".rstrip() for name, type_, label in lines]
    return "".join(f"{text}\n" for text in texts)


def _lines(field: pa.Field, lang: str, depth: int) -> list[tuple[str, str, str]]:
    metadata = field.metadata or {}
    label = metadata.get(f"label.{lang}".encode(), next(iter(metadata.values()), b"")).decode()
    listed = physical.is_list(field.type) and pa.types.is_struct(field.type.value_type)
    type_ = "list<struct>" if listed else _short(field.type)
    own = ("  " * depth + field.name, type_ + ("" if field.nullable else " not null"), label)
    inner = [line for one in field.type.value_type for line in _lines(one, lang, depth + 1)] if listed else []
    return [own, *inner]


def _short(type_: pa.DataType) -> str:
    if pa.types.is_dictionary(type_):
        return f"dictionary<{type_.value_type}>"
    return f"list<{_short(type_.value_type)}>" if physical.is_list(type_) else str(type_)


def column_of(section: str, name: str) -> str:
    """The column of an input. A few names belong to the table itself, and inputs of that name say their section."""
    return f"{section}.{name}" if name in (APPLICANT, DATE) else name


def columns_of(rules: Rules) -> dict[str, tuple[str, str]]:
    """The section and the name of the input in each column."""
    sections: Mapping[str, Mapping[str, object]] = {
        "facts": rules.facts,
        "timelines": rules.timelines,
        "records": rules.records,
    }
    return {
        column_of(section, name): (section, name) for section, items in sections.items() for name in items
    }


def _list(section: str, name: str, declared: Timeline | RecordList, own: list[pa.Field]) -> pa.Field:
    attributes = declared.attributes.items()
    inner = [_field(key, _type(item), item.label, not item.required) for key, item in attributes]
    type_ = pa.list_(pa.field("item", pa.struct([*own, *inner]), nullable=False))
    return _field(column_of(section, name), type_, declared.label, declared.optional)


def _field(name: str, type_: pa.DataType, label: Text, nullable: bool) -> pa.Field:
    return pa.field(name, type_, nullable=nullable, metadata=_labels(label))


def _labels(label: Text) -> dict[str, str]:
    texts = {"en": label, "zh": label} if isinstance(label, str) else label
    return {f"label.{lang}": text for lang, text in texts.items()}


def _type(item: Input) -> pa.DataType:
    type_ = input_type(item)
    if type_.kind is Kind.TRUTH:
        return pa.bool_()
    if type_.kind is Kind.DATE:
        return pa.date32()
    if type_.kind is Kind.NUMBER:
        places = len(str(type_.den)) - 1
        return pa.decimal128(18, places) if places else pa.int64()
    option = pa.dictionary(pa.int16(), pa.string())
    return pa.list_(option) if item.many else option


def check_columns(rules: Rules, schema: pa.Schema, carry: Collection[str]) -> None:
    """Raise ApplicantError for columns that nothing reads, lists that are none, and what every row would lack."""
    problems = _of_names(rules, schema.names, carry)
    for column, (section, name) in columns_of(rules).items():
        at = schema.get_field_index(column)
        if at >= 0 and section != "facts":
            declared = rules.timelines[name] if section == "timelines" else rules.records[name]
            own = ("from", "to") if isinstance(declared, Timeline) else ("date",)
            problems += _of_list(f"{section}.{name}", schema.field(at).type, [*own, *declared.attributes])
    if problems:
        raise ApplicantError(problems)


def check_names(rules: Rules, given: Sequence[str], carry: Collection[str] = ()) -> None:
    """Raise ApplicantError for columns that nothing reads, and for what every row would lack."""
    problems = _of_names(rules, given, carry)
    if problems:
        raise ApplicantError(problems)


def _of_names(rules: Rules, given: Sequence[str], carry: Collection[str]) -> list[Problem]:
    problems: list[Problem] = []
    known = columns_of(rules)
    names = [APPLICANT, DATE, *known]
    for name in given:
        if given.count(name) > 1 or (name not in names and name not in carry):
            problems.append(_unknown(name, name, names))
    for name in carry:
        if name not in given:
            problems.append(_unknown(name, name, given))
    if DATE not in given:
        problems.append(Problem(DATE, messages.MISSING, {"label": "date", "label_zh": "申请日期（date）"}))
    for column, (section, name) in known.items():
        if column in given:
            continue
        if section == "facts":
            absent, label = rules.facts[name].required, rules.facts[name].label
        else:
            declared = rules.timelines[name] if section == "timelines" else rules.records[name]
            absent, label = not declared.optional, declared.label
        if absent:
            problems.append(_missing(f"{section}.{name}", name, label))
    return problems


def _of_list(path: str, type_: pa.DataType, names: Sequence[str]) -> list[Problem]:
    if pa.types.is_null(type_) or (physical.is_list(type_) and pa.types.is_null(type_.value_type)):
        return []
    if not physical.is_list(type_):
        return [Problem(path, messages.NOT_A_LIST)]
    if not pa.types.is_struct(type_.value_type):
        return [Problem(f"{path}[]", messages.NOT_A_MAPPING)]
    given = [field.name for field in type_.value_type]
    return [
        _unknown(f"{path}[].{name}", name, names)
        for name in given
        if name not in names or given.count(name) > 1
    ]


def _unknown(path: str, name: str, names: Sequence[str]) -> Problem:
    near = suggest(name, [other for other in names if other != name])
    return Problem(path, messages.UNKNOWN, {"name": name, **({"near": near} if near else {})})


def _missing(path: str, name: str, label: Text) -> Problem:
    texts = {"en": label, "zh": label} if isinstance(label, str) else label
    first = next(iter(texts.values()), name)
    en, zh = texts.get("en", first), texts.get("zh", first)
    return Problem(path, messages.MISSING, {"label": f"{en} ({name})", "label_zh": f"{zh}（{name}）"})
