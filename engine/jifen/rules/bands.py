"""`bands`: points by where a number lies."""

import ast
from fractions import Fraction

from jifen.language.operators import compare
from jifen.language.values import Num, Quotient, Value
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.rules.model import Bands, BandStep
from jifen.rules.scoring import Around, Scored


def bands(rule: Bands, around: Around) -> Scored:
    """The points of the first band that holds the number; a band that the number's range never meets is a mistake."""
    ops = around.ops
    value = around.value(rule.of)
    if not isinstance(value, Quotient):
        value = around.number(rule.of, "bands")
    own: dict[str, Value] = {"value": Num(value.ref)} if isinstance(value, Num) else {"value": value}
    inner = Around(around.policy, around.present, own)
    conditions: list[Ref] = []
    for step in rule.steps:
        conditions.append(_below(step, value, around))
        _reachable(step, conditions, around)
    found = inner.points(rule.steps[-1].points)
    for step, condition in zip(reversed(rule.steps[:-1]), reversed(conditions[:-1]), strict=True):
        found = ops.choose(condition, inner.points(step.points), found)
    return Scored(found, reads=((rule.of.text, value),))


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
