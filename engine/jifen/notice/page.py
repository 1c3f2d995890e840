"""A scorecard with its explanation as the parts of a points notice, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jifen.notice.bars import bars_of
from jifen.notice.calendars import calendars_of
from jifen.notice.conditions import test_lines
from jifen.notice.indicators import indicator_lines
from jifen.notice.parts import Item, Line, Notice, OpenQuestion
from jifen.notice.wording import word
from jifen.scorecard.phrases import (
    Citations,
    counting_child,
    eligibility_summary,
    indicator_title,
    margin,
    open_reading_lines,
    reasons,
)
from jifen.scorecard.shape import Card, Indicator, Lang, Requirement
from jifen.scorecard.wording import decimal, exact, pick, title


def notice_of(card: Card, lang: Lang, only: str | None = None, printed: str | None = None) -> Notice:
    """The notice of an explained scorecard, as `Scorecard.explain` gives it.

    `only` is the path of the one indicator to explain, with what it holds. `printed` is the day of printing.
    """
    return _Writer(card, lang, printed).notice(only)


class _Writer:
    def __init__(self, card: Card, lang: Lang, printed: str | None) -> None:
        self.card, self.lang, self.printed = card, lang, printed
        self.citations = Citations(lang)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    def notice(self, only: str | None) -> Notice:
        card, lang = self.card, self.lang
        outcome = card["outcome"]
        notice = Notice(
            title=self.word("title"),
            policy=pick(card["policy"]["title"], lang),
            about=list(self._about()),
            verdict=self._verdict(),
            qualifies=None if outcome is None else outcome["qualifies"],
            scores=self._scores(),
        )
        marks = self.citations.marks
        if only is None:
            notice.requirements = [self._requirement(one) for one in card["eligibility"]]
            notice.summary = eligibility_summary(card["eligibility"], lang)
            gates = [] if outcome is None else outcome.get("gates", [])
            notice.gates = [self._requirement(one) for one in gates]
        nodes = [node for node in card["indicators"] if only is None] or list(_at(card["indicators"], only))
        depth = 0 if only is None else -(only.count("/"))
        for node in nodes:
            notice.indicators += self._items(node, node["path"].count("/") + depth, counts=True)
        if only is None:
            notice.bars = bars_of(card, lang)
            notice.calendars = calendars_of(card, lang, marks)
            for reading in card["readings"]:
                question = title(reading["question"], reading["id"], lang)
                notice.questions.append(OpenQuestion(question, open_reading_lines(reading, lang)))
            for warning in card["warnings"]:
                text = title(warning["label"], warning["id"], lang)
                notice.warnings.append(text + marks(warning.get("cite")))
        notice.sources = self.citations.listed()
        notice.evidence = [
            (self.word("engine"), f"jifen {card['engine']}"),
            (self.word("digest"), card["policy"]["digest"]),
        ]
        return notice

    def _about(self) -> Iterator[tuple[str, str]]:
        card, lang = self.card, self.lang
        yield self.word("applicant"), card["applicant"]
        policy = card["policy"]
        start, end = policy["in_force"].get("from") or "", policy["in_force"].get("to")
        in_force = self.word("in_force_range" if end else "in_force_open", start=start, end=end)
        yield self.word("policy"), policy["id"] + self.word("comma") + in_force
        yield self.word("date"), card["date"]
        if card["round"]:
            yield self.word("round"), pick(card["round"]["label"], lang) or card["round"]["id"]
        for anchor in card["anchors"]:
            cutoff = anchor["id"] == "cutoff"
            label = self.word("cutoff") if cutoff else title(anchor["label"], anchor["id"], lang)
            yield label, anchor["date"]
        if self.printed is not None:
            yield self.word("printed"), self.printed

    def _verdict(self) -> str:
        outcome = self.card["outcome"]
        if outcome is None:
            return self.word("no_outcome")
        key = "qualifies" if outcome["qualifies"] else "fails"
        return self.word(key) + self.word("colon") + reasons(self.card, self.lang)

    def _scores(self) -> list[tuple[str, str]]:
        lang, outcome = self.lang, self.card["outcome"]
        rows = [
            (title(score["label"], score["id"], lang), exact(score["points"], lang, score["shown"]))
            for score in self.card["scores"]
        ]
        if outcome is not None and outcome.get("line") is not None:
            key = "line_above" if outcome.get("reached") == "above" else "line"
            rows.append((self.word(key), decimal(outcome["line"] or "0")))
            distance = margin(outcome, lang)
            if distance is not None:
                rows.append(distance)
        return rows

    def _requirement(self, requirement: Requirement) -> Item:
        lang = self.lang
        label = title(requirement["label"], requirement["id"], lang)
        marks = self.citations.marks(requirement["cite"])
        lines: list[Line] = []
        test = requirement.get("test")
        # A yes or no that bears the requirement's own label has nothing to add to it.
        if test is not None and title(test.get("in_words"), "", lang) != label:
            lines = test_lines(test, lang, self.citations.marks)
        return Item(requirement["id"], label, marks, lines, holds=requirement["met"])

    def _items(self, node: Indicator, depth: int, counts: bool) -> Iterator[Item]:
        lang = self.lang
        children = node.get("indicators") or []
        marks = self.citations.marks(node["cite"])
        limit = node.get("max")
        yield Item(
            node["path"],
            title(indicator_title(node, lang), node["id"], lang),
            marks,
            indicator_lines(node, lang, self.citations.marks),
            depth,
            is_group=bool(children),
            points=_in_brackets(exact(node["points"], lang, node["shown"]), counts or node["points"] == "0"),
            most="" if limit is None or limit == "0" else decimal(limit),
        )
        counting = counting_child(node)
        for child in children:
            inside = counts and (counting is None or child["id"] == counting)
            yield from self._items(child, depth + 1, inside)


def _in_brackets(points: str, counts: bool) -> str:
    """Points that lost against others, in brackets."""
    return points if counts else f"({points})"


def _at(nodes: Sequence[Indicator], path: str | None) -> Iterator[Indicator]:
    """The indicator with this path."""
    for node in nodes:
        if node["path"] == path:
            yield node
        yield from _at(node.get("indicators") or [], path)
