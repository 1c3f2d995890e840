"""`per_unit`: points for each full unit of a number."""

from fractions import Fraction

from jifen.language.values import Quotient
from jifen.plan.slots import Ref
from jifen.rules.model import PerUnit
from jifen.rules.scoring import Around, Scored


def per_unit(rule: PerUnit, around: Around) -> Scored:
    """The free part is taken off, never below nothing; the rest counts in full units."""
    ops = around.ops
    value = around.value(rule.of)
    if isinstance(value, Quotient):
        above = ops.subtract(value.above.ref, ops.multiply(value.below.ref, ops.number(rule.above)))
        units = ops.floor_quotient(above, ops.multiply(value.below.ref, ops.number(rule.unit)))
    else:
        value = around.number(rule.of, "`per_unit`")
        rest = ops.subtract(value.ref, ops.number(rule.above))
        units = ops.floor(ops.multiply(rest, ops.number(1 / rule.unit)))
    units = ops.maximum(units, ops.number(Fraction(0)))
    points: Ref = ops.multiply(units, around.points(rule.points))
    return Scored(points, reads=((rule.of.text, value),))
