"""The errors of the YAML parser, said in the words of somebody who writes a table.

The C parser and the Python parser word the same error differently; both wordings are listed.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from jifen.document import messages
from jifen.document.diagnostics import Diagnostics, Message
from jifen.document.places import Place
from jifen.document.source import LINE_BREAK, character_name

# Looked for, in this order, in the parser's context and problem.
_CAUSES: Final[tuple[tuple[str, Message], ...]] = (
    ("tab character", messages.TAB),
    ("scanning a block scalar", messages.BAD_START),
    ("scanning an anchor", messages.BAD_START),
    ("scanning an alias", messages.BAD_START),
    ("cannot start any token", messages.BAD_START),
    ("keys are not allowed", messages.BAD_START),
    ("entries are not allowed", messages.LIST_ON_LINE),
    ("values are not allowed", messages.SECOND_COLON),
    ("could not find expected ':'", messages.NO_COLON),
    ("escape", messages.ESCAPE),
    ("hexdecimal number", messages.ESCAPE),
    ("quoted scalar", messages.OPEN_QUOTE),
    ("tag", messages.TAG),
    ("directive", messages.DIRECTIVE),
    ("YAML document", messages.DIRECTIVE),
    ("document start>", messages.SECOND_DOCUMENT),
    ("expected node content", messages.MISSING_VALUE),
    ("expected the node content", messages.MISSING_VALUE),
    ("expected ',' or", messages.UNCLOSED),
    ("parsing a block", messages.INDENTATION),
)
_TOLD_WHERE_IT_BEGAN: Final = (
    messages.BAD_START,
    messages.NO_COLON,
    messages.OPEN_QUOTE,
    messages.TAG,
    messages.DIRECTIVE,
)
_CLOSERS: Final = {"[": "]", "{": "}"}
_LINE_HEAD = r"[ ]*(?:- +)*[\[{]? *"
_FULL_WIDTH: Final = (
    (re.compile(_LINE_HEAD + r"[A-Za-z_][\w-]*(：)"), "full-width colon", "全角冒号", "`:`", "`:`"),
    (re.compile(_LINE_HEAD + r"[A-Za-z_][\w-]*:(\u3000)"), "full-width space", "全角空格", "space", "空格"),
    (re.compile(_LINE_HEAD + r"[A-Za-z_][\w-]*:(\u00a0)"), "no-break space", "不间断空格", "space", "空格"),
    (re.compile(r"[ ]*(\u3000)"), "full-width space", "全角空格", "space", "空格"),
    (re.compile(r"[ ]*(\u00a0)"), "no-break space", "不间断空格", "space", "空格"),
    (re.compile(r".*(，) *[A-Za-z_][\w-]*: "), "full-width comma", "全角逗号", "`,`", "`,`"),
)


def syntax_error(
    error: yaml.YAMLError | ValueError, text: str, last: Place, inside: Place | None, diagnostics: Diagnostics
) -> None:
    """Add the one diagnostic that ``error`` amounts to.

    ``last`` is where the last value stands that could be read, ``inside`` the beginning of the
    innermost collection with brackets that is still open.
    """
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        diagnostics.add(messages.SYNTAX, last, problem=str(error) or type(error).__name__)
        return
    problem = error.problem or "?"
    said = f"{error.context or ''}: {problem.partition(', but ')[0]}"
    message = next((message for words, message in _CAUSES if words in said), messages.SYNTAX)
    lines = LINE_BREAK.split(text)
    here = _place(error.problem_mark, lines, last.file)
    began = here if error.context_mark is None else _place(error.context_mark, lines, last.file)
    if message in _TOLD_WHERE_IT_BEGAN:
        here = began
    message, here, began = _refined(message, here, began, lines, last, inside)
    if message in (messages.CONTINUED, messages.NO_COLON, messages.SECOND_COLON, messages.UNCLOSED):
        for number in range(max(here.line - 1, 1), here.line + 1):
            if found := full_width(lines[number - 1]):
                column = found[0] + 1
                place = Place(here.file, number, column, number, column + 1)
                diagnostics.add(messages.FULL_WIDTH, place, True, **found[1])
                return
    char = _char(lines, here)
    opener = _char(lines, began)
    tag = re.match("![^ ,\\]}]*", lines[here.line - 1][here.column - 1 :])
    diagnostics.add(
        message,
        here,
        problem=problem,
        char=character_name(char) if char == "`" else f"`{char}`",
        opener=opener,
        closer=_CLOSERS.get(opener, opener),
        line=last.line if message is messages.AFTER_VALUE else began.line,
        spaces=began.column - 1,
        tag=tag[0] if tag else "!",
    )


def _refined(
    message: Message, here: Place, began: Place, lines: list[str], last: Place, inside: Place | None
) -> tuple[Message, Place, Place]:
    """Tell apart what the parser does not, from the text around the error."""
    line = lines[here.line - 1]
    char = _char(lines, here)
    first_on_line = not line[: here.column - 1].strip()
    if message is messages.BAD_START and char == "\t":
        message = messages.TAB
    elif message is messages.SECOND_DOCUMENT:
        above = lines[: here.line]
        # A directive with no `---` behind it, or one behind the document.
        if directives := [number for number, text in enumerate(above, 1) if text.startswith("%")]:
            return messages.DIRECTIVE, Place(here.file, directives[0], 1, directives[0], 2), began
        if not any(text.startswith(("---", "...")) for text in above):
            message = messages.AFTER_VALUE
    elif message is messages.MISSING_VALUE and not char:
        if inside is None:
            return messages.SYNTAX, here, began
        message, here, began = messages.UNCLOSED, inside, inside
    elif message is messages.SECOND_COLON and ":" not in line[: here.column - 1]:
        column = len(line) - len(line.lstrip()) + 1
        message, here = messages.CONTINUED, here._replace(column=column, end_column=here.column)
    elif message is messages.INDENTATION and char == ":":
        message = messages.EMPTY_KEY
    elif message in (messages.UNCLOSED, messages.INDENTATION, messages.SECOND_COLON) and not first_on_line:
        between = line[last.end_column - 1 : here.column - 1] if last.end_line == here.line else "?"
        closed = line[: last.end_column - 1].endswith(('"', "'", "]", "}"))
        if message is messages.INDENTATION or (char and closed and not between.strip()):
            message = messages.AFTER_VALUE
        elif message is messages.UNCLOSED and char == ":" and began.line == here.line:
            message = messages.SECOND_COLON
    if message is messages.UNCLOSED and began.line != here.line:
        here = began
    return message, here, began


def full_width(line: str) -> tuple[int, dict[str, str]] | None:
    """The index of a full-width sign that stands where YAML wants an ASCII one, and its names."""
    for pattern, name, name_zh, ascii_name, ascii_zh in _FULL_WIDTH:
        if found := pattern.match(line):
            return found.start(1), {
                "name": name,
                "name_zh": name_zh,
                "ascii": ascii_name,
                "ascii_zh": ascii_zh,
            }
    return None


def _char(lines: list[str], place: Place) -> str:
    """The character at a place; empty at the end of a line."""
    return lines[place.line - 1][place.column - 1 : place.column]


def _place(mark: yaml.Mark, lines: list[str], file: str) -> Place:
    """The character at a mark. A mark behind the last line is moved back to the end of a text."""
    line, column = mark.line + 1, mark.column + 1
    if line > len(lines):
        line = len(lines)
        column = len(lines[-1]) + 1
    while line > 1 and not lines[line - 1].strip() and mark.line + 1 >= len(lines):
        line -= 1
        column = len(lines[line - 1].rstrip()) + 1
    return Place(file, line, column, line, column + 1)
