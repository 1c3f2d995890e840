"""The steps of a scorecard: where the policy writes what gave a value, and the arithmetic in words.

Steps have an order, that in which the scorecard is computed: of several values that differ, the first step that
differs is what to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from pathlib import PurePath
from typing import Any, NamedTuple

from jifen.api import Scorecard
from jifen.document.places import Place
from jifen.policy.model import Indicator, Requirement
from jifen.policy.recorded import Line
from jifen.policy.terms import Points
from jifen.rules import model as rules


class Words(NamedTuple):
    """A text in English and in Chinese."""

    en: str
    zh: str

    def text(self, lang: str) -> str:
        """The one in `lang`."""
        return self.zh if lang == "zh" else self.en

    @staticmethod
    def joined(parts: list[Words]) -> Words:
        """Parts of a sentence, one after the other."""
        return Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))


class Step(NamedTuple):
    """Where the policy writes it, and how the value came about."""

    rule: Place
    because: Words


def of_line(card: Scorecard, path: str, ledger: str | None = None) -> Step:
    """A line of the table; with the months left out, and why, where one of its ledgers is asked for."""
    line = card.policy.line(path)
    node = _node(card.to_dict()["indicators"], line.indicator.path)
    parts = [_same(f"{value['text']} = {value['value']}") for value in node["values"]]
    if not node["applies"]:
        parts.append(Words("its condition is not met", "条件不成立"))
    for found in node.get("ledgers", ()):
        if ledger is None or found["id"] == ledger:
            parts.append(_ledger(found, _tiers(line.indicator, found)))
            parts += _left_out(found) if ledger is not None else ()
    parts += [_same(f"{child['id']} = {child['points']}") for child in node.get("indicators", ())]
    if cap := node.get("cap"):
        said = (cap["before"], cap["limit"])
        parts.append(Words("{} before the cap of {}".format(*said), "封顶前为 {}，上限 {}".format(*said)))
    return Step(_written(line.indicator, node), Words.joined(parts))


def of_total(card: Scorecard) -> Step:
    """The score that decides: the lines that give its points, with where each is written.

    Where one line gives them all, that line.
    """
    given = list(_giving(card, card.policy.recorded.lines))
    place = card.policy.rules.outcome.place
    if not given:
        return Step(place, Words("no line gives points", "没有任何一项得分"))
    if len(given) == 1 and card.number(given[0].points) == card.total:
        path = given[0].indicator.path
        step = of_line(card, path)
        return Step(step.rule, Words(f"{path}: {step.because.en}", f"{path}：{step.because.zh}"))
    found = []
    for line in given:
        rule = of_line(card, line.indicator.path).rule
        where = f"{PurePath(rule.file).name}:{rule.line}"
        found.append(f"{line.indicator.path} = {card.number(line.points)} ({where})")
    return Step(place, _same(", ".join(found)))


def _giving(card: Scorecard, lines: tuple[Line, ...]) -> Iterator[Line]:
    """The lines whose points add up, in place of the groups that only add them up."""
    for line in lines:
        points = card.number(line.points)
        inside = sum(card.number(child.points) for child in line.children)
        if points and line.children and inside == points and line.indicator.combine == "sum":
            yield from _giving(card, line.children)
        elif points:
            yield line


def of_score(card: Scorecard, name: str) -> Step:
    """A named score: those of its parts that give points."""
    score = card.policy.rules.scores.get(name)
    if score is None:
        return of_total(card)
    parts = [part.text for part in score.parts or ()]
    points = {**{line.path: line.points for line in card.lines}, **card.scores}
    said = [f"{part} = {points[part]}" for part in parts if points.get(part)]
    if score.expression is not None:
        said.append(score.expression.text)
    return Step(score.place, _same(", ".join(said)))


def of_requirement(card: Scorecard, name: str) -> Step:
    """A requirement: what it read."""
    place = card.policy.rules.eligibility[name].place
    node = next(one for one in card.to_dict()["eligibility"] if one["id"] == name)
    return Step(place, _same(", ".join(f"{value['text']} = {value['value']}" for value in node["values"])))


def of_eligibility(card: Scorecard) -> Step | None:
    """Whether the applicant is eligible: the first requirement that is not met. None where there is none to show."""
    unmet = [name for name, met in card.requirements.items() if not met]
    if unmet:
        found = of_requirement(card, unmet[0])
        said = f"{unmet[0]}: {found.because.en}" if found.because.en else unmet[0]
        return Step(found.rule, Words(f"not met: {said}", f"不满足：{said}"))
    known: list[Requirement] = list(card.policy.rules.eligibility.values())
    return Step(known[0].place, Words("every requirement is met", "各项条件均满足")) if known else None


def of_verdict(card: Scorecard) -> Step:
    """Whether the applicant qualifies: the requirements first, then the total against the line."""
    found = of_eligibility(card)
    if not card.eligible and found is not None:
        return found
    outcome = card.to_dict()["outcome"]
    place = card.policy.rules.outcome.place
    if outcome.get("line") is None:
        return Step(place, Words("there is no line", "没有分值线"))
    total, line = card.total, outcome["line"]
    return Step(place, Words(f"total {total}, line {line}", f"总分 {total}，分值线 {line}"))


def of_warnings(card: Scorecard, differing: set[str]) -> Step | None:
    """The first check of the policy among some warnings that differ; None for those that no policy writes."""
    for check in card.policy.recorded.checks:
        written = check.requirement
        if written.name in differing:
            return Step(written.place, _same(f"{written.name}: {written.expression.text}"))
    return None


def order(card: Scorecard) -> dict[str, int]:
    """The paths of the lines in the order in which they are computed: what a group holds before the group."""
    return {path: at for at, path in enumerate(_postorder(card.policy.recorded.lines))}


def _postorder(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        yield from _postorder(line.children)
        yield line.indicator.path


def _node(nodes: list[dict[str, Any]], path: str) -> dict[str, Any]:
    for node in nodes:
        if node["path"] == path:
            return node
        if path.startswith(node["path"] + "/"):
            return _node(node["indicators"], path)
    raise KeyError(path)


def _ledger(ledger: Map[str, Any], tiers: list[Place]) -> Words:
    """The arithmetic of a ledger; `tiers` are the places of its rates, where it is known which is whose."""
    name = f"{ledger['id']}: " if ledger["id"] else ""
    points, pieces = ledger["points"], ledger.get("pieces", ())
    counted = ", ".join(ledger.get("counted", ())) or None
    en = " + ".join(
        f"{piece['months']} {'month' if piece['months'] == 1 else 'months'} × {piece['rate']} a {piece['per']}{line}"
        for piece, line in zip(pieces, _lines(tiers, len(pieces), " (line {})"), strict=True)
    )
    zh = " + ".join(
        f"{piece['months']}个月 × 每{'年' if piece['per'] == 'year' else '月'}{piece['rate']}分{line}"
        for piece, line in zip(pieces, _lines(tiers, len(pieces), "（第{}行）"), strict=True)
    )
    return Words(
        f"{name}{en + ' = ' if en else ''}{points} ({counted or 'no months'})",
        f"{name}{zh + ' = ' if zh else ''}{points}（{counted or '无月份'}）",
    )


def _lines(tiers: list[Place], number: int, form: str) -> list[str]:
    return [form.format(place.line) for place in tiers] or [""] * number


def _tiers(indicator: Indicator, ledger: Map[str, Any]) -> list[Place]:
    """The places of the rates of a ledger to which every tier gave points; nothing for one with a single rate."""
    rule = indicator.rule
    if not isinstance(rule, rules.Accrue) or not 1 < len(rule.tiers) == len(ledger.get("pieces", ())):
        return []
    return [_points(tier.points, {ledger["id"]}) for tier in rule.tiers]


def _left_out(ledger: Map[str, Any]) -> Iterator[Words]:
    for one in ledger.get("left_out", ()):
        months, reason = ", ".join(one["months"]), one["reason"]
        en, zh = (reason.get(lang) or next(iter(reason.values())) for lang in ("en", "zh"))
        yield Words(f"left out {months} ({en})", f"未计 {months}（{zh}）")


def _written(indicator: Indicator, node: Map[str, Any]) -> Place:
    """The place of the points that an indicator gives, as near as the kind of its rule tells; else the indicator's."""
    rule = indicator.rule
    read = {value["value"] for value in node["values"]}
    if isinstance(rule, (rules.Flat, rules.PerUnit)):
        return rule.points.place
    if isinstance(rule, rules.Formula):
        return rule.expression.place
    if isinstance(rule, rules.Lookup):
        return _points(rule.points, read)
    if isinstance(rule, rules.Accrue):
        earned = {ledger["id"] for ledger in node.get("ledgers", ()) if ledger["points"] != "0"}
        given = [rule.points, *(tier.points for tier in rule.tiers), *(rate.points for rate in rule.rates)]
        return next((_points(points, earned) for points in given if points is not None), indicator.place)
    if isinstance(rule, rules.PerRecord) and rule.points is not None:
        return rule.points.place
    return indicator.place


def _points(points: Points, options: set[str]) -> Place:
    """The place of the one option's points among some that were taken; that of the points where several were."""
    taken = [place for option, place in points.options.items() if option in options]
    return taken[0] if len(taken) == 1 else points.place


def _same(text: str) -> Words:
    return Words(text, text)
