"""From an applicant to a spread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jifen.scorecard.numbers import date_text
from jifen.spread.result import Combination, OtherOption, ReadingSpread, Spread
from jifen.spread.search import Found, Outcome, Searcher

if TYPE_CHECKING:
    from jifen.applicant.read import Person
    from jifen.scheme import Scheme


def spread(policy: Scheme, searcher: Searcher, person: Person) -> Spread:
    """What the readings make of one applicant."""
    found = searcher.search(person)
    without = [name for name in searcher.free if name not in found.searched]
    return Spread(
        policy=policy,
        applicant=person.id,
        date=date_text(person.date),
        verdict=found.base.verdict,
        readings=_readings(policy, searcher, found),
        without_effect=tuple(without),
        fixed=tuple(searcher.chosen),
        best=Combination(*found.best),
        worst=Combination(*found.worst),
        searched=found.searched,
        proof=found.proof,
        combinations=found.combinations,
        tried=found.tried,
        refused=found.refused,
    )


def _readings(policy: Scheme, searcher: Searcher, found: Found) -> tuple[ReadingSpread, ...]:
    listed = []
    for name in searcher.free:
        reading = policy.rules.readings[name]
        others = tuple(
            OtherOption(option, reading.options[option], outcome.verdict, _changed(found.base, outcome))
            for option in searcher.others(name)
            if (outcome := found.singles.get((name, option))) is not None and outcome != found.base
        )
        if others:
            label = reading.options[reading.chosen]
            listed.append(ReadingSpread(name, reading.question, reading.chosen, label, others))
    return tuple(listed)


def _changed(base: Outcome, other: Outcome) -> tuple[str, ...]:
    names = dict.fromkeys([*base.parts, *other.parts])
    return tuple(name for name in names if base.parts.get(name) != other.parts.get(name))
