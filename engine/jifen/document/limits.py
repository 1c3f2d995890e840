"""How large a document may be. The reader stops at the first event beyond a limit."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 1 << 20
"""Size of a file in UTF-8."""

MAX_DEPTH: Final = 64
"""Collections inside one another, with every alias replaced by what it names."""

MAX_NODES: Final = 200_000
"""Keys, values and collections, with every alias replaced by what it names."""

MAX_DIGITS: Final = 40
"""Digits of a number written out in full, before and after the point together."""

MAX_ERRORS: Final = 100
"""Errors after which the rest of a file is not read."""
