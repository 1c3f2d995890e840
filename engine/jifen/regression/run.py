"""Runs cases: what was expected, what the policy says, and where both are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jifen.api import Policy, load
from jifen.document.diagnostics import suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import ApplicantError
from jifen.regression.cases import Case, cases_files, read_cases
from jifen.scorecard.numbers import shown
from jifen.scorecard.scorecard import Scorecard


class Difference(NamedTuple):
    """One expectation that does not hold: what, where it is written, and both values."""

    what: str
    place: Place
    expected: str
    actual: str

    def text(self, lang: str) -> str:
        """One line."""
        if lang == "zh":
            return f"{self.place}: {self.what}：应为 {self.expected}，实为 {self.actual}"
        return f"{self.place}: {self.what}: expected {self.expected}, got {self.actual}"


class Outcome(NamedTuple):
    """A case and what differs; nothing when it passes."""

    case: Case
    differences: tuple[Difference, ...]


class Runner:
    """Runs cases; each policy is loaded once for each choice of readings."""

    def __init__(self) -> None:
        self._policies: dict[tuple[Path, tuple[tuple[str, str], ...]], Policy] = {}

    def policy(self, case: Case) -> Policy:
        """The policy beside the case's file, under the case's readings."""
        path = case.file.with_name(case.file.name.removesuffix(".cases.yaml") + ".yaml")
        readings = tuple(sorted(case.readings.items()))
        key = (path, readings)
        if key not in self._policies:
            plain = self._policies.get((path, ())) or load(path)
            self._policies[path, ()] = plain
            self._policies[key] = plain.with_readings(case.readings) if readings else plain
        return self._policies[key]

    def run(self, case: Case) -> Outcome:
        """Score the case's applicant and compare. Raises PolicyError, or JifenError for an unknown reading."""
        policy = self.policy(case)
        try:
            card = policy.score(case.applicant)
        except ApplicantError as error:
            expected = case.expect.get("problems")
            if isinstance(expected, Sequence):
                return Outcome(case, tuple(_problems(error, expected)))
            wrong = [
                Difference("applicant", case.place, "an applicant", f"{p.path}: {p.text('en')}")
                for p in error.problems
            ]
            return Outcome(case, tuple(wrong))
        found: list[Difference] = []
        for entry in case.expect.entries:
            found.extend(_CHECKS[entry.key](card, entry.value, entry.key))
        return Outcome(case, tuple(found))


def _number(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    return _exact(what, node, card.total)


def _exact(what: str, node: Node, actual: Fraction) -> Iterable[Difference]:
    assert isinstance(node, Scalar)
    value = node.value
    assert isinstance(value, (int, Decimal, str))
    if Fraction(value) != actual:
        yield Difference(what, node.place, node.raw, str(actual))


def _shown(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Scalar)
    if node.raw != shown(card.total):
        yield Difference(what, node.place, node.raw, shown(card.total))


def _truth(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Scalar)
    actual = getattr(card, what)
    if node.value is not actual:
        yield Difference(what, node.place, node.raw, str(actual).lower())


def _each(
    compare: Callable[[Scorecard, str, Node, Place], Iterable[Difference]],
    card: Scorecard,
    node: Node,
    what: str,
) -> Iterable[Difference]:
    assert isinstance(node, Mapping)
    for entry in node.entries:
        yield from compare(card, entry.key, entry.value, entry.key_place)


def _part(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    try:
        line = card[name]
    except KeyError as error:
        yield Difference(name, place, "a line of the table", str(error.args[0]))
        return
    yield from _exact(line.path, node, line.points)


def _problems(error: ApplicantError, expected: Sequence) -> Iterable[Difference]:
    wanted = sorted(item.raw for item in expected.items if isinstance(item, Scalar))
    found = sorted({problem.path for problem in error.problems})
    if wanted != found:
        yield Difference("problems", expected.place, ", ".join(wanted), ", ".join(found))


def _no_problem(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    yield Difference(what, node.place, "problems in the data", "none")


def _score(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    if name not in card.scores:
        yield Difference(name, place, "a score", f"unknown; there are {', '.join(card.scores)}")
    else:
        yield from _exact(name, node, card.scores[name])


def _requirement(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    assert isinstance(node, Scalar)
    known = card.requirements
    if name not in known:
        near = suggest(name, known)
        yield Difference(
            name, place, "a requirement", "unknown" + (f"; did you mean {near}?" if near else "")
        )
    elif known[name] is not node.value:
        yield Difference(name, node.place, node.raw, str(known[name]).lower())


def _months(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    path, _, ledger = name.partition(".")
    try:
        ledgers = {item.id: item.months for item in card[path].ledgers}
    except KeyError as error:
        yield Difference(name, place, "a line of the table", str(error.args[0]))
        return
    if ledger not in ledgers:
        yield Difference(name, place, "a ledger", f"unknown; there are {', '.join(ledgers) or 'none'}")
    else:
        yield from _exact(f"months of {name}", node, Fraction(ledgers[ledger]))


def _warnings(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Sequence)
    expected = sorted(item.raw for item in node.items if isinstance(item, Scalar))
    if expected != sorted(card.warnings):
        yield Difference(what, node.place, ", ".join(expected) or "none", ", ".join(card.warnings) or "none")


_CHECKS: dict[str, Callable[[Scorecard, Node, str], Iterable[Difference]]] = {
    "total": _number,
    "shown": _shown,
    "qualifies": _truth,
    "eligible": _truth,
    "parts": partial(_each, _part),
    "scores": partial(_each, _score),
    "problems": _no_problem,
    "requirements": partial(_each, _requirement),
    "months": partial(_each, _months),
    "warnings": _warnings,
}


def collect(paths: Iterable[str], keyword: str | None = None) -> list[Case]:
    """The cases at or below some paths whose id holds the keyword. Raises PolicyError."""
    found = [case for path in cases_files(list(paths)) for case in read_cases(path)]
    if keyword:
        words = re.split(r"\s+and\s+", keyword.lower())
        found = [case for case in found if all(word in case.id.lower() for word in words)]
    return found
