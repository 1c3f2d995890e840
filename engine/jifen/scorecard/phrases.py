"""The sentences of a scorecard: what the table and the Markdown rendering both say."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from jifen.scorecard.shape import (
    Card,
    Cite,
    Indicator,
    Lang,
    Ledger,
    Notice,
    OpenReading,
    Outcome,
    Piece,
    Reading,
    RecordLine,
    Requirement,
)
from jifen.scorecard.wording import (
    amount,
    briefly,
    decimal,
    exact,
    intervals,
    joined,
    pick,
    title,
    value,
    word,
)

TABLE_RUNS = 8
_NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass
class Citations:
    """Numbers the sources in the order in which they are first cited."""

    lang: Lang
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _titles: list[str] = field(default_factory=list)

    def marks(self, cites: Sequence[Cite] | None) -> str:
        """`[1][3]` for these citations, to be put behind a text, or nothing."""
        marks = "".join(f"[{number}]" for number in sorted({self._number(cite) for cite in cites or ()}))
        return marks and word("before_mark", self.lang) + marks

    def listed(self) -> list[tuple[int, str]]:
        """Every citation so far: its number and its title with the clause."""
        return list(enumerate(self._titles, start=1))

    def _number(self, cite: Cite) -> int:
        clause = cite.get("clause") or ""
        key = (cite["source"], clause)
        if key not in self._numbers:
            name = pick(cite.get("title"), self.lang) or cite["source"]
            where = word("clause", self.lang, clause=clause) if clause.isdecimal() else clause
            self._titles.append(joined([name, where], "comma", self.lang))
            self._numbers[key] = len(self._titles)
        return self._numbers[key]


def readings(values: Sequence[Reading], lang: Lang) -> str:
    """What was read, with the values found."""
    return joined(dict.fromkeys(_reading(item, lang) for item in values), "semicolon", lang)


def _reading(item: Reading, lang: Lang) -> str:
    """`education: college` of an input that has a label, `count(months) = 36` of an expression."""
    found = pick(item.get("shown"), lang) or value(item["value"], lang)
    label = pick(item.get("label"), lang)
    if label:
        return label + word("colon", lang).replace(" ", _NO_BREAK) + found
    return f"{item['text']}{_NO_BREAK}={_NO_BREAK}{found}"


def requirement_read(requirement: Requirement, lang: Lang) -> str:
    """What a requirement read; not the one yes or no that bears its own label."""
    label = pick(requirement["label"], lang)
    told = [item for item in requirement["values"] if pick(item.get("label"), lang) != label]
    return readings(told, lang)


def requirement_rule(requirement: Requirement, lang: Lang) -> str:
    key = "veto_rule" if requirement["kind"] == "veto" else "rule"
    return word(key, lang) + word("colon", lang) + requirement["rule"]


def warning_read(warning: Notice, lang: Lang) -> str:
    """What a check of the policy read."""
    return readings(warning.get("values", ()), lang)


def eligibility_summary(requirements: Sequence[Requirement], lang: Lang) -> str:
    unmet = sum(not requirement["met"] for requirement in requirements)
    return word("some_unmet", lang, count=unmet) if unmet else word("all_met", lang)


def counting_child(node: Indicator) -> str | None:
    """The id of the one indicator that counts in a group where only one does; None where all do."""
    children = node.get("indicators") or []
    combine = node.get("combine", "sum")
    if combine == "highest" and children:
        return max(children, key=lambda child: (Fraction(child["points"]), child["applies"]))["id"]
    if combine == "first":
        return next((child["id"] for child in children if child["applies"]), "")
    return None


def indicator_title(node: Indicator, lang: Lang) -> str:
    """The label; of a group that does not simply add up, with how it combines unless the label says so."""
    label = title(node["label"], node["id"], lang)
    combine = node.get("combine", "sum").partition(":")[0]
    if combine == "sum":
        return label
    said = word(f"said_{combine}", lang) in label
    return label if said else label + word("parenthesis", lang, text=word(f"combine_{combine}", lang))


def indicator_lines(
    node: Indicator, lang: Lang, marks: Callable[[Sequence[Cite] | None], str], runs: int | None = None
) -> list[tuple[int, str]]:
    """The lines under an indicator, each with its depth: what was read, months, records, cap."""
    lines: list[tuple[int, str]] = []
    read = readings(node["values"], lang)
    if not node["applies"]:
        return [(0, word("not_applied", lang)), *([(1, read)] if read else [])]
    if read:
        lines.append((0, read))
    all_ledgers = node.get("ledgers") or []
    if node["kind"] == "accrue" and not any(ledger["counted"] for ledger in all_ledgers):
        lines.append((0, word("counted_none", lang)))
    before: Ledger | None = None
    for _, alike in groupby(all_ledgers, key=_content):
        ledgers = list(alike)
        lines += _ledger_lines(ledgers, before, lang, marks, runs)
        before = ledgers[0]
    records = node.get("records")
    if records is not None:
        lines += [(0, _record_line(record, lang, marks)) for record in records]
        if not records:
            lines.append((0, word("no_records", lang)))
    cap = node.get("cap")
    if cap:
        lines.append(
            (0, word("capped", lang, limit=decimal(cap["limit"]), before=exact(cap["before"], lang)))
        )
    return lines


def arithmetic(ledger: Ledger, lang: Lang) -> str:
    """`36 months × 10 a year + 6 months × 12 a year = 36`."""
    if not ledger["pieces"]:
        return exact(ledger["points"], lang)
    total = exact(ledger["points"], lang)
    return " + ".join(_piece(piece, lang) for piece in ledger["pieces"]) + f" ={_NO_BREAK}{total}"


def _piece(piece: Piece, lang: Lang) -> str:
    months = amount("months", piece["months"], lang)
    return word(f"piece_{piece['per']}", lang, months=months, rate=decimal(piece["rate"], 4))


def _content(ledger: Ledger) -> tuple[object, ...]:
    return ledger["points"], ledger["counted"], ledger["left_out"], ledger["pieces"]


def _ledger_lines(
    ledgers: Sequence[Ledger],
    before: Ledger | None,
    lang: Lang,
    marks: Callable[[Sequence[Cite] | None], str],
    runs: int | None,
) -> list[tuple[int, str]]:
    """Ledgers with the same content are told as one; months that the lines above gave are not repeated."""
    ledger = ledgers[0]
    named = bool(ledger["id"])
    depth = 1 if named else 0
    head = arithmetic(ledger, lang)
    if len(ledgers) > 1:
        head = word("each_ledger", lang, arithmetic=head)
    lines: list[tuple[int, str]] = []
    if named:
        names = joined((pick(one["label"], lang) or one["id"] for one in ledgers), "list", lang)
        lines.append((0, names + word("colon", lang) + head))
    elif ledger["pieces"]:
        lines.append((0, head))
    same = before is not None and (before["counted"], before["left_out"]) == (
        ledger["counted"],
        ledger["left_out"],
    )
    if lines and same and (ledger["counted"] or ledger["left_out"]):
        level, text = lines.pop()
        return [(level, joined([text, word("same_months", lang)], "comma", lang))]
    if ledger["counted"]:
        counted = amount("months", ledger["count"], lang)
        when = intervals(ledger["counted"], lang, runs)
        lines.append((depth, word("counted", lang, months=counted, intervals=when)))
    for left in ledger["left_out"]:
        text = word(
            "left_out",
            lang,
            months=amount("months", left["count"], lang),
            intervals=intervals(left["months"], lang, runs),
            reason=pick(left["reason"], lang),
        )
        lines.append((depth, text + marks(left.get("cite"))))
    return lines


def _record_line(record: RecordLine, lang: Lang, marks: Callable[[Sequence[Cite] | None], str]) -> str:
    if record["counted"]:
        text = word("record", lang, date=record["date"], points=exact(record["points"], lang))
    elif record.get("reason"):
        text = word("record_out", lang, date=record["date"], reason=pick(record.get("reason"), lang))
    else:
        text = word("record_out_bare", lang, date=record["date"])
    return text + marks(record.get("cite"))


def margin(outcome: Outcome, lang: Lang) -> tuple[str, str] | None:
    """The words and the number of the distance to the line; None where there is no line."""
    distance = outcome.get("margin")
    if outcome.get("line") is None or distance is None:
        return None
    number = Fraction(distance)
    if number == 0:
        return word("margin_on", lang), ""
    key = "margin_over" if number > 0 else "margin_under"
    return word(key, lang), exact(str(abs(number)), lang)


def reasons(card: Card, lang: Lang) -> str:
    """Why the verdict is what it is."""
    outcome = card["outcome"]
    if outcome is None:
        return word("no_outcome", lang)
    line = outcome.get("line")
    if outcome["qualifies"]:
        return word("because_requirements" if line is None else "because_all", lang)
    parts: list[str] = []
    if not outcome["eligible"]:
        unmet = sum(not requirement["met"] for requirement in card["eligibility"])
        count = unmet if lang == "zh" else amount("requirements", unmet, lang)
        parts.append(word("why_not_eligible", lang, count=count))
    distance = outcome.get("margin")
    if line is not None and distance is not None:
        number = Fraction(distance)
        if number < 0:
            parts.append(word("why_below", lang, margin=briefly(str(-number))))
        elif number == 0 and outcome.get("reached") == "above":
            parts.append(word("why_on_line", lang))
    return joined(parts, "semicolon", lang) or word("why_other", lang)


def open_reading_lines(reading: OpenReading, lang: Lang) -> list[str]:
    """How it was taken here, and what each other option would come to."""
    key = "reading_default" if reading["default"] else "reading_chosen"
    lines = [word(key, lang, label=pick(reading["label"], lang))]
    for other in reading["others"]:
        verdict = word("would_qualify" if other["qualifies"] else "would_fail", lang)
        total = exact(other["total"], lang)
        lines.append(
            word("reading_other", lang, label=pick(other["label"], lang), total=total, verdict=verdict)
        )
    return lines
