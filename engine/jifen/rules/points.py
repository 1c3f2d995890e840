"""`points`: given once. `formula`: an expression."""

from jifen.rules.model import Flat, Formula
from jifen.rules.scoring import Around, Scored


def flat(rule: Flat, around: Around) -> Scored:
    """The points as stated."""
    return Scored(around.points(rule.points))


def formula(rule: Formula, around: Around) -> Scored:
    """The points that the expression gives."""
    points = around.points(rule.expression)
    return Scored(points)
