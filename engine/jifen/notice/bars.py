"""The chart of points: every indicator that adds to the total, one after the other, against the line."""

from __future__ import annotations

from fractions import Fraction

from jifen.notice.parts import Bar, Bars
from jifen.scorecard.phrases import indicator_title
from jifen.scorecard.shape import Card, Indicator, Lang
from jifen.scorecard.wording import pick, title


def bars_of(card: Card, lang: Lang) -> Bars | None:
    """The bars of the score that decides; None where nothing is scored.

    Groups that just add up are shown by their parts. The bars stand one after the other where they come to the
    score, else each begins at zero.
    """
    outcome = card["outcome"]
    name = None if outcome is None else outcome.get("score")
    score = next((one for one in card["scores"] if one["id"] == name), None)
    if score is None or not card["indicators"]:
        return None
    leaves = [leaf for node in card["indicators"] for leaf in _adding(node)]
    total = Fraction(score["points"])
    stacked = sum((Fraction(leaf["points"]) for leaf in leaves), Fraction(0)) == total
    rows, at = [], Fraction(0)
    for leaf in leaves:
        points = Fraction(leaf["points"])
        start = at if stacked else Fraction(0)
        rows.append(Bar(indicator_title(leaf, lang), start, start + points, leaf["shown"]))
        at += points
    line = None if outcome is None else outcome.get("line")
    label = title(score["label"], score["id"], lang) or pick(score["label"], lang)
    whole = Bar(label, Fraction(0), total, score["shown"])
    return Bars(rows, whole, None if line is None else Fraction(line), stacked)


def _adding(node: Indicator) -> list[Indicator]:
    """The parts of a group that only adds up, theirs in turn; anything else by itself."""
    children = node.get("indicators") or []
    points = sum((Fraction(child["points"]) for child in children), Fraction(0))
    if not children or node.get("combine", "sum") != "sum" or points != Fraction(node["points"]):
        return [node]
    return [leaf for child in children for leaf in _adding(child)]
