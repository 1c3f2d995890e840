"""Runs the Python of a document."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

from .blocks import of

_EXPECTED = re.compile(r"print\(.*\)  # (.+)$", re.MULTILINE)


def run_python(document: str, scope: dict[str, object]) -> None:
    """Run block after block in one scope; what they print must be what their comments say."""
    for block in of(document, "python"):
        if block.origin:
            continue
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(block.text, block.place, "exec"), scope)
        assert printed.getvalue().splitlines() == _EXPECTED.findall(block.text), block.place
