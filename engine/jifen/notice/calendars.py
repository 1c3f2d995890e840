"""Charts of months: for each timeline what counted, what did not and why, and where the window begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Literal

from jifen.notice.conditions import RUNS, Marks
from jifen.notice.parts import Calendar, Cell, Key, YearRow
from jifen.notice.wording import word
from jifen.scorecard.shape import Card, Indicator, Lang, LeftOut, Requirement, Test
from jifen.scorecard.wording import amount, intervals, joined, pick, title

COUNTED = "●"
_OTHER = "*"
"""The sign of a reason beyond the letters."""


_Reason = tuple[str, str, tuple[str, ...]]
"""Why months were left out, the numbers of its sources, and their runs."""


@dataclass(frozen=True)
class _Set:
    """The months of one chart: runs such as `2019-01..2021-12`, and the first and last month that can count."""

    title: str
    counted: tuple[str, ...]
    left_out: tuple[_Reason, ...]
    window: tuple[str, str]
    given: bool = False


def calendars_of(card: Card, lang: Lang, marks: Marks) -> list[Calendar]:
    """The charts: those of the indicators, of the conditions that failed, and of the timelines in neither."""
    finder = _Finder(card, lang, marks)
    found = [*finder.of_indicators(), *finder.of_conditions(), *finder.of_timelines()]
    merged: dict[object, _Set] = {}
    for one in found:
        key = (one.counted, one.left_out, one.window, one.given)
        first = merged.get(key)
        if first is None:
            merged[key] = one
        elif one.title not in first.title.split(word("semicolon", lang)):
            merged[key] = replace(one, title=joined([first.title, one.title], "semicolon", lang))
    now = card["date"][:7]
    return [_drawn(one, now, lang) for one in merged.values() if one.counted or one.left_out]


class _Finder:
    def __init__(self, card: Card, lang: Lang, marks: Marks) -> None:
        self.card, self.lang, self.marks = card, lang, marks
        self.shown: set[str] = set()

    def of_indicators(self) -> Iterator[_Set]:
        for node in _every(self.card["indicators"]):
            if node.get("ledgers"):
                self.shown.update(node.get("timelines", []))
                yield from self._of_ledgers(node)

    def _of_ledgers(self, node: Indicator) -> Iterator[_Set]:
        """One chart for the ledgers of an indicator that hold the same months; for single spells one in all."""
        name = title(node["label"], node["id"], self.lang)
        window = (node.get("window", {}).get("from", ""), node.get("window", {}).get("to", ""))
        ledgers = [one for one in node.get("ledgers") or [] if one["counted"] or one["left_out"]]
        lost = {one["id"] for one in node["choice"]["lost"]} if "choice" in node else set()
        if any(one["id"].isdecimal() for one in ledgers):
            counted = _runs(
                month for one in ledgers if one["id"] not in lost for month in months(one["counted"])
            )
            out = [reason for one in ledgers for reason in self._reasons(one["left_out"])]
            unused = set(
                _runs(month for one in ledgers if one["id"] in lost for month in months(one["counted"]))
            )
            rest = _runs(set(months(unused)) - set(months(counted)))
            if rest:
                out.append((word("lost_months", self.lang), "", rest))
            yield _Set(name, counted, tuple(out), window)
            return
        groups: dict[tuple[tuple[str, ...], tuple[_Reason, ...]], list[str]] = {}
        for one in ledgers:
            key = (tuple(one["counted"]), tuple(self._reasons(one["left_out"])))
            groups.setdefault(key, []).append(pick(one["label"], self.lang) or one["id"])
        for (held, reasons), labels in groups.items():
            ledger = joined(labels, "list", self.lang)
            called = word("of_ledger", self.lang, name=name, ledger=ledger) if ledger else name
            yield _Set(called, held, reasons, window)

    def _reasons(self, left_out: Sequence[LeftOut]) -> list[_Reason]:
        return [
            (pick(one["reason"], self.lang), self.marks(one.get("cite")), tuple(one["months"]))
            for one in left_out
        ]

    def of_conditions(self) -> Iterator[_Set]:
        """The month sets of the tests that fail a requirement or a condition."""
        failing: list[tuple[str, Test | None]] = []
        outcome = self.card["outcome"]
        requirements: list[Requirement] = list(self.card["eligibility"])
        requirements += [] if outcome is None else outcome.get("gates", [])
        for requirement in requirements:
            name = title(requirement["label"], requirement["id"], self.lang)
            failing.append((name, requirement.get("test")))
        for node in _every(self.card["indicators"]):
            failing.append((title(node["label"], node["id"], self.lang), node.get("test")))
        for name, test in failing:
            for one in _failed(test):
                for read in one.get("months", []):
                    said = pick(read["in_words"], self.lang)
                    called = word("of_requirement", self.lang, name=name, set=said)
                    window = (str(read.get("from", "")), read.get("to", ""))
                    yield _Set(called, tuple(read["counted"]), tuple(self._reasons(read["left_out"])), window)

    def of_timelines(self) -> Iterator[_Set]:
        """Timelines that no indicator counts."""
        for timeline in self.card.get("timelines", []):
            if timeline["covered"] and timeline["id"] not in self.shown:
                called = title(timeline["label"], timeline["id"], self.lang)
                called += word("parenthesis", self.lang, text=word("given_only", self.lang))
                yield _Set(called, tuple(timeline["covered"]), (), ("", ""), given=True)


def _every(nodes: Iterable[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _every(node.get("indicators") or [])


def _failed(test: Test | None) -> Iterator[Test]:
    if test is None or test["holds"]:
        return
    if "tests" not in test:
        yield test
    for part in test.get("tests", []):
        yield from _failed(part)


def months(runs: Iterable[str]) -> Iterator[int]:
    """The months of runs, as year * 12 + month - 1."""
    for run in runs:
        first, _, last = run.partition("..")
        yield from range(index(first), index(last or first) + 1)


def index(month: str) -> int:
    """YYYY-MM as year * 12 + month - 1."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _runs(numbers: Iterable[int]) -> tuple[str, ...]:
    """Months as runs."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return tuple(_text(a) if a == b else f"{_text(a)}..{_text(b)}" for a, b in found)


def _text(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"


# drawing


def _drawn(one: _Set, now: str, lang: Lang) -> Calendar:
    cells, keys, spoken = _cells(one, now, lang)
    rows = _rows(cells)
    ends = [
        word(f"edge_{name}", lang, month=month)
        for name, month in zip(("from", "to"), one.window, strict=True)
        if month
    ]
    if ends:
        said = word("key_edge", lang, edges=joined(ends, "comma", lang))
        keys.append(Key("", "edge", said))
        spoken.append(said)
    told = word("colon", lang).join([one.title, joined(spoken, "semicolon", lang)])
    return Calendar(one.title, rows, keys, list(_shared(rows, now, lang)), told)


def _shared(rows: Sequence[YearRow], now: str, lang: Lang) -> Iterator[Key]:
    """What the signs mean that do not differ from chart to chart."""
    cells = [cell for row in rows for cell in row.cells]
    if any(cell.kind == "none" for cell in cells):
        yield Key("", "none", word("key_none", lang))
    if any(cell.kind == "outside" for cell in cells):
        yield Key("", "outside", word("key_outside", lang))
    if any(cell.edge for cell in cells):
        yield Key("", "edge", word("key_edges", lang))
    if any(cell.now for cell in cells):
        yield Key("", "now", word("key_application", lang, month=now))


def _cells(one: _Set, now: str, lang: Lang) -> tuple[dict[int, Cell], list[Key], list[str]]:
    """Every month from the first to the last that matters, the key to the signs, and both in words."""
    signs: dict[int, tuple[str, Literal["counted", "out"]]] = {}
    keys: list[Key] = []
    spoken: list[str] = []

    def told(sign: str, kind: Literal["counted", "out"], runs: tuple[str, ...], text: str) -> None:
        for month in months(runs):
            signs.setdefault(month, (sign, kind))
        keys.append(Key(sign, kind, text))
        spoken.append(text)

    def sized(runs: tuple[str, ...]) -> str:
        return amount("months", sum(1 for _ in months(runs)), lang)

    if one.counted:
        kind = word("key_given" if one.given else "key_counted", lang)
        when = intervals(one.counted, lang, RUNS)
        text = word("key_months", lang, kind=kind, months=sized(one.counted), intervals=when)
        told(COUNTED, "counted", one.counted, text)
    for at, (reason, marks, runs) in enumerate(one.left_out):
        when = intervals(runs, lang, RUNS)
        text = word("out_of_it", lang, months=sized(runs), intervals=when, reason=reason) + marks
        told(ascii_lowercase[at] if at < len(ascii_lowercase) else _OTHER, "out", runs, text)
    first, last = (index(month) if month else None for month in one.window)
    today = index(now)
    known = [*signs, today, *([last] if last is not None else [])]
    low, high = min(known) // 12 * 12, max(known) // 12 * 12 + 11
    found = {}
    for month in range(low, high + 1):
        outside = (first is not None and month < first) or month > (last if last is not None else today)
        sign, kind = signs.get(month, ("", "outside" if outside else "none"))
        edge = (
            "both"
            if first == last == month
            else "begin"
            if month == first
            else "end"
            if month == last
            else ""
        )
        found[month] = Cell(sign, kind, edge, month == today)  # type: ignore[arg-type]
    return found, keys, spoken


def _rows(cells: dict[int, Cell]) -> list[YearRow]:
    """A row for each year; years of which every month is the same stand together."""
    rows: list[YearRow] = []
    started = ""
    for january in range(min(cells), max(cells) + 1, 12):
        year, own = str(january // 12), [cells[month] for month in range(january, january + 12)]
        uniform = len(set(own)) == 1 and not own[0].edge and not own[0].now
        if uniform and rows and rows[-1].cells == own:
            rows[-1] = YearRow(f"{started}–{year}", own)
            continue
        started = year
        rows.append(YearRow(year, own))
    return rows
