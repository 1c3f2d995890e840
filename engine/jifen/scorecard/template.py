"""A document of which most parts are the same for everybody: written once, filled in for each applicant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

V = TypeVar("V")


class Hole(Generic[V]):
    """A place in a document that is filled in with JSON text made from what is known of one applicant."""

    __slots__ = ("write",)

    def __init__(self, write: Callable[[V], str]) -> None:
        self.write = write


class Code:
    """A hole that is filled in by a Python expression over the names of the template; most holes are such."""

    __slots__ = ("expression",)

    def __init__(self, expression: str) -> None:
        self.expression = expression


class Template(Generic[V]):
    """A document with holes, as canonical JSON: keys in order, no spaces, no numbers but whole ones.

    It becomes one generated function of a view. `names` gives what the expressions of `Code` may use besides the
    fields of the view listed in `fields`.
    """

    def __init__(self, document: object, fields: tuple[str, ...], names: Mapping[str, object]) -> None:
        holes: list[Hole[V] | Code] = []
        parts = _MARK.split(canonical(_marked(document, holes)))
        scope: dict[str, Any] = dict(names)
        pieces: list[str] = []
        for position, text in enumerate(parts[0::2]):
            scope[f"t{position}"] = text
            pieces.append(f"t{position}")
            if 2 * position + 1 < len(parts):
                hole = holes[int(parts[2 * position + 1])]
                if isinstance(hole, Code):
                    pieces.append(hole.expression)
                else:
                    scope[f"w{position}"] = hole.write
                    pieces.append(f"w{position}(view)")
        known = "".join(f"    {name} = view.{name}\n" for name in fields)
        source = f"def fill(view):\n{known}    return ''.join(({', '.join(pieces)},))"
        exec(compile(source, "<scorecard>", "exec"), scope)
        self._fill: Callable[[V], str] = scope["fill"]

    def fill(self, view: V) -> str:
        """The document of one applicant."""
        return self._fill(view)


_MARK = re.compile(r'"\\u0000([0-9]+)\\u0000"')


def _marked(document: object, holes: list[Any]) -> object:
    if isinstance(document, (Hole, Code)):
        holes.append(document)
        return f"\0{len(holes) - 1}\0"
    if isinstance(document, dict):
        return {key: _marked(value, holes) for key, value in document.items()}
    if isinstance(document, (list, tuple)):
        return [_marked(value, holes) for value in document]
    return document


def canonical(document: object) -> str:
    """JSON as RFC 8785 has it, without fractions: those are texts already.

    Keys stand in the order of their UTF-16 code units, only what must be escaped is, and texts are left as they are.
    Raises TypeError for a binary float and whatever JSON does not have, OverflowError for an integer that a reader
    of JSON may not hold exactly, UnicodeEncodeError for half a surrogate pair.
    """
    return _ENCODER.encode(document if type(document) is str and document.isascii() else _ordered(document))


MOST = 2**53 - 1
"""The largest integer that every reader of JSON holds exactly."""


def _ordered(document: object) -> object:
    if isinstance(document, str):
        document.encode()
        return document
    if isinstance(document, Mapping):
        return {key: _ordered(document[key]) for key in sorted(document, key=_units)}
    if isinstance(document, (list, tuple)):
        return [_ordered(value) for value in document]
    if isinstance(document, int):
        if abs(document) > MOST:
            raise OverflowError(document)
        return document
    if document is None:
        return None
    raise TypeError(f"{type(document).__name__} is not written in a scorecard")


def _units(key: str) -> bytes:
    return key.encode("utf-16-be")


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
