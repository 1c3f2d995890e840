"""What changed in meaning between two policies: a list of changes, each with its places in both files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.regression.diff_nodes import (
    DEFAULTS,
    NAMED,
    OF_TEXTS,
    TEXTS,
    canonical,
    is_choice,
    is_one_value,
    is_table,
    option_entries,
    reading_of,
    rows_of,
    same,
    text_of,
    words_of,
)

Kind = Literal["added", "removed", "changed", "moved"]
Group = Literal["rules", "citations", "labels"]
Path = tuple[str, ...]

_IDENTITY = frozenset({"policy", "extends"})
_KINDS = frozenset({"points", "lookup", "bands", "accrue", "per_record", "per_unit", "formula", "indicators"})
_AMOUNTS = frozenset({"points", "tiers", "rates"})
_KEYED = {"rows": "from", "windows": "from"}
"""Lists whose items are known by one of their keys."""


@dataclass(frozen=True)
class Change:
    """One change. `path` leads to it from the top; a step `name=option` is an option of a reading.

    `before` and `after` are the values on both sides, with their places; None where there is none.
    """

    group: Group
    kind: Kind
    path: Path
    before: Node | None
    after: Node | None
    place_before: Place | None
    place_after: Place | None
    old_path: Path = ()
    """Where it stood before, if that was somewhere else."""


@dataclass
class _Comparison:
    changes: list[Change] = field(default_factory=list)

    def note(self, path: Path, before: Entry | None, after: Entry | None, group: Group = "rules") -> None:
        kind: Kind = "added" if before is None else "removed" if after is None else "changed"
        self.changes.append(
            Change(
                group,
                kind,
                path,
                before and before.value,
                after and after.value,
                before and _place(before),
                after and _place(after),
            )
        )

    def block(self, a: Mapping, b: Mapping, path: Path) -> None:
        """Two mappings of keywords."""
        first, second = (set(node.keys()) & _KINDS for node in (a, b))
        if first != second and path[-2:-1] == ("indicators",) and self.split(a, b, path):
            return
        as_a_whole = first != second and path[-2:-1] == ("indicators",)
        tables = [set(node.keys()) & _AMOUNTS for node in (a, b)]
        if as_a_whole or (tables[0] != tables[1] and path[-1:] in (("accrue",), ("per_record",))):
            self.note(path, Entry("", a.place, a), Entry("", b.place, b))
            as_a_whole = True
        for key in dict.fromkeys((*a.keys(), *b.keys())):
            if as_a_whole and key not in TEXTS and key != "cite":
                continue
            if not (len(path) == 0 and key in _IDENTITY):
                self.entry(key, a.entry(key), b.entry(key), (*path, key))

    def split(self, a: Mapping, b: Mapping, path: Path) -> bool:
        """An indicator that became a group with one like it inside, compared with that one."""
        children = b.get("indicators")
        if not isinstance(children, Mapping) or a.get("indicators") is not None:
            return False
        twins = [entry for entry in children.entries if _alike(a, entry.value)]
        if len(twins) != 1:
            return False
        [twin] = twins
        assert isinstance(twin.value, Mapping)
        inner = _Comparison()
        inner.block(_rule(a), _rule(twin.value), ())
        for one in inner.changes:
            where = (*path, "indicators", twin.key, *one.path)
            self.changes.append(replace(one, path=where, old_path=(*path, *one.path)))
        for child in children.entries:
            if child.key != twin.key:
                self.note((*path, "indicators", child.key), None, child)
        said = {*TEXTS, "cite"}
        for key in dict.fromkeys((*a.keys(), *b.keys())):
            if key in said or key in ("combine", "cap", "floor", "round"):
                self.entry(key, a.entry(key) if key in said else None, b.entry(key), (*path, key))
        return True

    def names(self, a: Node, b: Node, path: Path) -> None:
        """Two mappings of names (for options, lists of names too)."""
        first, second = _named(a), _named(b)
        texts = path[-1] in OF_TEXTS
        for name in dict.fromkeys((*first, *second)):
            here, there = first.get(name), second.get(name)
            inner = (*path, name)
            if here is None or there is None:
                self.note(inner, here, there)
            elif texts:
                if text_of(here.value) != text_of(there.value):
                    self.note(inner, here, there, "labels")
            else:
                self.value("", here, there, inner)

    def entry(self, key: str, a: Entry | None, b: Entry | None, path: Path) -> None:
        """One key of two mappings of keywords."""
        if key in TEXTS:
            if text_of(a and a.value) != text_of(b and b.value):
                self.note(path, a, b, "labels")
        elif key == "cite":
            if sorted(words_of(a and a.value)) != sorted(words_of(b and b.value)):
                self.note(path, a, b, "citations")
        elif a is None or b is None:
            present = a or b
            assert present is not None
            if key in NAMED and not is_choice(present.value):
                self.names(
                    _nothing(present) if a is None else a.value,
                    _nothing(present) if b is None else b.value,
                    path,
                )
            elif canonical(present.value, key) != ("text", DEFAULTS.get(key)):
                self.note(path, a, b)
        else:
            self.value(key, a, b, path)

    def value(self, key: str, a: Entry, b: Entry, path: Path) -> None:
        """Two values of one key, or of one name where `key` is empty."""
        before, after = a.value, b.value
        if is_choice(before) and is_choice(after) and reading_of(before) == reading_of(after):
            self.choices(key, before, after, path)
        elif is_choice(before) or is_choice(after):
            if not same(before, after, key):
                self.note(path, a, b)
        elif path[-1] in NAMED and key:
            self.names(before, after, path)
        elif key == "points" and is_table(before) and is_table(after):
            self.table(before, after, path)
        elif isinstance(before, Sequence) and isinstance(after, Sequence) and key not in ("options", "steps"):
            self.lists(key, a, b, path)
        elif (
            isinstance(before, Mapping)
            and isinstance(after, Mapping)
            and not is_one_value(before, key)
            and not is_one_value(after, key)
        ):
            self.block(before, after, path)
            if _tried_in_order(before) and _tried_in_order(after):
                self.order(before, after, path)
        elif not same(before, after, key):
            self.note(path, a, b)

    def choices(self, key: str, before: Node, after: Node, path: Path) -> None:
        """Two choices of one reading, option by option; `null` leaves the key out."""
        first = {entry.key: _written(entry) for entry in option_entries(before)}
        second = {entry.key: _written(entry) for entry in option_entries(after)}
        for option in dict.fromkeys((*first, *second)):
            here, there = first.get(option), second.get(option)
            inner = (*path, f"{reading_of(before)}={option}")
            if here is not None and there is not None:
                self.value(key or "", here, there, inner)
            elif here is not there:
                self.note(inner, here, there)

    def table(self, before: Node, after: Node, path: Path) -> None:
        """Two tables of points, however they are written."""
        first, second = rows_of(before), rows_of(after)
        for option in dict.fromkeys((*first, *second)):
            here, there = first.get(option), second.get(option)
            inner = (*path, option)
            if here is None or there is None:
                self.note(inner, here and here[0], there and there[0])
                continue
            if isinstance(here[0].value, Mapping) and isinstance(there[0].value, Mapping):
                self.value("", here[0], there[0], inner)
            elif not same(here[0].value, there[0].value, "points"):
                self.note(inner, here[0], there[0])
            for key in ("label", "cite"):
                row_a, row_b = (one.entry(key) if one else None for one in (here[1], there[1]))
                if row_a is not None or row_b is not None:
                    self.entry(key, row_a, row_b, (*inner, key))

    def lists(self, key: str, a: Entry, b: Entry, path: Path) -> None:
        """Two lists: of values as a whole, of blocks one by one."""
        before, after = a.value, b.value
        assert isinstance(before, Sequence) and isinstance(after, Sequence)
        if not all(isinstance(item, Mapping) for item in (*before.items, *after.items)):
            if not same(before, after, key):
                self.note(path, a, b)
            return
        for step, here, there in _aligned(key, before, after):
            inner = (*path, step)
            if here is None or there is None:
                self.note(inner, here, there)
            else:
                self.value("", here, there, inner)

    def order(self, before: Mapping, after: Mapping, path: Path) -> None:
        """The first that applies counts, so the order of a group's indicators is a rule."""
        a, b = before.entry("indicators"), after.entry("indicators")
        if a is None or b is None or not isinstance(a.value, Mapping) or not isinstance(b.value, Mapping):
            return
        kept_a = [key for key, _, _ in a.value.entries if b.value.entry(key)]
        kept_b = [key for key, _, _ in b.value.entries if a.value.entry(key)]
        if kept_a != kept_b:
            self.note((*path, "order"), _listed("order", kept_a, a), _listed("order", kept_b, b))


def changes(before: Mapping, after: Mapping) -> list[Change]:
    """Every change of meaning between two policy documents with their readings still open."""
    found = _Comparison()
    found.block(before, after, ())
    return _moves(found.changes)


def _moves(found: list[Change]) -> list[Change]:
    """An indicator that left one group and came into another has moved; what changed in it is told too."""
    gone, came = (_inside(found, kind) for kind in ("removed", "added"))
    moved = {name: (gone[name], came[name]) for name in gone if gone[name] and came.get(name)}
    whole = {side.path for pair in moved.values() for side in pair if side is not None}
    result = [one for one in found if not (one.kind in ("added", "removed") and one.path in whole)]
    for old, new in moved.values():
        assert old is not None and new is not None
        places = (old.value.key_place, new.value.key_place)
        before, after = old.value.value, new.value.value
        result.append(Change("rules", "moved", new.path, before, after, *places, old.path))
        inner = _Comparison()
        inner.value("", old.value, new.value, new.path)
        result += [replace(c, old_path=(*old.path, *c.path[len(new.path) :])) for c in inner.changes]
    return result


class _Found(NamedTuple):
    path: Path
    value: Entry


def _inside(found: list[Change], kind: Kind) -> dict[str, _Found | None]:
    """The indicators that came or went, with those inside a group that did; None where a name is not alone."""
    result: dict[str, _Found | None] = {}

    def add(path: Path, entry: Entry) -> None:
        result[path[-1]] = None if path[-1] in result else _Found(path, entry)
        children = entry.value.get("indicators") if isinstance(entry.value, Mapping) else None
        for child in children.entries if isinstance(children, Mapping) else ():
            add((*path, "indicators", child.key), child)

    for one in found:
        node, place = (one.before, one.place_before) if kind == "removed" else (one.after, one.place_after)
        if _is_indicator(one) and one.kind == kind and node is not None and place is not None:
            add(one.path, Entry(one.path[-1], place, node))
    return result


def _is_indicator(one: Change) -> bool:
    return one.group == "rules" and len(one.path) >= 2 and one.path[-2] == "indicators"


def _rule(node: Mapping) -> Mapping:
    """An indicator without what is only said of it."""
    return Mapping(
        tuple(entry for entry in node.entries if entry.key not in TEXTS and entry.key != "cite"), node.place
    )


def _alike(a: Mapping, b: Node) -> bool:
    """Whether two indicators are of one kind and score the same thing."""
    if not isinstance(b, Mapping):
        return False
    kinds = set(a.keys()) & _KINDS
    if len(kinds) != 1 or kinds != set(b.keys()) & _KINDS:
        return False
    [kind] = kinds
    first, second = a.get(kind), b.get(kind)
    if not isinstance(first, Mapping) or not isinstance(second, Mapping):
        return False
    return all(same(first.get(key), second.get(key), key) for key in ("months", "of", "by"))


def _tried_in_order(node: Mapping) -> bool:
    combine = node.get("combine")
    return isinstance(combine, Scalar) and combine.raw == "first"


def _place(entry: Entry) -> Place:
    """That of a short value, of the key of a long one."""
    return entry.value.place if isinstance(entry.value, Scalar) else entry.key_place


def _named(node: Node) -> dict[str, Entry]:
    if isinstance(node, Mapping):
        return {entry.key: entry for entry in node.entries}
    items = node.items if isinstance(node, Sequence) else ()
    return {item.raw: Entry(item.raw, item.place, item) for item in items if isinstance(item, Scalar)}


def _nothing(like: Entry) -> Node:
    return Mapping((), like.key_place)


def _written(entry: Entry) -> Entry | None:
    """The entry, unless it says that the key is left out."""
    value = entry.value
    return None if isinstance(value, Scalar) and value.value is None else entry


def _listed(key: str, names: list[str], like: Entry) -> Entry:
    place = like.key_place
    return Entry(key, place, Sequence(tuple(Scalar(name, place, name, False) for name in names), place))


def _aligned(key: str, before: Sequence, after: Sequence) -> list[tuple[str, Entry | None, Entry | None]]:
    """Pairs of blocks that stand for the same thing: by their key, by their meaning, then in their order."""
    by = _KEYED.get(key)
    if key in ("tiers", "rates"):
        first = {str(index): item for index, item in enumerate(before.items)}
        second = {str(index): item for index, item in enumerate(after.items)}
    elif by is not None:
        first, second = _by_key(before, by), _by_key(after, by)
    else:
        return _by_meaning(before, after)
    names = dict.fromkeys((*first, *second))
    return [(name, _of(first.get(name)), _of(second.get(name))) for name in names]


def _by_key(items: Sequence, key: str) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for index, item in enumerate(items.items):
        value = item.get(key) if isinstance(item, Mapping) else None
        name = value.raw if isinstance(value, Scalar) else ""
        found[name if name and name not in found else str(index)] = item
    return found


def _by_meaning(before: Sequence, after: Sequence) -> list[tuple[str, Entry | None, Entry | None]]:
    rest = list(after.items)
    pairs: list[tuple[str, Entry | None, Entry | None]] = []
    lonely: list[tuple[int, Node]] = []
    for index, item in enumerate(before.items):
        twin = next((other for other in rest if same(item, other)), None)
        if twin is None:
            lonely.append((index, item))
        else:
            rest.remove(twin)
            pairs.append((str(index), _of(item), _of(twin)))
    together = len(lonely) == len(rest)
    for index, item in lonely:
        pairs.append((str(index), _of(item), _of(rest.pop(0)) if together else None))
    start = len(before.items)
    pairs += [(str(start + index), None, _of(item)) for index, item in enumerate(rest)]
    return pairs


def _of(item: Node | None) -> Entry | None:
    return None if item is None else Entry("", item.place, item)
