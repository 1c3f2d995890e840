"""The types of a policy's inputs on the plan."""

from __future__ import annotations

from fractions import Fraction

from jifen.plan import types
from jifen.plan.types import Type
from jifen.policy.model import Input, Rules
from jifen.policy.rows import SPLIT, STARTED

MOST_MONEY = 1_000_000_000
MOST = 1_000_000


def input_types(rules: Rules) -> dict[str, Type]:
    """The type of every fact (`name`), attribute (`rows.name`), month of a spell and date of a record."""
    found = {"date": types.DATE}
    found |= {name: input_type(item) for name, item in rules.facts.items()}
    for timeline in rules.timelines.values():
        for suffix in ("", STARTED, SPLIT, STARTED + SPLIT):
            rows = timeline.name + suffix
            found |= {f"{rows}.{name}": input_type(item) for name, item in timeline.attributes.items()}
            found[f"{rows}.from"] = found[f"{rows}.to"] = types.MONTH
    for records in rules.records.values():
        found |= {f"{records.name}.{name}": input_type(item) for name, item in records.attributes.items()}
        found[f"{records.name}.date"] = types.DATE
    return found


def input_type(item: Input) -> Type:
    """The type of one input: money in hundredths, numbers to their declared decimals."""
    if item.type == "date":
        return types.DATE
    if item.type == "boolean":
        return types.TRUTH
    if item.type == "choice":
        return (types.choices if item.many else types.choice)(len(item.options))
    den, high = {"money": (100, MOST_MONEY), "integer": (1, MOST)}.get(item.type, (10**item.decimals, MOST))
    low_end = item.low if item.low is not None else Fraction(0)
    high_end = item.high if item.high is not None else Fraction(high)
    return types.number(den, -int(-low_end * den // 1), int(high_end * den // 1))
