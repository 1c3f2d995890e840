"""Bytes to text: size, encoding, and the characters a document may hold."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from typing import Final

from jifen.document import messages
from jifen.document.diagnostics import Diagnostics
from jifen.document.limits import MAX_BYTES
from jifen.document.places import Place

# Control characters and half surrogates; line separators that YAML 1.1 and 1.2 disagree about; and
# what makes a line look different from what it says: zero-width and direction characters.
FORBIDDEN: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)

_REPORTED = 20
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
LINE_BREAK = re.compile("\r\n|\r|\n")


def decode(data: bytes | str, file: str, diagnostics: Diagnostics) -> str | None:
    """The text of a file without its byte order mark; None when there is a reason not to read it."""
    start = Place(file, 1, 1, 1, 1)
    if isinstance(data, str):
        text = data.removeprefix("\ufeff")
        size = len(data) if len(data) > MAX_BYTES else len(data.encode("utf-8", "surrogatepass"))
    else:
        size = len(data)
    if size > MAX_BYTES:
        diagnostics.add(messages.TOO_LARGE, start, size=size, limit=MAX_BYTES)
        return None
    if isinstance(data, bytes):
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                diagnostics.add(messages.WIDE_ENCODING, start, encoding=encoding)
                return None
        data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            place = place_of(data[: error.start].decode("utf-8"), error.start, file)
            diagnostics.add(messages.NOT_UTF8, place, byte=f"0x{data[error.start]:02X}")
            return None
    if FORBIDDEN.search(text) is None:
        return text
    for found in islice(FORBIDDEN.finditer(text), _REPORTED):
        place = place_of(text, found.start(), file)
        diagnostics.add(messages.CHARACTER, place, name=character_name(found[0]))
    return None


def place_of(text: str, index: int, file: str) -> Place:
    """The place of the one character at ``index``; the end of the text if that lies beyond it."""
    breaks = list(LINE_BREAK.finditer(text, 0, index))
    column = min(index, len(text)) - (breaks[-1].end() if breaks else 0) + 1
    return Place(file, len(breaks) + 1, column, len(breaks) + 1, column + 1)


def character_name(char: str) -> str:
    """``U+200B ZERO WIDTH SPACE``; the code alone where there is no name."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
