"""docs/architecture.md: the names it uses exist, the folders import what it says, the generated code is today's."""

from __future__ import annotations

import ast
import os
import re
from importlib import import_module

import pytest

import jifen
from jifen.backends.generate import source_of
from jifen.policy.indicators import KINDS
from jifen.policy.lines import RULES

from .blocks import ROOT, blocks, prose, rewrite, tables, text_of

DOCUMENT = "docs/architecture.md"
PACKAGE = ROOT / "engine" / "jifen"
NAMES = sorted(set(re.findall(r"`(jifen(?:\.\w+)+)`", prose(DOCUMENT))))
_IMPORT = re.compile(r"^\s*(?:from jifen(?:\.(\w+))?[.\w]* import|import jifen)", re.MULTILINE)


@pytest.mark.parametrize("name", NAMES)
def test_a_name(name: str) -> None:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for part in parts[end:]:
            found = getattr(found, part)
        return
    pytest.fail(name)


def folders() -> dict[str, set[str]]:
    """What each folder may import, by the table."""
    [rows] = [rows for rows in tables(DOCUMENT) if "may import" in rows[0]]
    return {
        row["folder of `engine/jifen/`"].strip("`/"): set(re.findall(r"\w+", row["may import"]))
        for row in rows
    }


def test_every_folder_is_described() -> None:
    assert set(folders()) == {path.parent.name for path in PACKAGE.glob("*/__init__.py")} | {
        path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))
    }


@pytest.mark.parametrize("folder", sorted(folders()))
def test_imports_follow_the_table(folder: str) -> None:
    allowed = folders()[folder]
    if "everything" in allowed:
        return
    for path in (PACKAGE / folder).rglob("*.py"):
        for package in _IMPORT.findall(path.read_text(encoding="utf-8")):
            imported = package or "api"
            assert imported in {folder, "version", *allowed}, f"{path.name} imports {imported}"


def imports() -> dict[str, set[str]]:
    """The modules of the engine that each of them imports, also for its types alone."""
    files = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }
    found: dict[str, set[str]] = {}
    del files["jifen"]  # the front door, which names everything
    for name, path in files.items():
        named = [
            [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom) and node.module
        ]
        found[name] = {one for names in named for one in names if one in files}
    return found


def test_no_circle_of_imports_leaves_a_folder() -> None:
    found = imports()
    reached = {name: set(names) for name, names in found.items()}
    for through in found:
        for names in reached.values():
            if through in names:
                names |= reached[through]
    folder = {name: name.split(".")[1] for name in found}
    circles = {
        (name, other)
        for name, names in reached.items()
        for other in names
        if name in reached[other] and folder[name] != folder[other]
    }
    assert not circles


def normal(text: str) -> str:
    """Generated code without the numbers of its slots, which change with every change of a policy."""
    return re.sub(r"\b([vrto])\d+", r"\1", text)


def test_the_generated_function() -> None:
    policy = jifen.load("tianjin/2022")
    pension = policy.line("social_insurance").scored.ledgers[0]
    source = source_of(policy.plan, [pension.points.slot, pension.months.slot], policy.layout) + "\n"
    [block] = [block for block in blocks(DOCUMENT) if block.origin == "source_of"]
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        rewrite(DOCUMENT, [(block, source)])
    else:
        assert normal(block.text) == normal(source)


def test_the_kinds_are_registered_where_it_says() -> None:
    assert set(KINDS) == set(RULES)
    for name in ("`KINDS`", "`RULES`"):
        assert name in text_of(DOCUMENT)
