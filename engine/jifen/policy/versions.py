"""The versions of a place beside each other: which days they cover, and by which date one is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import JifenError, Problem
from jifen.policy import messages as policy_messages
from jifen.policy import registry
from jifen.policy import version_messages as messages
from jifen.policy.inherit import read_lineage
from jifen.policy.parts import Parts
from jifen.policy.registry import APPLICATION, Text, unknown

_DAY = timedelta(days=1)


class Span(NamedTuple):
    """Days from the first to the last, both inside, and where each is written."""

    first: date
    last: date
    first_place: Place
    last_place: Place

    def __str__(self) -> str:
        return f"{self.first} – {'…' if self.last == date.max else self.last}"


class Head(NamedTuple):
    """What a file says of its version."""

    path: Path
    id: str
    id_place: Place
    in_force: Span
    uncovered: tuple[Span, ...]
    reviewed_on: Scalar | None
    chosen_by: Scalar | None

    @property
    def place(self) -> str:
        """The place whose version it is."""
        return self.id.rpartition("/")[0]

    @property
    def date(self) -> str:
        """The name of the date that chooses the version."""
        return self.chosen_by.raw if self.chosen_by else APPLICATION


def chosen_by(document: Node | None) -> str:
    """The name of the date that chooses the version: a fact, or `application`."""
    return (_raw(document.get("chosen_by")) if isinstance(document, Mapping) else "") or APPLICATION


def check_head(document: Mapping, diagnostics: Diagnostics) -> None:
    """Check the days at the head of one document whose shape has been checked."""
    _in_order(document.get("in_force"), diagnostics)
    sources = document.get("sources")
    parts = Parts(diagnostics, sources.keys() if isinstance(sources, Mapping) else ())
    for item in _items(document.get("uncovered")):
        for key in ("from", "to"):
            parts.day(item.get(key))
        parts.cites(item.get("cite"))
        _in_order(item, diagnostics)
    chosen = document.get("chosen_by")
    if isinstance(chosen, Scalar) and chosen.raw != APPLICATION:
        facts = document.get("facts")
        dates = [
            name
            for name, _, fact in (facts.entries if isinstance(facts, Mapping) else ())
            if isinstance(fact, Mapping) and _raw(fact.get("type")) == "date"
        ]
        if chosen.raw not in dates:
            near = suggest(chosen.raw, [*dates, APPLICATION])
            diagnostics.add(
                messages.CHOSEN_BY_FACT, chosen.place, bool(near), name=chosen.raw, near=near or ""
            )


def check_versions(files: Iterable[Path], diagnostics: Diagnostics) -> None:
    """Check files beside each other. Files that are wrong in themselves are left out; raises nothing."""
    heads = heads_of(files)
    for head in heads:
        path = head.path.absolute().as_posix()
        if not path.endswith(f"/{head.id}.yaml"):
            shown = "/".join(head.path.absolute().parts[-1 - head.id.count("/") :])
            diagnostics.add(messages.ID_PATH, head.id_place, id=head.id, path=shown)
    for versions in _places(heads):
        _check_days(versions, diagnostics)
        first = versions[0]
        for head in versions[1:]:
            if head.date != first.date:
                own = head.chosen_by is not None and head.chosen_by.place.file == head.id_place.file
                place = head.chosen_by.place if own and head.chosen_by else head.id_place
                diagnostics.add(
                    messages.CHOSEN_BY_DIFFERS,
                    place,
                    id=head.id,
                    name=head.date,
                    other=first.id,
                    other_name=first.date,
                )


def check_age(files: Iterable[Path], on: date, diagnostics: Diagnostics) -> None:
    """Warn of versions that nobody has reviewed for two years, and of places whose last version is over."""
    heads = heads_of(files)
    last = {entry.place: entry.in_force_from for entry in registry.registry()}
    for head in heads:
        last[head.place] = max(last.get(head.place, ""), str(head.in_force.first))
    leap_day = (on.month, on.day) == (2, 29)
    since = on.replace(year=max(on.year - 2, 1), day=28 if leap_day else on.day)
    for head in heads:
        reviewed = _date(head.reviewed_on)
        if reviewed is not None and head.reviewed_on is not None and reviewed < since:
            diagnostics.add(messages.REVIEW_OLD, head.reviewed_on.place, day=reviewed, on=on)
        if head.in_force.last < on and last[head.place] == str(head.in_force.first):
            end = head.in_force.last
            diagnostics.add(messages.PAST, head.in_force.last_place, id=head.id, day=end, on=on)


def choosing_date(place: str) -> tuple[str, Text]:
    """The name and the label of the date that chooses among the versions of a place.

    Raises JifenError where there is no such place, or where its versions disagree.
    """
    entries = registry.registry()
    versions = [entry for entry in entries if entry.place == place]
    if not versions:
        raise unknown(policy_messages.NO_PLACE, place, sorted({entry.place for entry in entries}))
    chosen: dict[str, registry.Entry] = {}
    labels: dict[str, Text] = {}
    for version in versions:
        lineage = read_lineage(version.path, Diagnostics())
        document = lineage.document if lineage else None
        name = chosen_by(document)
        chosen.setdefault(name, version)
        labels.setdefault(name, _label(document, name))
    (name, first), *others = chosen.items()
    if others:
        other_name, other = others[0]
        args = {"id": other.id, "name": other_name, "other": first.id, "other_name": name}
        raise JifenError(Problem("", messages.CHOSEN_BY_DIFFERS, args))
    return name, labels[name]


def heads_of(files: Iterable[Path]) -> list[Head]:
    """The heads of those files that have one, by place and first day."""
    found = [head for path in files if (head := _head(path)) is not None]
    return sorted(found, key=lambda head: (head.place, head.in_force.first, head.id))


def _head(path: Path) -> Head | None:
    lineage = read_lineage(path, Diagnostics())
    document = lineage.document if lineage else None
    if not isinstance(document, Mapping):
        return None
    policy, in_force = document.get("policy"), _span(document.get("in_force"))
    if not isinstance(policy, Scalar) or in_force is None or in_force.last < in_force.first:
        return None
    spans = [_span(item) for item in _items(document.get("uncovered"))]
    reviewed, chosen = document.get("reviewed_on"), document.get("chosen_by")
    return Head(
        path,
        policy.raw,
        policy.place,
        in_force,
        tuple(span for span in spans if span is not None and span.first <= span.last),
        reviewed if isinstance(reviewed, Scalar) else None,
        chosen if isinstance(chosen, Scalar) else None,
    )


def _places(heads: list[Head]) -> list[list[Head]]:
    found: dict[str, list[Head]] = {}
    for head in heads:
        found.setdefault(head.place, []).append(head)
    return list(found.values())


def _check_days(versions: list[Head], diagnostics: Diagnostics) -> None:
    latest: Head | None = None
    for head in versions:
        for span in head.uncovered:
            for other in versions:
                if span.first <= other.in_force.last and other.in_force.first <= span.last:
                    diagnostics.add(
                        messages.UNCOVERED_OVERLAPS, span.first_place, other=other.id, span=other.in_force
                    )
        if latest is not None:
            if head.in_force.first <= latest.in_force.last:
                diagnostics.add(
                    messages.OVERLAP,
                    head.in_force.first_place,
                    id=head.id,
                    day=head.in_force.first,
                    other=latest.id,
                    span=latest.in_force,
                )
            else:
                _check_gap(latest, head, diagnostics)
        if latest is None or head.in_force.last > latest.in_force.last:
            latest = head


def _check_gap(earlier: Head, later: Head, diagnostics: Diagnostics) -> None:
    first, end = earlier.in_force.last + _DAY, later.in_force.first
    stretches = [(span.first, span.last) for span in sorted(later.uncovered)]
    for begin, last in (*stretches, (end, end)):
        stop = min(begin, end)
        if first < stop:
            diagnostics.add(
                messages.GAP,
                later.in_force.first_place,
                name=later.place,
                first=first,
                last=stop - _DAY,
                other=earlier.id,
                id=later.id,
            )
        if last >= end:
            return
        first = max(first, last + _DAY)


def _in_order(node: Node | None, diagnostics: Diagnostics) -> None:
    span = _span(node)
    if span is not None and span.last < span.first:
        diagnostics.add(messages.BACKWARDS, span.last_place, first=span.first, last=span.last)


def _span(node: Node | None) -> Span | None:
    if not isinstance(node, Mapping):
        return None
    first, last = node.get("from"), node.get("to")
    begin, end = _date(first), date.max if last is None else _date(last)
    if first is None or begin is None or end is None:
        return None
    return Span(begin, end, first.place, (last or first).place)


def _items(node: Node | None) -> list[Mapping]:
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def _date(node: Node | None) -> date | None:
    try:
        return date.fromisoformat(_raw(node))
    except ValueError:
        return None


def _raw(node: Node | None) -> str:
    return node.raw if isinstance(node, Scalar) else ""


def _label(document: Node | None, name: str) -> Text:
    if name == APPLICATION:
        return {"zh": "申请日期（date）", "en": "date"}
    facts = document.get("facts") if isinstance(document, Mapping) else None
    fact = facts.get(name) if isinstance(facts, Mapping) else None
    return Parts(Diagnostics(), ()).text(fact.get("label") if isinstance(fact, Mapping) else None, name)
