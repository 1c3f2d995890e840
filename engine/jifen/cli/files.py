"""Files named on the command line: read whole, written whole or not at all."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from jifen.cli.failure import DATA, USAGE, Failure

STANDARD_INPUT = "-"
_SNIFFED = 4096
# Far more than a document may have; what it bounds is a device or a pipe that never ends.
_MOST = 1 << 24


def read(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`.

    Raises Failure where there is none, where it is a folder or where it is not a text.
    """
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(_MOST)
        else:
            with open(path, "rb") as file:
                data = file.read(_MOST)
    except FileNotFoundError as error:
        raise Failure("no_file", USAGE, path=path) from error
    except IsADirectoryError as error:
        raise Failure("is_directory", USAGE, path=path) from error
    except PermissionError as error:
        raise Failure("no_permission", USAGE, path=path) from error
    except (OSError, ValueError) as error:
        raise Failure("cannot_read", USAGE, path=path, reason=_reason(error)) from error
    if b"\0" in data[:_SNIFFED]:
        raise Failure("not_text", DATA, path=path)
    return data


def write(path: str, text: str) -> None:
    """Write a file under a temporary name beside `path` and move it there.

    Raises Failure; whatever was at `path` is then unchanged.
    """
    _put(Path(path), text, os.replace)


def create_all(texts: Mapping[Path, str]) -> None:
    """Write new files, and the folders that they need: all of them or none, and none over another.

    Raises Failure; folders that were made then stay.
    """
    made: list[Path] = []
    try:
        for path, text in texts.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Failure("cannot_write", USAGE, path=path, reason=_reason(error)) from error
            _put(path, text, _move_to_nothing)
            made.append(path)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _put(target: Path, text: str, move: Callable[[str, Path], None]) -> None:
    temporary = ""
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        Path(temporary).chmod(_mode(target))
        move(temporary, target)
    except FileExistsError as error:
        Path(temporary).unlink(missing_ok=True)
        raise Failure("exists", USAGE, path=target) from error
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise Failure("cannot_write", USAGE, path=target, reason=_reason(error)) from error


def _move_to_nothing(temporary: str, target: Path) -> None:
    """Move a file to a name that no other has: unlike a renaming, a link never replaces."""
    os.link(temporary, target)
    os.unlink(temporary)


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those that a new file is given."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
