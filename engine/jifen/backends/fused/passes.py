"""Passes over a block of applicants: each list is read for all of them before the next is.

So a pass follows few columns, and what is kept in between fits the processor's cache.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jifen.backends.fused.inputs import DONE, ODD, OUTSIDE
from jifen.plan.types import Kind

BLOCK = 128
"""Applicants of a block."""
_STATES = {"odd": ODD, "over": OUTSIDE}
"""What an applicant becomes where a variable is below zero at the end of a pass."""
_NAME = re.compile(r"\b[vf]\d+\b")
_ARGUMENT = re.compile(r"\ba(\d+)\b")
_MADE = re.compile(r"\s*([vf]\d+) = ")


class Passes(NamedTuple):
    """The lines of all passes, and how many numbers they keep in between."""

    lines: list[str]
    room: int


def passes(
    stages: Sequence[Sequence[str]], outputs: Sequence[str], kinds: Mapping[str, Kind], words: int
) -> Passes:
    """A loop over the block for each stage, which is lines for one applicant; `outputs` belong to the last.

    What one stage computes and a later one reads is kept: of `kinds`, month sets of so many words.
    """
    ended = [_ended(stage) for stage in stages]
    ended[-1] += [f"store_i8(states, i, {DONE})", *outputs]
    used = [{name for line in lines for name in _NAME.findall(line) if name in kinds} for lines in ended]
    made = [{found[1] for line in lines if (found := _MADE.match(line))} for lines in ended]
    places: dict[str, int] = {}
    room = 0
    body: list[str] = []
    for number, lines in enumerate(ended):
        before = set().union(*made[:number])
        later = set().union(*used[number + 1 :])
        taken = sorted(used[number] & before - made[number])
        given = sorted(name for name in made[number] & later if name in kinds)
        addresses = sorted({int(at) for line in lines for at in _ARGUMENT.findall(line)})
        body += [f"a{at} = load_i64(arguments, {at})" for at in addresses]
        body += ["for i in range(start, stop):", "    if load_u8(states, i) != wanted: continue"]
        if taken or given:
            body.append("    r = i - start")
        renamed = {name: f"{name}_{number}" for name in taken}
        body += [f"    {renamed[name]} = {_taken(kinds[name], places[name])}" for name in taken]
        body += [f"    {_renamed(line, renamed)}" for line in lines]
        for name in given:
            places[name] = room
            room += BLOCK * (words if kinds[name] is Kind.MONTHS else 1)
            body.append(f"    {_given(kinds[name], places[name], name)}")
    return Passes(body, room)


def _ended(stage: Sequence[str]) -> list[str]:
    """The lines of a stage, and what becomes of whom they cannot compute."""
    text = "\n".join(stage)
    marks = [mark for mark in _STATES if re.search(rf"\b{mark}\b", text)]
    if not marks:
        return [*stage]
    state = f"choose(odd < 0, {ODD}, {OUTSIDE})" if len(marks) > 1 else str(_STATES[marks[0]])
    return [
        *(f"{mark} = 0" for mark in marks),
        *stage,
        *(["odd &= check"] if "odd" in marks else []),
        f"if {' | '.join(marks)} < 0:",
        f"    store_i8(states, i, {state})",
        "    continue",
    ]


def _taken(kind: Kind, place: int) -> str:
    where = f"room + {8 * place}"
    if kind is Kind.MONTHS:
        return f"read_months({where}, r, none)"
    return f"same(load_i64({where}, r), 1)" if kind is Kind.TRUTH else f"load_i64({where}, r)"


def _given(kind: Kind, place: int, name: str) -> str:
    return f"{'write_months' if kind is Kind.MONTHS else 'store_i64'}(room + {8 * place}, r, {name})"


def _renamed(line: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[0], found[0]), line)
