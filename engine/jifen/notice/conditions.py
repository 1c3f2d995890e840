"""Conditions in a notice: each test with what was found and, where it decides, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from jifen.notice.parts import Line
from jifen.notice.wording import measured, word
from jifen.scorecard.shape import Cite, Lang, MonthsRead, Test
from jifen.scorecard.wording import amount, exact, intervals, joined, pick, value

RUNS = 8
"""More runs of months than these are folded, with their number; the data has them all."""

Marks = Callable[[Sequence[Cite] | None], str]


def test_lines(test: Test, lang: Lang, marks: Marks, depth: int = 0) -> list[Line]:
    """A condition taken apart. What is missing is told of tests that fail where that makes the whole fail."""
    return list(_Teller(lang, marks).lines(test, depth, decides=not test["holds"]))


class _Teller:
    def __init__(self, lang: Lang, marks: Marks) -> None:
        self.lang, self.marks = lang, marks

    def lines(self, test: Test, depth: int, decides: bool) -> Iterator[Line]:
        combine = test.get("combine")
        if combine is None:
            yield from self._one(test, depth, decides)
            return
        parts = test.get("tests", [])
        named = "label" in test
        if len(parts) == 1:
            head = pick(test.get("label"), self.lang)
        elif named:
            head = word(f"named_{combine}", self.lang, label=pick(test.get("label"), self.lang))
        else:
            head = word(f"{combine}_of", self.lang)
        yield Line("test", "", head, depth, test["holds"])
        # Of alternatives that suffice, those that fail do not matter.
        told = [part for part in parts if part["holds"] >= (combine == "any" and test["holds"])]
        for part in told:
            yield from self.lines(part, depth + 1, decides and not part["holds"])

    def _one(self, test: Test, depth: int, decides: bool) -> Iterator[Line]:
        lang = self.lang
        said = pick(test.get("in_words"), lang)
        found = joined(self._found(test), "comma", lang)
        text = said + (word("colon", lang) + found if found else "")
        yield Line("test", "", text, depth, test["holds"])
        if not decides:
            return
        for read in test.get("months", []):
            yield from self._lacking(test, read, depth + 1)
        dates = [record["date"] for record in test.get("records", [])]
        if dates and test.get("wanted") in ("at_most", "below", "equal"):
            yield Line("out", "", word("these_records", lang, dates=folded(dates, lang)), depth + 1)

    def _found(self, test: Test) -> Iterator[str]:
        """What was found, and by how much that misses."""
        lang = self.lang
        if test.get("stated") is False:
            yield word("not_stated", lang)
            return
        found = test.get("found")
        if found is None:
            return
        if test.get("wanted") in ("holds", "holds_not"):
            yield value(found, lang)
            return
        shown = pick(test.get("found_shown"), lang) or value(found, lang)
        yield word("found", lang, found=measured(shown, test.get("unit", ""), lang))
        short = test.get("short")
        if short is not None and test.get("wanted") != "equal":
            key = "short" if test.get("wanted") in ("at_least", "above") else "over"
            yield word(key, lang, amount=measured(exact(short, lang), test.get("unit", ""), lang))

    def _lacking(self, test: Test, read: MonthsRead, depth: int) -> Iterator[Line]:
        """The months that are missing, or those that should not be there."""
        lang = self.lang
        first = read.get("first_missing")
        if read["function"] == "streak" and first is not None and "to" in read:
            months = amount("months", int(Fraction(test.get("found", "0"))), lang)
            text = word("run_stops", lang, end=read["to"], found=months, month=first)
            yield Line("note", "", text, depth)
        for one in read.get("missing", []):
            reason = pick(one.get("reason"), lang) or word("not_covered", lang)
            text = word(
                "missing",
                lang,
                months=amount("months", one["count"], lang),
                intervals=intervals(one["months"], lang, RUNS),
                reason=reason,
            )
            yield Line("out", "", text + self.marks(one.get("cite")), depth)
        if test.get("wanted") in ("at_most", "below") and read["counted"]:
            text = word("these_months", lang, intervals=intervals(read["counted"], lang, RUNS))
            yield Line("out", "", text, depth)


def folded(dates: Sequence[str], lang: Lang) -> str:
    """Dates in a row; of many the first ones and their number."""
    text = joined(dates[:RUNS], "list", lang)
    return text if len(dates) <= RUNS else text + word("more_dates", lang, count=len(dates))
