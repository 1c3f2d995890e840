"""The plan itself: a list of operations, each reading earlier ones, and the outputs asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jifen.plan.types import Kind, Type

Param = int | str | bool | None | Kind | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `rows` names the timeline or record list whose rows it runs over; "" is the applicant."""

    kind: str
    args: tuple[int, ...]
    params: tuple[Param, ...]
    type: Type
    rows: str

    def whole(self, position: int) -> int:
        """A parameter that is a whole number."""
        value = self.params[position]
        assert isinstance(value, int)
        return value

    @property
    def reduces(self) -> bool:
        """Whether it folds the rows of its first parameter into one value of the applicant."""
        return self.kind in REDUCTIONS

    @property
    def ranges_over(self) -> str:
        """The rows this operation walks: its own, or those it folds; "" when it walks none."""
        if self.kind in REDUCTIONS or self.kind in ROW_ORDERS:
            return str(self.params[0])
        return self.rows


REDUCTIONS = frozenset({"gather", "total", "best", "least", "capped_total", "monthly_total"})
ROW_ORDERS = frozenset({"ordinal", "leader"})


@dataclass(frozen=True, slots=True)
class Plan:
    """Operations in an order in which each reads only earlier ones."""

    operations: tuple[Operation, ...]

    def needed(self, outputs: Iterable[int]) -> list[int]:
        """The slots that the outputs depend on, themselves included, in order."""
        wanted = set(outputs)
        for slot in range(len(self.operations) - 1, -1, -1):
            if slot in wanted:
                wanted.update(self.operations[slot].args)
        return sorted(wanted)
