"""A declared population: `<version>.population.yaml` beside a policy says how each input is distributed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from pathlib import Path
from typing import Final, NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.document.schema import check
from jifen.document.tree import Entry, Mapping, Node, Plain, plain
from jifen.document.yaml_reader import read_path
from jifen.errors import raise_errors
from jifen.policy.model import Input
from jifen.regression import draws
from jifen.regression.diff_messages import BAD_DRAW, DRAW_FORM
from jifen.regression.draws import Count, Draw, Value

SUFFIX: Final = ".population.yaml"
_FORMS: Final = (frozenset({"value"}), frozenset({"weights"}), frozenset({"each"}), frozenset({"from", "to"}))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Declared(NamedTuple):
    """What a file declares, as plain data: each section by name."""

    path: Path
    note: Plain
    date: Map[str, str]
    facts: Map[str, Map[str, Plain]]
    timelines: Map[str, Map[str, Plain]]
    records: Map[str, Map[str, Plain]]


def beside(policy: Path) -> Path:
    """Where the population of a policy would stand."""
    return policy.with_name(policy.name.removesuffix(".yaml") + SUFFIX)


def read_all(policies: Iterable[str]) -> list[Declared]:
    """What is declared beside policies, such as a version and those that it extends. Raises PolicyError."""
    paths = dict.fromkeys(beside(Path(policy)) for policy in policies)
    return [read(path) for path in paths if path.is_file()]


def read(path: Path) -> Declared:
    """Read a population. Raises PolicyError."""
    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    raise_errors(diagnostics)
    assert node is not None
    check(node, "population", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    _check_draws(node, diagnostics)
    for section in ("facts", "timelines", "records"):
        listed = node.get(section)
        for entry in listed.entries if isinstance(listed, Mapping) else ():
            _check_forms(entry, section != "facts", diagnostics)
    raise_errors(diagnostics)
    data = plain(node)
    assert isinstance(data, dict)
    sections = [blocks(data.get(name)) for name in ("facts", "timelines", "records")]
    date = {key: str(value) for key, value in block(data.get("date")).items()}
    return Declared(path, data.get("note"), date, sections[0], sections[1], sections[2])


def block(value: Plain) -> dict[str, Plain]:
    """A mapping; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def blocks(value: Plain) -> dict[str, dict[str, Plain]]:
    """A mapping of mappings."""
    return {name: block(inner) for name, inner in block(value).items()}


def integer(value: Plain, otherwise: int) -> int:
    """A whole number, or another where there is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


def draw(said: Map[str, Plain], item: Input) -> Draw:
    """How the values of an input are drawn."""
    if "value" in said:
        value = said["value"]
        if isinstance(value, list):
            return draws.fixed([str(option) for option in value])
        return draws.fixed(value if isinstance(value, bool | int) else str(value))
    weights = block(said.get("weights"))
    if weights:
        options = [typed(option, item) for option in weights]
        return draws.weighted(options, [integer(weight, 0) for weight in weights.values()])
    each = block(said.get("each"))
    if each:
        return draws.several({option: integer(percent, 0) for option, percent in each.items()})
    low, high = str(said.get("from")), str(said.get("to"))
    if _DAY.fullmatch(low):
        return draws.day(low, high)
    return draws.number_text(int(low), int(high), integer(said.get("step"), 1))


def count(said: Plain, otherwise: tuple[int, int]) -> Count:
    """How a number of things is drawn: a number, a range, or weights."""
    if isinstance(said, int) and not isinstance(said, bool):
        number = said
        return lambda rng: number
    weights = block(block(said).get("weights"))
    if weights:
        drawn = draws.weighted([int(number) for number in weights], [integer(w, 0) for w in weights.values()])
        return lambda rng: int(str(drawn(rng)))
    low, high = (
        integer(block(said).get(key), end) for key, end in zip(("from", "to"), otherwise, strict=True)
    )
    return draws.whole(low, max(low, high))


def typed(option: str, item: Input) -> Value:
    """The name of an option as a value of an input."""
    if item.type == "boolean":
        return option == "true"
    return int(option) if item.type == "integer" else option


def _check_forms(entry: Entry, of_rows: bool, diagnostics: Diagnostics) -> None:
    """A draw has one form: a value, weights, a percentage for each option, or a range."""
    node: Node | None = entry.value
    if of_rows:
        attributes = node.get("attributes") if isinstance(node, Mapping) else None
        for inner in attributes.entries if isinstance(attributes, Mapping) else ():
            _check_forms(inner, False, diagnostics)
        return
    keys = set(node.keys()) if isinstance(node, Mapping) else set()
    forms = [form for form in _FORMS if form & keys]
    if len(forms) != 1 or not forms[0] <= keys:
        diagnostics.add(DRAW_FORM, entry.key_place, name=entry.key)


def _check_draws(node: Mapping, diagnostics: Diagnostics) -> None:
    """What the schema cannot say: weights that are all zero, ranges that end before they begin."""
    for entry in node.entries:
        if isinstance(entry.value, Mapping):
            _check_draws(entry.value, diagnostics)
    weights = node.get("weights")
    if isinstance(weights, Mapping) and not any(plain(entry.value) for entry in weights.entries):
        diagnostics.add(BAD_DRAW, weights.place)
    low, high = (node.get(key) for key in ("from", "to"))
    if low is not None and high is not None:
        first, last = plain(low), plain(high)
        alike = isinstance(first, int) and isinstance(last, int) and first > last
        if alike or (isinstance(first, str) and isinstance(last, str) and first > last):
            diagnostics.add(BAD_DRAW, low.place)
