"""`per_record`: points for each record of a list."""

from __future__ import annotations

from jifen.language.evaluate import asked
from jifen.language.mistakes import Broken
from jifen.language.values import Num, One, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.model import Points, Text
from jifen.rules.model import PerRecord
from jifen.rules.scoring import Around, RecordPoints, Scored


def per_record(rule: PerRecord, around: Around) -> Scored:
    """Points of the records that are kept, lie in the window, and lead their group; then caps, then the combination."""
    policy, ops = around.policy, around.ops
    records = policy.records
    base = records.base(rule.of, rule.place)
    rows, condition, at_most = base.rows, base.condition, base.at_most
    scope = records.scope(rows)
    choice = _choice(rule.by, rule, around, rows) if rule.by else None
    reasons: list[tuple[Text, tuple[str, ...]]] = []
    failed = ops.number(-1)

    def require(ref: Ref, text: Text, cite: tuple[str, ...] = ()) -> None:
        nonlocal condition, failed
        fails = ops.both(condition, ops.invert(ref))
        failed = ops.choose(fails, ops.number(len(reasons)), failed)
        reasons.append((text, cite))
        condition = ops.both(condition, ref)

    require(condition, {"zh": "不属于所计的记录", "en": "not one of the records that count"})
    for step in records.steps(scope, rule.keep):
        assert step.ref is not None
        require(step.ref, step.reason.text, step.reason.cite)
    outside = {"zh": "不在所计期间内", "en": "outside the window"}
    if rule.within:
        require(records.within(rows, rule.within), outside)
    for option, within in rule.option_within:
        if choice is None or option not in choice.options:
            continue
        other = ops.invert(ops.equal(choice.ref, ops.option(choice.options.index(option))))
        require(ops.either(other, records.within(rows, within)), outside)

    given = frozenset().union(*(asked(step.when) for step in rule.keep if step.when is not None))
    inner = Around(policy, around.present | given, {}, scope)
    if rule.tiers:
        points = _tiered(rule, inner, choice, _order(rule, around, rows, condition, at_most))
    else:
        assert rule.points is not None
        points = _table(rule.points, inner, choice)
    if rule.rounding:
        points = ops.round(points, rule.rounding.to, rule.rounding.ties)
    if rule.distinct:
        group = scope.find(rule.distinct)
        if not isinstance(group, (Num, One)):
            attributes = list(policy.rules.records[rows].attributes)
            policy.unknown(
                rule.distinct, attributes, messages.UNKNOWN_DEFINITION, rule.place, "attribute", "属性"
            )
        assert isinstance(group, (Num, One))
        leads = ops.leader(rows, condition, group.ref, points, rule.counts_highest)
        require(leads, {"zh": "同一事项只计一次", "en": "the same act counts once"})
    return Scored(
        _total(rule, around, rows, condition, points, at_most),
        records=RecordPoints(rows, failed, tuple(reasons), points),
    )


def _total(rule: PerRecord, around: Around, rows: str, condition: Ref, points: Ref, at_most: int) -> Ref:
    ops = around.ops
    if rule.combine == "highest":
        return ops.best(rows, condition, points)
    if rule.combine == "lowest":
        return ops.least(rows, condition, points)
    if rule.yearly_cap is not None:
        year = ops.year(ops.column(rows, "date"))
        return ops.capped_total(rows, condition, points, year, rule.yearly_cap, at_most)
    return ops.total(rows, condition, points, at_most)


def _choice(name: str, rule: PerRecord, around: Around, rows: str) -> One:
    value: Value | None = around.policy.records.scope(rows).find(name)
    if isinstance(value, One):
        return value
    attributes = list(around.policy.rules.records[rows].attributes)
    around.policy.unknown(
        name, attributes, messages.UNKNOWN_DEFINITION, rule.place, "attribute with options", "选项属性"
    )
    raise Broken(name)


def _order(rule: PerRecord, around: Around, rows: str, condition: Ref, at_most: int) -> Ref:
    """The place of each record by its date, among all of them or among those with the same option of `each`."""
    ops = around.ops
    date = ops.column(rows, "date")
    if not rule.each:
        return ops.ordinal(rows, condition, date, at_most)
    attribute = _choice(rule.each, rule, around, rows)
    order = ops.number(0)
    for position in range(len(attribute.options)):
        same = ops.both(condition, ops.equal(attribute.ref, ops.option(position)))
        order = ops.add(order, ops.ordinal(rows, same, date, at_most))
    return order


def _table(points: Points, inner: Around, choice: One | None) -> Ref:
    if choice is None:
        if points.single is None:
            inner.mistake(messages.NEEDS_POINTS, points.place, wanted="by")
        return inner.points(points.single)
    return inner.by_option(choice.ref, inner.table(points, choice.name, choice.options))


def _tiered(rule: PerRecord, inner: Around, choice: One | None, order: Ref) -> Ref:
    ops = inner.ops
    points = _table(rule.tiers[-1].points, inner, choice)
    end = sum(tier.first or 0 for tier in rule.tiers)
    for tier in reversed(rule.tiers[:-1]):
        points = ops.choose(ops.at_most(order, ops.number(end)), _table(tier.points, inner, choice), points)
        end -= tier.first or 0
    return points
