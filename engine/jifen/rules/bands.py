"""`bands`: points by where a number lies."""

import ast
from fractions import Fraction
from math import ceil, floor

from jifen.language.operators import compare
from jifen.language.values import Num, Quotient, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.rows import names_in
from jifen.rules.model import Bands, BandStep
from jifen.rules.scoring import Around, Scored


def bands(rule: Bands, around: Around) -> Scored:
    """The points of the first band that holds the number; a band that the number's range never meets is a mistake."""
    ops = around.ops
    value = around.value(rule.of)
    if not isinstance(value, Quotient):
        value = around.number(rule.of, "bands")
    conditions: list[Ref] = []
    for step in rule.steps:
        conditions.append(_below(step, value, around))
        _reachable(step, conditions, around)
    points = []
    for step, before in zip(rule.steps, (None, *rule.steps), strict=False):
        own: Value = _inside(ops, value, before, step) if isinstance(value, Num) else value
        points.append(Around(around.policy, around.present, {"value": own}).points(step.points))
    found = points[-1]
    for condition, these in zip(reversed(conditions[:-1]), reversed(points[:-1]), strict=True):
        found = ops.choose(condition, these, found)
    return Scored(found, reads=((rule.of.text, value),))


def _inside(ops: Recorder, value: Num, before: BandStep | None, step: BandStep) -> Num:
    """The number, held within a band, so that what is computed from it has the band's range and no wider one."""
    ref, den = value.ref, value.ref.type.den
    if "value" not in names_in(step.points):
        return Num(ref)
    if before is not None and before.end is not None:
        low = floor(before.end * den) + 1 if before.inside else ceil(before.end * den)
        ref = ops.maximum(ref, ops.number(Fraction(low, den)))
    if step.end is not None:
        high = floor(step.end * den) if step.inside else ceil(step.end * den) - 1
        ref = ops.minimum(ref, ops.number(Fraction(high, den)))
    return Num(ref)


def _below(step: BandStep, value: Num | Quotient, around: Around) -> Ref:
    if step.end is None:
        return around.ops.truth(True)
    end = Num(around.ops.number(step.end))
    return compare(around.ops, ast.LtE if step.inside else ast.Lt, value, end)


def _reachable(step: BandStep, conditions: list[Ref], around: Around) -> None:
    ops = around.ops
    if ops.constant(conditions[-1]) == Fraction(0):
        around.mistake(
            messages.BAND_UNREACHABLE,
            step.place,
            why=f"the number is always above {step.end}",
            why_zh=f"该数值总大于 {step.end}",
        )
    if len(conditions) > 1 and ops.constant(conditions[-2]) == Fraction(1):
        around.mistake(
            messages.BAND_UNREACHABLE,
            step.place,
            why="the step before it takes every value the number can have",
            why_zh="上一档已包括该数值的全部可能",
        )
