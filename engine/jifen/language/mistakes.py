"""What is wrong at a node of an expression, as an exception."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from jifen.document.diagnostics import Message

S = TypeVar("S")
T = TypeVar("T")


class LanguageError(Exception):
    """Something is wrong at a node of an expression.

    Where the node is not known yet, `culprit` is what it stands for. `others` are mistakes elsewhere in
    the same expression.
    """

    def __init__(self, node: ast.AST | None, message: Message, culprit: object = None, **args: str) -> None:
        super().__init__(message.code)
        self.node = node
        self.message = message
        self.culprit = culprit
        self.args_ = args
        self.others: list[LanguageError] = []

    def at(self, nodes: Sequence[ast.expr], values: Sequence[object], whole: ast.expr) -> None:
        """Find the node among those of some values; `whole` is the node if it is none of them."""
        for node, value in zip(nodes, values, strict=True):
            if self.node is None and value is self.culprit:
                self.node = node
        self.node = self.node or whole

    @property
    def all(self) -> list[LanguageError]:
        """This mistake and the others."""
        return [self, *self.others]


class Broken(Exception):
    """A definition has a mistake that has been reported; what reads it is skipped."""


def each(make: Callable[[S], T], items: Iterable[S]) -> list[T]:
    """Apply `make` to all items. Raises LanguageError that holds the mistakes of all of them, else Broken."""
    made: list[T] = []
    found: LanguageError | None = None
    broken: Broken | None = None
    for item in items:
        try:
            made.append(make(item))
        except LanguageError as error:
            if found is None:
                found = error
            else:
                found.others += error.all
        except Broken as error:
            broken = error
    if found is not None:
        raise found
    if broken is not None:
        raise broken
    return made
