"""Every small change of a lever: its months, what it presumes and excludes, and each of the changes that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.regression.edits import Told, nearby
from jifen.regression.expression_mutants import edits
from jifen.regression.mutant import Mutant
from jifen.regression.replaced import DELETE, Path, options

_MONTHS: Final = ("takes", "gap", "every", "waits")
_ROWS: Final = {"begin": "timelines", "resume": "timelines", "replace": "timelines", "add": "records"}
_CHANGED: Final = Told("a case with a way that needs this change", "有办法需要这一改变的用例")


def lever_mutants(document: Mapping) -> Iterator[Mutant]:
    """The mutants of the section `levers`."""
    section = document.get("levers")
    for name, _, node in section.entries if isinstance(section, Mapping) else ():
        for body, path in options(node, ("levers", name)):
            if isinstance(body, Mapping):
                yield from _lever(document, body, path, name)


def _lever(document: Mapping, body: Mapping, path: Path, name: str) -> Iterator[Mutant]:
    for key in _MONTHS:
        for inner, where in options(body.get(key), (*path, key)):
            if isinstance(inner, Mapping):
                for entry in inner.entries:
                    told = Told(
                        f"a case with a way by {name} and its very date", f"有经 {name} 的办法及其日期的用例"
                    )
                    yield from _value(entry.value, (*where, entry.key), None, told)
    when = body.entry("when")
    if when is not None:
        told = Told(f"a case for whom {name} is not open", f"不能采用 {name} 的用例")
        yield Mutant((*path, "when"), when.key_place, "`when` removed", "删去 when", told, DELETE)
        if isinstance(when.value, Scalar):
            for edit in edits(when.value.raw):
                new = Scalar(edit.text, when.value.place, edit.text, False)
                en = f"{edit.before} → {edit.after}"
                yield Mutant((*path, "when"), when.value.place, en, en, edit.told, new)
    excludes = body.get("excludes")
    for at, item in enumerate(excludes.items if isinstance(excludes, Sequence) else ()):
        word = item.raw if isinstance(item, Scalar) else "…"
        told = Told(f"a case that would need {name} and {word} together", f"须兼用 {name} 与 {word} 的用例")
        en, zh = f"{word} removed from `excludes`", f"excludes 中删去 {word}"
        yield Mutant((*path, "excludes", at), item.place, en, zh, told, DELETE)
    yield from _changes(document, body, path)


def _changes(document: Mapping, body: Mapping, path: Path) -> Iterator[Mutant]:
    facts = body.get("set")
    for entry in facts.entries if isinstance(facts, Mapping) else ():
        yield from _removed(entry, (*path, "set", entry.key))
        known = _at(document, "facts", entry.key, "options")
        yield from _value(entry.value, (*path, "set", entry.key), known, _CHANGED)
    for key, section in _ROWS.items():
        rows = body.get(key)
        for entry in rows.entries if isinstance(rows, Mapping) else ():
            yield from _removed(entry, (*path, key, entry.key))
            for one in entry.value.entries if isinstance(entry.value, Mapping) else ():
                known = _at(document, section, entry.key, "attributes", one.key, "options")
                where = (*path, key, entry.key, one.key)
                yield from _removed(one, where)
                yield from _value(one.value, where, known, _CHANGED)
    ended = body.get("end")
    for at, item in enumerate(ended.items if isinstance(ended, Sequence) else ()):
        word = item.raw if isinstance(item, Scalar) else "…"
        en, zh = f"{word} removed from `end`", f"end 中删去 {word}"
        yield Mutant((*path, "end", at), item.place, en, zh, _CHANGED, DELETE)


def _at(node: Node | None, *path: str) -> Node | None:
    """What stands at a path of keys; None where nothing does."""
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node


def _removed(entry: Entry, path: Path) -> Iterator[Mutant]:
    yield Mutant(path, entry.key_place, f"`{entry.key}` removed", f"删去 {entry.key}", _CHANGED, DELETE)


def _value(node: Node, path: Path, known: Node | None, told: Told) -> Iterator[Mutant]:
    """Another value: a truth turned round, a number a step away, the next option."""
    if not isinstance(node, Scalar):
        return
    found: list[tuple[object, str]] = []
    if isinstance(node.value, bool):
        found = [(not node.value, str(not node.value).lower())]
    elif isinstance(node.value, (int, Decimal)):
        found = [(_number(text), text) for text in nearby(node.raw) if Decimal(text) >= 0]
    elif isinstance(known, Mapping):
        other = next((entry.key for entry in known.entries if entry.key != node.raw), None)
        found = [(other, other)] if other is not None else []
    for value, text in found:
        en = f"{node.raw} → {text}"
        yield Mutant(path, node.place, en, en, told, Scalar(value, node.place, text, False))  # type: ignore[arg-type]


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)
