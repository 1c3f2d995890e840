"""Inheritance: a version says what it changes of another one, and the rest is taken over.

Mappings are merged key by key, in the order of the base with new keys behind; everything else is
replaced. `key: null` removes an inherited key. Every node keeps the place in the file that wrote it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from os.path import abspath, isfile, realpath
from pathlib import Path
from typing import Final, NamedTuple

from jifen.document.diagnostics import Diagnostic, Diagnostics, suggest
from jifen.document.tree import Entry, Mapping, Node, Scalar
from jifen.document.yaml_reader import read, read_path
from jifen.policy import version_messages as messages
from jifen.resources import policies_dirs

IDENTITY: Final = frozenset({"policy", "title", "in_force", "reviewed_on", "extends", "note", "uncovered"})
"""The keys at the top that no version inherits."""

_ID: Final = re.compile(r"[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_.-]*)+")


class Lineage(NamedTuple):
    """A document with all that it inherits, and without `extends`.

    ``names`` gives for each file of the chain, the nearest first, its name below the folder of policies.
    """

    document: Node
    names: dict[str, str]


def read_lineage(path: Path, diagnostics: Diagnostics) -> Lineage | None:
    """Read a policy file with all that it inherits. None where a file cannot be had; raises nothing."""
    node = read_tree(path, diagnostics)
    return None if node is None else lineage_of(node, path, diagnostics)


def read_tree(path: Path, diagnostics: Diagnostics) -> Node | None:
    """The tree of a file, as `read_path`; a text that was read lately is not parsed again."""
    try:
        data = path.read_bytes()
    except (OSError, ValueError):
        return read_path(path, diagnostics)
    node, found = _parsed(data, str(path))
    diagnostics.extend(found)
    return node


@lru_cache(maxsize=32)
def _parsed(data: bytes, file: str) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    diagnostics = Diagnostics()
    node = read(data, file.encode("utf-8", "replace").decode("utf-8"), diagnostics)
    return node, tuple(diagnostics)


def lineage_of(node: Node, path: Path, diagnostics: Diagnostics) -> Lineage | None:
    """The document of `path` laid over the chain of versions that it extends. Raises nothing."""
    chain = [node]
    names = {str(path): _shown(node, path)}
    seen = {realpath(path): names[str(path)].removesuffix(".yaml")}
    while isinstance(last := chain[-1], Mapping) and (extends := last.entry("extends")) is not None:
        found = _base(extends, last, path, diagnostics)
        if found is None:
            return None
        name, path = found
        if realpath(path) in seen:
            diagnostics.add(messages.CIRCLE, extends.value.place, path=" → ".join([*seen.values(), name]))
            return None
        seen[realpath(path)] = name
        names[str(path)] = f"{name}.yaml"
        base = read_tree(path, diagnostics)
        if base is None:
            return None
        chain.append(base)
    document = chain.pop()
    for child in reversed(chain):
        # A base that is no mapping stays as it is, for the schema to complain of.
        if isinstance(document, Mapping) and isinstance(child, Mapping):
            document = merge(document, child, diagnostics)
    return Lineage(document, names)


def merge(base: Mapping, child: Mapping, diagnostics: Diagnostics) -> Mapping:
    """A whole document laid over the one that it extends."""
    merged = _Merger(diagnostics).mappings(_part(base, own=False), _part(child, own=False))
    own = _Merger(diagnostics).mappings(Mapping((), base.place), _part(child, own=True))
    entries = {entry.key: entry for entry in (*merged.entries, *own.entries) if entry.key != "extends"}
    order = dict.fromkeys((*base.keys(), *child.keys()))
    return Mapping(tuple(entries[key] for key in order if key in entries), child.place)


def _part(document: Mapping, own: bool) -> Mapping:
    """The identity of a document, or all the rest."""
    entries = tuple(entry for entry in document.entries if (entry.key in IDENTITY) is own)
    return Mapping(entries, document.place)


class _Merger:
    """Lays nodes over each other; the place of a mapping is that of the one on top."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.diagnostics = diagnostics

    def mappings(self, base: Mapping, child: Mapping) -> Mapping:
        """Two mappings, or two choices of one reading: there null is the value of an option."""
        choice = _reading(child) is not None
        entries: list[Entry] = []
        for entry in base.entries:
            over = child.entry(entry.key)
            if over is None:
                entries.append(entry)
            elif choice or not _removes(over.value):
                entries.append(Entry(entry.key, over.key_place, self._over(entry.value, over.value)))
        for entry in child.entries:
            if base.entry(entry.key) is not None:
                continue
            if not choice and _removes(entry.value):
                self.diagnostics.add(messages.NOTHING_TO_REMOVE, entry.key_place, key=entry.key)
            else:
                entries.append(Entry(entry.key, entry.key_place, self._fresh(entry.value)))
        return Mapping(tuple(entries), child.place)

    def _over(self, base: Node, child: Node) -> Node:
        if isinstance(base, Mapping) and isinstance(child, Mapping) and _reading(base) == _reading(child):
            return self.mappings(base, child)
        return self._fresh(child)

    def _fresh(self, node: Node) -> Node:
        """What replaces a value or stands where nothing was, so that there is nothing in it to remove."""
        return self.mappings(Mapping((), node.place), node) if isinstance(node, Mapping) else node


def _removes(node: Node) -> bool:
    """Whether `null` is written; where nothing is written a value is missing."""
    return isinstance(node, Scalar) and node.value is None and node.raw != ""


def _reading(node: Mapping) -> str | None:
    choice = node.get("reading")
    return choice.raw if isinstance(choice, Scalar) else None


def _base(extends: Entry, document: Mapping, path: Path, diagnostics: Diagnostics) -> tuple[str, Path] | None:
    """The id and the file of the version that is extended."""
    node = extends.value
    name = node.value if isinstance(node, Scalar) else None
    if not isinstance(name, str) or not _ID.fullmatch(name):
        written = isinstance(node, Scalar) and node.raw
        diagnostics.add(messages.BAD_BASE, node.place if written else extends.key_place)
        return None
    folders = [_root(document, path), *policies_dirs()]
    for folder in folders:
        file = folder / f"{name}.yaml"
        if isfile(file) and not name.endswith(".cases"):
            return name, file
    own = _shown(document, path).removesuffix(".yaml")
    near = suggest(name, {known for folder in folders for known in _ids(folder) if known != own})
    diagnostics.add(messages.NO_BASE, node.place, bool(near), name=name, near=near or "")
    return None


def _ids(folder: Path) -> list[str]:
    beside = (".cases.yaml", ".equivalent.yaml", ".population.yaml")
    files = (path for path in folder.glob("*/*.yaml") if not path.name.endswith(beside))
    return [path.relative_to(folder).with_suffix("").as_posix() for path in files]


def _root(document: Mapping, path: Path) -> Path:
    """The folder of policies that a file stands in: the one around its place's folder."""
    root = path.parent
    for _ in range(max(_shown(document, path).count("/"), 1)):
        root = root.parent if root.name not in ("", "..") else root / ".."
    return root


def _shown(node: Node, path: Path) -> str:
    """`place/version.yaml` where the path ends so; else the name of the file."""
    policy = node.get("policy") if isinstance(node, Mapping) else None
    name = f"{policy.raw}.yaml" if isinstance(policy, Scalar) else path.name
    return name if abspath(path).endswith(f"/{name}") else path.name
