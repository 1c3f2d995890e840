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
        chosen = default.raw
        if options.get(chosen) is None:
            listed = ", ".join(options.keys())
            diagnostics.add(messages.READING_DEFAULT, default.place, option=chosen, options=listed)
            chosen = options.keys()[0]
        found[name] = (options.keys(), chosen)
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
        present = [entry.key for entry in node.entries if entry.key != "reading"]
        taken = ""
        if known is None:
            near = suggest(choice.raw, self.options)
            self.diagnostics.add(
                messages.UNKNOWN_READING, choice.place, bool(near), name=choice.raw, near=near or ""
            )
        else:
            self.used.add(choice.raw)
            options, default = known
            taken = self.chosen.get(choice.raw, default)
            self._compare(node, choice, options, present)
        if taken not in present:
            # After a mistake another option stands in, so that the rest of the file can be checked.
            taken = next((key for key in present if not _is_null(node.get(key))), "")
        value = node.get(taken)
        return None if value is None or _is_null(value) else self.resolve(value)

    def _compare(self, node: Mapping, choice: Scalar, options: tuple[str, ...], present: list[str]) -> None:
        listed = ", ".join(options)
        missing = [option for option in options if option not in present]
        if missing:
            self.diagnostics.add(
                messages.READING_LACKS,
                choice.place,
                name=choice.raw,
                options=listed,
                listed=", ".join(missing),
            )
        for key in present:
            entry = node.entry(key)
            if key not in options and entry is not None:
                self.diagnostics.add(
                    messages.READING_EXTRA, entry.key_place, name=choice.raw, options=listed, listed=key
                )


def _is_null(node: Node | None) -> bool:
    return isinstance(node, Scalar) and node.value is None


def without_readings_section(document: Mapping) -> Mapping:
    """The document but for the section that declares the readings, whose own texts are no choices."""
    return Mapping(tuple(entry for entry in document.entries if entry.key != "readings"), document.place)
