"""A name means one thing wherever an expression can read it, and is no word of the language."""

from __future__ import annotations

from typing import Final

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.language import messages as wording
from jifen.language.tokens import RESERVED
from jifen.policy import messages

SECTIONS: Final = {
    "facts": ("a fact", "事实"),
    "anchors": ("an anchor", "时点"),
    "values": ("a value", "数值"),
    "months": ("a month set", "月份集"),
    "records": ("a record list", "记录"),
    "record_sets": ("a record set", "记录集"),
    "series": ("a series", "参考数值"),
    "monthly": ("a monthly value", "逐月数值"),
    "people": ("a person", "其他人"),
}

OWN_NAMES: Final = ("application", "true", "false", "value", "date")
"""Names that the language gives a meaning of its own."""

Words = tuple[str, str]
"""What a name is, in English and Chinese."""


def check_names(document: Mapping, diagnostics: Diagnostics) -> None:
    """Report names that stand for two things, and names that no expression could read."""
    names = _Names(diagnostics)
    for section, words in SECTIONS.items():
        for name, place, _ in _entries(document, section):
            names.note(name, place, words)
    in_rounds: dict[str, Place] = {}
    for _, _, body in _entries(document, "rounds"):
        cutoff = body.entry("cutoff") if isinstance(body, Mapping) else None
        for name, place, _ in (*_entries(body, "anchors"), *([cutoff] if cutoff else [])):
            in_rounds.setdefault(name, place)
    for name, place in in_rounds.items():
        names.note(name, place, ("an anchor of the rounds", "各期的时点"))
    people = [body for _, _, body in _entries(document, "people")]
    for person in people:
        _check_person(person, names)
    for owner in (document, *people):
        for section in ("timelines", "records"):
            for rows, _, body in _entries(owner, section):
                own = names.copy()
                for name, place, _ in _entries(body, "attributes"):
                    own.note(name, place, (f"an attribute of `{rows}`", f" `{rows}` 的属性"))


def _check_person(person: Node, names: _Names) -> None:
    shares = person.get("shares") if isinstance(person, Mapping) else None
    shared = (
        [item.raw for item in shares.items if isinstance(item, Scalar)]
        if isinstance(shares, Sequence)
        else []
    )
    for section in ("facts", "records", "timelines"):
        for name, place, _ in _entries(person, section):
            if name in shared:
                names.twice(name, place, ("an input that is shared", "共有的输入项"))
            elif section in SECTIONS and names.seen.setdefault(name, SECTIONS[section]) != SECTIONS[section]:
                names.twice(name, place, names.seen[name])


class _Names:
    """The names met so far, and what each is."""

    def __init__(self, diagnostics: Diagnostics, seen: dict[str, Words] | None = None) -> None:
        own = dict.fromkeys(OWN_NAMES, ("something in the language itself", "语言本身的内容"))
        self.seen: dict[str, Words] = own if seen is None else seen
        self.diagnostics = diagnostics

    def copy(self) -> _Names:
        """The same names, for a part of the document that adds its own."""
        return _Names(self.diagnostics, dict(self.seen))

    def note(self, name: str, place: Place, words: Words) -> None:
        """Meet a name."""
        if name in RESERVED:
            self.diagnostics.add(wording.RESERVED, place, name=name)
        elif name in self.seen:
            self.twice(name, place, self.seen[name])
        self.seen.setdefault(name, words)

    def twice(self, name: str, place: Place, other: Words) -> None:
        """Report a name that is taken."""
        self.diagnostics.add(messages.NAME_TWICE, place, name=name, other=other[0], other_zh=other[1])


def _entries(node: Node, key: str) -> tuple[Entry, ...]:
    """The entries of the mapping under a key."""
    body = node.get(key) if isinstance(node, Mapping) else None
    return body.entries if isinstance(body, Mapping) else ()
