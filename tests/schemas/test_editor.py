"""What a policy maintainer sees in an editor: the real YAML language server over the real policies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .language_server import LanguageServer, Unavailable, install

ROOT = Path(__file__).parent.parent.parent
FOLDERS = (ROOT / "policies", ROOT / "examples", Path(__file__).parent / "good")
DOCUMENTS = sorted(path for folder in FOLDERS for path in folder.rglob("*.yaml"))
BESIDE_POLICIES = ROOT / "policies" / "somewhere"
MODELINE = "# yaml-language-server: $schema=../../schemas/policy.schema.json\n"
ERROR, WARNING = 1, 2


@pytest.fixture(scope="session")
def server() -> Iterator[LanguageServer]:
    try:
        script = install(ROOT / "build" / "editor")
    except Unavailable as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    with LanguageServer(script, ROOT) as running:
        yield running
    assert running.complaints == ""


def at_bar(server: LanguageServer, name: str, text: str) -> tuple[Path, int, int]:
    """Open ``text`` beside the policies, without its ``|``; the path and the position of the bar."""
    before, _, after = (MODELINE + text).partition("|")
    path = BESIDE_POLICIES / f"{name}.yaml"
    server.open(path, before + after)
    return path, before.count("\n"), len(before) - before.rfind("\n") - 1


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_good_documents_have_no_diagnostics(server: LanguageServer, path: Path) -> None:
    found = server.open(path, path.read_text(encoding="utf-8"))
    assert [one for one in found if one["severity"] in (ERROR, WARNING)] == []


def test_mistakes_are_found(server: LanguageServer) -> None:
    text = "policy: harbour/2024\ntitle: Harbour\nin_force: {from: 1.1.2024}\nrumours: {}\n"
    found = server.open(BESIDE_POLICIES / "mistakes.yaml", MODELINE + text)
    said = {one["range"]["start"]["line"]: one["message"] for one in found}
    assert said == {
        3: "应为日期，如 2022-03-15 / expected a date such as 2022-03-15",
        4: "Property rumours is not allowed.",
    }


def test_mistakes_in_a_version_that_extends_another(server: LanguageServer) -> None:
    head = "policy: harbour/2025\ntitle: Harbour\nin_force: {from: 2025-01-01}\n"
    text = head + "indicators:\n  age: {bands: null, point: 3}\n"
    modeline = MODELINE.replace("policy.", "policy-extension.")
    found = server.open(BESIDE_POLICIES / "changes.yaml", modeline + text)
    said = {one["range"]["start"]["line"]: one["message"] for one in found}
    assert said == {1: 'Missing property "extends".', 5: "Property point is not allowed."}


@pytest.mark.parametrize("name", ["top", "indicator", "enumeration", "deeper"])
def test_completions_in_a_version_that_extends_another(server: LanguageServer, name: str) -> None:
    text, expected = {
        "top": ("policy: harbour/2025\n|\n", {"title", "extends", "indicators", "outcome"}),
        "indicator": ("indicators:\n  age:\n    label: Age\n    |\n", {"points", "bands", "accrue", "cap"}),
        "enumeration": ("indicators:\n  sea:\n    accrue:\n      credit: |\n", {"monthly", "full_years"}),
        "deeper": ("rounds:\n  first:\n    apply:\n      from: 01-01\n      |\n", {"to"}),
    }[name]
    before, _, after = (MODELINE.replace("policy.", "policy-extension.") + text).partition("|")
    path = BESIDE_POLICIES / f"extends-{name}.yaml"
    server.open(path, before + after)
    position = (before.count("\n"), len(before) - before.rfind("\n") - 1)
    assert expected <= {item["label"] for item in server.completions(path, *position)}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "top",
            "policy: harbour/2024\n|\n",
            {"title", "in_force", "sources", "readings", "indicators", "outcome"},
        ),
        (
            "indicator",
            "indicators:\n  age:\n    label: Age\n    |\n",
            {
                "points",
                "lookup",
                "bands",
                "accrue",
                "per_record",
                "per_unit",
                "formula",
                "indicators",
                "when",
                "cap",
            },
        ),
        (
            "enumeration",
            "indicators:\n  sea:\n    accrue:\n      months: served\n      credit: |\n",
            {"monthly", "full_years", "full_years_of_each_run"},
        ),
        ("chosen", "outcome:\n  reached:\n    reading: line\n    yes: |\n", {"at", "above"}),
        ("step", "months:\n  served:\n    of: sea\n    keep:\n      - |\n", {"when", "in", "not_in", "else"}),
        ("snippet", "indicators:\n  |\n", {"indicator: bands", "indicator: accrue", "indicator: group"}),
    ],
)
def test_completions(server: LanguageServer, name: str, text: str, expected: set[str]) -> None:
    labels = {item["label"] for item in server.completions(*at_bar(server, name, text))}
    assert expected <= labels
    if name in ("enumeration", "chosen"):
        assert labels == expected


def test_a_completed_block_has_its_keys(server: LanguageServer) -> None:
    text = "indicators:\n  sea:\n    acc|\n"
    items = server.completions(*at_bar(server, "block", text))
    (accrue,) = [item for item in items if item["label"] == "accrue"]
    assert accrue["insertText"].startswith("accrue:\n  months: ${1:months}\n  per: year")
    assert accrue["documentation"] == "按月累积 / points that months add up to"


def test_hover_explains_a_key(server: LanguageServer) -> None:
    text = "indicators:\n  sea:\n    accrue:\n      months: served\n      cre|dit: monthly\n"
    said = server.hover(*at_bar(server, "hover", text))
    assert "逐月计、只计满年、或每段连续期各计满年 / credited month by month" in said
