"""From a policy file to a plan: read, check, resolve the readings, build the model, record the rules."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from jifen.applicant.defaults import check_defaults
from jifen.backends.inputs import Layout
from jifen.document.diagnostics import Diagnostic, Diagnostics
from jifen.document.schema import check
from jifen.document.tree import Mapping, Node
from jifen.plan.plan import Plan
from jifen.plan.recorder import Recorder
from jifen.policy import messages
from jifen.policy.build import build, read_readings
from jifen.policy.checks import check_citations, check_names, check_rounds, check_unused
from jifen.policy.inherit import read_lineage
from jifen.policy.inputs import input_types
from jifen.policy.layout import layout_of
from jifen.policy.model import Reading, Rules
from jifen.policy.readings import Resolver, declared, without_readings_section
from jifen.policy.record import record
from jifen.policy.recorded import Recorded
from jifen.policy.versions import check_head, chosen_by


@dataclass(frozen=True)
class Source:
    """A policy document whose shape has been checked, before any reading is taken."""

    document: Mapping
    options: Map[str, tuple[tuple[str, ...], str]]
    warnings: tuple[Diagnostic, ...]


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
    diagnostics.raise_errors()
    assert lineage is not None
    return from_node(lineage.document, diagnostics)


def from_node(node: Node, diagnostics: Diagnostics) -> Source:
    """Check the shape of a document. Raises PolicyError."""
    check(node, "policy", diagnostics)
    diagnostics.raise_errors()
    assert isinstance(node, Mapping)
    options = declared(node, diagnostics)
    check_names(node, diagnostics)
    check_citations(node, diagnostics)
    check_head(node, diagnostics)
    diagnostics.raise_errors()
    return Source(node, options, diagnostics.warnings)


def compile_policy(source: Source, chosen: Map[str, str]) -> Compiled:
    """Compile a policy under a choice of readings. Raises PolicyError with every mistake found."""
    diagnostics = Diagnostics()
    document, readings = _resolve(source, chosen, diagnostics)
    diagnostics.raise_errors()
    rules = build(document, readings, diagnostics)
    check_rounds(rules, diagnostics)
    check_defaults(rules, diagnostics)
    diagnostics.raise_errors()
    ops = Recorder(input_types(rules))
    recorded = record(rules, ops, diagnostics)
    diagnostics.raise_errors()
    assert recorded is not None
    return Compiled(source, document, rules, recorded, ops.plan(), layout_of(source.document, rules))


def _resolve(
    source: Source, chosen: Map[str, str], diagnostics: Diagnostics
) -> tuple[Mapping, dict[str, Reading]]:
    readings = read_readings(source.document, chosen, diagnostics)
    resolver = Resolver(source.options, chosen, diagnostics)
    document = resolver.resolve(without_readings_section(source.document))
    assert isinstance(document, Mapping)
    return document, readings


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
    """The total and the verdict of a policy under each single change of a reading, in one plan."""

    plan: Plan
    outputs: tuple[tuple[str, str, int, int], ...]
    """Reading, option, slot of the total, slot of the verdict."""


def alternatives(compiled: Compiled, chosen: Map[str, str]) -> Alternatives:
    """Record every variant on one recorder, so that what they share is recorded once. Raises PolicyError."""
    ops = Recorder(input_types(compiled.rules))
    diagnostics = Diagnostics()
    outputs = []
    for name, option, choice in variants(compiled.source, chosen):
        document, readings = _resolve(compiled.source, choice, diagnostics)
        rules = build(document, readings, diagnostics)
        recorded = None if diagnostics.errors else record(rules, ops, diagnostics)
        diagnostics.raise_errors()
        assert recorded is not None
        total = recorded.deciding
        outputs.append((name, option, total.slot, recorded.qualifies.slot))
    return Alternatives(ops.plan(), tuple(outputs))


def check_policy(path: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a policy file, under any of its readings."""
    from jifen.errors import PolicyError

    found = Diagnostics()
    try:
        source = read(path)
        found.extend(source.warnings)
    except PolicyError as error:
        return error.diagnostics
    used: set[str] = set()
    resolved: Resolver | None = None
    rules: Rules | None = None
    everything: dict[str, str] = {}
    for choice in [everything, *(choice for _, _, choice in variants(source, everything))]:
        diagnostics = Diagnostics()
        resolver = Resolver(source.options, choice, diagnostics)
        document = resolver.resolve(without_readings_section(source.document))
        resolved = resolved or resolver
        resolved.used |= resolver.used
        if isinstance(document, Mapping) and not diagnostics.errors:
            built = build(document, read_readings(source.document, choice, diagnostics), diagnostics)
            check_rounds(built, diagnostics)
            check_defaults(built, diagnostics)
            rules = rules or built
            if not diagnostics.errors:
                recorded = record(built, Recorder(input_types(built)), diagnostics)
                used |= recorded.used if recorded else set()
        found.extend(diagnostics)
    if rules is not None and resolved is not None and not found.errors:
        check_unused(rules, used | {chosen_by(source.document)}, resolved.used, found)
    return found.sorted()


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
