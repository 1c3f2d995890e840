"""`bands`: points by where a number lies."""

import ast
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from jifen.language.mistakes import Broken, each
from jifen.language.operators import compare
from jifen.language.values import Num, Quotient, Value
from jifen.language.written import written
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
        value = around.number(rule.of, "`bands`")
    if not rule.steps:
        raise Broken("steps")
    conditions = [_below(step, value, around) for step in rule.steps]
    _check_reach(rule.steps, conditions, around)
    inner = []
    for step, before in zip(rule.steps, (None, *rule.steps), strict=False):
        own: Value = _inside(ops, value, before, step) if isinstance(value, Num) else value
        inner.append((Around(around.policy, around.present, {"value": own}), step.points))
    points = each(lambda pair: pair[0].points(pair[1]), inner)
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


def _check_reach(steps: Sequence[BandStep], conditions: Sequence[Ref], around: Around) -> None:
    """Every step takes some values that the number can have, and every value has a step."""
    ops, diagnostics = around.ops, around.policy.diagnostics
    for position, step in enumerate(steps):
        if step.end is not None and ops.constant(conditions[position]) == 0:
            above, above_zh = ("above", "大于") if step.inside else ("at least", "不小于")
            end = written(step.end)
            why = {"why": f"the number is always {above} {end}", "why_zh": f"该数值总{above_zh} {end}"}
            diagnostics.add(messages.BAND_UNREACHABLE, step.place, True, **why)
        elif position and steps[position - 1].end is not None and ops.constant(conditions[position - 1]) == 1:
            why = {"why": "the number never lies above the step before it", "why_zh": "该数值不会超出上一档"}
            diagnostics.add(messages.BAND_UNREACHABLE, step.place, True, **why)
            return
    last = steps[-1]
    if last.end is not None and ops.constant(conditions[-1]) != 1:
        end = written(last.end)
        beyond, beyond_zh = (
            (f"above {end}", f"大于 {end} ") if last.inside else (f"from {end} up", f"{end} 及以上")
        )
        diagnostics.add(messages.BAND_GAP, last.place, beyond=beyond, beyond_zh=beyond_zh)
