"""A value of a YAML file written anew, in the manner of the one that it replaces."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction

from jifen.document.scalars import resolve
from jifen.document.tree import Node, Scalar, Sequence
from jifen.regression.compare import Expected

_DECIMALS = 6
_PLAIN = re.compile(r"[A-Za-z_][\w./-]*")


def rewritten(old: str, node: Node, value: Expected) -> str | None:
    """The text that says `value` where the text `old` stands for `node`; None where it is in no simple form."""
    if isinstance(node, Sequence) and isinstance(value, tuple):
        return _list(old, node, value)
    if not isinstance(node, Scalar) or isinstance(value, tuple) or not _simple(old, node):
        return None
    if isinstance(value, bool):
        return None if node.quoted else str(value).lower()
    fraction = isinstance(value, Fraction) and "/" in old
    text = str(value) if fraction or isinstance(value, str) else number(Fraction(value))
    if node.quoted:
        return f"{old[0]}{text}{old[0]}"
    return f'"{text}"' if "/" in text and "/" not in old else text


def number(value: Fraction) -> str:
    """A number as an author writes it: `60`, `11.976`, and `365/6` where the decimals are long or have no end."""
    for places in range(_DECIMALS + 1):
        scaled = value * 10**places
        if scaled.denominator == 1:
            return f"{Decimal(f'{scaled.numerator}e-{places}'):f}"
    return str(value)


def _simple(old: str, node: Scalar) -> bool:
    """Whether a text is the value itself, or the value between quotes, on one line."""
    if not node.quoted:
        return old == node.raw
    return len(old) >= 2 and old[0] in "'\"" and old[-1] == old[0] and "\n" not in old and "\r" not in old


def _list(old: str, node: Sequence, names: tuple[str, ...]) -> str | None:
    """A list in the flow form or in lines, without remarks. Names that stay keep their order and their quotes."""
    if "#" in old or not all(isinstance(item, Scalar) for item in node.items):
        return None
    kept = [item.raw for item in node.items if isinstance(item, Scalar) and item.raw in names]
    quoted = {item.raw: item.quoted for item in node.items if isinstance(item, Scalar)}
    ordered = [*dict.fromkeys(kept), *(name for name in names if name not in kept)]
    quote = "'" if "'" in old and '"' not in old else '"'
    texts = [_name(name, quote if quoted.get(name) else "") for name in ordered]
    if old.startswith("["):
        gap = " " if old.startswith("[ ") and texts else ""
        return f"[{gap}{', '.join(texts)}{gap}]"
    if not texts:
        return "[]"
    line_break = re.search(r"\r\n|\r|\n", old)
    between = (line_break[0] if line_break else "\n") + " " * (node.place.column - 1)
    return between.join(f"- {text}" for text in texts)


def _name(name: str, quote: str) -> str:
    if not quote and _PLAIN.fullmatch(name) and resolve(name) == (name, None):
        return name
    if quote == "'" and "'" not in name:
        return f"'{name}'"
    return json.dumps(name, ensure_ascii=False)
