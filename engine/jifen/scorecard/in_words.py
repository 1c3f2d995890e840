"""The rules of a policy in words, as they stand in every scorecard of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from jifen.document.tree import Plain
from jifen.page.expressions import Speaker
from jifen.page.names import Names, entries
from jifen.page.points import Line
from jifen.page.rules import Teller
from jifen.policy.model import Indicator
from jifen.scorecard.shape import Lang

_LANGS: tuple[Lang, Lang] = ("en", "zh")


class InWords:
    """Says what one policy's document says, in both languages."""

    def __init__(self, document: Mapping[str, Plain], indicators: Sequence[Indicator]) -> None:
        self._speakers = {lang: Speaker(Names(document, lang)) for lang in _LANGS}
        self._tellers = [Teller(speaker) for speaker in self._speakers.values()]
        self._nodes: dict[str, dict[str, Plain]] = {}
        self._find(entries(document.get("indicators")), indicators)

    def _find(self, nodes: dict[str, Plain], indicators: Sequence[Indicator]) -> None:
        for indicator in indicators:
            node = entries(nodes.get(indicator.name))
            self._nodes[indicator.path] = node
            inner = entries(node.get("indicators"))
            if "for_each" not in node:
                self._find(inner, indicator.children)
                continue
            for person in indicator.children:  # the same members once for each person
                self._nodes[person.path] = {}
                self._find(inner, person.children)

    def said(self, expression: str) -> dict[str, str]:
        """An expression."""
        return {lang: speaker.say(expression) for lang, speaker in self._speakers.items()}

    def months(self, expression: str) -> dict[str, str]:
        """A month set."""
        return {lang: speaker.month_set(expression) for lang, speaker in self._speakers.items()}

    def rule(self, indicator: Indicator) -> list[dict[str, Any]]:
        """The lines of an indicator's rule: a text, the points for it where it gives any, how deep it stands."""
        told = [teller.tell(self._nodes[indicator.path]) for teller in self._tellers]
        return [_line(dict(zip(_LANGS, lines, strict=True))) for lines in zip_longest(*told)]


def _line(lines: Mapping[str, Line | None]) -> dict[str, Any]:
    said = {lang: line for lang, line in lines.items() if line is not None}
    found: dict[str, Any] = {}
    for key in ("text", "points"):
        texts = {lang: getattr(line, key) for lang, line in said.items()}
        if any(texts.values()):
            found[key] = {lang: text for lang, text in texts.items() if text}
    depth = next(iter(said.values())).depth
    return found | ({"depth": depth} if depth else {})
