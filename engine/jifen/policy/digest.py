"""Canonical text and digest of a resolved document."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from fractions import Fraction

from jifen.document.tree import Mapping, Node, Scalar

FORMAT = "jifen-policy/1"


def digest(document: Mapping, readings: dict[str, str]) -> str:
    """`sha256:<hex>` of what the document says under the readings taken, whatever its layout and comments."""
    content = {"format": FORMAT, "readings": readings, "policy": _plain(document)}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        value = node.value
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return {"number": str(Fraction(value))}
        return value
    if isinstance(node, Mapping):
        return {entry.key: _plain(entry.value) for entry in node.entries}
    return [_plain(item) for item in node.items]
