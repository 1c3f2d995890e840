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
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with the document whatever is read into it."""

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What the author should look at, though the policy works."""
        return tuple(found for found in self.diagnostics if found.severity == "warning")


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
    """Check the shape of a document. Raises PolicyError where the shape is wrong; the rest is kept for later."""
    check(node, "policy", diagnostics)
    diagnostics.raise_errors()
    assert isinstance(node, Mapping)
    options = declared(node, diagnostics)
    check_names(node, diagnostics)
    check_citations(node, diagnostics)
    check_head(node, diagnostics)
    return Source(node, options, diagnostics.sorted())


def compile_policy(source: Source, chosen: Map[str, str]) -> Compiled:
    """Compile a policy under a choice of readings. Raises PolicyError with every mistake found."""
    diagnostics = Diagnostics()
    diagnostics.extend(source.diagnostics)
    ops, _, compiled = _compile(source, chosen, diagnostics)
    diagnostics.raise_errors()
    assert compiled is not None
    document, rules, recorded = compiled
    return Compiled(source, document, rules, recorded, ops.plan(), layout_of(source.document, rules))


def _compile(
    source: Source, chosen: Map[str, str], diagnostics: Diagnostics
) -> tuple[Recorder, set[str], tuple[Mapping, Rules, Recorded] | None]:
    """Build and record one choice of readings, going on after mistakes to find them all; and the readings used."""
    ops, unread = Recorder({}), Diagnostics()
    resolver = Resolver(source.options, chosen, unread)
    document = resolver.resolve(without_readings_section(source.document))
    diagnostics.extend(unread)
    if unread.errors:  # a choice that cannot be made leaves a hole
        return ops, resolver.used, None
    assert isinstance(document, Mapping)
    rules = build(document, read_readings(source.document, chosen, diagnostics), diagnostics)
    check_rounds(rules, diagnostics)
    check_defaults(rules, diagnostics)
    ops, found = Recorder(input_types(rules)), Diagnostics()
    recorded = record(rules, ops, found)
    # What an expression that cannot be read would mean is anybody's guess, and no place in the file.
    diagnostics.extend(one for one in found if one.place.file)
    if recorded is None or diagnostics.errors:
        return ops, resolver.used, None
    return ops, resolver.used, (document, rules, recorded)


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
        found.extend(source.diagnostics)
    except PolicyError as error:
        return error.diagnostics
    used: set[str] = set()
    readings: set[str] = set()
    rules: Rules | None = None
    everything: dict[str, str] = {}
    for choice in [everything, *(choice for _, _, choice in variants(source, everything))]:
        diagnostics = Diagnostics()
        _, used_readings, compiled = _compile(source, choice, diagnostics)
        readings |= used_readings
        if compiled is not None:
            rules = rules or compiled[1]
            used |= compiled[2].used
        found.extend(diagnostics)
    if rules is not None and not found.errors:
        check_unused(rules, used | {chosen_by(source.document)}, readings, found)
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
