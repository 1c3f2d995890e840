"""Jifen: points-based public schemes as versioned data, evaluated exactly.

>>> import jifen
>>> policy = jifen.load("place/version")           # doctest: +SKIP
>>> card = policy.score("applicant.yaml")          # doctest: +SKIP
>>> card.total, card.qualifies                     # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jifen.errors import ApplicantError, JifenError, PolicyError
from jifen.version import __version__ as __version__

if TYPE_CHECKING:
    from jifen.api import Policy, Scorecard, check, load, resolve, resolve_for, ways
    from jifen.forecasting.forecast import forecast
    from jifen.forecasting.result import Forecast
    from jifen.policy.registry import registry

__all__ = [
    "ApplicantError",
    "Forecast",
    "JifenError",
    "Policy",
    "PolicyError",
    "Scorecard",
    "check",
    "forecast",
    "load",
    "registry",
    "resolve",
    "resolve_for",
    "ways",
]

_HOMES = {
    "Forecast": "jifen.forecasting.result",
    "forecast": "jifen.forecasting.forecast",
    "registry": "jifen.policy.registry",
}


def __getattr__(name: str) -> Any:
    # Importing jifen stays cheap for a service that imports it and loads a policy later.
    if name not in __all__:
        raise AttributeError(f"module 'jifen' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES.get(name, "jifen.api")), name)
