"""Read a YAML document into the positioned tree."""

from __future__ import annotations

from os import PathLike, fspath

from jifen.document import messages
from jifen.document.builder import Builder
from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.source import decode
from jifen.document.tree import Node


def read(data: bytes | str, file: str, diagnostics: Diagnostics) -> Node | None:
    """The tree of a document, or None where it cannot be read.

    ``file`` is the name that places carry. A tree may come with errors in ``diagnostics``, such as
    a key that stands twice; it is then good enough to look for more errors in it. Raises nothing.
    """
    text = decode(data, file, diagnostics)
    return None if text is None else Builder(text, file, diagnostics).build()


def read_path(path: str | PathLike[str], diagnostics: Diagnostics) -> Node | None:
    """Like ``read``, from a file. Places carry ``path`` as given."""
    name = fspath(path).encode("utf-8", "replace").decode("utf-8")
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        diagnostics.add(messages.UNREADABLE, Place(name, 1, 1, 1, 1), reason=reason)
        return None
    return read(data, name, diagnostics)
