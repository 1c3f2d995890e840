"""Where a part of an expression stands in its file, however the file has quoted, folded or broken it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jifen.document.places import Place


def place_in(text: str, whole: Place, lines: Sequence[str], start: int, end: int) -> Place:
    """The place of text[start:end], where `text` is what a scalar at `whole` says.

    `lines` are the lines of the file; without them, and where they do not match, only an unbroken
    scalar can be resolved, and any other gives `whole`.
    """
    found = _aligned(text, whole, lines, start, end)
    if found is not None:
        return found
    margin, odd = divmod(whole.end_column - whole.column - len(text), 2)
    if whole.line != whole.end_line or odd or margin not in (0, 1) or lines:
        return whole
    first = whole.column + margin
    return Place(whole.file, whole.line, first + start, whole.line, first + end)


def _aligned(text: str, whole: Place, lines: Sequence[str], start: int, end: int) -> Place | None:
    """Match the characters of the text with those of the file, blanks aside."""
    written = _written(whole, lines)
    first: tuple[int, int] | None = None
    last: tuple[int, int] | None = None
    for position, char in enumerate(text[:end]):
        if char in " \t\n":
            continue
        spot = _next(written, char)
        if spot is None:
            return None
        if position >= start:
            first, last = first or spot, spot
    if first is None or last is None:
        return None
    end_column = last[1] + 1 if last[0] == first[0] else len(lines[first[0] - 1]) + 1
    return Place(whole.file, first[0], first[1], first[0], end_column)


def _next(written: Iterator[tuple[int, int, str]], char: str) -> tuple[int, int] | None:
    """Where the next character stands, which is `char` but for what the quotes of YAML escape."""
    for line, column, there in written:
        if there == char:
            return line, column
        if there not in "\\'":
            return None
    return None


def _written(whole: Place, lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Line, column and character of what stands inside a scalar, without blanks, quotes and block signs."""
    first_line = whole.line
    if not 1 <= first_line <= len(lines):
        return
    opening = lines[first_line - 1][whole.column - 1 : whole.column]
    skipped = 1 if opening in ("'", '"') else 0
    if opening in ("|", ">"):
        first_line += 1
    for line in range(first_line, min(whole.end_line, len(lines)) + 1):
        begin = whole.column - 1 + skipped if line == whole.line else 0
        for column, char in enumerate(lines[line - 1][begin:], begin + 1):
            if char not in " \t":
                yield line, column, char
