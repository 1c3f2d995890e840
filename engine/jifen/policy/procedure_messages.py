"""What can be wrong with the procedure of a policy (JF55x, JF56x)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from jifen.document.diagnostics import Message

UNKNOWN_STATE: Final = Message(
    "JF550",
    "The procedure has no state `{name}`.",
    "办理程序中没有状态 `{name}`。",
    "Did you mean `{near}`?",
    "是否应为 `{near}`？",
)
UNKNOWN_EVENT: Final = replace(
    UNKNOWN_STATE,
    code="JF551",
    en="The procedure has no event `{name}`.",
    zh="办理程序中没有事件 `{name}`。",
)
UNKNOWN_WINDOW: Final = replace(
    UNKNOWN_STATE,
    code="JF552",
    en="The procedure has no window `{name}`.",
    zh="办理程序中没有时间窗 `{name}`。",
)
UNKNOWN_TERM: Final = replace(
    UNKNOWN_STATE,
    code="JF553",
    en="The procedure has no term `{name}`.",
    zh="办理程序中没有期限 `{name}`。",
)
UNKNOWN_PARTY: Final = replace(
    UNKNOWN_STATE,
    code="JF554",
    en="`{name}` is none of the `parties`.",
    zh="`{name}` 不是 `parties` 中的一方。",
)
UNKNOWN_CLOCK: Final = replace(
    UNKNOWN_STATE,
    code="JF555",
    en="No event and no date of the procedure is called `{name}`.",
    zh="办理程序中没有名为 `{name}` 的事件或日期。",
)
UNKNOWN_CALENDAR: Final = replace(
    UNKNOWN_STATE,
    code="JF556",
    en="There is no calendar `{name}`; there are {known}.",
    zh="没有日历 `{name}`；现有 {known}。",
)
UNKNOWN_ZONE: Final = Message(
    "JF557",
    "There is no time zone {name}.",
    "没有时区 {name}。",
)
NO_TRIGGER: Final = Message(
    "JF558",
    "Nothing brings this move about.",
    "这一变化没有起因。",
    "Say `on` which event it comes, or `after` which term, or with which `window` it comes by itself.",
    "请写明因何事件（`on`），或多久之后（`after`），或哪个时间窗（`window`）截止后自行变化。",
)
TWO_MOVES: Final = Message(
    "JF559",
    "In the state `{state}` there are two moves on `{event}`.",
    "状态 `{state}` 因 `{event}` 有两种变化。",
    "One event leads to one state: name two events.",
    "一个事件只通向一个状态：请分为两个事件。",
)
NO_BEGINNING: Final = Message(
    "JF560",
    "Nothing says in which state a case begins.",
    "没有写明从哪个状态开始。",
    "Add `begins: {first}`.",
    "请写 `begins: {first}`。",
)
NO_WAY_OUT: Final = Message(
    "JF561",
    "No move leads out of the state `{name}`, and it is not `final`.",
    "状态 `{name}` 没有出路，也不是 `final`。",
    severity="warning",
)
NO_WAY_IN: Final = Message(
    "JF562",
    "No move leads to the state `{name}`.",
    "没有变化通向状态 `{name}`。",
    severity="warning",
)
OUT_OF_THE_END: Final = Message(
    "JF563",
    "`{name}` is `final`, and here a move leads out of it.",
    "`{name}` 是 `final`，此处却有变化离开它。",
)
BLOCKED_MOVE: Final = Message(
    "JF564",
    "The state `{state}` blocks `{event}` and has a use for it too.",
    "状态 `{state}` 既不许 `{event}`，又有它的用处。",
)
NO_LAST_MINUTE: Final = Message(
    "JF565",
    "Nothing says whether the closing minute, {time}, is inside.",
    "没有写明截止的那一分钟（{time}）是否在内。",
    "Add `last_minute: inside` or `last_minute: outside`.",
    "请写 `last_minute: inside` 或 `last_minute: outside`。",
)
NO_ZONE: Final = Message(
    "JF566",
    "A window needs a time zone.",
    "时间窗须有时区。",
    "Add `zone`, such as `zone: Europe/Lisbon`, to the procedure.",
    "请为办理程序写 `zone`，如 `zone: Europe/Lisbon`。",
)
NO_CALENDAR: Final = Message(
    "JF567",
    "Working days need a calendar.",
    "工作日须有日历。",
    "Add `calendar` to the procedure.",
    "请为办理程序写 `calendar`。",
)
CLOSES_FIRST: Final = Message(
    "JF568",
    "The window closes at {closes}, before it opens at {opens}.",
    "时间窗在 {closes} 截止，早于开始的 {opens}。",
)
UNKNOWN_ROUND: Final = replace(
    UNKNOWN_STATE,
    code="JF569",
    en="There is no round `{name}`.",
    zh="没有 `{name}` 这一期。",
)
UNKNOWN_END: Final = replace(
    UNKNOWN_STATE,
    code="JF570",
    en="No date is called `{name}`: neither an anchor, nor a fact, nor a date of the procedure.",
    zh="没有名为 `{name}` 的日期：既非时点，也非输入项，也非办理程序中的日期。",
)
COUNTED_BOTH_WAYS: Final = Message(
    "JF571",
    "A term runs `since` something or is counted back `before` it, not both.",
    "期限或自某时起算（`since`），或在某日之前倒数（`before`），不能兼有。",
)
NEVER_STARTS: Final = Message(
    "JF572",
    "A window belongs to no state: its terms must say `since` or `before` what.",
    "时间窗不属于任何状态：其期限须写明 `since` 或 `before`。",
)
