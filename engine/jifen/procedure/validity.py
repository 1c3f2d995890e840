"""Until when a result is valid, when it is renewed, and what is left when that has passed."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from jifen.policy.model import Rules
from jifen.policy.procedure_model import Term
from jifen.policy.terms import Cite, Text
from jifen.procedure.clock import Clock, Doubt
from jifen.procedure.windows import procedure_of

Phase = Literal["valid", "renewable", "grace", "late", "over"]


class Span(NamedTuple):
    """The days of a result's validity, each the last or first that belongs to it; None where the policy names none.

    `until` is its last day. From `renew_from` it is renewed, to `grace_to` with nothing lost, to `renew_to` at all.
    """

    until: date
    renew_from: date | None
    grace_to: date | None
    renew_to: date | None
    after_grace: Text
    doubts: tuple[Doubt, ...]
    cite: tuple[Cite, ...]

    def phase(self, day: date) -> Phase:
        """Where a day lies: `late` is past the grace, and `over` when nothing can be renewed any more."""
        if day <= self.until:
            return "renewable" if self.renew_from is not None and day >= self.renew_from else "valid"
        if self.grace_to is not None and day <= self.grace_to:
            return "grace"
        if self.renew_to is not None and day <= self.renew_to:
            return "late"
        return "over"


def validity(rules: Rules, until: date) -> Span | None:
    """The validity of a result that lasts until a day; None where the policy's outcome says nothing of it.

    Raises JifenError where the policy states no procedure, whose calendar the terms need.
    """
    found = rules.outcome.validity
    if found is None:
        return None
    clock = Clock(procedure_of(rules))
    doubts: list[Doubt] = []

    def moved(term: Term | None, back: bool) -> date | None:
        if term is None:
            return None
        day, more = clock.reached(term._replace(before="until" if back else "", since=""), until)
        doubts.extend(more)
        return day

    renewal = found.renewal
    opens = moved(renewal.opens, True) if renewal else None
    grace = moved(renewal.grace, False) if renewal else None
    ends = moved(renewal.ends, False) if renewal else None
    after = renewal.after_grace if renewal else ""
    return Span(until, opens, grace, ends, after, tuple(dict.fromkeys(doubts)), found.cite)
