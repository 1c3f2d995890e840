"""What makes two parts of policies the same: not their order, their comments or how a value is written."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence

TEXTS: Final = frozenset(
    {"label", "note", "ask", "hint", "group", "evidence", "question", "why", "title", "else", "reviewed_on"}
)
"""Keys whose values are said to people and decide nothing."""

NAMED: Final = frozenset(
    {
        *("sources", "readings", "rounds", "anchors", "facts", "timelines", "records", "series", "months"),
        *("record_sets", "values", "people", "monthly", "eligibility", "indicators", "scores", "checks"),
        *("attributes", "options", "since", "windows", "terms", "states", "materials"),
    }
)
"""Keys whose values are mappings of names, not of keywords."""

OF_TEXTS: Final = frozenset({"options", "materials"})
"""Those whose names lead to texts."""

ORDERED: Final = frozenset({"priority", "by", "steps", "tiers", "first"})
"""Lists whose order says something."""

DEFAULTS: Final = {
    "combine": "sum",
    "credit": "monthly",
    "mode": "marginal",
    "reached": "at",
    "edge": "inside",
    "counts": "highest",
    "ties": "away_from_zero",
    "many": "false",
}
"""What holds where a key is left out."""

_DURATIONS: Final = frozenset({"first", "after", "within", "length"})
_DATE_PARTS: Final = frozenset({"of", "years", "months", "days", "year", "month", "day"})

Canonical = object


def is_choice(node: Node | None) -> bool:
    """Whether a value depends on how an open question is read."""
    return isinstance(node, Mapping) and isinstance(node.get("reading"), Scalar)


def reading_of(node: Node) -> str:
    """The name of the reading that a choice goes by."""
    choice = node.get("reading") if isinstance(node, Mapping) else None
    return choice.raw if isinstance(choice, Scalar) else ""


def option_entries(node: Node) -> tuple[Entry, ...]:
    """The options of a choice."""
    assert isinstance(node, Mapping)
    return tuple(entry for entry in node.entries if entry.key != "reading")


def is_table(node: Node | None) -> bool:
    """Whether points are a number for each option, as a mapping or as rows."""
    if isinstance(node, Sequence):
        return True
    return isinstance(node, Mapping) and not is_choice(node) and node.get("since") is None


def rows_of(table: Node) -> dict[str, tuple[Entry, Mapping | None]]:
    """Each option of a table of points with its number, and the row that says so where there are rows."""
    found: dict[str, tuple[Entry, Mapping | None]] = {}
    if isinstance(table, Mapping):
        return {entry.key: (entry, None) for entry in table.entries}
    for row in table.items if isinstance(table, Sequence) else ():
        points = row.entry("points") if isinstance(row, Mapping) else None
        options = row.get("for") if isinstance(row, Mapping) else None
        if isinstance(row, Mapping) and points is not None:
            for option in words_of(options):
                found[option] = (Entry(option, row.place, points.value), row)
    return found


def words_of(node: Node | None) -> list[str]:
    """One word, or a list of them."""
    items: Iterable[Node] = node.items if isinstance(node, Sequence) else () if node is None else (node,)
    return [item.raw for item in items if isinstance(item, Scalar)]


def same(a: Node | None, b: Node | None, key: str = "") -> bool:
    """Whether two values mean the same at a key, texts and citations aside."""
    if a is b:
        return True
    return canonical(a, key) == canonical(b, key)


def canonical(node: Node | None, key: str = "", named: bool = False) -> Canonical:
    """A value that is equal for equal meanings. `named` says that the keys of a mapping are names."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return scalar(node)
    if isinstance(node, Sequence):
        if key == "points":
            return _table(node)
        items = [canonical(item, key) for item in node.items]
        if len(items) == 1 and key not in ("steps", "tiers", "rates", "keep", "gates", "moves"):
            return items[0]
        return ("list", *items) if key in ORDERED else ("set", *sorted(map(repr, items)))
    if is_choice(node):
        options = {entry.key: canonical(entry.value, key) for entry in option_entries(node)}
        return ("choice", reading_of(node), _frozen(options))
    if key == "points" and is_table(node):
        return _table(node)
    if key in _DURATIONS and not named:
        return _duration(node)
    found: dict[str, Canonical] = {}
    for entry in node.entries:
        if not named and (entry.key in TEXTS or entry.key == "cite"):
            continue
        if named and key in OF_TEXTS:
            found[entry.key] = None
        else:
            inner = canonical(entry.value, "" if named else entry.key, not named and entry.key in NAMED)
            if named or _is_default(entry.key, inner) is False:
                found[entry.key] = inner
    return ("map", _frozen(found))


def _is_default(key: str, value: Canonical) -> bool:
    return DEFAULTS.get(key) is not None and value == ("text", DEFAULTS[key])


def _duration(node: Mapping) -> Canonical:
    """Years are twelve months, wherever a length of time is meant."""
    rest = {entry.key: canonical(entry.value, entry.key) for entry in node.entries if entry.key != "cite"}
    years, months = node.get("years"), node.get("months")
    if isinstance(years, Scalar) and isinstance(years.value, int):
        own = months.value if isinstance(months, Scalar) and isinstance(months.value, int) else 0
        rest.pop("years")
        rest["months"] = ("number", Fraction(own + 12 * years.value))
    rest = {name: value for name, value in rest.items() if not _is_default(name, value)}
    return ("map", _frozen(rest))


def _table(node: Node) -> Canonical:
    rows = {option: canonical(entry.value, "points") for option, (entry, _) in rows_of(node).items()}
    return ("table", _frozen(rows))


def _frozen(values: dict[str, Canonical]) -> Canonical:
    return tuple(sorted(((key, value) for key, value in values.items()), key=lambda pair: pair[0]))


def scalar(node: Scalar) -> Canonical:
    """A number by its value, an expression by its structure, anything else by its text."""
    value = node.value
    if isinstance(value, bool) or value is None:
        return ("text", str(value).lower())
    if isinstance(value, (int, Decimal)):
        return ("number", Fraction(value))
    return expression(value)


@lru_cache(maxsize=4096)
def expression(text: str) -> Canonical:
    """An expression without its spacing and needless brackets."""
    try:
        return ("number", Fraction(text.replace(" ", "")))
    except (ValueError, ZeroDivisionError):
        pass
    try:
        return ("text", ast.unparse(ast.parse(text.strip(), mode="eval")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ("text", text.strip())


def text_of(node: Node | None) -> Canonical:
    """A text by language; spacing counts for nothing."""
    if isinstance(node, Mapping):
        return tuple(sorted((entry.key, text_of(entry.value)) for entry in node.entries))
    return " ".join(node.raw.split()) if isinstance(node, Scalar) else None


def is_one_value(node: Node | None, key: str) -> bool:
    """Whether a mapping is a value as a whole: a length of time, a moved date, a pair of ends."""
    if not isinstance(node, Mapping) or is_choice(node):
        return False
    keys = set(node.keys())
    if key in ("in_force", "apply") or key in _DURATIONS:
        return True
    return key in ("cutoff", "cap", "round", "rounding", "validity", "vest") or (
        bool(keys) and keys <= _DATE_PARTS and key not in NAMED and key != "anchors"
    )
