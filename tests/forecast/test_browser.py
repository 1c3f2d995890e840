"""The page of a forecast in a real browser: on a phone, on a screen and on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from tests.notice.browser import Unavailable, audit, chromium, install

import jifen
from jifen.forecasting.html import forecast_html
from jifen.scorecard.shape import Lang

from .people import FOLDER, LATER, RUTH

BUILD = FOLDER.parents[1] / "build" / "notice"
LANGS: tuple[Lang, ...] = ("zh", "en")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The audit of a forecast in both languages. Without Chromium there is none, wherever the tests run."""
    try:
        script = install(BUILD)
    except Unavailable as reason:
        if os.environ.get("CI") and chromium() is not None:
            raise
        pytest.skip(str(reason))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIFEN_POLICIES", str(FOLDER))
        forecast = jifen.forecast(RUTH, place="bay", until="2027-12", assume=LATER)
    folder: Path = tmp_path_factory.mktemp("pages")
    pages = []
    for lang in LANGS:
        pages.append(folder / f"forecast.{lang}.html")
        pages[-1].write_text(forecast_html(forecast, lang), encoding="utf-8")
    return audit(script, pages, BUILD / "pictures")


@pytest.mark.parametrize("key", ["violations", "complaints", "wide"])
def test_nothing_stands_in_the_way_of_anybody(found: list[dict[str, Any]], key: str) -> None:
    assert found and {f"{one['page']} {one['view']}": one[key] for one in found if one[key]} == {}


def test_it_prints_on_a_few_sheets(found: list[dict[str, Any]]) -> None:
    sheets = [one["sheets"] for one in found if one["view"] == "screen"]
    assert len(sheets) == 2 and all(1 <= count <= 5 for count in sheets), sheets
