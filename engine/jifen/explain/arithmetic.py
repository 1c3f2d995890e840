"""The sum behind a number as a person would write it: `36 × 10/12 + 11 × 12/12 = 41`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

_MOST_TERMS = 8
"""A longer sum is told with equal terms next to each other put together."""


def number(value: Fraction | str) -> str:
    """A number as people write it, and exactly: with at most four decimals, else as a fraction."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    if 10_000 % exact.denominator:
        return str(exact)
    whole, rest = divmod(abs(exact.numerator) * (10_000 // exact.denominator), 10_000)
    return f"{'-' if exact < 0 else ''}{whole}.{rest:04}".rstrip("0")


def _factor(value: Fraction | str) -> str:
    """A number inside a product or a fraction."""
    text = number(value)
    return f"({text})" if "/" in text or text.startswith("-") else text


def total(terms: Sequence[str]) -> str:
    """Terms added up; those below zero are taken off."""
    text = ""
    for term in terms:
        minus = term.startswith("-")
        joint = (" − " if minus else " + ") if text else ("−" if minus else "")
        text += joint + (term[1:] if minus else term)
    return text or "0"


def equals(text: str, value: Fraction, points: Fraction) -> str:
    """`text = value`, and what became of it where that is something else: `text = 41 → 30`."""
    shown = text if text == number(value) else f"{text} = {_plain(value)}"
    return shown if value == points else f"{shown} → {_plain(points)}"


def _plain(value: Fraction) -> str:
    return number(value).replace("-", "−")


def ledger(found: Mapping[str, Any]) -> str:
    """The months of each rate, and what they come to."""
    pieces = found["pieces"]
    points = Fraction(found["points"])
    if not pieces:
        return _plain(points)
    terms = []
    for piece in pieces:
        share = "/12" if piece["per"] == "year" else ""
        terms.append(f"{piece['months']} × {_factor(piece['rate'])}{share}")
    return equals(total(terms), sum((Fraction(piece["points"]) for piece in pieces), Fraction(0)), points)


def summed(parts: Sequence[Fraction], points: Fraction) -> str:
    """Points added up."""
    terms = [number(part) for part in parts]
    if len(terms) > _MOST_TERMS:
        counted = [(term, len(list(same))) for term, same in groupby(terms)]
        terms = [f"{count} × {_factor(term)}" if count > 1 else term for term, count in counted]
    return equals(total(terms), sum(parts, Fraction(0)), points)


def picked(combine: str, parts: Sequence[Fraction], points: Fraction) -> str | None:
    """The highest or the lowest of several; None where they are all alike."""
    name = "max" if combine == "highest" else "min"
    value = (max if combine == "highest" else min)(parts, default=Fraction(0))
    distinct = list(dict.fromkeys(_plain(part) for part in parts))
    if len(distinct) < 2:
        return None if value == points else equals(_plain(value), value, points)
    return equals(f"{name}({', '.join(distinct)})", value, points)


def units(of: Fraction, above: Fraction, unit: Fraction, points: Fraction) -> str:
    """Full units: `⌊(47000 − 1000) ÷ 500⌋ × 2 = 184`."""
    count = max(Fraction((of - above) // unit), Fraction(0))
    rest = f"({number(of)} − {number(above)})" if above else _factor(of)
    if not count:
        return equals(f"⌊{rest} ÷ {_factor(unit)}⌋ × …", Fraction(0), points) if points else "0"
    each = points / count
    return equals(f"⌊{rest} ÷ {_factor(unit)}⌋ × {_factor(each)}", points, points)


def filled_in(tree: ast.expr, value_of: Callable[[ast.expr], str | None], points: Fraction) -> str:
    """A formula with the values in place of what it reads."""
    text = ast.unparse(_Filled(value_of).visit(_copy(tree)))
    for sign, shown in ((" * ", " × "), (" / ", " ÷ "), (" - ", " − ")):
        text = text.replace(sign, shown)
    return equals(text.replace("'", ""), points, points)


def _copy(tree: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(tree), mode="eval").body


class _Filled(ast.NodeTransformer):
    def __init__(self, value_of: Callable[[ast.expr], str | None]) -> None:
        self.value_of = value_of

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, (ast.Name, ast.Attribute, ast.Call)):
            value = self.value_of(node)
            if value is not None:
                return ast.Name(value if "/" not in value else f"({value})", ast.Load())
        return self.generic_visit(node)
