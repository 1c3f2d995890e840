"""The policies of the invented places are those of this folder."""

from __future__ import annotations

import pytest

from .people import FOLDER


@pytest.fixture(autouse=True)
def _places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIFEN_POLICIES", str(FOLDER))
