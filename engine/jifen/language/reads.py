"""What a condition or formula read: its names and calls, so that a person can be shown their values."""

from __future__ import annotations

import ast

from jifen.language.expression import Expression


def reads(expression: Expression) -> list[Expression]:
    """The calls and names that an expression is made of, each once, in the order they stand."""
    found: dict[str, ast.expr] = {}
    todo: list[ast.expr] = [expression.tree]
    while todo:
        node = todo.pop(0)
        parts = _parts(node)
        if parts:
            todo = parts + todo
        elif isinstance(node, (ast.Call, ast.Name, ast.Attribute)):
            found.setdefault(ast.unparse(node).replace("'", '"'), node)
    source = expression.source or expression.text
    return [
        Expression(text, node, expression.place, expression.lines, source) for text, node in found.items()
    ]


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.UnaryOp):
        return [node.operand]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.IfExp):
        return [node.test, node.body, node.orelse]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TRANSPARENT:
        return list(node.args)
    return []


_TRANSPARENT = frozenset({"min", "max", "clamp", "floor", "ceil", "round_half_up", "given"})
