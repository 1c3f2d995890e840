"""The codes of what can be wrong: each belongs to one module, so that a code can be looked up."""

from __future__ import annotations

import re
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import jifen
from jifen.document.diagnostics import Message

PACKAGE = Path(jifen.__file__).parent


def test_a_code_belongs_to_one_module() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*messages.py")):
        name = ".".join(("jifen", *path.relative_to(PACKAGE).with_suffix("").parts))
        module = import_module(name)
        for value in vars(module).values():
            if isinstance(value, Message) and value.code in path.read_text(encoding="utf-8"):
                homes[value.code].add(name)
    assert len(homes) > 100
    assert {code: found for code, found in homes.items() if len(found) > 1} == {}


def test_codes_have_three_digits() -> None:
    for path in PACKAGE.rglob("*messages.py"):
        for code in re.findall(r'"(JF[^"]*)"', path.read_text(encoding="utf-8")):
            assert re.fullmatch("JF[1-9][0-9]{2}", code), (path.name, code)
