"""A published score: what the office printed, and how printed numbers are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.applicant.values import Wrong, day
from jifen.document.diagnostics import suggest
from jifen.errors import ApplicantError, Problem
from jifen.review import messages
from jifen.scorecard.numbers import date_text

if TYPE_CHECKING:
    from jifen.api import Policy, Scorecard


class Printing(NamedTuple):
    """How an exact number was printed: to a multiple of `to` (None: as it is), to the nearest or cut off."""

    to: Fraction | None = Fraction(1, 100)
    cut: bool = False

    def printed(self, number: Fraction) -> Fraction:
        """The number as printed; halves go away from zero."""
        if self.to is None:
            return number
        units = abs(number) / self.to
        whole = units.numerator // units.denominator if self.cut else (2 * units + 1) // 2
        return (-whole if number < 0 else whole) * self.to

    @property
    def blur(self) -> Fraction:
        """How far a number may lie from what is printed of it."""
        if self.to is None:
            return Fraction(0)
        return self.to if self.cut else self.to / 2


class Published(NamedTuple):
    """The score as published. `parts` is by path, in the order of the table; `date` is YYYYMMDD."""

    policy: str
    applicant: str
    date: int
    total: Fraction | None
    parts: Mapping[str, Fraction]
    printing: Printing


def read_published(data: Mapping[str, Any], policy: Policy, card: Scorecard) -> Published:
    """A published score whose shape is right, held against the policy and the card that it is compared with.

    Raises ApplicantError with every problem: an unknown part, a number that cannot have been printed so, another
    policy or applicant, a date before the application.
    """
    problems: list[Problem] = []
    printing = _printing(data.get("rounding"))
    parts = _parts(data["parts"], policy, printing, problems)
    total = None if data.get("total") is None else _points(data["total"], "total", printing, problems)
    date = 0
    try:
        date = day(data["date"])
    except Wrong as wrong:
        problems.append(Problem("date", wrong.message, wrong.args_))
    else:
        if date < card.person.date:
            dates = {"published": date_text(date), "applied": date_text(card.person.date)}
            problems.append(Problem("date", messages.TOO_EARLY, dates))
    applicant = str(data.get("applicant", ""))
    if applicant and applicant != card.person.id:
        names = {"published": applicant, "applicant": card.person.id}
        problems.append(Problem("applicant", messages.OTHER_APPLICANT, names))
    if data["policy"] != policy.id:
        ids = {"published": str(data["policy"]), "policy": policy.id}
        problems.append(Problem("policy", messages.OTHER_POLICY, ids))
    if problems:
        raise ApplicantError(problems)
    order = {line.indicator.path: at for at, line in enumerate(policy.recorded.every_line())}
    sorted_parts = {path: parts[path] for path in sorted(parts, key=order.__getitem__)}
    return Published(policy.id, applicant, date, total, sorted_parts, printing)


def _parts(
    given: Mapping[str, object], policy: Policy, printing: Printing, problems: list[Problem]
) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    named: dict[str, str] = {}
    for name, value in given.items():
        try:
            path = policy.line(name).indicator.path
        except KeyError:
            near = suggest(name, [line.indicator.name for line in policy.recorded.every_line()])
            args = {"name": name, **({"near": near} if near else {})}
            problems.append(Problem(f"parts.{name}", messages.UNKNOWN_PART, args))
            continue
        if path in named:
            args = {"name": path, "first": named[path], "second": name}
            problems.append(Problem(f"parts.{name}", messages.TWO_PARTS, args))
        named[path] = name
        found[path] = _points(value, f"parts.{name}", printing, problems)
    return found


def _points(value: object, path: str, printing: Printing, problems: list[Problem]) -> Fraction:
    points = Fraction(str(value))
    if printing.printed(points) != points:
        args = {"value": str(value), "to": str(printing.to)}
        problems.append(Problem(path, messages.OFF_THE_GRID, args))
    return points


def _printing(given: object) -> Printing:
    if given is None:
        return Printing()
    if not isinstance(given, Mapping):
        return Printing(None)
    return Printing(Fraction(str(given["to"])), given.get("by") == "cut")
