"""What a fused program is told of its inputs beside the layout, and what it is asked for beside slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jifen.backends.inputs import Layout
from jifen.plan.types import Type

TO_DO, DONE, ODD, OUTSIDE = range(4)
"""States of an applicant: not looked at, computed, for the exact reader, with months or rows beyond the room."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its type, what stands for it where it is not known (None: it must be known), and bounds of a date."""

    type: Type
    default: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class RowsOf:
    """The rows of one list in one form.

    `spells` have `from` and `to`; `checked` is the form whose rows are checked, one of each list; `split` rows are
    cut where a series changes; `at_most` is the number of rows beyond which the exact reader must look.
    """

    values: Mapping[str, Value]
    spells: bool
    checked: bool = True
    split: bool = False
    at_most: int = 2000


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that a program reads."""

    facts: Mapping[str, Value]
    rows: Mapping[str, RowsOf]

    @staticmethod
    def of(layout: Layout, types: Mapping[str, Type]) -> Inputs:
        """The inputs of a layout, none of which is left out or checked; types as the recorder has them."""
        rows = {}
        for form, names in layout.columns.items():
            values = {name: Value(types[f"{form}.{name}"]) for name in names if not name.endswith("?")}
            spells = {"from", "to"} <= set(names)
            rows[form] = RowsOf(
                {k: v for k, v in values.items() if not spells or k not in ("from", "to")}, spells
            )
        return Inputs({name: Value(types[name]) for name in layout.facts}, rows)


@dataclass(frozen=True, slots=True)
class Holds:
    """A code that strikes where a truth is as wanted."""

    slot: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Below:
    """A code that strikes where one number, times a factor, is below another (or equal to it)."""

    slot: int
    factor: int
    other: int
    other_factor: int
    or_equal: bool


@dataclass(frozen=True, slots=True)
class DayOutside:
    """A code that strikes where a fact that is a date lies before the first day or after the last (0: no last)."""

    fact: str
    first: int
    last: int


Flag = Holds | Below | DayOutside


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a program computes: slots of the applicant, facts as they were read, and lists of codes."""

    slots: tuple[int, ...]
    facts: tuple[str, ...] = ()
    lists: tuple[tuple[Flag, ...], ...] = ()

    @property
    def reads(self) -> list[int]:
        """Every slot that is needed for it."""
        found = dict.fromkeys(self.slots)
        for flags in self.lists:
            for flag in flags:
                if isinstance(flag, Holds):
                    found[flag.slot] = None
                elif isinstance(flag, Below):
                    found |= {flag.slot: None, flag.other: None}
        return list(found)
