"""A written program as machine code, kept in a file so that the next process finds it compiled.

The file lies in the user's folder for caches (`JIFEN_CACHE` names another), and is called by the digest of all that
the machine code depends on. Where nothing can be written the program is compiled for this process alone. Whenever a
program is added, those that nobody has used for long are taken away; others that are at work then compile theirs anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType

import numba

from jifen.backends.fused import days, kernels, lanes, machine, reading, sets
from jifen.version import __version__

_HEAD = '''"""Written by Jifen {version} for numba {numba}: {title}."""

from numba import njit

{imports}
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
'''
_STEPS = (days, kernels, lanes, machine, reading, sets)
"""The modules that every program imports."""
_OPTIONS = "nogil=True, boundscheck=False, error_model='numpy'"
_lock = Lock()
_USED = ".used"
MOST = 200
"""Programs that are kept, whichever version wrote them; of more, those used last. Each takes half a megabyte."""
_NAME = re.compile("jifen_[0-9a-f]{32}")


def folder() -> Path:
    """Where programs are kept."""
    given = os.environ.get("JIFEN_CACHE")
    if given:
        return Path(given)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "jifen" / "Cache" if local else Path.home() / "AppData/Local/jifen/Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/jifen"
    kept = os.environ.get("XDG_CACHE_HOME")
    return (Path(kept) if kept else Path.home() / ".cache") / "jifen"


@cache
def _meaning() -> bytes:
    """The text of what every program is compiled with."""
    return b"".join(Path(str(module.__file__)).read_bytes() for module in _STEPS)


def compiled(sources: Mapping[str, tuple[str, str]], title: str) -> ModuleType:
    """A module of functions, each given by its signature and its text. Numba compiles one at a time, whoever asks."""
    imports = "\n".join(f"from {module.__name__} import *" for module in _STEPS)
    text = _HEAD.format(version=__version__, numba=numba.__version__, title=title, imports=imports)
    for signature, source in sources.values():
        text += f"\n\n@njit({signature!r}, cache=True, {_OPTIONS})\n{source}"
    digest = hashlib.sha256(text.encode() + _meaning()).hexdigest()[:32]
    with _lock:
        return _loaded(f"jifen_{digest}", text)


@cache
def _loaded(name: str, text: str) -> ModuleType:
    try:
        return _imported(name, _kept(folder() / f"{name}.py", text))
    except (OSError, RuntimeError):  # numba raises RuntimeError where there is no place for its own files
        module = ModuleType(name)
        exec(compile(text.replace("cache=True, ", ""), f"<{name}>", "exec"), module.__dict__)
        return module


def _kept(path: Path, text: str) -> Path:
    """The file of a text; written to a temporary name and moved, so that nobody meets half of it."""
    if path.exists():
        _mark_used(path)
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
    _mark_used(path)
    sweep(path.parent)
    return path


def _mark_used(path: Path) -> None:
    """Note that a program is in use, in the age of a file beside it: by that of the program numba knows its own."""
    with suppress(OSError):  # the folder may be somebody else's
        path.with_suffix(_USED).touch()


def sweep(folder: Path) -> None:
    """Take away all programs but the `MOST` that were used last.

    Other files are left alone. Several processes may do so at once, or have just begun to use what goes.
    """
    programs: dict[str, list[Path]] = defaultdict(list)
    used: dict[str, int] = defaultdict(int)
    with suppress(OSError):
        for path in [*folder.iterdir(), *(folder / "__pycache__").glob("*")]:
            name = path.name.partition(".")[0]
            if not _NAME.fullmatch(name):
                continue
            programs[name].append(path)
            if path.suffix == _USED:
                with suppress(FileNotFoundError):
                    used[name] = path.stat().st_mtime_ns
    for name in sorted(programs, key=lambda name: (-used[name], name))[MOST:]:
        for path in programs[name]:
            with suppress(OSError):
                path.unlink()


def _imported(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where numba looks for it when it reads its own file
    spec.loader.exec_module(module)
    return module
