"""A policy under one choice of readings, as far as coverage and mutation need it: no scorecards."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import NamedTuple

from jifen.applicant.defaults import check_defaults
from jifen.compile import Source
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping
from jifen.errors import raise_errors
from jifen.plan.recorder import Recorder
from jifen.policy.build import build, read_readings
from jifen.policy.inputs import input_types
from jifen.policy.model import Rules
from jifen.policy.procedure_checks import check_procedure
from jifen.policy.readings import Resolver, without_readings_section
from jifen.policy.record import record
from jifen.policy.recorded import Recorded
from jifen.policy.rounds import check_rounds

Choice = tuple[tuple[str, str], ...]
"""Readings taken otherwise than by default, in the order of their names."""


class Variant(NamedTuple):
    """The resolved document, its model, and where its results lie in the recorder's plan."""

    document: Mapping
    rules: Rules
    ops: Recorder
    recorded: Recorded


def choice_of(source: Source, readings: Map[str, str]) -> Choice:
    """The readings that differ from their defaults."""
    return tuple(
        sorted((n, o) for n, o in readings.items() if n not in source.options or source.options[n][1] != o)
    )


def rules_of(source: Source, choice: Choice) -> Rules:
    """The model under a choice of readings, its procedure checked, and nothing recorded. Raises PolicyError."""
    diagnostics = Diagnostics()
    document = Resolver(source.options, dict(choice), diagnostics).resolve(
        without_readings_section(source.document)
    )
    assert isinstance(document, Mapping)
    rules = build(document, read_readings(source.document, dict(choice), diagnostics), diagnostics)
    check_procedure(document, rules, diagnostics)
    raise_errors(diagnostics)
    return rules


def variant(source: Source, choice: Choice, ops: Recorder | None = None) -> Variant:
    """A policy under a choice of readings, on a recorder of its own or on another variant's.

    On a shared recorder equal results have equal slots. Raises PolicyError.
    """
    diagnostics = Diagnostics()
    resolver = Resolver(source.options, dict(choice), diagnostics)
    document = resolver.resolve(without_readings_section(source.document))
    readings = read_readings(source.document, dict(choice), diagnostics)
    raise_errors(diagnostics)
    assert isinstance(document, Mapping)
    rules = build(document, readings, diagnostics)
    check_rounds(rules, diagnostics)
    check_defaults(rules, diagnostics)
    raise_errors(diagnostics)
    ops = ops or Recorder(input_types(rules))
    recorded = record(rules, ops, diagnostics)
    raise_errors(diagnostics)
    assert recorded is not None
    return Variant(document, rules, ops, recorded)
