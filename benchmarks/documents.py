"""Rows of a population as the documents that one applicant is written in: dates and months as text."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.types as kinds

FACTS = (
    *("birth_date", "holds_permit", "below_retirement_age", "education", "title", "skill", "occupation"),
    *("certificate_matches_post", "occupation_matches_unit", "married", "spouse_employed_in_city"),
)
Document = dict[str, Any]


def documents(table: pa.Table) -> list[Document]:
    """What is null is left out."""
    found = []
    for row in table.to_pylist():
        document: Document = {"applicant": row["applicant"], "date": row["date"].isoformat(), "facts": {}}
        document |= {"timelines": {}, "records": {}}
        for name, value in row.items():
            if name in FACTS:
                if value is not None:
                    document["facts"][name] = _text(name, value)
            elif kinds.is_list(table.schema.field(name).type) and value is not None:
                own = [
                    {key: _text(key, one) for key, one in entry.items() if one is not None} for entry in value
                ]
                timeline = table.schema.field(name).type.value_type.get_field_index("from") >= 0
                document["timelines" if timeline else "records"][name] = own
        found.append(document)
    return found


def _text(name: str, value: Any) -> Any:
    if name in ("from", "to"):
        return f"{value // 12:04}-{value % 12 + 1:02}"
    if name.endswith("date"):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value)
    return value
