"""What a case expects of the ways to the line."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.errors import JifenError
from jifen.regression.cases import Case
from jifen.regression.compare import Difference, said
from jifen.regression.steps import Words

if TYPE_CHECKING:
    from jifen.api import Policy

PLANS = "plans"
_NONE = Words("no such way", "没有这种办法")
_UNEXPECTED = Words("not expected", "预期中没有")


def ways_differences(policy: Policy, case: Case) -> Iterator[Difference]:
    """The ways that a case expects and that are not found, and those found that it does not expect.

    The order in the case does not matter. Nothing where the case expects none.
    """
    expected = case.expect.get(PLANS)
    if not isinstance(expected, Mapping):
        return
    try:
        ways = policy.ways(
            case.applicant,
            target=_number(expected.get("target")),
            by=_text(expected.get("by")),
            levers=_names(expected, "among"),
        )
    except JifenError as error:
        wanted = Words("ways that can be searched", "可以测算")
        yield Difference(PLANS, expected.place, wanted, Words(error.text("en"), error.text("zh")))
        return
    begun = expected.get("open")
    if begun is not None:
        known = tuple(option.name for option in ways.options if option.open)
        wanted_names = _names(expected, "open") or []
        if sorted(known) != sorted(wanted_names):
            texts = (said(", ".join(sorted(wanted_names)) or "[]"), said(", ".join(sorted(known)) or "[]"))
            yield Difference(f"{PLANS}.open", begun.place, texts[0], texts[1], becomes=known)
    found = {(way.date, frozenset(way.levers)): way for way in ways.ways}
    listed = expected.get("ways")
    for item in listed.items if isinstance(listed, Sequence) else ():
        assert isinstance(item, Mapping)
        names = _names(item, "levers") or []
        way = found.pop((_text(item.get("date")) or "", frozenset(names)), None)
        total = item.get("total")
        if way is None:
            yield Difference(PLANS, item.place, said(_written(_text(item.get("date")), names)), _NONE)
        elif total is not None and _number(total) != way.total:
            yield Difference(
                f"{PLANS}.total",
                total.place,
                said(_text(total) or ""),
                said(str(way.total)),
                becomes=way.total,
            )
    for way in found.values():
        yield Difference(PLANS, expected.place, _UNEXPECTED, said(_written(way.date, way.levers)))


def _written(date: str | None, levers: list[str] | tuple[str, ...]) -> str:
    return f"{date} {' + '.join(levers) or '–'}"


def _names(body: Mapping, key: str) -> list[str] | None:
    node = body.get(key)
    return (
        [item.raw for item in node.items if isinstance(item, Scalar)] if isinstance(node, Sequence) else None
    )


def _text(node: Node | None) -> str | None:
    return node.raw if isinstance(node, Scalar) else None


def _number(node: Node | None) -> Fraction | None:
    return Fraction(str(node.value)) if isinstance(node, Scalar) else None
