"""A positioned tree against a JSON Schema; every mistake becomes a diagnostic at its place."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.schema_faults import explain, is_no_choice
from jifen.document.tree import Node, plain
from jifen.resources import schema_text

if TYPE_CHECKING:
    from jifen.document.keywords import Breach, Schema

MOST: Final = 1000
"""Mistakes that are said of one file; to look for the word meant by each of many more takes too long."""


def check(node: Node, schema: str, diagnostics: Diagnostics) -> None:
    """Check ``node`` against ``schemas/<schema>.schema.json`` and note everything that is wrong.

    Raises JifenError if there is no such schema.
    """
    for breach in breaches(node, schema):
        fault = explain(node, breach)
        diagnostics.add(fault.message, fault.place, hint=bool(fault.message.hint_en), **fault.args)


def breaches(node: Node, schema: str) -> list[Breach]:
    """Where ``node`` breaks ``schemas/<schema>.schema.json``, without what follows from another breach."""
    return _worth_saying(list(islice(_schema(schema).breaches(plain(node)), MOST)))


@cache
def _schema(name: str) -> Schema:
    # jsonschema takes longer to import than a policy takes to check; who only scores never needs it.
    from jifen.document.keywords import Schema

    return Schema(schema_text(name))


def _worth_saying(breaches: list[Breach]) -> list[Breach]:
    """The breaches without those that follow from another one.

    Of a value of the wrong type nothing else is said, nor of what a block holds that should be none.
    A key is not missing where it stands misspelt.
    """
    mistyped = {breach.path for breach in breaches if breach.keyword == "type"}
    blocks = {breach.path for breach in breaches if is_no_choice(breach)}
    misspelt = set()
    for breach in breaches:
        if breach.keyword == "additionalProperties":
            *above, key = breach.path
            known = breach.schema["properties"].keys() - breach.instance.keys()
            misspelt.add((*above, suggest(str(key), known)))
    return [
        breach
        for breach in breaches
        if (breach.keyword == "type" or breach.path not in mistyped)
        and not (breach.keyword == "required" and (*breach.path, breach.value) in misspelt)
        and not (blocks and any(breach.path[:depth] in blocks for depth in range(len(breach.path))))
    ]
