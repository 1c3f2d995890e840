"""A document of which most parts are the same for everybody: written once, filled in for each applicant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Hole(Generic[V]):
    """A place in a document that is filled in with JSON text made from what is known of one applicant."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[V], str]) -> None:
        self.write = write


class Template(Generic[V]):
    """A document with holes, as canonical JSON: keys in order, no spaces, no numbers but whole ones."""

    def __init__(self, document: object) -> None:
        holes: list[Callable[[V], str]] = []
        text = canonical(_marked(document, holes))
        parts = _MARK.split(text)
        self._texts = parts[0::2]
        self._writers = [holes[int(number)] for number in parts[1::2]]

    def fill(self, view: V) -> str:
        """The document of one applicant."""
        parts = self._texts.copy()
        for position, write in enumerate(self._writers):
            parts[position] += write(view)
        return "".join(parts)


_MARK = re.compile(r'"\\u0000([0-9]+)\\u0000"')


def _marked(document: object, holes: list[Callable[[Any], str]]) -> object:
    if isinstance(document, Hole):
        holes.append(document.write)
        return f"\0{len(holes) - 1}\0"
    if isinstance(document, dict):
        return {key: _marked(value, holes) for key, value in document.items()}
    if isinstance(document, (list, tuple)):
        return [_marked(value, holes) for value in document]
    return document


def canonical(document: object) -> str:
    """JSON with keys in order and no spaces; numbers that could be fractions are texts already."""
    return _ENCODER.encode(document)


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))
