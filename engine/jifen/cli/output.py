"""Where a rendering goes, and how wide and coloured it is there."""

import os
import shutil
import sys

from jifen.cli import files
from jifen.cli.failure import DONE, Answer

WIDEST = 100


def width() -> int:
    """Columns to write in: the terminal's, or those of `COLUMNS`, at most 100."""
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def colored(to_file: bool) -> bool:
    """Whether colours are wanted: on a terminal that has them, unless `NO_COLOR` is set."""
    if to_file or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def deliver(text: str, output: str | None, status: int = DONE) -> Answer:
    """The text as an answer or, where a file is named, in that file. Raises Failure."""
    if output is None:
        return Answer(text, status=status)
    files.write(output, text)
    return Answer(status=status)
