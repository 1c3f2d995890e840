"""Policies as they stood in a revision of a git repository."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path, PurePosixPath

from jifen.compile import read
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Scalar
from jifen.document.yaml_reader import read as read_yaml
from jifen.errors import JifenError, Problem
from jifen.policy.registry import path_of
from jifen.regression.diff_messages import NO_REVISION
from jifen.regression.diff_report import Version

_REVISION = re.compile(r"(?P<revision>[^:\s-][^:\s]*):(?P<path>[^:]+\.ya?ml)")
_LONGEST_CHAIN = 32


def is_revision(name: str) -> bool:
    """Whether a name is `REV:path/to/policy.yaml` and not a file of that name."""
    return _REVISION.fullmatch(name) is not None and not Path(name).exists()


def version(name: str, folder: Path) -> Version:
    """The policy of an id, of a file, or of a git revision, whose files are put into `folder`.

    Raises PolicyError, or JifenError when there is none.
    """
    found = _REVISION.fullmatch(name) if is_revision(name) else None
    if found is None:
        path = path_of(name)
        return Version(read(path), {})
    files = _fetched(found["revision"], found["path"], folder)
    return Version(read(next(iter(files))), {str(path): shown for path, shown in files.items()})


def _fetched(revision: str, path: str, folder: Path) -> dict[Path, str]:
    """The file and the versions that it extends, as they were then; a base that was not there is today's."""
    files: dict[Path, str] = {}
    root = PurePosixPath(path).parent.parent
    name = path
    while len(files) < _LONGEST_CHAIN:
        data = _blob(revision, name, required=not files)
        if data is None:
            break
        target = folder / PurePosixPath(name).parent.name / PurePosixPath(name).name
        if target in files:
            break
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        files[target] = f"{revision}:{name}"
        tree = read_yaml(data, name, Diagnostics())
        base = tree.get("extends") if isinstance(tree, Mapping) else None
        if not isinstance(base, Scalar):
            break
        name = str(root / f"{base.raw}.yaml")
    return files


def _blob(revision: str, path: str, required: bool) -> bytes | None:
    try:
        done = subprocess.run(
            ["git", "cat-file", "blob", f"{revision}:{path}"], capture_output=True, check=False
        )
    except OSError as error:
        raise _missing(revision, path, str(error)) from None
    if done.returncode == 0:
        return done.stdout
    if not required:
        return None
    reason = done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: ")
    raise _missing(revision, path, reason)


def _missing(revision: str, path: str, reason: str) -> JifenError:
    return JifenError(Problem("", NO_REVISION, {"name": f"{revision}:{path}", "reason": reason}))
