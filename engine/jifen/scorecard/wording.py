"""Words that the renderings share, in Chinese and English, and how numbers and months are written."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from jifen.scorecard.shape import Lang, Text

WORDS: dict[str, tuple[str, str]] = {
    # head
    "policy": ("政策", "Policy"),
    "applicant": ("申请人", "Applicant"),
    "date": ("申请日期", "Date of application"),
    "round": ("申报期", "Round"),
    "cutoff": ("积分结算日", "Points settled to"),
    "in_force": ("有效期", "In force"),
    "in_force_range": ("{start}至{end}", "{start} to {end}"),
    "in_force_open": ("自{start}起", "from {start}"),
    "digest": ("规则摘要", "Digest of the rules"),
    "engine": ("计算引擎", "Engine"),
    "dates": ("各基准日", "Dates used"),
    # eligibility
    "eligibility": ("申报资格", "Eligibility"),
    "all_met": ("全部满足", "all met"),
    "some_unmet": ("{count}项不满足", "{count} not met"),
    "met": ("满足", "met"),
    "not_met": ("不满足", "not met"),
    "rule": ("规则", "rule"),
    "veto_rule": ("出现即失去资格", "barred if"),
    "read": ("取值", "read"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    # indicators
    "indicators": ("积分指标", "Indicators"),
    "indicator": ("指标", "Indicator"),
    "points": ("分值", "Points"),
    "max": ("上限", "Max"),
    "details": ("计分明细", "How the points came about"),
    "not_applied": ("条件不成立，不计分", "condition not met, no points"),
    "combine_highest": ("只计最高一项", "the highest only"),
    "combine_first": ("只计第一个成立的一项", "the first that applies only"),
    "combine_chosen": ("只计所选一项", "the chosen one only"),
    # a label that has this in it already says so
    "said_highest": ("最高", "highest"),
    "said_first": ("第一", "first"),
    "said_chosen": ("所选", "chosen"),
    "capped": ("封顶{limit}分，封顶前为{before}分", "capped at {limit}; {before} before the cap"),
    "piece_year": ("{months} × 每年{rate}分", "{months} × {rate} a year"),
    "piece_month": ("{months} × 每月{rate}分", "{months} × {rate} a month"),
    "each_ledger": ("各{arithmetic}", "each {arithmetic}"),
    "counted": ("计入{months}：{intervals}", "counted {months}: {intervals}"),
    "counted_none": ("没有计入的月份", "no month counted"),
    "same_months": ("月份同上", "same months"),
    "left_out": ("不计{months}：{intervals}（{reason}）", "left out {months}: {intervals} ({reason})"),
    "more_intervals": ("等，共{count}段", ", … ({count} runs in all)"),
    "record": ("{date}：{points}分", "{date}: {points}"),
    "record_out": ("{date}：不计（{reason}）", "{date}: not counted ({reason})"),
    "record_out_bare": ("{date}：不计", "{date}: not counted"),
    "no_records": ("没有记录", "nothing on record"),
    # result
    "result": ("结论", "Result"),
    "line": ("分值线", "Line"),
    "line_above": ("分值线（须高于）", "Line (to be exceeded)"),
    "margin_over": ("高于分值线", "Above the line by"),
    "margin_under": ("低于分值线", "Below the line by"),
    "margin_on": ("恰好等于分值线", "Exactly on the line"),
    "qualifies": ("合格", "QUALIFIES"),
    "fails": ("不合格", "DOES NOT QUALIFY"),
    "no_outcome": ("该政策不作结论", "The policy states no outcome"),
    "because_all": (
        "资格条件全部满足，总分达到分值线",
        "every requirement is met and the line is reached",
    ),
    "because_requirements": ("资格条件全部满足", "every requirement is met"),
    "why_not_eligible": ("资格条件有{count}项不满足", "{count} not met"),
    "why_below": ("总分低于分值线{margin}分", "the total is {margin} below the line"),
    "why_on_line": ("总分须高于分值线", "the total must be above the line"),
    "why_other": ("不符合结论的条件", "the conditions of the outcome are not met"),
    "exactly": ("{shown}（精确值{exact}）", "{shown} (exactly {exact})"),
    # readings, warnings, sources
    "readings": ("条文理解不同会改变结论之处", "Readings that would change the verdict"),
    "reading_chosen": ("现按：{label}", "taken here: {label}"),
    "reading_default": ("现按：{label}（默认）", "taken here: {label} (default)"),
    "reading_other": (
        "若按“{label}”：总分{total}，{verdict}",
        "with “{label}”: total {total}, {verdict}",
    ),
    "would_qualify": ("合格", "qualifies"),
    "would_fail": ("不合格", "does not qualify"),
    "warnings": ("提示", "Warnings"),
    "sources": ("条文依据", "Sources"),
    "clause": ("第{clause}条", "clause {clause}"),
    # joints
    "comma": ("，", ", "),
    "list": ("、", ", "),
    "semicolon": ("；", "; "),
    "colon": ("：", ": "),
    "before_mark": ("", "\N{NO-BREAK SPACE}"),
    "to": ("至", " to "),
    "parenthesis": ("（{text}）", " ({text})"),
}

_COUNTED_THINGS: dict[str, tuple[str, str, str]] = {
    # Chinese, English for one, English for any other number
    "months": ("{count}个月", "{count} month", "{count} months"),
    "requirements": ("{count}项", "{count} requirement", "{count} requirements"),
}
_INTERVAL = re.compile(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})")
_FRACTION = re.compile(r"-?\d+/\d+")


def word(key: str, lang: Lang, **values: object) -> str:
    """The word or phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)


def amount(thing: str, count: int, lang: Lang) -> str:
    """A number of things: `36个月`, `1 month`."""
    zh, one, many = _COUNTED_THINGS[thing]
    return (zh if lang == "zh" else one if count == 1 else many).format(count=count)


def pick(text: Text | None, lang: Lang) -> str:
    """A text in `lang`, or in the other language where it has only that."""
    if text is None:
        return ""
    if isinstance(text, str):
        return text
    return text.get(lang) or next(iter(text.values()), "")


def title(text: Text | None, fallback: str, lang: Lang) -> str:
    """A label at the head of a line: its first letter a capital; `fallback` where there is none."""
    label = pick(text, lang) or fallback
    return label[:1].upper() + label[1:]


def decimal(points: str, places: int = 2) -> str:
    """An exact number of points as people write it: whole, or rounded half away from zero."""
    number = Fraction(points)
    if number.denominator == 1:
        return str(number.numerator)
    scaled = abs(number) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(units, 10**places)
    sign = "-" if number < 0 and units else ""
    return f"{sign}{whole}.{part:0{places}d}".rstrip("0").rstrip(".")


def briefly(points: str) -> str:
    """The number rounded, unless that would make nothing of it."""
    written = decimal(points)
    return points if written == "0" else written


def exact(points: str, lang: Lang, shown: str | None = None) -> str:
    """The number as shown; where that is not the whole truth, the exact one beside it."""
    written = decimal(points) if shown is None else shown
    if Fraction(written) == Fraction(points):
        return written
    return word("exactly", lang, shown=written, exact=points)


def intervals(months: Sequence[str], lang: Lang, at_most: int | None = None) -> str:
    """`["2019-01..2021-12", "2022-03..2022-03"]` in words; past `at_most` runs only their number is told."""
    shown = months if at_most is None or len(months) <= at_most else months[:at_most]
    parts: list[str] = []
    for run in shown:
        match = _INTERVAL.fullmatch(run)
        if match is None:
            parts.append(run)
        elif match[1] == match[2]:
            parts.append(match[1])
        else:
            parts.append(f"{match[1]}{word('to', lang)}{match[2]}")
    text = word("list", lang).join(parts)
    if len(shown) < len(months):
        text += word("more_intervals", lang, count=len(months))
    return text


def value(found: str, lang: Lang) -> str:
    """A value that was read, as people write it."""
    if found in ("true", "false"):
        return word("yes" if found == "true" else "no", lang)
    if _FRACTION.fullmatch(found):
        return exact(found, lang)
    return found


def joined(parts: Iterable[str], joint: str, lang: Lang) -> str:
    return word(joint, lang).join(part for part in parts if part)
