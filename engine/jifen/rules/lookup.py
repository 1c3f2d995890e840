"""`lookup`: points by the option of a choice."""

from jifen.language.values import Many
from jifen.rules.model import Lookup
from jifen.rules.scoring import Around, Scored


def lookup(rule: Lookup, around: Around) -> Scored:
    """The points of the option chosen; of several options at once, the sum of theirs."""
    choice = around.choice(rule.of, "`lookup`")
    rates = around.table(rule.points, choice.name, choice.options, rule.default)
    reads = ((rule.of.text, choice),)
    if not isinstance(choice, Many):
        return Scored(around.by_option(choice.ref, rates), reads=reads)
    ops = around.ops
    total = ops.number(0)
    for position, rate in enumerate(rates):
        total = ops.add(total, ops.choose(ops.contains(choice.ref, position), rate, ops.number(0)))
    return Scored(total, reads=reads)
