"""Conditions taken apart into what must hold together, so that a loop asks only once what several of its folds ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from jifen.plan.choices import asked, every_option
from jifen.plan.plan import Plan

DEEPEST = 12
"""Guards inside guards; Python allows 100 levels of indentation."""


Names = dict[int, str]
"""What slots are called where a text stands, or the text itself where it is short."""
Reads = Callable[[int], Sequence[int]]
"""What the lines of a fold read."""


class Conjunct(NamedTuple):
    """A truth at `slot`; where `options` is above 0, that the choice at `slot` is one of the positions of its bits."""

    slot: int
    options: int = 0


class Block(NamedTuple):
    """Folds that happen where the guard holds, and blocks with a further guard."""

    guard: tuple[Conjunct, ...]
    folds: tuple[int, ...]
    blocks: tuple[Block, ...]

    def read(self, reads: Reads) -> list[int]:
        """What everything in the block reads, and the guards of the blocks in it."""
        found = [arg for slot in self.folds for arg in reads(slot)]
        for inner in self.blocks:
            found += [one.slot for one in inner.guard]
            found += inner.read(reads)
        return found


class Conditions:
    """The conditions of a plan. `options` has those that ask only for the option of one choice."""

    def __init__(self, plan: Plan, needed: Iterable[int]) -> None:
        self.operations = plan.operations
        self.options: dict[int, Conjunct] = {}
        for slot in needed:
            found = asked(self.operations, slot)
            if found is not None and found.options:
                self.options[slot] = Conjunct(*found)

    def every(self, slot: int) -> int:
        """The bits of all options of a choice."""
        return every_option(self.operations[slot].type)

    def conjuncts(self, slot: int) -> tuple[Conjunct, ...] | None:
        """What must hold in a row for a truth; what is no row's own is left whole. None where it never holds."""
        chosen: dict[int, int] = {}
        others: list[Conjunct] = []
        todo = [slot]
        while todo:
            at = todo.pop()
            operation = self.operations[at]
            if operation.kind == "const":
                if not operation.params[0]:
                    return None
            elif at in self.options and operation.rows:
                choice, options = self.options[at]
                chosen[choice] = chosen.get(choice, options) & options
            elif operation.kind == "and" and operation.rows:
                todo += reversed(operation.args)
            elif Conjunct(at) not in others:
                others.append(Conjunct(at))
        if not all(chosen.values()):
            return None
        asked = [Conjunct(*one) for one in chosen.items() if one[1] != self.every(one[0])]
        return (*asked, *others)

    def text(self, conjunct: Conjunct, names: Mapping[int, str]) -> str:
        """What must hold, for an `if`."""
        slot, options = conjunct
        name = names[slot]
        if not options:
            operation = self.operations[slot]
            if operation.kind != "contains" or name.isidentifier():
                return name
            return f"{names[operation.args[0]]} & {1 << operation.whole(0)}"
        others = self.every(slot) & ~options
        for sign, bits in (("==", options), ("!=", others)):
            if bits.bit_count() == 1:
                return f"{name} {sign} {bits.bit_length() - 1}"
        return f"{options} >> {name} & 1 != 0" if others else "True"


def block(
    items: Sequence[tuple[tuple[Conjunct, ...], int]], guard: tuple[Conjunct, ...] = (), depth: int = 0
) -> Block:
    """Folds, each with what must hold for it, in blocks: what most of them ask for comes first."""
    folds = [slot for left, slot in items if not left]
    waiting = [item for item in items if item[0]]
    if depth == DEEPEST:
        return Block(guard, tuple(folds), tuple([Block(left, (slot,), ()) for left, slot in waiting]))
    blocks = []
    while waiting:
        asked = Counter(one for left, _ in waiting for one in left)
        first = max(asked, key=asked.__getitem__)
        group = [item for item in waiting if first in item[0]]
        waiting = [item for item in waiting if first not in item[0]]
        shared = tuple([one for one in group[0][0] if all(one in left for left, _ in group)])
        inside = [(tuple([one for one in left if one not in shared]), slot) for left, slot in group]
        blocks.append(block(inside, shared, depth + 1))
    return Block(guard, tuple(folds), tuple(blocks))
