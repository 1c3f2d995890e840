"""The order of the tokens: every place where a value, an operator or a bracket is missing has its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from jifen.language import messages
from jifen.language.mistakes import LanguageError
from jifen.language.tokens import Token

DEEPEST: Final = 40

_BEFORE_NOT: Final = frozenset({"(", ",", "and", "or", "not", "if", "else"})


@dataclass(slots=True)
class _Bracket:
    """An open bracket, or (`token` None) the whole expression; `waiting` is an `if` without its `else` yet."""

    token: Token | None
    call: bool = False
    filled: bool = False
    waiting: Token | None = None


def check_order(tokens: list[Token]) -> None:
    """Whether the tokens make one expression. Raises LanguageError at the first that does not fit."""
    reader = _Reader()
    for token in tokens:
        if reader.wants_value:
            reader.value(token)
        else:
            reader.operator(token)
        reader.before = token
    reader.end()


class _Reader:
    def __init__(self) -> None:
        self.open: list[_Bracket] = [_Bracket(None)]
        self.before: Token | None = None
        self.wants_value = True

    def value(self, token: Token) -> None:
        """A token where a value must stand."""
        inner, before, text = self.open[-1], self.before, token.text
        if token.kind in ("number", "name", "text"):
            self.wants_value = False
            inner.filled = True
        elif text == "(":
            self._enter(token, call=False)
        elif text == "not":
            if before is not None and before.text not in _BEFORE_NOT:
                raise LanguageError(token.node, messages.NEEDS_BRACKETS, token="not")
        elif text == "-":
            return
        elif text == ")" and self._may_close(inner):
            self._leave()
        elif before is None or (before.text in ("(", ",") and text != ")"):
            raise LanguageError(token.node, messages.VALUE_MISSING_BEFORE, token=text)
        elif text == ")" and inner.token is None:
            raise LanguageError(token.node, messages.NO_PARTNER, token=")", other="(")
        else:
            raise LanguageError(before.node, messages.VALUE_MISSING_AFTER, token=before.text)

    def operator(self, token: Token) -> None:
        """A token behind a value."""
        inner, before, text = self.open[-1], self.before, token.text
        assert before is not None
        if text == "(" and before.kind == "name":
            self._method(before, token)
            self._enter(token, call=True)
        elif token.kind in ("number", "name", "text") or text in ("(", "not"):
            raise LanguageError(token.node, messages.OPERATOR_MISSING, one=before.text, other=text)
        elif text == ")":
            if inner.token is None:
                raise LanguageError(token.node, messages.NO_PARTNER, token=")", other="(")
            self._no_if_waits(inner)
            self._leave()
        elif text == ",":
            if inner.token is None:
                raise LanguageError(token.node, messages.COMMA)
            self._no_if_waits(inner)
            self.wants_value = True
        elif text == "if":
            if inner.waiting is not None:
                raise LanguageError(token.node, messages.NEEDS_BRACKETS, token="if")
            inner.waiting, self.wants_value = token, True
        elif text == "else":
            if inner.waiting is None:
                raise LanguageError(token.node, messages.IF_ALONE, token="else", other="if")
            inner.waiting, self.wants_value = None, True
        else:
            self.wants_value = True

    def end(self) -> None:
        """The end of the text."""
        inner, before = self.open[-1], self.before
        if before is None:
            raise LanguageError(None, messages.EMPTY)
        if inner.token is not None:
            raise LanguageError(inner.token.node, messages.NO_PARTNER, token="(", other=")")
        if self.wants_value:
            raise LanguageError(before.node, messages.VALUE_MISSING_AFTER, token=before.text)
        self._no_if_waits(inner)

    def _enter(self, token: Token, call: bool) -> None:
        if len(self.open) > DEEPEST:
            limit = {"limit": f"{DEEPEST} brackets inside one another", "limit_zh": f" {DEEPEST} 层括号"}
            raise LanguageError(token.node, messages.TOO_LARGE, **limit)
        self.open[-1].filled = True
        self.open.append(_Bracket(token, call))
        self.wants_value = True

    def _may_close(self, inner: _Bracket) -> bool:
        """Whether a bracket can close without a value before it: `f()`, and behind a last comma."""
        if inner.token is None or self.before is None:
            return False
        return self.before.text == "," if inner.filled else inner.call and self.before.text == "("

    def _leave(self) -> None:
        self.open.pop()
        self.wants_value = False

    @staticmethod
    def _no_if_waits(inner: _Bracket) -> None:
        if inner.waiting is not None:
            raise LanguageError(inner.waiting.node, messages.IF_ALONE, token="if", other="else")

    @staticmethod
    def _method(name: Token, bracket: Token) -> None:
        owner, dot, function = name.text.rpartition(".")
        if dot:
            raise LanguageError(
                name.node,
                messages.WRITE_INSTEAD,
                what=f"`{name.text}()`",
                what_zh=f" `{name.text}()`",
                instead=f"{function}({owner})",
            )
