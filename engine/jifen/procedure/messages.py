"""What can be wrong with a case, and with what a procedure needs to be followed (JF9xx)."""

from __future__ import annotations

from typing import Final

from jifen.document.diagnostics import Message

_NEAR: Final = ("Did you mean {near}?", "是否应为 {near}？")

# The case file.

NOT_A_MAPPING: Final = Message(
    "JF901", "This must be a mapping of names to values.", "此处须为名称到取值的映射。"
)
NOT_A_LIST: Final = Message("JF902", "This must be a list.", "此处须为列表。")
LACKS: Final = Message("JF903", "`{key}` is missing.", "缺少 `{key}`。")
UNKNOWN_KEY: Final = Message("JF904", "A case has no `{name}` here.", "案件文件此处没有 `{name}`。", *_NEAR)
NO_MOMENT: Final = Message(
    "JF905",
    "{value} is no moment; write 2025-05-26T09:00, or the day alone.",
    "{value} 不是时刻；请写 2025-05-26T09:00，或只写日期。",
)
NO_DATE: Final = Message(
    "JF906", "{value} is not a date; write YYYY-MM-DD.", "{value} 不是日期；请写 YYYY-MM-DD。"
)
UNKNOWN_EVENT: Final = Message(
    "JF907", "The procedure knows no event {name}.", "办理程序中没有事件 {name}。", *_NEAR
)
UNKNOWN_STATE: Final = Message(
    "JF908", "The procedure has no state {name}.", "办理程序中没有状态 {name}。", *_NEAR
)
UNKNOWN_PARTY: Final = Message(
    "JF909", "{name} is no party of the procedure.", "办理程序中没有 {name} 这一方。", *_NEAR
)
UNKNOWN_DATE: Final = Message(
    "JF910", "The procedure has no date {name}.", "办理程序中没有日期 {name}。", *_NEAR
)
UNKNOWN_ROUND: Final = Message(
    "JF911", "The policy has no round {name}.", "政策中没有 {name} 这一期。", *_NEAR
)
DISORDER: Final = Message(
    "JF912",
    "{at} is before the event above it, {before}.",
    "{at} 早于上一事件的 {before}。",
    "Events stand in the order in which they happened.",
    "各事件按发生的先后排列。",
)
WRONG_DATES: Final = Message(
    "JF913", "{label} sets {wanted}, not {name}.", "{label_zh}写入的是 {wanted}，不是 {name}。"
)

# What is refused, with the rule.

NOT_HERE: Final = Message(
    "JF920",
    "“{label}” is not possible in the state “{state}” (since {since}). Possible there: {known}. {cite}",
    "“{state_zh}”（自{since}）时不能“{label_zh}”。此时可以：{known_zh}。{cite_zh}",
)
BLOCKED: Final = Message(
    "JF921",
    "“{label}” is not allowed in the state “{state}” (since {since}). {cite}",
    "“{state_zh}”（自{since}）时不得“{label_zh}”。{cite_zh}",
)
OVER: Final = Message(
    "JF922",
    "The case ended in the state “{state}” on {since}. {cite}",
    "本案已于{since}终结，状态为“{state_zh}”。{cite_zh}",
)
NOT_YET: Final = Message(
    "JF923",
    "“{label}”: the window “{window}” opens at {opens}; {at} is too early. {cite}",
    "“{label_zh}”：“{window_zh}”自{opens}开始，{at}为时尚早。{cite_zh}",
)
CLOSED: Final = Message(
    "JF924",
    "“{label}”: the window “{window}” closed at {closes}; {at} is too late. {cite}",
    "“{label_zh}”：“{window_zh}”已于{closes}截止，{at}已过期。{cite_zh}",
)
TOO_LATE: Final = Message(
    "JF925",
    "“{label}” had to come by {closes}; {at} is too late. {cite}",
    "“{label_zh}”应不迟于{closes}，{at}已逾期。{cite_zh}",
)
ONCE: Final = Message(
    "JF926",
    "“{label}” is possible once {span}; it already came on {before}. {cite}",
    "“{label_zh}”{span_zh}只能一次，已于{before}办理。{cite_zh}",
)
WRONG_PARTY: Final = Message(
    "JF927",
    "“{label}” is for {wanted}, not for {name}. {cite}",
    "“{label_zh}”应由{wanted_zh}办理，而不是{name_zh}。{cite_zh}",
)
NO_WINDOW: Final = Message(
    "JF928",
    "“{label}”: it is not known when the window “{window}” is open: {why}. {cite}",
    "“{label_zh}”：不知“{window_zh}”何时开放：{why_zh}。{cite_zh}",
)
DAY_OFF: Final = Message(
    "JF929",
    "“{label}” is possible on working days only, and {at} is none. {cite}",
    "“{label_zh}”只在工作日受理，{at}不是工作日。{cite_zh}",
)

# What is asked for and is not there.

NO_PROCEDURE: Final = Message(
    "JF940", "The policy {name} states no procedure.", "政策 {name} 没有写明办理程序。"
)
NO_SUCH_WINDOW: Final = Message(
    "JF941", "The procedure has no window or term {name}.", "办理程序中没有时间窗或期限 {name}。", *_NEAR
)
NO_START: Final = Message(
    "JF942",
    "{name} runs from {clock}, and nothing says when that was.",
    "{name} 自 {clock} 起算，而没有写明那是何时。",
)

# Calendars.

NO_LIBRARY: Final = Message(
    "JF950",
    "Working days need the library {library}; install it with `pip install {library}`.",
    "计算工作日须有 {library}；请以 `pip install {library}` 安装。",
)
NO_WORKING_DAYS: Final = Message(
    "JF951", "The calendar {name} has too few working days.", "日历 {name} 的工作日太少。"
)
OFF_AND_WORKED: Final = Message(
    "JF952", "{day} is both a day off and a working day.", "{day} 既是休息日，又是工作日。"
)
NO_SUCH_DAY: Final = Message("JF953", "There is no date {text}.", "没有 {text} 这一天。")
DAYS_BACKWARDS: Final = Message(
    "JF954", "The days end on {last}, before they begin on {first}.", "止日 {last} 早于起日 {first}。"
)
