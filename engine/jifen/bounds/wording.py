"""What the renderings of bounds say, in Chinese and English."""

from __future__ import annotations

from collections.abc import Sequence

from jifen.bounds.result import Bounds, Question, Range
from jifen.policy.terms import Text
from jifen.scorecard.numbers import shown
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import decimal, pick
from jifen.scorecard.wording import word as shared

WORDS: dict[str, tuple[str, str]] = {
    "missing": ("未知信息", "Missing"),
    "missing_none": ("没有；以下均为确切分值", "nothing; every figure is exact"),
    "missing_some": ("{count}项；以下为分值的范围", "{count}; the figures are ranges"),
    "open": ("待定", "open"),
    "some_open": ("{count}项待定", "{count} open"),
    "low": ("至少", "At least"),
    "high": ("至多", "At most"),
    "waits_for": ("取决于：{paths}", "depends on: {paths}"),
    "more": ("等{count}项", "and {count} more"),
    "certain_yes": ("合格，与未知信息无关", "QUALIFIES, whatever is missing"),
    "certain_no": ("不合格，与未知信息无关", "DOES NOT QUALIFY, whatever is missing"),
    "open_verdict": ("尚不能定论", "OPEN"),
    "range": ("{low}至{high}", "{low} to {high}"),
    "questions": ("接下来应问", "What to ask next"),
    "decides": ("可能决定是否合格", "may decide the verdict"),
    "width": ("最多使总分范围移动{width}分", "moves the range of the total by up to {width}"),
    "change": (
        "单独回答不改变总分范围；与其他答案一起最多相差{change}分",
        "moves the range of the total only together with others, by up to {change}",
    ),
    "verdict_only": ("只影响资格或结论", "matters for the verdict alone"),
    "answer": ("{label}：总分{total}，{verdict}", "{label}: total {total}, {verdict}"),
    "verdict_yes": ("合格", "qualifies"),
    "verdict_no": ("不合格", "does not qualify"),
    "verdict_open": ("待定", "open"),
    "no_difference": ("没有影响", "Makes no difference"),
}

MOST_PATHS = 4
MOST_ANSWERS = 8


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def range_text(found: Range, lang: Lang) -> str:
    """A range to two decimals: `91.58 to 161.58`, or one number."""
    low, high = decimal(str(found.low)), decimal(str(found.high))
    return low if found.is_exact else word("range", lang, low=low, high=high)


def ends(found: Range) -> tuple[str, str]:
    """Both ends to two decimals; the second is empty where they are the same."""
    return shown(found.low), "" if found.is_exact else shown(found.high)


def paths_text(paths: Sequence[str], lang: Lang) -> str:
    """Paths in a sentence, at most a few of them."""
    listed = shared("list", lang).join(paths[:MOST_PATHS])
    rest = len(paths) - MOST_PATHS
    gap = "" if lang == "zh" else " "
    return f"{listed}{gap}{word('more', lang, count=rest)}" if rest > 0 else listed


def missing_text(bounds: Bounds, lang: Lang) -> str:
    """How much is missing."""
    count = len(bounds.questions)
    return word("missing_some", lang, count=count) if count else word("missing_none", lang)


def verdict(qualifies: bool | None, lang: Lang) -> str:
    """A verdict in one word."""
    return word({True: "verdict_yes", False: "verdict_no", None: "verdict_open"}[qualifies], lang)


def verdict_sentence(bounds: Bounds, lang: Lang) -> str:
    """The verdict, and what it waits for while it is open."""
    if bounds.qualifies is None:
        waits = word("waits_for", lang, paths=paths_text(bounds.waits_for, lang))
        return word("open_verdict", lang) + shared("semicolon", lang) + waits
    if not bounds.questions:
        return shared("qualifies" if bounds.qualifies else "fails", lang)
    return word("certain_yes" if bounds.qualifies else "certain_no", lang)


def question_title(question: Question, lang: Lang) -> str:
    """The question as the policy puts it, or the label of the input; and its path."""
    label = pick(question.ask or question.label, lang)
    return label + shared("parenthesis", lang, text=question.path)


def question_lines(question: Question, lang: Lang) -> list[str]:
    """What the answer could change, and what the bounds become with each."""
    said = []
    if question.decides:
        said.append(word("decides", lang))
    if question.width:
        said.append(word("width", lang, width=decimal(str(question.width))))
    elif question.change:
        said.append(word("change", lang, change=decimal(str(question.change))))
    elif not question.decides:
        said.append(word("verdict_only", lang))
    lines = [shared("semicolon", lang).join(said)]
    if len(question.answers) <= MOST_ANSWERS:
        lines += [
            word(
                "answer",
                lang,
                label=pick(answer.label, lang),
                total=range_text(answer.total, lang),
                verdict=verdict(answer.qualifies, lang),
            )
            for answer in question.answers
        ]
    return lines


def listed(questions: Sequence[Question], lang: Lang) -> str:
    """Inputs in a row, by label and path."""
    return shared("semicolon", lang).join(question_title(one, lang) for one in questions)


def label(text: Text, fallback: str, lang: Lang) -> str:
    """A label at the head of a line."""
    from jifen.scorecard.wording import title

    return title(text, fallback, lang)
