"""The words, numbers and signs of an expression, read before anything else sees the text."""

from __future__ import annotations

import ast
import re
import unicodedata
from keyword import iskeyword
from typing import Final, NamedTuple

from jifen.document.source import character_name
from jifen.language import messages
from jifen.language.mistakes import LanguageError

WORDS: Final = frozenset({"and", "or", "not", "in", "if", "else"})
SIGNS: Final = frozenset({"+", "-", "*", "/", "==", "!=", "<", "<=", ">", ">=", "&", "|", "(", ")", ","})
RESERVED: Final = WORDS | {"true", "false", "is", "null"}
"""Small-letter words that no name can be."""

_TOKEN: Final = re.compile(
    r"""(?P<number>\.?[0-9][0-9A-Za-z_.]*)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)
    |(?P<text>"[^"\\\n]*"|'[^'\\\n]*')
    |(?P<sign>==|!=|<=|>=|=<|=>|<>|:=|->|&&|\|\||\*\*|//|<<|>>|\.\.\.|[^\s])""",
    re.VERBOSE,
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,12})?\Z")

_BETTER: Final = {
    "=>": ">=",
    "=<": "<=",
    "<>": "!=",
    "&&": "and",
    "||": "or",
    "!": "not",
    "is": "==",
    "True": "true",
    "False": "false",
    "And": "and",
    "Or": "or",
    "Not": "not",
    "In": "in",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
    "IN": "in",
    "IF": "if",
    "ELSE": "else",
    "TRUE": "true",
    "FALSE": "false",
    "None": "not given(name)",
    "null": "not given(name)",
    "//": "floor(a / b)",
}
_WIDE: Final = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "—": "-",
    "。": ".",
    "、": ",",
    "＝": "==",
}


class Token(NamedTuple):
    """A part of an expression: its kind (number, name, text, word or sign), its text, where it begins and ends."""

    kind: str
    text: str
    start: int

    @property
    def node(self) -> ast.expr:
        """A stand-in for the token, where a node of the syntax tree is wanted."""
        return span(self.start, self.start + len(self.text))


def span(start: int, end: int) -> ast.expr:
    """A node that covers some characters of the text."""
    return ast.Name(id="_", ctx=ast.Load(), lineno=1, col_offset=start, end_lineno=1, end_col_offset=end)


def tokens(text: str) -> list[Token]:
    """The tokens of an expression. Raises LanguageError for the first that the language does not have."""
    _characters(text)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = str(match.lastgroup)
        token = Token(kind, match[0], match.start())
        if kind == "name" and token.text in WORDS:
            token = token._replace(kind="word")
            if token.text == "in" and found and found[-1].text == "not":
                token = Token("word", "not in", found.pop().start)
        _known(token)
        found.append(token)
    return found


def for_python(text: str, found: list[Token]) -> str:
    """The text on one line, with its names that are words of Python in capital letters, as no name here is."""
    parts = list(text.replace("\n", " ").replace("\t", " "))
    for token in found:
        if token.kind == "name":
            names = [name.upper() if iskeyword(name) else name for name in token.text.split(".")]
            parts[token.start : token.start + len(token.text)] = ".".join(names)
    return "".join(parts)


def _characters(text: str) -> None:
    for position, char in enumerate(text):
        if " " <= char <= "~" or char in "\n\t":
            continue
        shown = f"`{char}`" if char.isprintable() and not char.isspace() else character_name(char)
        node = span(position, position + 1)
        instead = _WIDE.get(char) or unicodedata.normalize("NFKC", char)
        if len(instead) <= 2 and instead.isascii() and instead.isprintable() and instead.strip():
            raise LanguageError(node, messages.FULL_WIDTH, char=shown, instead=instead)
        raise LanguageError(node, messages.NOT_ASCII, char=shown)


def _known(token: Token) -> None:
    text, node = token.text, token.node
    if token.kind == "number" and not NUMBER.match(text):
        raise LanguageError(node, messages.BAD_NUMBER, text=text)
    if token.kind == "name":
        for part in text.split("."):
            _name(part, node)
    if token.kind == "sign" and text not in SIGNS:
        if text in "\"'":
            raise LanguageError(node, messages.OPEN_QUOTE)
        what = {"what": f"`{text}`", "what_zh": f" `{text}`"}
        if text in _BETTER:
            raise LanguageError(node, messages.WRITE_INSTEAD, **what, instead=_BETTER[text])
        raise LanguageError(node, messages.COMPARE_WITH_TWO if text == "=" else messages.NOT_ALLOWED, **what)


def _name(name: str, node: ast.expr) -> None:
    if name in _BETTER:
        what = {"what": f"`{name}`", "what_zh": f" `{name}`"}
        raise LanguageError(node, messages.WRITE_INSTEAD, **what, instead=_BETTER[name])
    if not _NAME.match(name):
        near = name.lower()
        args = {"near": near} if _NAME.match(near) else {}
        raise LanguageError(node, messages.NAME_FORM, name=name, **args)
