"""Passes over a block of applicants: each list is read for all of them before the next is.

So a pass follows few columns, and what is kept in between fits the processor's cache.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jifen.backends.columns.widths import width_of
from jifen.backends.fused.inputs import DONE, ODD, OUTSIDE, TO_DO
from jifen.plan.types import Kind, Type

BLOCK = 256
"""Applicants of a block."""
_STATES = {"odd": ODD, "over": OUTSIDE}
"""What an applicant becomes where a variable is below zero at the end of a pass."""
_NAME = re.compile(r"\b[vf]\d+\b")
_ARGUMENT = re.compile(r"\ba(\d+)\b")
_MADE = re.compile(r"\s*([vf]\d+) = ")


class Passes(NamedTuple):
    """The lines of all passes, and how many bytes they keep in between."""

    lines: list[str]
    room: int


def passes(
    stages: Sequence[Sequence[str]], outputs: Sequence[str], types: Mapping[str, Type], words: int
) -> Passes:
    """A loop over the block for each stage, which is lines for one applicant; `outputs` belong to the last.

    What one stage computes and a later one reads is kept: of `types`, month sets of so many words.
    """
    ended = [_ended(stage) for stage in stages]
    ended[-1] += [f"store_i8(states, i, {DONE})", *outputs]
    used = [{name for line in lines for name in _NAME.findall(line) if name in types} for lines in ended]
    made = [{found[1] for line in lines if (found := _MADE.match(line))} for lines in ended]
    places: dict[str, int] = {}
    room = 0
    body: list[str] = []
    for number, lines in enumerate(ended):
        before = set().union(*made[:number])
        later = set().union(*used[number + 1 :])
        taken = sorted(used[number] & before - made[number])
        given = sorted(name for name in made[number] & later if name in types)
        addresses = sorted({int(at) for line in lines for at in _ARGUMENT.findall(line)})
        body += [f"a{at} = load_i64(arguments, {at})" for at in addresses]
        body += ["for i in range(start, stop):", f"    if load_u8(states, i) != {TO_DO}: continue"]
        if taken or given:
            body.append("    r = i - start")
        renamed = {name: f"{name}_{number}" for name in taken}
        body += [f"    {renamed[name]} = {_taken(types[name], places[name])}" for name in taken]
        body += [f"    {_renamed(line, renamed)}" for line in lines]
        for name in given:
            places[name] = room
            room += BLOCK * (8 * words if types[name].kind is Kind.MONTHS else width_of(types[name]).itemsize)
            body.append(f"    {_given(types[name], places[name], name)}")
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


def _taken(type_: Type, place: int) -> str:
    if type_.kind is Kind.MONTHS:
        return f"read_months(room + {place}, r, none)"
    found = f"load_{_width(type_)}(room + {place}, r)"
    return f"same({found}, 1)" if type_.kind is Kind.TRUTH else found


def _given(type_: Type, place: int, name: str) -> str:
    if type_.kind is Kind.MONTHS:
        return f"write_months(room + {place}, r, {name})"
    return f"store_{_width(type_)}(room + {place}, r, {name})"


def _width(type_: Type) -> str:
    return f"i{8 * width_of(type_).itemsize}"


def _renamed(line: str, names: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: names.get(found[0], found[0]), line)
