"""Documents of applicants as Arrow tables of the canonical schema, and what the reader for one says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pyarrow as pa

from jifen import ApplicantError, Policy
from jifen.arrow.results import DENOMINATOR
from jifen.arrow.schema import columns_of, schema_of

Document = Mapping[str, Any]


def table_of(policy: Policy, documents: Sequence[Document]) -> pa.Table:
    """The documents, which spell dates, months and numbers as JSON does and name other people's inputs with a dot."""
    schema = schema_of(policy)
    return pa.Table.from_pylist([row_of(policy, one, schema) for one in documents], schema)


def row_of(policy: Policy, document: Document, schema: pa.Schema) -> dict[str, Any]:
    row = {name: cell(document.get(name), schema.field(name).type) for name in ("applicant", "date")}
    for column, (section, name) in columns_of(policy.rules).items():
        row[column] = cell(document.get(section, {}).get(name), schema.field(column).type)
    return row


def cell(value: Any, type_: pa.DataType, name: str = "") -> Any:
    if value is None:
        return None
    if pa.types.is_struct(type_):
        return {field.name: cell(value.get(field.name), field.type, field.name) for field in type_}
    if pa.types.is_list(type_):
        items = value if isinstance(value, list) else [value]
        return [cell(item, type_.value_type) for item in items]
    if pa.types.is_date32(type_):
        return date.fromisoformat(value)
    if pa.types.is_decimal128(type_):
        return Decimal(str(value))
    if name in ("from", "to"):
        return int(value[:4]) * 12 + int(value[5:7]) - 1
    return value


def said(policy: Policy, document: Document) -> dict[str, Any]:
    """What the columns of the result should hold for one document, all but the columns of the input."""
    try:
        card = policy.score(document)
    except ApplicantError as error:
        return {"problems": [(one.path, one.message.code, one.text("en")) for one in error.problems]}
    found: dict[str, Any] = {"problems": [], "total": card.total}
    if policy.rules.rounds:
        found["round"] = card.round
    for line in card.lines:
        found[f"points.{line.path}"] = line.points
        for ledger in line.ledgers:
            own = f"{line.path}:{ledger.id}" if ledger.id else line.path
            found[f"months.{own}"] = ledger.months
            if ledger.id:
                found[f"points.{own}"] = ledger.points
    found |= {f"score.{name}": points for name, points in card.scores.items()}
    found |= {f"rank.{place}": key for place, key in enumerate(card.rank_keys, 1)}
    found |= {f"met.{name}": met for name, met in card.requirements.items()}
    recorded = policy.recorded
    for prefix, conditions in (("gate", recorded.gates), ("check", recorded.checks)):
        found |= {f"{prefix}.{one.requirement.name}": bool(card.integer(one.met)) for one in conditions}
    found |= {"eligible": card.eligible, "qualifies": card.qualifies, "warnings": list(card.warnings)}
    needed = [*recorded.eligibility, *recorded.gates]
    found["reasons"] = [one.requirement.name for one in needed if not card.integer(one.met)]
    if recorded.line is not None:
        found["line"] = line = card.number(recorded.line)
        if card.total < line or (policy.rules.outcome.above and card.total == line):
            found["reasons"].append("below_line")
    return found


def read(scores: pa.Table) -> list[dict[str, Any]]:
    """The rows of a result in the same form: numbers over their denominator, no columns of the input, no nulls."""
    rows = []
    dens = {
        field.name: int(field.metadata[DENOMINATOR.encode()])
        for field in scores.schema
        if field.metadata and DENOMINATOR.encode() in field.metadata
    }
    for row in scores.to_pylist():
        found = {name: value for name, value in row.items() if name not in ("applicant", "date")}
        found["problems"] = [(one["path"], one["code"], one["message"]) for one in row["problems"]]
        for name, den in dens.items():
            if found[name] is not None:
                found[name] = Fraction(int(found[name]), den)
        rows.append({name: value for name, value in found.items() if value is not None})
    return rows
