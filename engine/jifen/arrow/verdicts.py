"""What a verdict names: the requirements and gates that are not met, the line, and the checks that strike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from jifen.arrow.values import Truths
from jifen.backends.columns.block import Column
from jifen.backends.columns.widths import PYTHON
from jifen.backends.fused.inputs import Below, DayOutside, Flag, Holds
from jifen.plan.plan import Plan

if TYPE_CHECKING:
    from jifen.scheme import Scheme

BELOW_LINE = "below_line"
NOT_IN_FORCE = "not_in_force"


class Codes(NamedTuple):
    """A list of codes for each applicant: the name of each code, and when it strikes."""

    names: tuple[str, ...]
    flags: tuple[Flag, ...]


def reasons_of(policy: Scheme) -> Codes:
    """The requirements and gates that are not met, and that the line is not reached (or, where asked, passed)."""
    recorded = policy.recorded
    needed = [*recorded.eligibility, *recorded.gates]
    names = [one.requirement.name for one in needed]
    flags: list[Flag] = [Holds(one.met.slot, False) for one in needed]
    if recorded.line is not None:
        total, line = recorded.deciding, recorded.line
        names.append(BELOW_LINE)
        flags.append(Below(total.slot, line.type.den, line.slot, total.type.den, policy.rules.outcome.above))
    return Codes(tuple(names), tuple(flags))


def warnings_of(policy: Scheme, day: str) -> Codes:
    """That a day lies outside the time in force, then each check that strikes."""
    checks = policy.recorded.checks
    outside = DayOutside(day, *policy.time_in_force)
    names = [NOT_IN_FORCE, *(one.requirement.name for one in checks)]
    return Codes(tuple(names), (outside, *(Holds(one.met.slot, True) for one in checks)))


def struck(
    flags: Sequence[Flag], plan: Plan, slots: Mapping[int, Column], facts: Mapping[str, Column]
) -> list[Truths]:
    """Whom each of some flags strikes."""
    return [_struck(flag, plan, slots, facts) for flag in flags]


def _struck(flag: Flag, plan: Plan, slots: Mapping[int, Column], facts: Mapping[str, Column]) -> Truths:
    if isinstance(flag, Holds):
        return slots[flag.slot] if flag.wanted else ~slots[flag.slot]
    if isinstance(flag, DayOutside):
        day = facts[flag.fact]
        outside: Truths = day < flag.first
        return outside | (day > flag.last) if flag.last else outside
    sides = []
    for slot, factor in ((flag.slot, flag.factor), (flag.other, flag.other_factor)):
        type_ = plan.operations[slot].type
        width = np.dtype(np.int64) if max(abs(type_.low), abs(type_.high)) * factor < 1 << 63 else PYTHON
        sides.append(slots[slot].astype(width) * factor)
    found: Truths = sides[0] <= sides[1] if flag.or_equal else sides[0] < sides[1]
    return found
