"""The fenced blocks and the tables of the documents, with the places they stand at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
GUIDES = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/add-a-city.md",
    "docs/benchmarks.md",
    "docs/cluster.md",
    "docs/constructs.md",
    "docs/language.md",
    "docs/populations.md",
    "docs/regression.md",
    "docs/architecture.md",
    "docs/decisions.md",
)
CLUSTER = "docs/cluster.md"
"""Its code needs Spark, and is run by tests/spark."""
TUTORIALS = ("docs/add-a-city.md", "docs/regression.md")
"""Their steps are followed in order, by test_tutorial.py."""

_FILE = re.compile(r"# (\S+\.yaml)$")
_ORIGIN = re.compile(r"<!-- from: (.+) -->$")


class Block(NamedTuple):
    """A fenced block: its document, the line of its first fence, its language and its text.

    `name` is the file that a YAML block says it is. `origin` is what the comment before it says it quotes.
    """

    document: str
    line: int
    language: str
    text: str
    origin: str

    @property
    def name(self) -> str:
        found = _FILE.match(self.text.partition("\n")[0])
        return found[1] if found else ""

    @property
    def place(self) -> str:
        return f"{self.document}:{self.line}"


def text_of(document: str) -> str:
    """The text of a document."""
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def blocks(document: str) -> tuple[Block, ...]:
    """The fenced blocks of a document, in order."""
    found: list[Block] = []
    inside: list[str] = []
    start, language, origin, before = 0, "", "", ""
    for number, line in enumerate(text_of(document).splitlines(), 1):
        if line.startswith("```") and not start:
            start, language, inside = number, line[3:].strip(), []
            quoted = _ORIGIN.match(before)
            origin = quoted[1] if quoted else ""
        elif line == "```":
            found.append(Block(document, start, language, "".join(f"{part}\n" for part in inside), origin))
            start = 0
        elif start:
            inside.append(line)
        before = line
    assert not start, f"{document}:{start}: the block is not closed"
    return tuple(found)


def of(document: str, language: str) -> list[Block]:
    """The blocks of one language."""
    return [block for block in blocks(document) if block.language == language]


def rewrite(document: str, texts: Iterable[tuple[Block, str]]) -> None:
    """Write a document anew with other texts in some of its blocks."""
    whole = text_of(document)
    for block, text in texts:
        fence = f"```{block.language}\n"
        whole = whole.replace(f"{fence}{block.text}```", f"{fence}{text}```")
    (ROOT / document).write_text(whole, encoding="utf-8")


def prose(document: str) -> str:
    """The document without its fenced blocks."""
    return outside_blocks(text_of(document))


def outside_blocks(text: str) -> str:
    """A Markdown text without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def tables(document: str) -> Iterator[list[dict[str, str]]]:
    """The tables of a document: a list of rows, each from the heading of a column to what stands in it."""
    lines = prose(document).splitlines()
    for at, line in enumerate(lines):
        if line.startswith("|") and re.fullmatch(r"[|\s:-]+", line) and "-" in line:
            heads = _cells(lines[at - 1])
            rows = []
            for row in lines[at + 1 :]:
                if not row.startswith("|"):
                    break
                rows.append(dict(zip(heads, _cells(row), strict=True)))
            yield rows


def _cells(row: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", row.strip().strip("|"))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def code(cell: str) -> str:
    """What stands between the backticks of a cell."""
    assert cell.startswith("`") and cell.endswith("`"), cell
    return cell[1:-1]


def shared_files(document: str) -> dict[str, str]:
    """The files that the YAML blocks of a document are, by name."""
    return {block.name: block.text for block in of(document, "yaml") if block.name}
