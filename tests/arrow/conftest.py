"""What the layouts and the rejects say holds for either backend."""

import pytest

from jifen.arrow import score


@pytest.fixture(params=["columns", "fused"])
def backend(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The backend that tables are scored by unless another is asked for, few as their rows are."""
    monkeypatch.setattr(score, "MANY", 0 if request.param == "fused" else 1 << 62)
    return str(request.param)
