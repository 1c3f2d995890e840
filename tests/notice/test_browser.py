"""The page of the notice in a real browser: on a phone in the dark, on a screen and on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from jifen.notice.html import notice_html

from .browser import Unavailable, audit, chromium, install
from .people import LANGS, ROOT, notice

FOLDER = ROOT / "build" / "notice"
NAMES = ("tianjin", "shanghai")
VIEWS = ("phone", "screen")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The audit of two notices in both languages. Without Chromium there is none, wherever the tests run."""
    try:
        script = install(FOLDER)
    except Unavailable as reason:
        if os.environ.get("CI") and chromium() is not None:
            raise
        pytest.skip(str(reason))
    folder: Path = tmp_path_factory.mktemp("pages")
    pages = []
    for name in NAMES:
        for lang in LANGS:
            pages.append(folder / f"{name}.{lang}.html")
            pages[-1].write_text(notice_html(notice(name, lang), lang), encoding="utf-8")
    return audit(script, pages, FOLDER / "pictures")


def told(found: list[dict[str, Any]], key: str) -> dict[str, Any]:
    return {f"{one['page']} {one['view']}": one[key] for one in found if one[key]}


def test_every_page_is_seen_in_every_view(found: list[dict[str, Any]]) -> None:
    seen = [(one["page"], one["view"]) for one in found]
    assert seen == [(f"{name}.{lang}", view) for name in NAMES for lang in LANGS for view in VIEWS]


def test_nothing_stands_in_the_way_of_anybody(found: list[dict[str, Any]]) -> None:
    assert told(found, "violations") == {}


def test_nothing_is_asked_for_and_nothing_complains(found: list[dict[str, Any]]) -> None:
    assert told(found, "complaints") == {}


def test_no_view_scrolls_sideways(found: list[dict[str, Any]]) -> None:
    assert told(found, "wide") == {}


def test_it_prints_on_a_few_sheets(found: list[dict[str, Any]]) -> None:
    sheets = {one["page"]: one["sheets"] for one in found if one["view"] == "screen"}
    assert all(2 <= count <= 12 for count in sheets.values()), sheets
