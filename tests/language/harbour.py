"""The town of harbour.yaml: its policy with some expressions replaced, and the names that one can read."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jifen.compile import compile_policy, from_node
from jifen.document.diagnostics import Diagnostic, Diagnostics
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.document.yaml_reader import read_path
from jifen.errors import PolicyError
from jifen.plan.recorder import Recorder
from jifen.policy.build import build, read_readings
from jifen.policy.inputs import input_types
from jifen.policy.model import Rules
from jifen.policy.names import Names
from jifen.policy.rows import RowNames

FILE = Path(__file__).with_name("harbour.yaml")

CONDITION = ("eligibility", "tested", "require")
ROW_CONDITION = ("months", "served", "keep", 0, "when")
FORMULA = ("indicators", "tested", "formula")


@cache
def document() -> Mapping:
    """The town's policy as a tree."""
    diagnostics = Diagnostics()
    node = read_path(FILE, diagnostics)
    assert isinstance(node, Mapping) and not len(diagnostics)
    return node


def with_text(node: Node, path: tuple[str | int, ...], text: str) -> Node:
    """The tree with the scalar at a path saying something else, quoted."""
    if not path:
        return Scalar(text, node.place, text, True)
    if isinstance(node, Sequence):
        items = list(node.items)
        items[int(path[0])] = with_text(items[int(path[0])], path[1:], text)
        return Sequence(tuple(items), node.place)
    assert isinstance(node, Mapping)
    return Mapping(
        tuple(
            Entry(key, place, with_text(value, path[1:], text))
            if key == path[0]
            else Entry(key, place, value)
            for key, place, value in node.entries
        ),
        node.place,
    )


def mistakes(text: str, *paths: tuple[str | int, ...]) -> tuple[Diagnostic, ...]:
    """What loading the policy says when the scalars at these paths say `text`."""
    node: Node = document()
    for path in paths:
        node = with_text(node, path, text)
    try:
        compile_policy(from_node(node, Diagnostics()), {})
    except PolicyError as error:
        return error.diagnostics
    return ()


@cache
def rules() -> Rules:
    """The model of the town's policy."""
    diagnostics = Diagnostics()
    found = build(document(), read_readings(document(), {}, diagnostics), diagnostics)
    assert not len(diagnostics)
    return found


def names() -> Names:
    """The names of the town, on a recorder of their own."""
    return Names(rules(), Recorder(input_types(rules())), Diagnostics())


def row_names(rows: str = "service") -> RowNames:
    """The names at each row of a timeline or record list of the town."""
    around = names()
    timeline = around.rules.timelines.get(rows)
    attributes = timeline.attributes if timeline else around.rules.records[rows].attributes
    return RowNames(around, rows, attributes, dated=timeline is None)
