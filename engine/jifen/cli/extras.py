"""What is not installed with jifen alone."""

from collections.abc import Iterator
from contextlib import contextmanager

from jifen.cli.failure import USAGE, Failure


@contextmanager
def needed(extra: str) -> Iterator[None]:
    """Say how to install an extra where an import inside fails because a package of it is absent."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "jifen":
            raise
        raise Failure("needs_extra", USAGE, package=error.name, extra=extra) from None
