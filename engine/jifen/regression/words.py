"""What a mutant puts in the place of each word of the language, and which keys it may take away."""

from __future__ import annotations

from collections.abc import Mapping as Map
from decimal import Decimal

from jifen.document.tree import Mapping, Node, Scalar
from jifen.regression.edits import Told, nearby

SECTIONS = (
    "rounds", "anchors", "counting", "series", "months", "record_sets", "values", "monthly", "eligibility",
    "indicators", "rounding", "scores", "outcome", "checks",
)  # fmt: skip
"""The sections that decide something, inputs aside."""

TEXTS = frozenset({
    "label", "note", "cite", "hint", "ask", "evidence", "group", "else", "type", "shares", "required", "at_most",
    "decimals", "status", "score", "recognised", "rank", "allocate", "validity", "requirements", "levers", "ties",
    "reading", "options",
})  # fmt: skip
"""Keys below which nothing is changed."""

NAMES = frozenset({
    "rounds", "anchors", "series", "months", "record_sets", "values", "monthly", "eligibility", "indicators",
    "scores", "checks", "facts", "timelines", "records", "people", "attributes",
})  # fmt: skip
"""Keys below which the keys are names of the policy's own, not words of the language."""

EXPRESSIONS = frozenset({
    "when", "require", "veto", "is", "of", "months", "value", "over", "formula", "points", "progress", "limit", "in",
    "not_in", "line", "from", "to", "since",
})  # fmt: skip
CONDITIONS = frozenset({"when", "require", "veto"})
DATED = frozenset({"to", "from", "before", "of", "on"})
AMOUNTS = frozenset({"points", "value", "formula", "since"})

OTHER: Map[str, Map[str, str]] = {
    "credit": {
        "monthly": "full_years",
        "full_years": "monthly",
        "full_years_of_each_run": "full_years",
        "retroactive": "from_then",
        "from_then": "retroactive",
    },
    "per": {"month": "year", "year": "month"},
    "combine": {"sum": "highest", "highest": "sum", "lowest": "highest", "first": "sum"},
    "edge": {"inside": "outside", "outside": "inside"},
    "reached": {"at": "above", "above": "at"},
    "mode": {"whole": "marginal", "marginal": "whole"},
    "counts": {"highest": "lowest", "lowest": "highest"},
    "overlap": {"sum": "highest", "highest": "lowest", "lowest": "highest", "first": "highest"},
    "age": {"birthday": "day_after", "day_after": "birthday"},
}
OTHER_MONTHS = {"whole": "started", "started": "whole"}

TOLD: Map[str, Told] = {
    "credit": Told("a case with a number of months that is no whole number of years", "月数不是整年的用例"),
    "per": Told("a case that expects the points of these months", "预期中有这些月份分值的用例"),
    "combine": Told("a case where two of them give points", "其中两项都得分的用例"),
    "edge": Told("a case with a record on the first day of the window", "记录恰在期间第一天的用例"),
    "reached": Told("a case with a total exactly on the line", "总分恰在分值线上的用例"),
    "mode": Told("a case with months in two tiers", "月份跨两档的用例"),
    "counts": Told(
        "a case with two records of one act that differ in points", "同一事项有两条分值不同的记录的用例"
    ),
    "overlap": Told("a case with two spells in one month that differ", "同月有两个时段且数值不同的用例"),
    "age": Told("a case that applies on the birthday", "申请日恰为生日的用例"),
}

_OF_INDICATORS = frozenset({
    "when", "cap", "floor", "distinct", "within", "vest", "limit", "round", "progress", "declinable",
})  # fmt: skip


def removable(section: str, depth: int, key: str) -> frozenset[str]:
    """The keys that may be taken away from a mapping, by its section, its depth and the key it stands under."""
    if section == "indicators":
        return frozenset({"from", "to"}) if key == "keep" else _OF_INDICATORS
    if key == "keep":
        return frozenset({"from", "to"})
    return {
        "scores": frozenset({"cap", "floor", "round"}),
        "months": frozenset({"from"}),
        "record_sets": frozenset({"within"}),
    }.get(section, frozenset())


def left_out(section: str, key: str, node: Mapping) -> tuple[str, str] | None:
    """A word that a mapping leaves out, as something other than what its absence means."""

    def lacks(name: str) -> bool:
        return node.entry(name) is None

    if section == "indicators":
        members = node.get("indicators")
        several = isinstance(members, Mapping) and len(members.entries) > 1
        if (several or node.entry("for_each") is not None) and lacks("combine"):
            return "combine", "highest"
        if key == "accrue" and lacks("credit"):
            return "credit", "full_years"
        if key == "per_record" and lacks("combine") and lacks("cap"):
            return "combine", "highest"
    if key == "within" and lacks("edge") and lacks("calendar_years"):
        return "edge", "outside"
    if section == "outcome" and key == "outcome" and lacks("reached") and not lacks("line"):
        return "reached", "above"
    return None


def dates_of(document: Mapping) -> list[str]:
    """The names that stand for a date anywhere in the policy."""
    anchors = document.get("anchors")
    found = ["application", *(anchors.keys() if isinstance(anchors, Mapping) else ())]
    rounds = document.get("rounds")
    for _, _, body in rounds.entries if isinstance(rounds, Mapping) else ():
        if isinstance(body, Mapping) and body.get("cutoff") is not None:
            found.insert(1, "cutoff")
    return list(dict.fromkeys(found))


def steps(node: Scalar, key: str) -> list[str]:
    """The numbers that stand instead of one: a step up for points, else a step each way that means something."""
    assert isinstance(node.value, (int, Decimal))
    number = format(node.value, "f") if isinstance(node.value, Decimal) else str(node.value)
    up, down = nearby(number)
    if key in AMOUNTS or key == "unit":
        return [up]
    if key == "month":
        return [new for new in (down, up) if 1 <= int(new) <= 12]
    if key == "day":
        return [new for new in (down, up) if 1 <= int(new) <= 31]
    return [
        new for new in (down, up) if Decimal(new) > 0 or node.value <= 0 or key in ("to", "below", "above")
    ]


def raw(node: Node) -> str:
    """The text of a scalar."""
    return node.raw if isinstance(node, Scalar) else "…"
