"""What the renderings of a spread say, in Chinese and English."""

from __future__ import annotations

from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import exact, pick
from jifen.scorecard.wording import word as shared
from jifen.spread.result import Combination, OtherOption, ReadingSpread, Spread, Verdict

WORDS: dict[str, tuple[str, str]] = {
    "now": ("按现行读法", "As read now"),
    "readings": ("单独改变一种读法", "One reading changed by itself"),
    "none": ("没有任何读法单独影响此人的结果", "no reading changes anything for this person by itself"),
    "taken": ("现按：{label}", "taken here: {label}"),
    "other": ("若按“{label}”：总分{total}，{verdict}", "with “{label}”: total {total}, {verdict}"),
    "lines_only": ("（总分和结论不变）", " (the total and the verdict stay)"),
    "best": ("最有利的组合", "Best combination"),
    "worst": ("最不利的组合", "Worst combination"),
    "as_now": ("即现行读法", "the readings taken now"),
    "result": ("总分{total}，{verdict}", "total {total}, {verdict}"),
    "exhaustive": (
        "已逐一计算{count}种读法的全部{combinations}种组合。",
        "All {combinations} combinations of the {count} readings that matter here were computed.",
    ),
    "coordinate": (
        "{count}种读法共有{combinations}种组合，未逐一计算；已计算{tried}种，单独改变其中任何一种读法都不会更有利或更不利，"
        "但不能证明没有更有利或更不利的组合。",
        "The {count} readings that matter here have {combinations} combinations, too many to compute each; {tried} "
        "were. No single change makes the best better or the worst worse, but others may be better or worse.",
    ),
    "rest": (
        "其余{count}种读法单独改变时，无论从现行读法还是从这两种组合出发，都没有任何影响。",
        "Each of the other {count} readings changes nothing by itself, neither from the readings taken now nor from "
        "these combinations.",
    ),
    "rest_one": (
        "其余1种读法单独改变时，无论从现行读法还是从这两种组合出发，都没有任何影响。",
        "The other reading changes nothing by itself, neither from the readings taken now nor from these combinations.",
    ),
    "fixed": ("指定不变的读法：{names}。", "Readings kept as asked: {names}."),
    "refused": ("{count}种组合不成立。", "{count} combinations are no valid policy."),
    "verdict_yes": ("合格", "qualifies"),
    "verdict_no": ("不合格", "does not qualify"),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def result(verdict: Verdict, lang: Lang) -> str:
    """A total and a verdict."""
    said = word("verdict_yes" if verdict.qualifies else "verdict_no", lang)
    return word("result", lang, total=exact(str(verdict.total), lang), verdict=said)


def option_line(other: OtherOption, now: Verdict, lang: Lang) -> str:
    """What one option makes of the applicant."""
    said = word("verdict_yes" if other.verdict.qualifies else "verdict_no", lang)
    total = exact(str(other.verdict.total), lang)
    line = word("other", lang, label=pick(other.label, lang), total=total, verdict=said)
    return line + word("lines_only", lang) if other.verdict == now else line


def reading_lines(reading: ReadingSpread, now: Verdict, lang: Lang) -> list[str]:
    """The option taken, and each of the others that change anything."""
    taken = word("taken", lang, label=pick(reading.label, lang))
    return [taken, *(option_line(other, now, lang) for other in reading.others)]


def taken_lines(spread: Spread, one: Combination, lang: Lang) -> list[str]:
    """The readings of a combination that differ from those taken now."""
    known = spread.policy.rules.readings
    return [
        pick(known[name].question, lang)
        + shared("colon", lang)
        + pick(known[name].options[option], lang)
        + shared("parenthesis", lang, text=f"{name}={option}")
        for name, option in one.readings.items()
    ] or [word("as_now", lang)]


def claims(spread: Spread, lang: Lang) -> list[str]:
    """What the search proves, and no more."""
    lines = [
        word(
            spread.proof,
            lang,
            count=len(spread.searched),
            combinations=spread.combinations,
            tried=spread.tried,
        )
    ]
    if not spread.searched:
        lines = []
    if spread.without_effect:
        count = len(spread.without_effect)
        lines.append(word("rest_one" if count == 1 else "rest", lang, count=count))
    if spread.fixed:
        lines.append(word("fixed", lang, names=shared("list", lang).join(spread.fixed)))
    if spread.refused:
        lines.append(word("refused", lang, count=spread.refused))
    return lines
