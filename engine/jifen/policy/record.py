"""Runs every rule of a policy once on the recorder, and keeps where each result lies in the plan."""

from __future__ import annotations

from functools import reduce

from jifen.document.diagnostics import Diagnostics
from jifen.document.places import Place
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy.lines import Lines, attempt
from jifen.policy.model import Named, Rules
from jifen.policy.names import Names
from jifen.policy.outcomes import Outcomes, as_names
from jifen.policy.people import defined_for
from jifen.policy.recorded import Condition, Line, Read, Recorded

__all__ = ["Condition", "Line", "Read", "Recorded", "record"]


def record(rules: Rules, ops: Recorder, diagnostics: Diagnostics) -> Recorded | None:
    """Record a policy. Every mistake found is added to `diagnostics`; None when there is any."""
    names = Names(rules, ops, diagnostics)
    _define_all(names)
    lines, outcomes = Lines(names), Outcomes(names)
    found = [lines.line(indicator, frozenset()) for indicator in rules.indicators]
    eligibility = outcomes.conditions(rules.eligibility.values())
    checks = outcomes.conditions(rules.checks.values())
    scores = outcomes.scores(found)
    own = as_names(scores)
    gates = outcomes.conditions(rules.outcome.gates, own)
    deciding, line, rank = outcomes.deciding(scores), outcomes.line(own), outcomes.rank(own)
    levers = _levers(names, outcomes)
    if diagnostics.errors:
        return None
    table = tuple(line for line in found if line is not None)
    eligible = reduce(ops.both, (condition.met for condition in eligibility), ops.truth(True))
    passed = reduce(
        ops.both, (gate.met for gate in gates), ops.both(eligible, outcomes.reached(deciding, line))
    )
    read = _inputs_read(ops, table, (*eligibility, *checks), (passed, *rank))
    return Recorded(
        rules,
        table,
        eligibility,
        gates,
        checks,
        scores,
        {name: _anchor(names, name) for name in _anchor_names(rules)},
        eligible,
        passed,
        deciding,
        line,
        rank,
        names.used() | read,
        names.conditions,
        levers,
    )


def _levers(names: Names, outcomes: Outcomes) -> tuple[Condition, ...]:
    """What levers presume. No rule of the score reads it, so what is read here alone stays unused."""
    found = [
        Named(lever.name, lever.label, lever.when, lever.cite, lever.place)
        for lever in names.rules.levers.values()
        if lever.when is not None
    ]
    names.reader = "levers"
    return outcomes.conditions(found)


def _define_all(names: Names) -> None:
    """Record every definition, so that the mistakes of those that nothing reads are found too."""
    rules = names.rules
    for item in rules.rounds.values():
        for anchor in item.anchors.values():
            attempt(names.anchor, anchor)
    others = defined_for(rules)
    for part in (rules.anchors, rules.values, rules.months, rules.record_sets, rules.monthly):
        for name, defined in part.items():
            people: list[Names] = [names.people[person] for person in others.get(name, ())]
            for whose in people or [names]:
                attempt(_find, whose, name, defined.place)
    names.reader = "rules"


def _find(names: Names, name: str, place: Place) -> None:
    with names.reporting(None, place):
        names.find(name)


def _inputs_read(
    ops: Recorder, lines: tuple[Line, ...], conditions: tuple[Condition, ...], others: tuple[Ref, ...]
) -> set[str]:
    """The timelines, record lists and attributes that some result depends on."""
    plan = ops.plan()
    outputs = [line.points.slot for line in lines]
    outputs += [condition.met.slot for condition in conditions] + [ref.slot for ref in others]
    found: set[str] = set()
    for slot in plan.needed(outputs):
        operation = plan.operations[slot]
        rows = operation.ranges_over.partition("#")[0]
        if rows:
            found.add(rows)
        if operation.kind in ("column", "column_given"):
            found.add(f"{rows}.{operation.params[0]}")
    return found


def _anchor_names(rules: Rules) -> list[str]:
    in_rounds = [name for item in rules.rounds.values() for name in item.anchors]
    return list(dict.fromkeys([*in_rounds, *rules.anchors]))


def _anchor(names: Names, name: str) -> Ref:
    value = names.find(name)
    assert value is not None and hasattr(value, "ref")
    ref: Ref = value.ref
    return ref
