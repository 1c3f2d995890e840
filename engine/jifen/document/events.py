"""The events of a YAML text: from libyaml where PyYAML was built with it, else from Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import yaml.parser
import yaml.reader
import yaml.scanner


class Mark(Protocol):
    """A position, counted in characters and lines from 0."""

    index: int
    line: int
    column: int


class YamlEvent(Protocol):
    """What is read of an event. ``anchor`` stands on values, collections and aliases."""

    start_mark: Mark
    end_mark: Mark
    anchor: str | None


class TaggedEvent(YamlEvent, Protocol):
    """The beginning of a value or of a collection."""

    tag: str | None


class ValueEvent(TaggedEvent, Protocol):
    """A scalar. ``style`` is empty or None for an unquoted text, else its first character."""

    value: str
    style: str | None


class CollectionEvent(TaggedEvent, Protocol):
    """The beginning of a mapping or a sequence; ``flow_style`` says whether it has brackets."""

    flow_style: bool | None


class PythonParser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):
    """Scanner and parser of PyYAML without a composer: nothing in it recurses."""

    def __init__(self, text: str) -> None:
        yaml.reader.Reader.__init__(self, text)
        yaml.scanner.Scanner.__init__(self)
        yaml.parser.Parser.__init__(self)


_parser: Callable[[str], Any]
try:
    from yaml._yaml import CParser
except ImportError:
    _parser = PythonParser
else:
    _parser = CParser


def event_source(text: str) -> Callable[[], Any]:
    """A function that returns the next event, an instance of a class of ``yaml.events``.

    Creating it or calling it raises yaml.YAMLError; the Python parser may also raise ValueError.
    """
    next_event: Callable[[], Any] = _parser(text).get_event
    return next_event
