"""The most affected people, told without names or days: what changed for them, and what was known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jifen.page.wording import joined
from jifen.regression.draws import month_number
from jifen.regression.impact import Impact, Profile
from jifen.regression.impact_phrases import word
from jifen.scorecard.phrases import arithmetic, readings
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick, value


@dataclass
class Card:
    """One of the most affected."""

    head: str
    lines: list[tuple[int, str]]


def signed(number: Fraction) -> str:
    """A number to two decimals, with a sign unless it is zero."""
    text = decimal(number)
    return f"+{text}" if number > 0 and text != "0" else text


def decimal(number: Fraction) -> str:
    """A number to two decimals at most, half away from zero."""
    hundredths = int((abs(number) * 200 + 1) // 2)
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 and text != "0" else text


def percent(part: Fraction) -> str:
    """A share as a percentage to one decimal."""
    tenths = int((part * 2000 + 1) // 2)
    return f"{tenths // 10}.{tenths % 10} %"


class ProfileTeller:
    """Tells of a person what was given, without names or days, and where the difference comes from."""

    def __init__(self, impact: Impact, lang: Lang) -> None:
        self.impact, self.lang = impact, lang
        self.paths = [part.path for part in impact.parts]

    def card(self, number: int, one: Profile) -> Card:
        """The difference, the parts that changed with their reasons, and the data."""
        totals = [_shown_total(card) for card in (one.before, one.after)]
        verdicts = [bool(card["outcome"]["qualifies"]) for card in (one.before, one.after)]
        key = (
            ("verdict_same_yes" if verdicts[0] else "verdict_same_no")
            if verdicts[0] == verdicts[1]
            else ("verdict_up" if verdicts[1] else "verdict_down")
        )
        head = word(
            "profile",
            self.lang,
            number=number,
            before=totals[0],
            after=totals[1],
            difference=signed(one.difference),
        )
        lines = [(0, word(key, self.lang))]
        for path in self.paths:
            lines += self._part(path, one)
        for requirement in one.after["eligibility"]:
            if not requirement["met"]:
                lines.append((0, word("unmet", self.lang, label=pick(requirement["label"], self.lang))))
        traits = self.traits(one.applicant)
        if traits:
            colon = "：" if self.lang == "zh" else ": "
            text = joined([f"{label}{colon}{said}" for label, said in traits], "semicolon", self.lang)
            lines.append((1, word("traits", self.lang) + colon + text))
        return Card(head, lines)

    def _part(self, path: str, one: Profile) -> list[tuple[int, str]]:
        old, new = (_node(card["indicators"], path) for card in (one.before, one.after))
        points = [Fraction(node["points"]) if node else Fraction(0) for node in (old, new)]
        if points[0] == points[1]:
            return []
        label = pick((new or old or {})["label"], self.lang)
        lines = [
            (0, word("part", self.lang, label=label, before=decimal(points[0]), after=decimal(points[1])))
        ]
        reasons = [self._why(node) for node in (old, new)]
        if reasons[0] == reasons[1]:
            lines += [(1, reasons[0])] if reasons[0] else []
        elif any(reasons):
            shown = [reason or "–" for reason in reasons]
            lines.append((1, word("why", self.lang, before=shown[0], after=shown[1])))
        return lines

    def _why(self, node: Mapping[str, Any] | None) -> str:
        """The arithmetic of a line of a card, or what it read."""
        if node is None:
            return ""
        colon = "：" if self.lang == "zh" else ": "
        parts: list[str] = []
        for child in node.get("indicators") or ():
            if Fraction(child["points"]):
                parts.append(f"{pick(child['label'], self.lang)}{colon}{decimal(Fraction(child['points']))}")
        for ledger in node.get("ledgers") or ():
            if Fraction(ledger["points"]):
                name = pick(ledger["label"], self.lang) if ledger["id"] else ""
                parts.append((name + colon if name else "") + arithmetic(ledger, self.lang))
        if not parts and node["values"]:
            parts.append(readings(node["values"], self.lang))
        counted = [record for record in node.get("records") or () if record["counted"]]
        if counted:
            key = "one_record" if len(counted) == 1 else "records"
            parts.append(word(key, self.lang, count=len(counted)))
        return joined(parts, "comma", self.lang).replace("\N{NO-BREAK SPACE}", " ")

    def traits(self, applicant: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The data in words: options, yes and no, numbers; of dates only the year, of spells only their length."""
        found: dict[str, str] = {}
        for rules in (self.impact.after.rules, self.impact.before.rules):
            for name, item in rules.facts.items():
                given = (applicant.get("facts") or {}).get(name)
                if name not in found and given is not None:
                    label = pick(item.label, self.lang) or name
                    found[name] = f"{label}\0{self._fact(given, item.type, item.options)}"
            now = str(applicant.get("date", ""))[:7]
            for name, timeline in rules.timelines.items():
                spells = (applicant.get("timelines") or {}).get(name)
                if spells and name not in found:
                    found[name] = f"{pick(timeline.label, self.lang) or name}\0{self._spells(spells, now)}"
            for name, records in rules.records.items():
                listed = (applicant.get("records") or {}).get(name)
                if listed and name not in found:
                    key = "one_record" if len(listed) == 1 else "records"
                    said = word(key, self.lang, count=len(listed))
                    found[name] = f"{pick(records.label, self.lang) or name}\0{said}"
        pairs = [text.partition("\0") for text in found.values()]
        return [(label, said) for label, _, said in pairs]

    def _fact(self, given: object, kind: str, options: Mapping[str, Any]) -> str:
        if kind == "date":
            return word("year_only", self.lang, year=str(given)[:4])
        if isinstance(given, bool):
            return value(str(given).lower(), self.lang)
        listed = given if isinstance(given, list | tuple) else [given]
        said = [pick(options.get(str(one)), self.lang) or str(one) for one in listed]
        return joined(said, "list", self.lang)

    def _spells(self, spells: Sequence[Mapping[str, Any]], now: str) -> str:
        months = sum(
            max(month_number(str(spell.get("to") or now)) - month_number(str(spell["from"])) + 1, 0)
            for spell in spells
        )
        key = "one_spell" if len(spells) == 1 else "spells"
        return word(key, self.lang, count=len(spells), months=months)


def _shown_total(card: Mapping[str, Any]) -> str:
    name = card["outcome"]["score"]
    return next(decimal(Fraction(score["points"])) for score in card["scores"] if score["id"] == name)


def _node(nodes: Sequence[Mapping[str, Any]], path: str) -> Mapping[str, Any] | None:
    for node in nodes:
        if node["path"] == path:
            return node
        if path.startswith(node["path"] + "/"):
            return _node(node.get("indicators") or (), path)
    return None
