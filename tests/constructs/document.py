"""Writes docs/constructs.md from the policies of this folder: `python -m tests.constructs.document`."""

from __future__ import annotations

import re
from pathlib import Path

from jifen.regression.cases import read_cases

from .constructs import Construct, constructs

DOCUMENT = Path(__file__).parents[2] / "docs" / "constructs.md"

PARTS = {
    1: "Scoring",
    19: "Time and evidence",
    33: "Records, people, employers",
    41: "Results",
    55: "Process",
}
"""The number that each part begins with."""

HEAD = """\
# The 59 constructs

<!-- Written by `python -m tests.constructs.document`: change the policies in tests/constructs, not this file. -->

These are the constructs met in real schemes of points, numbered as they were collected, each with the trap that comes
with it and the lines that say it. They stand in small policies of towns that do not exist, in
[`tests/constructs`](../tests/constructs), each with cases whose numbers were worked out by hand; `tests/constructs`
runs them all. What every key does is in [the language](language.md).

The process (55 to 59) is stated in a policy and checked against the schema; it does not touch the score.

"""


def construct_of(construct: Construct) -> str:
    """What the construct is, out of the title of its policy: `Town: construct`."""
    found = construct.said("title").partition(": ")[2]
    return found[0].upper() + found[1:]


def anchor(heading: str) -> str:
    """The anchor that a heading has on a page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def text() -> str:
    """The whole document."""
    contents, sections = [], []
    for construct in constructs():
        if construct.number in PARTS:
            contents.append(f"\n**{PARTS[construct.number]}**\n\n")
            sections.append(f"## {PARTS[construct.number]}\n\n")
        heading = f"{construct.number}. {construct_of(construct)}"
        contents.append(f"- [{heading.replace('. ', ' ', 1)}](#{anchor(heading)})\n")
        sections.append(section(construct, heading))
    return HEAD + "".join(contents).lstrip("\n") + "\n" + "".join(sections).rstrip("\n") + "\n"


def section(construct: Construct, heading: str) -> str:
    """One construct: what it is, its trap, the lines that say it, and where they stand."""
    cases = construct.path.with_name(f"{construct.name}.cases.yaml")
    count = len(read_cases(cases))
    policy_link = f"[{construct.path.name}](../tests/constructs/{construct.path.name})"
    cases_link = f"[{count} case{'s' * (count > 1)}](../tests/constructs/{cases.name})"
    yaml = "\n\n".join(construct.excerpts)
    return f"### {heading}\n\n{construct.said('note')}\n\n```yaml\n{yaml}\n```\n\n{policy_link}, {cases_link}\n\n"


if __name__ == "__main__":
    DOCUMENT.write_text(text(), encoding="utf-8", newline="\n")
