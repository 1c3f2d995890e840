"""From what the search hit upon to explanations: alike ones are told as one, the simplest come first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from jifen.review.changes import Applicant, Change
from jifen.review.months import Moved, compared
from jifen.review.search import TOTAL, Hit

KEPT = 200
"""How many hits of one part are looked at closely; a moved end of a spell last."""
_ORDER = (
    *("attribute", "attribute_everywhere", "spell", "run"),
    *("fact", "record", "record_attribute", "record_more", "end"),
)


class Mark(NamedTuple):
    """What sets a spell apart from most of its timeline: an attribute, and its value, as labels."""

    attribute: Any
    value: Any


class Explanation(NamedTuple):
    """Changes under which a part comes out exactly as published.

    `others` are the parts that come out too, `breaks` those that then no longer do; `total` is None where none was
    published. `of_kind` is how many explanations of this part are of the same kind.
    """

    changes: tuple[Change, ...]
    dates: tuple[str, ...]
    moved: Moved
    marks: tuple[Mark, ...]
    others: tuple[str, ...]
    breaks: tuple[str, ...]
    total: bool | None
    of_kind: int = 1

    @property
    def kinds(self) -> tuple[str, ...]:
        """What is changed, to tell explanations of one kind."""
        return tuple(change.kind for change in self.changes)


def explanations(
    path: str,
    hits: Iterable[Hit],
    before: Mapping[str, Any],
    agreed: Mapping[str, bool],
    applicant: Applicant,
) -> list[Explanation]:
    """The explanations of one part, the simplest first.

    That is: the fewest changes; then months that are left out for a reason or marked in the data; then what agrees
    with the rest of what was published; a moved end of a spell comes last.
    """
    listed = sorted(hits, key=lambda hit: [_ORDER.index(change.kind) for change in hit.changes])
    merged: dict[object, Explanation] = {}
    for hit in listed[:KEPT]:
        found = _explanation(path, hit, before, agreed, applicant)
        key = _likeness(found)
        old = merged.get(key)
        merged[key] = found if old is None else _joined(old, found)
    spells = {one.changes[0].months for one in merged.values() if one.kinds == ("spell",)}
    kept = [one for one in merged.values() if not (one.kinds == ("run",) and one.changes[0].months in spells)]
    alike = [one.kinds for one in kept]
    return sorted((one._replace(of_kind=alike.count(one.kinds)) for one in kept), key=_rank)


def _explanation(
    path: str, hit: Hit, before: Mapping[str, Any], agreed: Mapping[str, bool], applicant: Applicant
) -> Explanation:
    moved = compared(before, hit.card.to_dict(), "" if path == TOTAL else path)
    return Explanation(
        hit.changes,
        tuple(change.date for change in hit.changes if change.kind == "record_more"),
        moved,
        tuple(
            mark
            for change in hit.changes
            if change.kind in ("spell", "run")
            for mark in _marks(change, applicant)
        ),
        tuple(one for one, ok in hit.parts.items() if ok and not agreed[one] and one not in (path, TOTAL)),
        tuple(one for one, ok in hit.parts.items() if not ok and agreed[one] and one != TOTAL),
        hit.parts.get(TOTAL),
    )


def _likeness(one: Explanation) -> object:
    """What two explanations share that differ only in a value, or in the date of one more record."""
    described = tuple(
        (
            change.kind,
            change.path,
            str(change.part) if change.kind == "record_more" else "",
            change.moved,
            change.months,
        )
        for change in one.changes
    )
    return described, tuple(one.moved.lost), tuple(one.moved.gained), one.others, one.breaks, one.total


def _joined(one: Explanation, other: Explanation) -> Explanation:
    changes = []
    for mine, its in zip(one.changes, other.changes, strict=True):
        more = tuple(value for value in its.after if value not in mine.after)
        changes.append(mine._replace(after=mine.after + more))
    reasons = {str(reason.text): reason for reason in (*one.moved.reasons, *other.moved.reasons)}
    dates = tuple(dict.fromkeys((*one.dates, *other.dates)))
    moved = one.moved._replace(reasons=list(reasons.values()))
    return one._replace(changes=tuple(changes), dates=dates, moved=moved)


def _marks(change: Change, applicant: Applicant) -> Iterable[Mark]:
    """The choices of the spells under a run that are not the usual ones of the timeline."""
    if change.months is None:
        return
    name = next(
        name
        for name in applicant.rules.timelines
        if applicant.where("timelines", name) == change.path.partition("[")[0]
    )
    spells = applicant.spells(name)
    first, last = change.months
    own = [
        spell
        for at, spell, (a, b) in spells
        if (at == change.row if change.row >= 0 else first <= a and b <= last)
    ]
    for item in applicant.rules.timelines[name].attributes.values():
        if item.type != "choice" or item.many or not own:
            continue
        values = [str(spell.get(item.name, item.default)) for _, spell, _ in spells]
        usual = max(values, key=values.count)
        held = {str(spell.get(item.name, item.default)) for spell in own}
        if len(held) == 1 and usual not in held and (value := held.pop()) in item.options:
            yield Mark(item.label, item.options[value])


def _rank(one: Explanation) -> tuple[object, ...]:
    return (
        len(one.changes),
        "end" in one.kinds,
        not (one.moved.reasons or one.marks),
        one.total is False,
        len(one.breaks),
        [_ORDER.index(kind) for kind in one.kinds],
        sum(abs(change.moved) for change in one.changes),
    )
