"""The scorecard as a page on a terminal: pure text of a given width."""

from collections.abc import Sequence

from jifen.scorecard.lines import NARROWEST, Sheet, columns, decimal_aligned, padded
from jifen.scorecard.phrases import (
    TABLE_RUNS,
    Citations,
    counting_child,
    eligibility_summary,
    indicator_lines,
    indicator_title,
    margin,
    open_reading_lines,
    reasons,
    requirement_read,
    requirement_rule,
    warning_read,
)
from jifen.scorecard.shape import Card, Indicator, Lang
from jifen.scorecard.wording import decimal, exact, joined, pick, title, word

_GOOD, _BAD, _FAINT, _STRONG = "green", "red", "dim", "bold"


def render_table(card: Card, lang: Lang = "en", width: int = 100, color: bool = False) -> str:
    """The scorecard for a terminal of `width` columns (40 at least), in ANSI colours if `color`."""
    sheet = Sheet(max(width, NARROWEST))
    citations = Citations(lang)
    _head(sheet, card, lang)
    _eligibility(sheet, card, lang, citations)
    _Tree(sheet, card["indicators"], lang, citations).write()
    _result(sheet, card, lang)
    _readings(sheet, card, lang)
    _warnings(sheet, card, lang, citations)
    _sources(sheet, card, lang, citations)
    return sheet.text(color)


def _heading(sheet: Sheet, title: str, right: str = "", right_style: str = "") -> None:
    sheet.blank()
    sheet.put(title, _STRONG, right=right, right_style=right_style or _FAINT)
    sheet.rule()


def _pairs(sheet: Sheet, pairs: Sequence[tuple[str, str]]) -> None:
    label_width = max(columns(label) for label, _ in pairs) + 2
    for label, text in pairs:
        sheet.put(text, first=padded(label, label_width), rest=" " * label_width)


def _head(sheet: Sheet, card: Card, lang: Lang) -> None:
    policy = card["policy"]
    sheet.put(pick(policy["title"], lang), _STRONG)
    sheet.rule("═")
    start, end = policy["in_force"].get("from") or "", policy["in_force"].get("to")
    key = "in_force_range" if end else "in_force_open"
    pairs = [
        (word("policy", lang), policy["id"] + word("comma", lang) + word(key, lang, start=start, end=end)),
        (word("applicant", lang), card["applicant"]),
        (word("date", lang), card["date"]),
    ]
    if card["round"]:
        pairs.append((word("round", lang), pick(card["round"]["label"], lang) or card["round"]["id"]))
    pairs += [
        (word("cutoff", lang), anchor["date"]) for anchor in card["anchors"] if anchor["id"] == "cutoff"
    ]
    others = [
        f"{pick(anchor['label'], lang) or anchor['id']}\N{NO-BREAK SPACE}{anchor['date']}"
        for anchor in card["anchors"]
        if anchor["id"] != "cutoff"
    ]
    if others:
        pairs.append((word("dates", lang), joined(others, "semicolon", lang)))
    _pairs(sheet, pairs)


def _eligibility(sheet: Sheet, card: Card, lang: Lang, citations: Citations) -> None:
    requirements = card["eligibility"]
    if not requirements:
        return
    all_met = all(requirement["met"] for requirement in requirements)
    summary = eligibility_summary(requirements, lang)
    _heading(sheet, word("eligibility", lang), summary, _GOOD if all_met else _BAD)
    for requirement in requirements:
        met = requirement["met"]
        text = title(requirement["label"], requirement["id"], lang) + citations.marks(requirement["cite"])
        sheet.put(
            text,
            "" if met else _STRONG,
            first="✔ " if met else "✘ ",
            rest="  ",
            gutter_style=_GOOD if met else _BAD,
        )
        if not met:
            sheet.put(requirement_rule(requirement, lang), _FAINT, first="    ", rest="      ")
        read = requirement_read(requirement, lang)
        if read:
            sheet.put(read, _FAINT, first="    ", rest="      ")


class _Tree:
    """The indicators with their points at the right edge, what is below them under guiding lines."""

    def __init__(self, sheet: Sheet, nodes: Sequence[Indicator], lang: Lang, citations: Citations) -> None:
        self.sheet, self.nodes, self.lang, self.citations = sheet, nodes, lang, citations
        self.cells: dict[str, tuple[str, str]] = {}
        self._collect(nodes, None)
        points = decimal_aligned(shown for shown, _ in self.cells.values())
        limits = [limit for _, limit in self.cells.values()]
        self.cells = dict(zip(self.cells, zip(points, limits, strict=True), strict=True))
        self.heads = (word("points", lang), word("max", lang))
        self.points_width = max(map(columns, [self.heads[0], *points]))
        # The maximum has a column of its own where there is room for it.
        with_limits = any(limits) and sheet.width >= 60
        self.max_width = max(map(columns, [self.heads[1], *limits])) if with_limits else 0

    def _collect(self, nodes: Sequence[Indicator], counting: str | None) -> None:
        for node in nodes:
            shown = node["shown"]
            if counting is not None and node["id"] != counting and node["points"] != "0":
                shown = f"({shown})"
            limit = node.get("max")
            self.cells[node["path"]] = (shown, decimal(limit) if limit not in (None, "0") else "")
            self._collect(node.get("indicators") or [], counting_child(node))

    def _right(self, points: str, limit: str) -> str:
        cell = padded(points, self.points_width, right=True)
        return padded(limit, self.max_width, right=True) + "  " + cell if self.max_width else cell

    def write(self) -> None:
        if not self.nodes:
            return
        right = self._right(*self.heads)
        self.sheet.blank()
        self.sheet.put(word("indicators", self.lang), _STRONG, right=right, right_style=_FAINT)
        self.sheet.rule()
        for node in self.nodes:
            self._node(node, "", "", top=True)

    def _node(self, node: Indicator, first: str, rest: str, top: bool) -> None:
        children = node.get("indicators") or []
        zero = node["points"] == "0"
        self.sheet.put(
            indicator_title(node, self.lang) + self.citations.marks(node["cite"]),
            _STRONG if children else _FAINT if zero else "",
            first=first,
            rest=rest + ("│  " if children else "   "),
            right=self._right(*self.cells[node["path"]]),
        )
        below = rest + ("│ " if children else "  ")
        for depth, line in indicator_lines(node, self.lang, self.citations.marks, TABLE_RUNS):
            indent = below + "  " * depth
            self.sheet.put(line, _FAINT, first=indent, rest=indent + "  ")
        for index, child in enumerate(children):
            last = index == len(children) - 1
            self._node(child, rest + ("└ " if last else "├ "), rest + ("  " if last else "│ "), top=False)


def _result(sheet: Sheet, card: Card, lang: Lang) -> None:
    outcome = card["outcome"]
    _heading(sheet, word("result", lang))
    rows = [
        (title(score["label"], score["id"], lang), exact(score["points"], lang, score["shown"]))
        for score in card["scores"]
    ]
    if outcome is not None and outcome.get("line") is not None:
        key = "line_above" if outcome.get("reached") == "above" else "line"
        rows.append((word(key, lang), decimal(outcome["line"] or "0")))
        distance = margin(outcome, lang)
        if distance is not None:
            rows.append(distance)
    for (label, _), number in zip(rows, decimal_aligned(number for _, number in rows), strict=True):
        sheet.put(label, right=number, right_style=_STRONG)
    sheet.rule()
    if outcome is None:
        sheet.put(word("no_outcome", lang))
        return
    verdict = word("qualifies" if outcome["qualifies"] else "fails", lang)
    text = verdict + word("colon", lang) + reasons(card, lang)
    style = f"bold {_GOOD if outcome['qualifies'] else _BAD}"
    mark = "✔ " if outcome["qualifies"] else "✘ "
    sheet.put(text, style, first=mark, rest="  ", gutter_style=style)


def _readings(sheet: Sheet, card: Card, lang: Lang) -> None:
    if not card["readings"]:
        return
    _heading(sheet, word("readings", lang))
    for reading in card["readings"]:
        sheet.put(
            title(reading["question"], reading["id"], lang), first="? ", rest="  ", gutter_style="yellow"
        )
        for line in open_reading_lines(reading, lang):
            sheet.put(line, _FAINT, first="    ", rest="      ")


def _warnings(sheet: Sheet, card: Card, lang: Lang, citations: Citations) -> None:
    if not card["warnings"]:
        return
    _heading(sheet, word("warnings", lang))
    for warning in card["warnings"]:
        text = title(warning["label"], warning["id"], lang) + citations.marks(warning.get("cite"))
        sheet.put(text, first="! ", rest="  ", gutter_style="yellow")
        read = warning_read(warning, lang)
        if read:
            sheet.put(read, _FAINT, first="    ", rest="      ")


def _sources(sheet: Sheet, card: Card, lang: Lang, citations: Citations) -> None:
    listed = citations.listed()
    if listed:
        _heading(sheet, word("sources", lang))
        wide = columns(f"[{len(listed)}]") + 1
        for number, title in listed:
            sheet.put(title, _FAINT, first=padded(f"[{number}]", wide), rest=" " * wide)
    sheet.blank()
    sheet.put(word("engine", lang) + word("colon", lang) + f"jifen {card['engine']}", _FAINT)
    sheet.put(word("digest", lang) + word("colon", lang) + card["policy"]["digest"], _FAINT)
