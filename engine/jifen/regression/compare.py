"""Compares a scorecard with what a case expects of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from jifen.document.diagnostics import suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import ApplicantError
from jifen.scorecard.numbers import shown
from jifen.scorecard.scorecard import Scorecard


class Difference(NamedTuple):
    """One expectation that does not hold: what, where it is written, both values, and the policy's side of it.

    `rule` is where the policy states what gave the actual value; `because` is how it came about.
    """

    what: str
    place: Place
    expected: str
    actual: str
    rule: Place | None = None
    because: str = ""

    def text(self, lang: str) -> str:
        """What differs, and below it the policy's line and how the value came about."""
        if lang == "zh":
            first = f"{self.place}: {self.what}：应为 {self.expected}，实为 {self.actual}"
        else:
            first = f"{self.place}: {self.what}: expected {self.expected}, got {self.actual}"
        if self.rule is None:
            return first
        return f"{first}\n  {self.rule}" + (f": {self.because}" if self.because else "")


def differences(card: Scorecard, expect: Mapping) -> tuple[Difference, ...]:
    """Every expectation that does not hold, in the order they are written."""
    found: list[Difference] = []
    for entry in expect.entries:
        found.extend(_CHECKS[entry.key](card, entry.value, entry.key))
    return tuple(found)


def problem_differences(error: ApplicantError, expected: Sequence) -> tuple[Difference, ...]:
    """The difference between the problems of an applicant's data, by path, and those expected."""
    wanted = sorted(item.raw for item in expected.items if isinstance(item, Scalar))
    found = sorted({problem.path for problem in error.problems})
    if wanted == found:
        return ()
    return (Difference("problems", expected.place, ", ".join(wanted), ", ".join(found)),)


def because(card: Scorecard, path: str) -> tuple[Place, str]:
    """Where a line stands in the policy, and its arithmetic."""
    line = card.policy.line(path)
    node = _node(card.to_dict()["indicators"], line.indicator.path)
    parts = [f"{value['text']} = {value['value']}" for value in node["values"]]
    for ledger in node.get("ledgers", ()):
        pieces = [f"{piece['months']} × {piece['rate']} a {piece['per']}" for piece in ledger["pieces"]]
        counted = ", ".join(ledger["counted"]) or "no months"
        name = f"{ledger['id']}: " if ledger["id"] else ""
        parts.append(f"{name}{' + '.join(pieces) or 0} = {ledger['points']} ({counted})")
    parts += [f"{child['id']} = {child['points']}" for child in node.get("indicators", ())]
    return line.indicator.place, "; ".join(parts)


def _node(nodes: list[dict[str, Any]], path: str) -> dict[str, Any]:
    for node in nodes:
        if node["path"] == path:
            return node
        if path.startswith(node["path"] + "/"):
            return _node(node["indicators"], path)
    raise KeyError(path)


def _total(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    for found in _exact(what, node, card.total):
        parts = [f"{line.path} = {line.points}" for line in card.lines if "/" not in line.path]
        yield found._replace(rule=card.policy.rules.outcome.place, because=", ".join(parts))


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
    for found in _exact(line.path, node, line.points):
        rule, text = because(card, line.path)
        yield found._replace(rule=rule, because=text)


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
        requirement = card.policy.rules.eligibility[name]
        read = next(item for item in card.to_dict()["eligibility"] if item["id"] == name)
        values = ", ".join(f"{value['text']} = {value['value']}" for value in read["values"])
        yield Difference(name, node.place, node.raw, str(known[name]).lower(), requirement.place, values)


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
        for found in _exact(f"months of {name}", node, Fraction(ledgers[ledger])):
            rule, text = because(card, path)
            yield found._replace(rule=rule, because=text)


def _warnings(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Sequence)
    expected = sorted(item.raw for item in node.items if isinstance(item, Scalar))
    if expected != sorted(card.warnings):
        yield Difference(what, node.place, ", ".join(expected) or "none", ", ".join(card.warnings) or "none")


_CHECKS: dict[str, Callable[[Scorecard, Node, str], Iterable[Difference]]] = {
    "total": _total,
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
