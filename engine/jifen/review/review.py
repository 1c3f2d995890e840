"""The review of one published score: what differs, what would explain it exactly, what to attach and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.policy.terms import Text
from jifen.review.changes import Applicant
from jifen.review.explain import KEPT, Explanation, explanations
from jifen.review.published import Published, read_published
from jifen.review.search import MOST, TOTAL, Fewer, Reads, Search
from jifen.review.window import Window, materials, review_window

if TYPE_CHECKING:
    from jifen.api import Policy, Scorecard


class ReadOtherwise(NamedTuple):
    """Readings under which a part comes out as published, and whether the total does (None: none published)."""

    readings: Mapping[str, str]
    total: bool | None
    breaks: tuple[str, ...]


class Difference(NamedTuple):
    """A part, or the total, that does not come out as published.

    `made_of` are the differing parts whose differences add up to this one; it is then not looked into itself.
    `explanations` and `readings` are what would give exactly what was published, the simplest first.
    """

    path: str
    label: Text
    published: Fraction
    recomputed: Fraction
    printed: Fraction
    """What is recomputed, as it would have been printed."""
    made_of: tuple[str, ...]
    fewer: Fewer | None
    explanations: tuple[Explanation, ...]
    readings: tuple[ReadOtherwise, ...]
    evidence: tuple[Text, ...]

    @property
    def size(self) -> Fraction:
        """Published less what would have been printed."""
        return self.published - self.printed

    @property
    def explained(self) -> bool:
        """Whether anything gives exactly what was published."""
        return bool(self.made_of or self.explanations or self.readings)


class Review(NamedTuple):
    """A published score held against the score by the policy. `tried` of at most `bound` changes were scored."""

    policy: Policy
    applicant: Applicant
    published: Published
    card: Scorecard
    differences: tuple[Difference, ...]
    window: Window | None
    now: datetime | None
    tried: int
    bound: int
    complete: bool
    together: bool | None
    """Whether the first explanation of each part, all at once, gives everything as published; None: not tried."""


def review(
    policy: Policy,
    applicant: Mapping[str, Any],
    published: Mapping[str, Any],
    now: datetime | None = None,
    most: int = MOST,
) -> Review:
    """Hold a published score against the score of an applicant by a policy.

    `published` has the shape of `schemas/published.schema.json`. `now` is a minute in the zone of the policy's
    procedure. Raises ApplicantError where either the applicant or the published score is wrong.
    """
    card = policy.score(applicant)
    given = read_published(published, policy, card)
    person = Applicant(applicant, policy.rules, card.person.date)
    search = Search(policy, person, given, card, most)
    differing = search.differing()
    made_of = {path: _made_of(path, differing, given, card) for path in differing}
    # A total that differs beside parts that differ is theirs to explain, even where they do not add up to it.
    looked_into = [path for path in differing if not made_of[path] and (path != TOTAL or len(differing) == 1)]
    hits = search.hits(looked_into) if looked_into else {}
    explained = {path for path, found in hits.items() if found}
    read = search.readings(looked_into, explained) if looked_into else {}
    before, agreed = card.to_dict() if looked_into else {}, search.agreement(card)
    listed = []
    for path in differing:
        own = path in hits
        listed.append(
            Difference(
                path,
                _label(policy, path),
                _published(given, path),
                _recomputed(card, path),
                given.printing.printed(_recomputed(card, path)),
                made_of[path],
                search.fewer(path) if own and path != TOTAL else None,
                tuple(explanations(path, hits[path], before, agreed, person)) if own else (),
                tuple(_read_otherwise(one, path, agreed) for one in read.get(path, ())),
                tuple(materials(policy, path)) if own and path != TOTAL else (),
            )
        )
    listed.sort(key=lambda one: (-abs(one.size), one.path == TOTAL, -one.path.count("/")))
    together = _together(search, listed)
    complete = search.complete and all(len(one) <= KEPT for one in hits.values())
    window = review_window(policy, card.round, given.date)
    return Review(
        policy, person, given, card, tuple(listed), window, now, search.tried, most, complete, together
    )


def _made_of(path: str, differing: list[str], given: Published, card: Scorecard) -> tuple[str, ...]:
    """The differing parts under a group, or under the total, if their differences add up to its own.

    What is printed may lie off by as much as the rounding, once for each number.
    """
    below = [
        one for one in differing if one not in (path, TOTAL) and (path == TOTAL or one.startswith(path + "/"))
    ]
    inner = tuple(one for one in below if not any(one.startswith(other + "/") for other in below))
    rest = _published(given, path) - _recomputed(card, path)
    rest -= sum((_published(given, one) - _recomputed(card, one) for one in inner), Fraction(0))
    blur = given.printing.blur * (len(inner) + 1)
    return inner if inner and abs(rest) <= blur else ()


def _published(given: Published, path: str) -> Fraction:
    found = given.total if path == TOTAL else given.parts[path]
    assert found is not None
    return found


def _recomputed(card: Scorecard, path: str) -> Fraction:
    return card.total if path == TOTAL else card.number(card.policy.line(path).points)


def _label(policy: Policy, path: str) -> Text:
    if path != TOTAL:
        return policy.line(path).indicator.label
    score = policy.rules.scores.get(policy.rules.outcome.score)
    return (score.label if score else "") or {"zh": "总分", "en": "total"}


def _read_otherwise(found: Reads, path: str, agreed: Mapping[str, bool]) -> ReadOtherwise:
    parts = found.parts
    breaks = tuple(one for one, ok in parts.items() if not ok and agreed[one] and one not in (path, TOTAL))
    return ReadOtherwise(found.readings, parts.get(TOTAL), breaks)


def _together(search: Search, found: list[Difference]) -> bool | None:
    """The first explanations of all parts made at once; None where there is one part, or one has none."""
    own = [one for one in found if not one.made_of]
    if len(own) < 2 or not all(one.explanations for one in own):
        return None
    chosen = {change.path: change.edit for one in own for change in one.explanations[0].changes}
    card = search.score(chosen.values())
    return None if card is None else all(search.agreement(card).values())
