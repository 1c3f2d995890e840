"""The months that a scorecard counts and leaves out, as a review compares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jifen.scorecard.shape import Cite

Run = tuple[int, int]


class Reason(NamedTuple):
    """Why months are left out, as the scorecard says it, and which of them it is about."""

    text: Any
    cite: list[Cite]
    months: frozenset[int]


class Moved(NamedTuple):
    """The months that a change takes from a line or gives it, and the reasons for which they are left out."""

    lost: list[int]
    gained: list[int]
    reasons: list[Reason]


def compared(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> Moved:
    """What of the months of a line differs between two cards; a month is lost where one ledger loses it.

    The reasons are those of the second card for months lost, those of the first for months gained.
    """
    lost: set[int] = set()
    gained: set[int] = set()
    reasons: dict[str, Reason] = {}
    old, new = _by_name(before, path), _by_name(after, path)
    for key in sorted(old.keys() | new.keys()):
        was, now = (
            {month for ledger in side.get(key, ()) for month in listed(ledger["counted"])}
            for side in (old, new)
        )
        lost |= was - now
        gained |= now - was
        for months, side in ((was - now, new), (now - was, old)):
            for left in (left for ledger in side.get(key, ()) for left in ledger["left_out"]):
                concerned = months & set(listed(left["months"]))
                if concerned:
                    kept = reasons.get(str(left["reason"]))
                    joint = concerned | (kept.months if kept else frozenset())
                    reasons[str(left["reason"])] = Reason(
                        left["reason"], left.get("cite", []), frozenset(joint)
                    )
    return Moved(sorted(lost), sorted(gained), [reasons[key] for key in sorted(reasons)])


def _by_name(card: Mapping[str, Any], path: str) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """The ledgers of a line by their names; those of its spells, which are numbered, together."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line, ledger in _named(card, path):
        name = "" if ledger["id"].isdecimal() else ledger["id"]
        found.setdefault((line, name), []).append(ledger)
    return found


def natural_runs(card: Mapping[str, Any], paths: Iterable[str], spells: Iterable[Run]) -> list[Run]:
    """The runs of months that some lines and the spells mark off: counted, left out for one reason, or one spell."""
    found = set(spells)
    for path in paths:
        for line, ledger in _named(card, path):
            if line == path:
                found |= {_run(text) for text in ledger["counted"]}
                for left in ledger["left_out"]:
                    found |= {_run(text) for text in left["months"]}
    return sorted(found)


def counted(card: Mapping[str, Any], path: str) -> list[int]:
    """Every month that some ledger at or under a line counts, in order."""
    return sorted({month for _, ledger in _named(card, path) for month in listed(ledger["counted"])})


def within(held: Iterable[int], first: int, last: int) -> int:
    """How many of some months lie in a run."""
    return sum(first <= month <= last for month in held)


def runs(months: Iterable[int]) -> list[Run]:
    """Months in order as runs."""
    found: list[Run] = []
    for month in months:
        if found and found[-1][1] == month - 1:
            found[-1] = (found[-1][0], month)
        else:
            found.append((month, month))
    return found


def listed(texts: Iterable[str]) -> Iterator[int]:
    """The months of runs as a scorecard writes them."""
    for text in texts:
        first, last = _run(text)
        yield from range(first, last + 1)


def _run(text: str) -> Run:
    first, _, last = text.partition("..")
    return _month(first), _month(last or first)


def _month(text: str) -> int:
    return int(text[:4]) * 12 + int(text[5:7]) - 1


def _named(card: Mapping[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    def visit(nodes: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        for node in nodes:
            inside = not path or node["path"] == path or node["path"].startswith(path + "/")
            if inside:
                for ledger in node.get("ledgers", ()):
                    yield node["path"], ledger
            yield from visit(node.get("indicators", ()))

    yield from visit(card["indicators"])
