"""Where something stands in a file."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, columns in characters.

    ``end_line`` and ``end_column`` name the first position after the stretch, so an empty stretch
    has equal ends. Places sort by file, then by position.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
