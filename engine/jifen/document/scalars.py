"""What an unquoted text means: the core schema of YAML 1.2, with exact decimals.

A number that only some readers of YAML take for that number (``0123``, ``0o17``, ``1_000``) is
refused. The value returned with a refusal is the likeliest one, so that later checks do not
complain about the same place again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from jifen.document import messages
from jifen.document.diagnostics import Message
from jifen.document.limits import MAX_DIGITS
from jifen.document.tree import Value

FIRST_CHARACTERS: Final = frozenset("+-.0123456789~nNtTfF")
"""A text that begins with anything else is a string."""

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL = re.compile(
    r"(?P<sign>[-+]?)(?P<whole>[0-9]*)(?P<fraction>\.[0-9]*)?(?:[eE](?P<exponent>[-+]?[0-9]+))?"
)
_RADIX = re.compile(r"[-+]?0(?:o[0-7]+|x[0-9a-fA-F]+)")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_UNDERSCORE = re.compile(r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?")


def resolve(raw: str) -> tuple[Value, Message | None]:
    """The value of an unquoted text, and the message that refuses it, if one does."""
    if raw in _WORDS:
        return _WORDS[raw], None
    if raw[0] not in FIRST_CHARACTERS:
        return raw, None
    found = _DECIMAL.fullmatch(raw)
    if found and (found["whole"] or len(found["fraction"] or "") > 1):
        return _number(found)
    if _RADIX.fullmatch(raw):
        if len(raw) > MAX_DIGITS:
            return 0, messages.LONG_NUMBER
        return int(raw, 0), messages.RADIX
    if _NOT_FINITE.fullmatch(raw):
        return 0, messages.NOT_FINITE
    if "_" in raw and _UNDERSCORE.fullmatch(raw):
        value, refused = resolve(raw.replace("_", ""))
        return value, refused or messages.UNDERSCORE
    return raw, None


def _number(found: re.Match[str]) -> tuple[int | Decimal, Message | None]:
    raw, whole, fraction = found[0], found["whole"], found["fraction"]
    exponent = found["exponent"] or "0"
    # Both lengths are looked at before a number is made: that may take time in their square.
    if len(raw) > 2 * MAX_DIGITS or len(exponent) > 4:
        return 0, messages.LONG_NUMBER
    shift = int(exponent)
    before = max(len(whole) + shift, 0)
    after = max(len(fraction or ".") - 1 - shift, 0)
    if before + after > MAX_DIGITS:
        return 0, messages.LONG_NUMBER
    refused = messages.LEADING_ZERO if len(whole) > 1 and whole[0] == "0" else None
    if fraction is None and found["exponent"] is None:
        return int(raw), refused
    value = Decimal(raw)
    return (value if value else value.copy_abs()), refused
