"""The harbour town of docs/language.md: its policy and its applicant, and fragments laid over the policy."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import jifen
from jifen.api import Scorecard
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Plain, plain
from jifen.document.yaml_reader import read
from jifen.errors import raise_errors
from jifen.page.yaml_text import yaml_text

from .blocks import shared_files

LANGUAGE = "docs/language.md"
HARBOUR = "harbour/2024.yaml"
_SAID = re.compile(
    r"# => (?:with (?P<reading>\w+)=(?P<option>\w+): )?(?P<what>\S+) (?P<value>\S+)(?P<months> months)?$"
)


@cache
def files() -> dict[str, str]:
    """The files that docs/language.md prints."""
    return shared_files(LANGUAGE)


def tree(text: str) -> dict[str, Plain]:
    """A YAML text as plain data."""
    diagnostics = Diagnostics()
    node = read(text, "fragment.yaml", diagnostics)
    raise_errors(diagnostics)
    assert node is not None
    found = plain(node)
    assert isinstance(found, dict)
    return found


def laid_over(fragment: str) -> dict[str, Plain]:
    """The harbour's policy with a fragment laid over it: a section of names gains or replaces names."""
    whole = tree(files()[HARBOUR])
    changes = tree(fragment)
    changes.pop("mei", None)
    if "rounds" in changes:  # they bring cutoffs of their own
        del whole["anchors"]
    for key, value in changes.items():
        old = whole.get(key)
        whole[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return whole


def write(fragment: str, folder: Path) -> Path:
    """The harbour's policy with a fragment laid over it, as a file."""
    path = folder / "harbour.yaml"
    path.write_text(yaml_text(laid_over(fragment)), encoding="utf-8")
    return path


def score(path: Path, readings: dict[str, str], fragment: str = "") -> Scorecard:
    """The harbour's applicant, with what a fragment adds, under a policy."""
    mei = tree(files()["mei.yaml"])
    more = tree(fragment).get("mei", {}) if fragment else {}
    assert isinstance(more, dict)
    for section, values in more.items():
        old = mei.get(section)
        mei[section] = {**old, **values} if isinstance(old, dict) and isinstance(values, dict) else values
    return jifen.load(path, readings).score(mei)


def expected(text: str) -> list[tuple[dict[str, str], str, str, bool]]:
    """What the lines `# => …` of a block say: readings, what, its value, and whether it counts months."""
    found = []
    for line in text.splitlines():
        if line.startswith("# =>"):
            said = _SAID.match(line)
            assert said, line
            readings = {said["reading"]: said["option"]} if said["reading"] else {}
            found.append((readings, said["what"], said["value"], bool(said["months"])))
    return found


def value(card: Scorecard, what: str, months: bool) -> str:
    """`total`, `eligible`, `qualifies`, `warnings`, a requirement, or a line or `line.ledger`, as a text."""
    if what == "total":
        return str(card.total)
    if what in ("eligible", "qualifies"):
        return _yes(getattr(card, what))
    if what == "warnings":
        return ",".join(card.warnings) or "none"
    if what in card.requirements:
        return _yes(card.requirements[what])
    if what in card.scores:
        return str(card.scores[what])
    name, _, ledger = what.partition(".")
    line = card[name]
    if not ledger and not months:
        return str(line.points)
    [found] = [item for item in line.ledgers if item.id == ledger]
    return str(found.months if months else found.points)


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def number(expression: str, folder: Path, fragment: str = "") -> Fraction:
    """What an expression gives for the harbour's applicant; 1 and 0 for true and false."""
    errors: list[str] = []
    for formula in (f"({expression}) * 1", f"1 if ({expression}) else 0"):
        told = tree(fragment) if fragment else {}
        told["indicators"] = {"x": {"cite": "notice", "formula": formula}}
        path = folder / "harbour.yaml"
        path.write_text(yaml_text(laid_over(yaml_text(told))), encoding="utf-8")
        try:
            return score(path, {}, fragment)["x"].points
        except jifen.PolicyError as error:
            errors.append(str(error))
    raise AssertionError("\n".join(errors))
