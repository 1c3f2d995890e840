"""What is missing of an applicant, and what is noted of it while the data is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

from jifen.backends.bounds import Uncertain
from jifen.backends.bounds_values import Root
from jifen.errors import Problem
from jifen.policy.model import Input, RecordList, Timeline

Apply = Callable[[Uncertain], Uncertain]

NewRoot = Callable[[int, bool], Root]
"""Makes a root with so many cases, local or not, of one missing input."""


class Answer(NamedTuple):
    """One answer to what is missing, and the data once it has been given.

    `value` is an option, a list of them, true, false or an empty list; None: not given, or one of many values.
    """

    value: object
    apply: Apply


@dataclass(frozen=True)
class Missing:
    """A missing input: its bit in `Value.deps`, its path as the caller writes it, and what it is.

    `kind` is that of the input (choice, boolean, date, integer, number, money), or timeline, records or month.
    `answers` are all that there are where `complete`, else those that are tried.
    """

    number: int
    path: str
    kind: str
    declared: Input | Timeline | RecordList
    where: tuple[str, ...]
    """Section and name in the policy, for another person's input `person.name`, then an attribute, or `from`, `to` or
    `date`."""
    answers: tuple[Answer, ...]
    complete: bool


class Notes:
    """What is missing so far, and the problems found. `today` is the day of application."""

    def __init__(self, today: int, problems: list[Problem]) -> None:
        self.today = today
        self.problems = problems
        self.missing: list[Missing] = []
        self._numbers = count()
        self._roots = count()

    def number(self) -> int:
        """The number of another missing input."""
        return next(self._numbers)

    def roots_of(self, number: int) -> NewRoot:
        """Makes the roots of one missing input."""
        return lambda cases, local: Root(next(self._roots), cases, 1 << number, local)


def path_of(section: str, name: str) -> str:
    """The path of an input: below its person, where it is somebody else's."""
    person, _, own = name.rpartition(".")
    return f"people.{person}.{section}.{own}" if person else f"{section}.{name}"
