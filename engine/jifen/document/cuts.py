"""Texts that YAML has cut: at a comma inside braces, or at a blank with `#` behind it."""

from __future__ import annotations

import re

_OPENER = re.compile("[(\\[{\"']")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def left_open(raw: str) -> bool:
    """Whether a bracket or a quote is opened and not closed. An apostrophe in a word opens nothing."""
    if _OPENER.search(raw) is None:
        return False
    opened: list[str] = []
    quote = ""
    before = ""
    for char in raw:
        if quote:
            if char == quote:
                quote = ""
        elif char == '"' or (char == "'" and not before.isalnum()):
            quote = char
        elif char in "([{":
            opened.append(char)
        elif opened and _PAIRS.get(char) == opened[-1]:
            opened.pop()
        before = char
    return bool(quote or opened)


def stop_at(text: str, end: int, flow: bool) -> str | None:
    """The character that ended the unquoted text before ``text[end]``; None where its line just ends."""
    following = text[end : end + 1]
    if flow and following in (",", "}", "]", ":"):
        return following
    if following in (" ", "\t"):
        behind = text[end : end + 200].lstrip(" \t")[:1]
        if behind == "#" or (flow and behind in (",", "}", "]", ":")):
            return behind
    return None
