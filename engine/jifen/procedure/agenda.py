"""Every window of every round of some policies, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jifen.policy.model import Rules
from jifen.policy.procedure_model import ROUNDS
from jifen.policy.terms import Text
from jifen.procedure.clock import Clock, Start
from jifen.procedure.windows import APPLICATION, Opening, of_round, openings


class Row(NamedTuple):
    """A window of a policy; `kind` is what it is for. One that runs from something has no ends yet."""

    policy: str
    title: Text
    zone: str
    reviewed_on: str
    kind: Text
    round: Text
    opening: Opening


def agenda(policies: Iterable[Rules], year: int | None = None) -> list[Row]:
    """The windows of policies: those that touch a year, or all. Windows without a date come last.

    Rounds of every year are written out for the years in which their policy is in force; where its end is open,
    up to the year in which it was last reviewed.
    """
    found = [row for rules in policies if _in_force(rules, year) for row in _rows(rules, year)]
    return sorted(found, key=lambda row: _order(row.opening))


def _rows(rules: Rules, year: int | None) -> list[Row]:
    procedure = rules.procedure
    clock = Clock(procedure)
    labels = {name: one.label for name, one in rules.rounds.items()}
    rows = []
    for opening in [*_rounds(rules, clock, year), *_windows(rules, clock)]:
        if year is not None and not _touches(opening, year):
            continue
        kind = APPLICATION if opening.kind == ROUNDS else opening.label
        label = labels.get(opening.round, "")
        rows.append(Row(rules.id, rules.title, clock.zone, rules.reviewed_on, kind, label, opening))
    return rows


def _rounds(rules: Rules, clock: Clock, year: int | None) -> list[Opening]:
    first, last = rules.in_force
    begins = int(first[:4])
    ends = int((last or rules.reviewed_on or first)[:4])
    # One before, since a yearly round may run past the end of a year.
    years = range(begins, max(begins, ends) + 1) if year is None else range(year - 1, year + 1)
    found = []
    for one in rules.rounds.values():
        for opening in of_round(one, clock, years):
            assert opening.opens is not None and opening.end is not None
            inside = not last or opening.opens.date().isoformat() <= last
            if inside and opening.end.last.date().isoformat() >= first:
                found.append(opening)
    return found


def _windows(rules: Rules, clock: Clock) -> list[Opening]:
    def never(_: str) -> Start | None:
        return None

    procedure = rules.procedure
    if procedure is None:
        return []
    around = clock.start(f"{rules.in_force[0]}").moment.date()
    return [
        item
        for name in procedure.windows
        for item in openings(rules, name, never, clock, around)
        if item.name == name
    ]


def _in_force(rules: Rules, year: int | None) -> bool:
    first, last = (text[:4] for text in rules.in_force)
    return year is None or (int(first) <= year and (not last or year <= int(last)))


def _touches(opening: Opening, year: int) -> bool:
    if opening.opens is None or opening.end is None:
        return True
    return opening.opens.year <= year <= opening.end.last.year


def _order(opening: Opening) -> tuple[bool, str, str]:
    return opening.opens is None, opening.opens.isoformat() if opening.opens else "", opening.name
