"""The gate: text in, a syntax tree of the few allowed forms out."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jifen.document.places import Place
from jifen.language import messages
from jifen.language.grammar import DEEPEST, check_order
from jifen.language.mistakes import LanguageError
from jifen.language.positions import place_in
from jifen.language.tokens import NUMBER, for_python, tokens

LONGEST: Final = 1000
MOST_PARTS: Final = 200
MOST_LEVELS: Final = 2 * DEEPEST

_ALLOWED: Final[tuple[type[ast.AST], ...]] = (
    ast.BoolOp,
    ast.And,
    ast.Or,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.BitAnd,
    ast.BitOr,
    ast.UnaryOp,
    ast.USub,
    ast.Not,
    ast.Compare,
    ast.Eq,
    ast.NotEq,
    ast.Lt,
    ast.LtE,
    ast.Gt,
    ast.GtE,
    ast.In,
    ast.NotIn,
    ast.IfExp,
    ast.Call,
    ast.Name,
    ast.Load,
    ast.Attribute,
    ast.Constant,
    ast.Tuple,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of a policy: its text, its gated syntax tree, and where it stands.

    `lines` are the lines of its file, where they are known; `source` is the text that the tree's
    positions refer to, where it is not `text`.
    """

    text: str
    tree: ast.expr
    place: Place
    lines: tuple[str, ...] = ()
    source: str = ""

    def place_of(self, node: ast.AST | None) -> Place:
        """Where a node of the tree stands in the file; the whole expression where that cannot be told."""
        if not isinstance(node, ast.expr) or node.end_col_offset is None:
            return self.place
        return place_in(
            self.source or self.text, self.place, self.lines, node.col_offset, node.end_col_offset
        )


def parse(text: str, place: Place, lines: tuple[str, ...] = ()) -> Expression:
    """Parse one expression. Raises LanguageError; runs nothing and touches no name."""
    shown, tree = _parsed(text)
    return Expression(shown, tree, place, lines, "" if shown == text else text)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[str, ast.expr]:
    """The text as it is shown, and its tree, which nobody changes; the same text is read under each reading."""
    if len(text) > LONGEST:
        raise _too_large(f"{LONGEST} characters", f" {LONGEST} 个字符")
    found = tokens(text)
    if len(found) > MOST_PARTS:
        raise _too_large(f"{MOST_PARTS} names, numbers and signs", f" {MOST_PARTS} 个名称、数和符号")
    check_order(found)
    # A line break is a blank here, so that a long expression can be written on several lines.
    blank = for_python(text, found)
    try:
        tree = ast.parse(blank.strip(), mode="eval").body
    except (SyntaxError, RecursionError, MemoryError, ValueError):
        raise _too_deep() from None
    _restore(tree, len(blank) - len(blank.lstrip()))
    check_tree(tree, text)
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip(), tree


def _restore(tree: ast.expr, columns: int) -> None:
    """Names and positions as the expression has them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = node.id.lower()
        elif isinstance(node, ast.Attribute):
            node.attr = node.attr.lower()
        if isinstance(node, ast.expr):
            node.col_offset += columns
            node.end_col_offset = (node.end_col_offset or 0) + columns


def check_tree(tree: ast.expr, text: str) -> None:
    """Whether a syntax tree has nothing but what the language knows. Raises LanguageError."""
    todo: list[tuple[ast.AST, int]] = [(tree, 0)]
    while todo:
        node, depth = todo.pop()
        if depth > MOST_LEVELS:
            raise _too_deep()
        _check_node(node, text)
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(node))


def _check_node(node: ast.AST, text: str) -> None:
    allowed = isinstance(node, _ALLOWED)
    if isinstance(node, ast.Attribute):
        allowed = isinstance(node.value, (ast.Name, ast.Attribute)) and not node.attr.startswith("_")
    elif isinstance(node, ast.Tuple):
        allowed = bool(node.elts)
    elif isinstance(node, ast.Name):
        allowed = not node.id.startswith("_")
    elif isinstance(node, ast.Call):
        allowed = isinstance(node.func, ast.Name) and not node.keywords
    elif isinstance(node, ast.Constant):
        allowed = type(node.value) is str or NUMBER.match(number_text(node, text)) is not None
    if not allowed:
        what = type(node).__name__
        raise LanguageError(node, messages.NOT_ALLOWED, what=what, what_zh=f" {what}")


def number_text(node: ast.Constant, text: str) -> str:
    """The digits of a number as they are written."""
    return text[node.col_offset : node.end_col_offset]


def _too_deep() -> LanguageError:
    return _too_large(f"{MOST_LEVELS} levels", f" {MOST_LEVELS} 层")


def _too_large(limit: str, limit_zh: str) -> LanguageError:
    return LanguageError(None, messages.TOO_LARGE, limit=limit, limit_zh=limit_zh)
