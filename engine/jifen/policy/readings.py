"""Readings: an open question of the text is answered by taking one option wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping as Map

from jifen.document.diagnostics import Diagnostics, suggest
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.policy import messages


def declared(document: Mapping, diagnostics: Diagnostics) -> dict[str, tuple[tuple[str, ...], str]]:
    """The options and the default of every reading that the document declares."""
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    section = document.get("readings")
    if not isinstance(section, Mapping):
        return found
    for name, _, body in section.entries:
        assert isinstance(body, Mapping)
        options = body.get("options")
        default = body.get("default")
        assert isinstance(options, Mapping) and isinstance(default, Scalar)
        if options.entry(default.raw) is None:
            diagnostics.add(
                messages.READING_DEFAULT, default.place, option=default.raw, options=", ".join(options.keys())
            )
        known = default.raw if options.entry(default.raw) is not None else options.keys()[0]
        found[name] = (options.keys(), known)
    return found


class Resolver:
    """Replaces every `{reading: ...}` of a tree by the value of the option taken."""

    def __init__(
        self,
        options: Map[str, tuple[tuple[str, ...], str]],
        chosen: Map[str, str],
        diagnostics: Diagnostics,
    ) -> None:
        self.options = options
        self.chosen = chosen
        self.diagnostics = diagnostics
        self.used: set[str] = set()

    def resolve(self, node: Node) -> Node | None:
        """The tree without readings; None for an option that leaves its key out. Unchanged parts are shared."""
        if isinstance(node, Scalar):
            return node
        if isinstance(node, Sequence):
            items = tuple([kept for item in node.items if (kept := self.resolve(item)) is not None])
            same = len(items) == len(node.items) and all(
                a is b for a, b in zip(items, node.items, strict=True)
            )
            return node if same else Sequence(items, node.place)
        choice = node.get("reading")
        if isinstance(choice, Scalar):
            return self._choose(node, choice)
        entries: list[Entry] = []
        same = True
        for entry in node.entries:
            value = self.resolve(entry.value)
            if value is not entry.value:
                same = False
            if value is not None:
                entries.append(entry if value is entry.value else Entry(entry.key, entry.key_place, value))
        return node if same else Mapping(tuple(entries), node.place)

    def _choose(self, node: Mapping, choice: Scalar) -> Node | None:
        known = self.options.get(choice.raw)
        if known is None:
            near = suggest(choice.raw, self.options)
            self.diagnostics.add(
                messages.UNKNOWN_READING, choice.place, bool(near), name=choice.raw, near=near or ""
            )
            return None
        self.used.add(choice.raw)
        options, default = known
        present = [entry.key for entry in node.entries if entry.key != "reading"]
        missing = [option for option in options if option not in present]
        extra = [key for key in present if key not in options]
        for names, wrong, wrong_zh in (
            (missing, "{} is missing", "缺少 {}"),
            (extra, "{} is not one of them", "{} 不在其中"),
        ):
            if names:
                listed = ", ".join(names)
                self.diagnostics.add(
                    messages.READING_OPTIONS,
                    choice.place,
                    name=choice.raw,
                    options=", ".join(options),
                    wrong=wrong.format(listed),
                    wrong_zh=wrong_zh.format(listed),
                )
        value = node.get(self.chosen.get(choice.raw, default))
        if value is None or (isinstance(value, Scalar) and value.value is None):
            return None
        return self.resolve(value)


def without_readings_section(document: Mapping) -> Mapping:
    """The document but for the section that declares the readings, whose own texts are no choices."""
    return Mapping(tuple(entry for entry in document.entries if entry.key != "readings"), document.place)
