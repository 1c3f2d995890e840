"""From a policy file to a plan: read, check, resolve the readings, build the model, record the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from jifen.applicant.defaults import check_defaults
from jifen.backends.inputs import Layout
from jifen.document.diagnostics import Diagnostic, Diagnostics
from jifen.document.places import Place
from jifen.document.repair import repaired
from jifen.document.schema import check
from jifen.document.tree import Mapping, Node
from jifen.errors import PolicyError, raise_errors
from jifen.levers.checks import check_levers
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.policy import messages
from jifen.policy.build import build, read_readings
from jifen.policy.checks import (
    check_citations,
    check_conditions,
    check_ranges,
)
from jifen.policy.inherit import read_lineage
from jifen.policy.inputs import input_types
from jifen.policy.keys import check_keys
from jifen.policy.layout import layout_of
from jifen.policy.model import Rules
from jifen.policy.name_checks import check_names
from jifen.policy.procedure_checks import check_procedure
from jifen.policy.readings import Resolver, declared, without_readings_section
from jifen.policy.record import record
from jifen.policy.recorded import Recorded
from jifen.policy.rounds import check_rounds
from jifen.policy.unused import check_unused
from jifen.policy.versions import check_head, chosen_by

_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Source:
    """A policy document whose shape has been checked, before any reading is taken.

    `diagnostics` is what the author should look at so far; `files` has the lines of each file.
    """

    document: Mapping
    options: Map[str, tuple[tuple[str, ...], str]]
    diagnostics: tuple[Diagnostic, ...]
    files: Map[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the author should look at, though the policy works."""
        return tuple(one for one in self.diagnostics if one.severity == "warning")


@dataclass(frozen=True)
class Compiled:
    """A policy under one choice of readings."""

    source: Source
    document: Mapping
    rules: Rules
    recorded: Recorded
    plan: Plan
    layout: Layout


def read(path: Path) -> Source:
    """Read a policy file with all that it inherits, and check its shape. Raises PolicyError."""
    diagnostics = Diagnostics()
    lineage = read_lineage(path, diagnostics)
    raise_errors(diagnostics)
    assert lineage is not None
    return from_node(lineage.document, diagnostics, {file: _lines(file) for file in lineage.names})


def _lines(file: str) -> tuple[str, ...]:
    """The lines of a file that has been read, for the places of mistakes; none where it is gone."""
    try:
        text = Path(file).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ()
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def from_node(node: Node, diagnostics: Diagnostics, files: Map[str, tuple[str, ...]] | None = None) -> Source:
    """Check the shape of a document. Raises PolicyError where it is wrong.

    Other mistakes found here wait in the source, to be raised with those of its rules.
    """
    check(node, "policy", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    options = declared(node, diagnostics)
    check_names(node, diagnostics)
    check_citations(node, diagnostics)
    check_head(node, diagnostics)
    return Source(node, options, diagnostics.sorted(), files or {})


def compile_policy(source: Source, chosen: Map[str, str]) -> Compiled:
    """Compile a policy under a choice of readings. Raises PolicyError with every mistake found."""
    diagnostics = Diagnostics()
    diagnostics.extend(source.diagnostics)
    built = _build(source, chosen, diagnostics)
    ops = Recorder(input_types(built.rules))
    recorded = record(built.rules, ops, diagnostics)
    raise_errors(diagnostics)
    assert recorded is not None
    layout = layout_of(source.document, built.rules)
    return Compiled(source, built.document, built.rules, recorded, ops.plan(), layout)


class _Built(NamedTuple):
    """A policy with its readings resolved, and the readings that are used anywhere in it."""

    document: Mapping
    rules: Rules
    used: set[str]


def _build(source: Source, chosen: Map[str, str], diagnostics: Diagnostics) -> _Built:
    readings = read_readings(source.document, chosen, diagnostics)
    resolver = Resolver(source.options, chosen, diagnostics)
    document = resolver.resolve(without_readings_section(source.document))
    assert isinstance(document, Mapping)
    rules = build(document, readings, diagnostics, source.files)
    check_keys(document, diagnostics)
    check_ranges(rules, diagnostics)
    check_defaults(rules, diagnostics)
    check_levers(rules, diagnostics)
    check_rounds(rules, diagnostics)
    check_procedure(document, rules, diagnostics)
    return _Built(document, rules, resolver.used)


def variants(source: Source, chosen: Map[str, str]) -> list[tuple[str, str, dict[str, str]]]:
    """Every choice of readings that differs from `chosen` in one reading: its name, the option, the choice."""
    found = []
    for name, (options, default) in source.options.items():
        for option in options:
            if option != chosen.get(name, default):
                found.append((name, option, {**chosen, name: option}))
    return found


@dataclass(frozen=True)
class Alternatives:
    """The total and the verdict of a policy under each single change of a reading, in one plan.

    The plan begins with that of the policy itself, slot by slot.
    """

    plan: Plan
    outputs: tuple[tuple[str, str, int, int], ...]
    """Reading, option, slot of the total, slot of the verdict."""


def alternatives(compiled: Compiled, chosen: Map[str, str]) -> Alternatives:
    """Record every variant on one recorder, so that what they share is recorded once. Raises PolicyError."""
    ops = Recorder(input_types(compiled.rules))
    diagnostics = Diagnostics()
    record(compiled.rules, ops, diagnostics)
    outputs = []
    for name, option, choice in variants(compiled.source, chosen):
        recorded = record(_build(compiled.source, choice, diagnostics).rules, ops, diagnostics)
        raise_errors(diagnostics)
        assert recorded is not None
        total = recorded.deciding
        outputs.append((name, option, total.slot, recorded.qualifies.slot))
    return Alternatives(ops.plan(), tuple(outputs))


def check_policy(path: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a policy file, under any of its readings."""
    diagnostics = Diagnostics()
    lineage = read_lineage(path, diagnostics)
    if lineage is None or diagnostics.errors:
        return diagnostics.sorted()
    try:
        source = from_node(lineage.document, diagnostics, {file: _lines(file) for file in lineage.names})
    except PolicyError as error:
        return (*sorted((*error.diagnostics, *_behind(lineage.document))),)
    return _check(source).sorted()


def _behind(document: Node) -> Iterator[Diagnostic]:
    """What else is wrong with a document of the wrong shape, as far as that can be told apart from its shape."""
    found = repaired(document, "policy")
    if found is None:
        return
    for one in _check(from_node(found.document, Diagnostics())).errors:
        if not any(word in found.lost for said in one.args.values() for word in _WORD.findall(said)):
            yield one


def _check(source: Source) -> Diagnostics:
    found = Diagnostics()
    found.extend(source.diagnostics)
    used: set[str] = {chosen_by(source.document)}
    readings: set[str] = set()
    same: dict[Place, set[Fraction | None]] = {}
    built: list[_Built] = []
    everything: dict[str, str] = {}
    for choice in [everything, *(choice for _, _, choice in variants(source, everything))]:
        diagnostics = Diagnostics()
        built.append(_build(source, choice, diagnostics))
        recorded = record(built[-1].rules, Recorder(input_types(built[-1].rules)), diagnostics)
        found.extend(diagnostics)
        readings |= built[-1].used
        if recorded is not None:
            used |= recorded.used
            for place, constant in recorded.conditions.items():
                same.setdefault(place, set()).add(constant)
    if not found.errors:
        check_unused(source.document, used, readings, found)
        check_conditions(same, found)
    return found


__all__ = [
    "Alternatives",
    "Compiled",
    "Source",
    "alternatives",
    "check_policy",
    "compile_policy",
    "messages",
    "read",
]
