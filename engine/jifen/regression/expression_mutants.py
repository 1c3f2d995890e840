"""The changes of one expression: each operator, number, month and operand, one at a time."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from jifen.document.places import Place
from jifen.language.expression import parse
from jifen.language.mistakes import LanguageError
from jifen.regression.edits import Told, later, nearby

COMPARISONS: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}

ARITHMETIC: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
}

CALLS = {"min": "max", "max": "min", "floor": "ceil", "ceil": "floor"}


class Edit(NamedTuple):
    """An expression with one part changed: the whole new text, the part before and after, and what tells them apart."""

    text: str
    before: str
    after: str
    told: Told


def edits(text: str) -> list[Edit]:
    """Every change of an expression; none where the text is no expression."""
    try:
        tree = parse(text, Place("", 1, 1, 1, 1)).tree
    except LanguageError:
        return []
    return list(dict.fromkeys(_Edits(text).of(tree)))


def is_equality(text: str) -> bool:
    """Whether an expression is one comparison whose changed operator is its negation."""
    try:
        tree = parse(text, Place("", 1, 1, 1, 1)).tree
    except LanguageError:
        return False
    return isinstance(tree, ast.Compare) and isinstance(tree.ops[0], (ast.Eq, ast.NotEq, ast.In, ast.NotIn))


class _Edits:
    def __init__(self, text: str) -> None:
        self.text = text
        self.bytes = text.encode()

    def of(self, tree: ast.expr) -> Iterator[Edit]:
        compared: dict[ast.AST, ast.Compare] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Compare):
                yield from self._compare(node)
                compared |= dict.fromkeys((node.left, *node.comparators), node)
            elif isinstance(node, ast.BoolOp):
                yield from self._boolean(node)
            elif isinstance(node, ast.BinOp):
                yield from self._arithmetic(node)
            elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
                inner = self._inside(node.operand)
                yield self._edit(node, inner, Told.holds(inner))
            elif isinstance(node, ast.IfExp):
                test = self._part(node.test)
                yield self._edit(node.test, f"not ({test})", Told.holds(test))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                yield self._edit(node.func, CALLS[node.func.id], Told.differ(self._part(node)))
            elif isinstance(node, ast.Constant):
                yield from self._constant(node, compared.get(node))

    def _compare(self, node: ast.Compare) -> Iterator[Edit]:
        operands = [node.left, *node.comparators]
        for at, op in enumerate(node.ops):
            old, new = COMPARISONS[type(op)]
            left, right = operands[at], operands[at + 1]
            told = Told.exactly(self._part(left), self._part(right))
            if old in ("==", "!=", "in", "not in"):
                told = Told.holds(self._part(node))
            yield self._between(node, left, right, old, new, told)
            if isinstance(op, (ast.In, ast.NotIn)) and isinstance(right, ast.Tuple) and len(right.elts) > 1:
                for gone in right.elts:
                    kept = [self._part(one) for one in right.elts if one is not gone]
                    listed = f"({', '.join(kept)}{',' if len(kept) == 1 else ''})"
                    yield self._edit(right, listed, Told.equals(self._part(left), self._part(gone)))

    def _boolean(self, node: ast.BoolOp) -> Iterator[Edit]:
        both = isinstance(node.op, ast.And)
        old, new = ("and", "or") if both else ("or", "and")
        for at in range(len(node.values) - 1):
            left, right = node.values[at], node.values[at + 1]
            yield self._between(
                node, left, right, old, new, Told.one_of(self._inside(left), self._inside(right))
            )
        for gone in node.values:
            kept = [self._inside(value) for value in node.values if value is not gone]
            text = self._inside(gone)
            told = Told.only_fails(text) if both else Told.only_holds(text)
            yield self._edit(node, f" {old} ".join(kept), told)

    def _arithmetic(self, node: ast.BinOp) -> Iterator[Edit]:
        if type(node.op) not in ARITHMETIC:
            return
        old, new = ARITHMETIC[type(node.op)]
        told = Told.differ(self._part(node))
        yield self._between(node, node.left, node.right, old, new, told)
        if isinstance(node.op, (ast.Sub, ast.BitAnd)):
            yield self._edit(node, self._inside(node.left), told)

    def _constant(self, node: ast.Constant, inside: ast.Compare | None) -> Iterator[Edit]:
        text = self._part(node)
        if isinstance(node.value, str):
            for new in later(node.value):
                quote = text[0]
                yield self._edit(node, f"{quote}{new}{quote}", Told.around(node.value))
            return
        up, down = nearby(text)
        told = Told.matters(text)
        if inside is None or len(inside.ops) != 1:
            yield self._edit(node, up, told)
            return
        # The other neighbour is what the changed operator stands for.
        rising = isinstance(inside.ops[0], (ast.LtE, ast.Gt))
        if node is inside.left:
            rising = not rising
        other = inside.left if node is not inside.left else inside.comparators[0]
        new = up if rising or isinstance(inside.ops[0], (ast.Eq, ast.NotEq)) else down
        yield self._edit(node, new, Told.exactly(self._part(other), new))

    # texts

    def _span(self, node: ast.expr) -> tuple[int, int]:
        assert node.end_col_offset is not None
        return node.col_offset, node.end_col_offset

    def _part(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.bytes[start:end].decode()

    def _inside(self, node: ast.expr) -> str:
        """The text of a part, in brackets where it could come apart in another place."""
        text = self._part(node)
        return f"({text})" if isinstance(node, (ast.BoolOp, ast.IfExp)) else text

    def _edit(self, node: ast.expr, new: str, told: Told) -> Edit:
        start, end = self._span(node)
        whole = (self.bytes[:start] + new.encode() + self.bytes[end:]).decode()
        return Edit(whole, self.bytes[start:end].decode(), new, told)

    def _between(
        self, node: ast.expr, left: ast.expr, right: ast.expr, old: str, new: str, told: Told
    ) -> Edit:
        """The operator between two operands is replaced; what else stands there are brackets and blanks."""
        start, end = self._span(left)[1], self._span(right)[0]
        gap = self.bytes[start:end].decode()
        pattern = r"\bnot\s+in\b" if old == "not in" else re.escape(old)
        changed = re.sub(pattern, new, gap, count=1).encode()
        first, last = self._span(node)
        after = self.bytes[first:start] + changed + self.bytes[end:last]
        return self._edit(node, after.decode(), told)
