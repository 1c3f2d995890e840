"""Values that are texts, as in CSV: what each stands for."""

from __future__ import annotations

import json
from decimal import Decimal

from jifen.applicant.values import Convert, converter
from jifen.policy.model import Input

_DECODE = json.JSONDecoder(parse_float=Decimal).decode
_TRUTHS = {"true": True, "false": False}


def of_text(item: Input, text: object) -> object:
    """What a text stands for where documents have a truth or a list of options (as JSON); any other stays as it is."""
    if not isinstance(text, str):
        return text
    if item.type == "boolean":
        return _TRUTHS.get(text, text)
    return of_json(text) if item.many and text.startswith("[") else text


def of_json(text: str) -> object:
    """The value of a JSON text, numbers exactly; None where it is no JSON."""
    try:
        return _DECODE(text)
    except (ValueError, RecursionError):
        return None


def text_converter(item: Input) -> Convert:
    """How texts become integers. The function raises Wrong."""
    convert = converter(item)
    return lambda text: convert(of_text(item, text))
