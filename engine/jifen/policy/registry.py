"""Which policies there are, and which is in force on a day."""

from __future__ import annotations

from collections.abc import Mapping as Map
from datetime import date
from pathlib import Path
from typing import NamedTuple

from jifen.document.diagnostics import Diagnostics, Message, suggest
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import JifenError, Problem
from jifen.policy import messages
from jifen.resources import policies_dirs

Text = str | Map[str, str]


APPLICATION = "application"
"""The date that chooses the version of a place, where its versions name no other."""


class Stretch(NamedTuple):
    """Days for which there is no version, and why. YYYY-MM-DD, both inside."""

    first: str
    last: str
    why: Text


class Entry(NamedTuple):
    """A policy file: its id, and what its head says. An open end of `in_force_to` is ""."""

    id: str
    place: str
    version: str
    title: Text
    in_force_from: str
    in_force_to: str
    path: Path
    uncovered: tuple[Stretch, ...] = ()


def registry() -> list[Entry]:
    """Every policy in the folders of policies, by place and day of entry into force. An id stands once."""
    found: dict[str, Entry] = {}
    for folder in policies_dirs():
        for path in sorted(folder.glob("**/*.yaml")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            if not path.name.endswith(".cases.yaml") and name not in found:
                entry = _entry(name, path)
                if entry is not None:
                    found[name] = entry
    return sorted(found.values(), key=lambda entry: (entry.place, entry.in_force_from, entry.id))


def path_of(policy: str) -> Path:
    """The file of a policy, by its id or by a path. Raises JifenError when there is none."""
    if policy.endswith((".yaml", ".yml")) or Path(policy).is_file():
        return Path(policy)
    for folder in policies_dirs():
        path = folder / f"{policy}.yaml"
        if path.is_file():
            return path
    raise unknown(messages.NO_POLICY, policy, [entry.id for entry in registry()])


def unknown(message: Message, name: str, known: list[str]) -> JifenError:
    """The error for a name that does not exist, with those that do."""
    near = suggest(name, known)
    args = {"name": name, "known": ", ".join(known) or "–", **({"near": near} if near else {})}
    return JifenError(Problem("", message, args))


def entry_in_force(place: str, on: date) -> Entry:
    """The policy of a place that is in force on a day.

    Raises JifenError that names the nearest ones, and says why where the day is declared as uncovered.
    """
    entries = registry()
    versions = [entry for entry in entries if entry.place == place]
    if not versions:
        raise unknown(messages.NO_PLACE, place, sorted({entry.place for entry in entries}))
    day = on.isoformat()
    for entry in versions:
        if entry.in_force_from <= day and (not entry.in_force_to or day <= entry.in_force_to):
            return entry
    args = {"place": place, "day": day, "nearest": ", ".join(_nearest(versions, day))}
    for entry in versions:
        for first, last, why in entry.uncovered:
            if first <= day <= last:
                args |= {"first": first, "last": last, "why": _said(why, "en"), "why_zh": _said(why, "zh")}
                raise JifenError(Problem("", messages.UNCOVERED, args))
    raise JifenError(Problem("", messages.NOT_IN_FORCE, args))


def _nearest(versions: list[Entry], day: str) -> list[str]:
    before = [entry for entry in versions if entry.in_force_to and entry.in_force_to < day]
    after = [entry for entry in versions if entry.in_force_from > day]
    near = before[-1:] + after[:1]
    return [f"{entry.id} ({entry.in_force_from} – {entry.in_force_to or '…'})" for entry in near]


def _entry(name: str, path: Path) -> Entry | None:
    from jifen.policy.inherit import read_tree

    node = read_tree(path, Diagnostics())
    if not isinstance(node, Mapping) or node.get("policy") is None:
        return None
    force = node.get("in_force")
    first, last = (_word(force.get(key)) if isinstance(force, Mapping) else "" for key in ("from", "to"))
    place, _, version = name.rpartition("/")
    uncovered = node.get("uncovered")
    stretches = tuple(
        Stretch(_word(item.get("from")), _word(item.get("to")), _text(item.get("why")))
        for item in (uncovered.items if isinstance(uncovered, Sequence) else ())
        if isinstance(item, Mapping)
    )
    return Entry(name, place, version, _text(node.get("title")), first, last, path, stretches)


def _said(text: Text, lang: str) -> str:
    """A text in one language, or in the one it has, without the full stop."""
    found = text if isinstance(text, str) else text.get(lang) or next(iter(text.values()), "")
    return found.rstrip(".。")


def _word(node: Node | None) -> str:
    return node.raw if isinstance(node, Scalar) else ""


def _text(node: Node | None) -> Text:
    if isinstance(node, Mapping):
        return {entry.key: _word(entry.value) for entry in node.entries}
    return _word(node)
