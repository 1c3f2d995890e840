"""The words in which windows and cases are told, in Chinese and English."""

from __future__ import annotations

from typing import Final

from jifen.scorecard.shape import Lang

WORDS: Final[dict[str, tuple[str, str]]] = {
    # windows
    "policy": ("政策", "Policy"),
    "round": ("期次", "Round"),
    "window": ("时间窗", "Window"),
    "opens": ("开始", "Opens"),
    "closes": ("截止", "Closes"),
    "inside": ("含该分钟", "this minute included"),
    "outside": ("不含该分钟", "this minute not included"),
    "from_event": ("自“{clock}”起算", "counted from “{clock}”"),
    "to_event": ("至“{clock}”", "to “{clock}”"),
    "before_working_days": ("“{clock}”前{count}个工作日", "{count} working days before “{clock}”"),
    "before_natural_days": ("“{clock}”前{count}个自然日", "{count} days before “{clock}”"),
    "before_months": ("“{clock}”前{count}个月", "{count} months before “{clock}”"),
    "working_days": ("{count}个工作日（次日起算）", "{count} working days from the next day"),
    "working_days_same": ("{count}个工作日（当日起算）", "{count} working days, that day the first"),
    "natural_days": ("{count}个自然日（次日起算）", "{count} days from the next day"),
    "natural_days_same": ("{count}个自然日（当日起算）", "{count} days, that day the first"),
    "months": ("{count}个月", "{count} months"),
    "months_same": ("{count}个月（当日起算）", "{count} months, that day the first"),
    "zone": ("时间均为 {zone} 当地时间。", "All times are local time of {zone}."),
    "none": ("没有时间窗。", "There are no windows."),
    # a case
    "case": ("案件", "Case"),
    "on": ("截至", "As of"),
    "state": ("状态", "State"),
    "since": ("自{at}起", "since {at}"),
    "result": ("结果", "Result"),
    "valid": ("有效", "valid"),
    "suspended": ("暂时失效", "suspended"),
    "ended": ("已终止", "ended"),
    "note": ("说明", "Note"),
    "may": ("现在可以", "May be done now"),
    "may_not": ("现在不可以", "Not now"),
    "nothing": ("无", "nothing"),
    "over": ("本案已终结", "the case is over"),
    "anybody": ("任何人", "anybody"),
    "or": ("或", " or "),
    "by": ("由{by}", "by {by}"),
    "until": ("至{at}", "until {at}"),
    "due": ("应不迟于{at}", "due by {at}"),
    "to": ("→ {state}", "→ {state}"),
    "not_yet": ("{at}开始", "opens at {at}"),
    "closed": ("已于{at}截止", "closed at {at}"),
    "too_late": ("期限已于{at}届满", "the term was over at {at}"),
    "done": ("只能一次，已于{at}办理", "only once, and done on {at}"),
    "unknown": ("自“{clock}”起算，尚不知何时", "runs from “{clock}”, which is not known"),
    "blocked": ("此状态不许", "not allowed in this state"),
    "if_nobody": ("无人处理时", "If nobody acts"),
    "comes": ("{at}变为“{state}”", "“{state}” at {at}"),
    "waits": ("“{clock}”确定后才知道何时变为“{state}”", "“{state}”, at a time that waits for “{clock}”"),
    "stays": ("不会自行变化", "nothing changes by itself"),
    "lost": ("{at}之后不能再“{label}”", "“{label}” is no longer possible after {at}"),
    "overdue": ("已逾期", "Overdue"),
    "was_due": ("{labels}应不迟于{at}", "{labels} was due by {at}"),
    "validity": ("有效期", "Validity"),
    "valid_until": ("至{day}", "until {day}"),
    "renew_from": ("自{day}起可续", "renewable from {day}"),
    "grace_to": ("宽限至{day}", "grace to {day}"),
    "renew_to": ("{day}之后不能再续", "not renewable after {day}"),
    "one_round": ("只在当期有效", "for its own round only"),
    "history": ("经过", "What happened"),
    "by_itself": ("自行变化", "by itself"),
    "late": ("逾期（应不迟于{at}）", "late (due by {at})"),
    "provisional": ("暂定", "Provisional"),
    "doubt": (
        "{year}年的放假安排未收入（{said_by} 收有{first}至{last}年），该年只按周末推算",
        "the days off of {year} are not known ({said_by} knows {first} to {last}), so that year goes by weekends alone",
    ),
    "sources": ("依据", "Sources"),
    "colon": ("：", ": "),
    "comma": ("，", ", "),
    "semicolon": ("；", "; "),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """The phrase `key` in `lang`, with its blanks filled in."""
    zh, en = WORDS[key]
    return (zh if lang == "zh" else en).format(**values)
