"""Which slots of the plan a scorecard needs: the breakdown at once, the explanation when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jifen.language.values import Day, Many, Month, Num, One, Quotient, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy.recorded import Condition, Line, Read, Recorded


class Slots(NamedTuple):
    """Slots in the order of a program's outputs, and where each one lies in it."""

    slots: tuple[int, ...]
    position: dict[int, int]

    @staticmethod
    def of(refs: Iterable[Ref]) -> Slots:
        """Each slot once, in the order of the references."""
        slots = tuple(dict.fromkeys(ref.slot for ref in refs))
        return Slots(slots, {slot: position for position, slot in enumerate(slots)})


def core_slots(recorded: Recorded) -> Slots:
    """Points of every line and ledger, months counted, requirements, scores and the verdict."""
    refs: list[Ref] = []
    for line in recorded.every_line():
        refs.append(line.points)
        for ledger in line.scored.ledgers:
            refs += [ledger.points, ledger.months]
    refs += [condition.met for condition in _conditions(recorded)]
    refs += [
        *recorded.scores.values(),
        recorded.eligible,
        recorded.qualifies,
        recorded.deciding,
        *recorded.rank,
    ]
    if recorded.line is not None:
        refs.append(recorded.line)
    return Slots.of(refs)


def detail_slots(recorded: Recorded) -> Slots:
    """Everything else that an explanation shows."""
    refs: list[Ref] = [*recorded.anchors.values()]
    for line in recorded.every_line():
        refs += _of_line(line)
    for condition in _conditions(recorded):
        refs += of_reads(condition.reads)
    return Slots.of(refs)


def _conditions(recorded: Recorded) -> tuple[Condition, ...]:
    return (*recorded.eligibility, *recorded.gates, *recorded.checks)


def _of_line(line: Line) -> list[Ref]:
    refs = [line.applies, line.uncapped, *of_reads(line.reads)]
    if line.declined is not None:
        refs.append(line.declined)
    scored = line.scored
    for ledger in scored.ledgers:
        refs += [ledger.view.ref, *(ref for _, ref in ledger.view.left_out)]
        for piece in ledger.pieces:
            refs += [piece.months, piece.rate, piece.points]
    if scored.spells is not None:
        spells = scored.spells
        refs += [spells.condition, spells.months, spells.points, spells.rate]
        refs += [ref for _, ref in spells.view.left_out]
    if scored.records is not None:
        refs += [scored.records.reason, scored.records.points]
    return refs


def of_reads(reads: Iterable[Read]) -> list[Ref]:
    """The slots of what was read."""
    refs: list[Ref] = []
    for read in reads:
        refs += of_value(read.value)
        if read.given is not None:
            refs.append(read.given)
    return refs


def of_value(value: Value) -> list[Ref]:
    """The slots that a value shown to a person lies in."""
    if isinstance(value, Quotient):
        return [value.above.ref, value.below.ref]
    return [value.ref] if isinstance(value, (Num, Truth, Day, Month, One, Many)) else []
