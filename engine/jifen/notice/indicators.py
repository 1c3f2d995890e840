"""Indicators in a notice: the rule, what was read, the sum, the months and records, and what lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from jifen.explain.arithmetic import number
from jifen.notice.conditions import RUNS, Marks, folded, test_lines
from jifen.notice.parts import Line
from jifen.notice.wording import word
from jifen.scorecard.shape import Indicator, Lang, Ledger, Reading, RecordLine, Sentence, Test
from jifen.scorecard.wording import amount, decimal, exact, intervals, joined, pick, value

_LEDGERS = 8
"""More ledgers than these (a person may have hundreds of spells) are told by their number."""


def indicator_lines(node: Indicator, lang: Lang, marks: Marks) -> list[Line]:
    """All that is told below the head line of an indicator."""
    return list(_Teller(node, lang, marks).lines())


class _Teller:
    def __init__(self, node: Indicator, lang: Lang, marks: Marks) -> None:
        self.node, self.lang, self.marks = node, lang, marks

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    def lines(self) -> Iterator[Line]:
        node = self.node
        yield from self._rule()
        if node.get("declined"):
            yield Line("note", "", self.word("declined"))
        test = node.get("test")
        if test is not None:
            head = self.word("condition")
            if not test["holds"]:
                yield Line("note", head, self.word("not_applied"))
                head = ""
            first, *others = test_lines(test, self.lang, self.marks)
            yield first._replace(head=head)
            yield from others
        read = self._read(test)
        if read:
            yield Line("read", self.word("read"), read)
        if node["applies"]:
            yield from self._ledgers()
            yield from self._records(node.get("records"))
            yield from self._sum()

    def _rule(self) -> Iterator[Line]:
        head = self.word("rule")
        held = self._held()
        for at, sentence in enumerate(self.node.get("in_words", [])):
            text = pick(sentence.get("text"), self.lang)
            points = pick(sentence.get("points"), self.lang)
            told = joined([text, points], "colon", self.lang)
            yield Line("rule", head, told, sentence.get("depth", 0), True if at in held else None)
            head = ""

    def _held(self) -> set[int]:
        """The lines of the rule's table that apply: the band of the value, the row of the option."""
        node, sentences = self.node, self.node.get("in_words", [])
        if not node["applies"]:
            return set()
        band = node.get("band")
        if band is not None:
            return {band + 1}
        if node["kind"] == "lookup" and node["values"]:
            label = pick(node["values"][-1].get("shown"), self.lang)
            return {at for at, sentence in enumerate(sentences) if label in self._labels(sentence)}
        return set()

    def _labels(self, sentence: Sentence) -> list[str]:
        return pick(sentence.get("text"), self.lang).split(self.word("list"))

    def _read(self, test: Test | None) -> str:
        """What was read besides what the tests of the condition have told."""
        values = self.node["values"]
        own = values[-1:] if self.node["kind"] in ("lookup", "bands", "per_unit") else []
        # What a rule would have read may not even be stated where its condition fails.
        shown = own if self.node["applies"] else []
        told = " ".join(_texts(test)) if test is not None else ""
        named = set(self._labels_in(test)) if test is not None else set()
        others = [
            one
            for one in values[: len(values) - len(own)]
            if one["text"] not in told and pick(one.get("label"), self.lang) not in named
        ]
        return joined(dict.fromkeys(map(self._reading, [*others, *shown])), "semicolon", self.lang)

    def _labels_in(self, test: Test) -> Iterator[str]:
        if "label" in test:
            yield pick(test["label"], self.lang)
        for part in test.get("tests", []):
            yield from self._labels_in(part)

    def _reading(self, one: Reading) -> str:
        found = pick(one.get("shown"), self.lang) or value(one["value"], self.lang)
        name = pick(one.get("label") or one.get("in_words"), self.lang) or one["text"]
        return f"{name}{self.word('colon')}{found}"

    # months

    def _ledgers(self) -> Iterator[Line]:
        ledgers = self.node.get("ledgers") or []
        lost = {one["id"] for one in self.node["choice"]["lost"]} if "choice" in self.node else set()
        told = [ledger for ledger in ledgers if ledger["id"] not in lost or not ledger["id"]]
        if self.node["kind"] == "accrue" and not any(ledger["counted"] for ledger in ledgers):
            yield Line("counted", self.word("months_counted"), self.word("no_months"))
        groups = [list(alike) for _, alike in groupby(told, key=_content)]
        before: Ledger | None = None
        for group in groups[:_LEDGERS]:
            yield from self._alike(group, before)
            before = group[0]
        if len(groups) > _LEDGERS:
            yield Line("note", "", self.word("more_dates", count=len(told)).lstrip(", "))

    def _alike(self, ledgers: Sequence[Ledger], before: Ledger | None) -> Iterator[Line]:
        """Ledgers with the same content are told as one; months that those before had are not repeated."""
        ledger = ledgers[0]
        if not (ledger["count"] or ledger["left_out"] or ledger["points"] != "0"):
            return
        names = [pick(one["label"], self.lang) or one["id"] for one in ledgers]
        named = bool(ledger["id"])
        only_left_out = not named and not ledger["pieces"] and len(self.node.get("ledgers") or []) > 1
        if not only_left_out and (ledger["pieces"] or named):
            text = str(ledger.get("arithmetic", ""))
            text += self._about(ledger["points"], text)
            if len(ledgers) > 1:
                text = self.word("each_ledger", arithmetic=text)
            name = joined(names, "list", self.lang) if named else ""
            yield Line("sum", self.word("sum"), joined([name, text], "colon", self.lang))
        if before is not None and (ledger["counted"], ledger["left_out"]) == (
            before["counted"],
            before["left_out"],
        ):
            if ledger["counted"] or ledger["left_out"]:
                yield Line("counted", self.word("months_counted"), self.word("same_months"))
            return
        if ledger["counted"]:
            when = intervals(ledger["counted"], self.lang, RUNS)
            months = amount("months", ledger["count"], self.lang)
            text = self.word("counted_in", months=months, intervals=when)
            yield Line("counted", self.word("months_counted"), text)
        credited = sum(piece["months"] for piece in ledger["pieces"])
        if ledger["pieces"] and credited < ledger["count"]:
            text = self.word("credited", months=amount("months", credited, self.lang))
            yield Line("counted", self.word("months_counted"), text)
        for left in ledger["left_out"]:
            text = self.word(
                "out_of_it",
                months=amount("months", left["count"], self.lang),
                intervals=intervals(left["months"], self.lang, RUNS),
                reason=pick(left["reason"], self.lang),
            )
            yield Line("out", self.word("months_out"), text + self.marks(left.get("cite")))

    # records

    def _records(self, records: Sequence[RecordLine] | None) -> Iterator[Line]:
        """Records that count with the same points, or are left out for the same reason, are told as one."""
        if records is None:
            return
        if not records:
            yield Line("counted", self.word("records"), self.word("no_records"))
        groups: dict[tuple[bool, str, str, str], list[str]] = {}
        for record in records:
            cite = "" if record["counted"] else self.marks(record.get("cite"))
            reason = "" if record["counted"] else pick(record.get("reason"), self.lang)
            groups.setdefault((record["counted"], record["points"], reason, cite), []).append(record["date"])
        head = self.word("records")
        for (counted, points, reason, cite), dates in groups.items():
            shown = exact(points, self.lang)
            listed = folded(sorted(dates), self.lang)
            if counted:
                key = "date_counted" if len(dates) == 1 else "dates_counted"
                yield Line("counted", head, self.word(key, count=len(dates), points=shown, dates=listed))
            else:
                key = "record_out" if len(dates) == 1 else "dates_out"
                text = self.word(key, count=len(dates), date=listed, dates=listed, reason=reason)
                yield Line("out", head, text + cite)
            head = ""

    # the sum

    def _sum(self) -> Iterator[Line]:
        node = self.node
        written = node.get("arithmetic")
        ledgers = [one for one in node.get("ledgers") or [] if one["pieces"]]
        if written is not None:
            head = self.word("together" if ledgers or node.get("records") else "sum")
            yield Line("sum", head, written + self._about(node["points"], written))
        adjusted = node.get("adjusted")
        if adjusted is not None:
            before, after = (number(adjusted[key]) for key in ("before", "after"))
            text = self.word("adjusted", before=before, after=after)
            yield Line("note", self.word("adjusted_short"), text)
        cap = node.get("cap")
        if cap:
            text = self.word(
                "capped", before=exact(cap["before"], self.lang), limit=exact(cap["limit"], self.lang)
            )
            yield Line("note", self.word("capped_short"), text)
        yield from self._choice()

    def _about(self, points: str, written: str) -> str:
        """The two decimals of a sum that ends in a fraction."""
        return f" ≈ {decimal(points)}" if "/" in points and written.endswith(f" {points}") else ""

    def _choice(self) -> Iterator[Line]:
        choice = self.node.get("choice")
        if choice is None or not (choice["lost"] or choice["counts"] is None):
            return
        if self.node["points"] == "0" and all(one["points"] == "0" for one in choice["lost"]):
            return
        if choice["counts"] is None:
            text = self.word("won_nothing")
        else:
            text = self.word(f"won_{choice['combine']}", name=self._name(choice["counts"]))
        lost = [
            self.word("lost_one", name=self._name(one["id"]), points=exact(one["points"], self.lang))
            for one in choice["lost"]
        ]
        names = joined(lost[:RUNS], "list", self.lang)
        if len(lost) > RUNS:
            names += self.word("more_dates", count=len(lost))
        parts = [text, self.word("lost", names=names) if lost else ""]
        yield Line("note", self.word("choice"), joined(parts, "semicolon", self.lang))

    def _name(self, id_: str) -> str:
        for child in self.node.get("indicators") or []:
            if child["id"] == id_:
                return pick(child["label"], self.lang) or id_
        for ledger in self.node.get("ledgers") or []:
            if ledger["id"] == id_:
                return pick(ledger["label"], self.lang) or id_
        for record in self.node.get("records") or []:
            if str(record["index"]) == id_:
                return record["date"]
        return id_


def _content(ledger: Ledger) -> tuple[object, ...]:
    return bool(ledger["id"]), ledger["points"], ledger["counted"], ledger["left_out"], ledger["pieces"]


def _texts(test: Test) -> Iterator[str]:
    yield test.get("text", "")
    for read in test.get("months", []):
        yield f"{read['function']}({read['text']})"
    for part in test.get("tests", []):
        yield from _texts(part)
