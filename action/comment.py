"""The comment on a pull request, as Markdown: whatever comes from a policy stays text in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKER = "<!-- jifen review -->"
"""The first line of the comment, by which it is found again."""
MOST_CHARACTERS = 60_000
"""GitHub takes 65,536 characters in a comment, and a mebibyte in the summary of a run."""
MOST_IN_SUMMARY = 900_000


def page(head: Iterable[str], sections: Iterable[str], cut: str, most: int = MOST_CHARACTERS) -> str:
    """The lines of the head, then the sections; those that would be too much for GitHub are left out: `cut` says so."""
    text = "\n".join([MARKER, *head])
    complete = True
    for section in sections:
        if len(text) + len(section) > most:
            complete = False
        else:
            text += f"\n{section}"
    return text if complete else f"{text}\n{cut}\n"


def heading(name: str, text: str) -> str:
    """A section under a heading."""
    return f"### {code(name)}\n\n{text}"


def fenced(text: str) -> str:
    """A text as it is: the fence is longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}\n"


def details(summary: str, text: str) -> str:
    """A text that is folded away."""
    return f"<details><summary>{summary}</summary>\n\n{text.strip()}\n\n</details>\n"


def lowered(text: str) -> str:
    """A page without its title, its headings below those of the comment."""
    body = re.sub(r"\A# .*\n+", "", text)
    return re.sub(r"^(#+ )", r"##\1", body, flags=re.MULTILINE)


def cell(text: str) -> str:
    """A line in a table."""
    return text.replace("|", "\\|").replace("<", "&lt;")


def code(text: str) -> str:
    """A name that stands for itself, in HTML and in a heading."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", " ")
    return f"<code>{escaped}</code>"
