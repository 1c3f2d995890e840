"""The gate: text in, a syntax tree of the few allowed forms out."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from jifen.document.diagnostics import Message
from jifen.document.places import Place
from jifen.language import messages

LONGEST = 1000
DEEPEST = 40
MOST_NODES = 300

_NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?\Z")

_ALLOWED: tuple[type[ast.AST], ...] = (
    ast.Expression,
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

_WORDS: dict[type[ast.AST], str] = {
    ast.Pow: "**",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Lambda: "lambda",
    ast.NamedExpr: ":=",
    ast.JoinedStr: "an f-string",
    ast.Subscript: "[...]",
    ast.Starred: "*",
    ast.ListComp: "a comprehension",
    ast.SetComp: "a comprehension",
    ast.DictComp: "a comprehension",
    ast.GeneratorExp: "a comprehension",
    ast.List: "a list; write (a, b)",
    ast.Dict: "a mapping",
    ast.Set: "a set",
    ast.Is: "is; write ==",
    ast.IsNot: "is not; write !=",
    ast.keyword: "a named argument",
    ast.Await: "await",
    ast.Yield: "yield",
}


class LanguageError(Exception):
    """Something is wrong at a node of an expression."""

    def __init__(self, node: ast.AST | None, message: Message, **args: str) -> None:
        super().__init__(message.code)
        self.node = node
        self.message = message
        self.args_ = args


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression of a policy: its text, its gated syntax tree, and where it stands."""

    text: str
    tree: ast.expr
    place: Place
    offset: int
    source: str = ""
    """The text that the tree's positions refer to, where it is not `text`."""

    def place_of(self, node: ast.AST | None) -> Place:
        """Where a node of the tree stands in the file; the whole expression for several lines or no node."""
        place = self.place
        if not isinstance(node, ast.expr) or place.line != place.end_line:
            return place
        raw = (self.source or self.text).encode()
        start = place.column + self.offset + len(raw[: node.col_offset].decode())
        length = len(raw[node.col_offset : node.end_col_offset].decode())
        return Place(place.file, place.line, start, place.line, start + length)


def parse(text: str, place: Place, quoted: bool = False) -> Expression:
    """Parse one expression. Raises LanguageError; runs nothing and touches no name."""
    _bounded(text)
    try:
        tree = ast.parse(text, mode="eval")
    except SyntaxError as error:
        raise LanguageError(_point(error), messages.SYNTAX, why=_reason(error)) from None
    except (RecursionError, MemoryError, ValueError):
        raise LanguageError(None, messages.TOO_LARGE, what="deep", what_zh="嵌套过深") from None
    nodes = list(_walk(tree))
    for node in nodes:
        _allowed(node, text)
    return Expression(text, tree.body, place, 1 if quoted else 0)


def _bounded(text: str) -> None:
    if len(text) > LONGEST:
        raise LanguageError(None, messages.TOO_LARGE, what="long", what_zh="过长")
    for char in text:
        if not (" " <= char <= "~" or char == "\n"):
            raise LanguageError(None, messages.NOT_ASCII, char=ascii(char))
    depth = 0
    for char in text:
        depth += (char in "([{") - (char in ")]}")
        if depth > DEEPEST:
            raise LanguageError(None, messages.TOO_LARGE, what="deep", what_zh="嵌套过深")


def _walk(tree: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    todo = [(tree, 0)]
    while todo:
        node, depth = todo.pop()
        if depth > DEEPEST * 2 or len(found) > MOST_NODES:
            raise LanguageError(None, messages.TOO_LARGE, what="deep", what_zh="嵌套过深")
        found.append(node)
        todo.extend((child, depth + 1) for child in ast.iter_child_nodes(node))
    return found


def _allowed(node: ast.AST, text: str) -> None:
    if not isinstance(node, _ALLOWED):
        what = _WORDS.get(type(node), type(node).__name__)
        raise LanguageError(node, messages.NOT_ALLOWED, what=what)
    if isinstance(node, ast.Name) and not _NAME.match(node.id):
        raise LanguageError(node, messages.NOT_ALLOWED, what=f"the name {node.id}")
    if isinstance(node, ast.Attribute) and not (
        _NAME.match(node.attr) and isinstance(node.value, (ast.Name, ast.Attribute))
    ):
        raise LanguageError(node, messages.NOT_ALLOWED, what=f".{node.attr}")
    if isinstance(node, ast.Call):
        if not isinstance(node.func, ast.Name):
            raise LanguageError(
                node, messages.NOT_ALLOWED, what="a call of anything but a function of the language"
            )
        if node.keywords:
            raise LanguageError(node, messages.NOT_ALLOWED, what="a named argument")
    if isinstance(node, ast.Constant):
        _constant(node, text)


def _constant(node: ast.Constant, text: str) -> None:
    value = node.value
    if isinstance(value, bool):
        raise LanguageError(node, messages.NOT_ALLOWED, what=f"{value}; write {str(value).lower()}")
    if isinstance(value, (int, float, complex)):
        if not _NUMBER.match(number_text(node, text)):
            raise LanguageError(node, messages.BAD_NUMBER, text=number_text(node, text))
    elif not isinstance(value, str):
        raise LanguageError(node, messages.NOT_ALLOWED, what="..." if value is ... else repr(value))


def number_text(node: ast.Constant, text: str) -> str:
    """The digits of a number as they are written."""
    return ast.get_source_segment(text, node) or ""


def _point(error: SyntaxError) -> ast.expr | None:
    if not error.offset or error.lineno != 1:
        return None
    column = max(error.offset - 1, 0)
    return ast.Name(
        id="x", ctx=ast.Load(), lineno=1, col_offset=column, end_lineno=1, end_col_offset=column + 1
    )


def _reason(error: SyntaxError) -> str:
    reason = (error.msg or "invalid syntax").removesuffix(". Perhaps you forgot a comma?")
    return reason[0].lower() + reason[1:] if reason else "invalid syntax"
