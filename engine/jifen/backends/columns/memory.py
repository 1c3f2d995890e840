"""What the C library does with freed memory.

A block needs some hundred arrays of a megabyte, one after the other. By default glibc gives each freed one back to
the system, which must then clear its pages anew for the next: that takes longer than the arithmetic. So it is told,
once for the process, to keep some of it. Elsewhere nothing is done.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache

KEPT = 128 << 20
"""The most bytes that are kept at the end of the heap."""
_LARGEST = 32 << 20
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3


@cache
def keep_what_was_freed() -> bool:
    """Ask for it; whether the C library understood."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    return bool(mallopt(_TRIM_THRESHOLD, KEPT) and mallopt(_MMAP_THRESHOLD, _LARGEST))
