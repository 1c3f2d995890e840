"""Every small change of a procedure: terms and windows a step longer and shorter, and each statement left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.regression.edits import Told
from jifen.regression.mutant import Mutant
from jifen.regression.replaced import DELETE, Path, options

_UNITS: Final = {"working_days": "natural_days", "natural_days": "working_days", "months": ""}
_TOGGLED: Final = {
    "from": {"same_day": "next_day", "next_day": "same_day"},
    "last_minute": {"inside": "outside", "outside": "inside"},
}
_RESULTS: Final = {"valid": "suspended", "suspended": "valid", "ended": "valid"}

_CLOSING: Final = Told("a case at the closing minute", "恰在截止那一分钟的用例")
_WINDOW: Final = Told("a case on both sides of the edge", "时间窗边缘内外各一的用例")
_TERM: Final = Told("a case with something on the last day of the term", "恰在期限最后一日有事件的用例")
_MOVE: Final = Told("a case that takes this way", "经过这一变化的用例")


def procedure_mutants(document: Mapping) -> Iterator[Mutant]:
    """The mutants of the section `procedure`, and of the validity of the outcome."""
    for node, path in options(document.get("procedure"), ("procedure",)):
        if isinstance(node, Mapping):
            yield from _Walk(node, path).all()
    outcome = document.get("outcome")
    if isinstance(outcome, Mapping):
        for node, path in options(outcome.get("validity"), ("outcome", "validity")):
            if isinstance(node, Mapping):
                yield from _validity(node, path)


class _Walk:
    """Walks a procedure, which says what may stand in the place of a party or of what a term runs from."""

    def __init__(self, node: Mapping, path: Path) -> None:
        self.node, self.path = node, path
        self.parties = _keys(node, "parties")
        self.clocks = [*_keys(node, "events"), *_keys(node, "dates")]

    def all(self) -> Iterator[Mutant]:
        """The mutants, section by section."""
        node, path = self.node, self.path
        yield from _toggled(node, path, "last_minute", _CLOSING)
        told = Told("a case from its very beginning", "从头开始的用例")
        yield from _other(node, path, "begins", _keys(node, "states"), told)
        for name, body, inner in _named(node, "terms", path):
            yield from self._term(body, inner, name)
        for name, body, inner in _named(node, "windows", path):
            yield from self._window(body, inner, name)
        for name, body, inner in _named(node, "events", path):
            yield from self._parties(body, inner, name)
            yield from _left_out(body, inner, ("window", "once", "days"), name)
        for name, body, inner in _named(node, "states", path):
            yield from self._state(body, inner, name)
        for at, item in enumerate(_items(node.get("moves"))):
            if isinstance(item, Mapping):
                yield from self._move(item, (*path, "moves", at))

    def _parties(self, node: Mapping, path: Path, name: str) -> Iterator[Mutant]:
        told = Told(f"a case that expects who acts in {name}", f"预期中有 {name} 由谁办理的用例")
        yield from _other(node, path, "by", self.parties, told)

    def _term(self, node: Mapping, path: Path, name: str) -> Iterator[Mutant]:
        yield from _term(node, path, name)
        told = Told(f"a case where {name} runs from something else", f"{name} 自他事起算的用例")
        yield from _other(node, path, "since", self.clocks, told)

    def _window(self, node: Mapping, path: Path, name: str) -> Iterator[Mutant]:
        for key in ("from", "to"):
            end = node.get(key)
            if isinstance(end, Mapping):
                yield from self._term(end, (*path, key), name)
            elif isinstance(end, Scalar):
                whole_day = len(end.raw) == 10
                pattern = "%Y-%m-%d" if whole_day else f"%Y-%m-%d{end.raw[10:11]}%H:%M"
                step = timedelta(days=1) if whole_day else timedelta(minutes=1)
                yield from _moments(end, (*path, key), pattern, step)
        yield from _toggled(node, path, "last_minute", _CLOSING)

    def _state(self, node: Mapping, path: Path, name: str) -> Iterator[Mutant]:
        yield from self._parties(node, path, name)
        for key in ("allows", "blocks"):
            told = Told(f"a case with each event of `{key}` in {name}", f"在 {name} 中有 {key} 各事件的用例")
            yield from _members(node, path, key, told)
        result = node.get("result")
        if isinstance(result, Scalar) and result.raw in _RESULTS:
            told = Told(f"a case that expects the result in {name}", f"预期中有 {name} 的结果的用例")
            yield _text((*path, "result"), result.place, result.raw, _RESULTS[result.raw], told)

    def _move(self, node: Mapping, path: Path) -> Iterator[Mutant]:
        cause = node.get("on") or node.get("window") or node.get("after")
        shown = " → ".join(_word(part) for part in (node.get("from"), cause, node.get("to")))
        yield Mutant(path, node.place, f"{shown} removed", f"删去 {shown}", _MOVE, DELETE)
        if len(_items(node.get("from"))) > 1:
            yield from _members(node, path, "from", _MOVE)
        yield from self._parties(node, path, shown)
        yield from _left_out(node, path, ("within", "due"), shown)
        if node.get("on") is not None:
            yield from _left_out(node, path, ("window",), shown)
        if self._held_up(node):
            yield from _left_out(node, path, ("without",), shown)
        for key in ("after", "within", "due"):
            term = node.get(key)
            if isinstance(term, Mapping):
                yield from self._term(term, (*path, key), shown)

    def _held_up(self, move: Mapping) -> bool:
        """Whether what a move comes `without` can happen and leave the case where it is.

        Where it leads elsewhere, the move cannot come any more, whether it says `without` or not.
        """
        event, states = _word(move.get("without")), self.node.get("states")
        for state in _words(move.get("from")):
            body = states.get(state) if isinstance(states, Mapping) else None
            if isinstance(body, Mapping) and event in _words(body.get("allows")):
                return True
            for other in _items(self.node.get("moves")):
                if isinstance(other, Mapping) and [_word(other.get(key)) for key in ("on", "to")] == [
                    event,
                    state,
                ]:
                    return state in _words(other.get("from"))
        return False


def _validity(node: Mapping, path: Path) -> Iterator[Mutant]:
    lasts, renewal = node.get("for"), node.get("renew")
    for entry in lasts.entries if isinstance(lasts, Mapping) else ():
        told = Told("a case that expects how long the result is valid", "预期中有有效期长短的用例")
        yield from _steps(entry, (*path, "for", entry.key), told)
    for entry in renewal.entries if isinstance(renewal, Mapping) else ():
        if isinstance(entry.value, Mapping) and entry.key != "after_grace":
            yield from _term(entry.value, (*path, "renew", entry.key), entry.key)


def _term(node: Mapping, path: Path, name: str) -> Iterator[Mutant]:
    """The mutants of an amount of time, whatever it runs from."""
    for entry in node.entries:
        if entry.key in _UNITS:
            yield from _steps(entry, (*path, entry.key), _TERM)
            other = _UNITS[entry.key]
            if other and isinstance(entry.value, Scalar) and entry.value.value != 0:
                entries = tuple(one._replace(key=other) if one is entry else one for one in node.entries)
                en = f"{entry.key} → {other}"
                told = Told("a case whose term has a day off in it", "期限内有休息日的用例")
                yield Mutant(path, entry.key_place, en, en, told, Mapping(entries, node.place))
        elif entry.key == "at" and isinstance(entry.value, Scalar):
            yield from _moments(entry.value, (*path, "at"), "%H:%M", timedelta(minutes=1))
    yield from _toggled(node, path, "from", _TERM)
    yield from _left_out(node, path, ("until",), name)


# single changes


def _left_out(node: Mapping, path: Path, keys: tuple[str, ...], name: str) -> Iterator[Mutant]:
    for key in keys:
        entry = node.entry(key)
        if entry is not None:
            told = Told(f"a case where `{key}` of {name} matters", f"{name} 的 {key} 有影响的用例")
            yield Mutant((*path, key), entry.key_place, f"`{key}` removed", f"删去 {key}", told, DELETE)


def _other(node: Mapping, path: Path, key: str, known: list[str], told: Told) -> Iterator[Mutant]:
    """The first name that is none of those given, in their place."""
    entry = node.entry(key)
    given = _words(entry.value) if entry is not None else []
    other = next((name for name in known if name not in given), None)
    if entry is not None and given and other is not None:
        yield _text((*path, key), entry.value.place, _word(entry.value), other, told)


def _members(node: Mapping, path: Path, key: str, told: Told) -> Iterator[Mutant]:
    """A list without each of its members; one that is written alone is taken away."""
    body = node.get(key)
    if isinstance(body, Scalar):
        en, zh = f"`{key}: {body.raw}` removed", f"删去 {key}: {body.raw}"
        yield Mutant((*path, key), body.place, en, zh, told, DELETE)
    for at, item in enumerate(_items(body)):
        en, zh = f"{_word(item)} removed from `{key}`", f"{key} 中删去 {_word(item)}"
        yield Mutant((*path, key, at), item.place, en, zh, told, DELETE)


def _steps(entry: Entry, path: Path, told: Told) -> Iterator[Mutant]:
    value = entry.value
    if isinstance(value, Scalar) and isinstance(value.value, int):
        for new in (value.value - 1, value.value + 1):
            if new >= 0:
                en, whole = f"{value.raw} → {new}", Scalar(new, value.place, str(new), False)
                yield Mutant(path, value.place, en, en, told, whole)


def _moments(node: Scalar, path: Path, pattern: str, step: timedelta) -> Iterator[Mutant]:
    try:
        moment = datetime.strptime(node.raw, pattern)
    except ValueError:
        return
    for new in (moment - step, moment + step):
        yield _text(path, node.place, node.raw, new.strftime(pattern), _WINDOW)


def _toggled(node: Mapping, path: Path, key: str, told: Told) -> Iterator[Mutant]:
    value = node.get(key)
    other = _TOGGLED[key].get(value.raw) if isinstance(value, Scalar) else None
    if isinstance(value, Scalar) and other is not None:
        yield _text((*path, key), value.place, value.raw, other, told)


def _text(path: Path, place: Place, old: str, new: str, told: Told) -> Mutant:
    en = f"{old} → {new}"
    return Mutant(path, place, en, en, told, Scalar(new, place, new, False))


# the tree


def _named(node: Mapping, section: str, path: Path) -> Iterator[tuple[str, Mapping, Path]]:
    body = node.get(section)
    for name, _, inner in body.entries if isinstance(body, Mapping) else ():
        for found, where in options(inner, (*path, section, name)):
            if isinstance(found, Mapping):
                yield name, found, where


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def _words(node: Node | None) -> list[str]:
    items = node.items if isinstance(node, Sequence) else (node,)
    return [item.raw for item in items if isinstance(item, Scalar)]


def _word(node: Node | None) -> str:
    return "/".join(_words(node)) or "…"


def _keys(node: Mapping, section: str) -> list[str]:
    body = node.get(section)
    return list(body.keys()) if isinstance(body, Mapping) else []
