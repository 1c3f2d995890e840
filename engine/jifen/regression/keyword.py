"""Which cases are wanted: words with `and`, `or`, `not` and brackets, as pytest reads its `-k`."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

Wanted = Callable[[str], bool]
"""Whether a case is wanted, by its id."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<bracket>[()])|"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<word>[^\s()"']+))\s*"""
)
_OPERATORS = frozenset(("and", "or", "not"))


class BadKeyword(ValueError):
    """An expression that cannot be read."""


def everything(id: str) -> bool:
    """Every case is wanted."""
    return True


def wanted(text: str) -> Wanted:
    """The cases that an expression means.

    A word stands for the cases whose id holds it, in small or capital letters; quotes make one word of several.
    Raises BadKeyword.
    """
    words: list[str] = []
    source = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise BadKeyword(text)
        at = found.end()
        if found["bracket"] or found["word"] in _OPERATORS:
            source.append(found["bracket"] or found["word"])
        else:
            # The grammar of Python's conditions is the one wanted; only its names are narrower than ours.
            source.append(f"w{len(words)}")
            words.append((found["double"] or found["single"] or found["word"]).lower())
    try:
        tree = ast.parse(" ".join(source), mode="eval").body
        _check(tree)
    except (SyntaxError, RecursionError, MemoryError):
        raise BadKeyword(text) from None
    return lambda id: _holds(tree, [word in id.lower() for word in words])


def _check(tree: ast.expr) -> None:
    """Raises SyntaxError for what is neither a word nor joined by the operators, such as a call."""
    if isinstance(tree, ast.BoolOp):
        for part in tree.values:
            _check(part)
    elif isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.Not):
        _check(tree.operand)
    elif not isinstance(tree, ast.Name):
        raise SyntaxError


def _holds(tree: ast.expr, found: list[bool]) -> bool:
    if isinstance(tree, ast.BoolOp):
        parts = (_holds(part, found) for part in tree.values)
        return all(parts) if isinstance(tree.op, ast.And) else any(parts)
    if isinstance(tree, ast.UnaryOp):
        return not _holds(tree.operand, found)
    assert isinstance(tree, ast.Name)
    return found[int(tree.id[1:])]
