"""A comparison of two policies as text, Markdown or JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from jifen.compile import Source
from jifen.document.places import Place
from jifen.document.tree import Mapping, Scalar, plain
from jifen.policy.terms import Text
from jifen.regression.diff import Change, changes
from jifen.regression.diff_phrases import word
from jifen.regression.diff_words import Sentence, Writer
from jifen.scorecard.phrases import Citations
from jifen.scorecard.render_markdown import escaped
from jifen.scorecard.shape import Cite, Lang

FORMAT = "jifen-diff/1"


class Version(NamedTuple):
    """A policy to be compared: its document, and the names under which its files are shown."""

    source: Source
    files: dict[str, str]
    """Shown names of files whose own are of no use to a reader; the others are shown as they are."""

    @property
    def id(self) -> str:
        """`place/version`."""
        node = self.source.document.get("policy")
        return node.raw if isinstance(node, Scalar) else ""

    @property
    def title(self) -> Text:
        """The title, in one or more languages."""
        node = self.source.document.get("title")
        found = plain(node) if node is not None else ""
        return {key: str(text) for key, text in found.items()} if isinstance(found, dict) else str(found)

    def place(self, place: Place) -> str:
        """`file:line`, the file as seen from where the program runs if it lies below."""
        name = self.files.get(place.file, place.file)
        if os.path.isabs(name):
            near = os.path.relpath(name)
            name = name if near.startswith("..") else near
        return f"{name}:{place.line}"


class Comparison:
    """What changed between two versions."""

    def __init__(self, before: Version, after: Version) -> None:
        self.before, self.after = before, after
        self.changes: list[Change] = changes(before.source.document, after.source.document)

    @property
    def equal(self) -> bool:
        """Whether nothing changed: no rule, no citation and no text."""
        return not self.changes

    def sentences(self, lang: Lang) -> list[Sentence]:
        """The changes in words."""
        return Writer(self.before.source, self.after.source, lang).sentences(self.changes)

    def text(self, lang: Lang) -> str:
        """A list for a terminal, with places and sources."""
        return "\n".join(_Text(self, lang).lines()) + "\n"

    def markdown(self, lang: Lang) -> str:
        """A list for a review."""
        return "\n".join(_Markdown(self, lang).lines()) + "\n"

    def json(self) -> str:
        """The changes with their texts in both languages."""
        both = zip(self.sentences("zh"), self.sentences("en"), strict=True)
        rows = [
            {
                "group": en.group,
                "kind": en.kind,
                "path": list(en.path),
                "text": {"zh": zh.text, "en": en.text},
                "places": {
                    "from": None if en.places[0] is None else self.before.place(en.places[0]),
                    "to": None if en.places[1] is None else self.after.place(en.places[1]),
                },
                "cite": {"from": list(en.cites[0]), "to": list(en.cites[1])},
            }
            for zh, en in both
        ]
        report = {
            "format": FORMAT,
            "from": {"id": self.before.id, "title": self.before.title},
            "to": {"id": self.after.id, "title": self.after.title},
            "equal": self.equal,
            "changes": rows,
        }
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"

    def counts(self) -> dict[str, int]:
        """How many changes there are of rules, of citations and of texts."""
        found = {"rules": 0, "citations": 0, "labels": 0}
        for one in self.sentences("en"):
            found[one.group if one.group in found else "rules"] += 1
        return found


class _Text:
    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self.comparison, self.lang = comparison, lang
        self.citations = Citations(lang)

    def lines(self) -> list[str]:
        comparison, lang = self.comparison, self.lang
        lines = [f"{comparison.before.id} → {comparison.after.id}"]
        if comparison.equal:
            return [*lines, word("equal", lang)]
        sentences = comparison.sentences(lang)
        if all(one.group in ("labels", "citations") for one in sentences):
            lines.append(word("labels_only", lang))
        for group, found in groupby(sentences, key=lambda one: one.group):
            lines += ["", word(f"group.{group}", lang)]
            for one in found:
                lines.append(f"  {one.text}{self.marks(one)}")
                lines.append(f"      {self.places(one)}")
        sources = self.citations.listed()
        if sources:
            lines += ["", word("sources", lang), *(f"  [{number}] {title}" for number, title in sources)]
        counts = comparison.counts()
        head = {"rules": counts["rules"], "cites": counts["citations"], "labels": counts["labels"]}
        return [*lines, "", word("count", lang, **head)]

    def places(self, one: Sentence) -> str:
        """`file:line → file:line`, or the side that has it."""
        sides = (self.comparison.before, self.comparison.after)
        found = [
            side.place(place) for side, place in zip(sides, one.places, strict=True) if place is not None
        ]
        return " → ".join(dict.fromkeys(found))

    def marks(self, one: Sentence) -> str:
        """The citations: of the new side, and those of the old one where they are others."""
        before, after = (
            self.citations.marks(self._cites(side, cites)).strip()
            for side, cites in zip((self.comparison.before, self.comparison.after), one.cites, strict=True)
        )
        if one.kind == "added" or before == after:
            before = ""
        elif one.kind == "removed":
            after = ""
        told = " → ".join(part for part in (before, after) if part)
        return f" {told}" if told else ""

    def _cites(self, side: Version, cites: Sequence[str]) -> list[Cite]:
        found: list[Cite] = []
        for text in cites:
            source, _, clause = text.partition("#")
            found.append({"source": source, "clause": clause, "title": _title(side, source)})
        return found


class _Markdown(_Text):
    def lines(self) -> list[str]:
        comparison, lang = self.comparison, self.lang
        lines = [f"# {word('title', lang)}", "", f"`{comparison.before.id}` → `{comparison.after.id}`", ""]
        if comparison.equal:
            return [*lines, word("equal", lang)]
        sentences = comparison.sentences(lang)
        if all(one.group in ("labels", "citations") for one in sentences):
            lines += [word("labels_only", lang), ""]
        for group, found in groupby(sentences, key=lambda one: one.group):
            lines += [f"## {word(f'group.{group}', lang)}", ""]
            lines += [f"- {escaped(one.text)}{self.marks(one)} `{self.places(one)}`" for one in found]
            lines.append("")
        sources = self.citations.listed()
        if sources:
            lines += [
                f"## {word('sources', lang)}",
                "",
                *(f"- [{n}] {escaped(title)}" for n, title in sources),
            ]
        return lines


def _title(side: Version, source: str) -> Text:
    node = side.source.document.get("sources")
    declared = node.get(source) if isinstance(node, Mapping) else None
    title = declared.get("title") if isinstance(declared, Mapping) else None
    found = plain(title) if title is not None else source
    return {key: str(text) for key, text in found.items()} if isinstance(found, dict) else str(found)
