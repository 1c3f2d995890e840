"""Every small change of a policy document, one at a time: the mutants of a policy.

Changed are, in the sections that decide something: numbers and bounds (each end of a tier, band, window and term by
one step), the points of each option and the row an option stands in, comparison, boolean and set operators inside
expressions and each operand of `and` and `or`, dates and months, the anchor that a window ends at, the words of
`combine`, `credit`, `per`, `edge`, `reached`, `mode`, `counts`, `overlap` (where they are left out too), the order of
`priority`; and taken away are conditions, `keep` steps, requirements, caps, floors, windows and other modifiers.
Texts, citations, names and what only describes inputs stay. An input changes in its default and in how its months
are taken. What changes of procedures and levers is said in `procedure_mutants` and `lever_mutants`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.regression import words
from jifen.regression.edits import Told, later, nearby
from jifen.regression.expression_mutants import edits, is_equality
from jifen.regression.lever_mutants import lever_mutants
from jifen.regression.mutant import INPUTS, Mutant
from jifen.regression.procedure_mutants import procedure_mutants
from jifen.regression.replaced import DELETE, Path, replaced


def mutants(document: Mapping, file: str) -> list[Mutant]:
    """All mutants of what one file writes of a document, in the order of the file."""
    found = [
        mutant
        for key, _, node in document.entries
        if key in words.SECTIONS or key in INPUTS
        for mutant in _Walk(document, key).walk(node, (key,), key)
    ]
    found += [*procedure_mutants(document), *lever_mutants(document)]
    own = [one for one in found if one.place.file == file]
    own.sort(key=lambda one: (one.place, one.at))
    seen: Counter[tuple[str, str]] = Counter()
    for number, one in enumerate(own):
        seen[one.at, one.en] += 1
        if (times := seen[one.at, one.en]) > 1:
            own[number] = one._replace(en=f"{one.en} ({times})", zh=f"{one.zh}（{times}）")
    return own


class _Walk:
    """Walks one section."""

    def __init__(self, document: Mapping, section: str) -> None:
        self.section = section
        self.dates = words.dates_of(document)
        self.number = ""
        """What the bands around compare."""

    def walk(self, node: Node, path: Path, key: str) -> Iterator[Mutant]:
        """The mutants at and below a node; `key` is the key it stands under, seen through readings and lists."""
        if isinstance(node, Scalar):
            if self.section in INPUTS:
                yield from self._of_input(node, path, key)
            else:
                yield from self._scalar(node, path, key)
        elif isinstance(node, Sequence):
            yield from self._sequence(node, path, key)
        elif node.get("reading") is not None:
            for entry in node.entries:
                if entry.key != "reading":
                    yield from self.walk(entry.value, (*path, entry.key), key)
        else:
            yield from self._mapping(node, path, key)

    # mappings

    def _mapping(self, node: Mapping, path: Path, key: str) -> Iterator[Mutant]:
        if key in words.NAMES or key == "points":
            for entry in node.entries:
                inner = "" if key in words.NAMES else "row" if _is_row(entry.value) else key
                yield from self.walk(entry.value, (*path, entry.key), inner)
            return
        if key == "bands" and (of := node.get("of")) is not None:
            self.number = words.raw(of)
        if self.section not in INPUTS:
            yield from self._whole(node, path, key)
        for entry in node.entries:
            if entry.key not in words.TEXTS:
                inner = key if key == "since" else entry.key
                yield from self.walk(entry.value, (*path, entry.key), inner)

    def _whole(self, node: Mapping, path: Path, key: str) -> Iterator[Mutant]:
        """Entries taken away, renamed and added."""
        for entry in node.entries:
            if entry.key in words.removable(self.section, len(path), key):
                en, zh = f"`{entry.key}` removed", f"删去 {entry.key}"
                told = Told.matters(entry.key)
                yield Mutant((*path, entry.key), entry.key_place, en, zh, told, DELETE)
        if key == "steps":
            for old, new in (("to", "below"), ("below", "to")):
                bound = node.entry(old)
                if bound is not None:
                    yield self._renamed(node, path, bound, new)
        if key == "since":
            for entry in node.entries:
                for day in later(entry.key):
                    yield self._renamed(node, path, entry, day)
        missing = words.left_out(self.section, key, node)
        if missing is not None:
            name, value = missing
            added = Scalar(value, node.place, value, False)
            whole = Mapping((*node.entries, Entry(name, node.place, added)), node.place)
            en, zh = f"`{name}: {value}` added", f"加上 {name}: {value}"
            yield Mutant(path, node.place, en, zh, _word_told(name, value), whole)
        if (self.section == "eligibility" and len(path) == 2) or key == "gates":
            yield from self._unconditional(node, path)

    def _renamed(self, node: Mapping, path: Path, entry: Entry, new: str) -> Mutant:
        entries = tuple(one._replace(key=new) if one is entry else one for one in node.entries)
        told = Told.around(entry.key)
        if entry.key in ("to", "below"):
            told = Told.exactly(self.number, words.raw(entry.value))
        en = f"{entry.key} → {new}"
        return Mutant(path, entry.key_place, en, en, told, Mapping(entries, node.place))

    def _unconditional(self, node: Mapping, path: Path) -> Iterator[Mutant]:
        for name, value in (("require", "true"), ("veto", "false")):
            entry = node.entry(name)
            if entry is not None:
                en, zh = f"{name}: {value}", f"{name}: {value}"
                told = Told("a case that is refused for this alone", "只因此不合格的用例")
                yield self._text((*path, name), entry.value.place, value, en, zh, told)

    # sequences

    def _sequence(self, node: Sequence, path: Path, key: str) -> Iterator[Mutant]:
        if self.section not in INPUTS:
            yield from self._listed(node, path, key)
        for at, item in enumerate(node.items):
            yield from self.walk(item, (*path, at), "row" if key == "points" else key)

    def _listed(self, node: Sequence, path: Path, key: str) -> Iterator[Mutant]:
        if key in ("keep", "gates"):
            for at, item in enumerate(node.items):
                en, zh = f"{key} step {at + 1} removed", f"删去 {key} 的第 {at + 1} 项"
                told = Told("a case with something that fails only this step", "有数据只不符合这一项的用例")
                yield Mutant((*path, at), item.place, en, zh, told, DELETE)
        if key == "priority":
            for at in range(len(node.items) - 1):
                items = list(node.items)
                items[at], items[at + 1] = items[at + 1], items[at]
                one, other = (words.raw(item) for item in items[at : at + 2])
                en = f"{other}, {one} → {one}, {other}"
                told = Told.equals("a month", f"{one} and {other}")._replace(
                    zh=f"同月兼有 {one} 与 {other} 的用例"
                )
                yield Mutant(path, items[at].place, en, en, told, Sequence(tuple(items), node.place))
        if key == "sum" and self.section == "scores" and len(node.items) > 1:
            for at, item in enumerate(node.items):
                en, zh = f"{words.raw(item)} removed from the sum", f"合计中删去 {words.raw(item)}"
                yield Mutant((*path, at), item.place, en, zh, Told.matters(words.raw(item)), DELETE)
        if key == "points":
            yield from self._moved(node, path)

    def _moved(self, node: Sequence, path: Path) -> Iterator[Mutant]:
        """An option moved from its row of a table to the next."""
        rows = [row for row in node.items if isinstance(row, Mapping)]
        if len(rows) < 2 or len(rows) != len(node.items):
            return
        for at, row in enumerate(rows):
            options = row.get("for")
            if not isinstance(options, Sequence) or len(options.items) < 2:
                continue
            to = (at + 1) % len(rows)
            for moved in options.items:
                kept = Sequence(tuple(item for item in options.items if item is not moved), options.place)
                target = rows[to].get("for")
                there = target.items if isinstance(target, Sequence) else (target,) if target else ()
                more = Sequence((*there, moved), options.place)
                whole = replaced(replaced(node, (at, "for"), kept), (to, "for"), more)
                en, zh = f"{words.raw(moved)} moved to row {to + 1}", f"{words.raw(moved)} 移到第 {to + 1} 行"
                told = Told.equals("the option", words.raw(moved))._replace(
                    zh=f"选项为 {words.raw(moved)} 的用例"
                )
                yield Mutant(path, moved.place, en, zh, told, whole)

    # scalars

    def _scalar(self, node: Scalar, path: Path, key: str) -> Iterator[Mutant]:
        value = node.value
        if value is None or isinstance(value, bool) or (key == "for" and self.section == "indicators"):
            return
        if isinstance(value, (int, Decimal)):
            yield from self._number(node, path, key)
            return
        moved = later(node.raw, -1 if (self.section, key) == ("rounds", "to") else 1)
        for new in moved:
            yield self._text(path, node.place, new, f"{node.raw} → {new}", "", Told.around(node.raw))
        word = words.OTHER.get(key, {}).get(node.raw)
        if word is not None:
            yield self._text(path, node.place, word, f"{node.raw} → {word}", "", _word_told(key, word))
        elif key in words.DATED and node.raw in self.dates:
            other = next((name for name in self.dates if name != node.raw), None)
            if other is not None:
                told = Told.differ(f"{node.raw} … {other}")
                told = Told(
                    f"a case with something between {node.raw} and {other}",
                    f"{node.raw} 与 {other} 之间有数据的用例",
                )
                yield self._text(path, node.place, other, f"{node.raw} → {other}", "", told)
        elif key in words.EXPRESSIONS and not moved:
            for edit in edits(node.raw):
                yield self._text(path, node.place, edit.text, f"{edit.before} → {edit.after}", "", edit.told)
            if key in words.CONDITIONS and not is_equality(node.raw):
                told = Told.holds(node.raw)
                en = f"not ({node.raw})"
                yield self._text(path, node.place, en, f"{node.raw} → {en}", "", told)

    def _number(self, node: Scalar, path: Path, key: str) -> Iterator[Mutant]:
        for new in words.steps(node, key):
            number = Decimal(new)
            value = int(number) if number == number.to_integral_value() and "." not in new else number
            whole = Scalar(value, node.place, new, False)
            told = Told.bound(key, path, node.raw, new, self.number)
            if key in words.AMOUNTS:
                told = Told("a case that expects these points", "预期中有这项分值的用例")
            yield Mutant(path, node.place, *(f"{node.raw} → {new}",) * 2, told, whole)

    def _of_input(self, node: Scalar, path: Path, key: str) -> Iterator[Mutant]:
        told = Told("a case that leaves this input out", "不填此项的用例")
        value = node.value
        if key == "months":
            word = words.OTHER_MONTHS.get(node.raw)
            if word is not None:
                told = Told("a case with a spell of part of a month", "有不足整月时段的用例")
                yield self._text(path, node.place, word, f"{node.raw} → {word}", "", told)
        elif key == "default" and isinstance(value, bool):
            new = str(not value).lower()
            en = f"default {node.raw} → {new}"
            yield Mutant(path, node.place, en, en, told, Scalar(not value, node.place, new, False))
        elif key == "default" and isinstance(value, (int, Decimal)):
            new = nearby(node.raw)[0]
            en = f"default {node.raw} → {new}"
            yield Mutant(path, node.place, en, en, told, Scalar(Decimal(new), node.place, new, False))

    def _text(self, path: Path, place: Place, new: str, en: str, zh: str, told: Told) -> Mutant:
        return Mutant(path, place, en, zh or en, told, Scalar(new, place, new, False))


def _is_row(node: Node) -> bool:
    return isinstance(node, Mapping) and node.get("reading") is None


def _word_told(key: str, word: str) -> Told:
    found = words.TOLD.get(key)
    return found if found is not None else Told.matters(f"{key}: {word}")
