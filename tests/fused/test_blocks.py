"""Memory that programs are told the address of."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from jifen.backends.columns.block import Column
from jifen.backends.fused import blocks
from jifen.backends.fused.program import address


def test_what_two_threads_make_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them goes on with an address; the array of neither may go away."""
    monkeypatch.setattr(blocks, "_lasting", {})
    both = Barrier(2, timeout=60)

    def make() -> Column:
        both.wait()
        return np.arange(1000)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: blocks.lasting("key", make), range(2))
    assert first == second == blocks.lasting("key", make)
    [(array, _)] = blocks._lasting.values()
    assert address(array) == first and array.tolist() == [*range(1000)]


def test_bitmaps_stay() -> None:
    for one in (True, False):
        assert blocks.filled(5000, one) == blocks.filled(5000, one) == blocks.filled(4097, one)
    assert blocks.filled(5000, True) != blocks.filled(5000, False)
