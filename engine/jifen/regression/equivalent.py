"""Changes of a policy that no case could notice, each with the reason: `<version>.equivalent.yaml`.

A list of `{at: path in the tree, change: text, because: text}`, as `jifen mutate --survivors` writes it. `at` and
`change` must name a change that the policy has; the reason may not be empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping as Tree
from jifen.document.tree import Node, Scalar, Sequence
from jifen.document.yaml_reader import read_path
from jifen.regression import messages
from jifen.regression.mutants import Mutant

KEYS = ("at", "change", "because")


def file_of(policy: Path) -> Path:
    """The file of equivalent changes beside a policy."""
    return policy.with_name(policy.name.removesuffix(".yaml") + ".equivalent.yaml")


def explained(policy: Path, mutants: Iterable[Mutant]) -> dict[tuple[str, str], str]:
    """The reason for each change explained, by path and change. Raises PolicyError with all that is wrong."""
    file = file_of(policy)
    if not file.is_file():
        return {}
    diagnostics = Diagnostics()
    node = read_path(file, diagnostics)
    diagnostics.raise_errors()
    assert node is not None
    known = {(mutant.at, mutant.en) for mutant in mutants}
    found: dict[tuple[str, str], str] = {}
    if not isinstance(node, Sequence):
        diagnostics.add(messages.EQUIVALENT_FORM, node.place)
    for item in node.items if isinstance(node, Sequence) else ():
        values = _values(item)
        if values is None:
            diagnostics.add(messages.EQUIVALENT_FORM, item.place)
        elif (values["at"], values["change"]) not in known:
            diagnostics.add(messages.NO_SUCH_CHANGE, item.place, at=values["at"], change=values["change"])
        else:
            found[values["at"], values["change"]] = values["because"]
    diagnostics.raise_errors()
    return found


def _values(node: Node) -> Mapping[str, str] | None:
    if not isinstance(node, Tree) or sorted(node.keys()) != sorted(KEYS):
        return None
    values = {key: value.raw.strip() for key, _, value in node.entries if isinstance(value, Scalar)}
    return values if len(values) == len(KEYS) and all(values.values()) else None


def written(mutants: Iterable[Mutant]) -> str:
    """Survivors in the form of the file, their reasons still to be written."""
    lines = []
    for mutant in mutants:
        lines.append(f"# {mutant.place.file}:{mutant.place.line}: {mutant.told.en}\n")
        lines += [f"- at: {_quoted(mutant.at)}\n", f"  change: {_quoted(mutant.en)}\n", '  because: ""\n']
    return "".join(lines) or "[]\n"


def _quoted(text: str) -> str:
    """A text as YAML that means it, whatever its signs."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
