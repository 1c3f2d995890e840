"""YAML events to the positioned tree, in one pass that stops at the first limit it meets."""

from __future__ import annotations

import re
from typing import Final, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from jifen.document import messages
from jifen.document.cuts import left_open, stop_at
from jifen.document.diagnostics import Diagnostics, Message
from jifen.document.events import CollectionEvent, Mark, TaggedEvent, ValueEvent, YamlEvent, event_source
from jifen.document.frames import Anchored, Open
from jifen.document.limits import MAX_DEPTH, MAX_DIGITS, MAX_ERRORS, MAX_NODES
from jifen.document.places import Place
from jifen.document.scalars import FIRST_CHARACTERS, resolve
from jifen.document.source import FORBIDDEN, LINE_BREAK, character_name
from jifen.document.syntax import full_width, syntax_error
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence

_ITEM: Final = re.compile(r"[ \t]*(-)[ \t]")
_PROPERTIES: Final = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:[ \t\r\n]|#.*)*)*")


class _Stop(Exception):
    """The rest of the text is not worth reading; a diagnostic says why."""


class Builder:
    """Builds the tree of one text, which holds no character that FORBIDDEN matches."""

    def __init__(self, text: str, file: str, diagnostics: Diagnostics) -> None:
        self._text = text
        self._file = file
        self._diagnostics = diagnostics
        self._stack: list[Open] = []
        self._anchors: dict[str, Anchored] = {}
        self._nodes = 0
        self._last = Place(file, 1, 1, 1, 1)
        self._cut_lines: set[int] = set()
        self._errors = 0
        self._misread = False

    def build(self) -> Node | None:
        """The tree; None where the text cannot be read, or would be read as what it does not mean."""
        try:
            root = self._read()
        except _Stop:
            return None
        # The Python parser answers an escape beyond Unicode with a ValueError.
        except (yaml.YAMLError, ValueError) as error:
            if not self._follows_a_cut(error):
                brackets = [one.start for one in self._stack if one.flow]
                inside = self._place(brackets[-1], brackets[-1]) if brackets else None
                syntax_error(error, self._text, self._last, inside, self._diagnostics)
            return None
        if root is None or (isinstance(root, Scalar) and not root.raw and not root.quoted):
            self._diagnostics.add(messages.EMPTY, Place(self._file, 1, 1, 1, 1))
            return None
        return None if self._misread else root

    def _read(self) -> Node | None:
        # Two events of three are scalars, so their way through this loop is kept short.
        next_event = event_source(self._text)
        file, stack = self._file, self._stack
        make = tuple.__new__  # half the time of Place(...)
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                raw: str = event.value
                quoted = bool(event.style)
                start, end = event.start_mark, event.end_mark
                place = make(Place, (file, start.line + 1, start.column + 1, end.line + 1, end.column + 1))
                top = stack[-1]
                self._nodes += 1
                decorated = event.anchor is not None or event.tag is not None
                if decorated:
                    place = self._behind_properties(event, place)
                if quoted:
                    place = self._quoted(event, place)
                elif not raw.isalnum():
                    if left_open(raw):
                        self._check_cut(raw, end.index, place, top)
                    if start.line != end.line and not top.flow:
                        self._check_items(start, end)
                self._last = place
                if self._nodes > MAX_NODES:
                    self._stop(messages.TOO_MANY, event, limit=MAX_NODES)
                if top.keyless:
                    self._key(event, raw, place, top)
                    continue
                if quoted or (raw and raw[0] not in FIRST_CHARACTERS):
                    node = Scalar(raw, place, raw, quoted)
                else:
                    node = self._resolved(raw, place)
                    if not raw and top.flow:
                        self._check_colon(top, end.index)
                if decorated:
                    self._decorate(event, node)
                self._attach(node, top)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event, kind is MappingStartEvent)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._finish(event)
            elif kind is AliasEvent:
                self._alias(event)
            elif kind is DocumentStartEvent:
                if event.version or event.tags:
                    self._stop(messages.DIRECTIVE, event)
                if stack:
                    self._stop(messages.SECOND_DOCUMENT, event)
                stack.append(Open(event.start_mark, False, False, 0))
            elif kind is StreamEndEvent:
                return stack[0].items[0] if stack else None

    def _attach(self, node: Node, top: Open) -> None:
        """Give a node to the collection around it. Refused keys are left out."""
        if not top.mapping:
            top.items.append(node)
            return
        top.keyless = True
        key, place = top.key, top.key_place
        if top.seen.get(key) is place:
            top.entries.append(Entry(key, place, node))

    def _key(self, event: ValueEvent, raw: str, place: Place, top: Open) -> None:
        first = top.seen.setdefault(raw, place)
        if first is not place:
            line, column = first.line, first.column
            self._add(messages.DUPLICATE_KEY, place, key=raw, line=line, column=column)
        top.key = raw
        top.key_place = place
        top.key_end = event.end_mark.index
        top.keyless = False
        if not raw:
            self._add(messages.EMPTY_KEY, place)
            del top.seen[raw]
        elif not event.style:
            if raw == "<<":
                self._add(messages.MERGE_KEY, place)
                del top.seen[raw]
            elif not raw.isascii() and (found := full_width(raw + ": ")):
                self._add(messages.FULL_WIDTH, place, **found[1])
                self._misread = top.cut = True
        if event.tag is not None or event.anchor is not None:
            self._decorate(event, Scalar(raw, place, raw, bool(event.style)))

    def _decorate(self, event: ValueEvent, node: Scalar) -> None:
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            self._anchor(event.anchor, self._place(event.start_mark, event.end_mark)).node = node

    def _tag(self, event: TaggedEvent) -> None:
        start = event.start_mark
        properties = _PROPERTIES.match(self._text, start.index)
        tag = next((one for one in properties[0].split() if one[0] == "!"), "!") if properties else "!"
        self._add(messages.TAG, self._place(start, event.end_mark), tag=tag)

    def _behind_properties(self, event: ValueEvent, place: Place) -> Place:
        """The place of the value itself: to the parser it begins with its anchor or tag."""
        found = _PROPERTIES.match(self._text, event.start_mark.index, event.end_mark.index)
        if found is None:
            return place
        lines = LINE_BREAK.split(found[0])
        column = len(lines[-1]) + (place.column if len(lines) == 1 else 1)
        return place._replace(line=place.line + len(lines) - 1, column=column)

    def _resolved(self, raw: str, place: Place) -> Scalar:
        value, refused = resolve(raw)
        if refused is not None:
            self._add(refused, place, raw=raw, limit=MAX_DIGITS)
        return Scalar(value, place, raw, False)

    def _quoted(self, event: ValueEvent, place: Place) -> Place:
        """Look at what only quotes can bring, and return the place of the text without blank lines."""
        if event.style == "|" or event.style == ">":
            # The parser counts the blank lines behind a block text as part of it.
            lines = LINE_BREAK.split(self._text[event.start_mark.index : event.end_mark.index].rstrip())
            column = len(lines[-1]) + (place.column if len(lines) == 1 else 1)
            return place._replace(end_line=place.line + len(lines) - 1, end_column=column)
        raw = event.value
        if event.style == '"' and not raw.isprintable() and (found := FORBIDDEN.search(raw)):
            self._add(messages.CHARACTER, place, name=character_name(found[0]))
        return place

    def _start(self, event: CollectionEvent, mapping: bool) -> None:
        top = self._stack[-1]
        if top.keyless:
            what, what_zh = ("a mapping", "映射") if mapping else ("a list", "列表")
            self._stop(messages.COMPLEX_KEY, event, what=what, what_zh=what_zh)
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._stop(messages.TOO_MANY, event, limit=MAX_NODES)
        if len(self._stack) > MAX_DEPTH:
            self._stop(messages.TOO_DEEP, event, limit=MAX_DEPTH)
        opened = Open(event.start_mark, mapping, bool(event.flow_style), self._nodes - 1)
        self._stack.append(opened)
        if event.tag is not None:
            self._tag(event)
        if event.anchor is not None:
            opened.anchored = self._anchor(event.anchor, self._place(event.start_mark, event.end_mark))

    def _finish(self, event: YamlEvent) -> None:
        ended = self._stack.pop()
        top = self._stack[-1]
        start, last = ended.start, self._last
        if ended.flow:
            end = event.end_mark
            place = Place(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
            self._last = place
        else:
            # The parser lets a block end where the next one begins; here it ends with its last value.
            place = Place(self._file, start.line + 1, start.column + 1, last.end_line, last.end_column)
        node = Mapping(tuple(ended.entries), place) if ended.mapping else Sequence(tuple(ended.items), place)
        height = ended.height + 1
        if height > top.height:
            top.height = height
        if ended.anchored is not None:
            ended.anchored.node = node
            ended.anchored.size = self._nodes - ended.before
            ended.anchored.height = height
        self._attach(node, top)

    def _alias(self, event: YamlEvent) -> None:
        name = event.anchor or ""
        place = self._last = self._place(event.start_mark, event.end_mark)
        top = self._stack[-1]
        if top.keyless:
            self._stop(messages.COMPLEX_KEY, event, what="an alias", what_zh="别名")
        anchored = self._anchors.get(name)
        if anchored is None or anchored.node is None:
            message = messages.UNKNOWN_ALIAS if anchored is None else messages.RECURSIVE_ALIAS
            self._add(message, place, name=name)
            self._misread = True
            self._attach(Scalar(None, place, "", False), top)
            return
        self._nodes += anchored.size
        if self._nodes > MAX_NODES:
            self._stop(messages.TOO_MANY, event, limit=MAX_NODES)
        if len(self._stack) - 1 + anchored.height > MAX_DEPTH:
            self._stop(messages.TOO_DEEP, event, limit=MAX_DEPTH)
        top.height = max(top.height, anchored.height)
        self._attach(anchored.node, top)

    def _anchor(self, name: str, place: Place) -> Anchored:
        if first := self._anchors.get(name):
            self._add(messages.SECOND_ANCHOR, place, name=name, line=first.place.line)
        anchored = self._anchors[name] = Anchored(place)
        return anchored

    def _check_colon(self, top: Open, end: int) -> None:
        """An empty value between braces whose key has no colon is the rest of a text with a comma."""
        if not top.mapping or top.cut or top.key_place.line in self._cut_lines:
            return
        unclosed = end == len(self._text)
        if not unclosed and ":" not in self._text[top.key_end : end]:
            self._add(messages.KEY_ALONE, top.key_place, key=_short(top.key))
            self._misread = True

    def _check_cut(self, raw: str, end: int, place: Place, top: Open) -> None:
        stop = stop_at(self._text, end, top.flow)
        if stop and place.line not in self._cut_lines:
            self._add(messages.CUT, place, text=_short(raw), stop=stop)
            self._misread = True
            self._cut_lines.add(place.end_line)
            top.cut = True

    def _check_items(self, start: Mark, end: Mark) -> None:
        """A line with a dash that is indented too far goes into the text above it."""
        lines = LINE_BREAK.split(self._text[start.index : end.index])
        for number, line in enumerate(lines[1:], start.line + 2):
            if found := _ITEM.match(line):
                column = found.start(1) + 1
                self._add(messages.CONTINUED, Place(self._file, number, column, number, column + 1))
                self._misread = True

    def _follows_a_cut(self, error: yaml.YAMLError | ValueError) -> bool:
        """Whether the rest of a text that was cut is what the parser stumbled over."""
        if any(one.cut for one in self._stack if one.flow):
            return True
        mark = error.problem_mark if isinstance(error, yaml.MarkedYAMLError) else None
        return mark is not None and mark.line + 1 in self._cut_lines

    def _place(self, start: Mark, end: Mark) -> Place:
        return Place(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _add(self, message: Message, place: Place, **args: str | int) -> None:
        self._diagnostics.add(message, place, True, **args)
        self._errors += 1
        if self._errors > MAX_ERRORS:
            self._diagnostics.add(messages.MANY_ERRORS, place, limit=MAX_ERRORS)
            raise _Stop

    def _stop(self, message: Message, event: YamlEvent, **args: str | int) -> NoReturn:
        self._diagnostics.add(message, self._place(event.start_mark, event.end_mark), True, **args)
        raise _Stop


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
