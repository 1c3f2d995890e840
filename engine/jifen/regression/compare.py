"""Compares a scorecard with what a case expects of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import NamedTuple, TypeAlias

from jifen.api import Scorecard
from jifen.document.diagnostics import suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import ApplicantError
from jifen.regression import steps
from jifen.regression.steps import Step, Words
from jifen.scorecard.numbers import shown

Expected: TypeAlias = Fraction | bool | str | tuple[str, ...]
"""What an expectation would have to say: exact points or months, a truth, a text, or a list of names."""


class Difference(NamedTuple):
    """One expectation that does not hold: what, where it is written, both values, and the policy's side of it.

    `rule` is where the policy states what gave the actual value; `because` is how it came about. `becomes` is what
    the expectation would have to say to hold; None where no other value would do.
    """

    what: str
    place: Place
    expected: Words
    actual: Words
    rule: Place | None = None
    because: Words = Words("", "")
    becomes: Expected | None = None

    def text(self, lang: str) -> str:
        """What differs, and below it the policy's line and how the value came about."""
        expected, actual = self.expected.text(lang), self.actual.text(lang)
        if lang == "zh":
            lines = [f"{self.place}: {self.what}：应为 {expected}，实为 {actual}"]
        else:
            lines = [f"{self.place}: {self.what}: expected {expected}, got {actual}"]
        because = self.because.text(lang)
        if self.rule is not None:
            lines.append(f"  {self.rule}: {because}" if because else f"  {self.rule}")
        elif because:
            lines.append(f"  {because}")
        return "\n".join(lines)

    def by(self, step: Step | None) -> Difference:
        """The same with the step of the scorecard that gave the value."""
        return self if step is None else self._replace(rule=step.rule, because=step.because)


def said(text: str) -> Words:
    """Data, which is the same in both languages."""
    return Words(text, text)


def differences(card: Scorecard, expect: Mapping) -> tuple[Difference, ...]:
    """Every expectation that does not hold, in the order in which the scorecard is computed.

    The first is so the first step that differs: a total comes after its parts, a part after its months.
    """
    found: list[tuple[tuple[int, int], Difference]] = []
    paths: dict[str, int] = {}
    for entry in expect.entries:
        for one in _CHECKS[entry.key](card, entry.value, entry.key):
            paths = paths or steps.order(card)
            stage = (
                _ORDER.index(entry.key),
                paths.get(one.what.removeprefix(MONTHS_OF).partition(".")[0], 0),
            )
            found.append((stage, one))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def problem_differences(error: ApplicantError, expected: Sequence) -> tuple[Difference, ...]:
    """The difference between the problems of an applicant's data, by path, and those expected."""
    wanted = sorted(item.raw for item in expected.items if isinstance(item, Scalar))
    found = sorted({problem.path for problem in error.problems})
    if wanted == found:
        return ()
    because = problems(error)
    listed = (said(", ".join(wanted)), said(", ".join(found)))
    return (Difference("problems", expected.place, *listed, because=because, becomes=tuple(found)),)


def problems(error: ApplicantError) -> Words:
    """The problems of an applicant's data, each with its path."""
    return Words.joined(
        [Words(f"{one.path}: {one.text('en')}", f"{one.path}：{one.text('zh')}") for one in error.problems]
    )


MONTHS_OF = "months of "


def _exact(what: str, node: Node, actual: Fraction) -> Difference | None:
    assert isinstance(node, Scalar)
    value = node.value
    assert isinstance(value, (int, Decimal, str))
    if Fraction(value) == actual:
        return None
    return Difference(what, node.place, said(node.raw), said(str(actual)), becomes=actual)


def _total(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    if found := _exact(what, node, card.total):
        yield found.by(steps.of_total(card))


def _shown(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Scalar)
    actual = shown(card.total)
    if node.raw != actual:
        found = Difference(what, node.place, said(node.raw), said(actual), becomes=actual)
        yield found.by(steps.of_total(card))


def _eligible(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    if found := _truth(what, node, card.eligible):
        yield found.by(steps.of_eligibility(card))


def _qualifies(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    if found := _truth(what, node, card.qualifies):
        yield found.by(steps.of_verdict(card))


def _truth(what: str, node: Node, actual: bool) -> Difference | None:
    assert isinstance(node, Scalar)
    if node.value is actual:
        return None
    return Difference(what, node.place, said(node.raw), said(str(actual).lower()), becomes=actual)


def _each(
    compare: Callable[[Scorecard, str, Node, Place], Iterable[Difference]],
    card: Scorecard,
    node: Node,
    what: str,
) -> Iterable[Difference]:
    assert isinstance(node, Mapping)
    for entry in node.entries:
        yield from compare(card, entry.key, entry.value, entry.key_place)


def _unknown(name: str, place: Place, what: Words, known: Iterable[str]) -> Difference:
    """An expectation of something that the policy does not have."""
    names = list(known)
    near = suggest(name, names)
    if near is not None:
        actual = Words(f"nothing of that name; did you mean {near}?", f"没有此名；是否指 {near}？")
    elif len(names) > MOST_NAMES:
        actual = Words("nothing of that name", "没有此名")
    else:
        listed = ", ".join(names)
        actual = Words(
            f"nothing of that name; there are: {listed or 'none'}", f"没有此名；已有：{listed or '无'}"
        )
    return Difference(name, place, what, actual)


MOST_NAMES = 12
"""More names than these are not listed."""
LINE = Words("a line of the table", "表中的一项")


def _part(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    try:
        line = card[name]
    except KeyError:
        yield _unknown(name, place, LINE, _lines(card))
        return
    if found := _exact(line.path, node, line.points):
        yield found.by(steps.of_line(card, line.path))


def _lines(card: Scorecard) -> Iterable[str]:
    """What a line may be called: its path, or its own name."""
    paths = [line.path for line in card.lines]
    return dict.fromkeys([*paths, *(path.rpartition("/")[2] for path in paths)])


def _no_problem(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    yield Difference(what, node.place, Words("problems in the data", "数据有误"), Words("none", "无误"))


def _score(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    if name not in card.scores:
        yield _unknown(name, place, Words("a score", "一个总分"), card.scores)
    elif found := _exact(name, node, card.scores[name]):
        yield found.by(steps.of_score(card, name))


def _requirement(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    known = card.requirements
    if name not in known:
        yield _unknown(name, place, Words("a requirement", "一项条件"), known)
    elif found := _truth(name, node, known[name]):
        yield found.by(steps.of_requirement(card, name))


def _months(card: Scorecard, name: str, node: Node, place: Place) -> Iterable[Difference]:
    path, _, ledger = name.partition(".")
    try:
        line = card[path]
    except KeyError:
        yield _unknown(name, place, LINE, _lines(card))
        return
    ledgers = {item.id: item.months for item in line.ledgers}
    if ledger not in ledgers:
        named = (f"{path}.{one}" if one else path for one in ledgers)
        yield _unknown(name, place, Words("months that are counted", "计月的一项"), named)
    elif found := _exact(f"{MONTHS_OF}{line.path}{name[len(path) :]}", node, Fraction(ledgers[ledger])):
        yield found.by(steps.of_line(card, path, ledger))


def _warnings(card: Scorecard, node: Node, what: str) -> Iterable[Difference]:
    assert isinstance(node, Sequence)
    expected = sorted(item.raw for item in node.items if isinstance(item, Scalar))
    actual = tuple(sorted(card.warnings))
    if expected != list(actual):
        both = (_listed(expected), _listed(actual))
        found = Difference(what, node.place, *both, becomes=actual)
        yield found.by(steps.of_warnings(card, set(expected) ^ set(actual)))


def _listed(names: Iterable[str]) -> Words:
    text = ", ".join(names)
    return said(text) if text else Words("none", "无")


_CHECKS: dict[str, Callable[[Scorecard, Node, str], Iterable[Difference]]] = {
    "problems": _no_problem,
    "requirements": partial(_each, _requirement),
    "months": partial(_each, _months),
    "parts": partial(_each, _part),
    "scores": partial(_each, _score),
    "total": _total,
    "shown": _shown,
    "eligible": _eligible,
    "qualifies": _qualifies,
    "warnings": _warnings,
    "plans": lambda _card, _node, _what: (),  # see `jifen.regression.ways`
    "first_round": lambda _card, _node, _what: (),  # no scorecard can tell: see `jifen.regression.ahead`
}
_ORDER = tuple(_CHECKS)
"""The order in which a scorecard is computed."""
