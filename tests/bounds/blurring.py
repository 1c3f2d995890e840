"""Complete applicants, and the same with something forgotten: what was true of them is then one of the completions."""

from __future__ import annotations

import copy
from random import Random
from typing import Any

from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.regression.population import Population

Document = dict[str, Any]


def applicant(rules: Rules, seed: int) -> Document:
    """A complete applicant, drawn evenly over everything that the policy reads."""
    return copy.deepcopy(Population([rules], [None], 1).applicant(seed))


def blurred(rules: Rules, document: Document, rng: Random, share: int) -> Document:
    """The applicant with about `share` percent of what is known forgotten."""
    found = copy.deepcopy(document)

    def hit() -> bool:
        return rng.randrange(100) < share

    facts = found.setdefault("facts", {})
    for name, item in rules.facts.items():
        if hit():
            _forget(facts, name, item, rng)
    for name, timeline in rules.timelines.items():
        _rows(found.setdefault("timelines", {}), name, timeline, rng, hit)
    for name, records in rules.records.items():
        _rows(found.setdefault("records", {}), name, records, rng, hit)
    return found


def _forget(values: Document, name: str, item: Input, rng: Random) -> None:
    if name in values and item.type in ("date", "integer", "number", "money") and rng.randrange(2):
        values[name] = around(values[name], item, rng)
    elif item.required and rng.randrange(2):
        values.pop(name, None)
    else:
        values[name] = {"unknown": True}


def around(value: Any, item: Input, rng: Random) -> Document:
    """A range that a date or number lies in."""
    if item.type == "date":
        return day_around(str(value), rng, item)
    whole = int(str(value).partition(".")[0])
    low = whole - rng.randrange(3)
    high = whole + 1 + rng.randrange(3)
    if item.low is not None:
        low = max(low, -int(-item.low // 1))
    if item.high is not None:
        high = min(high, int(item.high))
    found = {"from": max(low, 0) if item.low is None else low, "to": high}
    if high < whole + 1:
        del found["to"]
    return found


def day_around(text: str, rng: Random, item: Input | None = None) -> Document:
    year = int(text[:4])
    low, high = f"{year - rng.randrange(3)}-01-01", f"{year + rng.randrange(3)}-12-31"
    if item is not None and item.low is not None and int(item.low) > int(low.replace("-", "")):
        low = text
    if item is not None and item.high is not None and int(item.high) < int(high.replace("-", "")):
        high = text
    return {"from": low, "to": high}


def month_around(text: str, rng: Random, back: int, on: int) -> Document:
    number = int(text[:4]) * 12 + int(text[5:7]) - 1
    low, high = number - rng.randrange(back + 1), number + rng.randrange(on + 1)
    return {"from": f"{low // 12}-{low % 12 + 1:02}", "to": f"{high // 12}-{high % 12 + 1:02}"}


def _rows(lists: Document, name: str, declared: Timeline | RecordList, rng: Random, hit: Any) -> None:
    rows = lists.get(name)
    spells = isinstance(declared, Timeline)
    if hit() and rng.randrange(2):
        if rng.randrange(2) and not declared.optional:
            lists.pop(name, None)
        else:
            lists[name] = {"unknown": True}
        return
    rows = list(rows or [])
    key = "spells" if spells else "records"
    unknown: list[Document] = []
    kept = []
    for row in rows:
        row = dict(row)
        if hit() and rng.randrange(2):
            if not spells:
                unknown.append({})
                continue
            first, last = str(row["from"]), row.get("to")
            wide = month_around(first, rng, 6, 0)["from"]
            part = {"from": wide}
            if last:
                part["to"] = month_around(str(last), rng, 0, 6)["to"]
            unknown.append(part)
            continue
        for attribute, item in declared.attributes.items():
            if hit():
                _forget(row, attribute, item, rng)
        if spells and hit():
            row["from"] = month_around(str(row["from"]), rng, 4, 4)
        if spells and hit() and "to" in row:
            row["to"] = month_around(str(row["to"]), rng, 4, 4)
        elif spells and hit() and "to" not in row:
            row["to"] = {"unknown": True}
        if not spells and hit():
            row["date"] = day_around(str(row["date"]), rng)
        kept.append(row)
    if unknown:
        lists[name] = {key: kept, "unknown": unknown if spells else True}
    elif name in lists or kept:
        lists[name] = kept
