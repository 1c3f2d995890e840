"""Puts a comment on a pull request: its own earlier comment, found by the first line, is updated.

Talks to GitHub by `gh api`. Where that is refused, as it is for a pull request from a fork, a warning is printed and
nothing fails: the comment stands in the summary of the run as well.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any


class Refused(Exception):
    """GitHub did not do what it was asked."""


def api(*arguments: str) -> str:
    """What `gh api` prints. Raises Refused."""
    try:
        done = subprocess.run(["gh", "api", *arguments], capture_output=True, encoding="utf-8", check=False)
    except OSError as error:
        raise Refused(str(error)) from error
    if done.returncode:
        raise Refused(done.stderr.strip())
    return done.stdout


def pages(text: str) -> Iterator[dict[str, Any]]:
    """The comments in one or several lists, one after the other."""
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        found, end = decoder.raw_decode(text)
        yield from found
        text = text[end:]


def post(repository: str, number: str, path: Path) -> str:
    """Create or update the comment; says which. Raises Refused."""
    marker = path.read_text(encoding="utf-8").partition("\n")[0]
    listed = api("--paginate", f"repos/{repository}/issues/{number}/comments?per_page=100")
    for comment in pages(listed):
        # Anybody can write the marker; only a bot's comment is this one's.
        if comment["user"]["type"] == "Bot" and comment["body"].partition("\n")[0].rstrip() == marker:
            name = f"repos/{repository}/issues/comments/{comment['id']}"
            api("--method", "PATCH", name, "--field", f"body=@{path}")
            return "updated"
    api("--method", "POST", f"repos/{repository}/issues/{number}/comments", "--field", f"body=@{path}")
    return "created"


def main(arguments: Sequence[str]) -> int:
    repository, number, path = arguments
    if not re.fullmatch(r"[\w.-]+/[\w.-]+", repository) or not number.isdecimal():
        print("post: OWNER/REPOSITORY NUMBER FILE", file=sys.stderr)
        return 2
    try:
        print(f"comment {post(repository, number, Path(path))}")
    except Refused as error:
        told = str(error).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        print(f"::warning title=Jifen::The comment could not be written: {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
