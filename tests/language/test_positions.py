"""Mistakes stand at their word however YAML writes the expression."""

from __future__ import annotations

import pytest

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Scalar
from jifen.document.yaml_reader import read
from jifen.language.expression import Expression, parse

WAYS = {
    "plain": "x: one + two > three\n",
    "double quotes": 'x: "one + two > three"\n',
    "single quotes": "x: 'one + two > three'\n",
    "plain on lines": "x: one +\n  two\n  > three\n",
    "quotes on lines": 'x: "one +\n  two\n\n  > three"\n',
    "folded": "x: >\n  one + two\n  > three\n",
    "folded, indented more": "x: >-\n  one\n    + two\n    > three\n",
    "block": "x: |\n  one\n  + two\n  > three\n",
    "block with a comment": "x: |+ # why\n\n  one + two > three\n\n",
    "escapes": 'x: "one \\\n  + two > three"\n',
    "behind other keys": "{a: 'it''s', x: one + two > three}\n",
    "wide characters before": "{名称: 积分, x: one + two > three}\n",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("known", [True, False], ids=["with lines", "without lines"])
def test_place(way: str, known: bool) -> None:
    text = WAYS[way]
    node = read(text, "town.yaml", Diagnostics())
    assert isinstance(node, Mapping)
    scalar = node.get("x")
    assert isinstance(scalar, Scalar)
    lines = tuple(text.split("\n"))
    expression = parse(scalar.raw, scalar.place, lines if known else ())
    found = {_word(expression, lines, at) for at in ("one", "two", "three")}
    if known or scalar.place.line == scalar.place.end_line:
        assert found == {"one", "two", "three"}
    else:
        assert len(found) == 1, "the whole expression, as nothing better is known"


def _word(expression: Expression, lines: tuple[str, ...], name: str) -> str:
    import ast

    [node] = [node for node in ast.walk(expression.tree) if isinstance(node, ast.Name) and node.id == name]
    place = expression.place_of(node)
    if place.line != place.end_line:
        return "whole"
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


def test_quotes_inside_quotes() -> None:
    for text in ("x: 'kind == ''grave'' and two'\n", 'x: "kind == \\"grave\\" and two"\n'):
        node = read(text, "town.yaml", Diagnostics())
        assert isinstance(node, Mapping)
        scalar = node.get("x")
        assert isinstance(scalar, Scalar)
        lines = tuple(text.split("\n"))
        assert _word(parse(scalar.raw, scalar.place, lines), lines, "two") == "two"


def test_other_lines_than_those_of_the_expression() -> None:
    """A file that has changed since it was read gives the whole expression, not a wrong word."""
    node = read("x: one + two\n", "town.yaml", Diagnostics())
    assert isinstance(node, Mapping)
    scalar = node.get("x")
    assert isinstance(scalar, Scalar)
    for lines in (("x: three + four",), ("",), ("y: 1", "x: one")):
        expression = parse(scalar.raw, scalar.place, lines)
        assert expression.place_of(expression.tree) == scalar.place
