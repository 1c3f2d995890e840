"""Admission by rank, and places given by rank and preference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from jifen.api import Scorecard


class Ranked(NamedTuple):
    """One applicant in a ranking: the place (equals share it) and whether it is admitted."""

    id: str
    keys: tuple[Fraction, ...]
    place: int
    admitted: bool


def rank(entries: Iterable[tuple[str, tuple[Fraction, ...]]], quota: int) -> list[Ranked]:
    """Applicants by their keys, the highest first. Everybody who equals the last one inside the quota is admitted.

    Equals share a place and stand in the order of their ids.
    """
    ordered = sorted(entries, key=lambda entry: (tuple(-key for key in entry[1]), entry[0]))
    line = ordered[min(quota, len(ordered)) - 1][1] if ordered and quota > 0 else None
    found: list[Ranked] = []
    for position, (name, keys) in enumerate(ordered, 1):
        place = found[-1].place if found and found[-1].keys == keys else position
        found.append(Ranked(name, keys, place, line is not None and keys >= line))
    return found


def rank_cards(cards: Sequence[Scorecard], quota: int | None = None) -> list[Ranked]:
    """The ranking of scorecards of one policy: those that qualify, by what its outcome compares.

    `quota` is what the round announced where the policy states none. Raises ValueError when the policy does not
    rank, when there is no quota, or when the cards are of several policies.
    """
    if not cards:
        return []
    policies = {card.policy.digest for card in cards}
    outcome = cards[0].policy.rules.outcome.rank
    if outcome is None or len(policies) > 1:
        raise ValueError("a ranking needs scorecards of one policy that ranks")
    places = outcome.quota if quota is None else quota
    if places is None:
        raise ValueError("the policy states no quota; say how many are admitted")
    return rank([(card.person.id, card.rank_keys) for card in cards if card.qualifies], places)


class Allocation(NamedTuple):
    """Who has which place, and who would move up for each place, in order."""

    places: Mapping[str, str | None]
    substitutes: Mapping[str, tuple[str, ...]]


class Serial:
    """Places given to one applicant after the other. All that it remembers is the room that is left."""

    def __init__(self, places: Mapping[str, int], most: int) -> None:
        """`most` bounds how many preferences count."""
        self._left = dict(places)
        self._most = most

    def give(self, preferences: Sequence[str]) -> tuple[str | None, list[str]]:
        """What the next applicant receives, the first preference that still has room, and what was preferred to it."""
        full: list[str] = []
        for wanted in dict.fromkeys(list(preferences)[: self._most]):
            if self._left.get(wanted, 0) > 0:
                self._left[wanted] -= 1
                return wanted, full
            if wanted in self._left:
                full.append(wanted)
        return None, full


def allocate(
    ranked: Sequence[str], preferences: Mapping[str, Sequence[str]], places: Mapping[str, int], most: int
) -> Allocation:
    """Places one by one in order of rank: each applicant takes the first preference that still has room.

    `most` bounds how many preferences count. A substitute of a place is whoever preferred it to what was received.
    """
    serial = Serial(places, most)
    given: dict[str, str | None] = {}
    waiting: dict[str, list[str]] = {place: [] for place in places}
    for name in ranked:
        given[name], full = serial.give(preferences.get(name, ()))
        for place in full:
            waiting[place].append(name)
    return Allocation(given, {place: tuple(names) for place, names in waiting.items()})


def allocate_cards(
    cards: Sequence[Scorecard],
    preferences: Mapping[str, Sequence[str]],
    places: Mapping[str, int],
    quota: int | None = None,
) -> Allocation:
    """The places of those that a ranking admits, as the outcome of their policy says.

    Raises ValueError as `rank_cards`, and when the policy does not allocate.
    """
    rule = cards[0].policy.rules.outcome.allocate if cards else None
    if cards and rule is None:
        raise ValueError("an allocation needs scorecards of a policy that allocates")
    ranked = [row.id for row in rank_cards(cards, quota) if row.admitted]
    found = allocate(ranked, preferences, places, rule.preferences if rule else 0)
    return found if rule and rule.substitutes else Allocation(found.places, {})
