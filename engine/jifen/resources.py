"""Where the policies and the JSON Schemas are: inside the installed package, or in a checkout."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from jifen.errors import JifenError

CALENDARS: Final = ("china", "weekdays")
"""The calendars of working days that need no file."""

_PACKAGE: Final = Path(__file__).resolve().parent
_CHECKOUT: Final = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _CHECKOUT / name


def policies_dirs() -> tuple[Path, ...]:
    """The folders that hold policies: those of ``JIFEN_POLICIES`` first, then Jifen's own.

    ``JIFEN_POLICIES`` lists folders, separated as in ``PATH``. A folder that does not exist is kept,
    so that whoever reads it can say so; one that is named twice stands once.
    """
    own = _folder("policies")
    named = os.environ.get("JIFEN_POLICIES", "").split(os.pathsep)
    return tuple(dict.fromkeys([*(Path(entry) for entry in named if entry), own]))


def calendars_dirs() -> tuple[Path, ...]:
    """The folders that hold calendars of working days: those of ``JIFEN_CALENDARS`` first, then Jifen's own."""
    named = os.environ.get("JIFEN_CALENDARS", "").split(os.pathsep)
    return tuple(dict.fromkeys([*(Path(entry) for entry in named if entry), _folder("calendars")]))


def calendar_names() -> tuple[str, ...]:
    """The calendars that a procedure may name: those of the engine, and every ``<name>.yaml`` in a folder."""
    files = {path.stem for folder in calendars_dirs() for path in folder.glob("*.yaml")}
    return tuple(sorted(files | set(CALENDARS)))


def schema_names() -> tuple[str, ...]:
    """The names that ``schema_text`` knows, sorted."""
    files = _folder("schemas").glob("*.schema.json")
    return tuple(sorted(path.name.removesuffix(".schema.json") for path in files))


def schema_text(name: str) -> str:
    """The text of ``schemas/<name>.schema.json``. Raises JifenError if there is none."""
    path = _folder("schemas") / f"{name}.schema.json"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise JifenError(f"the schema `{name}` cannot be read: {error}") from error
