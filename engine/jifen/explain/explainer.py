"""The explanation of a scorecard: the scorecard's own data, with what is only worked out when somebody asks why."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.backends.generate import generate
from jifen.document.diagnostics import Diagnostics
from jifen.explain import arithmetic
from jifen.explain.conditions import Taker, Tested
from jifen.explain.shortfall import Person, Telling, number_of, slots, told
from jifen.explain.timelines import covered, timelines_of
from jifen.language.expression import Expression
from jifen.language.months import Months
from jifen.language.reads import reads
from jifen.language.values import Num, Quotient, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy.inputs import input_types
from jifen.policy.model import Indicator, Requirement
from jifen.policy.names import Names
from jifen.policy.outcomes import as_names
from jifen.policy.outputs import of_value
from jifen.policy.record import record
from jifen.policy.recorded import Condition, Line
from jifen.rules.model import Accrue, Bands, Formula, PerRecord, PerUnit
from jifen.scorecard.card import Card
from jifen.scorecard.numbers import month_text

if TYPE_CHECKING:
    from jifen.scheme import Scheme
    from jifen.scorecard.content import Content


class _Line(NamedTuple):
    """What a line is explained with besides its own slots: its condition, its month set, what a formula reads."""

    line: Line
    tested: Tested | None
    months: Months | None
    read: tuple[tuple[Expression, Value], ...]


class Explainer:
    """Explains the scorecards of one policy. Made once; safe to share between threads."""

    def __init__(self, policy: Scheme, content: Content) -> None:
        self.policy = policy
        self.content = content
        rules = policy.rules
        ops = Recorder(input_types(rules))
        # The plan begins with that of the policy, slot by slot: what was recorded there is found again here.
        record(rules, ops, Diagnostics())
        names = Names(rules, ops, Diagnostics())
        recorded = policy.recorded
        taker = Taker(names)
        self._eligibility = [_tested(taker, condition) for condition in recorded.eligibility]
        gates = Taker(names, as_names(recorded.scores))
        self._gates = [_tested(gates, condition) for condition in recorded.gates]
        self._lines = {line.indicator.path: _line(names, line) for line in recorded.every_line()}
        refs: list[Ref] = [ref for one in (*self._eligibility, *self._gates) for ref in slots(one)]
        for one in self._lines.values():
            refs += _slots(one)
        found = tuple(dict.fromkeys(ref.slot for ref in refs))
        self._position = {slot: at for at, slot in enumerate(found)}
        self._program = generate(ops.plan(), found, policy.layout)
        self._telling = Telling(rules, content.in_words)

    def explain(self, card: Card) -> dict[str, Any]:
        """A scorecard with its explanation, as `schemas/scorecard.schema.json` describes it."""
        values = self._program(card.person.data)
        person = Person(
            lambda ref: values[self._position[ref.slot]], card.person.data.base, self._dates(card)
        )
        data: dict[str, Any] = json.loads(self.content.json(card))
        for tested, requirement in zip(self._eligibility, data["eligibility"], strict=True):
            requirement["test"] = told(tested, person, self._telling)
        for tested, gate in zip(self._gates, data["outcome"].get("gates", ()), strict=True):
            gate["test"] = told(tested, person, self._telling)
        for node in data["indicators"]:
            self._explain_line(node, person)
        data["timelines"] = covered(self.policy.rules, self.policy.layout, card.person)
        return data

    def _dates(self, card: Card) -> Callable[[str], list[int]]:
        layout, rows = self.policy.layout, card.person.data.rows
        tables = list(layout.columns)

        def dates(name: str) -> list[int]:
            at = layout.columns[name].index("date")
            return [row[at] for row in rows[tables.index(name)]]

        return dates

    # lines

    def _explain_line(self, node: dict[str, Any], person: Person) -> None:
        """Add to a line of the table, and to those it holds."""
        one = self._lines[node["path"]]
        for child in node.get("indicators", ()):
            self._explain_line(child, person)
        if one.tested is not None:
            node["test"] = told(one.tested, person, self._telling)
        for found in node.get("ledgers", ()):
            found["arithmetic"] = arithmetic.ledger(found)
        if one.months is not None:
            node["timelines"] = timelines_of(one.months)
            window = {"from": one.months.first, "to": one.months.end}
            node["window"] = {
                key: month_text(person.found(ref)) for key, ref in window.items() if ref is not None
            }
        for expression, value in one.read:
            if not isinstance(value, (Num, Quotient)):
                continue
            node["values"].append(
                {
                    "text": expression.text,
                    "in_words": self._telling.words.said(expression.text),
                    "value": str(number_of(value, person.found)),
                }
            )
        if not node["applies"]:
            return
        raw = one.line.scored.points
        scored = Fraction(int(person.found(raw)), raw.type.den)
        written = _written(one.line.indicator, node, scored)
        if written:
            node["arithmetic"] = written
        uncapped = Fraction(int(person.found(one.line.uncapped)), one.line.uncapped.type.den)
        if uncapped != scored:
            node["adjusted"] = {"before": str(scored), "after": str(uncapped)}
        choice = _choice(one.line.indicator, node)
        if choice is not None:
            node["choice"] = choice
        band = _band(one.line.indicator, node)
        if band is not None:
            node["band"] = band


def _tested(taker: Taker, condition: Condition) -> Tested:
    requirement = condition.requirement
    veto = isinstance(requirement, Requirement) and requirement.veto
    return taker.tested(requirement.expression, not veto)


def _line(names: Names, line: Line) -> _Line:
    indicator = line.indicator
    whose = names.people[indicator.person] if indicator.person else names
    taker = Taker(whose)
    tested = None if indicator.when is None else taker.tested(indicator.when)
    rule = indicator.rule
    months = taker.around.months(rule.months) if isinstance(rule, Accrue) else None
    formula = rule.expression if isinstance(rule, Formula) else None
    read: tuple[tuple[Expression, Value], ...] = ()
    if formula is not None:
        read = tuple((part, taker.around.value(part)) for part in reads(formula))
    return _Line(line, tested, months, read)


def _slots(one: _Line) -> list[Ref]:
    refs = [one.line.uncapped, one.line.scored.points]
    refs += [] if one.tested is None else slots(one.tested)
    if one.months is not None:
        refs += [ref for ref in (one.months.first, one.months.end) if ref is not None]
    return refs + [ref for _, value in one.read for ref in of_value(value)]


def _written(indicator: Indicator, node: Mapping[str, Any], points: Fraction) -> str | None:
    """The sum behind the points of a line; None where there is nothing to add, choose or multiply."""
    rule = indicator.rule
    if isinstance(rule, Formula):
        values = {item["text"]: item["value"] for item in node["values"]}
        return arithmetic.filled_in(
            rule.expression.tree,
            lambda part: values.get(ast.unparse(part).replace("'", '"')),
            points,
        )
    if isinstance(rule, PerUnit) and node["values"]:
        return arithmetic.units(Fraction(node["values"][-1]["value"]), rule.above, rule.unit, points)
    parts = [Fraction(part["points"]) for part in _parts(node)]
    if not parts or (len(parts) == 1 and parts[0] == points):
        return None
    combine = _combine(indicator)
    if combine in ("highest", "lowest"):
        return arithmetic.picked(combine, parts, points)
    parts = [part for part in parts if part]
    if combine != "sum" or not parts or (len(parts) == 1 and parts[0] == points):
        return None
    return arithmetic.summed(parts, points)


def _parts(node: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """What a line's points are made of: other lines, ledgers, or the records that count."""
    if "indicators" in node:
        found: Sequence[Mapping[str, Any]] = node["indicators"]
        return found
    if "records" in node:
        return [record for record in node["records"] if record["counted"]]
    return [ledger for ledger in node.get("ledgers", ()) if ledger["count"] or ledger["points"] != "0"]


def _combine(indicator: Indicator) -> str:
    rule = indicator.rule
    if isinstance(rule, (Accrue, PerRecord)):
        return rule.combine
    return indicator.combine


def _choice(indicator: Indicator, node: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where only one of several counts: which, and what lost with how many points."""
    combine, parts = _combine(indicator), _parts(node)
    if combine == "sum" or not parts:
        return None
    keys = [str(part.get("id", part.get("index"))) for part in parts]
    numbers = [Fraction(part["points"]) for part in parts]
    at: int | None = None
    if combine in ("highest", "lowest"):
        at = numbers.index((max if combine == "highest" else min)(numbers))
        if node["kind"] == "group":
            best = [k for k, part in enumerate(parts) if part["applies"] and numbers[k] == numbers[at]]
            at = best[0] if best else at
    elif combine == "first":
        at = next((k for k, part in enumerate(parts) if part["applies"]), None)
    else:
        chosen = next((item["value"] for item in reversed(node["values"])), None)
        at = keys.index(chosen) if chosen in keys else None
    lost = [{"id": keys[k], "points": parts[k]["points"]} for k in range(len(parts)) if k != at]
    return {"combine": combine.partition(":")[0], "counts": None if at is None else keys[at], "lost": lost}


def _band(indicator: Indicator, node: Mapping[str, Any]) -> int | None:
    """Which band holds the value, from 0; None for what has no bands."""
    rule = indicator.rule
    if not isinstance(rule, Bands) or not node["values"]:
        return None
    value = Fraction(node["values"][-1]["value"])
    for at, step in enumerate(rule.steps):
        if step.end is None or value < step.end or (step.inside and value == step.end):
            return at
    return None
