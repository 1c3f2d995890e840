"""Changes of a policy that no case could notice, each with the reason: `<version>.equivalent.yaml`.

A list of `{at: path in the tree, change: text, because: text}`, as `jifen mutate --survivors` writes it and
`schemas/equivalent.schema.json` describes it. `at` and `change` must name a change that the policy has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jifen.document.diagnostics import Diagnostics
from jifen.document.schema import check
from jifen.document.tree import Mapping, Scalar, Sequence
from jifen.document.yaml_reader import read_path
from jifen.errors import raise_errors
from jifen.regression import messages
from jifen.regression.mutant import Mutant

SCHEMA_LINE = "# yaml-language-server: $schema=../../schemas/equivalent.schema.json\n"


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
    raise_errors(diagnostics)
    assert node is not None
    check(node, "equivalent", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Sequence)
    known = {(mutant.at, mutant.en) for mutant in mutants}
    found: dict[tuple[str, str], str] = {}
    for item in node.items:
        assert isinstance(item, Mapping)
        values = {key: value.raw.strip() for key, _, value in item.entries if isinstance(value, Scalar)}
        one = (values["at"], values["change"])
        if one in known:
            found[one] = values["because"]
        else:
            diagnostics.add(messages.NO_SUCH_CHANGE, item.place, at=one[0], change=one[1])
    raise_errors(diagnostics)
    return found


def written(mutants: Iterable[Mutant]) -> str:
    """Survivors in the form of the file, their reasons still to be written."""
    lines = [SCHEMA_LINE]
    for mutant in mutants:
        lines.append(f"# {mutant.place.file}:{mutant.place.line}: {mutant.told.en}\n")
        lines += [f"- at: {_quoted(mutant.at)}\n", f"  change: {_quoted(mutant.en)}\n", '  because: ""\n']
    return "".join(lines) if len(lines) > 1 else SCHEMA_LINE + "[]\n"


def _quoted(text: str) -> str:
    """A text as YAML that means it, whatever its signs."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
