"""The sentences of a review: what the table and the Markdown rendering both say."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import cast

from jifen.review.changes import Change
from jifen.review.explain import Explanation
from jifen.review.months import runs
from jifen.review.review import Difference, ReadOtherwise, Review
from jifen.review.search import TOTAL, Fewer
from jifen.review.values import Value
from jifen.review.wording import word
from jifen.scorecard.cites import cited
from jifen.scorecard.numbers import date_text, month_text, shown
from jifen.scorecard.phrases import Citations
from jifen.scorecard.shape import Cite, Lang
from jifen.scorecard.wording import amount, decimal, exact, joined, pick
from jifen.scorecard.wording import word as shared

MINUTE = "%Y-%m-%d %H:%M"
SHOWN = 4
"""How many explanations of one part are told; JSON has them all."""
ENDS = 2
"""How many of those that move an end of a spell, told only where there are no others."""


class Phrases:
    """The sentences of one review in one language."""

    def __init__(self, review: Review, lang: Lang) -> None:
        self.review = review
        self.lang: Lang = lang
        self.citations = Citations(lang)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    # the head

    def head(self) -> list[tuple[str, str]]:
        """Policy, applicant, date, rounding and window, each with its label."""
        review, published = self.review, self.review.published
        rows = [
            (shared("policy", self.lang), review.policy.id),
            (shared("applicant", self.lang), review.card.person.id),
            (self.word("published_on"), date_text(published.date)),
            (self.word("printing"), self._printing()),
            (self.word("window"), self._window()),
        ]
        if review.window is not None and review.now is not None:
            now = review.window.local(review.now).strftime(MINUTE)
            rows.append((self.word("now"), self.word(review.window.state(review.now), now=now)))
        return rows

    def _printing(self) -> str:
        printing = self.review.published.printing
        if printing.to is None:
            return self.word("printing_exact")
        return self.word(
            "printing_cut" if printing.cut else "printing_nearest", to=decimal(str(printing.to), 9)
        )

    def _window(self) -> str:
        window = self.review.window
        if window is None:
            return self.word("window_none")
        end = window.end
        form = "%Y-%m-%d" if end.whole_day else MINUTE
        times = {"opens": window.opens.strftime(form), "closes": end.closes.strftime(form)}
        parts = [self.word("window_days" if end.whole_day else "window_hours", zone=window.zone, **times)]
        if not end.whole_day:
            parts.append(self.word("window_inside" if window.inside else "window_outside"))
        for doubt in window.doubts:
            parts.append(self.word("window_provisional", year=doubt.year))
        cites = cited(self.review.policy.rules, window.cite)
        return joined(parts, "comma", self.lang) + self.citations.marks(cast(list[Cite], cites))

    # a difference

    def label(self, path: str) -> str:
        """The label of a part, or of the total."""
        found = next((pick(one.label, self.lang) for one in self.review.differences if one.path == path), "")
        if not found and path != TOTAL:
            found = pick(self.review.policy.line(path).indicator.label, self.lang)
        return found or path

    def numbers(self, one: Difference) -> tuple[str, str, str]:
        """Published, recomputed and the difference, as printed; the recomputed number exactly where that is more."""
        sign = "+" if one.size > 0 else "−"
        recomputed = exact(str(one.recomputed), self.lang, shown(one.recomputed))
        return shown(one.published), recomputed, sign + shown(abs(one.size))

    def lines(self, one: Difference) -> list[tuple[int, str]]:
        """What is said of a difference, each line with its depth."""
        if one.made_of:
            return [(0, self.word("made_of", parts=self._parts(one.made_of)))]
        lines: list[tuple[int, str]] = []
        if one.path == TOTAL and len(self.review.differences) > 1:
            return [(0, self.word("not_made_of", sum=self._sum()))]
        if one.fewer is not None:
            lines += self._fewer(one, one.fewer)
        told = self._told(one.explanations)
        for explanation in told:
            lines += self._explanation(one, explanation)
        if len(one.explanations) > len(told):
            lines.append((0, self.word("more", count=len(one.explanations) - len(told))))
        lines += [(0, self._reading(one, reading)) for reading in one.readings]
        if not one.explained:
            lines.append((0, self.word("unexplained")))
        if one.evidence:
            listed = joined((pick(text, self.lang) for text in one.evidence), "semicolon", self.lang)
            lines.append((0, self.word("evidence", evidence=listed)))
        return lines

    def _told(self, found: Iterable[Explanation]) -> list[Explanation]:
        listed = list(found)
        others = [one for one in listed if "end" not in one.kinds]
        return others[:SHOWN] or listed[:ENDS]

    def _sum(self) -> str:
        parts = [one for one in self.review.differences if one.path != TOTAL and not one.made_of]
        found = sum((one.size for one in parts), Fraction(0))
        return ("+" if found > 0 else "−" if found < 0 else "") + shown(abs(found))

    def _parts(self, paths: Iterable[str]) -> str:
        return joined((self.label(path) for path in paths), "list", self.lang)

    def _points(self, one: Difference) -> str:
        return decimal(str(one.published), 9)

    def _fewer(self, one: Difference, fewer: Fewer) -> list[tuple[int, str]]:
        of = pick(self.review.applicant.rules.timelines[fewer.timeline].label, self.lang) or fewer.timeline
        months = amount("months", fewer.months, self.lang)
        places = "fewer_any" if fewer.places == fewer.of else "fewer_some"
        parts = [
            self.word("fewer", of=of, months=months, points=self._points(one)),
            self.word(places, places=fewer.places, of=fewer.of),
        ]
        key = ("fewer_none", "fewer_one")[len(fewer.alike)] if len(fewer.alike) < 2 else "fewer_many"
        parts.append(self.word(key, count=len(fewer.alike), runs=self._runs(fewer.alike)))
        return [(0, joined(parts, "semicolon", self.lang))]

    def _explanation(self, one: Difference, found: Explanation) -> list[tuple[int, str]]:
        said = self.word("and_also").join(self._change(change, found) for change in found.changes)
        result = self.word("would_give", points=self._points(one)) + self._rest(
            one, found.total, found.others, found.breaks
        )
        lines = [(0, said + shared("colon", self.lang) + result)]
        months = []
        for key, moved in (("lost", found.moved.lost), ("gained", found.moved.gained)):
            if moved:
                count = amount("months", len(moved), self.lang)
                months.append(self.word(key, months=count, runs=self._runs(runs(moved))))
        if found.moved.reasons:
            reasons = joined(
                (
                    pick(reason.text, self.lang) + self.citations.marks(reason.cite)
                    for reason in found.moved.reasons
                ),
                "semicolon",
                self.lang,
            )
            months.append(self.word("reasons", reasons=reasons))
        kind = "only_one" if found.of_kind == 1 else "one_of"
        months.append(self.word(kind, count=found.of_kind))
        return [*lines, *((1, line) for line in months)]

    def _rest(self, one: Difference, total: bool | None, others: Iterable[str], breaks: Iterable[str]) -> str:
        text = ""
        if total is not None and one.path != TOTAL:
            text += self.word("with_total" if total else "not_total")
        if others:
            text += self.word("with_others", parts=self._parts(others))
        if breaks:
            text += self.word("with_breaks", parts=self._parts(breaks))
        return text

    def _reading(self, one: Difference, found: ReadOtherwise) -> str:
        known = self.review.policy.rules.readings
        said = self.word("and_also").join(
            self.word(
                "reading",
                question=pick(known[name].question, self.lang) or name,
                option=pick(known[name].options[option], self.lang) or option,
            )
            for name, option in found.readings.items()
        )
        result = self.word("would_give", points=self._points(one))
        return said + shared("colon", self.lang) + result + self._rest(one, found.total, (), found.breaks)

    # a change

    def _change(self, change: Change, found: Explanation) -> str:
        values: dict[str, str] = {
            "of": self._of(change),
            "part": pick(change.part, self.lang) or change.path.rpartition(".")[2],
            "before": self._value(change.before),
            "after": self.word("or" if change.kind != "fact" or self.lang == "zh" else "or_bare").join(
                self._value(value) for value in change.after
            ),
            "months": "" if change.months is None else self._runs([change.months]),
            "date": change.date,
            "dates": joined(found.dates, "list", self.lang),
            "marks": joined((pick(mark.value, self.lang) for mark in found.marks), "list", self.lang),
        }
        return self.word(self._key(change, found), **values)

    def _of(self, change: Change) -> str:
        """The label of what is changed; of what belongs to another person, with that person."""
        label = pick(change.of, self.lang) or change.path
        steps = change.path.split(".")
        if steps[0] != "people":
            return label
        person = pick(self.review.policy.rules.people[steps[1]].label, self.lang) or steps[1]
        return label + shared("parenthesis", self.lang, text=person)

    def _key(self, change: Change, found: Explanation) -> str:
        unstated = change.before is None or change.before.text is None
        if change.kind == "end":
            return f"end_{change.side}_open" if unstated else f"end_{change.side}"
        if change.kind in ("spell", "run") and found.marks:
            return f"{change.kind}_marked"
        if change.kind == "fact" and unstated:
            return "fact_stated"
        if change.kind == "record_more" and pick(change.part, self.lang):
            return "record_more_of"
        return change.kind

    def _value(self, value: Value | None) -> str:
        if value is None or value.text is None:
            return self.word("not_stated")
        if value.text in ("true", "false"):
            return shared("yes" if value.text == "true" else "no", self.lang)
        return pick(value.label, self.lang) or value.text

    def _runs(self, found: Iterable[tuple[int, int]]) -> str:
        to = shared("to", self.lang)
        return joined(
            (month_text(a) if a == b else month_text(a) + to + month_text(b) for a, b in found),
            "list",
            self.lang,
        )

    # the end

    def foot(self) -> list[str]:
        """What agrees, what the explanations give together, and how much was tried."""
        review = self.review
        differing = {one.path for one in review.differences}
        known = [*review.published.parts, *([] if review.published.total is None else [TOTAL])]
        agreeing = [path for path in known if path not in differing]
        lines = []
        if review.differences and agreeing:
            lines.append(self.word("agree", parts=self._parts(agreeing)))
        if review.together is not None:
            lines.append(self.word("together" if review.together else "not_together"))
        if review.tried:
            lines.append(self.word("bound", tried=review.tried, bound=review.bound))
        if not review.complete:
            lines.append(self.word("cut_short"))
        return lines
