"""The rule of one indicator in words, a line for each thing that it says."""

from collections.abc import Callable

from jifen.document.tree import Plain
from jifen.page.expressions import Speaker
from jifen.page.names import compact, entries, first_name, label_of, listed
from jifen.page.points import Line, band_lines, points_lines, time
from jifen.page.wording import WORDS, joined, word
from jifen.scorecard.wording import WORDS as SHARED
from jifen.scorecard.wording import word as shared_word

_ABOUT_THE_NODE = {
    "label",
    "note",
    "cite",
    "cap",
    "when",
    "round",
    "floor",
    "indicators",
    "combine",
    "for_each",
}


class Teller:
    """Tells the rules of one policy's indicators."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.names = speaker.names
        self.lang = speaker.lang
        self._kinds: dict[str, Callable[[Plain], list[Line]]] = {
            "points": self._points,
            "lookup": self._lookup,
            "bands": self._bands,
            "accrue": self._accrue,
            "per_record": self._per_record,
            "per_unit": self._per_unit,
            "formula": self._formula,
        }

    def tell(self, node: dict[str, Plain]) -> list[Line]:
        """The lines of an indicator: its kind, its condition, how it is rounded and bounded."""
        lines: list[Line] = []
        for key, value in node.items():
            kind = self._kinds.get(key)
            if kind is not None:
                lines += kind(value)
            elif key == "declinable":
                lines.append(Line(word("declinable", self.lang, choice=self.speaker.say(value))))
            elif key not in _ABOUT_THE_NODE:
                lines.append(self._verbatim(key, value))
        if "when" in node:
            condition = word("when", self.lang, condition=self.speaker.say(node["when"]))
            only = lines.pop().points if len(lines) == 1 and "points" in node else ""
            lines.append(Line(condition, only))
        period = node.get("cap")
        if isinstance(period, dict):
            lines.append(self._period_cap(period))
        if "round" in node:
            step = node["round"]
            step = entries(step).get("to", step) if isinstance(step, dict) else step
            lines.append(Line(word("round", self.lang, step=step)))
        if node.get("floor") is not None:
            lines.append(Line(word("floor", self.lang, points=self.speaker.say(node["floor"]))))
        return lines

    def combination(self, node: dict[str, Plain], label: str) -> str:
        """How a group combines, to be put behind its label; nothing where it adds up or the label says it."""
        combine = node.get("combine", "sum")
        kind = "chosen" if isinstance(combine, dict) else str(combine)
        if (
            kind == "sum"
            or f"combine_{kind}" not in SHARED
            or shared_word(f"said_{kind}", self.lang) in label
        ):
            return ""
        return shared_word("parenthesis", self.lang, text=shared_word(f"combine_{kind}", self.lang))

    def cap(self, node: dict[str, Plain]) -> str:
        """The cap on an indicator; nothing where there is none."""
        cap = node.get("cap")
        return "" if cap is None or isinstance(cap, dict) else self.speaker.say(cap)

    def _period_cap(self, cap: dict[str, Plain]) -> Line:
        period = str(cap.get("each"))
        period = word(period, self.lang) if period in WORDS else period
        points = self.speaker.say(cap.get("points"))
        return Line(word("period_cap", self.lang, period=period, points=points))

    def _verbatim(self, key: str, value: Plain) -> Line:
        return Line(f"{key}{word('colon', self.lang)}{compact(value, self.lang)}")

    def _rest(self, rule: dict[str, Plain], told: set[str]) -> list[Line]:
        """What the words above do not cover stands as it is written: nothing is left untold."""
        return [
            self._verbatim(key, value)
            for key, value in rule.items()
            if key not in told | {"label", "note", "cite"}
        ]

    def _points(self, value: Plain) -> list[Line]:
        return [Line(word("flat", self.lang), line.points) for line in points_lines(value, {}, self.speaker)]

    def _lookup(self, value: Plain) -> list[Line]:
        rule = entries(value)
        of = rule.get("of")
        options = self.names.options(str(of))
        head = [] if options else [Line(word("of", self.lang, of=self.speaker.say(of)))]
        lines = points_lines(rule.get("points"), options, self.speaker)
        return [*head, *lines, *self._rest(rule, {"of", "points"})]

    def _bands(self, value: Plain) -> list[Line]:
        rule = entries(value)
        head = Line(word("of", self.lang, of=self.speaker.say(rule.get("of"))))
        return [head, *band_lines(rule.get("steps"), self.speaker), *self._rest(rule, {"of", "steps"})]

    def _formula(self, value: Plain) -> list[Line]:
        rule = entries(value)
        formula = rule.get("points", rule.get("of", rule.get("is"))) if isinstance(value, dict) else value
        told = {"points", "of", "is"}
        return [Line(word("formula", self.lang, formula=self.speaker.say(formula))), *self._rest(rule, told)]

    def _per_unit(self, value: Plain) -> list[Line]:
        rule = entries(value)
        of, unit, above = (self.speaker.say(rule.get(key)) for key in ("of", "unit", "above"))
        key = "per_unit_above" if rule.get("above") is not None else "per_unit"
        head = Line(word(key, self.lang, of=of, unit=unit, above=above), self.speaker.say(rule.get("points")))
        return [head, *self._rest(rule, {"of", "unit", "above", "points"})]

    def _accrue(self, value: Plain) -> list[Line]:
        rule = entries(value)
        months = rule.get("months")
        attributes = self.names.attributes(first_name(months))
        how = [word("accrue", self.lang, months=self.speaker.month_set(months))]
        each, by = rule.get("each"), rule.get("by")
        if each == "spell":
            how.append(word("each_spell", self.lang))
        elif each is not None:
            how.append(word("each", self.lang, attribute=self._attribute(attributes, str(each))))
        if rule.get("combine") == "highest":
            how.append(word("ledgers_highest", self.lang))
        if by is not None:
            how.append(word("by", self.lang, attribute=self._attribute(attributes, str(by))))
        credit = f"credit_{rule.get('credit', 'monthly')}"
        if credit in WORDS:
            how.append(word(credit, self.lang))
        options = self._options(attributes, by if by is not None else each)
        lines = self._amounts(joined(how, "comma", self.lang), rule, options, str(rule.get("per", "")))
        lines += self._conditions(rule, options)
        lines += self._left_out(self._reasons(first_name(months), set()))
        told = {
            "months",
            "each",
            "by",
            "per",
            "credit",
            "combine",
            "points",
            "tiers",
            "rates",
            "vest",
            "progress",
        }
        return [*lines, *self._rest(rule, told | {"mode", "limit", "priority"})]

    def _amounts(self, head: str, rule: dict[str, Plain], options: dict[str, str], per: str) -> list[Line]:
        """The head, and the points beside it or below it, tier by tier where there are tiers."""
        rows = listed(rule.get("tiers", rule.get("rates")))
        if not rows:
            return _under(head, points_lines(rule.get("points"), options, self.speaker, per))
        lines = [Line(head)]
        for row in map(entries, rows):
            part = self._tier(row) if "tiers" in rule else self._rate(row)
            lines += _under(part, points_lines(row.get("points"), options, self.speaker, per))
        return lines

    def _tier(self, row: dict[str, Plain]) -> str:
        first = row.get("first")
        if first is None:
            return word("then", self.lang)
        if isinstance(first, dict):
            return word("first", self.lang, time=time(first, self.lang).removeprefix("1 "))
        return word("first_number", self.lang, count=self.speaker.say(first))

    def _rate(self, row: dict[str, Plain]) -> str:
        start, end = row.get("from"), row.get("to")
        key = "rate_between" if start and end else "rate_to" if end else "rate_from"
        return word(key, self.lang, start=start, end=end)

    def _conditions(self, rule: dict[str, Plain], options: dict[str, str]) -> list[Line]:
        texts: list[str] = []
        priority = rule.get("priority")
        if priority == "highest":
            texts.append(word("priority_highest", self.lang))
        elif priority is not None:
            order = [options.get(str(name), str(name)) for name in listed(priority)]
            texts.append(word("priority", self.lang, order=joined(order, "list", self.lang)))
        vest = entries(rule.get("vest"))
        if vest:
            key = "vest_from_then" if vest.get("credit") == "from_then" else "vest_retroactive"
            texts.append(word(key, self.lang, time=time(vest.get("after"), self.lang)))
        if rule.get("progress") is not None:
            texts.append(word("progress", self.lang, months=self.speaker.month_set(rule["progress"])))
        if rule.get("mode") == "whole":
            texts.append(word("whole", self.lang))
        if rule.get("limit") is not None:
            limit = self.speaker.say(rule["limit"])
            texts.append(word("limit" if limit.isdecimal() else "limit_computed", self.lang, limit=limit))
        return [Line(text) for text in texts]

    def _left_out(self, reasons: list[str]) -> list[Line]:
        text = joined(reasons, "semicolon", self.lang)
        return [Line(word("left_out", self.lang, reasons=text))] if text else []

    def _reasons(self, name: str, seen: set[str]) -> list[str]:
        """The reasons for which a set leaves something out, and those of the set that it is made from."""
        if not name or name in seen:
            return []
        declared = self.names.declared(name)
        steps = map(entries, listed(declared.get("keep")))
        own = [label_of(step.get("else"), self.lang) for step in steps]
        made_from = declared.get("is", declared.get("of"))
        inner = self._reasons(first_name(made_from), seen | {name})
        return [reason for reason in dict.fromkeys([*inner, *own]) if reason]

    def _per_record(self, value: Plain) -> list[Line]:
        rule = entries(value)
        of = str(rule.get("of"))
        attributes = self.names.attributes(of)
        by = rule.get("by")
        head = [word("per_record", self.lang, records=self.names.label(of))]
        if by is not None:
            head.append(word("by", self.lang, attribute=self._attribute(attributes, str(by))))
        within = entries(rule.get("within"))
        if within:
            head.append(self._within(within))
        if rule.get("distinct") is not None:
            attribute = self._attribute(attributes, str(rule["distinct"]))
            head.append(word("distinct", self.lang, attribute=attribute))
            if f"counts_{rule.get('counts')}" in WORDS:
                head.append(word(f"counts_{rule['counts']}", self.lang))
        if rule.get("combine") == "highest":
            head.append(word("records_highest", self.lang))
        lines = self._amounts(joined(head, "comma", self.lang), rule, self._options(attributes, by), "")
        reasons = [label_of(entries(step).get("else"), self.lang) for step in listed(rule.get("keep"))]
        lines += self._left_out([*self._reasons(of, set()), *reasons])
        if isinstance(rule.get("cap"), dict):
            lines.append(self._period_cap(entries(rule["cap"])))
        told = {"of", "by", "within", "distinct", "counts", "combine", "tiers", "points", "keep", "cap"}
        return [*lines, *self._rest(rule, told)]

    def _within(self, within: dict[str, Plain]) -> str:
        anchor = self.speaker.say(within.get("before"))
        if within.get("calendar_years") is not None:
            return word("within_calendar_years", self.lang, anchor=anchor, count=within["calendar_years"])
        edge = f"edge_{within.get('edge')}"
        text = word("within", self.lang, anchor=anchor, time=time(within, self.lang))
        return text + (word(edge, self.lang) if edge in WORDS else "")

    def _attribute(self, attributes: dict[str, Plain], name: str) -> str:
        return label_of(entries(attributes.get(name)).get("label"), self.lang) or name

    def _options(self, attributes: dict[str, Plain], name: Plain) -> dict[str, str]:
        return self.names.options_in(entries(attributes.get(str(name))))


def _under(head: str, lines: list[Line]) -> list[Line]:
    """One number for everything stands beside the head, several stand under it."""
    if len(lines) == 1 and not lines[0].text:
        return [Line(head, lines[0].points)]
    return [Line(head), *(Line(line.text, line.points, line.depth + 1) for line in lines)]
