"""How the folds of a list are written: what stands before its loop, in it, and behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jifen.backends.semantics import ORDERS
from jifen.plan.plan import Plan
from jifen.plan.types import Kind

LISTED = ("capped_total", "monthly_total", *ORDERS)
"""What needs all rows of an applicant at once: they are put aside, in `ROOM` entries for each argument."""
ROOM = 256
_OVERLAPS = {"highest": "HIGHEST", "lowest": "LOWEST", "first": "FIRST"}


class Folds:
    """The folds of one plan, whose results are the variables `v7`, `v8`, … by their slots."""

    def __init__(self, plan: Plan, words: int) -> None:
        self._plan, self._words = plan, words
        self.listed = 0
        """Columns of rows that are put aside, each with ROOM entries."""
        self._places: dict[int, list[str]] = {}

    def is_listed(self, slot: int) -> bool:
        """Whether a fold needs the rows put aside."""
        return self._plan.operations[slot].kind in LISTED

    def order(self, slot: int) -> str:
        """Where the rows have their place in an order."""
        return self._places[slot][-1]

    def start(self, slot: int) -> list[str]:
        """Lines before the loop."""
        kind = self._plan.operations[slot].kind
        if self.is_listed(slot):
            self._places[slot] = self._put_aside(slot)
            return []
        if kind == "gather":
            return [f"v{slot} = none"]
        return [f"v{slot} = 0"] + ([f"s{slot} = False"] if kind in ("best", "least") else [])

    def _put_aside(self, slot: int) -> list[str]:
        operation = self._plan.operations[slot]
        found = []
        for arg in [*operation.args, *([slot] if operation.kind in ORDERS else [])]:
            found.append(f"aside + {8 * ROOM * self.listed}")
            self.listed += self._words if self._sets(arg) else 1
        return found

    def _sets(self, slot: int) -> bool:
        return self._plan.operations[slot].type.kind is Kind.MONTHS

    def row(self, slot: int, names: Mapping[int, str]) -> list[str]:
        """Lines for a row; `names` are the variables of slots."""
        operation = self._plan.operations[slot]
        kind, args = operation.kind, [names[arg] for arg in operation.args]
        if self.is_listed(slot):
            lines = []
            for arg, name, place in zip(operation.args, args, self._places[slot], strict=False):
                lines.append(f"{'write_months' if self._sets(arg) else 'store_i64'}({place}, row, {name})")
            return lines
        condition, value = args
        if condition == "False":
            return []
        always = condition == "True"
        if kind == "gather":
            return [f"v{slot} = join(v{slot}, {value if always else f'kept(table, {condition}, {value})'})"]
        if kind == "total":
            return [f"v{slot} = add(v{slot}, {value if always else f'choose({condition}, {value}, 0)'})"]
        ahead = f"less(v{slot}, {value})" if kind == "best" else f"less({value}, v{slot})"
        better = f"both({condition}, either(negate(s{slot}), {ahead}))"
        return [f"v{slot} = choose({better}, {value}, v{slot})", f"s{slot} = either(s{slot}, {condition})"]

    def finish(self, slot: int, size: str) -> list[str]:
        """Lines behind the loop, which had so many rows."""
        operation = self._plan.operations[slot]
        kind, params = operation.kind, operation.params
        return _finished(kind, f"v{slot}", ", ".join(self._places.get(slot, ())), size, params)


def _finished(kind: str, name: str, places: str, size: str, params: Sequence[object]) -> list[str]:
    if kind == "ordinal":
        return [f"ordinal({places}, {size})"]
    if kind == "leader":
        return [f"leader({places}, {size}, {bool(params[1])})"]
    if kind == "capped_total":
        return [f"{name} = capped_total({places}, {size}, {params[1]}, {params[2]})"]
    if kind != "monthly_total":
        return []
    if params[1] == "sum":
        return [f"{name} = monthly_sum({places}, {size}, none)"]
    return [f"{name} = monthly_total({places}, {size}, {_OVERLAPS[str(params[1])]}, none)"]
