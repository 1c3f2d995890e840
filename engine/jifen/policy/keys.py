"""Checks on keys that are well-formed alone but say nothing, or two things at once, where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Entry, Mapping, Node, Scalar, Sequence
from jifen.policy import messages


class _Needs(NamedTuple):
    """A key that says nothing unless one of some others is there."""

    key: str
    others: tuple[str, ...]


_NEEDS: Final = {
    "accrue": (
        _Needs("combine", ("each", "by")),
        _Needs("priority", ("by",)),
        _Needs("mode", ("tiers",)),
        _Needs("progress", ("tiers", "vest")),
    ),
    "per_record": (_Needs("counts", ("distinct",)), _Needs("each", ("tiers",))),
    "outcome": (_Needs("reached", ("line",)),),
    "lever": (_Needs("gap", ("replace",)), _Needs("every", ("add",))),
    "indicator": (_Needs("combine", ("indicators",)), _Needs("for_each", ("indicators",))),
}

_ONE_RATE = ("A cap for each calendar year needs one rate.", "按自然年封顶须只有一个分值。")
_NO_SCORE = ("Meeting every requirement qualifies, without a score.", "满足全部条件即合格，不看分。")
_APART: Final = {
    "accrue": (("cap", "tiers", _ONE_RATE), ("cap", "rates", _ONE_RATE)),
    "outcome": (("requirements", "line", _NO_SCORE), ("requirements", "rank", _NO_SCORE)),
}

_OF_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "options": ("choice",),
    "many": ("choice",),
    "decimals": ("number",),
    "from": ("integer", "number", "money", "date"),
    "to": ("integer", "number", "money", "date"),
}
_NEVER_EMPTY: Final = ("steps", "tiers", "rates", "sum", "gates", "by")


def check_keys(document: Mapping, diagnostics: Diagnostics) -> None:
    """Report every key of a resolved document that has no effect where it stands, or contradicts another."""
    for kind, body in _bodies(document):
        for key, others in _NEEDS.get(kind, ()):
            entry = body.entry(key)
            if entry is not None and not any(body.get(other) is not None for other in others):
                needs, needs_zh = (word.join(f"`{other}`" for other in others) for word in (" or ", " 或 "))
                diagnostics.add(messages.IDLE, entry.key_place, key=key, needs=needs, needs_zh=needs_zh)
        for one, other, why in _APART.get(kind, ()):
            entry = body.entry(other)
            if entry is not None and body.get(one) is not None:
                _apart(entry, one, other, why, diagnostics)
        for key in _NEVER_EMPTY:
            entry = body.entry(key)
            if entry is not None and isinstance(entry.value, Sequence) and not entry.value.items:
                diagnostics.add(messages.EMPTY_LIST, entry.key_place, key=key)
        check = _CHECKS.get(kind)
        if check is not None:
            check(body, diagnostics)


def _apart(entry: Entry, one: str, other: str, why: tuple[str, str], diagnostics: Diagnostics) -> None:
    texts = {"one": one, "other": other, "why": why[0], "why_zh": why[1]}
    diagnostics.add(messages.NOT_TOGETHER, entry.key_place, True, **texts)


def _accrue(body: Mapping, diagnostics: Diagnostics) -> None:
    each, by, credit = (body.entry(key) for key in ("each", "by", "credit"))
    spells = each is not None and _word(each.value) == "spell"
    if each is not None and by is not None and not spells:
        why = "`each` counts a month in every option that it has, `by` in one of them."
        why_zh = "`each` 让一个月在它的每个选项中都计入，`by` 只在其中一个中计入。"
        _apart(by, "each", "by", (why, why_zh), diagnostics)
    if body.get("cap") is not None and credit is not None and _word(credit.value) != "monthly":
        why = "A full year of credit need not lie in one calendar year."
        why_zh = "计分的满一年不一定在同一自然年内。"
        _apart(credit, "cap", f"credit: {_word(credit.value)}", (why, why_zh), diagnostics)
    for key in ("tiers", "rates", "priority"):
        entry = body.entry(key)
        if spells and entry is not None and _word(entry.value) != "highest":
            why, why_zh = "Every spell is a ledger of its own, at one rate.", "每一段单独计算，只有一个分值。"
            _apart(entry, "each: spell", key, (why, why_zh), diagnostics)


def _per_record(body: Mapping, diagnostics: Diagnostics) -> None:
    combine = body.entry("combine")
    if combine is not None and _word(combine.value) != "sum" and body.get("cap") is not None:
        why = ("The cap is on the sum of a year's records.", "封顶针对一年内各条记录之和。")
        _apart(combine, "cap", f"combine: {_word(combine.value)}", why, diagnostics)


def _input(body: Mapping, diagnostics: Diagnostics) -> None:
    kind = _word(body.get("type"))
    for key, types in _OF_TYPES.items():
        entry = body.entry(key)
        if entry is None or kind in types:
            continue
        kinds = [f"`{one}`" for one in types]
        listed, listed_zh = (", ".join(kinds[:-1]), "、".join(kinds[:-1]))
        needs = f"a type {listed} or {kinds[-1]}" if listed else f"the type {kinds[-1]}"
        needs_zh = f"{listed_zh} 或 {kinds[-1]} 类型" if listed else f"{kinds[-1]} 类型"
        diagnostics.add(messages.IDLE, entry.key_place, key=key, needs=needs, needs_zh=needs_zh)


def _months(body: Mapping, diagnostics: Diagnostics) -> None:
    keep = body.entry("keep")
    if keep is not None and body.get("is") is not None:
        diagnostics.add(messages.KEEP_BESIDE_IS, keep.key_place)


_CHECKS: Final[dict[str, Callable[[Mapping, Diagnostics], None]]] = {
    "accrue": _accrue,
    "per_record": _per_record,
    "input": _input,
    "months": _months,
}


def _bodies(document: Mapping) -> Iterator[tuple[str, Mapping]]:
    """The blocks that the tables above speak of, with what each is."""
    sections = {"months": "months", "facts": "input", "scores": "score", "levers": "lever"}
    for section, kind in sections.items():
        for body in _values(document.get(section)):
            yield kind, body
    for section in ("timelines", "records"):
        for owner in _values(document.get(section)):
            for body in _values(owner.get("attributes")):
                yield "input", body
    outcome = document.get("outcome")
    if isinstance(outcome, Mapping):
        yield "outcome", outcome
        rank = outcome.get("rank")
        if isinstance(rank, Mapping):
            yield "rank", rank
    todo = list(_values(document.get("indicators")))
    while todo:
        body = todo.pop(0)
        yield "indicator", body
        for kind in ("accrue", "per_record", "bands"):
            rule = body.get(kind)
            if isinstance(rule, Mapping):
                yield kind, rule
        todo += _values(body.get("indicators"))


def _values(node: Node | None) -> list[Mapping]:
    return (
        [entry.value for entry in node.entries if isinstance(entry.value, Mapping)]
        if isinstance(node, Mapping)
        else []
    )


def _word(node: Node | None) -> str:
    return node.raw if isinstance(node, Scalar) else ""
