"""How a change of an applicant's data is carried out, on a copy of it.

A row that is dropped leaves a gap, so that the others keep their positions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Data = dict[str, Any]
Edit = Callable[[Data], None]


def setting(section: str, name: str, positions: tuple[int, ...], key: str, value: object) -> Edit:
    """A value of some rows."""

    def edit(data: Data) -> None:
        rows = data[section][name]
        for position in positions:
            if rows[position] is not None:
                rows[position] = {**rows[position], key: value}

    return edit


def replacing(section: str, name: str, position: int, row: Mapping[str, Any]) -> Edit:
    """Another row in place of one."""

    def edit(data: Data) -> None:
        data[section][name][position] = row

    return edit


def dropping(section: str, name: str, position: int) -> Edit:
    """A row less."""

    def edit(data: Data) -> None:
        data[section][name][position] = None

    return edit


def adding(section: str, name: str, row: Mapping[str, Any]) -> Edit:
    """A row more, in a list that may not be there yet."""

    def edit(data: Data) -> None:
        data[section].setdefault(name, []).append(row)

    return edit


def stating(name: str, value: object) -> Edit:
    """A fact."""

    def edit(data: Data) -> None:
        data["facts"][name] = value

    return edit
