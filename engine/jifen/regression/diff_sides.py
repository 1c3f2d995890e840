"""One side of a comparison: a policy document, and what its values are called in one language."""

from __future__ import annotations

from collections.abc import Iterable

from jifen.compile import Source
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Node, Plain, Scalar, Sequence, plain
from jifen.page.expressions import Speaker
from jifen.page.names import Names, compact, entries, first_name, label_of, listed
from jifen.page.points import Line, band_lines, points_lines, time
from jifen.page.rules import Teller
from jifen.page.wording import joined
from jifen.page.wording import word as page_word
from jifen.policy.readings import Resolver, without_readings_section
from jifen.regression.diff_nodes import TEXTS, is_choice, option_entries, reading_of, words_of
from jifen.regression.diff_phrases import named, word
from jifen.scorecard.shape import Lang

_AMOUNTS = frozenset({"line", "cap", "floor", "limit", "value", "quota", "at_most", "above"})
_EXPRESSIONS = frozenset({"when", "require", "veto", "of", "is", "formula", "unit", "from", "to", "by_value"})
_WORDS = frozenset({"combine", "credit", "mode", "reached", "age", "per", "each"})


class Side:
    """A policy document read by default, with the words for what stands in it."""

    def __init__(self, source: Source, lang: Lang) -> None:
        self.source, self.lang = source, lang
        self.document = source.document
        self.resolver = Resolver(source.options, {}, Diagnostics())
        whole = plain(self.resolver.resolve(without_readings_section(source.document)) or source.document)
        assert isinstance(whole, dict)
        self.resolved = whole
        self.names = Names(whole, lang)
        self.speaker = Speaker(self.names)
        self.teller = Teller(self.speaker)

    def plain(self, node: Node) -> Plain:
        """A part of the document as plain data, read by default."""
        found = self.resolver.resolve(node)
        return None if found is None else plain(found)

    def at(self, path: Iterable[str]) -> Node | None:
        """The node at a path; steps `name=option` go into a choice, lists are entered by number or key."""
        node: Node | None = self.document
        for step in path:
            if isinstance(node, Sequence):
                node = _item(node, step)
            elif isinstance(node, Mapping):
                node = node.get(step.partition("=")[2] if "=" in step else step)
                if "=" not in step and is_choice(node) and node is not None:
                    continue
            else:
                return None
        return node

    def source_title(self, name: str) -> str:
        """The title of a source."""
        node = self.at(("sources", name, "title"))
        return label_of(plain(node), self.lang) if node is not None else name

    def label(self, node: Node | None, name: str) -> str:
        """The label of a named part, else its name."""
        if is_choice(node) and node is not None:
            node = next((e.value for e in option_entries(node) if isinstance(e.value, Mapping)), node)
        for key in ("label", "title", "question"):
            found = node.get(key) if isinstance(node, Mapping) else None
            if found is not None and not is_choice(found):
                return label_of(plain(found), self.lang) or name
        return name

    def reading(self, name: str) -> str:
        """A reading by its question and its name."""
        node = self.at(("readings", name))
        question = self.label(node, name).replace("“", "‘").replace("”", "’")
        return name if question == name else word("reading_name", self.lang, question=question, name=name)

    def option(self, reading: str, option: str) -> str:
        """The label of an option of a reading."""
        node = self.at(("readings", reading, "options", option))
        return label_of(plain(node), self.lang) if node is not None else option

    # values

    def value(self, node: Node | None, path: tuple[str, ...], unit: bool = True) -> str:
        """A value in words, by the key that it stands at."""
        lang = self.lang
        if node is None:
            return word("nothing", lang)
        if is_choice(node):
            name = reading_of(node)
            told = [
                word(
                    "option_of",
                    lang,
                    option=self.option(name, entry.key),
                    value=self._option(entry.value, path),
                )
                for entry in option_entries(node)
            ]
            return word(
                "by_reading", lang, reading=self.reading(name), options=joined(told, "semicolon", lang)
            )
        key = _key(path)
        data = self.plain(node)
        if path[0] == "readings" and key == "default":
            return f"“{self.option(path[1], str(data))}”"
        if key == "points" and (path[0] == "indicators" or not isinstance(data, dict)):
            return self._points(data, path, unit)
        if key == "steps":
            return self._lines(band_lines(data, self.speaker))
        if "keep" in path and isinstance(data, dict | list) and key == "keep":
            return joined([self._keep(entries(step), path) for step in listed(data)], "semicolon", lang)
        if path[-2:-1] == ("options",) or key in TEXTS:
            return label_of(data, lang)
        if isinstance(data, dict):
            return self._mapping(data, node, path, key)
        if isinstance(data, list):
            options = self.options_at(path)
            return joined(
                [
                    self._mapping(entries(one), node, path, key)
                    if isinstance(one, dict)
                    else options.get(str(one), compact(one, lang))
                    for one in data
                ],
                "list",
                lang,
            )
        if key in ("months", "progress") and isinstance(data, str) and path[0] == "indicators":
            return self.speaker.month_set(data)
        if key in _WORDS:
            return self._attribute_or_word(str(data), path)
        if isinstance(data, bool) or key in _AMOUNTS | _EXPRESSIONS or path[0] in ("eligibility", "values"):
            return self.speaker.say(data)
        if key == "default" and isinstance(data, str):
            return self.names.options_in(entries(self._plain_at(path[:-1]))).get(data, data)
        return compact(data, lang)

    def _option(self, node: Node, path: tuple[str, ...]) -> str:
        empty = isinstance(node, Scalar) and node.value is None
        return word("nothing", self.lang) if empty else self.value(node, path)

    def _plain_at(self, path: tuple[str, ...]) -> Plain:
        node = self.at(path)
        return None if node is None else self.plain(node)

    def per(self, path: tuple[str, ...]) -> str:
        """`year`, `month` or nothing: the time for which points at a path are given."""
        if "accrue" not in path:
            return ""
        rule = entries(self._plain_at(path[: path.index("accrue") + 1]))
        return str(rule.get("per", ""))

    def _points(self, data: Plain, path: tuple[str, ...], unit: bool) -> str:
        per = self.per(path)
        if isinstance(data, dict) and "points" in data:
            data = data["points"]
        if isinstance(data, dict | list):
            return self._lines(points_lines(data, self.options_at(path), self.speaker, per))
        number = self.speaker.say(data)
        if not unit and not per:
            return number
        key = (per if unit else f"{per}_short") if per else "one_point" if number in ("1", "-1") else "points"
        return word(key, self.lang, points=number)

    def options_at(self, path: tuple[str, ...]) -> dict[str, str]:
        """The labels of the options that a table of points at a path goes by."""
        for kind in ("accrue", "per_record", "lookup"):
            if kind in path:
                rule = entries(self._plain_at(path[: path.index(kind) + 1]))
                if kind == "lookup":
                    return self.names.options(str(rule.get("of")))
                attributes = self.names.attributes(first_name(rule.get("months", rule.get("of"))))
                by = rule.get("by", rule.get("each"))
                return self.names.options_in(entries(attributes.get(str(by))))
        return {}

    def _attribute_or_word(self, text: str, path: tuple[str, ...]) -> str:
        rule = entries(self._plain_at(path[:-1]))
        attributes = self.names.attributes(first_name(rule.get("months", rule.get("of"))))
        label = label_of(entries(attributes.get(text)).get("label"), self.lang)
        return label or named("value", text, self.lang)

    def _lines(self, lines: list[Line]) -> str:
        colon = page_word("colon", self.lang)
        said = [line.text + (colon if line.text and line.points else "") + line.points for line in lines]
        return joined(said, "semicolon", self.lang)

    def _keep(self, step: dict[str, Plain], path: tuple[str, ...]) -> str:
        speaker = self._of_rows(path)
        told = next((speaker.say(step[key]) for key in ("when", "in", "not_in") if key in step), "")
        reason = label_of(step.get("else"), self.lang)
        if "not_in" in step and told:
            told = page_word("not", self.lang, value=told)
        return told + (word("in_brackets", self.lang, text=reason) if reason else "")

    def _of_rows(self, path: tuple[str, ...]) -> Speaker:
        """Says expressions that may read the attributes of the rows that a definition is made of."""
        length = path.index("keep") if "keep" in path else len(path)
        rule = entries(self._plain_at(path[:length]))
        attributes = self.names.attributes(first_name(rule.get("of", rule.get("over"))))
        if not attributes:
            return self.speaker
        facts = {**entries(self.resolved.get("facts")), **attributes}
        return Speaker(Names({**self.resolved, "facts": facts}, self.lang))

    def _mapping(self, data: dict[str, Plain], node: Node, path: tuple[str, ...], key: str) -> str:
        lang = self.lang
        if key in ("in_force", "apply"):
            name = "range" if data.get("to") else "range_open"
            return word(name, lang, start=data.get("from"), end=data.get("to"))
        if data.keys() and data.keys() <= {"years", "months", "days"} and len(data) == 1:
            return time(data, lang)
        if len(path) >= 2 and path[-2] == "indicators":
            return self._indicator(data)
        if key in ("accrue", "per_record"):
            return self._lines(self.teller.tell({key: data}))
        if key == "within" and "before" in data and "calendar_years" not in data:
            anchor = self.speaker.say(data["before"])
            return page_word("within", lang, anchor=anchor, time=time(data, lang))
        if path[0] == "uncovered":
            return word("range", lang, start=data.get("from"), end=data.get("to"))
        if path[0] == "series" and "value" in data:
            return compact(data["value"], lang)
        if "of" in data and (path[0] == "anchors" or "cutoff" in path):
            rest = {name: value for name, value in data.items() if name not in {*TEXTS, "of", "cite"}}
            moved = word("in_brackets", lang, text=compact(rest, lang)) if rest else ""
            return self.speaker.say(data["of"]) + moved
        if path[0] == "eligibility" and len(path) == 2:
            return self.speaker.say(data.get("require", data.get("veto")))
        if path[0] == "readings" and len(path) == 2:
            chosen = str(data.get("default"))
            return word(
                "option_of",
                lang,
                option=named("key", "default", lang),
                value=f"“{self.option(path[1], chosen)}”",
            )
        if path[0] == "rounds" and isinstance(data.get("apply"), dict):
            return self._mapping(entries(data["apply"]), node, path, "apply")
        if path[0] == "sources":
            return label_of(data.get("number") or data.get("issuer"), lang)
        if "options" in data:
            return joined(list(self.names.options_in(data).values()), "list", lang)
        for name in ("is", "when", "value"):
            if path[0] in ("months", "values", "monthly", "checks") and isinstance(data.get(name), str):
                return self._of_rows(path).say(data[name])
        if path[0] in ("facts", "timelines", "records", "people", "months", "record_sets"):
            steps = [self._keep(entries(step), path) for step in listed(data.get("keep"))]
            return joined(steps, "semicolon", lang)
        told = {name: value for name, value in data.items() if name not in TEXTS and name != "cite"}
        return compact(told, lang) if told else ""

    def _indicator(self, data: dict[str, Plain]) -> str:
        children = entries(data.get("indicators"))
        lines = self.teller.tell(data)
        if "points" in data:
            flat = page_word("flat", self.lang)
            lines = [Line(line.text) for line in lines if line.text != flat]
            number = data["points"]
            if not isinstance(number, dict | list):
                lines.insert(0, Line(word("points", self.lang, points=self.speaker.say(number))))
        own = self._lines(lines)
        cap = self.teller.cap(data)
        parts = [own] if own else []
        if cap:
            parts.append(page_word("cap_inline", self.lang, cap=cap))
        for name, child in children.items():
            label = label_of(entries(child).get("label"), self.lang) or name
            said = self._indicator(entries(child))
            parts.append(label + (word("in_brackets", self.lang, text=said) if said else ""))
        return joined(parts, "semicolon", self.lang)


def _key(path: tuple[str, ...]) -> str:
    """The keyword that a value stands at: that of the table for an option, that of a choice for its options."""
    steps = [step for step in path if "=" not in step]
    if len(steps) >= 2 and steps[-2] in ("points", "keep", "since"):
        return "points" if steps[-2] == "points" else steps[-2]
    return steps[-1]


def _item(node: Sequence, step: str) -> Node | None:
    if step.isdigit():
        return node.items[int(step)] if int(step) < len(node.items) else None
    for item in node.items:
        if isinstance(item, Mapping) and step in (*words_of(item.get("from")), *words_of(item.get("for"))):
            return item
    return None
