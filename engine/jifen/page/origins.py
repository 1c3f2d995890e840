"""A document with the file and line that wrote each of its values."""

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from jifen.document.places import Place
from jifen.document.tree import Mapping as Block
from jifen.document.tree import Node, Scalar, Sequence
from jifen.page.yaml_text import scalar_text

Origin = Callable[[Place], str]


def origins_yaml(document: Node, names: Mapping[str, str]) -> str:
    """The document as YAML that reads back the same, each value followed by `# file:line`.

    `names` gives the names under which files are shown.
    """

    def origin(place: Place) -> str:
        return f"{names.get(place.file, place.file)}:{place.line}"

    return "".join(f"{line}\n" for line in _lines(document, "", origin))


def _lines(node: Node, indent: str, origin: Origin) -> Iterator[str]:
    if isinstance(node, Block):
        for entry in node.entries:
            yield from _under(f"{indent}{scalar_text(entry.key)}:", entry.value, indent, origin)
    elif isinstance(node, Sequence):
        for item in node.items:
            if _is_leaf(item):
                yield from _under(f"{indent}-", item, indent, origin)
            else:
                first, *rest = _lines(item, f"{indent}  ", origin)
                yield f"{indent}- {first.lstrip(' ')}"
                yield from rest


def _under(head: str, node: Node, indent: str, origin: Origin) -> Iterator[str]:
    """A value behind its key or dash, or the lines of a block below it."""
    if not _is_leaf(node):
        yield head
        yield from _lines(node, f"{indent}  ", origin)
        return
    empty = "{}" if isinstance(node, Block) else "[]"
    text = scalar_text(node.value) if isinstance(node, Scalar) else empty
    yield f"{head} {text}  # {origin(node.place)}"


def _is_leaf(node: Node) -> bool:
    return isinstance(node, Scalar) or not (node.entries if isinstance(node, Block) else node.items)


def origins_json(document: Node, names: Mapping[str, str]) -> str:
    """The document as JSON in which `{"value", "file", "line"}` stands for each value."""
    return "".join(_json(document, names, "\n")) + "\n"


def _json(node: Node, names: Mapping[str, str], newline: str) -> Iterator[str]:
    inner = f"{newline}  "
    if _is_leaf(node):
        place = node.place
        at = f'"file": {json.dumps(names.get(place.file, place.file), ensure_ascii=False)}, "line": {place.line}'
        yield f'{{"value": {_value(node)}, {at}}}'
    elif isinstance(node, Block):
        for index, entry in enumerate(node.entries):
            yield f"{',' if index else '{'}{inner}{json.dumps(entry.key, ensure_ascii=False)}: "
            yield from _json(entry.value, names, inner)
        yield f"{newline}}}"
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield f"{',' if index else '['}{inner}"
            yield from _json(item, names, inner)
        yield f"{newline}]"


def _value(node: Node) -> str:
    if not isinstance(node, Scalar):
        return "{}" if isinstance(node, Block) else "[]"
    if isinstance(node.value, Decimal):
        return format(node.value, "f")
    return json.dumps(node.value, ensure_ascii=False)
