"""What of an explanation can change at once, and not by one more month: the marks by which events are found.

A mark has a kind and the path of what it belongs to. Nothing here knows what a rule means: a band, a tier, a record
or a requirement has changed where its mark has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from jifen.policy.model import Rules
from jifen.rules.model import Bands
from jifen.scorecard.phrases import counting_child

Node = Mapping[str, Any]

STEADY = ("bands", "lookup", "points")
"""Kinds of indicators whose points stay until something happens. What follows a count changes with every month."""


class Mark(NamedTuple):
    """What changes at once: its kind, the path of the line or the name of the condition, and a ledger or record."""

    kind: str
    path: str
    part: str = ""


class Marked(NamedTuple):
    """The value of a mark, and the node of the scorecard that it belongs to."""

    value: object
    node: Node


def marks(card: Mapping[str, Any], rules: Rules) -> dict[Mark, Marked]:
    """Every mark of a scorecard written as data."""
    found: dict[Mark, Marked] = {}
    for requirement in card["eligibility"]:
        found[Mark("requirement", requirement["id"])] = Marked(requirement["met"], requirement)
    outcome = card["outcome"] or {}
    for gate in outcome.get("gates", ()):
        found[Mark("gate", gate["id"])] = Marked(gate["met"], gate)
    for warning in card["warnings"]:
        if "rule" in warning:
            found[Mark("check", warning["id"])] = Marked(True, warning)
    if outcome.get("line") is not None:
        found[Mark("line", "")] = Marked(outcome["line"], outcome)
    bands = {item.path: item.rule for item in rules.every_indicator() if isinstance(item.rule, Bands)}
    for node in nodes(card["indicators"]):
        found.update(_of_line(node, bands.get(node["path"])))
    return found


def nodes(top: list[Node]) -> Iterator[Node]:
    """Every line of the table, groups before what they hold."""
    for node in top:
        yield node
        yield from nodes(node.get("indicators") or [])


def leaves(card: Mapping[str, Any]) -> dict[str, Node]:
    """The lines that are no groups, by path."""
    return {node["path"]: node for node in nodes(card["indicators"]) if not node.get("indicators")}


def _of_line(node: Node, bands: Bands | None) -> Iterator[tuple[Mark, Marked]]:
    path = node["path"]
    yield Mark("condition", path), Marked(node["applies"], node)
    if node.get("cap"):
        yield Mark("cap", path), Marked(True, node)
    if node.get("indicators"):
        child = counting_child(node)  # type: ignore[arg-type]
        scores = any(one["points"] != "0" for one in node["indicators"])
        if child is not None:
            yield Mark("choice", path), Marked(child if scores else "", node)
    elif node["applies"] and node["kind"] in STEADY:
        yield Mark("band", path), Marked(_band(node, bands), node)
    for ledger in node.get("ledgers") or ():
        if ledger["id"].isdecimal() or (not ledger["id"] and ledger["label"]):
            continue  # a spell by itself, or what was left out of all: neither is a mark of the rule
        yield from _of_ledger(node, ledger)
    for record in node.get("records") or ():
        value = (record["counted"], record["points"], str(record.get("reason")))
        yield Mark("record", path, f"{record['date']}#{record['index']}"), Marked(value, record)


def _of_ledger(node: Node, ledger: Node) -> Iterator[tuple[Mark, Marked]]:
    pieces = tuple(piece["rate"] for piece in ledger["pieces"] if piece["months"])
    if pieces:
        yield Mark("rate", node["path"], ledger["id"]), Marked(pieces, ledger)
    if ledger["count"]:
        yield Mark("start", node["path"], ledger["id"]), Marked(ledger["points"] != "0", ledger)


def _band(node: Node, bands: Bands | None) -> object:
    """Which band holds, where points within one may slide; else the points."""
    if bands is None or not node["values"]:
        return node["points"]
    try:
        value = Fraction(node["values"][-1]["value"])
    except ValueError:
        return node["points"]
    for at, step in enumerate(bands.steps):
        if step.end is None or value < step.end or (step.inside and value == step.end):
            return at
    return None
