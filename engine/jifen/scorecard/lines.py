"""Lines of a given width on a terminal, where a Chinese character is two columns wide."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

NARROWEST = 40

_NO_BREAK = "\N{NO-BREAK SPACE}"
# No line begins with what closes or with the number of a source, none ends with what opens.
_NOT_FIRST = frozenset("，。；：、！？）》」』】”’…,.;:!?)]}%[" + _NO_BREAK)
_NOT_LAST = frozenset("（《「『【“‘([{" + _NO_BREAK)
_BLANKS = re.compile(rf"[^\S{_NO_BREAK}]+")
_WHOLE = re.compile(r"^\(?-?\d+")


def columns(text: str) -> int:
    """How many columns a text takes."""
    return cell_len(text)


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces and between Chinese characters.

    A no-break space is written as a space; any other white space counts as one space.
    """
    text = _BLANKS.sub(" ", text)
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if columns(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while columns(line) > width:
            head = _fitting(line, width)
            lines.append(head)
            line = line[len(head) :]
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return [line.replace(_NO_BREAK, " ") for line in lines]


def _pieces(text: str) -> list[str]:
    """What a line break may separate."""
    pieces: list[str] = []
    start = 0
    for index in range(1, len(text)):
        before, after = text[index - 1], text[index]
        at_space = before == " " and after != " "
        if at_space or (
            (columns(before) > 1 or columns(after) > 1)
            and after not in _NOT_FIRST
            and after != " "
            and before not in _NOT_LAST
        ):
            pieces.append(text[start:index])
            start = index
    pieces.append(text[start:])
    return pieces


def _fitting(text: str, width: int) -> str:
    end = 0
    while end < len(text) and columns(text[: end + 1]) <= width:
        end += 1
    return text[: max(end, 1)]


def padded(text: str, width: int, right: bool = False) -> str:
    """The text filled with spaces to `width` columns."""
    blank = " " * (width - columns(text))
    return blank + text if right else text + blank


def decimal_aligned(numbers: Iterable[str]) -> list[str]:
    """The numbers, each filled on the right so that their last whole digits stand under each other."""
    listed = list(numbers)
    tails = [len(_WHOLE.sub("", number, count=1)) for number in listed]
    widest = max(tails, default=0)
    return [
        number + " " * (widest - tail) if number else "" for number, tail in zip(listed, tails, strict=True)
    ]


@dataclass
class Sheet:
    """Lines being written: paragraphs with a hanging indent, rules, and cells at the right edge."""

    width: int
    _lines: list[Styled] = field(default_factory=list)

    def blank(self) -> None:
        self._lines.append(Styled())

    def rule(self, character: str = "─") -> None:
        self._lines.append(Styled(character * self.width, style="dim"))

    def raw(self, line: str, style: str = "") -> None:
        """A line that is already as wide as it should be."""
        self._lines.append(Styled(line, style=style))

    def put(
        self,
        text: str,
        style: str = "",
        *,
        first: str = "",
        rest: str = "",
        right: str = "",
        right_style: str | None = None,
        gutter_style: str = "dim",
    ) -> None:
        """A paragraph: `first` before its first line, `rest` before the others, `right` at the edge."""
        room = self.width - columns(right) - (2 if right else 0)
        room -= max(columns(first), columns(rest))
        for index, part in enumerate(wrap(text, max(room, 8))):
            gutter = first if index == 0 else rest
            line = Styled.assemble((gutter, gutter_style), (part, style))
            if index == 0 and right:
                gap = self.width - columns(gutter) - columns(part) - columns(right)
                line.append(" " * max(gap, 1))
                line.append(right, style=style if right_style is None else right_style)
            self._lines.append(line)

    def text(self, color: bool) -> str:
        """All lines as one text that ends in a newline; with ANSI styles if `color`."""
        if not color:
            return "".join(line.plain.rstrip() + "\n" for line in self._lines)
        out = StringIO()
        console = Console(
            file=out, force_terminal=True, color_system="standard", width=self.width + 1, legacy_windows=False
        )
        for line in self._lines:
            console.print(line, soft_wrap=True, highlight=False)
        return out.getvalue()
