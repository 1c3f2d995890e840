"""One applicant as the backends take it: integers in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from jifen.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Layout:
    """Which facts (and whether they were given) a plan reads, and which columns of which rows."""

    facts: tuple[str, ...]
    given: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]

    @staticmethod
    def of(plan: Plan, slots: Iterable[int] | None = None) -> Layout:
        """The layout of everything a plan reads, or of some of its slots."""
        facts: list[str] = []
        given: list[str] = []
        columns: dict[str, list[str]] = {}
        operations = plan.operations if slots is None else [plan.operations[slot] for slot in slots]
        for operation in operations:
            if operation.kind == "fact":
                facts.append(str(operation.params[0]))
            elif operation.kind == "given":
                given.append(str(operation.params[0]))
            elif operation.kind == "column":
                columns.setdefault(operation.rows, []).append(str(operation.params[0]))
            elif operation.kind == "column_given":
                columns.setdefault(operation.rows, []).append(f"{operation.params[0]}?")
            elif operation.ranges_over:
                columns.setdefault(operation.ranges_over, [])
        return Layout(tuple(facts), tuple(given), {rows: tuple(names) for rows, names in columns.items()})


class Data(NamedTuple):
    """The integers of one applicant, in the order of a layout. `base` is the first month of any spell."""

    base: int
    facts: tuple[int, ...]
    given: tuple[int, ...]
    rows: tuple[list[tuple[int, ...]], ...]
