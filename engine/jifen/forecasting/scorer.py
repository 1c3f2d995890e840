"""A policy scored on any day, with the dates to which a round settles set free.

In a round the day of application and the day to which points are settled go together. To find the day on which
something changes between two rounds, each is moved by itself; and a round that is moved on by whole years settles to
a day moved on with it. So the plan is used with the anchors of the rounds as inputs.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any, cast

from jifen.api import Policy, Scorecard
from jifen.applicant.read import Person
from jifen.backends.generate import generate
from jifen.backends.inputs import Data, Layout
from jifen.plan.plan import Operation, Plan
from jifen.scorecard.content import Content

Settled = Mapping[str, int]
"""The anchors of a round by name, as YYYYMMDD."""


class Scorer:
    """One policy on any day. Immutable but for what it makes when first asked."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        recorded, plan = policy.recorded, policy.plan
        operations = list(plan.operations)
        slots: dict[int, str] = {}
        in_rounds = [name for item in policy.rules.rounds.values() for name in item.anchors]
        for name in dict.fromkeys(in_rounds):
            ref = recorded.anchors[name]
            operation = operations[ref.slot]
            if ref.slot not in slots and operation.kind not in ("const", "fact"):
                slots[ref.slot] = name
                operations[ref.slot] = Operation("fact", (), (f"@{name}",), operation.type, "")
        self.inputs = tuple(slots.values())
        """The anchors of the rounds that are free; two that are always equal are one."""
        layout = policy.layout
        wide = Layout((*layout.facts, *(f"@{name}" for name in self.inputs)), layout.given, layout.columns)
        freed = Plan(tuple(operations))
        self._program = generate(freed, (*policy.core.slots, *policy.explained.slots), wide)
        self._brief = generate(freed, policy.core.slots, wide)
        self._anchors = generate(plan, tuple(slots), layout) if slots else None

    @cached_property
    def content(self) -> Content:
        """Writes scorecards without their open readings, which would be compiled one by one."""
        return Content(self.policy, with_readings=False)

    def settled(self, person: Person) -> dict[str, int]:
        """The anchors of the round that is open on a person's date."""
        if self._anchors is None:
            return {}
        found = self._anchors(person.data)
        return {name: cast(int, day) for name, day in zip(self.inputs, found, strict=True)}

    def card(self, person: Person, settled: Settled, round_name: str = "") -> Scorecard:
        """The scorecard of a person whose round settles so, with all that its explanation needs."""
        values = self._program(self._data(person, settled))
        core = len(self.policy.core.slots)
        card = Scorecard(self.policy, person, values[:core])
        card.__dict__["detail"] = values[core:]
        card.__dict__["round"] = round_name
        return card

    def brief(self, person: Person, settled: Settled) -> Scorecard:
        """The same without the explanation."""
        return Scorecard(self.policy, person, self._brief(self._data(person, settled)))

    def told(self, card: Scorecard) -> dict[str, Any]:
        """A card as data."""
        found: dict[str, Any] = json.loads(self.content.json(card))
        return found

    def _data(self, person: Person, settled: Settled) -> Data:
        extra = tuple(settled[name] for name in self.inputs)
        return person.data._replace(facts=(*person.data.facts, *extra)) if extra else person.data
