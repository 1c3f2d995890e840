"""Links lead somewhere, quotations are still there, and the two READMEs say the same things."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jifen import __version__
from jifen.policy.registry import registry
from jifen.resources import schema_text

from .blocks import GUIDES, ROOT, of, outside_blocks, prose, tables, text_of

READMES = ("README.md", "README.zh-CN.md")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_PATH = re.compile(r"`((?:engine|policies|schemas|tests|examples|docs|benchmarks)/[\w./-]*)`")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchor(heading: str) -> str:
    """The anchor that a heading has on a page."""
    plain = heading.lower().replace("`", "")
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@pytest.mark.parametrize("document", GUIDES)
def test_links(document: str) -> None:
    for link in _LINK.findall(prose(document)):
        if link.startswith("https://"):
            continue
        path, _, fragment = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists(), link
        if fragment:
            headings = _HEADING.findall(outside_blocks(target.read_text(encoding="utf-8")))
            assert fragment in [anchor(heading) for heading in headings], link


@pytest.mark.parametrize("document", GUIDES)
def test_quotations(document: str) -> None:
    """A block that quotes a file of the project says what stands in it; a line `...` leaves something out."""
    for language in ("python", "yaml", "text"):
        for block in of(document, language):
            if block.origin and (ROOT / block.origin).is_file():
                source = (ROOT / block.origin).read_text(encoding="utf-8")
                at = 0
                for part in re.split(r"^ *\.\.\.\n", block.text, flags=re.MULTILINE):
                    found = source.find(part, at)
                    assert found >= 0, f"{block.place}: not in {block.origin}:\n{part}"
                    at = found + len(part)


def test_paths_in_code_exist() -> None:
    """A path of the project between backticks is one."""
    for document in GUIDES:
        for span in _PATH.findall(prose(document)):
            assert (ROOT / span).exists(), f"{document}: {span}"


@pytest.mark.parametrize("document", READMES)
def test_every_row_of_the_table_of_places_is_a_policy(document: str) -> None:
    [rows] = [rows for rows in tables(document) if any("`tianjin/2022`" in row.values() for row in rows)]
    assert {row[next(iter(row))] for row in rows} <= {f"`{entry.id}`" for entry in registry()}


def test_the_two_readmes_have_the_same_blocks() -> None:
    languages = [
        [block.language for block in of(document, "yaml") + of(document, "python")] for document in READMES
    ]
    assert languages[0] == languages[1]


def test_a_policy_in_ten_lines() -> None:
    for document in READMES:
        policy = next(block for block in of(document, "yaml") if "policy:" in block.text)
        assert len([line for line in policy.text.splitlines() if not line.startswith("#")]) == 10


def test_contributing_lists_what_a_case_can_expect() -> None:
    expectation = json.loads(schema_text("cases"))["$defs"]["expectation"]
    said = re.search(r"`expect` takes (.+?) for data", text_of("CONTRIBUTING.md"), re.DOTALL)
    assert said and set(re.findall(r"`(\w+)`", said[1])) == set(expectation["properties"])


def test_the_version_is_in_the_changelog() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", text_of("CHANGELOG.md"), re.MULTILINE)


def test_every_guide_is_listed() -> None:
    assert {path.name for path in (ROOT / "docs").glob("*.md")} <= {Path(name).name for name in GUIDES}
