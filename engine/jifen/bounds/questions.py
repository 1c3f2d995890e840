"""Which missing input to ask for next: what each answer would leave of the range and of the verdict."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from jifen.applicant.missing import Answer, Missing
from jifen.backends.bounds import Bounder, Run
from jifen.backends.bounds_moves import most_moved
from jifen.bounds.reading import points, truth
from jifen.bounds.result import Answered, Question, Range
from jifen.document.tree import Mapping, Node, plain
from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.policy.terms import Text

if TYPE_CHECKING:
    from jifen.scheme import Scheme

MOST_TRIED = 32
"""Of an input with more answers than this none is tried."""

ENDS: dict[str, Text] = {
    "from": {"zh": "起点", "en": "beginning"},
    "to": {"zh": "终点", "en": "end"},
    "date": {"zh": "日期", "en": "date"},
}
NAMED: dict[object, Text] = {True: {"zh": "是", "en": "yes"}, False: {"zh": "否", "en": "no"}}
NOT_GIVEN: Text = {"zh": "未填写", "en": "not given"}
NOTHING: Text = {"zh": "没有", "en": "none"}


class Questions:
    """The questions about one applicant."""

    def __init__(self, policy: Scheme, bounder: Bounder, run: Run) -> None:
        self.policy = policy
        self.bounder = bounder
        self.run = run
        self.recorded = policy.recorded
        self.total = points(run, self.recorded.deciding)
        self.verdict = truth(run, self.recorded.qualifies)

    def ranked(self, missing: Sequence[Missing]) -> tuple[Question, ...]:
        """Every missing input: what can decide the verdict, then by width, by change, and in the policy's order."""
        found = [self._question(one) for one in missing]
        found.sort(key=lambda one: (not one.moves, not one.decides, -one.width, -one.change))
        return tuple(found)

    def _question(self, missing: Missing) -> Question:
        deps = self.run.value(self.recorded.deciding.slot).deps
        deps |= self.run.value(self.recorded.qualifies.slot).deps
        moves = bool(deps >> missing.number & 1)
        tried = self._tried(missing) if moves and len(missing.answers) <= MOST_TRIED else []
        complete = missing.complete and len(tried) == len(missing.answers)
        change = width = Fraction(0)
        if moves:
            at = self.recorded.deciding
            change = Fraction(most_moved(self.bounder, self.run, missing.number, at.slot), at.type.den)
            width = change
        if moves and complete:
            ends = [(total.low - self.total.low, self.total.high - total.high) for _, total, _ in tried]
            width = max(max(end) for end in ends)
        return Question(
            missing.path,
            missing.kind,
            _label(missing, self.policy.rules),
            _ask(self.policy.document, missing),
            moves,
            self.verdict is None and any(verdict is not None for _, _, verdict in tried),
            width,
            change,
            complete or not moves,
            tuple(
                Answered(answer.value, _answer_label(missing, answer), total, verdict)
                for answer, total, verdict in tried
                if missing.complete or answer.value == []
            ),
        )

    def _tried(self, missing: Missing) -> list[tuple[Answer, Range, bool | None]]:
        found = []
        for answer in missing.answers:
            run = self.bounder.run(answer.apply(self.run.data), self.run)
            total = points(run, self.recorded.deciding)
            found.append((answer, total, truth(run, self.recorded.qualifies)))
        return found


def _label(missing: Missing, rules: Rules) -> Text:
    """The label of an input; of something in a list, after that of the list."""
    declared = missing.declared
    if len(missing.where) < 3:
        return declared.label
    section, name, last = missing.where
    lists: Map[str, Timeline | RecordList] = rules.timelines if section == "timelines" else rules.records
    whole = _languages(lists[name].label)
    part = _languages(declared.label if isinstance(declared, Input) else ENDS[last])
    return {"zh": f"{whole['zh']}：{part['zh']}", "en": f"{whole['en']}: {part['en']}"}


def _answer_label(missing: Missing, answer: Answer) -> Text:
    """What an answer is called."""
    value, declared = answer.value, missing.declared
    if value is None:
        return NOT_GIVEN
    if isinstance(value, bool):
        return NAMED[value]
    if not isinstance(declared, Input):
        return value if isinstance(value, str) else NOTHING
    if isinstance(value, list):
        texts = [_languages(declared.options[option]) for option in value]
        return {
            "zh": "、".join(text["zh"] for text in texts),
            "en": ", ".join(text["en"] for text in texts),
        }
    return declared.options[str(value)]


def _languages(text: Text) -> dict[str, str]:
    if isinstance(text, str):
        return {"zh": text, "en": text}
    first = next(iter(text.values()), "")
    return {"zh": text.get("zh", first), "en": text.get("en", first)}


def _ask(document: Mapping, missing: Missing) -> Text:
    """The question that the policy puts to a person, "" where it has none."""
    section, name, *attribute = missing.where
    person, _, own = name.rpartition(".")
    node = _down(document, "people", person, section, own) if person else None
    node = node or _down(document, section, own)
    if attribute:
        node = _down(node, "attributes", attribute[0])
    found = plain(asked) if (asked := _down(node, "ask")) is not None else ""
    return found if isinstance(found, (str, dict)) else ""  # type: ignore[return-value]


def _down(node: Node | None, *path: str) -> Node | None:
    for key in path:
        node = node.get(key) if isinstance(node, Mapping) else None
    return node
