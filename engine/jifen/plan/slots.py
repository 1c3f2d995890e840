"""A reference to a slot, as rules and expressions hold it."""

from __future__ import annotations

from typing import NamedTuple

from jifen.plan.types import Type


class Ref(NamedTuple):
    """A slot of the plan, its type, and the rows it runs over ("" for the applicant)."""

    slot: int
    type: Type
    rows: str


class MixedRows(Exception):
    """An operation was asked to mix the rows of two timelines or record lists."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")
        self.one = one
        self.other = other
