"""`per_record`: points for each record of a list."""

from __future__ import annotations

from jifen.language.expression import Expression
from jifen.language.mistakes import each
from jifen.language.values import Num, One
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.parts import BROKEN
from jifen.policy.terms import Points, Text
from jifen.rules.model import PerRecord
from jifen.rules.scoring import Around, RecordPoints, Scored


def per_record(rule: PerRecord, around: Around) -> Scored:
    """Points of the records that are kept, lie in the window, and lead their group; then caps, then the combination."""
    ops, records = around.ops, around.policy.records
    whole = records.base(rule.of)
    rows = whole.rows
    scope = records.scope(rows)
    filtered = _Filter(ops, whole.condition)
    steps, present = records.asking_steps(scope, rule.keep, around.present)
    for step in steps:
        assert step.ref is not None
        filtered.require(step.ref, step.reason.text, step.reason.cite)
    inner = Around(around.policy, present, {}, scope)
    choice = _choice(rule.by, inner, "`by`") if rule.by else None
    outside = {"zh": "不在所计期间内", "en": "outside the window"}
    if rule.within:
        filtered.require(records.within(rows, rule.within), outside)
    for option, within in rule.option_within:
        if choice is not None and option in choice.options:
            other = ops.invert(ops.equal(choice.ref, ops.option(choice.options.index(option))))
            filtered.require(ops.either(other, records.within(rows, within)), outside)
    if rule.tiers:
        order = _order(rule, inner, rows, filtered.condition, whole.at_most)
        points = _tiered(rule, inner, choice, order)
    else:
        points = _table(rule.points or Points(BROKEN, {}, {}, rule.place), inner, choice)
    if rule.rounding:
        points = ops.round(points, rule.rounding.to, rule.rounding.ties)
    if rule.distinct:
        group = inner.value(rule.distinct)
        if not isinstance(group, (Num, One)):
            group = inner.policy.typed(group, One, rule.distinct, "`distinct`")
        assert isinstance(group, (Num, One))
        leads = ops.leader(rows, filtered.condition, group.ref, points, rule.counts_highest)
        filtered.require(leads, {"zh": "同一事项只计一次", "en": "the same act counts once"})
    return Scored(
        _total(rule, around, rows, filtered.condition, points, whole.at_most),
        records=RecordPoints(rows, filtered.failed, tuple(filtered.reasons), points),
    )


class _Filter:
    """Which records are left, and for each of the others the first reason why it is not."""

    def __init__(self, ops: Recorder, condition: Ref) -> None:
        self.ops = ops
        self.condition = ops.truth(True)
        self.failed = ops.number(-1)
        self.reasons: list[tuple[Text, tuple[str, ...]]] = []
        self.require(condition, {"zh": "不属于所计的记录", "en": "not one of the records that count"})

    def require(self, ref: Ref, text: Text, cite: tuple[str, ...] = ()) -> None:
        """Leave out the records for which `ref` does not hold."""
        ops = self.ops
        fails = ops.both(self.condition, ops.invert(ref))
        self.failed = ops.choose(fails, ops.number(len(self.reasons)), self.failed)
        self.reasons.append((text, cite))
        self.condition = ops.both(self.condition, ref)


def _total(rule: PerRecord, around: Around, rows: str, condition: Ref, points: Ref, at_most: int) -> Ref:
    ops = around.ops
    if rule.combine == "highest":
        return ops.best(rows, condition, points)
    if rule.combine == "lowest":
        return ops.least(rows, condition, points)
    if rule.yearly_cap is not None:
        year = ops.year(ops.column(rows, "date"))
        years = (rule.within.calendar_years or None) if rule.within else None
        return ops.capped_total(rows, condition, points, year, rule.yearly_cap, at_most, years)
    return ops.total(rows, condition, points, at_most)


def _choice(expression: Expression, inner: Around, where: str) -> One:
    value = inner.policy.typed(inner.value(expression), One, expression, where)
    assert isinstance(value, One)
    return value


def _order(rule: PerRecord, inner: Around, rows: str, condition: Ref, at_most: int) -> Ref:
    """The place of each record by its date, among all of them or among those with the same option of `each`."""
    ops = inner.ops
    date = ops.column(rows, "date")
    if not rule.each:
        return ops.ordinal(rows, condition, date, at_most)
    attribute = _choice(rule.each, inner, "`each`")
    order = ops.number(0)
    for position in range(len(attribute.options)):
        same = ops.both(condition, ops.equal(attribute.ref, ops.option(position)))
        order = ops.add(order, ops.ordinal(rows, same, date, at_most))
    return order


def _table(points: Points, inner: Around, choice: One | None) -> Ref:
    if choice is None:
        if points.single is None:
            inner.mistake(messages.TABLE_WITHOUT_OPTIONS, points.place, wanted="`by`")
        return inner.points(points.single)
    return inner.by_option(choice.ref, inner.table(points, choice.name, choice.options))


def _tiered(rule: PerRecord, inner: Around, choice: One | None, order: Ref) -> Ref:
    ops = inner.ops
    found = each(lambda tier: _table(tier.points, inner, choice), rule.tiers)
    points, end = found[-1], sum(tier.first or 0 for tier in rule.tiers[:-1])
    for tier, mine in zip(reversed(rule.tiers[:-1]), reversed(found[:-1]), strict=True):
        points = ops.choose(ops.at_most(order, ops.number(end)), mine, points)
        end -= tier.first or 0
    return points
