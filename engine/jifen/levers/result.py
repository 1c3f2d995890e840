"""Ways to the line: what was found, as data that does not change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jifen.errors import ApplicantError
from jifen.levers.search import Fall
from jifen.levers.stage import Verdict
from jifen.policy.terms import Cite, Text

if TYPE_CHECKING:
    from jifen.policy.model import Round
    from jifen.scheme import Scheme
    from jifen.scorecard.card import Card


State = Literal["open", "opens_later", "not_presumed", "left_out"]


class Option(NamedTuple):
    """A lever of the policy for this applicant. `begun` and `done` are the first days on which it could be.

    `state` is `open` where it can be begun at once, `opens_later` where it can after another lever or some time,
    `not_presumed` where what it presumes never holds, `left_out` where the caller did not ask for it.
    """

    name: str
    label: Text
    note: Text
    takes: int
    begun: str
    done: str
    state: State
    cite: tuple[Cite, ...]

    @property
    def open(self) -> bool:
        """Whether it was looked at."""
        return self.state in ("open", "opens_later")


class Step(NamedTuple):
    """A lever of a way. `alone`: what it adds without the others; `together`: what is lost where it is left out.

    A lever that only another opens adds nothing alone, and is lost with the other. `without` is what the applicant
    comes to where it alone is left out; it never reaches the line.
    """

    name: str
    label: Text
    begun: str
    done: str
    alone: Fraction
    together: Fraction
    without: Verdict
    cite: tuple[Cite, ...]


class Loss(NamedTuple):
    """A line that gives less, or a requirement (`met` is True before and False after).

    `because` is `levers`, against doing nothing on the same day, or `waiting`, against the first day tried.
    """

    name: str
    label: Text
    because: str
    before: Fraction
    after: Fraction
    requirement: bool


@dataclass(frozen=True)
class Way:
    """A set of levers with which the line is reached on a day, and without any of which it is not.

    `card` is the scorecard of the applicant so changed, under the rules then in force; it is the proof. Without any
    step, waiting is enough. `on_the_way` tells where the levers leave less than doing nothing before that day.
    """

    date: str
    policy: Scheme
    card: Card
    line: Fraction | None
    steps: tuple[Step, ...]
    losses: tuple[Loss, ...]
    on_the_way: Fall | None
    in_force: bool

    @property
    def levers(self) -> tuple[str, ...]:
        """The names of the levers."""
        return tuple(step.name for step in self.steps)

    @property
    def round(self) -> Round | None:
        """The round of that day; one of a later year than the policy states says so in its label."""
        return self.card.policy.round_on(self.card.person.date)

    @property
    def total(self) -> Fraction:
        """The total reached."""
        return self.card.total


class Best(NamedTuple):
    """The nearest that was found: levers, the day, and what they come to."""

    levers: tuple[str, ...]
    date: str
    verdict: Verdict


@dataclass(frozen=True)
class Ways:
    """Every least combination of levers that reaches the line, the earliest first, then the one with fewest levers.

    A combination is left out where a part of it reaches the line as early. `now` is what the applicant comes to on
    the first day tried, doing nothing; None where there is no day on which to apply. `best` is the highest total of
    an eligible applicant (of any, where none is eligible) where nothing reaches the line, else None. `unreadable`
    names the policies under which the data cannot be scored, with the reason; `beyond` is the last day of the last
    version, where days after it were tried.
    """

    policy: Scheme
    applicant: str
    date: str
    by: str
    target: Fraction | None
    options: tuple[Option, ...]
    now: Best | None
    line: Fraction | None
    ways: tuple[Way, ...]
    best: Best | None
    days: tuple[str, ...]
    combinations: int
    unreadable: Mapping[str, ApplicantError]
    beyond: str

    def to_dict(self) -> dict[str, Any]:
        """The ways as data, as `schemas/ways.schema.json` describes it."""
        from jifen.levers.content import content

        return content(self)

    def to_json(self) -> str:
        """The same as canonical JSON."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
