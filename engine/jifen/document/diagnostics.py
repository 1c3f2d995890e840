"""What is wrong with a file: a message, a place, and the words that fill the message in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jifen.document.places import Place

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalogue of messages. The texts are ``str.format`` templates.

    ``lang`` is ``"zh"`` for Chinese; anything else reads English.
    """

    code: str
    en: str
    zh: str
    hint_en: str = ""
    hint_zh: str = ""
    severity: Severity = "error"

    def text(self, lang: str, args: Mapping[str, str]) -> str:
        """The sentence with ``args`` filled in."""
        return (self.zh if lang == "zh" else self.en).format_map(args)

    def hint_text(self, lang: str, args: Mapping[str, str]) -> str:
        """The advice with ``args`` filled in; empty where the message has none."""
        return (self.hint_zh if lang == "zh" else self.hint_en).format_map(args)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A message at a place. ``hint`` says whether the message's advice applies here."""

    message: Message
    place: Place
    args: Mapping[str, str]
    hint: bool = True

    @property
    def code(self) -> str:
        return self.message.code

    @property
    def severity(self) -> Severity:
        return self.message.severity

    def text(self, lang: str) -> str:
        """The sentence, in ``"en"`` or ``"zh"``."""
        return self.message.text(lang, self.args)

    def hint_text(self, lang: str) -> str:
        """The advice; empty where there is none."""
        return self.message.hint_text(lang, self.args) if self.hint else ""

    def _order(self) -> tuple[str, int, int, str, str]:
        place = self.place
        return (place.file, place.line, place.column, self.code, self.text("en"))

    def __lt__(self, other: Diagnostic) -> bool:
        return self._order() < other._order()


class Diagnostics:
    """Collects diagnostics while a file is read and checked."""

    def __init__(self) -> None:
        self._all: list[Diagnostic] = []

    def add(self, message: Message, place: Place, hint: bool = True, **args: object) -> None:
        """Note ``message`` at ``place``; ``args`` fill its templates in."""
        texts = {name: _one_line(str(value)) for name, value in args.items()}
        self._all.append(Diagnostic(message, place, texts, hint))

    def extend(self, others: Iterable[Diagnostic]) -> None:
        """Take over what somebody else collected."""
        self._all.extend(others)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors, sorted, each once."""
        return tuple(found for found in self.sorted() if found.severity == "error")

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The warnings, sorted, each once."""
        return tuple(found for found in self.sorted() if found.severity == "warning")

    def sorted(self) -> tuple[Diagnostic, ...]:
        """All of them by file, line, column and code; what was said twice of one place stands once."""
        seen: set[tuple[str, Place, str]] = set()
        kept: list[Diagnostic] = []
        for found in sorted(self._all):
            mark = (found.code, found.place, found.text("en"))
            if mark not in seen:
                seen.add(mark)
                kept.append(found)
        return tuple(kept)


def _one_line(text: str) -> str:
    """``text`` without line breaks and control characters, which would break a terminal or a table."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else " " if char.isspace() else "\ufffd" for char in text)


def suggest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to ``word``, or None where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, sorted(candidates), n=1, cutoff=0.6)
    return near[0] if near else None
