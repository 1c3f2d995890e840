"""Changes in the words of the scheme: one sentence each, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jifen.compile import Source
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node
from jifen.page.points import band_lines
from jifen.page.wording import word as page_word
from jifen.regression.diff import Change
from jifen.regression.diff_bands import as_steps, stretches
from jifen.regression.diff_nodes import NAMED, TEXTS, is_choice, words_of
from jifen.regression.diff_phrases import named, word
from jifen.regression.diff_sides import Side
from jifen.scorecard.shape import Lang

GROUPS = (
    *("in_force", "outcome", "readings", "rounds", "eligibility", "indicators", "scores"),
    *("inputs", "definitions", "procedure", "citations", "labels"),
)
_SECTIONS = {
    **dict.fromkeys(("in_force", "uncovered", "chosen_by"), "in_force"),
    **dict.fromkeys(("rounds", "anchors", "counting"), "rounds"),
    **dict.fromkeys(("facts", "timelines", "records", "people"), "inputs"),
    **dict.fromkeys(("months", "record_sets", "values", "monthly", "series", "checks"), "definitions"),
    **dict.fromkeys(("scores", "rounding"), "scores"),
    "sources": "citations",
}
_STRUCTURE = frozenset(
    {
        "accrue",
        "lookup",
        "bands",
        "per_record",
        "per_unit",
        "attributes",
        "points",
        "tiers",
        "rates",
        "keep",
        "rows",
    }
)
"""Keys that say how a rule is written, which no reader asks."""


@dataclass(frozen=True)
class Sentence:
    """One change in words. `marks` are the citations on both sides, as `source#clause`."""

    group: str
    kind: str
    path: tuple[str, ...]
    text: str
    places: tuple[Place | None, Place | None]
    cites: tuple[tuple[str, ...], tuple[str, ...]]
    before: str = ""
    after: str = ""


@dataclass
class _Told:
    """A sentence in the making: options of one table that change alike share one."""

    change: Change
    subject: list[str]
    options: list[str]
    before: str
    after: str


class Writer:
    """Writes the changes between two policies in one language."""

    def __init__(self, before: Source, after: Source, lang: Lang) -> None:
        self.lang = lang
        self.before, self.after = Side(before, lang), Side(after, lang)

    def sentences(self, changes: Iterable[Change]) -> list[Sentence]:
        """The sentences, by group, in the order of the new policy."""
        told: dict[object, _Told] = {}
        for change in changes:
            for one in self._told(change):
                key = (change.group, change.kind, change.path[:-1], tuple(one.subject), one.before, one.after)
                if one.options and key in told:
                    told[key].options += one.options
                else:
                    told[key if one.options else (*key, change.path, tuple(one.subject))] = one
        found = [self._sentence(one) for one in told.values()]
        return sorted(found, key=lambda one: GROUPS.index(one.group))

    def _told(self, change: Change) -> list[_Told]:
        path, old = change.path, _old_path(change)
        if path[-1] == "steps" and change.before is not None and change.after is not None:
            bands = self._bands(change, change.before, change.after)
            if bands:
                return bands
        subject, options = self._subject(change)
        if change.kind == "moved":
            groups = self._group(self.before, change.old_path), self._group(self.after, path)
            return [_Told(change, subject, options, groups[0], groups[1])]
        if change.group == "labels" or change.kind == "added":
            before = "" if change.before is None else self.before.value(change.before, old)
        else:
            alike = self.before.per(old) == self.after.per(path) and change.after is not None
            plain = not is_choice(change.before) and not is_choice(change.after)
            before = self.before.value(change.before, old, not (alike and plain))
        after = (
            "" if change.kind == "removed" and change.after is None else self.after.value(change.after, path)
        )
        return [_Told(change, subject, options, before, after)]

    def _bands(self, change: Change, before: Node, after: Node) -> list[_Told]:
        subject, _ = self._subject(change)
        found: list[_Told] = []
        for stretch in stretches(before, after) or ():
            label = band_lines(as_steps(stretch), self.after.speaker)[-1].text
            path = (*change.path[:-1], "points")
            values = (
                self.before.value(stretch.before, path, False),
                self.after.value(stretch.after, path),
            )
            found.append(_Told(change, [*subject[:-1], label], [], *values))
        return found

    def _group(self, side: Side, path: tuple[str, ...]) -> str:
        outer = path[:-2]
        return side.label(side.at(outer), outer[-1]) if len(outer) > 1 else word("top", self.lang)

    def _subject(self, change: Change) -> tuple[list[str], list[str]]:
        """The parts of the name of what changed, and the option of a table that it is about."""
        side = self.before if change.kind == "removed" else self.after
        path = change.path
        parts: list[str] = []
        options: list[str] = []
        read: list[str] = []
        for index, step in enumerate(path):
            outer = path[index - 1] if index else ""
            if "=" in step:
                reading, _, option = step.partition("=")
                read.append(word("if_read", self.lang, reading=reading, option=side.option(reading, option)))
            elif (
                outer in ("points", "within")
                and index + 1 >= len(path) - 1
                and step not in ("points", "cite")
            ):
                options.append(side.options_at(path).get(step, step))
            elif outer == "indicators" and path[0] == "indicators":
                label = side.label(side.at(path[: index + 1]), step)
                inside = change.old_path and change.kind != "moved" and "indicators" not in path[index:]
                parts = [*parts, label] if inside else [label]
            elif outer == "options":
                label = (
                    side.value(side.at(path[: index + 1]), ("label",)) if side.at(path[: index + 1]) else step
                )
                parts.append(word("key.option", self.lang, label=label))
            elif outer in ("rows", "since"):
                parts.append(word("since", self.lang, date=step))
            elif outer in ("tiers", "rates") and step.isdigit():
                parts.append(self._tier(side, path[: index + 1]))
            elif outer in NAMED and index == 1 and outer == "readings":
                parts.append(side.reading(step))
            elif outer in NAMED:
                parts.append(side.label(side.at(path[: index + 1]), step))
            elif step in NAMED or (
                index < len(path) - 1 and (step in _STRUCTURE or step.isdigit() or step == "outcome")
            ):
                continue
            elif not step.isdigit() and not (step in ("points", "is", "require") and parts):
                key = "input_default" if step == "default" and path[0] != "readings" else step
                parts.append(named("key", key, self.lang))
            elif step.isdigit():
                parts.append(named("key", outer, self.lang))
        if len(parts) == 1 and len(path) == 2 and path[0] == "outcome" and path[-1] in {*TEXTS, "cite"}:
            parts.insert(0, named("key", "outcome", self.lang))
        if not parts:
            parts = [named("key", path[-1], self.lang)]
        if read:
            parts[-1] += "".join(read)
        return parts, options

    def _tier(self, side: Side, path: tuple[str, ...]) -> str:
        data = side.plain(node) if (node := side.at(path)) is not None else None
        row = data if isinstance(data, dict) else {}
        if path[-2] == "rates":
            start, end = row.get("from"), row.get("to")
            key = "rate_between" if start and end else "rate_to" if end else "rate_from"
            return page_word(key, self.lang, start=start, end=end)
        first = row.get("first")
        if first is None:
            return page_word("then", self.lang)
        if isinstance(first, dict):
            length = side.value(side.at((*path, "first")), ("first",))
            return page_word("first", self.lang, time=length)
        return page_word("first_number", self.lang, count=first)

    def _sentence(self, told: _Told) -> Sentence:
        change, lang = told.change, self.lang
        comma = page_word("comma", lang)
        subject = comma.join(told.subject)
        if told.options:
            subject += comma + ("、" if lang == "zh" else " / ").join(dict.fromkeys(told.options))
        if change.kind == "added" or change.kind == "removed":
            value = told.after if change.kind == "added" else told.before
            said = change.path[-2:-1] == ("options",)
            value = page_word("colon", lang) + value if value and value != subject and not said else ""
            text = word(change.kind, lang, subject=subject, before=value, after=value)
        elif change.group == "labels" and max(len(told.before), len(told.after)) > 60:
            text = word("text_changed", lang, subject=subject)
        else:
            text = word(change.kind, lang, subject=subject, before=told.before, after=told.after)
        group = change.group if change.group != "rules" else _SECTIONS.get(change.path[0], change.path[0])
        cites = (_cites(self.before, _old_path(change)), _cites(self.after, change.path))
        places = (change.place_before, change.place_after)
        return Sentence(group, change.kind, change.path, text, places, cites, told.before, told.after)


def _old_path(change: Change) -> tuple[str, ...]:
    return change.old_path or change.path


def _cites(side: Side, path: tuple[str, ...]) -> tuple[str, ...]:
    """The citations nearest to a path, on itself or around it."""
    for length in range(len(path), 0, -1):
        node = side.at(path[:length])
        if length == len(path) and path[-1] == "cite" and node is not None:
            return tuple(words_of(node))
        found = node.get("cite") if isinstance(node, Mapping) and not is_choice(node) else None
        if found is not None:
            return tuple(words_of(found))
    return ()
